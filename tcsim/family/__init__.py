"""Families of circuits: measured at several n, fitted, and held against what is claimed of them.

A report says "depth 7 for every n measured, 2..512: consistent with TC0"; what it cannot show
stands below it.
"""

from tcsim.family.classes import ComplexityClass
from tcsim.family.declared import Check
from tcsim.family.exact import exact_fit
from tcsim.family.family import Family
from tcsim.family.fit import ExactFit
from tcsim.family.formulas import Formula, formula
from tcsim.family.loading import load_family
from tcsim.family.measuring import Point, measure_family
from tcsim.family.models import Growth, Model, growth
from tcsim.family.points import parse_points
from tcsim.family.study import SCHEMA, FamilyReport, study
from tcsim.family.verdict import Verdict

__all__ = [
    "SCHEMA",
    "Check",
    "ComplexityClass",
    "ExactFit",
    "Family",
    "FamilyReport",
    "Formula",
    "Growth",
    "Model",
    "Point",
    "Verdict",
    "exact_fit",
    "formula",
    "growth",
    "load_family",
    "measure_family",
    "parse_points",
    "study",
]
