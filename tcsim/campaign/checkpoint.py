"""Checkpoint: what is done of a campaign, in a file that is replaced whole or not at all."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tcsim.campaign.task import Extent
from tcsim.errors import ArgumentError, ParseError
from tcsim.formats.files import opened, save

if TYPE_CHECKING:
    from tcsim.campaign.finished import Finished
    from tcsim.campaign.target import Target
    from tcsim.campaign.task import Task
    from tcsim.typing import StrPath

P = TypeVar("P")

SCHEMA = "tcsim.campaign/1"

INTERVAL = 2.0
"""Seconds between two writes, at least,"""
_SHARE = 20
"""and so many times as long as writing takes."""


class Checkpoint:
    """A file that holds the finished ranges of one campaign.

    It is a JSON object: ``schema``; ``campaign``, which tells the circuits, the vectors and the
    task; ``finished``, a list of ranges as ``[first, last, partial result]``; and ``sha256``, of
    the canonical text of all that.

    Args:
        path: the file; it need not exist.
        target: circuits and vectors.
        task: what is done with them.

    Raises:
        ArgumentError: the task cannot be described in JSON.
    """

    def __init__(self, path: StrPath, target: Target, task: Task[Any]) -> None:
        self._path, self._target, self._task = Path(path), target, task
        self._next = 0.0
        try:
            text = _canonical({**target.describe(), "task": task.describe()})
        except (TypeError, ValueError) as error:
            raise ArgumentError(
                f"a checkpoint needs a task that JSON can describe: {error}; write describe()"
            ) from None
        self._campaign: dict[str, Any] = json.loads(text)

    def load(self, finished: Finished[P]) -> None:
        """Add what the file holds, if there is one.

        Raises:
            ParseError: it is damaged, or no checkpoint.
            ArgumentError: it is of another campaign or version; says of which.
        """
        if not self._path.exists():
            return
        with opened(self._path) as (_, take):
            data = self._read(take(None))
        self._check_campaign(data)
        end = 0
        for item in data["finished"]:
            first, last, partial = self._range(item, end)
            finished.add(first, last, partial)
            end = last

    def save(self, finished: Finished[Any], *, now: bool = False) -> None:
        """Write what is done; unless `now`, only if the last time is some seconds ago.

        Raises:
            ArgumentError: the file cannot be written, or a partial result is not for JSON.
        """
        start = time.monotonic()
        if start < self._next and not now:
            return
        content = {
            "schema": SCHEMA,
            "campaign": self._campaign,
            "finished": [[r.first, r.last, self._task.to_json(r.partial)] for r in finished.ranges],
        }
        try:
            text = _canonical({**content, "sha256": _digest(content)})
        except (TypeError, ValueError) as error:
            raise ArgumentError(
                f"a partial result cannot be written as JSON: {error}; write to_json()"
            ) from None
        save(f"{text}\n".encode(), self._path)
        end = time.monotonic()
        self._next = end + max(INTERVAL, _SHARE * (end - start))

    def _read(self, content: bytes) -> dict[str, Any]:
        try:
            data = json.loads(content)
        except (ValueError, RecursionError):  # bad UTF-8 is a ValueError too
            raise self._broken("this is no JSON text") from None
        if not isinstance(data, dict) or not str(data.get("schema")).startswith("tcsim.campaign/"):
            raise self._broken("this is no checkpoint of a campaign")
        if data["schema"] != SCHEMA:
            raise ArgumentError(
                f"{self._path} is a checkpoint of the version {data['schema']!r:.40}, this is "
                f"{SCHEMA!r}: name another file"
            )
        digest = data.pop("sha256", None)
        try:
            intact = digest == _digest(data)
        except (ValueError, RecursionError):
            intact = False
        if not intact:
            raise self._broken("the content is not what was written: its digest differs")
        if data.keys() != {"schema", "campaign", "finished"}:
            raise self._broken("fields are missing, or unknown")
        if not isinstance(data["campaign"], dict) or not isinstance(data["finished"], list):
            raise self._broken("a field has the wrong type")
        return data

    def _check_campaign(self, data: dict[str, Any]) -> None:
        found = data["campaign"]
        what = {"circuits": "circuit", "vectors": "set of vectors", "task": "task"}
        for field, name in what.items():
            if found.get(field) != self._campaign[field]:
                raise ArgumentError(
                    f"{self._path} is a checkpoint of another {name}: "
                    f"{_short(found.get(field))}, not {_short(self._campaign[field])}; name "
                    "another file, or delete it"
                )

    def _range(self, item: object, end: int) -> tuple[int, int, Any]:
        """A range out of the file that begins at `end` or later."""
        vectors = self._target.vectors
        if not isinstance(item, list) or len(item) != 3:
            raise self._broken("a range is no list of three")
        first, last, partial = item
        if type(first) is not int or type(last) is not int or not end <= first < last <= vectors:
            raise self._broken(f"the range {first!r:.30}, {last!r:.30} is not where one can be")
        if first % 64 or (last % 64 and last != vectors):
            raise self._broken(f"the range {first}, {last} is not one of whole words")
        extent = Extent(first, last, self._target.circuit.n_outputs)
        try:
            return first, last, self._task.from_json(partial, extent)
        except Exception as error:  # noqa: BLE001 - whatever a user's task thinks of a broken file
            raise self._broken(f"the result of range {first}, {last}: {error}") from None

    def _broken(self, problem: str) -> ParseError:
        return ParseError(
            f"not a usable checkpoint: {problem}; delete the file to begin anew",
            path=str(self._path),
        )


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _digest(data: object) -> str:
    return hashlib.sha256(_canonical(data).encode()).hexdigest()


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 100 else f"{text[:100]}..."
