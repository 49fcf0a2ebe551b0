"""Target: the circuits of a campaign and their input vectors; the outputs on any range of these."""

from __future__ import annotations

import difflib
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from tcsim.equivalence.matching import match
from tcsim.errors import ArgumentError
from tcsim.simulate import unpack
from tcsim.simulate.engines import choose_engine
from tcsim.simulate.sources import counting_words, random_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.campaign.task import Task
    from tcsim.circuit import Circuit
    from tcsim.simulate.engines import Engine
    from tcsim.typing import Bits, Integers, Words

T = TypeVar("T")

GENERATOR = "splitmix64/1"
"""Names the stream of `random_words`; a checkpoint of another is of no use."""

_LONGEST_BLOCK = 2**14
"""Words of an output that are held at once, at most."""


class Stopped(Exception):  # noqa: N818
    """Raised in a thread whose result is no longer wanted."""


@dataclass(frozen=True, eq=False)
class Target:
    """One or two circuits, and the input vectors of a campaign.

    Attributes:
        circuit: the circuit, with the chosen outputs alone.
        other: one to compare with, its outputs in the same order; or None.
        other_inputs: int64, shape (inputs,): which input of `circuit` each one of `other` is.
        vectors: number of input vectors.
        seed: of random vectors; None for all 2**inputs, where input i is bit i of a vector's
            number.
    """

    circuit: Circuit
    other: Circuit | None
    other_inputs: Integers
    vectors: int
    seed: int | None

    def inputs(self, first: int, last: int) -> Words:
        """Words first .. last - 1 of the inputs: uint64, shape (inputs, last - first)."""
        n = self.circuit.n_inputs
        if self.seed is None:
            return counting_words(n, first, last)
        return random_words(n, self.seed, first, last)

    def vector(self, number: int) -> Bits:
        """One input vector: 0/1, shape (inputs,)."""
        words = self.inputs(number // 64, number // 64 + 1)
        return cast("Bits", unpack(words, 64)[number % 64])

    def evaluator(self, vectors: int) -> tuple[int, Callable[[int, int], Words]]:
        """A function that gives any range of words of the outputs; of two circuits, of differences.

        Args:
            vectors: how many there are to evaluate.

        Returns:
            How many vectors a call should be given, a multiple of 64; and the function, to be
            called as ``function(first, last)``.
        """
        engine = choose_engine(self.circuit, "auto", "outputs", vectors)
        step = min(engine.step, 64 * _LONGEST_BLOCK)
        if self.other is None:
            return step, lambda first, last: self._generated(engine, first, last)
        other = choose_engine(self.other, "auto", "outputs", vectors)
        order = self.other_inputs
        same = np.array_equal(order, np.arange(len(order)))

        def differences(first: int, last: int) -> Words:
            words = self._generated(engine, first, last)
            if same:
                return words ^ self._generated(other, first, last)
            return words ^ other.words(self.inputs(first, last)[order])

        return min(step, other.step), differences

    def _generated(self, engine: Engine, first: int, last: int) -> Words:
        if self.seed is None:
            return engine.counting(first, last - first)
        return engine.random(self.seed, first, last - first)

    def map(
        self, task: Task[T], first: int, last: int, stopped: Callable[[], bool] | None = None
    ) -> T:
        """A task's partial result for the vectors first .. last - 1; first is a multiple of 64.

        Raises:
            Stopped: `stopped` said so.
        """
        step, outputs = self.evaluator(last - first)
        result: T | None = None
        for start in range(first, last, step):
            if stopped is not None and stopped():
                raise Stopped
            stop = min(start + step, last)
            words = outputs(start // 64, -(-stop // 64))
            valid = np.full(words.shape[1], 2**64 - 1, np.uint64)
            if stop % 64:
                valid[-1] = (1 << stop % 64) - 1
                words[:, -1] &= valid[-1]
            part = task.map(words, valid, start)
            result = part if start == first else task.combine(cast("T", result), part)
            if task.settled(result):
                break
        return cast("T", result)

    def describe(self) -> dict[str, Any]:
        """What tells this target from others, for `json`."""
        circuits = [c.content_id for c in (self.circuit, self.other) if c is not None]
        source: dict[str, object] = {"kind": "exhaustive"}
        if self.seed is not None:
            source = {"kind": "random", "seed": self.seed, "generator": GENERATOR}
        return {"circuits": circuits, "vectors": {**source, "count": self.vectors}}

    @property
    def key(self) -> str:
        """A digest of `describe`: keys the caches of workers."""
        text = json.dumps(self.describe(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def cost(self) -> int:
        """About how many terms a vector takes."""
        circuits = [c for c in (self.circuit, self.other) if c is not None]
        return sum(len(c.form_operand) + c.size + c.n_inputs + c.n_outputs for c in circuits) + 1


def make_target(
    circuit: Circuit,
    against: Circuit | None,
    outputs: str | Sequence[str] | None,
    vectors: int,
    seed: int | None,
) -> Target:
    """A target with some of the outputs.

    Args:
        circuit: any circuit.
        against: one to compare with; inputs and outputs are matched by name where both circuits
            have the same names, else by position.
        outputs: names of outputs, or of buses ``name[0]``, ``name[1]``, ...; None for all.
        vectors: number of input vectors.
        seed: of random vectors; None for all.

    Raises:
        ArgumentError: no such output, or circuits with different numbers of inputs or outputs.
    """
    places = _places(circuit.output_names, outputs)
    order = np.arange(circuit.n_inputs)
    if against is not None:
        order = np.argsort(match(circuit.input_names, against.input_names, "inputs").order)
        same = match(circuit.output_names, against.output_names, "outputs").order
        against = _select(against, same[places])
    return Target(_select(circuit, places), against, order, vectors, seed)


def _select(circuit: Circuit, places: Integers) -> Circuit:
    if np.array_equal(places, np.arange(circuit.n_outputs)):
        return circuit
    names = tuple(circuit.output_names[place] for place in places.tolist())
    return circuit.replace(output_wire=circuit.output_wire[places], output_names=names)


def _places(names: Sequence[str], wanted: str | Sequence[str] | None) -> Integers:
    if wanted is None:
        return np.arange(len(names))
    place = {name: number for number, name in enumerate(names)}
    found: list[int] = []
    for name in [wanted] if isinstance(wanted, str) else wanted:
        if name in place:
            found.append(place[name])
            continue
        bits = 0
        while f"{name}[{bits}]" in place:
            found.append(place[f"{name}[{bits}]"])
            bits += 1
        if not bits:
            near = difflib.get_close_matches(str(name), names, 3)
            hint = f"; near are {', '.join(near)}" if near else ""
            raise ArgumentError(f"there is no output, nor bus of outputs, {name!r}{hint}")
    if len(set(found)) < len(found):
        raise ArgumentError(f"outputs names one output twice: {wanted!r}")
    return np.array(found, np.int64)
