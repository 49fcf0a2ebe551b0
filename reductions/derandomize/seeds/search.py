"""What a search for seeds finds, and the file from which an interrupted one goes on."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, ParseError
from tcsim.formats.files import opened, save

if TYPE_CHECKING:
    from reductions.derandomize.margins import Margins
    from tcsim.typing import StrPath

SCHEMA = "reductions.derandomize.search/1"

INTERVAL = 2.0
"""Seconds between two writes, at least."""


@dataclass(frozen=True)
class Found:
    """Seeds whose vote is right on every input.

    Attributes:
        method: that found them.
        chosen: numbers of seeds of the pool, in the order found; repeated ones vote repeatedly.
        steps: draws, choices or rounds that the search took.
        least: no vote of fewer seeds of this pool is right everywhere: proven; else 1.
    """

    method: str
    chosen: tuple[int, ...]
    steps: int
    least: int = 1

    @property
    def k(self) -> int:
        """How many seeds vote."""
        return len(self.chosen)


class SearchFile:
    """A JSON object that keeps where a search is; replaced whole or not at all.

    Args:
        path: the file, which need not exist; None keeps nothing.
        margins: the table that is searched.
        method: name of the search.
        settings: that make another search of it.
    """

    def __init__(
        self, path: StrPath | None, margins: Margins, method: str, settings: dict[str, Any]
    ) -> None:
        self._path = None if path is None else Path(path)
        self._next = 0.0
        if self._path is None:
            return
        digest = hashlib.sha256()
        for row in margins.flat:
            digest.update(row)
        table = [margins.seeds, margins.points, digest.hexdigest()]
        self._search: dict[str, Any] = {"method": method, "table": table, **settings}

    def load(self) -> dict[str, Any]:
        """Where the search was; empty where there is no file.

        Raises:
            ParseError: the file is damaged.
            ArgumentError: it is of another search.
        """
        if self._path is None or not self._path.exists():
            return {}
        with opened(self._path) as (_, take):
            text = take(None)
        try:
            data = json.loads(text)
            intact = data.pop("sha256") == _digest(data) and data["schema"] == SCHEMA
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            intact = False
        if not intact:
            raise ParseError(
                "not the file of a search for seeds, or not as it was written; delete it to begin "
                "anew",
                path=str(self._path),
            )
        if data["search"] != self._search:
            raise ArgumentError(
                f"{self._path} is of another search: {data['search']!r:.200}, not "
                f"{self._search!r:.200}; name another file, or delete it"
            )
        state: dict[str, Any] = data["state"]
        return state

    def save(self, state: dict[str, Any], *, now: bool = False) -> None:
        """Write where the search is; unless `now`, only if the last time is some seconds ago.

        Raises:
            ArgumentError: the file cannot be written.
        """
        if self._path is None or (time.monotonic() < self._next and not now):
            return
        data = {"schema": SCHEMA, "search": self._search, "state": state}
        save(json.dumps({**data, "sha256": _digest(data)}, sort_keys=True).encode(), self._path)
        self._next = time.monotonic() + INTERVAL


def _digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_k(k: int | None) -> None:
    """Refuse a number of seeds that is none.

    Raises:
        ArgumentError: names it.
    """
    if k is not None and (isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= 10**6):
        raise ArgumentError(f"k is {k!r}, not an integer from 1 to 1000000, nor None")
