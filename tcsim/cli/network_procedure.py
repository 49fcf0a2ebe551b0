"""`--procedure`: how a network that is reported is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.networks import IntegerNetwork

PROCEDURES = ("single_pass", "looped:N", "recurrent:N", "vote:N", "cot:N")
"""What `--procedure` takes."""


def run_as(
    network: IntegerNetwork, procedure: str | None, length: int | None
) -> tuple[IntegerNetwork, dict[str, Any]]:
    """A network under a procedure such as ``"looped:8"``, and what is to be said of it.

    Args:
        network: one pass, one step or one loop.
        procedure: as the option has it.
        length: of its open axes; for a chain of thought, of the prompt.

    Raises:
        UsageError: there is no such procedure.
        TcsimError: the network cannot be run so.
    """
    name, number = checked_procedure(procedure)
    if name == "single_pass":
        return network, {"name": "single pass"}
    if name == "cot":
        return _chain(network, number, 1 if length is None else length)
    if network.named_axes:
        if length is None:
            raise ArgumentError(
                f"--procedure {procedure}: axis {network.named_axes[0]!r} is open: --seq N gives "
                "it a number"
            )
        network = network.at(**dict.fromkeys(network.named_axes, length))
    return {"looped": _looped, "recurrent": _recurrent, "vote": _vote}[name](network, number)


def checked_procedure(procedure: str | None) -> tuple[str, int]:
    """The name and the number of what the option says.

    Raises:
        UsageError: there is no such procedure, or its number is no positive integer.
    """
    if procedure in (None, "single_pass"):
        return "single_pass", 1
    name, _, number = procedure.partition(":")
    known = [one.partition(":")[0] for one in PROCEDURES[1:]]
    if name not in known or not re.fullmatch("0*[1-9][0-9]{0,17}", number):
        *most, last = PROCEDURES
        raise click.UsageError(
            f"--procedure {procedure}: there are {', '.join(most)} and {last}, N from 1"
        )
    return name, int(number)


def _chain(
    network: IntegerNetwork, tokens: int, prompt: int
) -> tuple[IntegerNetwork, dict[str, Any]]:
    from tcsim.networks.importers.onnx.answers import answering
    from tcsim.networks.procedures import chain_formulas, chain_of_thought

    if len(network.sources) != 1:
        raise ArgumentError(
            f"chain of thought reads one array of tokens, and this network {len(network.sources)}"
        )
    if isinstance(network.inputs.axes[0], int):
        raise ArgumentError(
            "chain of thought reads ever more tokens: the network's axis of tokens has to stay open"
        )
    one_pass = answering(network)
    made = chain_of_thought(one_pass, tokens, prompt=prompt)
    formulas = chain_formulas(one_pass, prompt=prompt, tokens=tokens)
    return made, {
        "name": f"chain of thought of {tokens} tokens",
        "prompt": prompt,
        "levels of one pass": formulas.levels,
        "depth": f"{'' if formulas.exact else 'at most '}{formulas.depth} for T tokens",
        "size": f"{formulas.size} for T tokens",
    }


def _looped(network: IntegerNetwork, loops: int) -> tuple[IntegerNetwork, dict[str, Any]]:
    from tcsim.networks import procedures

    made = procedures.looped(network, loops)
    slope = procedures.levels_per_step(network, len(network.sources))
    return made, {"name": f"looped {loops} times", "levels per loop": str(slope)}


def _recurrent(network: IntegerNetwork, steps: int) -> tuple[IntegerNetwork, dict[str, Any]]:
    from tcsim.networks import procedures

    made = procedures.recurrent(network, steps)
    loop = procedures.step_loop(network)
    return made, {
        "name": f"recurrent over {steps} steps",
        "levels per step": str(loop.slope),
        "depth": f"{loop.depth().formula()} for T steps",
    }


def _vote(network: IntegerNetwork, passes: int) -> tuple[IntegerNetwork, dict[str, Any]]:
    from tcsim.networks.importers.onnx.answers import answering
    from tcsim.networks.procedures import vote
    from tcsim.networks.procedures.looped import check_unrolled

    check_unrolled(passes * len(network.nodes), f"{passes:,} passes")
    made = vote([answering(network)] * passes)
    return made, {"name": f"vote of {passes} passes, side by side"}
