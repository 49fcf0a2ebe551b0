"""`tcsim compare`: equivalent, or an input on which two circuits differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import format_option, json_option, seed_option
from tcsim.cli.output import emit_json, emit_text
from tcsim.cli.progress import progress
from tcsim.cli.source import read_circuit
from tcsim.formats.files import save

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.equivalence import Difference, Equivalence, Method

SCHEMA = "tcsim.compare/1"
METHODS = ("auto", "exhaustive", "sampled", "sat", "linear")
EXHAUSTIVE_LIMIT, SAMPLES, TIME_LIMIT = 30, 100_000, 120.0
"""As in `tcsim.equivalence`, which is loaded on use: help does without NumPy."""
_MOST_OUTPUTS = 10


@click.command()
@click.argument("a")
@click.argument("b")
@json_option()
@click.option(
    "--method",
    type=click.Choice(METHODS),
    help="How to find out.  [default: auto, one after another]",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help=f"When to give up: undecided.  [default: {TIME_LIMIT:g}; none with --exhaustive]",
)
@click.option(
    "--exhaustive",
    is_flag=True,
    help=f"Try every input, up to {EXHAUSTIVE_LIMIT} of them: --method exhaustive.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"--method sampled, with about N vectors.  [default: {SAMPLES}]",
)
@click.option(
    "--proof",
    metavar="STEM",
    help="Write a proof by --method sat to STEM.cnf and STEM.drat.",
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
    method: str | None,
    time_limit: float | None,
    exhaustive: bool,
    samples: int | None,
    proof: str | None,
    seed: int,
    format_a: str | None,
    format_b: str | None,
) -> None:
    """Are two circuits equivalent? If not: where?

    Inputs and outputs are matched by name where both circuits have the same names, else by
    position. All inputs are tried where there are few; else corner cases and random vectors, which
    can only find a difference, and then a SAT solver, which needs: pip install 'tcsim[sat]'.

    The exit code is 0 if the circuits are equivalent, and 1 if they differ or if that stays
    undecided. A sample that was asked for (--samples, --method sampled) and found no difference
    ends with 0, although it proves nothing.
    """
    if a == b == "-":
        raise click.UsageError("A and B cannot both be standard input")
    method = _chosen(method, exhaustive=exhaustive, samples=samples)
    if proof is not None and method not in ("auto", "sat"):
        raise click.UsageError("--proof goes with --method sat")
    from tcsim.equivalence import Verdict, equivalent

    if time_limit is None and not exhaustive:
        time_limit = TIME_LIMIT
    circuit = read_circuit(a, format_a)
    with progress("comparing") as advance:
        result = equivalent(
            circuit,
            read_circuit(b, format_b),
            method="sat" if proof is not None else cast("Method", method),
            time_limit=time_limit,
            samples=samples or SAMPLES,
            seed=seed,
            proof=proof is not None,
            progress=advance,
        )
    facts = _facts(circuit, result)
    if proof is not None:
        facts["proof"] = _write(result, proof)
    if as_json:
        emit_json({"schema": SCHEMA, "a": a, "b": b, **facts})
    else:
        emit_text(_words(facts))
    passed = bool(result) or (method == "sampled" and result.verdict is Verdict.UNDECIDED)
    ctx.exit(0 if passed else CHECK_FAILED)


def _write(result: Equivalence, stem: str) -> list[str] | None:
    """Write the proof; its files, or None where nothing was proven by a solver."""
    if result.proof is None:
        return None
    files = [f"{stem}.cnf", f"{stem}.drat"]
    for name, text in zip(files, (result.proof.dimacs(), result.proof.drat()), strict=True):
        save(text.encode(), name)
    return files


def _chosen(method: str | None, *, exhaustive: bool, samples: int | None) -> str:
    """The method, of the options that may name it; they must agree."""
    named = {method} if method is not None else set()
    if exhaustive:
        named.add("exhaustive")
    if samples is not None:
        named.add("sampled")
    if len(named) > 1:
        raise click.UsageError("give one of --method, --exhaustive and --samples")
    return named.pop() if named else "auto"


def _facts(a: Circuit, result: Equivalence) -> dict[str, Any]:
    """The object that ``--json`` prints: ``equivalent`` is null where nothing is proven."""
    facts: dict[str, Any] = {
        "verdict": result.verdict.value,
        "equivalent": {"equivalent": True, "different": False}.get(result.verdict.value),
        "method": result.method,
        "vectors": result.vectors,
        "seed": result.seed,
        "inputs_matched_by": result.inputs_matched_by,
        "outputs_matched_by": result.outputs_matched_by,
        "tried": [
            {
                "method": each.method,
                "outcome": each.outcome,
                "seconds": round(each.seconds, 3),
                "numbers": each.numbers,
            }
            for each in result.tried
        ],
    }
    if result.counterexample is not None:
        facts["counterexample"] = _example(a, result.counterexample)
    return facts


def _example(a: Circuit, found: Difference) -> dict[str, Any]:
    return {
        "input_names": a.input_names,
        "inputs": "".join(map(str, found.inputs)),
        "output_names": a.output_names,
        "outputs_a": "".join(map(str, found.outputs_a)),
        "outputs_b": "".join(map(str, found.outputs_b)),
        "differ": [a.output_names[place] for place in found.places],
    }


def _words(facts: dict[str, Any]) -> str:
    """The verdict for people: the answer first, then how it was found."""
    matched = (
        f"inputs matched by {facts['inputs_matched_by']}, outputs by {facts['outputs_matched_by']}"
    )
    last = facts["tried"][-1]
    if facts["equivalent"] is None:
        if facts["method"] == "sampled":
            text = f"no difference found in {facts['vectors']:,} vectors: not a proof\n"
            return text + f"  corner cases and random vectors, seed {facts['seed']}; {matched}\n"
        tried = "".join(f"  {each['method']}: {each['outcome']}\n" for each in facts["tried"])
        return (
            f"undecided\n{tried}  no difference found, and no proof; {matched}\n"
            "  to go on: a larger --time-limit, or another --method\n"
        )
    if facts["equivalent"]:
        how = {
            "identical": "the circuits are the same, gate by gate",
            "exhaustive": f"equal on all {facts['vectors']:,} inputs",
        }.get(facts["method"], f"{facts['method']}: {last['outcome']}")
        kept = ""
        if "proof" in facts:
            files = " and ".join(facts["proof"] or ["none is needed"])
            kept = f"  proof: {files}\n"
        return f"equivalent\n  proven: {how}\n{kept}  {matched}\n"
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
