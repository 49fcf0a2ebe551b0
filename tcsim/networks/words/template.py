"""Template: the gates of a function of some wires, to be repeated at every place of an array."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class Form:
    """``constant + sum weight * wire``. One that is always 0 or 1 also stands for a signal.

    Attributes:
        terms: {number of a wire: its weight}; 0 stays out.
        constant: added to it.
    """

    terms: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0

    def __add__(self, other: Form | int) -> Form:
        if isinstance(other, int):
            return Form(self.terms, self.constant + other)
        terms = dict(self.terms)
        for wire, weight in other.terms.items():
            terms[wire] = terms.get(wire, 0) + weight
        kept = {wire: weight for wire, weight in terms.items() if weight}
        return Form(kept, self.constant + other.constant)

    def __mul__(self, factor: int) -> Form:
        if not factor:
            return Form()
        terms = {wire: weight * factor for wire, weight in self.terms.items()}
        return Form(terms, self.constant * factor)

    def __sub__(self, other: Form | int) -> Form:
        return self + (-other if isinstance(other, int) else other * -1)

    def __invert__(self) -> Form:
        """Of a signal: 1 where it is 0."""
        return self * -1 + 1

    @property
    def least(self) -> int:
        """A lower bound of its value."""
        return self.constant + sum(weight for weight in self.terms.values() if weight < 0)

    @property
    def largest(self) -> int:
        """An upper bound of its value."""
        return self.constant + sum(weight for weight in self.terms.values() if weight > 0)


def total(forms: Iterable[Form]) -> Form:
    """The sum of forms."""
    terms: dict[int, int] = {}
    constant = 0
    for form in forms:
        constant += form.constant
        for wire, weight in form.terms.items():
            terms[wire] = terms.get(wire, 0) + weight
    return Form({wire: weight for wire, weight in terms.items() if weight}, constant)


class Template:
    """Gates under construction. Wires 0, 1, .. are inputs, then come the gates in order.

    Args:
        inputs: how many input wires there are.

    Attributes:
        gates: (number of its form, threshold) of each gate.
        forms: terms of each form.
        outputs: signals; filled in by whoever builds.
    """

    def __init__(self, inputs: int) -> None:
        self.inputs = inputs
        self.forms: list[Mapping[int, int]] = []
        self.gates: list[tuple[int, int]] = []
        self.outputs: list[Form] = []

    def ladder(self, form: Form, thresholds: Sequence[int]) -> list[Form]:
        """``[form >= threshold]`` of each; no gate where that is known beforehand."""
        made: list[Form] = []
        number: int | None = None
        low, high = form.least, form.largest
        for threshold in thresholds:
            if threshold <= low:
                made.append(Form({}, 1))
            elif threshold > high:
                made.append(Form())
            else:
                if number is None:
                    number = len(self.forms)
                    self.forms.append(form.terms)
                self.gates.append((number, threshold - form.constant))
                made.append(Form({self.inputs + len(self.gates) - 1: 1}))
        return made

    def gate(self, form: Form, threshold: int) -> Form:
        """``[form >= threshold]``."""
        (made,) = self.ladder(form, [threshold])
        return made

    def all(self, signals: Iterable[Form]) -> Form:
        """Their AND; a signal alone is itself."""
        given = [one for one in signals if one.terms or one.constant != 1]
        if len(given) == 1:
            return given[0]
        return self.gate(total(given), len(given))

    def any(self, signals: Iterable[Form]) -> Form:
        """Their OR; a signal alone is itself."""
        given = [one for one in signals if one.terms or one.constant]
        if len(given) == 1:
            return given[0]
        return self.gate(total(given), 1)

    def digits(self, form: Form, count: int) -> list[Form]:
        """The lowest binary digits of a form's value, modulo a power of 2, in at most 2 levels.

        Digit q depends on the weights modulo 2**(q+1) alone, and a negative weight is that of the
        wire's negation; it is ``sum_k (-1)**(k+1) [form >= k 2**q]``. Where nothing is carried into
        place q and one wire stands on it, the digit is that wire.
        """
        made = []
        for q in range(count):
            rest, place = _parts(form, q)
            if rest.largest < 1 << q:
                # What is below place q never reaches it.
                form_q, unit = place, 1
            else:
                form_q, unit = rest + place * (1 << q), 1 << q
            made.append(self._parity(form_q, unit))
        return made

    def finish(self, outputs: Sequence[Form]) -> None:
        """Take signals as outputs: negated ones become gates, and unread gates go."""
        self.outputs = [self._positive(output) for output in outputs]
        needed: set[int] = set()
        ahead = [wire for output in self.outputs for wire in output.terms]
        while ahead:
            wire = ahead.pop()
            if wire >= self.inputs and wire not in needed:
                needed.add(wire)
                ahead.extend(self.forms[self.gates[wire - self.inputs][0]])
        place = {wire: wire for wire in range(self.inputs)}
        place.update({wire: self.inputs + at for at, wire in enumerate(sorted(needed))})
        kept = [self.gates[wire - self.inputs] for wire in sorted(needed)]
        used = {number: at for at, number in enumerate(dict.fromkeys(form for form, _ in kept))}
        self.forms = [
            {place[wire]: weight for wire, weight in self.forms[number].items()} for number in used
        ]
        self.gates = [(used[number], threshold) for number, threshold in kept]
        self.outputs = [
            Form({place[wire]: 1 for wire in output.terms}, output.constant)
            for output in self.outputs
        ]

    def _positive(self, signal: Form) -> Form:
        """A wire or a constant: in place of a gate's negation the opposite gate."""
        if not signal.terms or not signal.constant:
            return signal
        (wire,) = signal.terms
        if wire < self.inputs:
            return self.gate(signal, 1)
        number, threshold = self.gates[wire - self.inputs]
        return self.gate(Form(self.forms[number]) * -1, 1 - threshold)

    def _parity(self, form: Form, unit: int) -> Form:
        """Whether ``floor(form / unit)`` is odd, of a form that is never negative."""
        if not form.terms:
            return Form({}, form.constant // unit % 2)
        if unit == 1 and len(form.terms) == 1:
            # One wire or its negation, and perhaps 1: the weight of a wire on its place is +-1.
            ((wire, _),) = form.terms.items()
            return Form({wire: 1}) if form.constant % 2 == 0 else ~Form({wire: 1})
        first = form.least // unit + 1
        steps = self.ladder(form, [k * unit for k in range(first, form.largest // unit + 1)])
        signs = [1 if k % 2 else -1 for k in range(first, first + len(steps))]
        start = (first - 1) % 2
        change = total(step * sign for step, sign in zip(steps, signs, strict=True)) + start
        if len(steps) == 1:
            return change
        return self.gate(change, 1)


def _parts(form: Form, q: int) -> tuple[Form, Form]:
    """``form mod 2**(q+1)`` as what is below place q and what stands on it, weights from 0."""
    whole = 2 << q
    low: dict[int, int] = {}
    constant = form.constant
    for wire, weight in form.terms.items():
        reduced = weight % whole
        if 2 * reduced > whole:  # a smaller weight on the wire's negation
            reduced -= whole
            constant += reduced
        if reduced:
            low[wire] = reduced
    constant %= whole
    half = 1 << q
    below, place = Form({}, constant % half), Form({}, constant // half)
    negated = dict.fromkeys((wire for wire, weight in low.items() if weight < 0), True)
    for wire, weight in low.items():
        amount = abs(weight)
        signal = ~Form({wire: 1}) if wire in negated else Form({wire: 1})
        if amount == half:
            place = place + signal
        else:
            below = below + signal * amount
    return below, place
