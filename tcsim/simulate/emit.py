"""Writes the instructions of a Program (`tcsim.simulate.instructions`) from its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.simulate.instructions import ADDER_FIELDS, ADDER_LIMIT, AND, COMPARE, SUM
from tcsim.simulate.kernels.adders import sort_literals, write_adders
from tcsim.simulate.memory import allocate
from tcsim.simulate.normalize import limbs

if TYPE_CHECKING:
    from tcsim.simulate.normalize import Comparisons, Sums
    from tcsim.simulate.schedule import Schedule
    from tcsim.typing import AnyIntegers, Integers


class _Instructions(NamedTuple):
    """Instructions of one kind: heads of equal lengths, tails one after another."""

    head: Integers
    tail_length: Integers
    tail: Integers


def emit(plan: Schedule, sums: Sums, gates: Comparisons) -> tuple[Integers, Integers]:
    """The instructions of a schedule, in its order, and the adders of its sums.

    Returns:
        int32, shape (length,), and int32, shape (adders, 7).

    Raises:
        LimitError: they do not fit in memory.
    """
    is_sum = plan.order >= plan.n_wires
    compares = np.zeros(len(plan.order), bool)
    compares[~is_sum] = gates.compares[plan.order[~is_sum] - plan.n_inputs]
    conjunction = ~(is_sum | compares)
    additions, adders = _sums(plan, sums, plan.order[is_sum])
    parts = (
        (conjunction, _conjunctions(plan, sums, gates, plan.order[conjunction])),
        (compares, _comparisons(plan, gates, plan.order[compares])),
        (is_sum, additions),
    )
    length = np.zeros(len(plan.order), np.int64)
    for mine, part in parts:
        length[mine] = part.head.shape[1] + part.tail_length
    at = np.cumsum(length) - length
    code = _room(int(length.sum()))
    for mine, part in parts:
        head = part.head.shape[1]
        code[at[mine, None] + np.arange(head)] = part.head
        code[_ranges(at[mine] + head, part.tail_length)] = part.tail
    return code, adders


def _conjunctions(plan: Schedule, sums: Sums, gates: Comparisons, node: Integers) -> _Instructions:
    flip = gates.flip[node - plan.n_inputs]
    reads = plan.last[node] - plan.first[node]
    term = _ranges(plan.first[node], reads)
    inverted = sums.inverted[term] ^ np.repeat(flip, reads)
    return _Instructions(
        np.column_stack((np.full(len(node), AND), flip, plan.slot[node], reads)),
        reads,
        2 * plan.slot[plan.operand[term]] + inverted,
    )


def _comparisons(plan: Schedule, gates: Comparisons, node: Integers) -> _Instructions:
    limit = gates.limit[node - plan.n_inputs]
    compared = plan.operand[plan.first[node]]
    skipped = _trailing_zeros(limit)
    steps = plan.bit[compared + 1] - plan.bit[compared] - skipped
    digit = _ranges(skipped, steps)
    starts, limb = limbs(limit)
    place = np.repeat(starts[:-1], steps) + digit // 63
    # A limit may have fewer limbs than the sum has digits: those beyond are 0.
    known = place < np.repeat(starts[1:], steps)
    bit = np.zeros(len(digit), np.int64)
    bit[known] = limb[place[known]] >> digit[known] % 63 & 1
    return _Instructions(
        np.column_stack((np.full(len(node), COMPARE), plan.slot[node], steps)),
        steps,
        2 * plan.slot[np.repeat(plan.bit[compared], steps) + digit] + bit,
    )


def _sums(plan: Schedule, sums: Sums, node: Integers) -> tuple[_Instructions, Integers]:
    columns = plan.bit[node + 1] - plan.bit[node]
    digit = plan.slot[_ranges(plan.bit[node], columns)]
    adders, adder_end = _adders(plan, sums, node, columns, digit)
    adder_start = np.concatenate((np.zeros(1, np.int64), adder_end))[:-1]
    head = np.column_stack((np.full(len(node), SUM), adder_start, adder_end, columns))
    return _Instructions(head, columns, digit), adders


def _adders(
    plan: Schedule, sums: Sums, node: Integers, columns: Integers, digit: Integers
) -> tuple[Integers, Integers]:
    """The adders of some sums, and where those of each end."""
    adder_end = np.zeros(len(node), np.int64)
    if not len(node):
        return np.zeros((0, ADDER_FIELDS), np.int32), adder_end
    starts, limb = limbs(sums.magnitude)
    literals = int(_literals(plan, sums, starts, limb)[node - plan.n_wires].sum())
    # An adder takes four and leaves at most one to take, but for one adder a column.
    most = (literals + 4 * len(digit)) // 3 + 1
    if most > ADDER_LIMIT:
        raise LimitError(
            f"the sums need up to {most:,} adders, the limit is {ADDER_LIMIT:,}: "
            "evaluate parts of the circuit"
        )
    literal, literal_end = _room(literals), np.zeros(len(digit), np.int64)
    adders = _room(ADDER_FIELDS * most)
    run(
        sort_literals,
        2 * literals + len(digit) + len(plan.operand) + len(plan.slot),
        node,
        plan.first,
        plan.last,
        plan.operand,
        sums.inverted.astype(np.uint8),
        starts,
        limb,
        plan.bit,
        plan.slot,
        literal_end,
        literal,
    )
    count = run(
        write_adders,
        4 * literals + len(digit),
        np.concatenate((np.zeros(1, np.int64), np.cumsum(columns))),
        literal_end,
        literal,
        digit,
        plan.n_slots,
        np.zeros(len(digit), np.int64),
        np.zeros(4, np.int64),
        adders,
        adder_end,
    )
    return adders[: ADDER_FIELDS * count].reshape(count, ADDER_FIELDS).copy(), adder_end


def _literals(plan: Schedule, sums: Sums, starts: Integers, limb: Integers) -> Integers:
    """Literals in all columns of each form's sum."""
    ones = np.concatenate(
        (np.zeros(1, np.int64), np.cumsum(np.bitwise_count(limb), dtype=np.int64))
    )
    operand = plan.operand[: len(sums.operand)]
    literals = (ones[starts[1:]] - ones[starts[:-1]]) * (plan.bit[operand + 1] - plan.bit[operand])
    totals = np.concatenate((np.zeros(1, np.int64), np.cumsum(literals)))
    per_form: Integers = totals[sums.start[1:]] - totals[sums.start[:-1]]
    return per_form


def _room(length: int) -> Integers:
    return allocate((length,), np.int32, "the instructions", "evaluate parts of the circuit")


def _trailing_zeros(values: AnyIntegers) -> Integers:
    """Zeros below the lowest 1 bit of positive integers."""
    if values.dtype == object:
        return np.array([(v & -v).bit_length() - 1 for v in values.tolist()], np.int64)
    zeros: Integers = np.bitwise_count((values & -values) - 1).astype(np.int64)
    return zeros


def _ranges(first: Integers, length: Integers) -> Integers:
    """first[0] .. first[0] + length[0] - 1, then first[1] .. and so on."""
    before = np.cumsum(length) - length
    ranges: Integers = np.arange(int(length.sum())) + np.repeat(first - before, length)
    return ranges
