"""What the scripts do: show what ships, or train models and write their files."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks import trained
from tcsim.networks.trained.procedures import accuracies, vote
from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

    from tcsim.networks.trained import Trained

SHIPPED = Path(trained.__file__).parent

Recipes = dict[str, dict[str, Any]]


def main(
    recipes: Recipes,
    fit: Callable[[nn.Module, dict[str, Any]], None],
    measure: Callable[[Trained], dict[str, Any]],
    check_inputs: Callable[[dict[str, Any]], np.ndarray],
) -> None:
    """The command line of a script.

    Args:
        recipes: name -> config; the module is made of it, and it is stored in the file.
        fit: trains a new module, in place.
        measure: what is added to the config in the end, the accuracy among it.
        check_inputs: the inputs whose logits are stored, of a config.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(recipes)}, or all")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the folder to write to")
    parser.add_argument("--steps", type=int, help="train for so many steps only")
    given = parser.parse_args()
    chosen = list(recipes) if given.names == ["all"] else given.names
    if unknown := [name for name in chosen if name not in recipes]:
        parser.error(f"no recipe {unknown[0]!r}; there are: {', '.join(recipes)}")
    if not chosen:
        print("What ships; name one, or all, to train it again:")
        for name in [name for name in recipes if name in trained.names()]:
            show(trained.load(name))
    for name in chosen:
        config = {"name": name, **recipes[name], **({"steps": given.steps} if given.steps else {})}
        train(config, given.out / f"{name}.npz", fit, measure, check_inputs)


def train(
    config: dict[str, Any],
    target: Path,
    fit: Callable[[nn.Module, dict[str, Any]], None],
    measure: Callable[[Trained], dict[str, Any]],
    check_inputs: Callable[[dict[str, Any]], np.ndarray],
) -> None:
    """Train one model, round its weights to float16, measure it and write its file."""
    import torch

    from training.modules import build

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    config = {**config, "torch": torch.__version__.partition("+")[0]}
    start = time.process_time()
    model = build(config)
    print(f"{config['name']}: {sum(p.numel() for p in model.parameters()):,} parameters")
    fit(model, config)
    seconds = time.process_time() - start
    weights = {name: w.detach().numpy().astype(np.float16) for name, w in model.named_parameters()}
    with torch.no_grad():
        for name, parameter in model.double().named_parameters():
            parameter.copy_(torch.from_numpy(weights[name].astype(np.float64)))
        inputs = check_inputs(config)
        logits = model.eval()(torch.from_numpy(inputs)).numpy()
    arrays = {**weights, "check_inputs": inputs, "check_logits": logits}
    write(target, arrays, {**config, "accuracy": {}})
    measured = measure(trained.read(target))
    write(target, arrays, {**config, **measured})
    print(f"  {seconds:.0f} s of CPU time; wrote {target}: {target.stat().st_size:,} bytes")
    show(trained.read(target))


def measure(model: Trained) -> dict[str, Any]:
    """What is measured of a model that reads words, on 1,000 random ones.

    ``accuracy`` for every n up to the length of the training words, and beyond where the model has
    no positional encoding; of a transformer that answers in a single pass also ``vote_of_n``, the
    accuracy of a vote of n passes, which is as many as a chain of thought takes.
    """
    config = model.config
    lengths = range(1, config["trained_length"] + 1)
    beyond = () if "length" in config else (64, 128, 256, 512)
    found: dict[str, Any] = {"accuracy": accuracies(model, (*lengths, *beyond))}
    if "length" in config and config["procedure"] == "single_pass":
        words, right = task(config["task"]).sample(1000, lengths[-1], seed=1)
        found["vote_of_n"] = {
            n: float((vote(model, words[:, :n], n, seed=2) == right[:, n - 1]).mean())
            for n in lengths
        }
    return found


def write(target: Path, arrays: dict[str, np.ndarray], config: dict[str, Any]) -> None:
    np.savez_compressed(target, config=np.array(json.dumps(config)), **arrays)  # type: ignore[arg-type]


def show(model: Trained) -> None:
    """The model and its accuracy."""
    print(model)
    votes = model.config.get("vote_of_n", {})
    for n, share in model.accuracy.items():
        if n & (n - 1) == 0:
            voted = f"  by a vote of {n} {votes[str(n)]:.3f}" if votes else ""
            print(f"  n = {n:4d}  right {share:.3f}{voted}")
