"""`tcsim reductions run` and `extract`."""

from __future__ import annotations

import click

from reductions.cli.chains import chain, document
from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_json, warn

RUN_SCHEMA = "reductions.run/1"


@click.command()
@click.argument("rule")
@click.argument("instance")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where the target goes.")
@click.option("--decide", is_flag=True, help="Decide both ends too, and compare.")
@json_option()
@click.pass_context
def run(
    ctx: click.Context, rule: str, instance: str, *, output: str, decide: bool, as_json: bool
) -> None:
    """Map the INSTANCE by RULE (or a chain) and write the target.

    With --json the sizes and predicted sizes of every step are printed, with the target in them
    unless it goes to a file. With --decide the exit code is 1 if the answers differ.
    """
    import json

    from reductions.documents import run_document

    steps = chain(rule)
    written, done = run_document(steps, *document(instance))
    answers = None
    if decide:
        answers = (steps.source.decide(done.source), steps.target.decide(done.instance))
    if output != "-":
        emit(written, output)
    if as_json:
        sizes = [steps.source.sizes(done.source)]
        sizes += [
            step.target.sizes(mapped.instance)
            for step, mapped in zip(steps.steps, done.mapped, strict=True)
        ]
        emit_json(
            {
                "schema": RUN_SCHEMA,
                "rules": [step.name for step in steps.steps],
                "problems": [steps.source.name, *(step.target.name for step in steps.steps)],
                "sizes": sizes,
                "predicted": steps.overhead.at(sizes[0]),
                "answers": answers,
                "target": json.loads(written) if output == "-" else output,
            }
        )
    elif output == "-":
        emit(written)
    if answers is not None:
        first, last = ("YES" if answer else "NO" for answer in answers)
        warn(f"{steps.source.name}: {first}; {steps.target.name}: {last}")
        ctx.exit(0 if first == last else 1)


@click.command()
@click.argument("rule")
@click.argument("instance")
@click.argument("witness", required=False)
@click.option("-o", "--output", default="-", metavar="FILE", help="Where the witness goes.")
@json_option()
def extract(rule: str, instance: str, witness: str | None, *, output: str, as_json: bool) -> None:
    """Map a WITNESS of the target back to one of INSTANCE.

    INSTANCE is of the first problem. Without WITNESS the target's own solver makes one.
    """
    from reductions.documents import extract_document, produce_witness

    _ = as_json  # a document is JSON either way; errors are too
    steps = chain(rule)
    data, path = document(instance)
    proof, proof_path = (
        (produce_witness(steps, data, path), None) if witness is None else document(witness)
    )
    emit(extract_document(steps, data, proof, path, proof_path), output)
