"""The tableaux of a machine as a uniform family: programs that write them and answer for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.uniformity.binding import bound
from tcsim.uniformity.programs import tableau

if TYPE_CHECKING:
    from types import SimpleNamespace

    from tcsim.uniformity.turing.machine import TuringMachine


def tableau_programs(machine: TuringMachine, time: tuple[int, int, int]) -> SimpleNamespace:
    """The programs of the family n -> ``tableau(machine, n, t0 + t1 n + t2 n^2)``.

    Args:
        machine: any; its table becomes a constant of the programs.
        time: t0, t1, t2.

    Returns:
        ``describe``, and the programs of `ConnectionLanguage.of`.

    Raises:
        ArgumentError: time is no three integers of at least 0.

    Example:
        >>> from tcsim.uniformity import Program, Unary, read_description
        >>> from tcsim.uniformity.turing import parity
        >>> programs = tableau_programs(parity(), (1, 1, 0))
        >>> circuit = read_description(Program(programs.describe).run(Unary(2)).output)
        >>> [circuit([a, b]).item() for a in (0, 1) for b in (0, 1)]
        [0, 1, 1, 0]
    """
    if len(time) != 3 or not all(type(t) is int and t >= 0 for t in time):
        raise ArgumentError(f"time must be three integers of at least 0, not {time!r}")
    states = {name: place for place, name in enumerate(machine.states)}
    symbols = {name: place for place, name in enumerate(machine.alphabet)}
    s, g = len(states), len(symbols)
    bits, table, row = (3 * s * g).bit_length(), 0, 0
    for state in states:
        for symbol in symbols:
            after, written, move = machine.delta.get((state, symbol), (state, symbol, 0))
            table |= ((states[after] * g + symbols[written]) * 3 + move + 1) << bits * row
            row += 1
    return bound(
        tableau,
        S=s, G=g, START=states[machine.start], ACCEPT=states[machine.accept], ZERO=symbols["0"],
        ONE=symbols["1"], BLANK=symbols[machine.blank], BITS=bits, DELTA=table,
        T0=time[0], T1=time[1], T2=time[2],
    )  # fmt: skip
