"""Asking a trained model for an answer: in one pass, by a chain of thought, by a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks.trained.layers import softmax
from tcsim.networks.trained.reference import logits
from tcsim.networks.trained.tasks import task, whole
from tcsim.networks.trained.validation import integer_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.trained.loading import Trained
    from tcsim.typing import Integers


def answers(model: Trained, words: object) -> Integers:
    """The model's answer to whole words: the class of the largest logit, the lowest on a tie.

    Args:
        model: a trained model; with ``config["procedure"] == "chain_of_thought"`` it is run by
            `chain` and answers with its last token.
        words: letters, shape (rows, n); of a CNN pixels, shape (rows, 64).

    Returns:
        int64, shape (rows,).

    Raises:
        ArgumentError: as `tcsim.networks.trained.reference.activations`.
    """
    if model.config["procedure"] == "chain_of_thought":
        return chain(model, words)[:, -1]
    found = logits(model, words)
    if found.ndim == 3:
        found = found[:, -1]
    best: Integers = found.argmax(axis=1)
    return best


def chain(model: Trained, words: object, draft: object | None = None) -> Integers:
    """The chain of thought of n steps, greedily: the answer to each prefix, fed back as a token.

    The model reads the word, then the token of class 0 (no letter read yet: the identity), and
    emits class after class; class c is fed back as the token ``config["letters"] + c``.

    Args:
        model: one whose ``config["procedure"]`` is ``"chain_of_thought"``.
        words: letters, shape (rows, n).
        draft: a guess, of the shape of the result. One pass checks it; only rows that the model
            would have continued otherwise are done step by step. It changes the time alone.

    Returns:
        classes, int64, shape (rows, n).

    Raises:
        ArgumentError: the model emits no chain, the draft has another shape or no classes; or as
            `tcsim.networks.trained.reference.activations`.
    """
    if model.config["procedure"] != "chain_of_thought":
        raise ArgumentError(f"model {model.name!r} answers in a single pass, not by a chain")
    letters = model.config["letters"]
    given = integer_rows(words, "words")
    if (given >= letters).any():
        raise ArgumentError(f"words must be of the letters 0..{letters - 1}, not {given.max()}")
    if draft is not None:
        return _verified(model, given, integer_rows(draft, "draft"))
    tokens = np.column_stack((given, np.full(len(given), letters)))
    for _ in range(given.shape[1]):
        emitted = logits(model, tokens)[:, -1].argmax(axis=1)
        tokens = np.column_stack((tokens, letters + emitted))
    steps: Integers = tokens[:, given.shape[1] + 1 :] - letters
    return steps


def _verified(model: Trained, words: Integers, draft: Integers) -> Integers:
    """`chain`, where what the model says after each prefix of the draft decides if it stands."""
    letters, n = model.config["letters"], words.shape[1]
    if draft.shape != words.shape:
        raise ArgumentError(f"draft must be classes of shape {words.shape}, not {draft.shape}")
    start = np.full((len(words), 1), letters)
    tokens = np.column_stack((words, start, letters + draft[:, :-1]))
    steps: Integers = logits(model, tokens)[:, n:].argmax(axis=2)
    wrong = (steps != draft).any(axis=1)
    if wrong.any():
        steps[wrong] = chain(model, words[wrong])
    return steps


def vote(model: Trained, words: object, k: int, seed: int) -> Integers:
    """The commonest of k answers drawn independently from the softmax of one pass.

    The k passes see the same word, so their logits are the same and are computed once; what differs
    is the draw, at temperature 1.

    Args:
        model: one that answers in a single pass.
        words: letters, shape (rows, n).
        k: how many votes, at least 1.
        seed: of the draws.

    Returns:
        classes, int64, shape (rows,); the lowest on a tie.

    Raises:
        ArgumentError: a number out of range, the model emits a chain; or as
            `tcsim.networks.trained.reference.activations`.
    """
    if model.config["procedure"] != "single_pass":
        raise ArgumentError(f"model {model.name!r} emits a chain; a vote is of single passes")
    found = logits(model, words)
    probabilities = softmax(found[:, -1] if found.ndim == 3 else found)
    random = np.random.default_rng(whole(seed, "seed", 0))
    drawn = random.multinomial(whole(k, "k", 1), probabilities)
    most: Integers = drawn.argmax(axis=1)
    return most


def accuracies(
    model: Trained, lengths: Iterable[int], rows: int = 1000, seed: int = 1
) -> dict[int, float]:
    """Share of random words that get the right answer, for each length.

    Args:
        model: a trained model of one of `tcsim.networks.trained.tasks.TASKS`.
        lengths: numbers of letters, each at least 1.
        rows: how many words.
        seed: which words.

    Returns:
        length -> share, in the order of lengths.

    Raises:
        ArgumentError: a number out of range, or the model's data are images.
    """
    wanted = [whole(n, "lengths", 1) for n in lengths]
    words, right = task(model.config["task"]).sample(rows, max(wanted, default=1), seed)
    correct = dict.fromkeys(wanted, 0)
    for first in range(0, rows, _BATCH):
        word, answer = words[first : first + _BATCH], right[first : first + _BATCH]
        if model.config["procedure"] == "chain_of_thought":
            found = {n: chain(model, word[:, :n], answer[:, :n])[:, -1] for n in wanted}
        else:
            every = logits(model, word).argmax(axis=2)  # causal: position n-1 has read n letters
            found = {n: every[:, n - 1] for n in wanted}
        for n, said in found.items():
            correct[n] += int((said == answer[:, n - 1]).sum())
    return {n: count / rows for n, count in correct.items()}


_BATCH = 100
"""Words that are measured at a time, so that all their activations fit into memory."""
