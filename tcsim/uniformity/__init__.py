"""Uniformity, measured: machines that write circuits, their work space, and connection languages.

A family is L-uniform if a machine with O(log n) bits of work space writes its circuits (paper,
Definition D.1). Here such machines run under a meter: Python functions in which no memory can hide
(`Program`, checked by `violations`), or programs of a register machine (`RegisterMachine`).
"""

from tcsim.uniformity.binding import bound
from tcsim.uniformity.composition import Composition
from tcsim.uniformity.connection import (
    ConnectionCheck,
    ConnectionLanguage,
    check_language,
    query_growth,
)
from tcsim.uniformity.description import describe, read_description
from tcsim.uniformity.families import FAMILIES, UniformFamily, uniform_family
from tcsim.uniformity.interface import Bit, description_bit, description_bits
from tcsim.uniformity.lint import Violation, violations
from tcsim.uniformity.meter import Run
from tcsim.uniformity.paths import check_paths
from tcsim.uniformity.program import Machine, Program
from tcsim.uniformity.space import SpaceCurve, SpacePoint, space_curve
from tcsim.uniformity.study import UniformityReport, study_uniformity
from tcsim.uniformity.tape import ALPHABET, Tape, Unary, Write, records, tape_of
from tcsim.uniformity.vm import RegisterMachine

__all__ = [
    "ALPHABET",
    "FAMILIES",
    "Bit",
    "Composition",
    "ConnectionCheck",
    "ConnectionLanguage",
    "Machine",
    "Program",
    "RegisterMachine",
    "Run",
    "SpaceCurve",
    "SpacePoint",
    "Tape",
    "Unary",
    "UniformFamily",
    "UniformityReport",
    "Violation",
    "Write",
    "bound",
    "check_language",
    "check_paths",
    "describe",
    "description_bit",
    "description_bits",
    "query_growth",
    "read_description",
    "records",
    "space_curve",
    "study_uniformity",
    "tape_of",
    "uniform_family",
    "violations",
]
