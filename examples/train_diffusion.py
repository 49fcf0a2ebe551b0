"""Train the score network of the diffusion model that ships: the most frequent of 10 tokens.

    python examples/train_diffusion.py             # the model that ships, and how often it is wrong
    python examples/train_diffusion.py --train     # trains it again, writes its file
    python examples/train_diffusion.py --train --out FILE

The data: 10 tokens of 3, then a point of the line. The line has six intervals, for tokens 0, 1, 2,
0, 1, 2. The point lies in an interval of the most frequent token (the lowest on a tie) with
probability 0.59 to 0.65; in which one, and where it lies else, depends on how often the other two
tokens are there. Denoising score matching: a network reads the prefix and the point with noise, and
predicts the noise. Training needs PyTorch; about a minute on one core.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize.diffusion.shipped import PLACE, model_of, read, right_tokens
from tcsim.networks.procedures import ddpm, ddpm_betas

if TYPE_CHECKING:
    import torch

TASK: dict[str, Any] = {
    "description": "the most frequent of 10 tokens over {0, 1, 2}, the lowest on a tie",
    "length": 10,
    "tokens": 3,
    "centers": [-1.2, -0.72, -0.24, 0.24, 0.72, 1.2],
    "width": 0.05,
    "laws": [
        {"ranking": [0, 1, 2], "weights": [0.6, 0.2, 0.2, 0, 0, 0]},
        {"ranking": [0, 2, 1], "weights": [0, 0.205, 0.205, 0.59, 0, 0]},
        {"ranking": [1, 0, 2], "weights": [0, 0.325, 0.175, 0.175, 0.325, 0]},
        {"ranking": [1, 2, 0], "weights": [0.2, 0.295, 0, 0.21, 0.295, 0]},
        {"ranking": [2, 0, 1], "weights": [0, 0.1875, 0.3125, 0.1875, 0, 0.3125]},
        {"ranking": [2, 1, 0], "weights": [0, 0, 0.325, 0.175, 0.175, 0.325]},
    ],
    "betas": [round(beta, 6) for beta in ddpm_betas(16, last=0.008, power=3.0)],
    "numbers": {
        "limit": 60,
        "unit": 25,
        "noise_bits": 6,
        "noise_unit": 64,
        "score_unit": 4096,
        "coefficient_bits": 12,
    },
    "regions": {"cuts": [-24, -12, 0, 12, 24], "tokens": [0, 1, 2, 0, 1, 2], "margin": 2},
    "seed": 1,
    "iterations": 6000,
    "batch": 1024,
    "learning_rate": 1e-2,
    "features": 3,
    "units": 32,
    "scale": 4096,
    "feature_levels": 3,
    "unit_levels": 15,
    "pool": [1024, 1280],
}


def _rounded(values: torch.Tensor, levels: int) -> torch.Tensor:
    """Values of 0..1 on a grid; the gradient passes as if they were not rounded."""
    clipped = values.clamp(0, 1)
    return clipped + ((clipped * levels + 0.5).floor() / levels - clipped).detach()


def train(task: dict[str, Any]) -> dict[str, Any]:
    """The task with the integer weights that denoising score matching found."""
    import torch

    torch.manual_seed(task["seed"])
    torch.set_num_threads(1)
    schedule = ddpm(task["betas"])
    steps, features, units = schedule.steps, task["features"], task["units"]
    signal = torch.tensor([one.signal for one in schedule.updates])
    sigma = torch.tensor([one.sigma for one in schedule.updates])
    length, tokens = task["length"], task["tokens"]
    shapes = {
        "embedding": (tokens, features),
        "feature_bias": (features,),
        "mix": (steps, features, units),
        "state": (steps, units),
        "unit_bias": (steps, units),
        "read": (steps, units),
        "skip": (steps,),
        "bias": (steps,),
    }
    weights = {name: torch.nn.Parameter(torch.zeros(shape)) for name, shape in shapes.items()}
    with torch.no_grad():
        # Features begin as comparisons of two counts, units as ramps side by side on the line.
        for feature, (one, other) in enumerate(combinations(range(tokens), 2)):
            weights["embedding"][one, feature], weights["embedding"][other, feature] = 1.0, -1.0
        weights["feature_bias"] += 0.5
        places = torch.linspace(-1.6, 1.6, units)
        weights["state"] += 1 / (places[1] - places[0])
        weights["unit_bias"] += 0.5 - weights["state"] * places
        weights["mix"] += 0.5 * torch.randn(shapes["mix"])
        weights["unit_bias"] -= weights["mix"].sum(1) / 2
    slow = [weights["embedding"], weights["feature_bias"]]
    groups = [
        {"params": slow, "lr": task["learning_rate"] / 20},
        {
            "params": [
                one for name, one in weights.items() if name not in ("embedding", "feature_bias")
            ]
        },
    ]
    optimizer = torch.optim.Adam(groups, lr=task["learning_rate"])
    decay = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, task["iterations"])
    # Prefixes are drawn by how often each token is in them: near ties as often as clear cases.
    counts = [c for c in product(range(length + 1), repeat=tokens) if sum(c) == length]
    every = torch.tensor(counts, dtype=torch.float32)
    rankings = [tuple(law["ranking"]) for law in task["laws"]]
    order = [tuple(sorted(range(tokens), key=lambda t, c=c: -c[t])) for c in counts]
    law = torch.tensor([rankings.index(one) for one in order])
    shares = torch.tensor([one["weights"] for one in task["laws"]], dtype=torch.float32)
    centers = torch.tensor(task["centers"])
    for iteration in range(task["iterations"]):
        drawn = torch.randint(len(counts), (task["batch"],))
        cell = torch.multinomial(shares[law[drawn]], 1)[:, 0]
        clean = centers[cell] + task["width"] * torch.randn(task["batch"])
        noise = torch.randn(steps, task["batch"])
        x = signal[:, None] * clean + sigma[:, None] * noise
        h = every[drawn] @ weights["embedding"] + weights["feature_bias"]
        h = _rounded(h, task["feature_levels"])
        g = torch.einsum("bf,tfu->tbu", h, weights["mix"]) + weights["unit_bias"][:, None]
        g = _rounded(g + x[..., None] * weights["state"][:, None], task["unit_levels"])
        r = (g * weights["read"][:, None]).sum(-1) + weights["bias"][:, None]
        r = r + weights["skip"][:, None] * x
        loss = ((r + noise) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        decay.step()
        if iteration % 500 == 499:
            print(f"iteration {iteration + 1}: loss {float(loss.detach()):.4f}")
    return {**task, "weights_of_score": _integers(weights, task)}


def _integers(weights: dict[str, torch.Tensor], task: dict[str, Any]) -> dict[str, Any]:
    scale, numbers = task["scale"], task["numbers"]
    score, unit = numbers["score_unit"], numbers["unit"]
    units = {
        "embedding": scale,
        "feature_bias": scale,
        "mix": scale / task["feature_levels"],
        "state": scale / unit,
        "unit_bias": scale,
        "read": score / task["unit_levels"],
        "skip": score / unit,
        "bias": score,
    }
    return {
        name: np.rint(values.detach().double().numpy() * units[name]).astype(int).tolist()
        for name, values in weights.items()
    }


def measure(record: dict[str, Any]) -> str:
    """How often single seeds of the pool are wrong, over all prefixes."""
    model = model_of(record)
    prefixes = np.array(list(product(range(record["tokens"]), repeat=record["length"])))
    seeds = range(*record["pool"])
    wrong = model.tokens(prefixes, model.draws(seeds)) != right_tokens(prefixes)[:, None]
    return (
        f"{len(prefixes):,} prefixes, {len(seeds):,} seeds: error of the worst prefix "
        f"{wrong.mean(axis=1).max():.3f}, of the mean {wrong.mean():.3f}; the best seed is wrong "
        f"on {wrong.sum(axis=0).min():,} prefixes"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", action="store_true", help="train, and write the file")
    parser.add_argument("--out", type=Path, default=PLACE)
    given = parser.parse_args()
    if given.train:
        record = train(TASK)
        given.out.write_text(json.dumps(record) + "\n")
    else:
        record = read(given.out)
    print(measure(record))


if __name__ == "__main__":
    main()
