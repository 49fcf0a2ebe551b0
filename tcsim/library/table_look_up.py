"""Table look-up: the entry of a constant table that a binary address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.selection import decode
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, Signal


def look_up(table: Sequence[int], places: int, address: Iterable[Signal]) -> list[Condition]:
    """The entry of a constant table that the address names, in depth 2.

    A decoder, and for each digit an OR of the rows in which it is 1: a disjunctive normal form of
    which the digits share the terms. Rows of zeros are left out.

    Args:
        table: 2**n integers of 0 .. 2**places - 1.
        places: binary digits of the entries.
        address: n binary digits, lowest first.

    Raises:
        ArgumentError: there are not 2**n entries, or one is out of range.
    """
    wires = bits(address, "address")
    if len(table) != 1 << len(wires):
        raise ArgumentError(
            f"the table must have {1 << len(wires)} entries for an address of {len(wires)} digits, "
            f"not {len(table)}"
        )
    for entry in table:
        if not 0 <= entry < 1 << places:
            raise ArgumentError(f"{entry} has no {places} binary digits: the table is out of range")
    rows = decode(wires)
    return [
        tc.any(row for row, entry in zip(rows, table, strict=True) if entry >> place & 1)
        for place in range(places)
    ]


def _address(table: Sequence[int]) -> int:
    n = len(table).bit_length() - 1
    if n < 1 or len(table) != 1 << n:
        raise ArgumentError(f"a table has 2, 4, 8, .. entries, not {len(table)}")
    return n


def _places(table: Sequence[int]) -> int:
    return max(*table, 1).bit_length()


def _table_quantities(table: Sequence[int]) -> Mapping[str, int]:
    return {
        "n": _address(table),
        "w": _places(table),
        "R": sum(map(bool, table)),
        "C": sum(entry.bit_count() for entry in table),
    }


def _table_formulas(n: Any, w: Any, R: Any, C: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return {
        "depth": 1 + Min(R, 1),
        "size": R + w,
        "edges": n * R + C,
        "max_weight": Min(R, 1),
    }


LOOK_UP = Construction(
    name="table-look-up",
    summary="The entry of a constant table that an address names: a decoder and an OR a digit",
    claim="AC0",
    source="Textbook: disjunctive normal form with shared terms",
    parameters=(Parameter("table", "the 2^n entries", 0, kind="integers"),),
    inputs=lambda table: {"address": (_address(table),)},
    build=lambda address, table: {"entry": look_up(table, _places(table), address)},
    formulas=_table_formulas,
    oracle=lambda address, table: {
        "entry": digits(np.array(table, object)[number(address)], _places(table))
    },
    points=(
        *({"table": (a, b)} for a in range(4) for b in range(4)),
        {"table": (0, 0, 0, 0)},
        {"table": tuple(i * i for i in range(16))},
        {"table": tuple(2**70 // (i + 1) for i in range(256))},
        {"table": tuple(pow(3, i, 257) - 1 for i in range(256))},
    ),
    example={"table": (0, 1, 4, 9)},
    quantities=_table_quantities,
    meanings={
        "n": "binary digits of the address",
        "w": "binary digits of the largest entry",
        "R": "entries other than 0",
        "C": "ones in the entries",
    },
)
