"""Serial tasks for benchmarks: rows with an answer, of a depth and width that are asked for.

"Benchmarks should have inherently serial problems as a separate category" (paper, 2.4).

Example:
    >>> from reductions import tasks
    >>> row = next(tasks.rows(tasks.Spec("rule110", depth=3, width=3)))
    >>> row.dependency_depth, row.total_work
    (3, 21)
"""

from __future__ import annotations

from reductions.tasks.family import Family
from reductions.tasks.generating import Spec, rows, wide
from reductions.tasks.parquet import write_dataset, write_parquet
from reductions.tasks.registry import FAMILIES, family
from reductions.tasks.row import COLUMNS, Row
from reductions.tasks.writing import write_jsonl

__all__ = [
    "COLUMNS",
    "FAMILIES",
    "Family",
    "Row",
    "Spec",
    "family",
    "rows",
    "wide",
    "write_dataset",
    "write_jsonl",
    "write_parquet",
]
