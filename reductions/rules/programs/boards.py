"""Programs of rules from boards, with what they need to run: Sudoku and Rule 110."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.problems.rule110 import Prediction
from reductions.problems.sudoku.derivations import Rounds
from reductions.problems.sudoku.grid import Sudoku
from reductions.reduction import Metered
from reductions.rules.programs.metered import description

if TYPE_CHECKING:
    from collections.abc import Callable


def _with_program(
    make: Callable[[], Any], tape: Callable[[Any], str], ladder: Callable[[], list[Any]]
) -> Metered[Any]:
    """One program for all instances, made when it is first asked for."""
    made: list[Any] = []

    def run(instance: object) -> tuple[str, Any]:
        if not made:
            from tcsim.uniformity import Program

            made.append(Program(make()))
        return tape(instance), made[0]

    return Metered(run, description, ladder)


def sudoku_rounds() -> Metered[Rounds]:
    """Single candidates to monotone CVP. The tape: height, width, cells; then T ones."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.sudoku import write_rounds

        return write_rounds

    def tape(instance: Rounds) -> str:
        from tcsim.uniformity.tape import text

        sudoku = instance.sudoku
        return text([sudoku.height, sudoku.width, *sudoku.cells]) + "1" * instance.rounds

    def ladder() -> list[Rounds]:
        rungs = ((1, 2, 1), (1, 3, 1), (1, 3, 3), (2, 2, 2), (2, 3, 1), (3, 3, 0))
        return [
            Rounds(Sudoku(h, w, bytes([1, *[0] * ((h * w) ** 2 - 1)])), rounds)
            for h, w, rounds in rungs
        ]

    return _with_program(make, tape, ladder)


def rule110_cone(stride: int = 0) -> Metered[Prediction]:
    """Rule 110 to CVP, or, by tables of so many steps, to threshold circuits."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs import rule110 as module
        from tcsim.uniformity import bound

        return bound(module, STRIDE=stride).write_tables if stride else module.write_cone

    def tape(instance: Prediction) -> str:
        from tcsim.uniformity.tape import text

        words = f"{instance.left},{instance.middle},{instance.right},"
        return words + text([instance.cell]) + "1" * instance.steps

    def ladder() -> list[Prediction]:
        rungs = ((1, 4), (2, 8), (3, 12), (9, 90))
        return [Prediction("0", "01101" * (n // 4), "01", n, steps) for steps, n in rungs]

    return _with_program(make, tape, ladder)
