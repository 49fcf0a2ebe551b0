"""Members of a family built one after the other, checked, and measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError, LimitError, TcsimError
from tcsim.family.family import measured
from tcsim.family.foresight import estimate, rungs
from tcsim.measure import storage
from tcsim.simulate.memory import physical_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.circuit import Circuit
    from tcsim.family.family import Family
    from tcsim.typing import Progress

STANDARD = ("inputs", "outputs", "depth", "size", "width", "edges", "max_weight")
"""What is measured of every member."""
TWICE = 200_000
"""Members of at most so many gates and terms are built twice, to see that they are the same."""


@dataclass(frozen=True)
class Point:
    """One member, measured.

    Attributes:
        n: which.
        values: {measure: its value}.
        foreign: gates that are no AND, OR, NOT or constant; None where they were not counted.
        content_id: of the circuit.
    """

    n: int
    values: Mapping[str, int]
    foreign: int | None
    content_id: str


def measure_family(
    family: Family,
    points: Iterable[int],
    *,
    keys: Iterable[str] = (),
    gates: bool = False,
    memory: int | None = None,
    progress: Progress | None = None,
) -> tuple[Point, ...]:
    """Build and measure members, smallest first.

    Args:
        family: what to build.
        points: increasing n.
        keys: measures beside `STANDARD`.
        gates: whether to count the gates that are no AND, OR or NOT.
        memory: bytes that building may take; by default what this machine has.
        progress: called as ``progress(done, total)``.

    Raises:
        ArgumentError: a member cannot be built, or is another one when built again.
        LimitError: a member would take more memory than there is, by an estimate.
    """
    wanted, limit = list(points), physical_memory() if memory is None else memory
    every = dict.fromkeys((*STANDARD, *keys))
    items: dict[int, int] = {}
    found: list[Point] = []
    for done, n in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted))
        for rung in rungs(n, items, wanted[0]):
            _refuse(family, rung, items, limit, wanted)
            try:
                items[rung] = _items(family(rung))
            except LimitError:
                raise
            except TcsimError:
                continue  # not measured, so it may be missing: a family of the even n, say
        _refuse(family, n, items, limit, wanted)
        circuit = family(n)
        items[n] = _items(circuit)
        if items[n] <= TWICE or not found:
            _build_again(family, n, circuit)
        values = {key: measured(circuit, key) for key in every}
        foreign = _foreign(circuit) if gates else None
        found.append(Point(n, values, foreign, circuit.content_id))
    if progress is not None:
        progress(len(wanted), len(wanted))
    return tuple(found)


def _items(circuit: Circuit) -> int:
    return circuit.size + storage(circuit)["terms"]


def _refuse(
    family: Family, n: int, items: Mapping[int, int], limit: int, wanted: list[int]
) -> None:
    """Stop before what cannot be built: at the next n, or at the last if that is certain by now."""
    for target, bent in ((n, True), (wanted[-1], False)):
        if target in items or (not bent and len(items) < 4):
            continue
        expected = estimate(target, items, bent=bent)
        if expected is not None and expected.memory > limit:
            last = max(items)
            raise LimitError(
                f"the family {family.name} at n = {target} would have {expected}, more than the "
                f"{limit:,} bytes allowed (extrapolated from n <= {last}, {items[last]:,} gates "
                f"and terms): measure smaller n, or allow more (memory, --memory)"
            )


def _build_again(family: Family, n: int, circuit: Circuit) -> None:
    again = family(n)
    if again.content_id != circuit.content_id:
        raise ArgumentError(
            f"the family {family.name} is not deterministic: built twice at n = {n}, it gave "
            f"circuits {circuit.content_id[:12]} ({circuit.size:,} gates) and "
            f"{again.content_id[:12]} ({again.size:,} gates); fix the seed of what is random"
        )


def _foreign(circuit: Circuit) -> int:
    allowed = {"and", "or", "not", "buffer", "constant 0", "constant 1"}
    return sum(gate.kind not in allowed for gate in circuit.gates)
