"""Operands whose coefficients in all forms are proportional. Plain code, compiled or not."""

from __future__ import annotations

from typing import Any


def measure_columns(
    chosen: Any, start: Any, operand: Any, weight: Any, uses: Any, unit: Any, key: Any
) -> None:
    """What the coefficients of each wire have in common with those of others.

    Args:
        chosen: for each form, whether it matters.
        start: where each form's terms start.
        operand: wires; forms are negative.
        weight: int64.
        uses: 0 for each wire; then in how many terms it stands.
        unit: 0 for each wire; then the greatest common divisor of its coefficients, with the sign
            of the first.
        key: 0 for each wire; then a hash of its coefficients divided by the unit.
    """
    mask = (1 << 31) - 1
    for form in range(len(start) - 1):
        if not chosen[form]:
            continue
        for term in range(start[form], start[form + 1]):
            wire, w = operand[term], weight[term]
            if wire < 0 or w == 0:
                continue
            uses[wire] += 1
            a, b = abs(unit[wire]), abs(w)
            while b:
                a, b = b, a % b
            unit[wire] = -a if unit[wire] < 0 or (unit[wire] == 0 and w < 0) else a
    for form in range(len(start) - 1):
        if not chosen[form]:
            continue
        mixed = (form * 0x9E3779B1 + 0x7F4A7C15) & mask
        for term in range(start[form], start[form + 1]):
            wire, w = operand[term], weight[term]
            if wire >= 0 and w != 0:
                # Python's and compiled division agree: unit divides w.
                ratio = (w // unit[wire]) & mask
                key[wire] = (key[wire] * 31 + (mixed ^ ratio) * 0x01000193) & mask


def check_groups(
    chosen: Any,
    start: Any,
    operand: Any,
    weight: Any,
    unit: Any,
    group: Any,
    size: Any,
    seen: Any,
    base: Any,
) -> None:
    """Dissolve groups of wires whose columns only seemed proportional.

    Args:
        chosen: for each form, whether it matters.
        start: where each form's terms start.
        operand: wires; forms are negative.
        weight: int64.
        unit: of each wire.
        group: the group of each wire, or -1.
        size: wires in each group; set to 0 where it is dissolved.
        seen: 0 for each group.
        base: 0 for each group.
    """
    for form in range(len(start) - 1):
        if not chosen[form]:
            continue
        for term in range(start[form], start[form + 1]):
            wire, w = operand[term], weight[term]
            if wire >= 0 and w != 0 and group[wire] >= 0:
                g, ratio = group[wire], w // unit[wire]
                if seen[g] == 0:
                    base[g] = ratio
                elif base[g] != ratio:
                    size[g] = 0
                seen[g] += 1
        for term in range(start[form], start[form + 1]):
            wire, w = operand[term], weight[term]
            if wire >= 0 and w != 0 and group[wire] >= 0:
                g = group[wire]
                if seen[g] != size[g]:
                    size[g] = 0
        for term in range(start[form], start[form + 1]):
            if operand[term] >= 0 and group[operand[term]] >= 0:
                seen[group[operand[term]]] = 0


def replace_groups(
    chosen: Any,
    start: Any,
    operand: Any,
    weight: Any,
    unit: Any,
    group: Any,
    added: int,
    seen: Any,
    new_start: Any,
    new_operand: Any,
    new_weight: Any,
) -> int:
    """Forms with each group of wires replaced by one form, of which there are `added`, put first.

    Args:
        chosen: for each form, whether groups are replaced in it.
        start: where each form's terms start.
        operand: wires; forms are negative.
        weight: int64.
        unit: of each wire.
        group: the group of each wire, or -1.
        added: number of groups; their forms are written already.
        seen: -1 for each group.
        new_start: room for the forms, those of the groups filled in.
        new_operand: room for the terms, likewise.
        new_weight: room for the terms, likewise.

    Returns:
        The number of terms.
    """
    at = new_start[added]
    for form in range(len(start) - 1):
        for term in range(start[form], start[form + 1]):
            wire, w = operand[term], weight[term]
            if chosen[form] and wire >= 0 and group[wire] >= 0:
                if w == 0 or seen[group[wire]] == form:
                    continue
                seen[group[wire]] = form
                new_operand[at], new_weight[at] = ~group[wire], w // unit[wire]
            else:
                new_operand[at] = wire if wire >= 0 else wire - added
                new_weight[at] = w
            at += 1
        new_start[added + form + 1] = at
    return at
