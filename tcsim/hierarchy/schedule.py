"""The as-soon-as-possible schedule of a module, each distinct arrival measured once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy.checking import Count, integer, known, largest
from tcsim.hierarchy.leads import waited_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.hierarchy.module import Module

Arrival: TypeAlias = tuple[int | None, ...]
"""Levels of the input ports, then of the constants; None for what no gate depends on."""

Levels: TypeAlias = dict[int, Count]
"""{level: gates on it}."""

WORK_LIMIT = 100_000_000
"""Most work that a schedule takes, in levels of one module added to those of another."""

INSTANCE_WORK = 100
"""Work of looking at one instance, in the same unit."""


@dataclass(frozen=True)
class Schedule:
    """Depth, width and size of one and the same schedule: each gate as soon as possible.

    Attributes:
        arrival: {input port: its level}.
        outputs: {output port: its level}.
        depth: the highest of these; 0 without outputs.
        levels: gates on level 0, 1, 2, ..., those that feed no output included; sums to the size.
        size: number of gates.
        width: most gates on one level.
        exact: whether no ragged port is read (`Module.exact`); else depth is a bound.
        memo_entries: distinct (module, arrival less its minimum) that were measured.
        instances: modules that these stand for, counted as often as they occur.
    """

    arrival: dict[str, int]
    outputs: dict[str, int]
    depth: int
    levels: tuple[Count, ...]
    size: Count
    width: Count
    exact: bool
    memo_entries: int
    instances: int


class Memo:
    """Gates by level of modules, kept by (module, arrival less its minimum).

    Arrivals that no gate waits for are left out, so that late rounds of a loop are all alike.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, Arrival], Levels] = {}
        self._work = 0

    def __len__(self) -> int:
        return len(self._known)

    def spend(self, work: int) -> None:
        """Count work before it is done.

        Raises:
            LimitError: it is more than `WORK_LIMIT` so far.
        """
        self._work += work
        if self._work > WORK_LIMIT:
            raise LimitError(
                f"to list the gates by level takes more than {WORK_LIMIT:,} additions; arrive(), "
                "depth and size need no list"
            )

    def add(self, total: Levels, module: Module, arrival: Arrival) -> None:
        """Add the gates of a module by level to a total.

        Raises:
            LimitError: more work than `WORK_LIMIT` so far.
        """
        read = waited_for(arrival, module.body.reads, module.body.lead)
        shift = min((a for a in read if a is not None), default=0)
        key = tuple(None if a is None else a - shift for a in read)
        levels = self._known.get((module.digest, key))
        if levels is None:
            levels = module.body.levels(key, self)
            self._known[module.digest, key] = levels
        self.spend(len(levels))
        for level, count in levels.items():
            total[level + shift] = total.get(level + shift, 0) + count


def schedule(module: Module, arrival: Mapping[str, int] | None) -> Schedule:
    """See `Module.schedule`."""
    start = arrivals_of(module.inputs, arrival)
    outputs = module.arrive(arrival)
    memo, total = Memo(), Levels()
    memo.add(total, module, start)
    levels = tuple(total.get(level, 0) for level in range(max(total, default=0) + 1))
    return Schedule(
        arrival=dict(zip(module.inputs, start, strict=False)),
        outputs=outputs,
        depth=max(outputs.values(), default=0),
        levels=levels,
        size=module.size,
        width=largest(levels),
        exact=module.exact,
        memo_entries=len(memo),
        instances=module.instances,
    )


def arrivals_of(inputs: tuple[str, ...], arrival: Mapping[str, int] | None) -> tuple[int, ...]:
    """The levels of input ports in order, 0 where none is given, then 0 for the constants.

    Raises:
        ArgumentError: a name is unknown or a level is not an integer >= 0.
    """
    given = {} if arrival is None else arrival
    if not hasattr(given, "items"):
        raise ArgumentError(f"arrival must be a mapping of ports to levels, not {arrival!r}")
    checked = {
        known("arrival", name, inputs): integer(f"the arrival at {name!r}", level, 0)
        for name, level in given.items()
    }
    return (*(checked.get(name, 0) for name in inputs), 0)
