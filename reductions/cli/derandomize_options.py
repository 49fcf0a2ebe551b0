"""Options of `tcsim derandomize` that say what the decider, its answers and its seeds are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.source import read_circuit

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.derandomize import Alphabet

METHODS = ("random", "greedy", "weights", "exact")


def _number(_: click.Context, __: click.Parameter, value: str) -> int | None:
    """How many seeds; None for ``auto``."""
    if value == "auto":
        return None
    if not (value.isascii() and value.isdigit()) or not int(value[:9]):
        raise click.BadParameter(f"{value!r} is neither a positive number nor auto")
    return int(value[:9])


def k_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``-k``."""
    option = click.option(
        "-k", "k", default="auto", show_default=True, callback=_number, help="How many seeds."
    )
    return option(command)


def decider_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The decider, its answers, its seeds and its inputs."""
    for option in reversed(
        (
            click.argument("source", metavar="F"),
            click.option(
                "--answers",
                required=True,
                metavar="G",
                help="The right answers: a circuit over the other inputs, or a table .hex.",
            ),
            click.option(
                "--seed-inputs",
                multiple=True,
                metavar="NAME",
                help="Inputs that are the seed; * is anything; may be repeated.  [default: s[*]]",
            ),
            click.option(
                "--input-letters",
                metavar="WORDS",
                help="Tokens that the inputs spell, such as 00,10,01.  [default: 0,1]",
            ),
            click.option(
                "--output-letters",
                metavar="WORDS",
                help="Tokens that the outputs spell: a plurality.  [default: majority of bits]",
            ),
            click.option(
                "--pool",
                type=click.IntRange(min=1),
                default=1024,
                show_default=True,
                help="Seeds to choose from: all, or so many random ones.",
            ),
            click.option(
                "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of draws."
            ),
        )
    ):
        command = option(command)
    return command


def source(given: dict[str, Any]) -> tuple[Any, Any]:
    """The decider and its answers, from the files that name them."""
    answers = given["answers"]
    if answers.endswith(".hex"):
        return read_circuit(given["source"], None), Path(answers)
    return read_circuit(given["source"], None), read_circuit(answers, None)


def options(given: dict[str, Any]) -> dict[str, Any]:
    """What `reductions.derandomize.pose` takes beside them."""
    from reductions.derandomize import BIT

    return {
        "seed_inputs": list(given["seed_inputs"]) or "s[*]",
        "inputs": _letters(given["input_letters"]) or BIT,
        "tokens": _letters(given["output_letters"]),
        "pool": given["pool"],
        "seed": given["seed"],
    }


def _letters(words: str | None) -> Alphabet | None:
    from reductions.derandomize import Alphabet

    return None if words is None else Alphabet.read(words.split(","))
