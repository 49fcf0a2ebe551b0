"""Layers: forms over much the same operands, added up together by counting ones.

A sum of ``magnitude * literal`` splits into planes, one for each bit of the magnitudes. In a plane
each literal counts or does not, so that the plane's sum is the number of ones in a few words: 64
literals of one vector a word. That beats adders where many forms share their operands, because the
work of bringing the literals into words is then shared, and where a machine counts ones in vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tcsim.simulate.cover import MOST

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.simulate.cover import Cover
    from tcsim.simulate.normalize import Comparisons, Sums
    from tcsim.simulate.sharing import Forms
    from tcsim.typing import Integers

LEAST_FORMS, LEAST_TERMS = 16, 32
"""Smaller layers and forms are left to adders."""

MOST_PRODUCTS = 2**26
"""Most forms times features of a layer: what is larger becomes several."""

LARGEST = 2**61
"""Sums below this are compared as int64."""

ADDER_NS, TERM_NS, WORD_NS, GATE_NS = 0.8, 20.0, 800.0, 10.0
"""Measured for 512 vectors: adding a literal to a sum; counting the ones of a word of features,
bringing features into a word, and bringing the result of a gate to its row."""

STREAMS = 8
"""Vectors of eight words of features that are dealt with together."""


@dataclass(frozen=True)
class Layer:
    """Some forms, all gates that compare them, and their operands as bits.

    Attributes:
        gate: the gates, form after form.
        form_start: gates of form f are form_start[f] .. form_start[f + 1] - 1.
        limit: int64: of each gate.
        operand: the nodes that are read.
        feature: for each bit of features, the operand it belongs to (a place in `operand`),
        bit: and which of its bits it is.
        magnitude: int64, shape (forms, features).
        inverted: bool, shape (forms, features).
    """

    gate: Integers
    form_start: Integers
    limit: Integers
    operand: Integers
    feature: Integers
    bit: Integers
    magnitude: Integers
    inverted: npt.NDArray[np.bool]

    @cached_property
    def terms(self) -> list[tuple[int, int]]:
        """(plane, word) of all words of features of which some form counts a bit."""
        used = np.bitwise_or.reduce(self.magnitude, axis=0)
        words = np.bitwise_or.reduceat(used, np.arange(0, len(used), 64))
        planes = int(words.max()).bit_length()
        return [
            (plane, word)
            for plane in range(planes)
            for word in range(len(words))
            if int(words[word]) >> plane & 1
        ]

    @property
    def words(self) -> int:
        """Words of features."""
        return -(-len(self.feature) // 64)

    @property
    def scratch(self) -> int:
        """Words of scratch: the features of 512 vectors, a square of them, values, and results."""
        return (64 * self.words + 64 + STREAMS + len(self.gate)) * 8

    @property
    def counting_ns(self) -> float:
        """How long 512 vectors take."""
        counting = len(self.magnitude) * len(self.terms) * TERM_NS
        return counting + self.words * WORD_NS + len(self.gate) * GATE_NS

    @property
    def adding_ns(self) -> float:
        """How long they would take with adders."""
        return int(np.bitwise_count(self.magnitude).sum()) * ADDER_NS

    @property
    def note(self) -> str:
        """Its shape, and why it is one, for people."""
        forms, features = self.magnitude.shape
        return (
            f"{forms:,} forms over {features:,} bits in {len(self.terms):,} words of planes: "
            f"{self.counting_ns / 1e3:,.3g} us for 512 vectors, {self.adding_ns / 1e3:,.3g} us by "
            "adders"
        )

    @property
    def data(self) -> Integers:
        """What `tcsim.simulate.kernels.population` reads, int64 of one dimension."""
        planes = sorted({plane for plane, _ in self.terms})
        starts = np.searchsorted([plane for plane, _ in self.terms], [*planes, 64])
        forms, features = self.magnitude.shape
        padded = np.zeros((2, forms, 64 * self.words), np.int64)
        padded[0, :, :features], padded[1, :, :features] = self.magnitude, self.inverted
        words = np.zeros((forms, len(self.terms), 2), np.int64)
        for number, (plane, word) in enumerate(self.terms):
            of_word = slice(64 * word, 64 * word + 64)
            for which, bits in enumerate((padded[1, :, of_word], padded[0, :, of_word] >> plane)):
                packed = np.packbits((bits & 1).astype(np.uint8), axis=1, bitorder="little")
                words[:, number, which] = packed.view("<i8")[:, 0]
        places = [64 * STREAMS * word for _, word in self.terms]
        header = [self.words, len(planes), forms, len(self.terms), *planes, *starts, *places]
        return np.concatenate((header, words.reshape(-1), self.form_start, self.limit))


def counts_ones() -> bool:
    """Whether the processor that kernels are compiled for counts ones in vectors at once."""
    from tcsim.simulate.kernels.jit import features  # loads numba

    return "+avx512vpopcntdq" in features()


def find_layers(
    circuit: Circuit | Forms, cover: Cover, sums: Sums, gates: Comparisons
) -> list[Layer]:
    """The layers of a circuit that save time.

    Args:
        circuit: any circuit.
        cover: which of its gates are fused.
        sums: its forms.
        gates: its gates.
    """
    compares = np.flatnonzero(gates.compares & (cover.count > MOST))
    if len(compares) < LEAST_FORMS or object in (sums.magnitude.dtype, gates.limit.dtype):
        return []
    if not counts_ones():
        return []
    n_wires = circuit.n_inputs + circuit.size
    terms = np.diff(sums.start)
    compared = circuit.gate_form[compares]
    nested = np.zeros(circuit.n_forms, bool)
    nested[sums.operand[sums.operand >= n_wires] - n_wires] = True
    fits = (terms >= LEAST_TERMS) & ~nested & (sums.highest < LARGEST)
    order = compares[fits[compared]]
    if len(order) < LEAST_FORMS:
        return []
    order = order[np.argsort(circuit.gate_form[order], kind="stable")]
    form, first = np.unique(circuit.gate_form[order], return_index=True)
    first_gate = order[first]
    latest = _latest_operands(circuit, sums, n_wires)
    found: list[Layer] = []
    members: list[int] = []
    seen = np.zeros(n_wires + circuit.n_forms, np.int64)
    union, least, number = 0, 0, 0

    def close() -> None:
        if len(members) >= LEAST_FORMS:
            layer = _layer(circuit, sums, gates, np.array(members), order)
            if layer.counting_ns < layer.adding_ns:
                found.append(layer)

    for place in np.argsort(first_gate, kind="stable").tolist():
        which, gate = int(form[place]), int(first_gate[place])
        operands = sums.operand[sums.start[which] : sums.start[which + 1]]
        shared = int((seen[operands] == number).sum()) if members else 0
        # What a layer reads must be there before its first gate: then no layer needs itself.
        joins = (
            members
            and latest[which] < least
            and 2 * shared >= len(operands)
            and 2 * shared >= union
            and (len(members) + 1) * (union + len(operands) - shared) <= MOST_PRODUCTS
        )
        if not joins:
            close()
            members, union, shared, number = [], 0, 0, number + 1
            least = circuit.n_inputs + gate
        members.append(which)
        union += len(operands) - shared
        seen[operands] = number
    close()
    return found


def _latest_operands(circuit: Circuit | Forms, sums: Sums, n_wires: int) -> Integers:
    """The highest wire that each form reads, by itself or in forms that it uses."""
    wire = np.where(sums.operand < n_wires, sums.operand, -1)
    latest = np.full(circuit.n_forms, -1)
    filled = np.flatnonzero(np.diff(sums.start))
    latest[filled] = np.maximum.reduceat(wire, sums.start[:-1][filled])
    term = np.flatnonzero(sums.operand >= n_wires)
    row = np.searchsorted(sums.start, term, side="right") - 1
    for reader, used in zip(row.tolist(), (sums.operand[term] - n_wires).tolist(), strict=True):
        latest[reader] = max(latest[reader], latest[used])
    return latest


def _layer(
    circuit: Circuit | Forms, sums: Sums, gates: Comparisons, forms: Integers, order: Integers
) -> Layer:
    n_wires = circuit.n_inputs + circuit.size
    spans = [slice(sums.start[form], sums.start[form + 1]) for form in forms.tolist()]
    operand = np.unique(np.concatenate([sums.operand[span] for span in spans]))
    is_sum = operand >= n_wires
    bits = np.ones(len(operand), np.int64)
    bits[is_sum] = sums.digits[operand[is_sum] - n_wires]
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(bits)))
    feature = np.repeat(np.arange(len(operand)), bits)
    bit = np.arange(len(feature)) - start[feature]
    magnitude = np.zeros((len(forms), len(operand)), np.int64)
    inverted = np.zeros((len(forms), len(operand)), bool)
    for number, span in enumerate(spans):
        column = np.searchsorted(operand, sums.operand[span])
        magnitude[number, column] = sums.magnitude[span]
        inverted[number, column] = sums.inverted[span]
    magnitude, inverted = magnitude[:, feature] << bit, inverted[:, feature]
    # Features of like magnitudes into the same words: then few words have bits in many planes.
    used = np.bitwise_or.reduce(magnitude, axis=0)
    place = np.lexsort((used, used & -used))
    of_form = circuit.gate_form[order]
    first, last = (np.searchsorted(of_form, forms, side) for side in ("left", "right"))
    gate = np.concatenate([order[a:b] for a, b in zip(first, last, strict=True)])
    counts = last - first
    return Layer(
        gate=gate,
        form_start=np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
        limit=gates.limit[gate].astype(np.int64),
        operand=operand,
        feature=feature[place],
        bit=bit[place],
        magnitude=magnitude[:, place],
        inverted=inverted[:, place],
    )
