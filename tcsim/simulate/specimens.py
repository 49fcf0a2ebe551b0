"""Small random circuits of every kind, thousands a second, each known by a seed and a number.

They are literal: with weights of 0, empty, unused, shared and nested forms, dead and constant
gates, outputs that are constants or inputs or given twice.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tcsim.circuit import FALSE, Circuit

if TYPE_CHECKING:
    from collections.abc import Callable


SAMPLES = 3
"""Random inputs that thresholds tell apart."""


class _Kind(NamedTuple):
    """What circuits are made of.

    Attributes:
        inputs: most inputs.
        forms: most forms.
        gates: most gates that compare one form.
        fan_in: most terms of a form.
        nested: how often an operand is a form, if there is one.
        weight: draws a weight.
        flat: whether forms read inputs alone, and most of them.
    """

    inputs: int
    forms: int
    gates: int
    fan_in: int
    nested: float
    weight: Callable[[random.Random], int]
    flat: bool = False


def _sign(rng: random.Random) -> int:
    return rng.choice((-1, 1))


def _small(rng: random.Random) -> int:
    return rng.randint(-4, 4)


def _byte(rng: random.Random) -> int:
    return rng.randint(-128, 127)


def _huge(rng: random.Random) -> int:
    """At and near the bounds of int32 and int64, far beyond, or of any bits."""
    power = 1 << rng.choice((31, 32, 61, 62, 63, 64, 65, 130))
    if rng.random() < 0.8:
        return _sign(rng) * (power + rng.randint(-1, 1))
    return rng.randint(-power, power)


def _any(rng: random.Random) -> int:
    return rng.choice((_sign, _small, _byte, _huge))(rng)


KINDS = {
    "and-inverter": _Kind(8, 24, 1, 2, 0, _sign),
    "unweighted": _Kind(8, 6, 2, 7, 0, _sign),
    "small weights": _Kind(6, 5, 3, 5, 0.1, _small),
    "wide": _Kind(90, 2, 3, 90, 0.02, _sign),
    "weighted": _Kind(9, 3, 3, 9, 0, _byte),
    "nested": _Kind(4, 6, 2, 4, 0.6, _small),
    "layers": _Kind(100, 48, 2, 100, 0, _sign, flat=True),
    "huge weights": _Kind(4, 3, 3, 4, 0.2, _huge),
    "anything": _Kind(5, 5, 2, 5, 0.3, _any),
}
"""Name -> what circuits of the kind are made of."""


def specimen(seed: int, number: int) -> tuple[str, Circuit, random.Random]:
    """A random circuit, the same on every machine.

    Args:
        seed: any integer that is not negative.
        number: which circuit; kinds take turns.

    Returns:
        The name of its kind, the circuit, and a generator for what else is random about it.
    """
    rng = random.Random(f"{seed}:{number}")
    name = tuple(KINDS)[number % len(KINDS)]
    return name, _Maker(KINDS[name], rng).circuit(), rng


class _Maker:
    """Forms and gates, with their values on some random inputs: thresholds tell these apart."""

    def __init__(self, kind: _Kind, rng: random.Random) -> None:
        self._kind, self._rng = kind, rng
        self._n_inputs = self._count(kind.inputs)
        self._values = [_sample(rng) for _ in range(self._n_inputs)]
        self._sums: list[tuple[int, ...]] = []
        self._forms: list[dict[int, int]] = []
        self._gates: list[tuple[int, int]] = []

    def circuit(self) -> Circuit:
        rng, kind = self._rng, self._kind
        for _ in range(self._count(kind.forms)):
            self._form()
            for _ in range(rng.randint(0, kind.gates) if kind.gates > 1 else 1):
                self._gate()
        wires = len(self._values)
        outputs = [rng.randrange(FALSE, wires) for _ in range(rng.randint(0, 5))]
        if outputs:
            outputs.append(rng.choice(outputs))
        if wires and rng.random() < 0.9:
            outputs.append(wires - 1)
        return Circuit(
            input_names=[f"x{i}" for i in range(self._n_inputs)],
            form_start=[0, *accumulate(map(len, self._forms))],
            form_operand=[operand for terms in self._forms for operand in sorted(terms)],
            form_weight=[terms[operand] for terms in self._forms for operand in sorted(terms)],
            gate_form=[form for form, _ in self._gates],
            gate_threshold=[threshold for _, threshold in self._gates],
            output_wire=outputs,
            output_names=[f"y{i}" for i in range(len(outputs))],
        )

    def _count(self, most: int) -> int:
        """Mostly many; now and then few or none."""
        rng = self._rng
        return rng.randint(most // 2, most) if rng.random() < 0.8 else rng.randint(0, most)

    def _form(self) -> None:
        rng, kind = self._rng, self._kind
        wires = self._n_inputs if kind.flat else len(self._values)
        fan_in = rng.randint(kind.fan_in * 3 // 4 if kind.flat else 0, kind.fan_in)
        terms, sums = {}, [0] * SAMPLES
        for wire in rng.sample(range(wires), min(fan_in, wires)):
            nested = self._forms and rng.random() < kind.nested
            operand = ~rng.randrange(len(self._forms)) if nested else wire
            if operand in terms:
                continue
            weight = terms[operand] = 0 if rng.random() < 0.02 else kind.weight(rng)
            values = self._sums[~operand] if operand < 0 else self._values[operand]
            sums = [total + weight * value for total, value in zip(sums, values, strict=True)]
        self._forms.append(terms)
        self._sums.append(tuple(sums))

    def _gate(self) -> None:
        rng = self._rng
        form = rng.randrange(len(self._forms)) if rng.random() < 0.1 else len(self._forms) - 1
        sums = self._sums[form]
        threshold = rng.choice([total for total in sums if total > min(sums)] or sums)
        if rng.random() < 0.2:
            weights = self._forms[form].values()
            threshold = rng.choice((0, 1, threshold + 1, sum(w for w in weights if w > 0)))
        self._gates.append((form, threshold))
        self._values.append(tuple(int(total >= threshold) for total in sums))


def _sample(rng: random.Random) -> tuple[int, ...]:
    return tuple(rng.getrandbits(1) for _ in range(SAMPLES))
