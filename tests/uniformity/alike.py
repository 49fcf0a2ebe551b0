"""Programs with the names of others: of a function of Python, and of one in another module."""

from __future__ import annotations


def len(n: int) -> int:  # noqa: A001 - on purpose
    return n + 1


def own_length(n: int) -> int:
    return len(n)


def helper(n: int) -> int:
    x = n + 0
    return x - 0


def calls_helper(n: int) -> int:
    return helper(n)
