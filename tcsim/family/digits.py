"""Integers of any length in text: weights may have more digits than Python writes by default."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def any_digits() -> Iterator[None]:
    """Lift Python's limit on the decimal digits of an integer that is written or read."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)
