"""Rows as Parquet: one file, or a folder in the layout of Hugging Face datasets. Extra ``data``."""

from __future__ import annotations

import json
import os
import shutil
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reductions.tasks.registry import family
from reductions.tasks.row import COLUMNS
from reductions.tasks.writing import beside, named_errors, watched, whole_file
from tcsim.errors import ArgumentError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reductions.tasks.generating import Spec
    from reductions.tasks.row import Row
    from tcsim.typing import Progress, StrPath

_GROUP = 2_000
"""Rows of a row group: what is in memory at once."""

SHARD = 100_000
"""Most rows of a file of a data set."""


def write_parquet(
    rows: Iterable[Row], path: StrPath, count: int = 0, progress: Progress | None = None
) -> int:
    """Write one Parquet file, with the columns of `COLUMNS`.

    Args:
        rows: such as `rows` gives.
        path: of the file.
        count: how many there will be, for the progress function.
        progress: called as ``progress(done, count)``.

    Returns:
        How many there were.

    Raises:
        MissingExtraError: PyArrow is not installed.
        ArgumentError: the file cannot be written; what stood there before still does.
        LimitError: the rows end too early; nothing is written.
    """
    _arrow()
    with whole_file(path) as file:
        return _write(watched(rows, count, progress), file)[0]


def write_dataset(
    rows: Iterable[Row],
    folder: StrPath,
    spec: Spec,
    count: int,
    *,
    split: str = "test",
    progress: Progress | None = None,
) -> int:
    """Write a folder that ``datasets.load_dataset(folder)`` reads.

    ``data/SPLIT-00000-of-00001.parquet``, more of them beyond `SHARD` rows, and a ``README.md``
    that describes them.

    Args:
        rows: such as `rows` gives.
        folder: must not exist, or be empty.
        spec: what the rows are.
        count: how many there are.
        split: a name of letters, digits and dots.
        progress: called as ``progress(done, count)``.

    Returns:
        How many there were.

    Raises:
        MissingExtraError: PyArrow is not installed.
        ArgumentError: the folder is not empty or cannot be written, or another name of a split.
        LimitError: the rows end too early; nothing is written.
    """
    _arrow()
    if not split or not all(part.isalnum() and part.isascii() for part in split.split(".")):
        raise ArgumentError(f"split must be a name of letters, digits and dots, not {split!r}")
    with named_errors(folder):
        path = Path(os.path.realpath(folder))
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ArgumentError(f"{path} is there already: a data set needs a new, empty folder")
        unfinished = beside(path)
        try:
            (unfinished / "data").mkdir(parents=True)
            left = watched(rows, count, progress)
            shards = max(1, -(-count // SHARD))
            done = size = 0
            for shard in range(shards):
                name = f"{split}-{shard:05}-of-{shards:05}.parquet"
                with (unfinished / "data" / name).open("wb") as file:
                    written = _write(islice(left, SHARD), file)
                done, size = done + written[0], size + written[1]
            card = _card(spec, done, size, split)
            (unfinished / "README.md").write_text(card, encoding="utf-8")
            if path.exists():
                path.rmdir()
            unfinished.replace(path)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    return done


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("pyarrow", "data", "writing Parquet") from None
    return pa, pq


def _write(rows: Iterator[Row], file: IO[bytes]) -> tuple[int, int]:
    """Write all rows; how many there were, and their bytes in memory."""
    pa, pq = _arrow()
    # What the datasets library reads the types of columns from.
    features = {name: {"dtype": kind, "_type": "Value"} for name, kind in COLUMNS.items()}
    told = {"huggingface": json.dumps({"info": {"features": features}})}
    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in COLUMNS.items()], told)
    done = size = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for first in rows:
            part = [row.__dict__ for row in chain([first], islice(rows, _GROUP - 1))]
            table = pa.Table.from_pylist(part, schema)
            writer.write_table(table)
            done, size = done + len(part), size + table.nbytes
    return done, size


def _card(spec: Spec, count: int, size: int, split: str) -> str:
    """The README of a data set: a header that programs read, and words."""
    one = family(spec.name)
    columns = "".join(f"  - name: {name}\n    dtype: {kind}\n" for name, kind in COLUMNS.items())
    seed = f"{one.generator}, seed {spec.seed}"
    return f"""---
pretty_name: {spec.name}, depth {spec.depth}, width {spec.width}
configs:
- config_name: default
  data_files:
  - split: {split}
    path: data/{split}-*
dataset_info:
  features:
{columns}  splits:
  - name: {split}
    num_bytes: {size}
    num_examples: {count}
---

# {spec.name}: depth {spec.depth}, width {spec.width}, copies {spec.copies}

{one.question}

- `input`: {one.input}
- `answer`: {one.answer}
- depth: {one.depth}
- width: {one.width}
- `total_work`: {spec.total_work} {one.unit} a row
- `dependency_depth`: an upper bound on the serial depth of a row, no lower bound
- hardness of the problem: {one.hardness}; assumption: {one.assumption}
- distinct up to: {one.symmetries}
- made by: {seed}
- source: {one.reference}
"""
