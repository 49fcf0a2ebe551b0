"""The results file: what was measured on, and every row with every raw time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.harness import Row

RESULTS = Path(__file__).with_name("results.json")


def load(path: Path) -> dict[str, Any]:
    """What a file holds of this machine and these versions; nothing of others."""
    fresh: dict[str, Any] = {"machine": machine.describe(), "rows": []}
    if not path.exists():
        return fresh
    kept = stored(path)
    return kept if kept["machine"] == fresh["machine"] else fresh


def stored(path: Path) -> dict[str, Any]:
    """What a file holds, of whatever machine."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def add(results: dict[str, Any], row: Row) -> None:
    """Put a row in the place of what was measured before under its name, or at the end."""
    made = {
        **row.as_dict(),
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": machine.revision(),
    }
    for place, other in enumerate(results["rows"]):
        if (other["workload"], other["case"]) == (row.workload, row.case):
            results["rows"][place] = made
            return
    results["rows"].append(made)


def keep(results: dict[str, Any], workload: str, cases: list[str]) -> None:
    """Put a workload's rows in this order, and drop the others that it had once."""
    places = {case: place for place, case in enumerate(cases)}
    others = [row for row in results["rows"] if row["workload"] != workload]
    kept = [row for row in results["rows"] if row["workload"] == workload and row["case"] in places]
    results["rows"] = [*others, *sorted(kept, key=lambda row: places[row["case"]])]


def save(results: dict[str, Any], path: Path) -> None:
    """Write a file; it appears whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def rows(results: dict[str, Any]) -> list[Row]:
    """Its rows."""
    return [Row.from_dict(data) for data in results["rows"]]
