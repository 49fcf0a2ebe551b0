"""`tc.read` and `tc.write`: formats are found, files appear whole, other packages add formats."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError, ParseError, TcsimError
from tcsim.formats import Format, files, formats, registry

NAMES = ("tc", "npz", "aag", "aig")
BUILT_IN = [entry.name for entry in registry.BUILT_IN]


@pytest.fixture
def circuit() -> Circuit:
    b = tc.Builder()
    x = b.inputs("x", 3)
    b.output("y", [x[0] & x[1], x[1] | ~x[2]])
    return b.build()


@pytest.fixture(autouse=True)
def no_plugins(monkeypatch):
    """No installed package takes part; a test may install some."""

    def install(*points: EntryPoint) -> None:
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
        registry._added.cache_clear()

    install()
    yield install
    registry._added.cache_clear()


def content(circuit: Circuit, name: str) -> bytes:
    return registry.find(name).write(circuit)


# Finding the format -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_by_suffix(name: str, circuit: Circuit, tmp_path: Path) -> None:
    for path in (tmp_path / f"c.{name}", str(tmp_path / f"d.{name.upper()}")):
        tc.write(circuit, path)
        assert Path(path).read_bytes() == content(circuit, name)
        assert tc.read(path) == circuit
    assert tc.read(os.fsencode(path)) == circuit


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", [".txt", "", ".tc", ".aig"])
def test_by_first_bytes(name: str, suffix: str, circuit: Circuit, tmp_path: Path) -> None:
    """What a file starts with is stronger than what it is called."""
    path = tmp_path / f"c{suffix}"
    tc.write(circuit, path, name)
    assert tc.read(path) == circuit
    with path.open("rb") as file:
        assert tc.read(file) == circuit
    assert tc.read(io.BytesIO(path.read_bytes())) == circuit


def test_a_suffix_names_the_format_of_a_broken_file(tmp_path: Path) -> None:
    for name, message in (
        ("c.tc", "line 1: the line ends; expected the header 'tcsim 1'"),
        ("c.npz", "no readable zip archive"),
        ("c.aig", "byte 0: found b''; expected 'aag ' or 'aig '"),
    ):
        path = tmp_path / name
        path.write_bytes(b"")
        with pytest.raises(ParseError) as caught:
            tc.read(path)
        assert str(caught.value).startswith(str(path))
        assert message in str(caught.value)


KNOWN = "known are tc, npz, aag, aig, json"


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 100])
def test_unknown_files(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.unknown"
    path.write_bytes(data)
    for source in (path, io.BytesIO(data)):
        with pytest.raises(ParseError, match="tells a format") as caught:
            tc.read(source)
        assert KNOWN in str(caught.value)
        assert ("is empty" if not data else f"starts with {data[:16]!r}") in str(caught.value)


def test_unknown_formats(circuit: Circuit, tmp_path: Path) -> None:
    for call in (
        lambda: tc.write(circuit, tmp_path / "c.unknown"),
        lambda: tc.write(circuit, io.BytesIO()),
        lambda: tc.write(circuit, tmp_path / "c.tc", "unknown"),
        lambda: tc.read(io.BytesIO(), "unknown"),
    ):
        with pytest.raises(ArgumentError) as caught:
            call()
        assert KNOWN in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_format_overrules(circuit: Circuit, tmp_path: Path) -> None:
    path = tmp_path / "c.aig"
    tc.write(circuit, path, "tc")
    with pytest.raises(ParseError, match="no readable zip archive"):
        tc.read(path, "npz")
    assert tc.read(path, format="tc") == circuit


# Open files ---------------------------------------------------------------------------------------


def test_open_files(circuit: Circuit, tmp_path: Path) -> None:
    text, binary = io.StringIO(), io.BytesIO()
    tc.write(circuit, text, "tc")
    tc.write(circuit, binary, "tc")
    assert text.getvalue().encode() == binary.getvalue() == content(circuit, "tc")
    text.seek(0)
    assert tc.read(text) == circuit
    for name in NAMES:
        with (tmp_path / f"c.{name}").open("w") as file:  # text, with bytes below
            tc.write(circuit, file)
        with (tmp_path / f"c.{name}").open() as file:
            assert tc.read(file) == circuit
    with (tmp_path / "d.aig").open("wb", buffering=0) as file:
        tc.write(circuit, file)
    assert tc.read(tmp_path / "d.aig") == circuit
    with pytest.raises(ArgumentError, match="this format is binary: open the file for bytes"):
        tc.write(circuit, io.StringIO(), "npz")


class Trickle(io.RawIOBase):
    """Takes and gives one byte at a time."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.data += data[:1]
        return 1

    def readinto(self, buffer) -> int:
        if not self.data:
            return 0
        buffer[:1] = bytes([self.data.pop(0)])
        return 1


