"""`tcsim compare`: equivalent, or an input on which two circuits differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import format_option, json_option, seed_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress
from tcsim.cli.source import read_circuit
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.cli.differ import Difference

SCHEMA = "tcsim.compare/1"
EXHAUSTIVE_BY_DEFAULT = 20
EXHAUSTIVE_LIMIT = 30
_MOST_OUTPUTS = 10


@click.command()
@click.argument("a")
@click.argument("b")
@json_option()
@click.option(
    "--exhaustive",
    is_flag=True,
    help=f"Try every input, up to {EXHAUSTIVE_LIMIT}.  [default: up to {EXHAUSTIVE_BY_DEFAULT}]",
)
@click.option(
    "--samples",
    type=click.IntRange(min=1),
    metavar="N",
    help="Try about N sampled vectors instead of all.  [default: 100000]",
)
@seed_option()
@format_option("--format-a", "format_a", "A")
@format_option("--format-b", "format_b", "B")
@click.pass_context
def compare(
    ctx: click.Context,
    a: str,
    b: str,
    *,
    as_json: bool,
    exhaustive: bool,
    samples: int | None,
    seed: int,
    format_a: str | None,
    format_b: str | None,
) -> None:
    """Are two circuits equivalent? If not: where?

    Inputs and outputs are matched by name where both circuits have the same names, else by
    position. All inputs are tried where that is possible, which proves the answer; otherwise corner
    cases and random vectors, which can only find a difference. The exit code is 1 if the circuits
    differ.
    """
    if a == b == "-":
        raise click.UsageError("A and B cannot both be standard input")
    if exhaustive and samples is not None:
        raise click.UsageError("give one of --exhaustive and --samples")
    result = verdict(
        read_circuit(a, format_a),
        read_circuit(b, format_b),
        exhaustive=exhaustive,
        samples=samples,
        seed=seed,
    )
    if as_json:
        emit_json({"schema": SCHEMA, "a": a, "b": b, **result})
    else:
        emit_text(_words(result))
    ctx.exit(CHECK_FAILED if result["equivalent"] is False else 0)


def verdict(
    a: Circuit, b: Circuit, *, exhaustive: bool, samples: int | None, seed: int
) -> dict[str, Any]:
    """Whether two circuits are equivalent, how that was found out, and a counterexample.

    Args:
        a: the one circuit.
        b: the other.
        exhaustive: try every input even if there are more than 20.
        samples: try about so many vectors instead, rounded up to whole words of 64.
        seed: of random vectors.

    Returns:
        The object that ``--json`` prints: ``equivalent`` is None where nothing is proven.

    Raises:
        ArgumentError: the numbers of inputs or outputs differ.
        LimitError: exhaustive, with more than 30 inputs.
    """
    from tcsim.cli import differ

    inputs = differ.match(a.input_names, b.input_names, "inputs")
    outputs = differ.match(a.output_names, b.output_names, "outputs")
    facts: dict[str, Any] = {
        "equivalent": True,
        "method": "identical",
        "vectors": 0,
        "inputs_matched_by": inputs.by,
        "outputs_matched_by": outputs.by,
    }
    n = a.n_inputs
    if exhaustive and n > EXHAUSTIVE_LIMIT:
        raise LimitError(
            f"--exhaustive takes at most {EXHAUSTIVE_LIMIT} inputs, not {n}: use --samples N"
        )
    in_order = all((m.order[1:] > m.order[:-1]).all() for m in (inputs, outputs))
    if in_order and a.structure_id == b.structure_id:
        return facts
    words = differ.block_words(a, b)
    if exhaustive or (samples is None and n <= EXHAUSTIVE_BY_DEFAULT):
        total, blocks = 1 << n, differ.every_vector(n, words)
        facts |= {"method": "exhaustive", "vectors": total}
    else:
        total = -(-(samples or 100_000) // 64) * 64
        blocks = differ.sampled_vectors(n, total, seed, words)
        facts |= {"method": "sampled", "vectors": total, "seed": seed, "equivalent": None}
    with progress("vectors") as advance:
        found = differ.search(a, b, inputs, outputs, blocks, total, advance)
    if found is not None:
        facts |= {"equivalent": False, "counterexample": _example(a, found)}
    return facts


def _example(a: Circuit, found: Difference) -> dict[str, Any]:
    wrong = (found.outputs_a != found.outputs_b).tolist()
    return {
        "input_names": a.input_names,
        "inputs": "".join(map(str, found.inputs)),
        "output_names": a.output_names,
        "outputs_a": "".join(map(str, found.outputs_a)),
        "outputs_b": "".join(map(str, found.outputs_b)),
        "differ": [name for name, differs in zip(a.output_names, wrong, strict=True) if differs],
    }


def _words(facts: dict[str, Any]) -> str:
    """The verdict for people: the answer first, then how it was found."""
    matched = (
        f"inputs matched by {facts['inputs_matched_by']}, outputs by {facts['outputs_matched_by']}"
    )
    count = f"{facts['vectors']:,}"
    if facts["equivalent"] is None:
        text = f"no difference found in {count} vectors: not a proof\n"
        return text + f"  corner cases and random vectors, seed {facts['seed']}; {matched}\n"
    if facts["equivalent"]:
        how = (
            f"proven: equal on all {count} inputs"
            if facts["method"] == "exhaustive"
            else "proven: the circuits are the same, gate by gate"
        )
        return f"equivalent\n  {how}; {matched}\n"
    example = facts["counterexample"]
    differing = example["differ"]
    names = ", ".join(differing[:_MOST_OUTPUTS]) + (
        ", ..." if len(differing) > _MOST_OUTPUTS else ""
    )
    return (
        f"different\n  {matched}; {len(differing):,} of {len(example['output_names']):,} outputs "
        f"differ: {names}\n"
        f"  inputs     {example['inputs']}\n"
        f"  outputs A  {example['outputs_a']}\n"
        f"  outputs B  {example['outputs_b']}\n"
    )
