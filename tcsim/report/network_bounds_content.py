"""What the report of a network with holes tells people, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.report.layout import Facts, Paragraph, Section, Table
from tcsim.report.network import layer_macs
from tcsim.report.network_content import ROWS, checks_section, formulas_section, reads
from tcsim.report.numbers import compact, plural

if TYPE_CHECKING:
    from tcsim.report.layout import Block
    from tcsim.report.network_bounds import BoundsReport


def bounds_sections(report: BoundsReport) -> list[Section]:
    """The report in the order in which it is read."""
    parts = [
        _summary(report),
        _holes(report),
        _pieces(report),
        formulas_section(report.formulas, report.axes, of="around the holes, "),
        _network(report),
        _layers(report),
        checks_section(report.checks),
        _exactness(report),
    ]
    return [part for part in parts if part is not None]


def _summary(report: BoundsReport) -> Section:
    text = (
        f"BOUNDS: {plural(len(report.holes), 'part')} of this model cannot be compiled exactly. "
        "What is around them is exact; they are holes of unknown depth and size."
        if report.holes
        else "BOUNDS: this model ends with sums that are not rounded and stand on no wires."
    )
    if report.axes:
        text += " At " + ", ".join(f"{name} = {value}" for name, value in report.axes.items()) + "."
    rows = (
        ("depth", f"{report.depth}"),
        ("", f">= {compact(report.waiting)} if a hole's results wait for all that it reads"),
        ("", f">= {compact(report.total.depth)} in any case: the longest piece between holes"),
        ("size", f"{report.unknown_size}"),
        ("", f">= {compact(report.total.size)}"),
        ("width", "unknown: levels around holes cannot be lined up"),
    )
    title = f"Depth report with holes: {report.source or 'network'}"
    return Section(title, (Paragraph(text), Facts(rows)))


def _holes(report: BoundsReport) -> Section | None:
    if not report.holes:
        return None
    rows = []
    for number, hole in zip(report.numbers, report.holes, strict=True):
        inside = len(hole.nodes) - 1
        said = hole.reason
        said += f"; with {plural(inside, 'node')} that {_verb(inside)} it" if inside else ""
        said += f"; outputs inside: {', '.join(hole.ends)}" if hole.ends else ""
        rows.append((f"D{number}, S{number}", f"{hole.operator} {hole.name}: {said}"))
    return Section("Holes: depth and size unknown", (Facts(tuple(rows)),))


def _verb(count: int) -> str:
    return "follows" if count == 1 else "follow"


def _pieces(report: BoundsReport) -> Section | None:
    if not report.pieces:
        return None
    rows = tuple((one.start, one.end, compact(one.levels)) for one in report.pieces)
    blocks: list[Block] = [Table(("from", "to", "levels"), rows[:ROWS], "llr")]
    if len(rows) > ROWS:
        blocks.append(Paragraph(f"{len(rows) - ROWS} more; --json has all."))
    return Section("Depth of each piece between holes: exact", tuple(blocks))


def _network(report: BoundsReport) -> Section:
    given = sum(len(hole.gives) for hole in report.holes)
    sources = report.network.sources
    rows = [
        ("reads", reads(sources[: len(sources) - given])),
        ("operations", compact(len(report.network.nodes))),
        *report.facts.items(),
    ]
    return Section("Network", (Facts(tuple(rows)),))


def _layers(report: BoundsReport) -> Section | None:
    if not report.layers:
        return None
    rows = tuple(
        (
            name,
            compact(int(cost.size), 11),
            ("" if cost.exact else "<=") + compact(int(cost.edges), 11),
            compact(layer_macs(report.macs, name), 10),
        )
        for name, cost in report.layers.items()
    )
    blocks: list[Block] = [Table(("layer", "gates", "edges", "MACs"), rows[:ROWS], "lrrr")]
    if len(rows) > ROWS:
        blocks.append(Paragraph(f"{plural(len(rows) - ROWS, 'layer')} more; --json has all."))
    return Section("Layers around the holes", tuple(blocks))


def _exactness(report: BoundsReport) -> Section:
    edges = ", edges" if report.rest.exact else ""
    rows = (
        ("exact", f"levels of each piece, gates{edges} of each layer around the holes, as built"),
        ("unknown", "depth Dk and size Sk of hole k, from 0; width; what the model computes"),
        (
            "bounded",
            "depth and size of the whole, from below; largest weights"
            + ("" if report.rest.exact else "; edges, from above"),
        ),
    )
    return Section("Exact, bounded, unknown", (Facts(rows),))
