"""WordArithmetic: the gates of one place, counted, times the places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.costs.axes import number
from tcsim.networks.costs.operands import Operands, Support, broadcast, product
from tcsim.networks.costs.parts import Part
from tcsim.networks.words.functions import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    codes = [Code(x.least, x.least + steps_of(x, quantity), "binary") for x in operands]
    gates = template(operation, *codes)
    spread = broadcast(operands)
    origins = [one.origin for x in spread for one in x.supports]
    apart = len(set(origins)) == len(origins) == len(operands) and all(x.exact for x in spread)
    count = product(spread[0].shape)
    kinds = np.repeat(np.arange(len(codes)), [code.wires for code in codes])
    arrivals = [spread[kind].level for kind in kinds]
    parts, levels = counted(gates, arrivals, kinds.tolist(), count, exact=apart)
    return made(operation.code, gates, spread, levels, origin, quantity), parts


def steps_of(x: Operands, quantity: Quantities) -> int:
    """The number of steps that a symbol stands for."""
    found: Any = number(x.steps, quantity)
    return int(found)


def counted(
    gates: Template, arrivals: list[Any], owners: Sequence[int], count: Formula, *, exact: bool
) -> tuple[list[Part], list[Any]]:
    """The gates of a template, so many times, and the level of each of its wires.

    Args:
        gates: the template.
        arrivals: the level of each of its inputs.
        owners: the number of the operand that each of them belongs to.
        count: how often it is there.
        exact: whether its inputs are different wires.
    """
    levels = _levels(gates, arrivals)
    sizes = [len(gates.forms[form]) for form, _ in gates.gates]
    weights = [max(map(abs, gates.forms[form].values()), default=0) for form, _ in gates.gates]
    parts = [
        Part(
            count * len(members),
            count * sum(sizes[one] for one in members),
            max(sizes[one] for one in members),
            max(weights[one] for one in members),
            _plain(levels[gates.inputs + members[0]]),
            exact,
        )
        for members in _together(gates, owners)
    ]
    return parts, levels


def _levels(gates: Template, arrivals: list[Any]) -> list[Any]:
    """The level of every wire: of inputs, then of gates."""
    levels = list(arrivals)
    for form, _ in gates.gates:
        levels.append(_latest(gates.forms[form], levels) + 1)
    return levels


def _together(gates: Template, owners: Sequence[int]) -> list[list[int]]:
    """The gates that stand on the same level whenever the operands arrive."""
    operands = range(max(owners, default=-1) + 1)
    paths = [tuple(0 if one == owner else -1 for one in operands) for owner in owners]
    groups: dict[tuple[int, ...], list[int]] = {}
    for gate, (form, _) in enumerate(gates.gates):
        read = [paths[wire] for wire in gates.forms[form]]
        latest = (max((path[one] for path in read), default=-1) for one in operands)
        paths.append(tuple(path + 1 if path >= 0 else -1 for path in latest))
        groups.setdefault(paths[-1], []).append(gate)
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
    digits = [_latest(output.terms, levels) for output in gates.outputs]
    level = _latest(wires, levels)
    fresh = [wire for wire in wires if wire >= gates.inputs]
    own = len(fresh) == len(set(fresh)) == code.wires
    supports: tuple[Support, ...] = (Support(origin, len(set(fresh))),) if fresh else ()
    # Wires that are passed through belong to whatever the operands stand on.
    passed = len({wire for wire in wires if wire < gates.inputs})
    if passed:
        origins = dict.fromkeys(one.origin for x in spread for one in x.supports)
        supports += tuple(Support(one, passed) for one in origins)
    _, weight = quantity.word("binary", code.steps)
    made = Operands(
        spread[0].shape, supports, weight, _plain(level), "binary", code.steps, exact=own
    )
    if any(x.ragged for x in spread):
        quantity.even = False  # digits that are passed on may be early ones
    # A digit that is constant, or that of an operand, is there before the others.
    return replace(made, ragged=not own or any(np.any(digit != level) for digit in digits))


def _latest(wires: Iterable[int], levels: list[Any]) -> Any:  # noqa: ANN401
    """The latest level of some wires; 0 of none."""
    latest: Any = 0
    for wire in wires:
        latest = np.maximum(latest, levels[wire])
    return latest


def _plain(level: Any) -> Any:  # noqa: ANN401
    """An array, or a Python integer."""
    return level if isinstance(level, np.ndarray) and level.ndim else int(level)
