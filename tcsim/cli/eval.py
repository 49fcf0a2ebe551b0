"""`tcsim eval`: outputs of a circuit on input vectors."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tcsim.cli.options import format_option, json_option, seed_option
from tcsim.cli.output import emit, emit_json
from tcsim.cli.progress import progress
from tcsim.cli.source import read_circuit
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits

SCHEMA = "tcsim.eval/1"
_VALUES = 1 << 26
"""Bytes of values that are held at once."""


@click.command("eval")
@click.argument("source")
@click.argument("input_", metavar="[INPUT]", default="-")
@json_option()
@click.option(
    "--random", "count", type=click.IntRange(min=0), metavar="N", help="N random vectors."
)
@seed_option()
@click.option("--truth-table", is_flag=True, help="Every vector, for at most 30 inputs.")
@click.option(
    "--inputs/--no-inputs",
    "show_inputs",
    default=None,
    help="Print each vector before its outputs.  [default: with --random and --truth-table]",
)
@click.option("--trace", is_flag=True, help="Print the value of every gate after the outputs.")
@format_option("--format", "format_", "SOURCE")
def evaluate(
    source: str,
    input_: str,
    *,
    as_json: bool,
    count: int | None,
    seed: int,
    truth_table: bool,
    show_inputs: bool | None,
    trace: bool,
    format_: str | None,
) -> None:
    """Evaluate a circuit on input vectors.

    INPUT, by default standard input, holds one vector a line as 0/1 characters, the first for input
    0; spaces, commas, empty lines and lines that start with # are skipped. Each vector becomes one
    line of outputs as 0/1 characters, in the order of the circuit's outputs. In line r of a truth
    table, counted from 0, input i is bit i of r.
    """
    generated = truth_table or count is not None
    if (truth_table and count is not None) or (generated and input_ != "-"):
        raise click.UsageError("give one of INPUT, --random and --truth-table")
    if source == "-" and not generated and input_ == "-":
        raise click.UsageError("SOURCE and INPUT cannot both be standard input")
    circuit = read_circuit(source, format_)
    if show_inputs is None:
        show_inputs = generated
    with _blocks(circuit, input_, count, seed, truth_table=truth_table, trace=trace) as blocks:
        rows = _evaluate(circuit, blocks, show_inputs=show_inputs, trace=trace)
        if as_json:
            _write_json(circuit, rows)
        else:
            _write_lines(rows)


@contextmanager
def _blocks(
    circuit: Circuit, path: str, count: int | None, seed: int, *, truth_table: bool, trace: bool
) -> Iterator[Iterator[Bits]]:
    """The input vectors, in blocks that keep memory bounded."""
    from tcsim.cli import vectors

    n = circuit.n_inputs
    width = n + circuit.n_outputs + (circuit.size if trace else 0)
    block = min(max(_VALUES // max(width, 1), 64), 1 << 16)
    if truth_table:
        if n > 30:
            raise LimitError(f"a truth table takes at most 30 inputs, not {n}: use --random N")
        yield _counted(vectors.all_vectors(n, block), 1 << n)
    elif count is not None:
        yield _counted(vectors.random_vectors(count, n, seed, block), count)
    elif path == "-":
        yield vectors.read_vectors(sys.stdin.buffer, n, "<stdin>", block)
    else:
        if set(path) <= set("01 ,") and not Path(path).exists():
            raise ArgumentError(
                f"there is no file {path}; INPUT is a file of vectors, a vector itself goes to "
                f"standard input: echo {path} | tcsim eval SOURCE"
            )
        with Path(path).open("rb") as file:
            yield vectors.read_vectors(file, n, path, block)


def _counted(blocks: Iterator[Bits], total: int) -> Iterator[Bits]:
    with progress("vectors") as advance:
        done = 0
        for block in blocks:
            yield block
            done += len(block)
            if advance is not None:
                advance(done, total)


def _evaluate(
    circuit: Circuit, blocks: Iterator[Bits], *, show_inputs: bool, trace: bool
) -> Iterator[dict[str, Bits]]:
    """The columns to print of each block, by name."""
    for block in blocks:
        columns = {"inputs": block} if show_inputs else {}
        columns["outputs"] = cast("Bits", circuit(block))
        if trace:
            columns["gates"] = circuit.trace(block)
        yield columns


def _write_lines(blocks: Iterator[dict[str, Bits]]) -> None:
    from tcsim.cli.vectors import as_lines

    for columns in blocks:
        emit(as_lines(*columns.values()))


def _write_json(circuit: Circuit, blocks: Iterator[dict[str, Bits]]) -> None:
    from tcsim.cli.vectors import as_lines

    # All of it first: an error in a later line must leave no half of an object behind it.
    rows: list[dict[str, str]] = []
    for columns in blocks:
        texts = [as_lines(bits).decode().splitlines() for bits in columns.values()]
        rows += (dict(zip(columns, row, strict=True)) for row in zip(*texts, strict=True))
    emit_json(
        {
            "schema": SCHEMA,
            "input_names": circuit.input_names,
            "output_names": circuit.output_names,
            "vectors": len(rows),
            "rows": rows,
        }
    )
