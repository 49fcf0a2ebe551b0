"""A one-block decoder whose chain of thought runs a cellular automaton, one cell a token.

Rule 110 is Turing-complete and its prediction P-complete (Neary and Woods, 2006; paper, section 3).
The text is the rows one after the other, parted by ``#``; a cell beyond either end of a row is 0::

    # 0 1 1 0 # 1 1 1 0 # ...

A new cell, or a new ``#``, is a function of three tokens at fixed distances: the one above it and
that one's two neighbors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.constructed.growth import depths
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Reshape, Slice
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.procedures.chain_of_thought import chain_of_thought
from tcsim.networks.procedures.looped import check_count
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import Integers

MARK = 2
"""The token ``#``; tokens 0 and 1 are cells."""


def cellular_pass(width: int, rule: int = 110) -> IntegerNetwork:
    """One pass: reads the text so far and says the next token. Depth 3.

    The weights:

    - Three heads look at fixed distances, ``width + 2``, ``width + 1`` and ``width``. Their scores
      depend on positions alone, so each is a slice and costs no gate.
    - A step unit for each of the eight neighborhoods, on where it is seen and the middle is no
      ``#`` (1 level): +1 for a neighbor that should be 1 and is, -1 for one that should not and is,
      +1 for the middle. A ``#`` at a side is no 1.
    - The scores of tokens 0 and 1 are 2 for the units whose new cell that is, the score of ``#`` is
      1; argmax says the token (2 levels).

    Args:
        width: cells in a row, at least 1.
        rule: the number of the elementary automaton in Wolfram's numbering, 0..255: bit 4l + 2c + r
            is the new cell under l, c, r.

    Returns:
        A network of the kind that `chain_of_thought` reads: tokens in one-hot code, shape ("n",),
        at least ``width + 2``; gives a token, shape (1,).

    Raises:
        NetworkError: no such width or rule.
    """
    check_count(width, "width")
    _check_rule(rule)
    sketch = Sketch()
    text = sketch.input("token", ("n",), Code(0, 2, "one_hot"))
    with sketch.scope("neighbors"):
        seen = sketch.add(Slice(0, -width - 2, (1 - width) or None), text)
        shown = sketch.add(Indicators(3), sketch.add(Reshape((3, 1)), seen))
        flat = sketch.add(Reshape((9,)), shown)
    with sketch.scope("rule"):
        weights, ones = np.zeros((3, 3, 8), np.int64), np.zeros(8, np.int64)
        for unit in range(8):
            left, middle, right = unit >> 2 & 1, unit >> 1 & 1, unit & 1
            weights[0, 1, unit], weights[2, 1, unit] = 2 * left - 1, 2 * right - 1
            weights[1, middle, unit] = 1
            ones[unit] = left + right + 1
        total = sketch.add(Affine(weights.reshape(9, 8), -ones), flat)
        units = sketch.add(Requantize(np.array([[0]]), Code(0, 1), "step"), total)
    with sketch.scope("token"):
        scores = np.zeros((8, 3), np.int64)
        for unit in range(8):
            scores[unit, rule >> unit & 1] = 2
        said = sketch.add(Argmax(3), sketch.add(Affine(scores, [0, 0, 1]), units))
    return sketch.network(said)


def cellular_model(width: int, steps: int, rule: int = 110) -> IntegerNetwork:
    """The chain of thought that runs an automaton: ``steps * (width + 1)`` tokens.

    A decoder that says one token after the other takes as many passes. But cells depend on none of
    their own row, so the circuit has depth ``3 * (steps + 1 + (steps - 1) // width)``: 3 a row, and
    3 more for each path around the text, because the right neighbor of a ``#`` is the first cell
    of its own row.

    Args:
        width: cells in a row, at least 1.
        steps: rows that are said, at least 1.
        rule: see `cellular_pass`.

    Returns:
        A network that reads the first row, see `cellular_prompts`, and gives all tokens that it
        says, shape (steps * (width + 1),).

    Raises:
        NetworkError: no such width, steps or rule.

    Example:
        >>> from tcsim.networks.constructed.cellular_automaton import (
        ...     cellular_model,
        ...     cellular_prompts,
        ... )
        >>> prompt = cellular_prompts([[0, 0, 0, 1]])
        >>> cellular_model(width=4, steps=2)(prompt).reshape(2, 5)[:, :4].tolist()
        [[0, 0, 1, 1], [0, 1, 1, 1]]
    """
    check_count(steps, "steps")
    one_pass = cellular_pass(width, rule)
    return chain_of_thought(one_pass, steps * (width + 1), prompt=width + 2, every=True)


def cellular_growth(steps: Iterable[int], width: int = 4) -> dict[int, int]:
    """{steps: depth} of `cellular_model`, by formula; linear. One pass alone has depth 3."""
    return depths(lambda count: cellular_model(width, count), steps)


def cellular_prompts(rows: object) -> Integers:
    """The texts that start with given rows.

    Args:
        rows: first rows, 0/1, shape (count, width).

    Returns:
        Tokens, int64, shape (count, width + 2).

    Raises:
        NetworkError: cells of another shape or value.
    """
    cells = np.asarray(rows)
    if cells.ndim != 2 or not cells.shape[1] or not np.isin(cells, (0, 1)).all():
        raise NetworkError(f"rows are 0/1 of shape (count, width), not {cells.dtype} {cells.shape}")
    return np.pad(cells.astype(np.int64), ((0, 0), (1, 1)), constant_values=MARK)


def _check_rule(rule: object) -> None:
    if not isinstance(rule, int) or isinstance(rule, bool) or not 0 <= rule < 256:
        raise NetworkError(f"an elementary rule is an integer in 0..255, not {rule!r}")
