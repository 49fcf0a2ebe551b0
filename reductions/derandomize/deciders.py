"""Randomized deciders: what answers an input with a seed; a circuit with seed inputs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate import evaluate
from tcsim.transform import restrict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Words

POOL = 1024
"""Seeds of a pool that nobody gave: all, where there are no more."""


class Decider(Protocol):
    """What answers an input with a seed."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the input bits, without those of the seed."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the output bits."""

    @property
    def seeds(self) -> tuple[Any, ...]:
        """The pool."""

    def words(self, seed: int, inputs: Words) -> Words:
        """What seed number `seed` of the pool says on packed inputs: shape (outputs, words)."""

    def circuit(self, seed: int) -> Circuit:
        """Seed number `seed` of the pool as a circuit over the inputs."""


@dataclass(frozen=True)
class CircuitDecider:
    """A circuit f(x, s) some inputs of which are the bits of the seed.

    Attributes:
        source: the circuit.
        seed_names: the inputs that are the seed's bits, in order.
        seeds: the pool: each as many bits as there are names.
    """

    source: Circuit
    seed_names: tuple[str, ...]
    seeds: tuple[tuple[int, ...], ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """See `Decider`."""
        return tuple(name for name in self.source.input_names if name not in set(self.seed_names))

    @property
    def outputs(self) -> tuple[str, ...]:
        """See `Decider`."""
        return self.source.output_names

    def words(self, seed: int, inputs: Words) -> Words:
        """See `Decider`: the seed's bits are constant words of the whole circuit."""
        given = dict(zip(self.inputs, inputs, strict=True))
        full = np.uint64(2**64 - 1)
        for name, bit in zip(self.seed_names, self.seeds[seed], strict=True):
            given[name] = np.full(inputs.shape[1], full if bit else 0, np.uint64)
        batch = np.empty((self.source.n_inputs, inputs.shape[1]), np.uint64)
        for row, name in enumerate(self.source.input_names):
            batch[row] = given[name]
        return evaluate(self.source, batch, packed=True)  # type: ignore[return-value]

    def circuit(self, seed: int) -> Circuit:
        """See `Decider`: the seed's bits are constants, moved into the thresholds of all gates.

        What they make superfluous is still there; `voting_circuit` leaves it out.
        """
        fixed = dict(zip(self.seed_names, self.seeds[seed], strict=True))
        return restrict(self.source, fixed, simplify=False)


def circuit_decider(
    source: Circuit,
    seed_inputs: str | Sequence[str] = "s[*]",
    *,
    pool: int | Sequence[Sequence[int]] = POOL,
    seed: int = 0,
) -> CircuitDecider:
    """A decider from a circuit.

    Args:
        source: the circuit f(x, s).
        seed_inputs: names of the seed's inputs; ``*`` stands for anything, ``"s"`` also for
            ``s[0]``, ``s[1]``, ....
        pool: the seeds, or how many: all there are if no more, else distinct random ones.
        seed: of the random ones.

    Raises:
        ArgumentError: no input is the seed's, or a seed does not fit.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x, s = b.inputs("x", 2), b.inputs("s", 1)
        >>> b.output("y", tc.all([*x, ~s[0]]))
        >>> circuit_decider(b.build()).seeds
        ((0,), (1,))
    """
    patterns = [seed_inputs] if isinstance(seed_inputs, str) else list(seed_inputs)
    names: dict[str, None] = {}
    for pattern in patterns:
        found = [name for name in source.input_names if _fits(name, pattern)]
        if not found:
            raise ArgumentError(
                f"no input is called {pattern!r}; there are {', '.join(source.input_names[:8])}"
                f"{', ...' if source.n_inputs > 8 else ''}: say with seed_inputs= which are random"
            )
        names |= dict.fromkeys(found)
    bits = len(names)
    if isinstance(pool, int):
        return CircuitDecider(source, tuple(names), draw_seeds(bits, pool, seed))
    seeds = tuple(tuple(int(bit) for bit in one) for one in pool)
    for one in seeds:
        if len(one) != bits or not set(one) <= {0, 1}:
            raise ArgumentError(f"the seed {one!r:.60} is not {bits} bits, one for each seed input")
    if not seeds:
        raise ArgumentError("the pool of seeds is empty: give at least one seed")
    return CircuitDecider(source, tuple(names), seeds)


def draw_seeds(bits: int, count: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Seeds of so many bits: all 2**bits where there are no more than `count`, else random ones.

    Raises:
        ArgumentError: count is not positive.
    """
    if isinstance(count, bool) or count < 1:
        raise ArgumentError(f"pool is {count!r}, not a positive number of seeds")
    if bits <= count.bit_length() and 1 << bits <= count:
        return tuple(tuple(s >> i & 1 for i in range(bits)) for s in range(1 << bits))
    rng = np.random.default_rng(seed)
    drawn: dict[tuple[int, ...], None] = {}
    while len(drawn) < count:
        rows = rng.integers(2, size=(count, bits), dtype=np.uint8)
        drawn |= dict.fromkeys(map(tuple, rows.tolist()))
    return tuple(drawn)[:count]


def _fits(name: str, pattern: str) -> bool:
    parts = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(rf"{parts}(\[\d+\])?", name) is not None
