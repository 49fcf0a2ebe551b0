"""The loop over gates that looks for two of one kind that are joined. Plain code, or compiled."""

from __future__ import annotations

from typing import Any


def first_conflict(n_inputs: int, fixed: Any, operands: Any, parent: Any, differs: Any) -> int:
    """The first gate that does not alternate with those before it; -1 if there is none.

    ``fixed[g]`` is 1 for an OR, 0 for an AND, -1 for a buffer; ``operands`` has 3 entries a gate.
    ``parent`` and ``differs`` are a forest over the gates and one more node, which is an AND: the
    parity of ``differs`` on the way to the root tells which of them differ in kind. They begin as
    0, 1, 2, ... and as zeros.
    """
    gates = len(fixed)
    for gate in range(gates):
        for place in range(4):
            if place == 3:
                if fixed[gate] < 0:
                    continue
                other, unequal = gates, fixed[gate]
            else:
                other, unequal = operands[3 * gate + place] - n_inputs, 1
                if other < 0:
                    continue
            a, odd = gate, unequal
            while parent[a] != a:
                odd ^= differs[a]
                # Halve the path: a now hangs from its grandparent.
                above = parent[a]
                differs[a] ^= differs[above]
                parent[a] = parent[above]
                if parent[above] != above:
                    odd ^= differs[above]
                a = parent[a]
            b = other
            while parent[b] != b:
                odd ^= differs[b]
                above = parent[b]
                differs[b] ^= differs[above]
                parent[b] = parent[above]
                if parent[above] != above:
                    odd ^= differs[above]
                b = parent[b]
            if a != b:
                parent[a] = b
                differs[a] = odd
            elif odd:
                return gate
    return -1
