"""Recurrent networks over n tokens, and what each further token adds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.hierarchy import Delays
from tcsim.networks.cells import LSTM, Elman, last
from tcsim.networks.codes import Code
from tcsim.networks.operations.arrangement import Gather
from tcsim.networks.operations.embedding import Embedding
from tcsim.networks.procedures.delays import levels_per_step, port_delays
from tcsim.networks.sketch import Sketch
from tcsim.networks.table1.weights import CODE, TOKENS, WIDTH, Draw, tokens

if TYPE_CHECKING:
    from tcsim.networks.cells import Cell
    from tcsim.networks.integer import IntegerNetwork

_HIDDEN = 2
_RNN, _LSTM = 7, 16
"""Seeds."""


def rnn(n: int, steps: int) -> IntegerNetwork:  # noqa: ARG001 - a step is a token
    """An Elman network over the first `steps` tokens, and the answer."""
    return _recurrent(Draw(_RNN), steps, lstm=False)


def rnn_step(n: int) -> Fraction:  # noqa: ARG001 - a step is the same at every n
    """Levels that a further token adds."""
    return levels_per_step(_cell_step(lstm=False))


def lstm(n: int, steps: int) -> IntegerNetwork:  # noqa: ARG001 - a step is a token
    """An LSTM over the first `steps` tokens, its hidden values unrounded, and the answer."""
    return _recurrent(Draw(_LSTM), steps, lstm=True)


def lstm_step(n: int) -> Fraction:  # noqa: ARG001 - a step is the same at every n
    """Levels that a further token adds.

    The step network rounds h, as what it gives stands on wires. Inside the recurrence the next step
    reads h unrounded, one level earlier.
    """
    hidden, cell = (row[:2] for row in port_delays(_cell_step(lstm=True)).rows())
    unrounded = [None if delay is None else delay - 1 for delay in hidden]
    mean = Delays([unrounded, cell]).cycle_mean()
    return Fraction(0) if mean is None else mean.value


def _cell(draw: Draw, *, lstm: bool) -> Cell:
    gates = 4 if lstm else 1
    sizes = (WIDTH, gates * _HIDDEN), (_HIDDEN, gates * _HIDDEN)
    w, u = (draw.integers(*size) for size in sizes)
    b = np.zeros(gates * _HIDDEN, np.int64)
    if not lstm:
        return Elman(w, u, b, CODE, unit=0.5, one=1)
    signed, cell = Code(-1, 1), CODE
    return LSTM(
        w, u, b, gate=Code(0, 2), candidate=signed, cell=cell, one=1, hidden=signed, unit=0.2
    )


def _recurrent(draw: Draw, steps: int, *, lstm: bool) -> IntegerNetwork:
    sketch = Sketch()
    token = tokens(sketch, steps)
    cell = _cell(draw, lstm=lstm)
    with sketch.scope("embedding"):
        x = sketch.add(Embedding(draw.integers(TOKENS, WIDTH)), token)
    with sketch.scope("steps"):
        state = last(sketch, cell, x)
    with sketch.scope("answer"):
        return sketch.network(draw.classified(sketch, state, _HIDDEN))


def _cell_step(*, lstm: bool) -> IntegerNetwork:
    """One step: reads the state and a token, gives the state."""
    draw, sketch = Draw(_LSTM if lstm else _RNN), Sketch()
    codes = [Code(-1, 1), CODE] if lstm else [CODE]
    state = tuple(sketch.input(f"state{i}", _HIDDEN, code) for i, code in enumerate(codes))
    token = tokens(sketch, 1)
    cell = _cell(draw, lstm=lstm)
    rows = sketch.add(Embedding(draw.integers(TOKENS, WIDTH)), token)
    new = cell.step(sketch, sketch.add(Gather(np.array(0), 0), rows), state)
    return sketch.network(cell.read(sketch, new), *new[1:])
