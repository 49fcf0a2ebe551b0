"""WordArithmetic: the gates of one place, repeated at every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.words.functions import template

if TYPE_CHECKING:
    from tcsim.builder import Builder
    from tcsim.expressions import Signal
    from tcsim.networks.operations.word_arithmetic import WordArithmetic
    from tcsim.networks.values import Values
    from tcsim.networks.words.template import Form, Template


def build(operation: WordArithmetic, name: str, values: Values, *operands: Tensor) -> Tensor:
    """Operands broadcast; each form is stored once, for all of its gates."""
    code = operation.code
    gates = template(operation, *(x.code for x in operands))
    words = [
        np.broadcast_to(
            x.words.reshape(*(1,) * (len(values.shape) - len(x.shape)), *x.words.shape),
            (*values.shape, x.code.wires),
        )
        for x in operands
    ]
    builder = operands[0].builder
    result = Tensor(builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for place in result.places():
        wires = [wire for word in words for wire in word[place].tolist()]
        result.words[place] = repeat(builder, gates, wires)
    return result


def repeat(builder: Builder, template: Template, wires: list[Signal]) -> list[Signal]:
    """The gates of a template over these wires."""
    known: list[Signal] = list(wires)
    forms: dict[int, expressions.Expression] = {}
    for number, threshold in template.gates:
        if number not in forms:
            terms = template.forms[number]
            sums = expressions.dot(terms.values(), [known[wire] for wire in terms])
            forms = {number: builder.form(sums)}  # the gates of a form follow each other
        known.append(builder.gate(forms[number] >= threshold))
    return [_signal(builder, output, known) for output in template.outputs]


def _signal(builder: Builder, output: Form, known: list[Signal]) -> Signal:
    if not output.terms:
        return builder.constant(output.constant)
    (wire,) = output.terms
    return known[wire]
