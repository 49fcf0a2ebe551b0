"""Influence and sensitivity: how often, and how much, single inputs decide.

Source: R. O'Donnell, Analysis of Boolean Functions, 2014, sections 2.2 and 2.3; S. Cook, C. Dwork,
R. Reischuk, "Upper and lower time bounds for parallel random access machines without simultaneous
writes", SIAM J. Comput. 15(1), 1986, for sensitivity.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.analysis.arguments import generator, require_circuit
from tcsim.analysis.estimate import Estimate, half_width, hoeffding
from tcsim.analysis.table import evaluator, truth_values

if TYPE_CHECKING:
    from tcsim.analysis.table import Function
    from tcsim.circuit import Circuit
    from tcsim.typing import Bits

_VALUES = 1 << 22
"""Input values of a sample that are held at once."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """At x, the sensitivity is the number of inputs of which a flip changes f(x).

    Attributes:
        largest: over all x.
        on_ones: the largest where f(x) = 1; 0 where f is never 1.
        on_zeros: the largest where f(x) = 0.
        average: over all x; equal to the total influence.
        witness: an x, 0/1, shape (inputs,), of the largest sensitivity.
    """

    largest: int
    on_ones: int
    on_zeros: int
    average: Fraction
    witness: Bits


@dataclass(frozen=True, eq=False)
class SampledSensitivity:
    """What random vectors say of sensitivity.

    Attributes:
        seen: the largest sensitivity among them: a lower bound of the largest.
        average: an estimate of the average, which is the total influence.
        influences: an estimate for each input; each interval holds by itself.
        witness: an x of the sensitivity that was seen.
    """

    seen: int
    average: Estimate
    influences: tuple[Estimate, ...]
    witness: Bits


def influences(function: Function, output: int | str = 0) -> list[Fraction]:
    """For each input: the probability that flipping it changes the output, over uniform x.

    Args:
        function: a circuit of at most 24 inputs, or a truth table of 2**n values; `sample` takes
            circuits of more.
        output: which output of a circuit, by number or name.

    Returns:
        n fractions. The influence of input i is the sum of the squared Fourier coefficients of
        all sets that contain i.

    Raises:
        ArgumentError, LimitError: as `truth_values`.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 3)))
        >>> influences(b.build())
        [Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)]
    """
    values = truth_values(function, output)
    n = len(values).bit_length() - 1
    return [
        Fraction(int(np.count_nonzero(_pivotal(values, i))), len(values) // 2) for i in range(n)
    ]


def total_influence(function: Function, output: int | str = 0) -> Fraction:
    """The sum of all influences: the average sensitivity.

    Args:
        function: as `influences`.
        output: likewise.
    """
    return sum(influences(function, output), Fraction(0))


def sensitivity(function: Function, output: int | str = 0) -> Sensitivity:
    """The largest and the average sensitivity.

    Args:
        function: as `influences`.
        output: likewise.

    Example:
        >>> found = sensitivity([0, 1, 1, 1])  # OR of two
        >>> found.on_zeros, found.on_ones, found.average, found.witness.tolist()
        (2, 1, Fraction(1, 1), [0, 0])
    """
    values = truth_values(function, output)
    n = len(values).bit_length() - 1
    at = np.zeros(len(values), np.uint8)
    for i in range(n):
        at.reshape(-1, 2, 1 << i)[:] += _pivotal(values, i)[:, None, :]
    row = int(at.argmax())
    ones = at[values == 1]
    zeros = at[values == 0]
    return Sensitivity(
        int(at[row]),
        int(ones.max(initial=0)),
        int(zeros.max(initial=0)),
        Fraction(int(at.sum(dtype=np.int64)), len(values)),
        (row >> np.arange(n) & 1).astype(np.uint8),
    )


def sample(
    circuit: Circuit,
    output: int | str = 0,
    *,
    samples: int,
    confidence: float = 0.99,
    seed: int = 0,
) -> SampledSensitivity:
    """Influences and sensitivity of a circuit of any number of inputs, from random vectors.

    Every vector is evaluated with each input flipped: samples * (inputs + 1) evaluations.

    Args:
        circuit: any circuit.
        output: which output, by number or name.
        samples: how many vectors, independent and uniform.
        confidence: that of every interval by itself (Hoeffding).
        seed: of the vectors.

    Raises:
        ArgumentError: no such output, no samples, or a confidence that is none.
    """
    half_width(samples, confidence)
    require_circuit(circuit)
    n, values, random = circuit.n_inputs, evaluator(circuit, output), generator(seed)
    counts = np.zeros(n, np.int64)
    seen, witness = -1, np.zeros(n, np.uint8)
    step = max(1, _VALUES // max(1, n * (n + 1)))
    flips = np.vstack([np.zeros((1, n), np.uint8), np.eye(n, dtype=np.uint8)])
    for first in range(0, samples, step):
        count = min(step, samples - first)
        batch = random.integers(0, 2, (count, n), np.uint8)
        around = (batch[:, None, :] ^ flips).reshape(-1, n)
        found = values(around).reshape(count, n + 1)
        changed = found[:, 1:] != found[:, :1]
        counts += changed.sum(axis=0)
        at = changed.sum(axis=1)
        if int(at.max(initial=-1)) > seen:
            seen, witness = int(at.max()), batch[int(at.argmax())]
    return SampledSensitivity(
        seen,
        hoeffding(int(counts.sum()) / samples, 0, n, samples, confidence, seed),
        tuple(hoeffding(int(k) / samples, 0, 1, samples, confidence, seed) for k in counts),
        witness,
    )


def _pivotal(values: Bits, i: int) -> Bits:
    """Where flipping input i changes the value: over all x with x_i = 0."""
    pairs = values.reshape(-1, 2, 1 << i)
    return pairs[:, 0] ^ pairs[:, 1]
