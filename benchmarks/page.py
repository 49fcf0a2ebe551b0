"""The page docs/benchmarks.md: a rendering of the results and of the remarks on missed aims."""

from __future__ import annotations

import textwrap
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from benchmarks import machine, results, table
from benchmarks.harness import A_RUNS, AGREEMENT, ATTEMPTS, LEAST, Row

PAGE = machine.ROOT / "docs" / "benchmarks.md"
REMARKS = Path(__file__).with_name("remarks.toml")

PROCEDURE = f"""\
# Benchmarks

<!-- Written by `python -m benchmarks --docs`. The sentences are in benchmarks/remarks.toml. -->

Every figure is of tcsim and of a named peer in the same run. `python -m benchmarks`, from the root
of the repository, measures with the peers that are installed, prints the table and writes
`benchmarks/results.json` with every raw time; with `--docs` it also rewrites this page.

- **A/A first.** Each side is held against itself: two medians of {A_RUNS} runs each, taken in turn.
  Where they differ by more than {AGREEMENT:.0%} in {ATTEMPTS} attempts, the row says INCONCLUSIVE.
- **Then in turn.** Both sides run alternately, five times each or more; figures are medians. A job
  is repeated until a run takes {LEAST} s. Compiling and loading come before, but for W8.
- **One core**, on which the process is held, and peers told to use one thread, unless a row says
  two.
- **A peer at its best.** ABC gets the number of words at a time, aigverse the number of variables
  at which it is fastest; NumPy and torch work on parts of a batch that stay in the cache.
- **Checked.** Before a job of W1 to W6 is timed, results are compared with those of the peer, of
  Python's integers, or of integer arithmetic.

G/s are 10^9 gate evaluations a second: gates times input vectors by seconds. Beside each value
stands what it must reach and what it aims at.
"""


def render(found: dict[str, Any]) -> str:
    """The page, from the content of a results file."""
    remarks = _remarks()
    parts = [PROCEDURE, _measured_on(found)]
    rows = results.rows(found)
    for workload, about in remarks["workloads"].items():
        if chosen := [row for row in rows if row.workload == workload]:
            parts.append(_section(workload, about, chosen, remarks["aims"]))
    return "\n".join(parts)


def without_remark(found: dict[str, Any]) -> list[str]:
    """Rows that fell short of their aim, and no sentence says why."""
    remarks = _remarks()["aims"]
    return [
        f"{row.workload}: {row.case}"
        for row in results.rows(found)
        if _falls_short(row) and not _sentence(row, remarks)
    ]


def _section(workload: str, about: str, rows: list[Row], remarks: dict[str, Any]) -> str:
    title, _, text = about.partition(": ")
    lines = [f"## {workload}: {title}", "", textwrap.fill(text.strip(), 100), ""]
    lines += ["| | tcsim | peer | value | must | aim | |", "|---|--:|--:|--:|--:|--:|---|"]
    lines += [_cells(row) for row in rows]
    # Rows that are short of their aim for one reason share its sentence.
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if _falls_short(row):
            reasons.setdefault(_sentence(row, remarks), []).append(row.case)
    if reasons:
        lines += ["", "What stands in the way of the aims:", ""]
    for sentence, cases in reasons.items():
        text = f"- {'; '.join(cases)}: {sentence or 'not yet said.'}"
        lines.append(textwrap.fill(text, 100, subsequent_indent="  "))
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> str:
    peer = f"{row.peer.name}: {table.cost(row.peer, row.unit)}" if row.peer else ""
    case = f"{row.case} ({row.note})" if row.note else row.case
    cells = (case, table.cost(row.ours, row.unit), peer, table.value(row), *table.targets(row))
    return f"| {' | '.join((*cells, row.verdict))} |".replace("|  |", "| |")


def _measured_on(found: dict[str, Any]) -> str:
    described = found["machine"]
    revisions = sorted({row["revision"] for row in found["rows"]})
    dates = sorted(row["measured"][:10] for row in found["rows"])
    when = " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else "not yet"
    vector = next((name for name in ("avx512f", "avx2") if name in described["flags"]), "")
    text = (
        f"Measured {when} on {machine.summary(described)}, {described['abc'] or 'no ABC'}; "
        f"{vector.upper()}; revision {', '.join(revisions) or '-'} (+: with changes on top)."
    )
    return textwrap.fill(text, 100) + "\n"


def _falls_short(row: Row) -> bool:
    return row.target is not None and row.verdict != "aim"


def _sentence(row: Row, remarks: dict[str, Any]) -> str:
    """The first whose pattern fits."""
    for pattern, sentence in remarks.get(row.workload, {}).items():
        if fnmatchcase(row.case, pattern):
            return str(sentence).strip()
    return ""


def _remarks() -> dict[str, Any]:
    return tomllib.loads(REMARKS.read_text(encoding="utf-8"))
