"""What SOURCE names: a circuit file, standard input, or a network that ships with tcsim."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.networks import BuiltIn, IntegerNetwork
    from tcsim.networks.codes import Kind
    from tcsim.typing import Progress


@dataclass(frozen=True)
class Options:
    """How a built-in network is made a circuit; None is the default."""

    weight_bits: int | None = None
    activation_bits: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Compiled:
    """A built-in network on its way from floats to a circuit.

    Attributes:
        builtin: the trained network and its data.
        integer: its integer version.
        circuit: the circuit that equals the integer version.
        options: the options in force.
    """

    builtin: BuiltIn
    integer: IntegerNetwork
    circuit: Circuit
    options: dict[str, Any]

    def check(self, progress: Progress | None) -> dict[str, Any]:
        """Run circuit and networks on every held-out row: the facts for a report."""
        from tcsim import networks

        found = networks.check(
            self.builtin.float_network,
            self.integer,
            self.circuit,
            self.builtin.rows,
            self.builtin.labels,
            progress=progress,
        )
        return {
            "name": self.builtin.name,
            "description": self.builtin.description,
            **self.options,
            **asdict(found),
            "agree": found.agree,
        }


def is_network(source: str) -> bool:
    """Whether SOURCE names a built-in network. A file of that name is ``./name``."""
    from tcsim.networks import BUILTIN

    return source in BUILTIN


def compile_network(name: str, options: Options) -> Compiled:
    """Quantize and compile a built-in network."""
    from tcsim import networks

    values = {
        "weight_bits": options.weight_bits or 8,
        "activation_bits": options.activation_bits or 4,
    }
    code = cast("Kind", options.code or "thermometer")
    builtin = networks.builtin(name)
    integer = builtin.quantize(**values).with_codes(inputs=code, hidden=code)
    return Compiled(builtin, integer, networks.compile(integer), {**values, "code": code})


def read_circuit(source: str, format: str | None, options: Options | None = None) -> Circuit:  # noqa: A002
    """The circuit that SOURCE names.

    Raises:
        TcsimError: it cannot be read.
        click.UsageError: options of a network for what is none, or a format for a network.
    """
    options = options or Options()
    if is_network(source):
        if format is not None:
            raise click.UsageError(f"{source} is a built-in network, not a file of a format")
        return compile_network(source, options).circuit
    if options != Options():
        raise click.UsageError(
            "--weight-bits, --activation-bits and --code apply to built-in networks alone"
        )
    from tcsim.formats import read

    if source == "-":
        return read(sys.stdin, format)
    if not Path(source).suffix and not Path(source).exists():
        raise ArgumentError(_unknown(source))
    return read(source, format)


def _unknown(source: str) -> str:
    """What to say of a SOURCE that is no file and no network."""
    from difflib import get_close_matches

    from tcsim.networks import BUILTIN
    from tcsim.networks.trained import names

    if source in names():
        return (
            f"{source} is a network that `tcsim report` measures by formulas; a circuit is needed "
            "here: tcsim.networks.compile makes one"
        )
    every = [*BUILTIN, *names()]
    close = get_close_matches(source, every, 1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return (
        f"{source}: no such file, and no network of that name{hint} (there are: {', '.join(every)})"
    )
