"""The hostile corpus: each file is refused by name and place, quickly, without much memory."""

from __future__ import annotations

import importlib.util
import re
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import tcsim as tc
from tcsim.errors import ParseError
from tcsim.formats import formats

FOLDER = Path(__file__).resolve().parents[1] / "data" / "hostile"
FILES = sorted(path.name for path in FOLDER.iterdir())
MOST_SECONDS = 0.2
MOST_MEMORY = 32 << 20
NEED_NO_PLACE = {"json", "safetensors", "npz"}
"""Formats without lines, or whose entries are named instead."""


@pytest.fixture(scope="module")
def maker() -> Any:
    spec = importlib.util.spec_from_file_location(
        "make_hostile", Path(__file__).parent / "make_hostile.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_corpus_is_what_its_script_makes(maker: Any) -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == maker.corpus()


def test_the_corpus_covers_every_reader() -> None:
    assert len(FILES) >= 200
    suffixes = [suffix for entry in formats() if entry.reader for suffix in entry.suffixes]
    for suffix in suffixes:
        assert sum(name.endswith(suffix) for name in FILES) >= 15


@pytest.mark.parametrize("name", FILES)
def test_refused(name: str) -> None:
    path = FOLDER / name
    if name.endswith(".safetensors"):
        pytest.importorskip("safetensors", reason="needs safetensors: pip install '.[test]'")
    seconds = []
    for _ in range(3):  # the first may load the reader, another may be interrupted
        begin = time.perf_counter()
        with pytest.raises(ParseError) as caught:
            tc.read(path)
        seconds.append(time.perf_counter() - begin)
        if seconds[-1] < MOST_SECONDS:
            break
    message = str(caught.value)
    assert message.startswith(str(path))
    assert len(message) < len(str(path)) + 300
    assert message.isprintable()
    if name.rpartition(".")[2] not in NEED_NO_PLACE:
        assert re.match(r", (line|byte) \d+: ", message.removeprefix(str(path)))
    assert min(seconds) < MOST_SECONDS


def test_memory() -> None:
    """No file of the corpus makes its reader allocate for what it announces."""
    for name in FILES:
        tracemalloc.start()
        with pytest.raises(ParseError):
            tc.read(FOLDER / name)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MOST_MEMORY, name
