"""The model that ships: the most frequent of 10 tokens, by a score network trained here."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize.diffusion.language_model import LanguageModel
from reductions.derandomize.diffusion.mixture import Mixture
from reductions.derandomize.diffusion.regions import Regions
from reductions.derandomize.diffusion.score_network import ScoreNetwork
from tcsim.errors import ArgumentError, TcsimError
from tcsim.networks.procedures import FixedPoint, ddpm

if TYPE_CHECKING:
    from tcsim.typing import Integers, StrPath

PLACE = Path(str(files("reductions.derandomize.diffusion") / "plurality.json"))
"""The file that ``examples/train_diffusion.py`` wrote."""


@cache
def shipped() -> LanguageModel:
    """The trained model: 10 tokens of 3, a score network of integers, 16 steps of DDPM."""
    return model_of(json.loads(PLACE.read_text()))


def pool(count: int | None = None) -> range:
    """The seeds to choose from, or the first of them and more after these.

    Args:
        count: how many; None: as many as the file says, of which none is right by itself.
    """
    first, last = json.loads(PLACE.read_text())["pool"]
    return range(first, last if count is None else first + count)


def read(path: StrPath) -> dict[str, Any]:
    """The record in a file that ``examples/train_diffusion.py`` wrote.

    Raises:
        ArgumentError: the file cannot be read.
    """
    try:
        record = json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        raise ArgumentError(f"{path} is no file of a diffusion model: {error}") from None
    if not isinstance(record, dict):
        raise ArgumentError(f"{path} is no file of a diffusion model: it holds no object")
    return record


def model_of(record: dict[str, Any]) -> LanguageModel:
    """The model that a record describes.

    Raises:
        ArgumentError: entries are missing, or do not fit each other.
    """
    try:
        schedule = ddpm(record["betas"])
        arrays = {name: np.array(one) for name, one in record["weights_of_score"].items()}
        score = ScoreNetwork(
            **arrays,
            scale=record["scale"],
            feature_levels=record["feature_levels"],
            unit_levels=record["unit_levels"],
        )
        places = record["regions"]
        regions = Regions(tuple(places["cuts"]), tuple(places["tokens"]), places["margin"])
        prefix = score.prefix_network(record["length"])
        return LanguageModel(prefix, score, schedule, FixedPoint(**record["numbers"]), regions)
    except TcsimError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ArgumentError(f"the record of a diffusion model cannot be used: {error!r}") from None


def laws(record: dict[str, Any]) -> tuple[Mixture, ...]:
    """The laws of the data, one for each ranking of the tokens by how often they are there."""
    return tuple(
        Mixture(tuple(record["centers"]), tuple(law["weights"]), record["width"])
        for law in record["laws"]
    )


def right_tokens(prefixes: object) -> Integers:
    """The most frequent token of each prefix, the lowest on a tie: what the model was trained on.

    Args:
        prefixes: tokens of ``0..2``, shape (rows, n).
    """
    given = np.asarray(prefixes)
    counts = (given[..., None] == np.arange(3)).sum(axis=1)
    found: Integers = counts.argmax(axis=1)
    return found
