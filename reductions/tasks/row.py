"""Rows of a data set: what is asked, the answer, how deep and how much work, where it is from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

COLUMNS = {
    "content_id": "string",
    "task": "string",
    "input": "string",
    "answer": "string",
    "dependency_depth": "int64",
    "assumption": "string",
    "total_work": "int64",
    "depth": "int64",
    "width": "int64",
    "copies": "int64",
    "seed": "int64",
    "index": "int64",
    "generator": "string",
}
"""Name -> type, in the order of files."""


@dataclass(frozen=True)
class Row:
    """One task.

    Attributes:
        content_id: SHA-256 of generator, input and answer: equal for equal tasks, whatever the
            seed or the place in a file.
        task: the family's name.
        input: the instance; of several copies, a JSON list of them.
        answer: the right answer; of several copies, a JSON list.
        dependency_depth: most gates on a path through gates that affect the answer, over all
            copies. They are as many as the instance has levels, so it is an upper bound on the
            serial depth; it is no lower bound.
        assumption: under which the problem, not this instance, has no parallel algorithm.
        total_work: what evaluating everything costs, in the family's unit, all copies together.
        depth: as asked for.
        width: as asked for.
        copies: independent instances in this row.
        seed: as asked for.
        index: place in the sequence of this seed, counted from 0.
        generator: name and version.
    """

    content_id: str
    task: str
    input: str
    answer: str
    dependency_depth: int
    assumption: str
    total_work: int
    depth: int
    width: int
    copies: int
    seed: int
    index: int
    generator: str

    def line(self) -> bytes:
        """As one line of JSON."""
        return (json.dumps(self.__dict__, separators=(",", ":")) + "\n").encode("ascii")


def content_id(generator: str, given: str, answer: str) -> str:
    """The identity of a task, in 64 hexadecimal digits."""
    sha = hashlib.sha256(f"{generator}\n{len(given)}\n".encode())
    sha.update(given.encode())
    sha.update(answer.encode())
    return sha.hexdigest()
