"""The Fourier spectrum of a Boolean function, and its Chow parameters: exact integers.

With F = (-1)^f, so that 1 becomes -1, the coefficient of a set S of inputs is the mean over all x
of F(x) * (-1)^(sum of x_i, i in S).
Source: R. O'Donnell, Analysis of Boolean Functions, Cambridge University Press 2014, chapter 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.analysis.arguments import generator, input_numbers, require_circuit
from tcsim.analysis.estimate import Estimate, half_width, hoeffding
from tcsim.analysis.table import evaluator, truth_values
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.analysis.table import Function
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_BLOCK = 1 << 13


def walsh_hadamard(values: Integers) -> Integers:
    """``sum_x values[x] * (-1)^popcount(x & s)`` for every s, int64, by the fast transform.

    Args:
        values: integers, shape (2**n,), whose absolute values sum to less than 2**63.

    Raises:
        ArgumentError: they are no such integers.
    """
    given = np.asarray(values)
    count = len(given) if given.ndim == 1 and given.dtype.kind in "biu" else 0
    if not count or count & (count - 1):
        raise ArgumentError("values must be 2**n integers of at most 64 bits in one row")
    largest = max(int(given.max()), -int(given.min()))
    if largest * count >= 1 << 63 and sum(map(abs, given.tolist())) >= 1 << 63:
        raise ArgumentError("the absolute values must sum to less than 2**63")
    result = np.array(given, np.int64)
    half = 1
    while half < len(result):
        pairs = result.reshape(-1, 2, half)
        total = pairs[:, 0] + pairs[:, 1]
        np.subtract(pairs[:, 0], pairs[:, 1], out=pairs[:, 1])
        pairs[:, 0] = total
        half *= 2
    return result


def fourier_spectrum(function: Function, output: int | str = 0) -> Integers:
    """All Fourier coefficients, times 2**n.

    Args:
        function: a circuit of at most 24 inputs, or a truth table of 2**n values.
        output: which output of a circuit, by number or name.

    Returns:
        int64, shape (2**n,): in place s, the coefficient of the set of inputs i whose bit i of s
        is 1, times 2**n. Their squares sum to 4**n (Parseval).

    Raises:
        ArgumentError, LimitError: as `truth_values`.

    Example:
        >>> fourier_spectrum([0, 0, 0, 1])  # AND: (1 + F_1 + F_2 - F_12) / 2
        array([ 2,  2,  2, -2])
    """
    return walsh_hadamard(1 - 2 * truth_values(function, output).astype(np.int64))


def fourier_weights(function: Function, output: int | str = 0) -> list[Fraction]:
    """The weight of each degree: the squared coefficients of all sets of k inputs; they sum to 1.

    Args:
        function: as `fourier_spectrum`.
        output: likewise.

    Returns:
        n + 1 fractions, for k = 0 .. n.

    Example:
        >>> fourier_weights([0, 1, 1, 0])
        [Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)]
    """
    spectrum = fourier_spectrum(function, output)
    n = len(spectrum).bit_length() - 1
    degree = np.bitwise_count(np.arange(len(spectrum)))
    # 4**24 fits int64, so sums of squares are exact.
    return [Fraction(int((spectrum[degree == k] ** 2).sum()), 4**n) for k in range(n + 1)]


def chow_parameters(function: Function, output: int | str = 0) -> list[int]:
    """How many x have f(x) = 1, and for each input i, how many of them have x_i = 1.

    A threshold function is the only function with its Chow parameters (C. K. Chow, "On the
    characterization of threshold functions", SWCT 1961). In terms of the spectrum, with
    F_0 and F_i the coefficients of degree 0 and 1 times 2**n: the first is (2**n - F_0) / 2, that
    of input i is (2**n - F_0 + F_i) / 4.

    Args:
        function: as `fourier_spectrum`.
        output: likewise.

    Returns:
        1 + n integers.

    Example:
        >>> chow_parameters([0, 0, 0, 1, 0, 1, 1, 1])  # MAJ of three
        [4, 3, 3, 3]
    """
    values = truth_values(function, output)
    n = len(values).bit_length() - 1
    ones = [int(np.count_nonzero(values.reshape(-1, 2, 1 << i)[:, 1])) for i in range(n)]
    return [int(np.count_nonzero(values)), *ones]


def fourier_coefficient(
    function: Circuit,
    inputs: Iterable[int],
    output: int | str = 0,
    *,
    samples: int,
    confidence: float = 0.99,
    seed: int = 0,
) -> Estimate:
    """One Fourier coefficient of a circuit of any number of inputs, from random vectors.

    Args:
        function: a circuit.
        inputs: the set, as numbers of inputs.
        output: which output, by number or name.
        samples: how many vectors, independent and uniform.
        confidence: that of the interval.
        seed: of the vectors.

    Raises:
        ArgumentError: no such input or output, no samples, or a confidence that is none.
    """
    half_width(samples, confidence)
    require_circuit(function)
    chosen = input_numbers(inputs, function.n_inputs, "inputs")
    values, random = evaluator(function, output), generator(seed)
    odd = 0
    for first in range(0, samples, _BLOCK):
        shape = min(_BLOCK, samples - first), function.n_inputs
        batch = random.integers(0, 2, shape, np.uint8)
        odd += int(np.count_nonzero(values(batch) ^ (batch[:, chosen].sum(axis=1) & 1)))
    return hoeffding(1 - 2 * odd / samples, -1, 1, samples, confidence, seed)
