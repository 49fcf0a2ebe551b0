"""Turing machines to start from: parity, palindromes, adding one, counting, busy beavers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.uniformity.turing.machine import TuringMachine

if TYPE_CHECKING:
    from collections.abc import Mapping

_BITS = ("0", "1", "_")

BUSY_BEAVERS = {
    2: "1RB1LB 1LA1RH",
    3: "1RB1RH 0RC1RB 1LC1LA",
    4: "1RB1LB 1LA0LC 1RH1LD 1RD0RA",
}
"""By number of states: for each state what to write, where to go and the next state, on 0 and 1."""


def parity() -> TuringMachine:
    """Accepts words with an odd number of ones, in n + 1 steps.

    Example:
        >>> parity().accepts("10110")
        True
    """
    delta = {
        ("even", "0"): ("even", "0", 1),
        ("even", "1"): ("odd", "1", 1),
        ("even", "_"): ("no", "_", 0),
        ("odd", "0"): ("odd", "0", 1),
        ("odd", "1"): ("even", "1", 1),
        ("odd", "_"): ("yes", "_", 0),
    }
    return _machine("parity", delta, start="even")


def increment() -> TuringMachine:
    """Adds one to a number written lowest digit first, in at most n + 1 steps.

    Example:
        >>> increment().run("110").tape
        ('0', '0', '1')
    """
    delta = {
        ("carry", "1"): ("carry", "0", 1),
        ("carry", "0"): ("yes", "1", 0),
        ("carry", "_"): ("yes", "1", 0),
    }
    return _machine("increment", delta, start="carry")


def palindromes() -> TuringMachine:
    """Accepts words that read the same from both ends, in (n + 1)(n + 2)/2 steps at most.

    It erases the first symbol, goes to the last and compares, erases that, and goes back: 2m + 1
    steps for m symbols left, m >= 2.

    Example:
        >>> palindromes().accepts("0110"), palindromes().run("0110").steps
        (True, 15)
    """
    delta: dict[tuple[str, str], tuple[str, str, int]] = {
        ("first", "0"): ("right0", "_", 1),
        ("first", "1"): ("right1", "_", 1),
        ("first", "_"): ("yes", "_", 0),
        ("back", "_"): ("first", "_", 1),
    }
    for bit, other in (("0", "1"), ("1", "0")):
        delta[f"right{bit}", "_"] = (f"last{bit}", "_", -1)
        delta[f"last{bit}", bit] = ("back", "_", -1)
        delta[f"last{bit}", other] = ("no", other, 0)
        delta[f"last{bit}", "_"] = ("yes", "_", 0)
        delta["back", bit] = ("back", bit, -1)
        for symbol in "01":
            delta[f"right{bit}", symbol] = (f"right{bit}", symbol, 1)
    return _machine("palindromes", delta, start="first")


def counter() -> TuringMachine:
    """Counts from a number, lowest digit first, until it overflows; then it accepts.

    It marks cell 0 (a for 0, b for 1), adds one, and comes back: exponentially many steps.

    Example:
        >>> [counter().run(word).steps for word in ("11", "00", "000", "0000")]
        [4, 9, 20, 43]
        >>> counter().run("00").tape
        ('a', '0')
    """
    delta: dict[tuple[str, str], tuple[str, str, int]] = {
        ("mark", "0"): ("add", "a", 0),
        ("mark", "1"): ("add", "b", 0),
        ("mark", "_"): ("yes", "_", 0),
        ("add", "a"): ("add", "b", 0),
        ("add", "b"): ("carry", "a", 1),
        ("carry", "0"): ("back", "1", -1),
        ("carry", "1"): ("carry", "0", 1),
        ("carry", "_"): ("yes", "_", 0),
        ("back", "0"): ("back", "0", -1),
        ("back", "a"): ("add", "a", 0),
    }
    return _machine("counter", delta, start="mark", more="ab")


def busy_beaver(states: int) -> TuringMachine:
    """The machine of 2, 3 or 4 states that leaves the most ones of all that halt.

    Busy beavers use a tape without ends, full of zeros. Here a blank counts as 0, and the machine
    first passes the zeros of its word, so that it has room to the left: the word must be of at
    least 2, 1 and 10 zeros. It halts, and so accepts, after 6, 14 and 107 further steps, with 4, 6
    and 13 ones on the tape.

    Args:
        states: 2, 3 or 4.

    Raises:
        ArgumentError: another number of states.

    Example:
        >>> beaver = busy_beaver(4).run("0" * 10)
        >>> beaver.steps, beaver.tape.count("1")
        (117, 13)

    References:
        Rado 1962, On non-computable functions; Lin and Rado 1965; Brady 1983.
    """
    if states not in BUSY_BEAVERS:
        raise ArgumentError(f"busy beavers of 2, 3 and 4 states are here, not of {states!r}")
    delta: dict[tuple[str, str], tuple[str, str, int]] = {("pass", "0"): ("pass", "0", 1)}
    for state, rows in zip("ABCD", BUSY_BEAVERS[states].split(), strict=False):
        for symbol, row in (("0", rows[:3]), ("1", rows[3:])):
            after = "yes" if row[2] == "H" else row[2]
            delta[state, symbol] = after, row[0], 1 if row[1] == "R" else -1
        delta[state, "_"] = delta[state, "0"]
    delta["pass", "_"] = delta["A", "0"]
    return _machine(f"busy beaver of {states} states", delta, start="pass")


def _machine(
    name: str, delta: Mapping[tuple[str, str], tuple[str, str, int]], start: str, more: str = ""
) -> TuringMachine:
    """With rows that reject where there is none."""
    states = tuple(dict.fromkeys((*(state for state, _ in delta), "yes", "no")))
    rows = dict(delta)
    for state in states[:-2]:
        for symbol in (*_BITS, *more):
            rows.setdefault((state, symbol), ("no", symbol, 0))
    return TuringMachine(name, states, (*_BITS, *more), rows, start, "yes", "no")
