"""Check a certificate of `tcsim derandomize` without tcsim: the standard library alone.

    python examples/check_vote_certificate.py [CERTIFICATE.json]

It reads the certificate and the files that it names, and evaluates them on every input that the
certificate speaks of, 2^16 at a time, each wire as one long integer with a bit for each input. A
certificate holds if its circuit gives the right answer on all of them, and if its seeds, each put
into the decider by itself, win the vote. The exit code is 1 if anything is not as it says.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

TOKEN = re.compile(
    r'\s+|#.*|("(?:[^"\\]|\\.)*"|[%A-Za-z_][\w.]*(?:\[\d+\])*|0x[\da-f]+|\d+|>=|[-+*=])'
)
MASK = 2**64 - 1

Batch = tuple[int, int, list[int]]
"""Number of the first input, how many there are, and a long integer for every input bit."""


class Tc:
    """A .tc file: inputs, then forms and gates, then outputs; see the description of the format."""

    def __init__(self, text: str) -> None:
        self.inputs: list[str] = []
        self.lines: list[tuple[str, list[tuple[str, int]], int | None]] = []
        self.outputs: dict[str, str] = {}
        header, *lines = text.splitlines()
        assert header.split("#")[0].split() == ["tcsim", "1"], "no .tc file of version 1"
        for line in lines:
            words = [json.loads(w) if w[0] == '"' else w for w in TOKEN.findall(line) if w]
            if not words or words[0] == "scope":
                continue
            if words[0] == "input":
                array = re.fullmatch(r"(.*)\[(\d+)\]", words[1])
                if array and '"' not in line:
                    self.inputs += [f"{array[1]}[{i}]" for i in range(int(array[2]))]
                else:
                    self.inputs.append(words[1])
            elif words[0] == "output":
                self.outputs[words[1]] = words[3] if len(words) > 2 else words[1]
            elif words[0] == "form":
                self.lines.append((words[1], terms(words[3:]), None))
            else:
                at = words.index(">=")
                limit = int("".join(words[at + 1 :]), 0)
                self.lines.append((words[0], terms(words[2:at]), limit))

    def run(self, values: dict[str, int], ones: int) -> list[int]:
        """Outputs, of {input: long integer}; `ones` has a 1 for each input of the batch."""
        values, forms = {"0": 0, "1": ones, **values}, {}
        for label, sums, limit in self.lines:
            flat = {}
            for name, weight in sums:
                for operand, factor in forms.get(name, {name: 1}).items():
                    flat[operand] = flat.get(operand, 0) + weight * factor
            if limit is None:
                forms[label] = flat
            else:
                values[label] = at_least(flat, limit, values, ones)
        return [values[wire] for wire in self.outputs.values()]


def terms(words: list[str]) -> list[tuple[str, int]]:
    """A sum as pairs of a label and a weight."""
    found, sign, weight = [], 1, 1
    for word in words:
        if word in "+-":
            sign = -1 if word == "-" else 1
        elif word[0].isdigit():
            weight = int(word, 0)
        elif word != "*":
            found.append((word, sign * weight))
            sign, weight = 1, 1
    return found


def at_least(flat: dict[Any, int], limit: int, values: dict[Any, int], ones: int) -> int:
    """Where the weighted sum reaches the limit: columns of digits, added up, and compared."""
    columns = {}
    for name, weight in flat.items():
        value = values[name]
        if weight < 0:  # -w x = w (1 - x) - w
            value, limit = value ^ ones, limit - weight
        for place in range(abs(weight).bit_length()):
            if abs(weight) >> place & 1:
                columns.setdefault(place, []).append(value)
    if limit <= 0:
        return ones
    reached, place = ones, 0
    while columns or limit >> place:
        column = columns.pop(place, [])
        while len(column) > 1:
            a, b, c = column.pop(), column.pop(), column.pop() if column else 0
            column.insert(0, a ^ b ^ c)
            columns.setdefault(place + 1, []).append(a & b | c & (a | b))
        digit = column[0] if column else 0
        reached = digit & reached if limit >> place & 1 else digit | reached
        place += 1
    return reached


def repeated(pattern: int, period: int, times: int) -> int:
    """The lowest `period` bits so many times over."""
    if times == 1:
        return pattern
    half = repeated(pattern, period, times // 2)
    both = half | half << period * (times // 2)
    return both << period | pattern if times % 2 else both


def all_strings(letters: list[str], length: int) -> Iterator[Batch]:
    """Batches: first number, how many, and the input bits of all strings of so many letters."""
    base, low = len(letters), 0
    while low < length and base ** (low + 1) <= 2**16:
        low += 1
    count = base**low
    known = []
    for place in range(low):
        block = base**place
        runs = [
            repeated((1 << block) - 1 << i * block, block * base, count // block // base)
            for i in range(base)
        ]
        known += spelled(runs, letters)
    for high in range(base ** (length - low)):
        rest = []
        for place in range(length - low):
            digit = high // base**place % base
            rest += [(1 << count) - 1 if bit == "1" else 0 for bit in letters[digit]]
        yield high * count, count, known + rest


def random_strings(letters: list[str], length: int, seed: int, strings: int) -> Iterator[Batch]:
    """The same of random strings: SplitMix64, a generator for each place."""

    def mix(z: int) -> int:
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        return z ^ z >> 31

    gamma, cube = 0x9E3779B97F4A7C15, letters == ["0", "1"]
    for first in range(0, strings, 2**16):
        count, bits = min(2**16, strings - first), []
        for place in range(length):
            key = mix(seed + gamma * (place + 1) & MASK)
            if cube:
                words = range(first // 64, -(-(first + count) // 64))
                drawn = [mix(key + gamma * (w + 1) & MASK).to_bytes(8, "little") for w in words]
                bits.append(int.from_bytes(b"".join(drawn), "little") & (1 << count) - 1)
                continue
            digits = [
                mix(key + gamma * (v + 1) & MASK) % len(letters)
                for v in range(first, first + count)
            ]
            runs = [
                int("".join("01"[d == i] for d in reversed(digits)), 2) for i in range(len(letters))
            ]
            bits += spelled(runs, letters)
        yield first, count, bits


def spelled(runs: list[int], letters: list[str]) -> list[int]:
    """Bits of one place, of where each letter stands there."""
    return [
        sum(run for run, word in zip(runs, letters, strict=True) if word[bit] == "1")
        for bit in range(len(letters[0]))
    ]


def winner(ballots: list[list[int]], letters: list[str] | None, ones: int) -> list[int]:
    """The vote of several answers, each a long integer for every output."""
    votes = len(ballots)
    if letters is None:  # more than half, bit by bit
        return [
            more([bits[i] for bits in ballots], [], votes // 2 + 1, ones)
            for i in range(len(ballots[0]))
        ]
    hot = letters == [
        "".join("01"[i == j] for j in range(len(letters))) for i in range(len(letters))
    ]
    said = [
        [bits[t] if hot else spells(bits, word, ones) for bits in ballots]
        for t, word in enumerate(letters)
    ]
    wins = []
    for a, mine in enumerate(said):
        wins.append(ones)
        for b, other in enumerate(said):
            if b != a:
                wins[a] &= more(mine, other, 1, ones)
    return spelled(wins, letters) if len(letters) > 1 or not hot else wins


def more(mine: list[int], other: list[int], lead: int, ones: int) -> int:
    """Where one list has `lead` more 1s than another."""
    flat = dict.fromkeys(range(len(mine)), 1) | {-1 - i: -1 for i in range(len(other))}
    values = dict(enumerate(mine)) | {-1 - i: value for i, value in enumerate(other)}
    return at_least(flat, lead, values, ones)


def spells(bits: list[int], word: str, ones: int) -> int:
    """Where output bits spell a word."""
    for bit, wanted in zip(bits, word, strict=True):
        ones &= bit if wanted == "1" else ~bit
    return ones


def content(entry: dict[str, str], home: Path) -> str:
    """A file's text, if it is the file that was certified."""
    data = (home / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"], f"{entry['file']} is another file"
    return data.decode()


def check(path: Path) -> None:
    """Check everything; an AssertionError says what is wrong."""
    data, home = json.loads(path.read_text()), path.parent
    assert data["schema"] == "reductions.derandomize.certificate/1", "no such certificate"
    domain, vote, sampled = data["domain"], data["vote"], data["sampled"]
    letters, length, strings = domain["letters"], domain["length"], data["strings"]
    assert len(set(letters)) == len(letters), "two letters are the same"
    assert len(set(map(len, letters))) == 1, "letters of different widths"
    assert len(letters) ** length == domain["count"], "there are not so many strings"
    circuit, table = Tc(content(vote, home)), data["answers"]["kind"] == "table"
    text = content(data["answers"], home)
    right = [int(line, 16) for line in text.split()] if table else Tc(text)
    decider = data["decider"] and Tc(content(data["decider"], home))
    assert len(vote["seeds"]) == vote["k"], "there are not so many seeds"
    if data["scope"] == "exhaustive":
        assert strings == domain["count"], "not all inputs are claimed"
        batches = all_strings(letters, length)
    else:
        batches = random_strings(letters, length, sampled["seed"], strings)
        bias = Fraction(length * len(letters), 2**64) if len(letters).bit_count() > 1 else 0
        share = 1 - (Fraction(sampled["upper"]) - bias)
        decimal, doubt = Context(60), 1 - Fraction(sampled["confidence"])
        chance = decimal.power(Decimal(share.numerator) / share.denominator, strings)
        assert chance <= Decimal(doubt.numerator) / doubt.denominator * Decimal("1.000001"), "upper"
    tried = 0
    for first, count, bits in batches:
        ones = (1 << count) - 1
        assert len(bits) == len(circuit.inputs), "the circuit has another number of inputs"
        said = circuit.run(dict(zip(circuit.inputs, bits, strict=True)), ones)
        if table:
            wanted = [row >> first & ones for row in right]
        else:
            wanted = right.run(dict(zip(right.inputs, bits, strict=True)), ones)
        assert said == wanted, f"the circuit is wrong on an input from number {first} on"
        if decider:
            names = [name for name in decider.inputs if name not in data["decider"]["seed_inputs"]]
            given = dict(zip(names, bits, strict=True))
            ballots = []
            for seed in vote["seeds"]:
                fixed = zip(data["decider"]["seed_inputs"], seed, strict=True)
                given |= {name: ones if bit == "1" else 0 for name, bit in fixed}
                ballots.append(decider.run(given, ones))
            assert winner(ballots, vote["letters"], ones) == wanted, "the seeds lose the vote"
        tried += count
    assert tried == strings, "there are not so many inputs"
    print(f"holds: the {vote['rule']} of {vote['k']} seeds is right on all {tried:,} inputs tried")
    if sampled:
        print(f"statistical: wrong on a share of at most {float(Fraction(sampled['upper'])):.3g}")


if __name__ == "__main__":
    here = Path(__file__).parent / "vote" / "certificate.json"
    try:
        check(Path(sys.argv[1]) if len(sys.argv) > 1 else here)
    except (AssertionError, OSError, ValueError, KeyError, TypeError) as problem:
        sys.exit(f"DOES NOT HOLD: {type(problem).__name__}: {problem}")
