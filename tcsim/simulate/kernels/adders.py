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
    spare: Any,
    numbers: Any,
    waiting: Any,
    taken: Any,
    adders: Any,
    adder_end: Any,
) -> int:
    """Write the adders of each sum (`tcsim.simulate.instructions`).

    Args:
        column_start: sum i has the columns column_start[i] .. column_start[i + 1] - 1.
        literal_end: where the literals of each column end in `literal`.
        literal: literals, column after column; put in another order within their column.
        digit: the slot of each column's digit.
        spare: the row of zeros, the row for carries that are 0, the first for carries that wait.
        numbers: of the adders: two, four, sixteen, sixteen inverted, sixteen mixed; and to clear.
        waiting: 0 for each column.
        taken: room for sixteen literals.
        adders: room for the adders, one after another.
        adder_end: room for all sums; then where the adders of each end.

    Returns:
        The length of the adders.
    """
    length = at = 0
    zeros, nowhere, first_waiting = spare[0], spare[1], spare[2]
    for i in range(len(adder_end)):
        lowest, end = column_start[i], column_start[i + 1]
        head, run_of = length, numbers[5]
        adders[head], adders[head + 1] = run_of, end - lowest
        length += 2
        for column in range(lowest, end):
            adders[length] = 2 * digit[column]
            length += 1
        for column in range(lowest, end):
            # Literals that are complements last, so that most adders of sixteen meet one kind.
            low, high = at, literal_end[column] - 1
            while low < high:
                if literal[low] & 1 == 0:
                    low += 1
                elif literal[high] & 1:
                    high -= 1
                else:
                    literal[low], literal[high] = literal[high], literal[low]
            while at < literal_end[column] or waiting[column] > 0:
                operands = inverted = 0
                most = 16 if literal_end[column] - at >= 16 else 4
                for k in range(most):
                    taken[k] = 2 * zeros
                    if at < literal_end[column]:
                        taken[k] = literal[at]
                        at += 1
                        operands += 1
                    elif waiting[column] > 0:
                        waiting[column] -= 1
                        row = first_waiting + 4 * (column - lowest) + waiting[column]
                        taken[k] = 2 * row
                        operands += 1
                    inverted += taken[k] & 1
                into = column
                while into >= 0:
                    # Sixteen go into four digits, four into two, two or one into one.
                    size, digits, kind = 2, 1, numbers[0]
                    if operands > 4:
                        size, digits, kind = 16, 4, numbers[4]
                        if inverted == 0:
                            kind = numbers[2]
                        elif inverted == 16:
                            kind = numbers[3]
                    elif operands > 2:
                        size, digits, kind = 4, 2, numbers[1]
                    if kind != run_of:
                        head, run_of = length, kind
                        adders[head], adders[head + 1] = kind, 0
                        length += 2
                    adders[head + 1] += 1
                    for k in range(digits):
                        # The sum never reaches a digit above the highest: zeros stay zeros.
                        adders[length] = 2 * (digit[into + k] if into + k < end else zeros)
                        length += 1
                    target, carry, waits = into + digits, nowhere, 0
                    if target < end:
                        waits = waiting[target]
                        waiting[target] = waits + 1
                        carry = first_waiting + 4 * (target - lowest) + waits
                    adders[length] = 2 * carry
                    length += 1
                    for k in range(size):
                        adders[length] = taken[k]
                        length += 1
                    into = -1
                    if waits == 3:
                        into, operands, inverted, waiting[target] = target, 4, 0, 0
                        for k in range(4):
                            taken[k] = 2 * (first_waiting + 4 * (target - lowest) + k)
        adder_end[i] = length
    return length
