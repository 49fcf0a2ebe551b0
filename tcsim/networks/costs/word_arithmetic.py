"""WordArithmetic: the gates of one place, counted, times the places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.costs.operands import Operands, Support, broadcast, product
from tcsim.networks.costs.parts import Part
from tcsim.networks.words.functions import template

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.word_arithmetic import WordArithmetic
    from tcsim.networks.words.template import Template


def cost(
    operation: WordArithmetic, quantity: Quantities, origin: int, *operands: Operands
) -> tuple[Operands, list[Part]]:
    """The numbers of digits are part of the function, so that they stay numbers in formulas.

    Edges are exact where operands are different arrays on wires of their own; where they share
    wires, or are constants, they are at most so many.
    """
    codes = [
        Code(x.least, x.least + int(quantity.values.get(x.steps, x.steps)), "binary")
        for x in operands
    ]
    gates = template(operation, *codes)
    spread = broadcast(operands)
    origins = [one.origin for x in spread for one in x.supports]
    apart = len(set(origins)) == len(origins) == len(operands) and all(x.exact for x in spread)
    count = product(spread[0].shape)
    kinds = np.repeat(np.arange(len(codes)), [code.wires for code in codes])
    levels = _levels(gates, [spread[kind].level for kind in kinds])
    arrivals = [spread[kind].level for kind in kinds]
    parts, levels = counted(gates, arrivals, count, exact=apart)
    return made(operation.code, gates, spread, levels, origin, quantity), parts


def counted(
    gates: Template, arrivals: list[Any], count: Formula, *, exact: bool
) -> tuple[list[Part], list[Any]]:
    """The gates of a template, so many times, and the level of each of its wires.

    Args:
        gates: the template.
        arrivals: the level of each of its inputs.
        count: how often it is there.
        exact: whether its inputs are different wires.
    """
    levels = _levels(gates, arrivals)
    sizes = [len(gates.forms[number]) for number, _ in gates.gates]
    weights = [
        max(map(abs, gates.forms[number].values()), default=0) for number, _ in gates.gates
    ]
    parts = [
        Part(
            count * len(members),
            count * sum(sizes[one] for one in members),
            max(sizes[one] for one in members),
            max(weights[one] for one in members),
            level,
            exact,
        )
        for level, members in _together(levels[gates.inputs :])
    ]
    return parts, levels


def _levels(gates: Template, arrivals: list[Any]) -> list[Any]:
    """The level of every wire: of inputs, then of gates."""
    levels = list(arrivals)
    for number, _ in gates.gates:
        latest = 0
        for wire in gates.forms[number]:
            latest = np.maximum(latest, levels[wire])
        levels.append(latest + 1)
    return levels


def _together(levels: list[Any]) -> list[tuple[Any, list[int]]]:
    """The gates that stand on the same level, everywhere."""
    groups: dict[Any, tuple[Any, list[int]]] = {}
    for gate, level in enumerate(levels):
        key = level.tobytes() if isinstance(level, np.ndarray) and level.ndim else int(level)
        groups.setdefault(key, (level if isinstance(key, bytes) else key, []))[1].append(gate)
    return list(groups.values())


def made(
    code: Code,
    gates: Template,
    spread: tuple[Operands, ...],
    levels: list[Any],
    origin: int,
    quantity: Quantities,
) -> Operands:
    """What the outputs of a template stand on."""
    wires = [wire for output in gates.outputs for wire in output.terms]
    level: Any = 0
    for wire in wires:
        level = np.maximum(level, levels[wire])
    level = level if isinstance(level, np.ndarray) and level.ndim else int(level)
    fresh = [wire for wire in wires if wire >= gates.inputs]
    own = len(fresh) == len(set(fresh)) == code.wires
    supports = (Support(origin, len(set(fresh))),) if fresh else ()
    if len(fresh) < len(wires):
        supports += tuple(one for x in spread for one in x.supports)
    _, weight = quantity.word("binary", code.steps)
    return Operands(
        spread[0].shape, supports, weight, level, "binary", code.steps, exact=own
    )
