"""A looped transformer that runs a finite automaton on n letters in ceil(log2 n) loops.

Token i holds the product of the letters of a segment that ends at i, and a pointer to the token
just before that segment. A loop looks there, multiplies, and takes that token's pointer: segments
double. So O(log n) loops of one block do for any regular language, and for the word problem of any
finite group, what a constant number of loops is not known to do (Merrill and Sabharwal, 2025; Liu
et al., 2023, have a layer of its own for each doubling).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.constructed.automaton import checked_table
from tcsim.networks.constructed.growth import depths
from tcsim.networks.constructed.positions import position_code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Concatenate, Pad, Reshape, Slice
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.hard_attention import HardAttention
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.procedures.looped import check_count, looped
from tcsim.networks.sketch import Sketch
from tcsim.networks.symmetric_group import permutation_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork

_BIT = Code(0, 1)


def doubling_block(states: int, tokens: int) -> IntegerNetwork:
    """The block that every loop applies, with the same weights. Depth 6; a loop adds 4.

    One head of hard attention: the query of a token is its pointer, the `position_code` of where it
    looks, keys are the codes of the positions, and the value is all that a token holds (4 levels).
    Then the matrix found there times the token's own (1 level of ANDs, 1 of sums that are 0 or 1).

    Args:
        states: the size of the matrices, at least 2.
        tokens: how many there are, at least 2; the first begins the text.

    Returns:
        A network that reads, and gives, pointers of shape (tokens, digits) and 0/1 matrices of
        shape (tokens, states, states), row s the state after state s.

    Raises:
        NetworkError: too few of either.
    """
    if min(states, tokens) < 2:
        raise NetworkError(f"a block has at least 2 states and tokens, not {states} and {tokens}")
    codes = position_code(tokens)
    digits, entries = codes.shape[1], states * states
    sketch = Sketch()
    pointers = sketch.input("pointer", (tokens, digits), _BIT)
    matrices = sketch.input("matrix", (tokens, states, states), _BIT)
    with sketch.scope("attention"):
        keys = sketch.add(Constant(codes[None], _BIT), pointers)
        queries = sketch.add(Reshape((1, tokens, digits)), pointers)
        flat = sketch.add(Reshape((tokens, entries)), matrices)
        held = sketch.add(Concatenate(1), pointers, flat)
        values = sketch.add(Reshape((1, tokens, digits + entries)), held)
        found = sketch.add(HardAttention(_BIT), queries, keys, values)
        there = sketch.add(Reshape((tokens, digits + entries)), found)
        next_pointers = sketch.add(Slice(1, 0, digits), there)
    with sketch.scope("product"):
        before = sketch.add(Reshape((tokens, states, states)), sketch.add(Slice(1, digits), there))
        product = sketch.add(MatrixProduct(), before, matrices)
        made = sketch.add(Requantize(np.array([[1]]), _BIT), product)
    return sketch.network(next_pointers, made)


def doubling_network(table: object, length: int, loops: int | None = None) -> IntegerNetwork:
    """An automaton on words of a length, by a looped block: depth ``4 * loops + 3``.

    The embedding of a letter is its matrix, that of a position the pointer to the one before; a
    step layer makes bits of their sum (1 level). Position 0 has no letter: it begins the text,
    holds the identity and points to itself.

    Args:
        table: the state after each state and letter, integers, shape (states, letters), at least 2
            of each. `permutation_table` makes that of a group.
        length: letters in a word, at least 1.
        loops: at least 0; None for ceil(log2 length), with which it is right on every word. Fewer
            multiply the last ``2**loops`` letters alone: one loop is the model of one pass, of
            constant depth.

    Returns:
        A network that reads letters, one-hot, shape (length, 1), and gives the transformation of
        the whole word, 0/1, shape (states, states): row s has its 1 at the state after s.

    Raises:
        NetworkError: no table of states, or no such length or loops.

    Example:
        >>> from tcsim.networks.constructed.segment_doubling import doubling_network
        >>> parity = doubling_network([[0, 1], [1, 0]], 5)
        >>> parity([[[1], [0], [1], [1], [0]]]).tolist()
        [[[0, 1], [1, 0]]]
    """
    moves = checked_table(table)
    states, letters = moves.shape
    check_count(length, "length")
    needed = (length - 1).bit_length()
    count = needed if loops is None else loops
    if count:
        check_count(count, "loops")
    tokens = length + 1
    sketch = Sketch()
    word = sketch.input("letter", (length, 1), Code(0, letters - 1, "one_hot"))
    with sketch.scope("embedding"):
        codes = position_code(tokens)
        digits, entries = codes.shape[1], states * states
        identity = np.eye(states, dtype=np.int64)
        weights = np.zeros((letters, digits + entries), np.int64)
        weights[:, digits:] = identity[moves.T].reshape(letters, entries)
        positions = np.zeros((tokens, digits + entries), np.int64)
        positions[:, :digits] = codes[np.maximum(np.arange(tokens) - 1, 0)]
        positions[0, digits:] = identity.ravel()
        letter = sketch.add(Indicators(letters), word)
        embedded = sketch.add(Affine(weights, np.zeros(digits + entries, np.int64)), letter)
        placed = sketch.add(Combine([1], positions), sketch.add(Pad([(1, 0), (0, 0)]), embedded))
        state = sketch.add(Requantize(np.array([[1]]), _BIT), placed)
        pointers = sketch.add(Slice(1, 0, digits), state)
        matrices = sketch.add(
            Reshape((tokens, states, states)), sketch.add(Slice(1, digits), state)
        )
    if count:
        block = doubling_block(states, tokens)
        _, matrices = sketch.inline(looped(block, count), pointers, matrices)
    with sketch.scope("answer"):
        last = sketch.add(Slice(0, -1), matrices)
        return sketch.network(sketch.add(Reshape((states, states)), last))


def doubling_growth(
    lengths: Iterable[int], table: object = None, loops: int | None = None
) -> dict[int, int]:
    """{length: depth} of `doubling_network`, by formula; logarithmic.

    Args:
        lengths: of words.
        table: the automaton; None for the word problem of S5.
        loops: the same for all lengths, such as 1 for the model of one pass; None for enough.
    """
    moves = permutation_table(5) if table is None else table
    return depths(lambda length: doubling_network(moves, length, loops), lengths)
