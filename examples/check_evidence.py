"""Check the counterexamples of evidence files again, with nothing but Python's standard library.

``tcsim proofs run --evidence FOLDER`` writes a file a check. This program imports none of the
project's packages: it reads a counterexample, and computes anew what it is a counterexample to.
Files whose evidence it does not know how to check again it names, and passes no judgment on.

    python check_evidence.py FOLDER
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import ceil, comb, isqrt, log2, tanh
from pathlib import Path


def outvoted_seeds(found: dict) -> bool:
    """Every choice of k of N seeds has w of them that hold more than half of the votes."""
    n, w, k = found["seeds"], found["wrong"], found["k"]
    if comb(n, w) > found["tokens"] ** found["length"]:
        return False  # more error sets than inputs
    for votes in combinations_with_replacement(range(n), k):
        counts = sorted((votes.count(seed) for seed in set(votes)), reverse=True)
        if 2 * sum(counts[:w]) <= k:
            return False
    return True


def majority_of_a_law(found: dict) -> bool:
    """The first token leads every other one, and is a majority of k with probability below 1/2."""
    law, k = [Fraction(p) for p in found["law"]], found["k"]
    p = law[0]
    right = sum(comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(k // 2 + 1, k + 1))
    return sum(law) == 1 and all(p > other for other in law[1:]) and right < Fraction(1, 2)


def moved_gap(found: dict) -> bool:
    """P has a gap above epsilon, Q is within TV epsilon / 2 of it, and has almost none."""
    p, q = ([Fraction(x) for x in found[name]] for name in "PQ")
    epsilon = Fraction(found["epsilon"])
    distance = sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2
    laws = sum(p) == sum(q) == 1 and min(p + q) >= 0
    return (
        laws and p[0] - p[1] > epsilon and distance <= epsilon / 2 and q[0] - q[1] < epsilon / 500
    )


def score_values(found: dict) -> bool:
    """tanh(x) - x has so many different values at 1, 5/4, ...: it falls, as its derivative says."""
    values = [tanh(1 + i / 4) - (1 + i / 4) for i in range(found["values"])]
    return all(a > b for a, b in pairwise(values)) and found["values"] > 256


def half_line(found: dict) -> bool:
    """An atom on the boundary: symmetric noise gives each side half."""
    return found["atom"] == found["boundary"] == 0 and Fraction(found["deviation"]) > 0


def advice(found: dict) -> bool:
    """More languages than descriptions."""
    n = found["lengths"]
    return found["languages"] == 2**n > found["descriptions"] == 2**n - 1


def first_layer(found: dict) -> bool:
    """Gates that read inputs alone are 0, some other gate is 1, and ANDs and ORs alternate."""
    values, kinds = list(found["inputs"]), [""] * len(found["inputs"])
    n, first = len(values), []
    for kind, *wires in found["gates"]:
        if kind != "buffer" and any(kinds[wire] == kind for wire in wires):
            return False
        read = [values[wire] for wire in wires]
        values.append(int(all(read)) if kind == "and" else int(any(read)))
        kinds.append(kind)
        if max(wires) < n:
            first.append(values[-1])
    return not any(first) and any(values[n:])


def switchover(found: dict) -> bool:
    """Chains 2^l, exact values: C is preferred at l = 0, so the printed answer is |C| > 2 d_1."""
    gates, depth = found["gates"], found["d1"]
    preferred = [
        length for length in (2**i for i in range(ceil(log2(gates)) + 1)) if depth >= length
    ]
    return min(preferred) == 1 and not gates <= 2 * depth


def count_of_values(found: dict) -> bool:
    """(n + 1)(m + 1) is not (n + 1) ceil(lg n), with m = ceil(lg n)."""
    n = found["n"]
    m = next(m for m in range(64) if 2**m >= n)
    return (n + 1) * (m + 1) == found["left"] != found["right"] == (n + 1) * m


def chain_beneath(found: dict) -> bool:
    """The rule loses less than H / 10 for every chain and every d_1 up to sqrt(n)."""
    n = found["n"]
    root = isqrt(n)
    for extra in range(root + 1):
        for k in range(1, 3 * n):
            depth = n + extra
            paid = depth if k <= n + root else k
            if 10 * (max(depth, k) - paid) >= max(2 * n, k):
                return False
    return True


def rule_110_table(found: dict) -> bool:
    """The rows of the table are those from which the middle cell is 1 after so many steps."""
    width = 2 * found["steps"] + 1
    ones = []
    for number in range(2**width):
        row = [int(bit) for bit in f"{number:0{width}b}"]
        while len(row) > 1:
            row = [
                110 >> (4 * a + 2 * b + c) & 1
                for a, b, c in zip(row, row[1:], row[2:], strict=False)
            ]
        if row[0]:
            ones.append(number)
    return found["steps"] > 1 and ones == found["rows"]


def permutation_tree(found: dict) -> bool:
    """The tree of this arity has so many levels, two a product: fewer than the binary one."""
    n, depth = found["n"], 0
    while n > 1:
        n, depth = -(-n // found["arity"]), depth + 2
    return depth == found["depth"] < 2 * ceil(log2(found["n"]))


def parity_in_depth_2(found: dict) -> bool:
    """Gates [s >= 1] .. [s >= n], and one over them with weights 1, -1, ..., are the parity."""
    n = found["n"]
    for ones in range(n + 1):
        first = [int(ones >= k) for k in range(1, n + 1)]
        signed = sum(-gate if place % 2 else gate for place, gate in enumerate(first))
        if (signed >= 1) != bool(ones % 2):
            return False
    return found["depth"] == 2 and found["gates"] == n + 1


KNOWN = {
    "advice": advice,
    "chain beneath": chain_beneath,
    "count of values": count_of_values,
    "first layer": first_layer,
    "half-line": half_line,
    "majority of a law": majority_of_a_law,
    "moved gap": moved_gap,
    "outvoted seeds": outvoted_seeds,
    "parity in depth 2": parity_in_depth_2,
    "permutation tree": permutation_tree,
    "rule 110 table": rule_110_table,
    "score values": score_values,
    "switchover": switchover,
}


def main(folder: Path) -> int:
    """Check every file of a folder; 1 if a counterexample is none."""
    wrong = right = unknown = 0
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["kind"] != "refuted":
            unknown += 1
            continue
        again = KNOWN.get(data["evidence"].get("recheck", ""))
        if again is None:
            print(f"not checked again: {path.name}")
            unknown += 1
            continue
        if again(data["evidence"]["counterexample"]):
            right += 1
            print(f"right: {path.name}: {data['says']}")
        else:
            wrong += 1
            print(f"WRONG: {path.name}: {data['says']}")
    print(f"{right} counterexamples right, {wrong} wrong, {unknown} files without one to check")
    return 1 if wrong else 0


EXAMPLE = {"inputs": [1, 0], "gates": [["and", 0, 1], ["or", 0, 2]]}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(main(Path(sys.argv[1])))
    assert first_layer(EXAMPLE)
    print("no folder given; the example of a circuit whose first layer is 0 is right")
