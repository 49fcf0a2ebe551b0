"""What the report of a network tells people, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.report.layout import Block, Facts, Paragraph, Profile, Section, Table
from tcsim.report.numbers import compact, plural, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tcsim.networks import Inputs
    from tcsim.networks.measuring.verifying import Verification
    from tcsim.report.network import NetworkReport

ROWS = 40
"""Layers that a table shows; those inside others give way first."""


def network_sections(report: NetworkReport) -> list[Section]:
    """The report in the order in which it is read."""
    parts = [
        _summary(report),
        formulas_section(report.formulas, report.axes),
        _procedure(report),
        _network(report),
        _levels(report),
        _layers(report),
        _path(report),
        _compute(report),
        checks_section(report.checks),
        _exactness(report),
    ]
    return [part for part in parts if part is not None]


def _summary(report: NetworkReport) -> Section:
    total = report.total
    text = (
        f"depth {compact(total.depth)}, width {compact(int(total.width))}, "
        f"size {compact(int(total.size))} in the threshold basis; "
        f"{plural(report.network.input_wires, 'input wire')}, "
        f"{plural(report.network.output_wires, 'output wire')}; computed from formulas, not built"
    )
    if report.axes:
        text += "; at " + ", ".join(f"{name} = {value}" for name, value in report.axes.items())
    return Section(f"Depth report: {report.source or 'network'}", (Paragraph(text),))


def formulas_section(
    formulas: Mapping[str, Any], axes: Iterable[str], of: str = ""
) -> Section | None:
    """Formulas in named axes; `of` says of what."""
    if not formulas:
        return None
    import sympy

    rows = [(name, str(sympy.factor(formula))) for name, formula in formulas.items()]
    return Section(
        f"As formulas in {', '.join(axes)}, {of}as built (no sharing, no folding)",
        (Facts(tuple(rows)),),
    )


def _procedure(report: NetworkReport) -> Section | None:
    if not report.procedure:
        return None
    rows = tuple((name, str(value)) for name, value in report.procedure.items())
    return Section("Procedure", (Facts(rows),))


def _network(report: NetworkReport) -> Section:
    network = report.network
    rows = [
        ("reads", reads(network.sources)),
        ("operations", compact(len(network.nodes))),
        *report.facts.items(),
    ]
    return Section("Network", (Facts(tuple(rows)),))


def reads(sources: Iterable[Inputs]) -> str:
    """Arrays of inputs for people."""
    return "; ".join(
        f"{one.name}: {' x '.join(map(str, one.axes)) or '1'} "
        f"{'integer' if all(axis == 1 for axis in one.axes) else 'integers'} "
        f"{one.code.lo}..{one.code.hi}, {one.code.kind}"
        for one in sources
    )


def _levels(report: NetworkReport) -> Section | None:
    levels = tuple(int(gates) for gates in report.total.levels)
    if not levels:
        return None
    return Section("Gates by level, threshold basis", (Profile((0, *levels)),))


def _layers(report: NetworkReport) -> Section | None:
    if not report.layers:
        return None
    names = [name for name in report.layers if not _only_child(report, name)]
    hidden = 0
    deepest = max(name.count("/") for name in names)
    while len(names) > ROWS and deepest > 0:
        kept = [name for name in names if name.count("/") < deepest]
        hidden += len(names) - len(kept)
        names, deepest = kept, deepest - 1
    depth = report.total.depth or 1
    rows = []
    for name in names[:ROWS]:
        cost = report.layers[name]
        last = cost.first_level + len(cost.levels) - 1
        rows.append(
            (
                _shown(name, names),
                compact(int(cost.size), 11),
                ("" if cost.exact else "<=") + compact(int(cost.edges), 11),
                compact(report.layer_macs(name), 10),
                span(cost.first_level, last),
                compact(int(cost.width), 11),
                f"{100 * report.path_levels(name) / depth:.0f}%",
            )
        )
    without = report.all_macs - sum(
        report.layer_macs(name) for name in report.layers if "/" not in name
    )
    if without:
        rows.append(("no gates", "0", "0", compact(without, 10), "", "", "0%"))
    header = ("layer", "gates", "edges", "MACs", "levels", "width", "path")
    blocks: list[Block] = [Table(header, tuple(rows), "lrrrrrr")]
    left_out = len(names) - min(len(names), ROWS) + hidden
    if left_out:
        blocks.append(Paragraph(f"{plural(left_out, 'layer')} more; --json has all."))
    return Section("Layers, and their share of the critical path", tuple(blocks))


def _shown(name: str, names: list[str]) -> str:
    """A layer indented below those around it, whose names are not said again."""
    outer = [one for one in names if name.startswith(f"{one}/")]
    return "  " * len(outer) + name.removeprefix(f"{outer[-1]}/" if outer else "")


def _only_child(report: NetworkReport, name: str) -> bool:
    """Whether a layer is all that is in the one around it."""
    outer, _, _ = name.rpartition("/")
    return outer in report.layers and report.layers[outer].size == report.layers[name].size


def _path(report: NetworkReport) -> Section | None:
    stages = [stage for stage in report.path if stage.levels]
    if not stages:
        return None
    rows = [
        (
            span(stage.level - stage.levels + 1, stage.level),
            stage.layer,
            type(stage.operation).__name__,
        )
        for stage in stages
    ]
    blocks: list[Block] = []
    if len(rows) > ROWS:
        blocks.append(
            Paragraph(f"The first {ROWS} of {len(rows)} that add levels; --json has all.")
        )
    table = Table(("levels", "layer", "operation"), tuple(rows[:ROWS]), "rll")
    return Section("Critical path", (table, *blocks))


def _compute(report: NetworkReport) -> Section:
    total = report.total
    depth, size = total.depth, int(total.size)
    at_most = "" if total.exact else "at most "
    rows = (
        ("serial", f"depth {compact(depth)}: steps in sequence, however many processors"),
        ("total", f"{compact(size)} gates, {at_most}{compact(int(total.edges))} edges"),
        ("parallelism", f"{compact(size / depth if depth else 0.0)} gates a step (size / depth)"),
        ("MACs", f"{compact(report.all_macs)}: what profilers count; they report no depth"),
        *_otherwise(report),
    )
    return Section("Serial and total compute, threshold basis", (Facts(rows),))


def _otherwise(report: NetworkReport) -> Iterator[tuple[str, str]]:
    """The same network with the fused AND, and as it is built."""
    if report.fused is not None:
        depth, size = compact(report.fused.depth), compact(int(report.fused.size))
        text = "sums rounded in the gates of the products that read them (tc.networks.fused)"
        yield ("fused", f"depth {depth}, {size} gates: {text}")
    if report.built:
        depth, size, edges = (compact(report.built[one]) for one in ("depth", "size", "edges"))
        yield ("shared", f"depth {depth}, {size} gates, {edges} edges: built, equal gates once")


def checks_section(checks: Sequence[Verification]) -> Section | None:
    """Layers that were built and compared."""
    if not checks:
        return None
    rows = tuple((one.verdict, one.layer, one.evidence) for one in checks)
    passed = sum(one.verdict == "PASS" for one in checks)
    failed = sum(one.verdict == "FAIL" for one in checks)
    left = len(rows) - passed - failed
    text = f"{passed} of {plural(len(rows), 'layer')} built and measured: equal to the formulas"
    text += f"; {failed} differ" if failed else ""
    text += f"; {left} too large to build (--check N raises the limit)" if left else ""
    text += (
        ". Compared are gates, edges, levels and width. A layer is built on inputs of its own: "
        "where it reads constants in the network, its edges there are fewer."
    )
    table = Table(("verdict", "layer", "evidence"), rows[:ROWS], "lll")
    return Section("Formulas against circuits", (Paragraph(text), table))


def _exactness(report: NetworkReport) -> Section:
    edges = "edges, " if report.total.exact else ""
    bounded = "" if report.total.exact else "edges (a form may read a wire of two operands); "
    exact = (
        f"depth, gates, {edges}levels and width of the circuit as it would be built, without "
        "sharing and folding: formulas of shapes, bits and table sizes; depth and width belong to "
        "one schedule, as soon as possible"
    )
    at_most = (
        f"{bounded}the largest weight, by the weights' bits; depth is that of named constructions: "
        "others may be shallower"
    )
    assumed = (
        "a gate takes one step, whatever its fan-in and weights; no complexity class: classes are "
        "about families of circuits"
    )
    rows = (("exact", exact), ("bounded", at_most), ("assumed", assumed))
    return Section("Exact, bounded, assumed", (Facts(rows),))