@pytest.mark.parametrize("name", NAMES)
def test_files_that_take_and_give_parts(name: str, circuit: Circuit) -> None:
    file = Trickle()
    tc.write(circuit, file, name)
    assert bytes(file.data) == content(circuit, name)
    assert tc.read(Trickle(content(circuit, name))) == circuit


def test_lone_surrogates_are_refused_by_line() -> None:
    with pytest.raises(ParseError, match="line 2: found the byte 0xed; expected text in UTF-8"):
        tc.read(io.StringIO("tcsim 1\ninput \ud800"))


def test_what_is_no_file(circuit: Circuit, tmp_path: Path) -> None:
    tc.write(circuit, tmp_path / "c.tc")
    closed = (tmp_path / "c.tc").open()
    closed.close()
    for call, message in (
        (lambda: tc.read(3), "from a path or an open file, not from 3"),
        (lambda: tc.write(circuit, 3, "tc"), "to a path or an open file, not to 3"),
        (lambda: tc.read(tmp_path / "none.tc"), "none.tc: No such file or directory"),
        (lambda: tc.read(tmp_path), "Is a directory"),
        (lambda: tc.read("a\0.tc"), "null byte"),
        (lambda: tc.read(closed), "c.tc: read of closed file"),
        (lambda: tc.write(circuit, tmp_path / "no" / "c.tc"), "c.tc: No such file or directory"),
        (lambda: tc.write(circuit, tmp_path, "tc"), "Is a directory"),
        (lambda: tc.write(circuit, "a\0.tc"), "null byte"),
    ):
        with pytest.raises(ArgumentError) as caught:
            call()
        assert message in str(caught.value)


def test_endless_files_are_not_read(monkeypatch) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            buffer[:] = b"tcsim 1\n"[: len(buffer)].ljust(len(buffer), b"#")
            return len(buffer)

    monkeypatch.setattr(files, "MOST_BYTES", 1 << 26)
    with pytest.raises(LimitError, match="is larger than 67,108,864 bytes"):
        tc.read(io.BufferedReader(Endless()))
    with pytest.raises(ParseError, match="tells a format"):
        tc.read("/dev/zero")


# Files appear whole -------------------------------------------------------------------------------


