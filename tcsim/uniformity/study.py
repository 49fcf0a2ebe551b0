"""Uniformity of one family, measured: work space against lg n, and its connection languages."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.uniformity.connection import (
    ConnectionCheck,
    ConnectionLanguage,
    check_language,
    query_growth,
)
from tcsim.uniformity.description import read_description
from tcsim.uniformity.meter import MOST_STEPS
from tcsim.uniformity.paths import check_paths
from tcsim.uniformity.program import Program
from tcsim.uniformity.space import SpaceCurve, space_curve
from tcsim.uniformity.tape import Unary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Progress
    from tcsim.uniformity.families import UniformFamily

SCHEMA = "tcsim.uniformity/1"
SAMPLE, WALKS = 8, 100
"""Of circuits with more than `FEW` gates: wires asked for beside the right one, and paths."""
FEW = 60

LIMITS = (
    "work space was measured at finitely many n; that a line over lg n holds there is no proof",
    "of far larger circuits than the one compared, only the cost of a query is known",
    "whether the circuits compute what they should is not checked here",
    "this is uniformity by logarithmic space; for TC^0, logarithmic time is usual",
)
"""What no study can show."""


@dataclass(frozen=True)
class UniformityReport:
    """What was measured of a family's programs. Printed, it is the text report.

    Attributes:
        name: of the family.
        meaning: what its circuits compute.
        curve: work space of the machine that writes C_n on 1^n.
        compared: n of the circuit that the languages were compared with.
        gates: of that circuit.
        direct: the direct connection language against it.
        paths: the extended one.
        far: (n, bits, steps) of queries about members too large to build.
    """

    name: str
    meaning: str
    curve: SpaceCurve
    compared: int
    gates: int
    direct: ConnectionCheck
    paths: ConnectionCheck
    far: tuple[tuple[int, int, int], ...]

    @property
    def failures(self) -> tuple[str, ...]:
        """What speaks against uniformity."""
        curve = () if self.curve.is_logarithmic else (str(self.curve),)
        return (*curve, *self.direct.differences, *self.paths.differences)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, schema ``tcsim.uniformity/1``."""
        curve = self.curve
        return {
            "schema": SCHEMA,
            "name": self.name,
            "meaning": self.meaning,
            "n": [point.length for point in curve.points],
            "space": [point.space for point in curve.points],
            "steps": [point.steps for point in curve.points],
            "fit": {
                "slope": curve.slope,
                "offset": curve.offset,
                "slack": curve.slack,
                "fitted_up_to": curve.fitted,
                "holds": curve.is_logarithmic,
            },
            "compared": {
                "n": self.compared,
                "gates": self.gates,
                "direct": asdict(self.direct),
                "paths": asdict(self.paths),
            },
            "far": [dict(zip(("n", "space", "steps"), row, strict=True)) for row in self.far],
            "failures": list(self.failures),
            "limits": list(LIMITS),
        }

    def to_json(self) -> str:
        """The report as one JSON object."""
        return json.dumps(self.to_dict(), indent=1) + "\n"

    def __str__(self) -> str:
        from tcsim.uniformity.text import to_text

        return to_text(self)


def study_uniformity(
    family: UniformFamily,
    n: Iterable[int] | None = None,
    *,
    steps_limit: int = MOST_STEPS,
    progress: Progress | None = None,
) -> UniformityReport:
    """Measure the machine that writes a family, and compare its connection languages.

    Args:
        family: see `tcsim.uniformity.families`.
        n: which members the machine writes; three to fit a line to, and one four times as large.
        steps_limit: a run that takes more steps is stopped.
        progress: called as ``progress(done, total)``.

    Raises:
        ArgumentError: n are too few.
        LimitError: a run takes more steps.
    """
    lengths = family.n if n is None else tuple(n)
    if not lengths or min(lengths) < 1:
        raise ArgumentError(f"n must be at least 1, not {min(lengths, default=None)}")
    programs = family.make()
    machine, language = Program(programs.describe), ConnectionLanguage.of(programs)
    curve = space_curve(machine, lengths, steps_limit=steps_limit, progress=progress)
    small = family.compared
    circuit = read_description(machine.run(Unary(small)).output)
    many = circuit.size > FEW
    direct = check_language(language, circuit, small, sample=SAMPLE if many else None)
    paths = check_paths(language, circuit, small, walks=WALKS if many else None)
    far = query_growth(language)
    return UniformityReport(
        family.name, family.meaning, curve, small, circuit.size, direct, paths, far
    )
