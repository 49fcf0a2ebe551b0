"""The program of the planar crossover with what it needs to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.problems.circuits import CVP
from reductions.rules.programs.metered import description
from reductions.rules.programs.metered_rules import on_tapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reductions.problems.planar_circuits import Planar
    from reductions.reduction import Metered


def planar() -> Metered[Any]:
    """CVP to planar CVP."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.planar import write_planar

        return write_planar

    def rows(target: Planar) -> Iterator[Sequence[int]]:
        from tcsim.uniformity.tape import records

        yield from records(description(target))

    return on_tapes(program, rows, CVP, 12)
