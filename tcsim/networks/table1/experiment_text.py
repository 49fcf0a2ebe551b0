"""The experiment with trained models as text, at most 80 columns."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from tcsim.networks.table1.text import columns, wrapped
from tcsim.networks.trained.loading import load
from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tcsim.networks.table1.experiment import Experiment
    from tcsim.networks.table1.trials import Budget, Trial

_MEANING = (
    "real: share of right answers of the model as trained. integer: of its integer network, 8 "
    "bits a weight and a value. depth: the serial depth of the circuit that equals this network, "
    "and its gates, by exact formulas: most of these circuits are too large to build."
)
_BUDGET = (
    "A chain of thought says n tokens, a pass each. In a vote, k answers of one pass are drawn "
    "(temperature 1), and the commonest counts: k = n has as many passes as the chain, the "
    "largest k as many gates. Models as trained; depths of the integer circuits, the draws not "
    "counted."
)
_LIMITS = (
    "Single training runs of models of at most {parameters:,} parameters, on short words. A model "
    "that fails shows no lower bound: another training, or more width, might do better at "
    "these n. A vote cannot agree on what no pass finds; that chains win on mathematics benchmarks "
    "(paper, Figure 7) is consistent with this, and not shown by it."
)


def to_text(found: Experiment) -> str:
    """The experiment for people."""
    lines = ["Trained models: right answers against n, beside serial depth", ""]
    error = f"standard error of a share: at most {0.5 / sqrt(found.rows):.3f}"
    words = f"{found.rows:,} random words of n letters, the same for all models of a task; {error}."
    lines += wrapped(words)
    lines += wrapped(_MEANING)
    for name in dict.fromkeys(_task(one.model) for one in found.trials):
        of_task = [one for one in found.trials if _task(one.model) == name]
        lines += ["", name, *wrapped(f"{task(name).description}."), "", *_trials(of_task)]
    lines += ["", "Chain of thought against a vote, at equal budgets", "", *wrapped(_BUDGET), ""]
    lines += _budgets(found.budgets)
    limits = _LIMITS.format(parameters=max(one.parameters for one in found.trials))
    return "\n".join([*lines, "", "What this cannot show", *wrapped(limits)]) + "\n"


def _trials(trials: list[Trial]) -> Iterator[str]:
    cells = [["model", "n", "real", "integer", "depth", "gates"]]
    for model in dict.fromkeys(one.model for one in trials):
        for number, one in enumerate(trial for trial in trials if trial.model == model):
            name = model if number == 0 else ""
            shares = (f"{share:.3f}" for share in (one.real, one.integer))
            cells.append([name, str(one.n), *shares, str(one.depth), f"{one.size:.1e}"])
    yield from columns(cells, "lrrrrr")


def _budgets(budgets: Iterable[Budget]) -> list[str]:
    cells = [["vote of", "n", "chain", "depth", "k = 1", "k = n", "equal gates", "depth"]]
    before = ""
    for one in budgets:
        name, before = ("" if one.single == before else one.single), one.single
        cells.append(
            [
                name,
                str(one.n),
                f"{one.thought:.3f}",
                str(one.thought_depth),
                f"{one.votes[1]:.3f}",
                f"{one.votes[one.n]:.3f}",
                f"k = {one.equal_gates}: {one.votes[one.equal_gates]:.3f}",
                str(one.vote_depth),
            ]
        )
    return columns(cells, "lrrrrrrr")


def _task(model: str) -> str:
    return str(load(model).config["task"])
