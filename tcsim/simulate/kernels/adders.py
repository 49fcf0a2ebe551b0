"""Sums in binary: each literal into the columns of its magnitude's 1 bits, then adders by column.

Plain code, compiled or not. Carries wait in the column that they go to; four that wait are added at
once, so that few rows hold carries and these stay in the cache.
"""

from __future__ import annotations

from typing import Any


def sort_literals(
    node: Any,
    first: Any,
    last: Any,
    operand: Any,
    inverted: Any,
    limb_start: Any,
    limb: Any,
    bit: Any,
    slot: Any,
    place: Any,
    literal: Any,
) -> None:
    """List the literals of each column of each sum. The columns of all sums are numbered through.

    Args:
        node: the sums.
        first: where the operands of each node start,
        last: and where they end.
        operand: nodes.
        inverted: for each operand, whether its bits are complemented.
        limb_start: operand t's magnitude is limb[limb_start[t]] ..,
        limb: in base 2**63, lowest first.
        bit: node v has the bits bit[v] .. bit[v + 1] - 1.
        slot: the slot of each bit.
        place: 0 for each column; then where its literals end.
        literal: room for the literals.
    """
    for placing in range(2):
        if placing:
            # So far place counts; from here on it says where the next literal goes.
            position = 0
            for column in range(len(place)):
                position += place[column]
                place[column] = position - place[column]
        lowest = 0
        for i in range(len(node)):
            for term in range(first[node[i]], last[node[i]]):
                base = bit[operand[term]]
                for which in range(base, bit[operand[term] + 1]):
                    for part in range(limb_start[term], limb_start[term + 1]):
                        column = lowest + which - base + 63 * (part - limb_start[term])
                        rest = limb[part]
                        while rest > 0:
                            if rest & 1:
                                if placing:
                                    literal[place[column]] = 2 * slot[which] + inverted[term]
                                place[column] += 1
                            rest >>= 1
                            column += 1
            lowest += bit[node[i] + 1] - bit[node[i]]


def write_adders(
    column_start: Any,
    literal_end: Any,
    literal: Any,
    digit: Any,
    spare: int,
    waiting: Any,
    taken: Any,
    adders: Any,
    adder_end: Any,
) -> int:
    """Write the adders of each sum (`tcsim.simulate.instructions`).

    Args:
        column_start: sum i has the columns column_start[i] .. column_start[i + 1] - 1.
        literal_end: where the literals of each column end in `literal`.
        literal: literals, column after column.
        digit: the slot of each column's digit.
        spare: the first row behind the slots.
        waiting: 0 for each column.
        taken: room for four literals.
        adders: room for the adders, one after another.
        adder_end: room for all sums; then where the adders of each end.

    Returns:
        The number of adders.
    """
    count = at = 0
    for i in range(len(adder_end)):
        lowest, end = column_start[i], column_start[i + 1]
        for column in range(lowest, end):
            while at < literal_end[column] or waiting[column] > 0:
                operands = 0
                for k in range(4):
                    taken[k] = 2 * spare
                    if at < literal_end[column]:
                        taken[k] = literal[at]
                        at += 1
                        operands += 1
                    elif waiting[column] > 0:
                        waiting[column] -= 1
                        taken[k] = 2 * (spare + 2 + 4 * (column - lowest) + waiting[column])
                        operands += 1
                into = column
                while into >= 0:
                    target = into + 1 if operands <= 2 else into + 2
                    carry, waits = spare + 1, 0
                    if target < end:
                        waits = waiting[target]
                        waiting[target] = waits + 1
                        carry = spare + 2 + 4 * (target - lowest) + waits
                    adders[7 * count] = digit[into]
                    # The sum never reaches a digit above the highest: the row of zeros stays one.
                    above = digit[into + 1] if into + 1 < end else spare
                    adders[7 * count + 1] = above if operands > 2 else -1
                    adders[7 * count + 2] = carry
                    for k in range(4):
                        adders[7 * count + 3 + k] = taken[k]
                    count += 1
                    into = -1
                    if waits == 3:
                        into, operands, waiting[target] = target, 4, 0
                        for k in range(4):
                            taken[k] = 2 * (spare + 2 + 4 * (target - lowest) + k)
        adder_end[i] = count
    return count
