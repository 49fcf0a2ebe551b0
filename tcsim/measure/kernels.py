"""Loops over gates in order: levels, polarities, a schedule. Plain code, run as it is or compiled.

Arrays in all of them: ``start``, ``operand``, ``weight`` are the expanded forms, ``gate_form`` the
form of each gate. Gates share forms, so whatever depends on the form alone is kept per form.
"""

from __future__ import annotations

import heapq
from typing import Any


def levels(
    n_inputs: int, start: Any, operand: Any, gate_form: Any, form_level: Any, level: Any
) -> None:
    """``level[g]`` = 1 + the highest level of its operands. ``form_level`` starts at -1."""
    for gate in range(len(gate_form)):
        form = gate_form[gate]
        highest = form_level[form]
        if highest < 0:
            highest = 0
            for term in range(start[form], start[form + 1]):
                wire = operand[term]
                if wire >= n_inputs and level[wire - n_inputs] > highest:
                    highest = level[wire - n_inputs]
            form_level[form] = highest
        level[gate] = highest + 1


def tails(
    n_inputs: int, start: Any, operand: Any, gate_form: Any, form_tail: Any, tail: Any
) -> None:
    """Longest path, in gates, from each gate to an end.

    ``tail`` starts at 0 for ends and at -1 elsewhere, and stays -1 where no end is reached;
    ``form_tail`` starts at -1.
    """
    for gate in range(len(gate_form) - 1, -1, -1):
        if tail[gate] < 0:
            continue
        form = gate_form[gate]
        if form_tail[form] >= tail[gate] + 1:
            continue
        form_tail[form] = tail[gate] + 1
        for term in range(start[form], start[form + 1]):
            gate_read = operand[term] - n_inputs
            if gate_read >= 0 and tail[gate_read] < tail[gate] + 1:
                tail[gate_read] = tail[gate] + 1


def polarities(
    n_inputs: int,
    start: Any,
    operand: Any,
    sign: Any,
    gate_form: Any,
    constant: Any,
    form_needed: Any,
    needed: Any,
) -> None:
    """Which polarities of each wire are read once negations are pushed to the inputs.

    ``needed[2*wire + p]`` says whether the wire (p = 0) or its complement (p = 1) is read; the
    outputs are marked on entry. A gate that nothing reads is kept in its own polarity.
    """
    for gate in range(len(gate_form) - 1, -1, -1):
        wire = n_inputs + gate
        if not needed[2 * wire] and not needed[2 * wire + 1]:
            needed[2 * wire] = 1
        if constant[gate]:
            continue
        form = gate_form[gate]
        for polarity in range(2):
            if not needed[2 * wire + polarity] or form_needed[2 * form + polarity]:
                continue
            form_needed[2 * form + polarity] = 1
            for term in range(start[form], start[form + 1]):
                if sign[term] > 0:
                    needed[2 * operand[term] + polarity] = 1
                elif sign[term] < 0:
                    needed[2 * operand[term] + 1 - polarity] = 1


def dual_rail_levels(
    n_inputs: int,
    start: Any,
    operand: Any,
    sign: Any,
    gate_form: Any,
    constant: Any,
    single: Any,
    not_level: int,
    form_level: Any,
    level: Any,
) -> None:
    """Levels of both polarities of each gate: ``level[2*gate + p]``.

    An inverted input stands on ``not_level``. A one-input gate (``single``) over an inverted input
    is that NOT gate itself. ``form_level`` starts at -1.
    """
    for gate in range(len(gate_form)):
        form = gate_form[gate]
        for polarity in range(2):
            if constant[gate]:
                level[2 * gate + polarity] = 1
                continue
            highest = form_level[2 * form + polarity]
            if highest < 0:
                highest = 0
                for term in range(start[form], start[form + 1]):
                    if sign[term] == 0:
                        continue
                    side = polarity if sign[term] > 0 else 1 - polarity
                    wire = operand[term]
                    below = not_level * side
                    if wire >= n_inputs:
                        below = level[2 * (wire - n_inputs) + side]
                    elif single[gate] and side:
                        below = not_level - 1  # the gate is the NOT gate: no level on top of it
                    if below > highest or below < 0:
                        highest = below
                form_level[2 * form + polarity] = highest
            level[2 * gate + polarity] = highest + 1


def list_schedule(
    count: int,
    reader_start: Any,
    reader: Any,
    missing: Any,
    gates_start: Any,
    gates: Any,
    tail: Any,
) -> int:
    """Greedy list schedule: at each step the ready gates with the longest remaining paths fire.

    ``reader`` lists the forms that read each gate; ``missing`` counts the operands that each form
    still waits for; ``gates`` lists the gates of each form.
    """
    ready = [(0, 0)]
    ready.pop()  # numba learns the type of an empty list from its first element
    for form in range(len(missing)):
        if missing[form] == 0:
            for place in range(gates_start[form], gates_start[form + 1]):
                heapq.heappush(ready, (-tail[gates[place]], gates[place]))
    steps = 0
    fired = [0]
    while len(ready) > 0:
        steps += 1
        fired.clear()
        while len(ready) > 0 and len(fired) < count:
            fired.append(heapq.heappop(ready)[1])
        for gate in fired:
            for at in range(reader_start[gate], reader_start[gate + 1]):
                form = reader[at]
                missing[form] -= 1
                if missing[form] == 0:
                    for place in range(gates_start[form], gates_start[form + 1]):
                        heapq.heappush(ready, (-tail[gates[place]], gates[place]))
    return steps
