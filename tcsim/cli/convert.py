"""`tcsim convert`: a circuit in another format, and what that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import format_option, network_options, seed_option
from tcsim.cli.output import emit, warn
from tcsim.cli.source import Options, read_circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.equivalence import Method


@click.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@format_option("--from", "from_", "IN")
@format_option("--to", "to", "OUT")
@click.option(
    "--check",
    is_flag=True,
    help="Compare before and after: all inputs up to 20, else sampled ones.",
)
@seed_option()
@network_options
@click.pass_context
def convert(
    ctx: click.Context,
    source: str,
    target: str,
    *,
    from_: str | None,
    to: str | None,
    check: bool,
    seed: int,
    weight_bits: int | None,
    activation_bits: int | None,
    code: str | None,
) -> None:
    """Convert a circuit to another format.

    IN is a circuit file, - for standard input, or a built-in network; OUT is a file, or - for
    standard output. Formats are found by suffix, or named. Where OUT differs from IN in size or
    depth (a format without threshold gates needs more of them), that is said on standard error.
    """
    circuit = read_circuit(source, from_, Options(weight_bits, activation_bits, code))
    from tcsim.formats.registry import find, for_writing

    if target == "-" and to is None:
        raise click.UsageError("standard output has no suffix: name its format with --to")
    format_ = for_writing(target) if to is None else find(to)
    data = format_.write(circuit)
    if format_.reader is None:
        if check:
            raise ArgumentError(
                f"the format {format_.name} is only written: --check cannot read it"
            )
        emit(data, target)
        return
    after = format_.read(data, "<stdout>" if target == "-" else target)
    if check and not _equivalent(circuit, after, seed):
        ctx.exit(CHECK_FAILED)
    emit(data, target)
    for change in changes(circuit, after):
        warn(change)


def changes(before: Circuit, after: Circuit) -> list[str]:
    """What is different in the circuit that a file holds, in words."""
    found = [
        f"{name} {old:,} became {new:,} (threshold basis)"
        for name in ("size", "depth")
        if (old := getattr(before, name)) != (new := getattr(after, name))
    ]
    names = ("input_names", "output_names", "gate_names", "form_names", "scope_names")
    lost = [
        name.replace("_", " ") for name in names if getattr(before, name) != getattr(after, name)
    ]
    if lost:
        found.append(f"not kept as they were: {', '.join(lost)}")
    return found


def _equivalent(before: Circuit, after: Circuit, seed: int) -> bool:
    from tcsim.equivalence.deciding import EXHAUSTIVE_FIRST, equivalent

    few = before.n_inputs <= EXHAUSTIVE_FIRST
    method: Method = "exhaustive" if few else "sampled"
    result = equivalent(before, after, method=method, time_limit=None, seed=seed)
    if result.counterexample is not None:
        where = "".join(map(str, result.counterexample.inputs))
        warn(f"the circuits differ on input {where}: nothing written")
        return False
    how = {
        "identical": "the same gates",
        "exhaustive": f"equal on all {result.vectors:,} inputs",
        "sampled": f"no difference found in {result.vectors:,} vectors: not a proof",
    }
    warn(f"checked: {how[result.method]}")
    return True
