"""What a derandomized diffusion model shows: depth, size, growth, advice, and assumptions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize import bounds
from reductions.derandomize.diffusion.curve import vote_errors
from tcsim.networks.procedures import levels_per_step, sampler_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reductions.derandomize.diffusion.demonstration import Demonstration
    from reductions.derandomize.diffusion.language_model import LanguageModel

UNIFORM = (
    "schedule, noise table, regions, wiring of steps and vote: how they are written for every n",
    "weights of the score network: a fixed list; the prefix network repeats them for each token",
)
"""What one machine of little space writes for every n; that a vote is right holds for one n."""

ADVICE = ("the k(n) seeds: good ones exist by counting; finding them took a look at every prefix",)
"""What it cannot: the non-uniform part."""

ASSUMPTIONS = (
    "the gap is bounded below for every n: measured for this n alone",
    "the law is met within eps/4: here by counting the pool, not by the convergence theorem",
    "states near a border of the regions are rare: the margin",
    "T does not grow with n: the theorem's T depends on d and eps alone",
    "that no such model solves a P-complete problem: P not in NC/poly, which is non-uniform",
    "TC != P does not do for that, because the seeds are advice",
)
"""What the conclusion uses."""


@dataclass(frozen=True)
class Growth:
    """The vote at other lengths of the prefix, by formula, unshared.

    Attributes:
        n: tokens of the prefix.
        k: seeds that suffice by the plurality bound, with the gap that was measured.
        depth: of the vote; it does not depend on k.
        size: gates of the vote of k seeds.
    """

    n: int
    k: int
    depth: int
    size: int


def steps_depth(model: LanguageModel) -> tuple[int, int]:
    """(levels that a further step adds, literal depth of all steps) of the unrolled sampler."""
    step = sampler_step(model.score, model.schedule, model.numbers, 0)
    per_step = int(levels_per_step(step))
    return per_step, per_step * model.schedule.steps


def sizes(model: LanguageModel, ks: Iterable[int]) -> dict[int, tuple[int, int]]:
    """{k: (depth, gates)} of the vote, by formula, unshared: linear in k.

    Args:
        model: whose seeds vote.
        ks: numbers of seeds.
    """
    (depth, one), (_, two) = (_cost(model, k) for k in (1, 2))
    return {k: (depth, one + (k - 1) * (two - one)) for k in ks}


def growth(
    model_of_length: Any,  # noqa: ANN401 - a function from n to a LanguageModel
    lengths: Iterable[int],
    gap: bounds.Number,
) -> list[Growth]:
    """Depth and size of the vote against n, with k(n) by the plurality bound.

    Args:
        model_of_length: a function from n to the model.
        lengths: the n.
        gap: eps, taken to be the same for every n.
    """
    found = []
    for n in lengths:
        model = model_of_length(n)
        k = bounds.plurality(len(_letters(model)), n, gap).k
        depth, size = sizes(model, [k])[k]
        found.append(Growth(n, k, depth, size))
    return found


def facts(demo: Demonstration, ks: Iterable[int] = (1, 3, 9, 27, 81)) -> dict[str, Any]:
    """All that the demonstration shows, as a JSON object.

    Args:
        demo: what `demonstrate` gave.
        ks: for which the error of a vote of random seeds is given.
    """
    model, made, margins = demo.decider.model, demo.made, demo.margins
    per_step, literal = steps_depth(model)
    tokens, n = len(made.domain.alphabet), made.domain.length
    known = [bounds.plurality(tokens, n, margins.gap)]
    known.append(bounds.plurality(tokens, n, margins.gap, moved=True))
    if 2 * demo.error < 1:
        known = [
            bounds.paper(tokens, demo.error),
            bounds.corrected(tokens, n, demo.error),
            *known,
        ]
    return {
        "prefixes": made.domain.count,
        "length": n,
        "tokens": tokens,
        "sampler": model.schedule.name,
        "steps": model.schedule.steps,
        "margin": model.regions.margin,
        "unit": model.numbers.unit,
        "safe": float(demo.safe),
        "pool": len(demo.decider.seeds),
        "error": str(demo.error),
        "gap": str(margins.gap),
        "single_seed_suffices": demo.single,
        "fewest_mistakes": min(demo.mistakes),
        "seeds": list(made.seeds),
        "method": None if made.found is None else made.found.method,
        "levels_per_step": per_step,
        "depth_of_steps": literal,
        "prefix_depth": model.prefix.cost().numbers().total.depth,
        "depth": made.circuit.depth,
        "size": made.circuit.size,
        "statement": made.verification.statement,
        "bounds": [{"name": one.name, "k": one.k, "sound": one.sound} for one in known],
        "errors": [asdict(one) for one in vote_errors(margins, ks)],
        "uniform": list(UNIFORM),
        "advice": list(ADVICE),
        "assumptions": list(ASSUMPTIONS),
    }


def text(found: dict[str, Any]) -> str:
    """`facts` for people."""
    seeds = ", ".join(map(str, found["seeds"]))
    single = "one seed would do" if found["single_seed_suffices"] else "no seed alone is right"
    lines = [
        f"prefixes          {found['prefixes']:,}: {found['length']} tokens of {found['tokens']}",
        (
            f"sampler           {found['sampler']}, T = {found['steps']} steps, states in units of "
            f"1/{found['unit']}"
        ),
        f"margin            {found['margin']} units; {found['safe']:.1%} of last states keep it",
        f"pool              {found['pool']:,} seeds; {single}",
        f"                  the best misses {found['fewest_mistakes']:,} prefixes",
        (
            f"single-seed error {_number(found['error'])} on the worst prefix; gap "
            f"{_number(found['gap'])}"
        ),
        f"vote              k = {len(found['seeds'])} seeds ({found['method']}): {seeds}",
        (
            "depth             "
            f"{found['depth']}: prefix {found['prefix_depth']}, {found['steps']} steps of "
            f"{found['levels_per_step']} levels = {found['depth_of_steps']}, vote 2"
        ),
        f"size              {found['size']:,} gates",
        f"verified          {found['statement']}",
        "",
        "seeds that suffice",
        *(f"  {one['name']:24}{one['k']:>7,}" for one in found["bounds"]),
        "(the formula called paper is as printed: it lacks the factor n)",
        "",
        "    k   worst error   prefixes wrong   majority bound   plurality bound",
    ]
    lines += [
        f"{one['k']:>5}{one['worst']:>14.3g}{one['mistakes']:>17.3g}{one['majority']:>17.3g}"
        f"{one['plurality']:>18.3g}"
        for one in found["errors"]
    ]
    for name in ("uniform", "advice", "assumptions"):
        wrapped = [
            wrap(one, 80, initial_indent="- ", subsequent_indent="  ") for one in found[name]
        ]
        lines += ["", name, *(line for part in wrapped for line in part)]
    return "\n".join(lines) + "\n"


def _number(exact: str) -> str:
    from fractions import Fraction

    return f"{float(Fraction(exact)):.3f}"


def _letters(model: LanguageModel) -> range:
    code = model.prefix.inputs.code
    return range(code.lo, code.hi + 1)


def _cost(model: LanguageModel, k: int) -> tuple[int, int]:
    draws = np.zeros((k, model.schedule.steps + 1, 1), np.int64)
    total = model.network(draws).cost().numbers().total
    return int(total.depth), int(total.size)
