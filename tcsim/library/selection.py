"""Decoder and multiplexer: what is read is chosen by a binary address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library.construction import Construction
from tcsim.library.oracles import number
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, Signal
    from tcsim.typing import Bits

MOST = 20
"""Most binary digits of an address: a million rows."""


def decode(address: Iterable[Signal]) -> list[Condition]:
    """2**n AND gates, of which the one that the address names is 1. Depth 1.

    Args:
        address: n binary digits, lowest first.

    Raises:
        LimitError: there are more than `MOST`.
    """
    wires = bits(address, "address")
    if len(wires) > MOST:
        raise LimitError(f"an address of {len(wires)} digits has too many rows: at most {MOST}")
    return [tc.all(_literals(wires, k)) for k in range(1 << len(wires))]


def multiplex(address: Iterable[Signal], data: Iterable[Signal]) -> Condition:
    """The wire that the address names: depth 2, an AND gate for each and an OR.

    Args:
        address: n binary digits, lowest first.
        data: 2**n signals.

    Raises:
        ArgumentError: there are not 2**n.
    """
    wires, chosen = bits(address, "address"), bits(data, "data")
    if len(chosen) != 1 << len(wires):
        raise ArgumentError(
            f"data must be {1 << len(wires)} wires for an address of {len(wires)} digits, "
            f"not {len(chosen)}: fill up with the constant 0"
        )
    return tc.any(tc.all([*_literals(wires, k), wire]) for k, wire in enumerate(chosen))


def _literals(address: Sequence[Signal], k: int) -> list[Signal]:
    return [wire if k >> i & 1 else ~wire for i, wire in enumerate(address)]


def _decoded(address: Bits, n: int) -> Mapping[str, Any]:
    return {"row": np.arange(2**n) == number(address)[:, None]}


def _selected(address: Bits, data: Bits, **_: int) -> Mapping[str, Any]:
    return {"chosen": data[np.arange(len(data)), number(address)]}


DECODER = Construction(
    name="decoder",
    summary="n binary digits to 2^n wires, of which one is 1: an AND gate for each",
    claim="AC0",
    source="Textbook; size 2^n is exponential in n, linear in the number of outputs",
    parameters=(Parameter("n", "binary digits of the address", most=MOST),),
    inputs=lambda n: {"address": (n,)},
    build=lambda address, **_: {"row": decode(address)},
    formulas=lambda n: {"depth": 1, "size": 2**n, "edges": n * 2**n, "max_weight": 1},
    oracle=_decoded,
    points=tuple({"n": n} for n in range(1, 9)),
    example={"n": 2},
)

MULTIPLEXER = Construction(
    name="multiplexer",
    summary="The one of 2^n wires that n binary digits name: AND gates and an OR",
    claim="AC0",
    source="Textbook; also called selector, or storage access function",
    parameters=(Parameter("n", "binary digits of the address", most=MOST),),
    inputs=lambda n: {"address": (n,), "data": (2**n,)},
    build=lambda address, data, **_: {"chosen": multiplex(address, data)},
    formulas=lambda n: {
        "depth": 2,
        "size": 2**n + 1,
        "edges": (n + 2) * 2**n,
        "max_weight": 1,
    },
    oracle=_selected,
    points=tuple({"n": n} for n in range(1, 8)),
    example={"n": 2},
)
