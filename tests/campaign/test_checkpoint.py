"""Checkpoints: campaigns go on where they ended; of what is not theirs they make no use."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.campaign import Compare, Count, Find, Histogram, Ones, checkpoint, exhaustive, random
from tcsim.campaign.checkpoint import _canonical, _digest
from tcsim.errors import ArgumentError, ParseError, TcsimError
from tests.campaign.conftest import adder
from tests.campaign.helpers import Seen, Shuffled


class After:
    """Interrupts a campaign after so many reports of progress."""

    def __init__(self, reports: int) -> None:
        self.left = reports

    def __call__(self, done: int, total: int) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


@pytest.mark.parametrize("task", [Count(), Find(), Histogram(), Ones(), Compare()])
@pytest.mark.parametrize("workers", [1, 3])
def test_interrupted_again_and_again(task: object, workers: int, tmp_path: Path) -> None:
    """Each time another cut; the result is that of one run."""
    a, b = adder(5), adder(5, wrong=4)
    path = tmp_path / "sweep.json"
    parts = iter((64, 128, 192, 64, 320, 64, 64))
    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            exhaustive(
                a, task, against=b, checkpoint=path, part=next(parts), workers=workers,
                in_flight=workers, progress=After(1),
            )  # fmt: skip
        data = json.loads(path.read_text())
        assert [p.name for p in tmp_path.iterdir()] == ["sweep.json"]
    result = exhaustive(a, task, against=b, checkpoint=path, workers=workers)
    assert result.value == exhaustive(a, task, against=b).value
    assert data["finished"][0][0] == 0


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    with pytest.raises(KeyboardInterrupt):
        exhaustive(adder(5), Seen(), checkpoint=path, part=256, progress=After(2))
    result = exhaustive(adder(5), Seen(), checkpoint=path, part=128)
    assert [first for first, _ in result.value] == [0, 256, 512, 640, 768, 896]
    before = path.stat().st_mtime_ns
    executor = Shuffled(0)
    assert exhaustive(adder(5), Seen(), checkpoint=path, executor=executor).value == result.value
    assert executor.ran == 0
    assert path.stat().st_mtime_ns == before


@given(st.data())
@settings(max_examples=20)
def test_gaps_are_filled_in_any_order(data: st.DataObject) -> None:
    """Ranges that came out of order stay apart in the file, and are joined when it is read."""
    import tempfile

    executor = Shuffled(data.draw(st.integers(0, 99)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sweep.json"
        with pytest.raises(KeyboardInterrupt):
            exhaustive(
                adder(5), Histogram(), checkpoint=path, executor=executor, part=64, in_flight=7,
                progress=After(data.draw(st.integers(1, 2))),
            )  # fmt: skip
        result = exhaustive(adder(5), Histogram(), checkpoint=path)
    assert result.value == exhaustive(adder(5), Histogram()).value


def finished(path: Path) -> None:
    exhaustive(adder(5), Count(), checkpoint=path)


def test_another_campaign_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    finished(path)
    before = path.read_bytes()
    for run, what in [
        (lambda: exhaustive(adder(5, wrong=1), Count(), checkpoint=path), "another circuit"),
        (lambda: exhaustive(adder(5), Count(), against=adder(5), checkpoint=path), "circuit"),
        (lambda: exhaustive(adder(5), Count(), outputs="s[1]", checkpoint=path), "circuit"),
        (lambda: exhaustive(adder(5), Find(), checkpoint=path), "another task"),
        (lambda: random(adder(5), Count(), 1024, checkpoint=path), "another set of vectors"),
    ]:
        with pytest.raises(ArgumentError, match=f"sweep.json is a checkpoint of .*{what}"):
            run()
    random_path = tmp_path / "random.json"
    random(adder(5), Count(), 100, seed=1, checkpoint=random_path)
    for vectors, seed in ((101, 1), (100, 2)):
        with pytest.raises(ArgumentError, match="another set of vectors"):
            random(adder(5), Count(), vectors, seed=seed, checkpoint=random_path)
    assert path.read_bytes() == before


def test_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    finished(path)
    path.write_text(path.read_text().replace("tcsim.campaign/1", "tcsim.campaign/7"))
    with pytest.raises(ArgumentError, match=r"of the version 'tcsim.campaign/7', this is"):
        finished(path)


def test_truncations_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    finished(path)
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 5), len(whole) - 2]:
        path.write_bytes(whole[:length])
        with pytest.raises(ParseError, match="not a usable checkpoint"):
            finished(path)
    path.write_bytes(whole)
    finished(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe", b"[]", b"null", b"{}", b"[" * 100_000, b'{"schema": 3}', b"1" * 5000,
        b'{"schema": "tcsim.campaign/1", "finished": NaN}',
        b'{"schema": "tcsim.campaign/1"}',
    ],
)  # fmt: skip
def test_no_checkpoint_at_all(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    path.write_bytes(content)
    with pytest.raises(ParseError, match="not a usable checkpoint"):
        finished(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "ranges",
    [
        [[0, 2048, [1] * 6]], [[0, 100, [1] * 6]], [[64, 0, []]], [[0, 0, [0] * 6]],
        [[0, 128, [1] * 6], [64, 256, [1] * 6]], [[-64, 64, [1] * 6]], [[0, 64]], [7], 7,
        [[0, 64, [65, 0, 0, 0, 0, 0]]], [[0, 64, [1] * 5]], [[0, 64, None]], [[0.0, 64, [1] * 6]],
        [[True, 64, [1] * 6]], [["0", "64", [1] * 6]], [[0, 10**400, [1] * 6]],
    ],
)  # fmt: skip
def test_forged_ranges(ranges: object, tmp_path: Path) -> None:
    """With the right digest, but not what a campaign of 1,024 vectors and 6 outputs writes."""
    path = tmp_path / "sweep.json"
    finished(path)
    data = json.loads(path.read_text())
    del data["sha256"]
    data["finished"] = ranges
    path.write_text(_canonical({**data, "sha256": _digest(data)}))
    with pytest.raises(ParseError, match="not a usable checkpoint"):
        finished(path)


def test_forged_campaigns(tmp_path: Path) -> None:
    path = tmp_path / "sweep.json"
    finished(path)
    data = json.loads(path.read_text())
    del data["sha256"]
    for change in ({"campaign": []}, {"campaign": {}}, {"campaign": None}, {"more": 1}):
        forged = {**data, **change}
        path.write_text(_canonical({**forged, "sha256": _digest(forged)}))
        with pytest.raises((ParseError, ArgumentError)):
            finished(path)


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "folder.json"):
        with pytest.raises(TcsimError):
            finished(path)


def test_tasks_that_json_cannot_hold(tmp_path: Path) -> None:
    class Odd(Seen):
        def describe(self) -> dict[str, object]:
            return {"set": {1, 2}}

    class Bytes(Seen):
        def to_json(self, partial: object) -> object:
            return b"bytes"

    with pytest.raises(ArgumentError, match="write describe"):
        exhaustive(adder(5), Odd(), checkpoint=tmp_path / "a")
    with pytest.raises(ArgumentError, match="write to_json"):
        exhaustive(adder(5), Bytes(), checkpoint=tmp_path / "b")
    assert not list(tmp_path.iterdir())


# A shell that runs tests in the background has them ignore interrupts.
PROGRAM = """
import signal, sys
import tcsim as tc
from tcsim.campaign import Histogram, checkpoint, exhaustive
from tests.campaign.conftest import adder
signal.signal(signal.SIGINT, signal.default_int_handler)
checkpoint.INTERVAL = 0.0
def slow(done, total):
    import time
    print(done, flush=True)
    time.sleep(0.01 if done < 640 else 600)  # it is killed by then
exhaustive(adder(7), Histogram(), checkpoint=sys.argv[1], part=64, progress=slow)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_process_that_is_killed(number: int, root: Path, tmp_path: Path) -> None:
    """At any moment the file is a whole checkpoint; what it holds is taken on."""
    path = tmp_path / "sweep.json"
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)],
        cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        process.send_signal(number)
        process.wait(60)
    finally:
        process.kill()
        process.communicate()
    data = json.loads(path.read_text())
    assert 0 < data["finished"][0][1] < 2**14
    result = exhaustive(adder(7), Histogram(), checkpoint=path)
    assert result.value == exhaustive(adder(7), Histogram()).value
    if number == signal.SIGINT:
        assert [p.name for p in tmp_path.iterdir()] == ["sweep.json"]


def test_writes_are_seconds_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes = []
    save = checkpoint.save

    def counting(data: bytes, path: Path) -> None:
        writes.append(len(data))
        save(data, path)

    monkeypatch.setattr(checkpoint, "save", counting)
    exhaustive(adder(5), Count(), checkpoint=tmp_path / "sweep.json", part=64)
    assert len(writes) == 2  # the first part, and the end
