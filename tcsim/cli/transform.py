"""`tcsim transform`: a circuit in another basis, simplified, restricted, unrolled, flattened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tcsim.cli.convert import changes
from tcsim.cli.options import format_option
from tcsim.cli.output import emit, emit_text, warn
from tcsim.cli.source import read_circuit
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.transform import TradeOff

PLAIN = {
    "majority": ("to_majority_basis", "AND, OR, NOT, MAJ of unbounded fan-in, without weights"),
    "monotone": ("to_monotone", "positive weights, over the inputs and their complements"),
    "nand": ("to_nand", "two-input NAND gates"),
    "nor": ("to_nor", "two-input NOR gates"),
    "simplify": ("simplify", "without constant, one-input, duplicate and dead gates"),
    "small-weights": ("small_weights", "weights of at most about twice the largest fan-in"),
}
"""Transforms without parameters: their function, and what comes out."""

WITH_PARAMETERS = {
    "bounded-fanin": "AND and OR of at most --fan-in operands, and NOT",
    "flatten": "at most --depth levels; without it, the trade-off as a table",
    "restrict": "inputs fixed to constants by --set",
    "unroll": "--times steps; each --state output feeds an input of the next",
}
MAX_GATES = 2_000_000
"""Most gates that are built from the command line: about a minute."""

NAMES = sorted([*PLAIN, *WITH_PARAMETERS])


def _table() -> str:
    rows = {**{name: what for name, (_, what) in PLAIN.items()}, **WITH_PARAMETERS}
    width = max(map(len, rows))
    return "\n".join(f"  {name:{width}}  {rows[name]}" for name in NAMES)


@click.command(
    epilog="\b\nTransforms:\n" + _table(),
)
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="[OUT]", default="-")
@format_option("--from", "from_", "IN")
@format_option("--to", "to", "OUT")
@click.option(
    "--fan-in", type=click.IntRange(min=2), help="bounded-fanin: most operands.  [default: 2]"
)
@click.option("--depth", type=click.IntRange(min=2), help="flatten: levels of the result.")
@click.option("--plot", metavar="FILE", help="flatten: plot the trade-off as well.")
@click.option("--set", "fixed", multiple=True, metavar="INPUT=BIT", help="restrict: a constant.")
@click.option("--times", type=click.IntRange(min=0), help="unroll: number of steps.")
@click.option("--state", multiple=True, metavar="OUTPUT=INPUT", help="unroll: what is fed back.")
def transform(
    name: str,
    source: str,
    target: str,
    *,
    from_: str | None,
    to: str | None,
    fan_in: int | None,
    depth: int | None,
    plot: str | None,
    fixed: tuple[str, ...],
    times: int | None,
    state: tuple[str, ...],
) -> None:
    """Transform the circuit IN and write it to OUT.

    IN is a circuit file, - for standard input, or a built-in network; OUT is a file, or - (the
    default) for standard output in the .tc format. The outputs compute what they did.
    """
    _check_options(
        name, fan_in=fan_in, depth=depth, plot=plot, fixed=fixed, times=times, state=state
    )
    circuit = read_circuit(source, from_)
    from tcsim import transform as transforms

    _refuse_too_large(name, circuit, fan_in)
    if plot is not None:
        from tcsim.draw import plot_trade_off

        plot_trade_off(transforms.trade_off(circuit), plot)
    if name == "flatten" and depth is None and (to is not None or target != "-"):
        raise click.UsageError(
            "flatten writes a circuit only with --depth; without it, it prints the trade-off"
        )
    if name == "flatten" and depth is None:
        emit_text(_trade_off_table(transforms.trade_off(circuit)))
        return
    if name == "flatten":
        result = transforms.flatten_to_depth(circuit, depth or 2)
    elif name == "bounded-fanin":
        result = transforms.bounded_fanin(circuit, fan_in or 2)
    elif name == "restrict":
        bits = {wire: _bit(wire, value) for wire, value in map(_pair, fixed)}
        result = transforms.restrict(circuit, bits)
    elif name == "unroll":
        result = transforms.unroll(circuit, times or 0, dict(map(_pair, state)))
    else:
        result = getattr(transforms, PLAIN[name][0])(circuit)
    differences = _write(result, target, to)
    warn(
        f"depth {circuit.depth:,} became {result.depth:,}, "
        f"size {circuit.size:,} became {result.size:,} (threshold basis)"
    )
    for difference in differences:
        warn(f"as it is written in {'standard output' if target == '-' else target}: {difference}")


def _refuse_too_large(name: str, circuit: Circuit, fan_in: int | None) -> None:
    """Stop before building a circuit that would take hours: its size is known without."""
    from tcsim import measure

    predicted = {"majority": measure.majority, "nand": measure.nand, "nor": measure.nor}
    if name == "bounded-fanin":
        size = measure.bounded_fanin(circuit, fan_in or 2).size
    elif name in predicted:
        size = predicted[name](circuit).size
    else:
        return
    if size > MAX_GATES:
        raise LimitError(
            f"{name} would have {size:,} gates, more than {MAX_GATES:,}: "
            "tcsim report --basis measures it without building it"
        )


def _check_options(name: str, **options: object) -> None:
    """Refuse options that the transform does not have, and missing ones that it needs."""
    owner = {
        "fan_in": "bounded-fanin",
        "depth": "flatten",
        "plot": "flatten",
        "fixed": "restrict",
        "times": "unroll",
        "state": "unroll",
    }
    flags = {"fixed": "set", "fan_in": "fan-in"}
    for option, value in options.items():
        if value not in (None, ()) and owner[option] != name:
            raise click.UsageError(
                f"--{flags.get(option, option)} applies to {owner[option]} alone"
            )
    if name == "restrict" and not options["fixed"]:
        raise click.UsageError("restrict needs at least one --set INPUT=BIT")
    if name == "unroll" and options["times"] is None:
        raise click.UsageError("unroll needs --times")


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=")
    if not (left and equals and right):
        raise click.UsageError(f"{text!r} is not of the form NAME=VALUE")
    return left, right


def _bit(wire: str, value: str) -> int:
    if value not in ("0", "1"):
        raise click.UsageError(f"--set {wire}={value}: the value is 0 or 1")
    return int(value)


def _write(circuit: Circuit, target: str, to: str | None) -> list[str]:
    """Write a circuit; returns what the format could not keep, as it is read back."""
    from tcsim.formats.registry import find, for_writing

    format_ = find(to or "tc") if to or target == "-" else for_writing(target)
    data = format_.write(circuit)
    emit(data, target)
    return [] if format_.reader is None else changes(circuit, format_.read(data, target))


def _trade_off_table(points: list[TradeOff]) -> str:
    from tcsim.report.numbers import compact

    lines = ["Depth against size (an upper bound: 2^k + 1 gates for a table over k wires)", ""]
    lines.append(f"{'depth':>9}  {'size at most':>14}  tables")
    for point in points:
        tables = sum(first != last for first, last in point.segments)
        lines.append(f"{point.depth:9,}  {compact(point.size_bound):>14}  {tables}")
    return "\n".join(lines) + "\n"