def test_a_failure_leaves_what_was_there(circuit: Circuit, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "c.tc"
    path.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for place in ("pathlib.Path.replace", "shutil.copymode"):
        with monkeypatch.context() as patch:
            patch.setattr(place, fail)
            with pytest.raises(ArgumentError, match=r"cannot write .*c\.tc: No space left"):
                tc.write(circuit, path)
        assert path.read_text() == "before"
        assert [entry.name for entry in tmp_path.iterdir()] == ["c.tc"]


def test_a_circuit_that_cannot_be_written_leaves_no_file(circuit: Circuit, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="AIGER cannot hold"):
        tc.write(circuit.replace(input_names=["a", "b", "c\n"]), tmp_path / "c.aig")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_permissions_and_links_stay(circuit: Circuit, tmp_path: Path) -> None:
    path, link = tmp_path / "c.tc", tmp_path / "link.tc"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to(path)
    tc.write(circuit, link)
    assert link.is_symlink()
    assert tc.read(path) == circuit
    assert path.stat().st_mode & 0o777 == 0o640
    umask = os.umask(0o027)
    try:
        tc.write(circuit, tmp_path / "new.tc")
    finally:
        os.umask(umask)
    assert (tmp_path / "new.tc").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_devices_are_written_and_not_replaced(circuit: Circuit, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.tc"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    tc.write(circuit, pipe)
    out, _ = reader.communicate(timeout=60)
    assert out == content(circuit, "tc")
    assert pipe.is_fifo()


# Formats of other packages ------------------------------------------------------------------------

MODULE = """
from tcsim.formats import Format

count = Format("count", (".count",), (b"count ",), "counting:read", None, "a number of inputs")
keyed = Format("keyed", (".pt",), (b"PK",), "counting:read", "counting:write", "a zip of some kind")
taken = Format("tc", (".tc2",), (b"tc2",), "counting:read", None, "a name that is taken")
nothing = 3

def read(data, path):
    from tcsim import Builder
    b = Builder()
    b.inputs("x", len(data))
    return b.build()

def write(circuit):
    return bytes(circuit.n_inputs)
"""


@pytest.fixture
def counting(tmp_path: Path, monkeypatch):
    (tmp_path / "counting.py").write_text(MODULE)
    (tmp_path / "broken.py").write_text("raise RuntimeError('broken on import')")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield lambda value: EntryPoint(name="any", value=value, group=registry.ENTRY_POINTS)
    sys.modules.pop("counting", None)


def test_added_formats(counting, no_plugins, circuit: Circuit, tmp_path: Path) -> None:
    no_plugins(counting("counting:count"), counting("counting:keyed"))
    assert [entry.name for entry in formats()] == [*BUILT_IN, "count", "keyed"]
    assert tc.read(io.BytesIO(b"count 12")).n_inputs == 8
    assert tc.read(io.BytesIO(b"abc"), "count").n_inputs == 3
    path = tmp_path / "model.pt"
    tc.write(circuit, path)
    assert path.read_bytes() == bytes(3)
    # The suffix of an added format goes before the first bytes of another.
    path.write_bytes(b"PK\x03\x04")
    assert tc.read(path).n_inputs == 4
    with pytest.raises(ArgumentError, match="the format count is only read, not written"):
        tc.write(circuit, tmp_path / "c.count")
    with pytest.raises(ParseError, match=r", count, keyed; say"):
        tc.read(io.BytesIO(b"?"))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("broken:x", "broken:x cannot be loaded: RuntimeError: broken on import"),
        ("absent:x", "absent:x cannot be loaded: ModuleNotFoundError"),
        ("counting:absent", "counting:absent cannot be loaded: AttributeError"),
        ("counting:nothing", "counting:nothing is int, not a tcsim.formats.Format"),
        ("counting:taken", "counting:taken has the name 'tc' of another format"),
    ],
)
def test_an_added_format_that_fails_breaks_nothing(
    value: str, reason: str, counting, no_plugins, circuit: Circuit, tmp_path: Path
) -> None:
    no_plugins(counting(value), counting("counting:count"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # not even looked for where a format of our own fits
        tc.write(circuit, tmp_path / "c.tc")
        assert tc.read(tmp_path / "c.tc") == circuit
        assert tc.read(io.BytesIO(content(circuit, "aig"))) == circuit
    with pytest.warns(RuntimeWarning, match="a format is left out") as caught:
        assert [entry.name for entry in formats()] == [*BUILT_IN, "count"]
    assert reason in str(caught[0].message)
    assert [entry.name for entry in formats()] == [*BUILT_IN, "count"]


# Start-up -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_reading_loads_nothing_heavy(name: str, circuit: Circuit, tmp_path: Path) -> None:
    tc.write(circuit, tmp_path / f"c.{name}")
    code = (
        "import sys, tcsim; c = tcsim.read(sys.argv[1]); assert c.depth == 1\n"
        "tcsim.write(c, sys.argv[1])\n"
        "heavy = {'numba', 'sympy', 'hypothesis', 'networkx', 'importlib.metadata', 'sklearn'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / f"c.{name}"], check=True)


def test_a_million_ands_are_read_in_seconds(tmp_path: Path) -> None:
    """Cold: a new process, imports included. The limit is generous, the measured time below 1 s."""
    import numpy as np

    from tcsim.formats.aiger.writer import _encode

    n, size = 100, 1_000_000
    own = 2 * (n + 1 + np.arange(size))
    rng = np.random.default_rng(0)
    right, left = np.sort((rng.random((size, 2)) * own[:, None]).astype(np.int64), axis=1).T
    delta = np.stack((own - left, left - right), axis=1).reshape(-1)
    path = tmp_path / "million.aig"
    path.write_bytes(f"aig {n + size} {n} 0 1 {size}\n{own[-1] + 1}\n".encode() + _encode(delta))
    code = (
        "import sys, time; start = time.monotonic(); import tcsim\n"
        "c = tcsim.read(sys.argv[1]); seconds = time.monotonic() - start\n"
        "assert c.size == 1_000_000 and seconds < 5, seconds"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)


def test_errors_are_of_one_tree() -> None:
    assert issubclass(ParseError, TcsimError)
    assert isinstance(formats()[0], Format)
