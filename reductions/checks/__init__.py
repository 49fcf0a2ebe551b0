"""Twelve points that a reduction is checked in, each with an outcome and its evidence."""

from reductions.checks.outcome import POINTS, CheckReport, Outcome, Status
from reductions.checks.running import check

__all__ = ["POINTS", "CheckReport", "Outcome", "Status", "check"]
