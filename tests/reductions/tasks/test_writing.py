"""Files: whole or not at all, JSON lines and Parquet with the same rows, data sets."""

from __future__ import annotations

import io
import json
import os
import re
import sys

import pyarrow.parquet as pq
import pytest

from reductions import tasks
from reductions.tasks import COLUMNS, Spec, rows
from reductions.tasks import parquet as parquet_module
from tcsim.errors import ArgumentError, MissingExtraError

SPEC = Spec("s5", 2, 1, seed=4)


def failing(count):
    yield from rows(SPEC, count)
    raise ArgumentError("no more")


def test_lines(tmp_path):
    file = tmp_path / "rows.jsonl"
    told = []
    assert tasks.write_jsonl(rows(SPEC, 250), file, 250, lambda *at: told.append(at)) == 250
    read = [json.loads(line) for line in file.read_text().splitlines()]
    assert read == [row.__dict__ for row in rows(SPEC, 250)]
    assert all(list(one) == list(COLUMNS) for one in read)
    assert told == [(100, 250), (200, 250), (250, 250)]
    memory = io.BytesIO()
    tasks.write_jsonl(rows(SPEC, 250), memory)
    assert memory.getvalue() == file.read_bytes()


@pytest.mark.parametrize("write", [tasks.write_jsonl, tasks.write_parquet])
def test_what_fails_leaves_nothing(tmp_path, write):
    file = tmp_path / "rows"
    with pytest.raises(ArgumentError, match="no more"):
        write(failing(20), file)
    assert not list(tmp_path.iterdir())
    file.write_text("old")
    with pytest.raises(ArgumentError, match="no more"):
        write(failing(20), file)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]
    write(rows(SPEC, 2), file)
    assert len(list(tmp_path.iterdir())) == 1
    assert file.read_bytes() != b"old"
    with pytest.raises(ArgumentError, match="cannot write"):
        write(rows(SPEC, 2), tmp_path / "missing" / "rows")


def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        tasks.write_jsonl(rows(SPEC, 2), pipe)
        assert os.read(reader, 1 << 16).count(b"\n") == 2
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_parquet(tmp_path):
    file = tmp_path / "rows.parquet"
    assert tasks.write_parquet(rows(SPEC, 30), file) == 30
    table = pq.read_table(file)
    assert table.to_pylist() == [row.__dict__ for row in rows(SPEC, 30)]
    assert {name: str(table.schema.field(name).type) for name in COLUMNS} == COLUMNS
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    assert features["input"] == {"dtype": "string", "_type": "Value"}


def test_a_data_set(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_module, "SHARD", 20)
    folder = tmp_path / "set"
    assert tasks.write_dataset(rows(SPEC, 50), folder, SPEC, 50, split="train") == 50
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
    shards = [f"data/train-{shard:05}-of-00003.parquet" for shard in range(3)]
    assert names == ["README.md", *shards]
    read = [row for name in shards for row in pq.read_table(folder / name).to_pylist()]
    assert read == [row.__dict__ for row in rows(SPEC, 50)]
    card = (folder / "README.md").read_text()
    assert "  - split: train\n    path: data/train-*\n" in card
    size = sum(pq.read_table(folder / name).nbytes for name in shards)
    told = int(re.search(r"num_bytes: (\d+)\n    num_examples: 50\n", card)[1])
    assert abs(told - size) < size / 10  # bytes in memory; a file read back may hold null masks
    assert card.startswith("---\n")
    with pytest.raises(ArgumentError, match="empty folder"):
        tasks.write_dataset(rows(SPEC, 5), folder, SPEC, 5)
    for split in ("", "a/b", "a-b", "."):
        with pytest.raises(ArgumentError, match="split"):
            tasks.write_dataset(rows(SPEC, 5), tmp_path / "other", SPEC, 5, split=split)
    with pytest.raises(ArgumentError, match="no more"):
        tasks.write_dataset(failing(5), tmp_path / "other", SPEC, 9)
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"tcsim\[data\]"):
        tasks.write_parquet(rows(SPEC, 1), tmp_path / "rows.parquet")
    assert not list(tmp_path.iterdir())
