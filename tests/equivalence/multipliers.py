"""Two multipliers that have little in common inside: what is hard to prove equal."""

from __future__ import annotations

import tcsim as tc


def multiplier(n: int, *, other: bool = False, wrong: bool = False) -> tc.Circuit:
    """The product of two n-bit numbers, by carry-save addition of n^2 ANDs.

    Args:
        n: bits of each factor.
        other: take the latest bits of a column first, with MAJ for carries.
        wrong: drop the last carry.
    """
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    columns: list[list[tc.Wire]] = [[] for _ in range(2 * n + 1)]
    for i in range(n):
        for j in range(n):
            columns[i + j].append(x[i] & y[j])
    product = []
    for k in range(2 * n):
        column = columns[k]
        while len(column) > 1:
            taken = [column.pop(-1 if other else 0) for _ in range(min(3, len(column)))]
            total = taken[0] ^ taken[1]
            if len(taken) == 2:
                carry = taken[0] & taken[1]
            elif other:
                carry = tc.majority(taken)
            else:
                carry = (taken[0] & taken[1]) | (total & taken[2])
            column.append(total ^ taken[2] if len(taken) == 3 else total)
            if not (wrong and k == 2 * n - 2):
                columns[k + 1].append(carry)
        product.append(column[0] if column else b.constant(0))
    b.output("product", product)
    return b.build()
