"""AND, OR and NOT of signals and truth values, which never make a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tcsim.expressions as tc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.expressions import Signal

Bit = tc.Signal | bool


def complement(bit: Bit) -> Bit:
    """NOT of a signal or truth value."""
    return ~bit if isinstance(bit, tc.Signal) else not bit


def conjunction(bits: Iterable[Bit]) -> Bit:
    """AND: of one signal, that signal; of a signal and its complement, false."""
    signals = _distinct(bits, ignored=True)
    if signals is None:
        return False
    if not signals:
        return True
    return signals[0] if len(signals) == 1 else tc.all(signals)


def disjunction(bits: Iterable[Bit]) -> Bit:
    """OR: of one signal, that signal; of a signal and its complement, true."""
    signals = _distinct(bits, ignored=False)
    if signals is None:
        return True
    if not signals:
        return False
    return signals[0] if len(signals) == 1 else tc.any(signals)


def _distinct(bits: Iterable[Bit], *, ignored: bool) -> list[Signal] | None:
    """The signals, each once; None if the other truth value, or a complement, is there as well."""
    found: dict[tuple[Signal, bool], Signal] = {}
    for bit in bits:
        if isinstance(bit, tc.Signal):
            negated = isinstance(bit, tc.Negation)
            base = bit.base if isinstance(bit, tc.Negation) else bit
            if (base, not negated) in found:
                return None
            found[base, negated] = bit
        elif bit != ignored:
            return None
    return list(found.values())
