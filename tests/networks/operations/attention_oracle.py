"""Attention in plain Python and exact fractions."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction


def attention(q, k, v, table, code, *, rounding, causal=False, mask=None, scale=1):
    """Of nested lists q[head][i], k[group][j], v[group][j]; mask[head][i][j]."""
    share = len(q) // len(k)
    result = []
    for head, queries in enumerate(q):
        keys, values = k[head // share], v[head // share]
        rows = []
        for i, query in enumerate(queries):
            seen = [
                j
                for j in range(len(keys))
                if (not causal or j <= i + len(keys) - len(queries))
                and (mask is None or mask[head][i][j])
            ]
            scores = {j: sum(a * b for a, b in zip(query, keys[j], strict=True)) for j in seen}
            best = max(scores.values())
            weights = {j: table[min(best - scores[j], len(table) - 1)] for j in seen}
            row = []
            for d in range(len(values[0])):
                total = sum(weights[j] * values[j][d] for j in seen)
                exact = Fraction(total) * scale / sum(weights.values())
                found = math.floor(exact + Fraction(1, 2) if rounding == "half_up" else exact)
                row.append(min(max(found, code.lo), code.hi))
            rows.append(row)
        result.append(rows)
    return result


def table_rows(table, length: int = 60) -> list[int]:
    """a(0), a(1), ... of an `ExpTable`, by its definition."""
    return [
        table.tail
        + sum(drop for cut, drop in zip(table.cuts, table.drops, strict=True) if d <= cut)
        for d in range(length)
    ]


def counts(n: int, m: int, *, causal: bool) -> tuple[int, int, int]:
    """Sums over queries of the keys that each sees, of their squares, and how many see one."""
    seen = [i + 1 + m - n if causal else m for i in range(n)]
    return sum(seen), sum(s * s for s in seen), seen.count(1)


def pairs(items):
    return list(itertools.permutations(items, 2))
