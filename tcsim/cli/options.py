"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tcsim.cli.failures import answer_in_json

F = TypeVar("F", bound=Callable[..., Any])

Decorator = Callable[[F], F]


def json_option() -> Decorator[Any]:
    """``--json``: one object on standard output, errors too."""

    def chosen(ctx: click.Context, _: click.Parameter, value: bool) -> bool:  # noqa: FBT001
        if value:
            answer_in_json(ctx)
        return value

    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=chosen,
        help="Print one JSON object; errors too.",
    )


def format_option(name: str, variable: str, what: str) -> Decorator[Any]:
    """The name of a file format."""
    return click.option(
        name, variable, metavar="NAME", help=f"Format of {what}, such as tc or aig."
    )


def basis_option() -> Decorator[Any]:
    """``--basis``: which bases to measure in, beside the threshold basis."""

    def known(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
        if names:
            from tcsim.measure import BASES

            names = tuple(name.replace("-", "_") for name in names)

            for name in names:
                if name not in BASES:
                    raise click.BadParameter(f"{name!r} is none of {', '.join(BASES)}")
        return names

    return click.option(
        "--basis",
        "bases",
        multiple=True,
        metavar="NAME",
        callback=known,
        help="Measure in this basis beside the threshold basis; may be repeated: majority, "
        "fan-in-2, nand, nor.  [default: majority, fan-in-2]",
    )


def seed_option() -> Decorator[Any]:
    """``--seed``: what random vectors are drawn from."""
    return click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Seed of the random vectors.",
    )


def network_options(command: F) -> F:
    """How a built-in network is quantized and coded."""
    for option in (
        click.option(
            "--code",
            type=click.Choice(["thermometer", "binary"]),
            help="Code of a built-in network's inputs and hidden values.  [default: thermometer]",
        ),
        click.option(
            "--activation-bits",
            type=click.IntRange(1, 16),
            help="Bits of a built-in network's hidden values.  [default: 4]",
        ),
        click.option(
            "--weight-bits",
            type=click.IntRange(2, 32),
            help="Bits of a built-in network's weights.  [default: 8]",
        ),
    ):
        command = option(command)
    return command
