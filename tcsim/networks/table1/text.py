"""The table as text, at most 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.networks.table1.rows import Row
    from tcsim.networks.table1.theory import Theory

WIDTH = 80

_MEANING = (
    "Depth in the threshold basis, of circuits without sharing and folding. Formulas are derived "
    "from parts at n = 2; at every n shown they equal what was measured. *: the flat circuit was "
    "built and measured; without it: by the exact formulas of its operations, unbuilt."
)
_LIMITS = (
    "Weights are random; widths and bits (two) are fixed, a special case of the O(log n) bits of "
    "the theorems. A depth does not depend on the weights; it is that of the construction named "
    "here, an upper bound for its function, and no lower bound is shown. What is measured at "
    "finitely many n is consistent with a class, and proves no membership."
)


def to_text(rows: Sequence[Row]) -> str:
    """The table for people: depths, sizes beside what is proved, and the rows one by one."""
    lines = ["Architectures: serial depth against n, the number of tokens", ""]
    lines += _depths(rows)
    lines += ["", *wrap(_MEANING, WIDTH), "", "Growth, and what is proved", ""]
    lines += columns(
        [
            ["architecture", "depth", "gates", "class", "agreement"],
            *(
                [
                    row.name,
                    row.depth.text,
                    row.size.growth,
                    row.theory.complexity_class,
                    row.agreement,
                ]
                for row in rows
            ),
        ],
        "lllll",
    )
    proved: dict[Theory, str] = {}
    for row in rows:
        lines += ["", row.name, *_notes(row, proved.get(row.theory))]
        proved.setdefault(row.theory, row.name)
    failures = [f"{row.name}: {failure}" for row in rows for failure in row.failures]
    if failures:
        lines += ["", "Failures", *(f"  {failure}" for failure in failures)]
    return "\n".join([*lines, "", "What this cannot show", *wrapped(_LIMITS)]) + "\n"


def columns(cells: Sequence[Sequence[str]], align: str) -> list[str]:
    """Rows of cells in columns, each aligned to the left (l) or the right (r)."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if side == "l" else cell.rjust(width)
            for cell, width, side in zip(row, widths, align, strict=True)
        ).rstrip()
        for row in cells
    ]


def wrapped(text: str, term: str = "") -> list[str]:
    """A paragraph, indented, behind a term."""
    lead = f"  {term.ljust(_TERM)}" if term else "  "
    return wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


_TERM = 12
_MOST = 5
"""Columns of n that fit; of more, the first and the last are shown."""


def _depths(rows: Sequence[Row]) -> list[str]:
    every = list(rows[0].measured)
    first, last = _MOST // 2, _MOST // 2 - _MOST
    shown = every if len(every) <= _MOST else [*every[:first], *every[last:]]
    cells = [["architecture", "depth formula", *(f"n={n} " for n in shown)]]
    for row in rows:
        measured = [row.measured[n] for n in shown]
        numbers = [f"{one.depth}{'*' if one.flat else ' '}" for one in measured]
        cells.append([row.name, row.depth.text, *numbers])
    lines = columns(cells, "ll" + "r" * len(shown))
    if len(shown) < len(every):
        missing = ", ".join(map(str, every[first:last]))
        lines += ["", *wrap(f"Not shown: n = {missing}; --json has all.", WIDTH)]
    return lines


def _notes(row: Row, before: str | None) -> Iterable[str]:
    """What is to be said of a row; `before`: another that the same is proved of."""
    path = " + ".join(f"{part} {levels}" for part, levels in row.depth.path.items())
    yield from wrapped(f"{row.description}.", "network")
    once = row.depth.steps == "1"
    yield from wrapped(f"{path} = {row.depth.first}", "levels" if once else "first step")
    if not once:
        levels = f"{row.depth.per_step} level{'s' if row.depth.per_step != 1 else ''}"
        yield from wrapped(
            f"{levels} for each after the first; steps: {row.depth.steps}", "further"
        )
    counted = f"at each of {len(row.size.counted)} n counted, {row.size.counted[0]}.."
    yield from wrapped(
        f"{row.size.formula or row.size.growth}, {counted}{row.size.counted[-1]}", "gates"
    )
    if before is not None:
        yield from wrapped(f"as for {before}.", "proved")
        return
    yield from wrapped(f"{row.theory.complexity_class}. {row.theory.statement}", "proved")
    yield from wrapped(row.theory.assumption, "assuming")
    yield from wrapped(row.theory.citation, "by")
