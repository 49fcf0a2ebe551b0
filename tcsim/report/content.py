"""What the report tells people, section by section; `text` and `html` only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.report.conventions import CONVENTIONS, SHORT_TERMS
from tcsim.report.layout import Block, Facts, Paragraph, Profile, Section, Table
from tcsim.report.numbers import compact, plural
from tcsim.report.paths import path_section
from tcsim.report.scopes import scope_section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.measure import Measures
    from tcsim.report.data import Report

BASES_A_TABLE = 5
"""More bases than this go into a second table."""


def sections(report: Report, terms: Iterable[str] = SHORT_TERMS) -> list[Section]:
    """The report in the order in which it is read, with these terms of the conventions."""
    parts = [
        _summary(report),
        _network(report),
        _bases(report),
        _levels(report),
        scope_section(report),
        path_section(report),
        _compute(report),
        _exactness(report),
        _conventions(terms),
    ]
    return [part for part in parts if part is not None]


def _summary(report: Report) -> Section:
    total = report.threshold
    text = (
        f"depth {compact(total.depth)}, width {compact(total.width)}, size {compact(total.size)} "
        f"in the threshold basis; {plural(report.inputs, 'input')}, "
        f"{plural(len(report.outputs), 'output')}"
    )
    if report.tables is not None:
        tables = report.tables
        text += (
            f"; the file's {plural(tables['size'], 'table')} of at most {tables['largest']} "
            f"inputs have depth {compact(tables['depth'])} as tables"
        )
    return Section(f"Depth report: {report.source or 'circuit'}", (Paragraph(text),))


def _network(report: Report) -> Section | None:
    if report.network is None:
        return None
    facts = report.network
    rows = facts["rows"]
    bits = [
        f"{facts[key]}-bit {name}"
        for key, name in (("weight_bits", "weights"), ("activation_bits", "activations"))
        if key in facts
    ]
    if "code" in facts:
        bits.append(f"{facts['code']} code")
    verdict = "equals" if facts["agree"] else "DIFFERS FROM"
    where = "on all" if facts["agree"] else "among"
    return Section(
        "Network",
        (
            Facts(
                (
                    ("float", f"{facts['float_accuracy']:.1%} of {rows:,} held-out rows correct"),
                    ("integer", f"{facts['integer_accuracy']:.1%}  ({', '.join(bits)})"),
                    ("circuit", f"{verdict} the integer network {where} {rows:,} rows"),
                )
            ),
        ),
    )


def _bases(report: Report) -> Section:
    names = list(report.bases)
    blocks: list[Block] = [
        _basis_table([report.bases[name] for name in names[first : first + BASES_A_TABLE]])
        for first in range(0, len(names), BASES_A_TABLE)
    ]
    if "majority" in report.bases:
        blocks.append(
            Paragraph(
                "Depth counts NOT gates; taken literally, NOT on an input or constant is free."
            )
        )
    return Section("Measures by basis", tuple(blocks))


def _basis_table(columns: list[Measures]) -> Table:
    width = min(17, 57 // len(columns) - 2)
    rows = [("depth", *(compact(m.depth, width) for m in columns))]
    if any(m.depth_literal is not None for m in columns):
        literal = (
            "" if m.depth_literal is None else compact(m.depth_literal, width) for m in columns
        )
        rows.append(("depth, literal", *literal))
    for label, name in (
        ("width", "width"),
        ("size", "size"),
        ("edges", "edges"),
        ("wires", "wires"),
        ("largest fan-in", "max_fan_in"),
        ("largest weight", "max_weight"),
        ("size / depth", "parallelism"),
    ):
        rows.append((label, *(compact(getattr(m, name), width) for m in columns)))
    header = ("", *(m.basis.replace("fan_in_2", "fan-in 2") for m in columns))
    return Table(header, tuple(rows), "l" + "r" * len(columns))


def _levels(report: Report) -> Section | None:
    if not report.threshold.size:
        return None
    blocks: list[Block] = [Profile(report.threshold.levels)]
    deeper = len(report.threshold.levels) - 1 - report.threshold.depth
    if deeper > 0:
        blocks.append(
            Paragraph(
                f"{plural(deeper, 'level')} beyond the depth, with only gates that reach no output."
            )
        )
    return Section("Gates by level, threshold basis", tuple(blocks))


def _compute(report: Report) -> Section:
    total, stored = report.threshold, report.storage
    rows = [
        ("serial", f"depth {compact(total.depth)}: steps in sequence, however many processors"),
        ("total", _counts(gate=total.size, edge=total.edges, wire=total.wires)),
        ("parallelism", f"{compact(total.parallelism)} gates a step (size / depth)"),
    ]
    if (schedule := report.processors) is not None:
        text = (
            f"{compact(schedule.processors)}: {plural(schedule.steps, 'step')} in the schedule "
            f"found, speedup {compact(schedule.speedup)}; none takes fewer than "
            f"{compact(schedule.lower)}, no greedy one more than {compact(schedule.upper)}"
        )
        rows.append(("processors", text))
    kept = f"at most {plural(report.live_peak, 'value')}, after level {report.live_peak_level}"
    rows += [
        ("kept", kept),
        ("dead", f"{plural(report.dead_gates, 'gate')} that no output depends on"),
        ("stored", _counts(form=stored["forms"], term=stored["terms"], byte=stored["bytes"])),
    ]
    return Section("Serial and total compute, threshold basis", (Facts(tuple(rows)),))


def _counts(**nouns: int) -> str:
    return ", ".join(plural(count, noun) for noun, count in nouns.items())


def _exactness(report: Report) -> Section:
    rows = [(term, "; ".join(texts)) for term, texts in report.exactness.items()]
    return Section("Exact, bounded, assumed", (Facts(tuple(rows)),))


def _conventions(terms: Iterable[str]) -> Section:
    return Section("Conventions", (Facts(tuple((term, CONVENTIONS[term]) for term in terms)),))
