"""How one circuit is drawn: gate by gate, each over a new form or one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tcsim.strategies.inputs import any_integers
from tcsim.strategies.shapes import SHAPES, thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

Terms = dict[int, int]
"""{operand: weight}; the operand ``~f`` is the form f."""


class Drawing:
    """The forms and gates drawn so far.

    Args:
        draw: Hypothesis's.
        inputs: number of inputs.
        weights: least and greatest weight.
        kinds: kinds that gates may have.
        nested: whether forms may use earlier forms.
        top: highest level that a gate may stand on.

    Attributes:
        forms: the terms of each form.
        level: of each wire.
        gate_form: the form of each gate.
        threshold: of each gate.
    """

    def __init__(
        self,
        draw: st.DrawFn,
        inputs: int,
        weights: tuple[int, int],
        kinds: Sequence[str],
        *,
        nested: bool,
        top: int,
    ) -> None:
        self.draw = draw
        self.low, self.high = weights
        self.kinds = kinds
        self.nested = nested
        self.top = top
        self.forms: list[Terms] = []
        self.level = [0] * inputs
        self.gate_form: list[int] = []
        self.threshold: list[int] = []
        self._flat: list[Terms] = []  # the forms over wires alone, written zeros included

    def gate(self, *, required: int | None = None) -> None:
        """Draw one more gate, over the wire `required` if one is."""
        form = self._form(required)
        wires = self._flat[form]
        first, last = self.draw(st.sampled_from(self._ranges(form)))
        self.gate_form.append(form)
        self.threshold.append(self.draw(st.integers(first, last)))
        self.level.append(1 + max((self.level[wire] for wire in wires), default=0))

    def _form(self, required: int | None) -> int:
        ready = (
            [] if required is not None else [f for f in range(len(self.forms)) if self._ranges(f)]
        )
        if bool(ready) and self.draw(st.booleans()):
            return self.draw(st.sampled_from(ready))
        terms = self._terms(required)
        if self.nested and terms and self.low <= 1 <= self.high and self.draw(st.booleans()):
            inner = self.draw(st.lists(st.sampled_from(sorted(terms)), unique=True))
            form = self._add({operand: terms.pop(operand) for operand in inner})
            terms[~form] = 1
        return self._add(terms)

    def _terms(self, required: int | None) -> Terms:
        """Terms over which a gate of one of the kinds is possible."""
        wires = [wire for wire, level in enumerate(self.level) if level < self.top]
        kinds = [kind for kind in self.kinds if SHAPES[kind].operands <= len(wires)]
        fewest, most, weights = SHAPES[self.draw(st.sampled_from(kinds))]
        chosen = [] if required is None else [required]
        others = st.sampled_from([wire for wire in wires if wire != required] or [-1])
        room = (len(wires) if most is None else most) - len(chosen)
        least = max(fewest - len(chosen), 0)
        if room > 0:
            chosen += self.draw(st.lists(others, unique=True, min_size=least, max_size=room))
        terms = dict(zip(chosen, self._weights(weights, len(chosen)), strict=True))
        if self.nested and weights == "any" and required is None and self.forms:
            forms = st.sampled_from([~form for form in range(len(self.forms))])
            for form in self.draw(st.lists(forms, unique=True, max_size=2)):
                terms[form] = self._weight()
        return terms

    def _weights(self, rule: str, count: int) -> list[int]:
        if rule == "positive":
            return [self._weight(1) for _ in range(count)]
        if rule == "negative":
            return [self._weight(-1) for _ in range(count)]
        if rule == "equal":
            size = abs(self._nonzero())
            signed = st.sampled_from([w for w in (size, -size) if self.low <= w <= self.high])
            return [self.draw(signed) for _ in range(count)]
        if rule == "any":
            return [self._weight() for _ in range(count)]
        values = [self._nonzero(), self._nonzero()] + [self._weight() for _ in range(count - 2)]
        if rule == "unequal" and abs(values[0]) == abs(values[1]):
            ends = (w for w in (1, -1, self.low, self.high) if w and self.low <= w <= self.high)
            values[1] = next(w for w in ends if abs(w) != abs(values[0]))
        return values

    def _nonzero(self) -> int:
        return self._weight(self.draw(st.sampled_from([s for s in (1, -1) if self._signed(s)])))

    def _signed(self, sign: int) -> bool:
        return self.high > 0 if sign > 0 else self.low < 0

    def _weight(self, sign: int = 0) -> int:
        """A weight, of a sign if one is given."""
        low = max(self.low, 1) if sign > 0 else self.low
        high = min(self.high, -1) if sign < 0 else self.high
        return self.draw(any_integers(low, high))

    def _ranges(self, form: int) -> list[tuple[int, int]]:
        """The thresholds that make a gate of one of the kinds."""
        weights = self._flat[form].values()
        found = [(kind, part) for kind in self.kinds for part in thresholds(weights, kind)]
        dull = [part for kind, part in found if kind.startswith("constant")]
        return [part for _, part in found if part not in dull] * 4 + dull

    def _add(self, terms: Terms) -> int:
        total: Terms = {}
        zero = set()
        for operand, weight in terms.items():
            inner = {operand: 1} if operand >= 0 else self._flat[~operand]
            for wire, factor in inner.items():
                total[wire] = total.get(wire, 0) + weight * factor
                if not weight * factor:
                    zero.add(wire)
        self._flat.append({w: total[w] for w in sorted(total) if total[w] or w in zero})
        self.forms.append(terms)
        return len(self.forms) - 1
