"""The binary digits of a sum of weighted signals: depth 2, or depth 4 with small weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tcsim.expressions as tc
from tcsim.library.counting import binary_digit, thermometer
from tcsim.library.lookahead import carry_forms, sum_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.expressions import Condition, LinearForm, Signal


def sum_up(terms: Iterable[tuple[int, Signal]]) -> list[Signal]:
    """The digits of ``sum weight * signal``, in depth 2 with weights as large as the given ones.

    Digit q depends on ``T_q = sum (weight mod 2**(q+1)) * signal`` alone and is
    ``sum_k (-1)**(k+1) [T_q >= k 2**q]``. No weight reaches 2**(q+1), so that the gates of a digit
    are fewer than twice the terms.

    Args:
        terms: (weight, signal), weights at least 1.

    Returns:
        As many digits as the largest sum has.
    """
    items = list(terms)
    most = sum(weight for weight, _ in items)
    top = max(weight for weight, _ in items).bit_length()
    total: list[Signal] = []
    for q in range(top):
        low = [(weight % (2 << q), signal) for weight, signal in items if weight % (2 << q)]
        ladder = multiples(_form(low), sum(weight for weight, _ in low), q)
        total.append(binary_digit(ladder, 0) >= 1)
    higher = range(1, most.bit_length() - top + 1)  # they share the gates of the last digit
    return [*total, *(binary_digit(ladder, place) >= 1 for place in higher)]


def multiples(value: LinearForm, most: int, q: int) -> list[Condition]:
    """The gates ``value >= k 2**q``, for a value of at most `most`."""
    form = stored(value)
    return [form >= k << q for k in range(1, (most >> q) + 1)]


def sum_up_small(terms: Iterable[tuple[int, Signal]]) -> list[Signal]:
    """The same in depth 4, with weights of at most the number m of terms on a place, or 2.

    Places are taken in blocks of L, the number of binary digits of m, so that the sum of a block
    has at most 2 L digits, of which `add_blocks` takes care.

    Args:
        terms: (weight, signal), weights at least 1.
    """
    items = list(terms)
    top = max(weight for weight, _ in items).bit_length()
    most = sum(weight for weight, _ in items)
    full = max(sum(weight >> place & 1 for weight, _ in items) for place in range(top))
    length = full.bit_length()
    blocks = []
    for first in range(0, top, length):
        part = [(weight >> first & (1 << length) - 1, signal) for weight, signal in items]
        part = [(weight, signal) for weight, signal in part if weight]
        blocks.append((_form(part), sum(weight for weight, _ in part)))
    return add_blocks(blocks, length, most.bit_length())


def add_blocks(
    blocks: Sequence[tuple[LinearForm, int]], length: int, places: int, *, wrap: bool = False
) -> list[Signal]:
    """The lowest digits of ``sum_i value_i * 2**(i * length)``, each value below 4**length.

    The digits of a value are exact linear forms over its thermometer. At most two of them fall on
    one place, and `carry_forms` adds these.

    Args:
        blocks: (value, its largest) for each block, lowest first.
        length: places from one block to the next.
        places: digits that are wanted.
        wrap: whether the sum may have more digits than these.
    """
    columns: list[LinearForm] = [tc.sum([]) for _ in range(places)]
    for i, (value, most) in enumerate(blocks):
        ladder = thermometer(stored(value), most)
        first = i * length
        for q in range(min(most.bit_length(), places - first)):
            columns[first + q] = columns[first + q] + binary_digit(ladder, q)
    if len(blocks) == 1:
        return [column >= 1 for column in columns]
    # Places of the first block's low digits get nothing else.
    low, high = columns[:length], columns[length:]
    carries = carry_forms(high)
    if not wrap:  # no carry leaves the last place
        carries.pop()
    return [*(column >= 1 for column in low), *sum_digits(high, carries)]


def _form(terms: Iterable[tuple[int, Signal]]) -> LinearForm:
    return tc.sum(weight * signal for weight, signal in terms)


def stored(value: LinearForm) -> LinearForm:
    """The form, stored once for all gates that compare it: same measures, less memory."""
    owners = (term.builder for term in value.terms if term.builder is not None)
    builder = next(owners, None)
    return value if builder is None else builder.form(value).linear()
