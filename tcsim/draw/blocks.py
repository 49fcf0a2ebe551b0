"""Gates in blocks, a scope or a range of levels each: their sizes, depths, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.measure import flat_forms, kernels

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

MOST_SCOPES = 40
"""More scopes than this are not drawn."""

MOST_LEVEL_BLOCKS = 6
"""Into how many ranges the levels are cut at most."""


@dataclass(frozen=True)
class Block:
    """Some gates of a circuit.

    Attributes:
        name: scope path, "" for gates outside all scopes; or a range of levels.
        size: gates in it.
        first_level: lowest level of its gates.
        last_level: highest level of its gates.
        depth: longest chain of gates that never leaves it.
        profile: gates on its levels, first to last.
    """

    name: str
    size: int
    first_level: int
    last_level: int
    depth: int
    profile: tuple[int, ...]


@dataclass(frozen=True)
class Blocks:
    """A partition of the gates of a circuit.

    Attributes:
        blocks: in the order of their first levels.
        of_gate: int64, shape (gates,): the block of each gate.
        reads: int64, shape (pairs, 2): every (wire, block) such that the block reads the wire.
    """

    blocks: list[Block]
    of_gate: Integers
    reads: Integers


def scope_blocks(circuit: Circuit, nesting: int) -> Blocks:
    """One block per scope; scopes nested deeper than `nesting` belong to the one around them.

    Raises:
        LimitError: there would be more than `MOST_SCOPES` of them.
    """
    used = np.unique(circuit.gate_scope).tolist()
    names = {scope: "/".join(circuit.scope_names[scope].split("/")[:nesting]) for scope in used}
    number = {name: i for i, name in enumerate(dict.fromkeys(names.values()))}
    if len(number) > MOST_SCOPES:
        raise LimitError(
            f"{len(number):,} scopes are more than the {MOST_SCOPES} that can be drawn: "
            "open fewer with nesting=, or draw the circuit with collapse='levels'"
        )
    of_scope = np.zeros(len(circuit.scope_names), np.int64)
    of_scope[used] = [number[names[scope]] for scope in used]
    of_gate, order = _by_first_level(circuit, of_scope[circuit.gate_scope], len(number))
    reads, depths = _read_by_block(circuit, of_gate, len(number))
    name = list(number)
    named = [(name[block], depth) for block, depth in zip(order, depths, strict=True)]
    return Blocks(_describe(circuit, of_gate, named), of_gate, reads)


def level_blocks(circuit: Circuit) -> list[Block]:
    """Blocks of consecutive levels, about as many in each."""
    top = int(circuit.levels.max(initial=0))
    count = min(top, MOST_LEVEL_BLOCKS)
    cuts = [1 + -(-i * top // count) for i in range(count + 1)] if count else [1]
    # A gate has an operand on the level before its own, so a chain runs through all levels.
    named = [(level_range(a, b - 1), b - a) for a, b in pairwise(cuts)]
    return _describe(circuit, (circuit.levels - 1) * count // max(top, 1), named)


def level_range(first: int, last: int) -> str:
    """``level 3`` or ``levels 3–7``."""
    return f"level {first:,}" if first == last else f"levels {first:,}–{last:,}"


def nesting_for(circuit: Circuit) -> int | None:
    """The least nesting of scopes that parts the gates in two blocks or more; None if none does."""
    used = [circuit.scope_names[scope] for scope in np.unique(circuit.gate_scope).tolist()]
    parts = [path.split("/") for path in used]
    for nesting in range(1, max(map(len, parts), default=0) + 1):
        if len({tuple(path[:nesting]) for path in parts}) > 1:
            return nesting
    return None


def _by_first_level(circuit: Circuit, of_gate: Integers, count: int) -> tuple[Integers, list[int]]:
    """The same partition with its blocks in the order of their first levels, and that order."""
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, of_gate, circuit.levels)
    order = np.argsort(first, kind="stable")
    rank = np.argsort(order)
    return rank[of_gate], order.tolist()


def _describe(circuit: Circuit, of_gate: Integers, named: list[tuple[str, int]]) -> list[Block]:
    """The blocks of a partition, given their names and depths."""
    levels = circuit.levels[np.argsort(of_gate, kind="stable")]
    ends = np.cumsum(np.bincount(of_gate, minlength=len(named))).tolist()
    blocks = []
    for (name, depth), start, end in zip(named, [0, *ends], ends, strict=False):
        mine = levels[start:end]
        low, high = int(mine.min()), int(mine.max())
        profile = tuple(np.bincount(mine - low).tolist())
        blocks.append(Block(name, len(mine), low, high, depth, profile))
    return blocks


def _read_by_block(circuit: Circuit, of_gate: Integers, count: int) -> tuple[Integers, list[int]]:
    """The (wire, block) pairs of what each block reads, and the depth of each block by itself."""
    flat, n = flat_forms(circuit), circuit.n_inputs
    # Gates of several blocks may share a form: one row for each block that uses it.
    keys, row_of_gate = np.unique(circuit.gate_form * count + of_gate, return_inverse=True)
    form, block = np.divmod(keys, max(count, 1))
    lengths = flat.fan_in[form]
    row = np.repeat(np.arange(len(keys)), lengths)
    before = np.cumsum(lengths) - lengths
    operand = flat.operand[np.repeat(flat.start[form] - before, lengths) + np.arange(len(row))]
    reader = block[row]
    reads = np.unique(operand * count + reader)
    source = np.append(np.full(n, -1), of_gate)[operand]
    inside = source == reader
    start = np.append(0, np.cumsum(np.bincount(row[inside], minlength=len(keys))))
    level = np.zeros(circuit.size, np.int64)
    run(
        kernels.levels,
        int(inside.sum()) + circuit.size,
        n,
        start,
        operand[inside],
        row_of_gate,
        np.full(len(keys), -1, np.int64),
        level,
    )
    depth = np.zeros(count, np.int64)
    np.maximum.at(depth, of_gate, level)
    return np.stack(np.divmod(reads, max(count, 1)), axis=1), depth.tolist()
