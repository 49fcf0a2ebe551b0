"""Models with exact scores: one of two tokens, chosen by a TC0 function of the prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.derandomize.diffusion.language_model import LanguageModel
from reductions.derandomize.diffusion.mixture import Mixture, MixtureScore
from reductions.derandomize.diffusion.regions import Regions
from tcsim.networks.procedures import FixedPoint, ddpm, ddpm_betas

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.procedures import Schedule

NUMBERS = FixedPoint(limit=40, unit=16)
REGIONS = Regions((0,), (0, 1), margin=4)


def toy(
    condition: IntegerNetwork, *, right: float = 0.75, schedule: Schedule | None = None
) -> LanguageModel:
    """The next token is the bit that `condition` computes, with probability `right` in the data.

    Tokens 0 and 1 lie at -3/4 and 3/4, with a width of 1/10.

    Args:
        condition: a network of one output bit, such as those of `conditions`.
        right: above 1/2 and at most 1.
        schedule: the sampler; None: DDPM of 16 steps.

    Raises:
        ArgumentError: probabilities that are none.

    Example:
        >>> from reductions.derandomize.diffusion import majority, toy
        >>> model = toy(majority(3))
        >>> draws = model.draws(range(5))
        >>> model.network(draws)([[0, 0, 1], [1, 0, 1]]).tolist()
        [0, 1]
    """
    made = ddpm(ddpm_betas(16)) if schedule is None else schedule
    mixtures = tuple(
        Mixture((-0.75, 0.75), weights, 0.1) for weights in ((right, 1 - right), (1 - right, right))
    )
    return LanguageModel(condition, MixtureScore(mixtures, made, NUMBERS), made, NUMBERS, REGIONS)
