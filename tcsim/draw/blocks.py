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
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

MOST_SCOPES = 40
"""More scopes than this are not drawn."""

MOST_LEVEL_BLOCKS = 8
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
        of_gate: int64, shape (gates,): the block of each gate.
        blocks: the blocks, in the order of their first levels.
        pairs: every (wire, block) such that the block reads the wire: int64, shape (pairs, 2).
    """

    of_gate: Integers
    blocks: list[Block]
    pairs: Integers


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
    return _blocks(circuit, of_scope[circuit.gate_scope], list(number))


def level_blocks(circuit: Circuit) -> Blocks:
    """Blocks of consecutive levels, about as many in each."""
    top = int(circuit.levels.max(initial=0))
    count = min(top, MOST_LEVEL_BLOCKS)
    cuts = [1 + -(-i * top // count) for i in range(count + 1)] if count else [1]
    names = [level_range(first, after - 1) for first, after in pairwise(cuts)]
    return _blocks(circuit, (circuit.levels - 1) * count // max(top, 1), names)


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


def _blocks(circuit: Circuit, of_gate: Integers, names: Sequence[str]) -> Blocks:
    """Blocks without gates are left out; the others are put in the order of their first levels."""
    levels = circuit.levels
    first = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(first, of_gate, levels)
    used = np.flatnonzero(np.bincount(of_gate, minlength=len(names)))
    order = used[np.argsort(first[used], kind="stable")]
    rank = np.zeros(len(names), np.int64)
    rank[order] = np.arange(len(order))
    of_gate = rank[of_gate]
    pairs, depths = _read_by_block(circuit, of_gate, len(order))
    blocks = []
    by_block = np.argsort(of_gate, kind="stable")
    ends = np.cumsum(np.bincount(of_gate, minlength=len(order)))
    for i, name in enumerate(order.tolist()):
        mine = levels[by_block[ends[i - 1] if i else 0 : ends[i]]]
        low, high = int(mine.min()), int(mine.max())
        profile = tuple(np.bincount(mine - low).tolist())
        blocks.append(Block(names[name], len(mine), low, high, int(depths[i]), profile))
    return Blocks(of_gate, blocks, pairs)


def _read_by_block(circuit: Circuit, of_gate: Integers, count: int) -> tuple[Integers, Integers]:
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
    pairs = np.unique(operand * count + reader)
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
    return np.stack(np.divmod(pairs, max(count, 1)), axis=1), depth
