"""Training loops: whole words with an answer at every position, or a state that is carried on."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.trained.tasks import Task
    from training.modules import Elman

IGNORED = -100  # a target that the loss leaves out


def fit_words(model: nn.Module, task: Task, config: dict[str, Any]) -> None:
    """Train on fresh random words of config["length"] letters.

    With config["procedure"] == "chain_of_thought" the model sees the word and then the right
    chain, and each token of the chain is to predict the next one. With config["noise"] the inputs
    of every linear layer are disturbed, by so much of their standard deviation: the network then
    bears rounding.
    """
    data = np.random.default_rng(config["seed"])

    def batch(n: int) -> tuple[Tensor, Tensor]:
        tokens, targets = task.sample(config["batch"], n, data)
        if config["procedure"] == "chain_of_thought":
            start = np.full((len(tokens), 1), task.letters)
            silent = np.full_like(tokens, IGNORED)
            tokens = np.column_stack((tokens, start, task.letters + targets[:, :-1]))
            targets = np.column_stack((silent, targets))
        return torch.from_numpy(tokens), torch.from_numpy(targets)

    def loss(_: int) -> tuple[Tensor, str]:
        tokens, targets = batch(config["trained_length"])
        found = model(tokens)
        last = (found[:, -1].argmax(-1) == targets[:, -1]).float().mean()
        wrong = cross_entropy(found.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)
        return wrong, f"right at the last letter {last:.3f}"

    hooks = [
        part.register_forward_pre_hook(partial(disturb, config["noise"]))
        for part in model.modules()
        if "noise" in config and isinstance(part, nn.Linear)
    ]
    descend(list(model.parameters()), config, loss)
    for hook in hooks:
        hook.remove()


def disturb(noise: float, _: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
    """The inputs of a layer with normal noise added."""
    (x,) = inputs
    return (x + noise * x.detach().std() * torch.randn_like(x),)


def fit_carried(
    model: Elman, table: np.ndarray, config: dict[str, Any], parts: Tensor | None = None
) -> None:
    """Train a recurrent network to run an automaton for ever, a window of letters at a time.

    Each row carries its state on into the next window while its answers are right, and starts a new
    word once one is wrong: so words grow as the network gets better. Noise on the states makes the
    network hold its states apart, so that neither rounding nor length wears them away.

    Args:
        model: the network.
        table: the automaton, (states, letters) to the next state; it starts in state 0.
        config: steps, batch, window, noise (at the beginning and at the end), restart (a
            probability), learning_rate.
        parts: what a state consists of, (states, parts), each 0..k-1: a second head, thrown away
            after training, is to tell each part, which is an easier thing to begin with.
    """
    data = np.random.default_rng(config["seed"])
    moves = torch.tensor(table)
    kinds = 0 if parts is None else int(parts.max()) + 1
    helper = None if parts is None else nn.Linear(config["width"], parts.shape[1] * kinds)
    h = torch.zeros(config["batch"], config["width"])
    state = torch.zeros(config["batch"], dtype=torch.long)
    age = torch.zeros(config["batch"])

    def loss(step: int) -> tuple[Tensor, str]:
        nonlocal h, state, age
        letters = torch.from_numpy(
            data.integers(table.shape[1], size=(config["batch"], config["window"]))
        )
        targets = []
        for t in range(config["window"]):
            state = moves[state, letters[:, t]]
            targets.append(state)
        right = torch.stack(targets, 1)
        first, last = config["noise"]
        noise = first + (last - first) * step / config["steps"]
        states = model.states(letters, h, noise)
        found = model.head(states)
        wrong = cross_entropy(found.flatten(0, 1), right.flatten())
        if helper is not None and parts is not None:
            guesses = helper(states).reshape(-1, kinds)
            wrong = wrong + 2 * cross_entropy(guesses, parts[right].flatten())
        kept = (found[:, -1].argmax(-1) == state) & (torch.rand(len(state)) > config["restart"])
        h, state = (states[:, -1] * kept[:, None]).detach(), state * kept
        age = (age + config["window"]) * kept
        return wrong, f"mean length of the words {age.mean():.1f}"

    trained = [*model.parameters(), *(helper.parameters() if helper else ())]
    descend(trained, config, loss)


def descend(
    parameters: list[nn.Parameter],
    config: dict[str, Any],
    loss: Callable[[int], tuple[Tensor, str]],
) -> None:
    """AdamW with a short warm-up and a cosine decay; prints ten lines."""
    steps = config["steps"]
    optimizer = torch.optim.AdamW(
        parameters, lr=config["learning_rate"], betas=(0.9, 0.98), weight_decay=0.001
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: (
            min(1, (step + 1) / 100) * max(0.02, (1 + math.cos(math.pi * step / steps)) / 2)
        ),
    )
    for step in range(steps):
        wrong, words = loss(step)
        optimizer.zero_grad()
        wrong.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % max(1, steps // 10) == 0:
            print(f"  step {step + 1:6d}  loss {wrong.item():.4f}  {words}", flush=True)
