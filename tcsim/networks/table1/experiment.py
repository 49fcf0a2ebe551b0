"""The trained models as an experiment: what they get right against n, beside how deep they are.

The second part is the paper's Figure 7 in miniature: a chain of thought of n tokens against a vote
of as many single passes, and of passes of as many gates.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.networks.table1.trials import Budget, Trial, budget, trial, votes
from tcsim.networks.trained.integer import integer_network
from tcsim.networks.trained.loading import load, names
from tcsim.networks.trained.tasks import task, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import Progress

TASKS = ("s5", "parity")
LENGTHS = (4, 8, 16)
LONGEST = 32
"""Words that every model has positions for."""
ROWS = 200


@dataclass(frozen=True)
class Experiment:
    """What was measured.

    Attributes:
        rows: random words of each length.
        trials: by task, model, length.
        budgets: by task, model, length.
    """

    rows: int
    trials: tuple[Trial, ...]
    budgets: tuple[Budget, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        budgets = [
            {**asdict(one), "votes": {str(k): share for k, share in one.votes.items()}}
            for one in self.budgets
        ]
        return {
            "schema": "tcsim.table1-trained/1",
            "rows": self.rows,
            "trials": [asdict(one) for one in self.trials],
            "budgets": budgets,
        }


def experiment(
    lengths: Iterable[int] = LENGTHS,
    *,
    tasks: Iterable[str] = TASKS,
    rows: int = ROWS,
    progress: Progress | None = None,
) -> Experiment:
    """Measure the trained models of some tasks.

    Args:
        lengths: of words, 2 to `LONGEST`.
        tasks: of `tcsim.networks.trained.tasks.TASKS`.
        rows: random words of each length; the same words for all models of a task.
        progress: called as each model is measured.

    Raises:
        ArgumentError: a length or a number of rows out of range, or no such task.
    """
    wanted = sorted({whole(n, "n", 2) for n in lengths})
    if not wanted or wanted[-1] > LONGEST:
        given = f"not {wanted[-1]}" if wanted else "and none was given"
        raise ArgumentError(f"n of the trained models is in 2..{LONGEST}, {given}")
    count = whole(rows, "rows", 1)
    asked = [task(name).name for name in tasks]
    loaded = [load(name) for name in names()]
    models = [model for name in asked for model in loaded if model.config.get("task") == name]
    trials: list[Trial] = []
    passes: dict[tuple[str, int], IntegerNetwork] = {}
    for number, model in enumerate(models):
        for place, n in enumerate(wanted):
            if progress is not None:
                progress(number * len(wanted) + place, len(models) * len(wanted))
            network = integer_network(model, n)
            trials.append(trial(model, network, n, count))
            if votes(model):
                passes[model.name, n] = network
    found = {(one.model, one.n): one for one in trials}
    budgets = [
        budget(chain, single, n, count, found, passes[single.name, n])
        for chain in models
        if chain.config["procedure"] == "chain_of_thought"
        for single in models
        if votes(single) and single.config["task"] == chain.config["task"]
        for n in wanted
    ]
    if progress is not None:
        progress(len(models) * len(wanted), len(models) * len(wanted))
    return Experiment(count, tuple(trials), tuple(budgets))
