"""Turing machines to start from: parity, palindromes, adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.uniformity.turing.machine import TuringMachine

if TYPE_CHECKING:
    from collections.abc import Mapping

_BITS = ("0", "1", "_")


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


def _machine(
    name: str, delta: Mapping[tuple[str, str], tuple[str, str, int]], start: str
) -> TuringMachine:
    states = dict.fromkeys((*(state for state, _ in delta), "yes", "no"))
    return TuringMachine(name, tuple(states), _BITS, delta, start, "yes", "no")
