"""The ways of checking, one a file; each returns an `Outcome` with its evidence."""

from __future__ import annotations

from proofs_check.methods.exhaustive import every
from proofs_check.methods.interval import positive_on
from proofs_check.methods.random_cases import holds_on
from proofs_check.methods.symbolic import equal

__all__ = ["equal", "every", "holds_on", "positive_on"]
