"""Which early arrivals cannot matter: so that a step late in a loop is measured only once.

``lead[q, p]`` is a number by which every gate that reads column p is at least further from q than
from p. If q arrives at ``a[q] >= a[p] - lead[q, p]``, no gate waits for p, and p may be left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.hierarchy.checking import LARGEST
from tcsim.hierarchy.delays import NO_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.hierarchy.delays import Delays
    from tcsim.hierarchy.schedule import Arrival
    from tcsim.typing import Integers

UNREAD = 1 << 62
"""Where no gate reads p."""

MOST_COLUMNS = 64
"""Modules of more columns have no leads: these take cubic time."""


def of_rows(rows: Integers) -> Integers:
    """The leads of gates given by their delay rows: int64, shape (columns, columns)."""
    n = rows.shape[1]
    if n > MOST_COLUMNS:
        return np.full((n, n), NO_PATH, np.int64)
    lead = np.full((n, n), UNREAD, np.int64)
    for p in range(n):
        mine = rows[rows[:, p] != NO_PATH]
        ahead = np.where(mine == NO_PATH, NO_PATH, mine - mine[:, p, None])
        lead[:, p] = ahead.min(axis=0, initial=UNREAD)
    return lead


def through(lead: Integers, entry: Delays) -> Integers:
    """A lower bound of the leads of a module's gates on the columns that feed it.

    Args:
        lead: the module's own.
        entry: delays from the outer columns to the module's.
    """
    n = entry.shape[1]
    if n > MOST_COLUMNS or len(lead) > MOST_COLUMNS:
        return np.full((n, n), NO_PATH, np.int64)
    used = lead.diagonal() != UNREAD
    feeds, known = entry.data[used], lead[np.ix_(used, used)]
    ahead = feeds.copy()  # of every gate that reads s, from each outer column, beyond s
    for k in range(len(feeds)):
        np.maximum(ahead, known[k, :, None] + feeds[k, None, :], out=ahead)
    outer = np.full((n, n), UNREAD, np.int64)
    for p in range(n):
        mine = feeds[:, p] != NO_PATH
        by = np.where(ahead[mine] < -LARGEST, NO_PATH, ahead[mine] - feeds[mine, p, None])
        if mine.any():  # a lower bound may always be lowered
            least = np.minimum(by.min(axis=0), LARGEST)
            outer[:, p] = np.where(least < -LARGEST, NO_PATH, least)
    return outer


def repeated(lead: Integers, step: Delays) -> Integers:
    """A lower bound of the leads of any number of rounds."""
    bound = lead
    for _ in range(len(lead) + 1):
        later = np.minimum(lead, through(bound, step))
        if (later == bound).all():
            return bound
        bound = later
    return np.full_like(lead, NO_PATH)


def waited_for(arrival: Arrival, reads: Iterable[bool], lead: Integers) -> list[int | None]:
    """The arrivals that a gate may wait for; None for the others."""
    left = [a if used else None for a, used in zip(arrival, reads, strict=True)]
    if sum(a is not None for a in left) < 2 or len(left) > MOST_COLUMNS:
        return left
    level = np.array([NO_PATH if a is None else a for a in left], np.int64)
    for p, a in enumerate(left):
        if a is None:
            continue
        others = level != NO_PATH
        others[p] = False
        ahead = lead[others, p]
        if ((ahead != NO_PATH) & (level[others] >= a - ahead)).any():
            left[p], level[p] = None, NO_PATH
    return left
