"""Files that are broken at random: nothing but TcsimError leaves a reader, memory is bounded.

A file that can still be read is a circuit like any other: it is written and read again.
"""

from __future__ import annotations

import io
import random
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, TcsimError
from tcsim.formats import registry

NAMES = tuple(entry.name for entry in registry.BUILT_IN if entry.reader)
MOST_BYTES = 8_000  # a change seldom hits what matters in a larger file
MOST_MEMORY = 400 << 20
"""A small file may announce 2**20 inputs, or arrays of 64 MiB; a reader works on a few copies."""

NUMBERS = (
    *(0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 4095, 65535, 99999),
    *(2**31 - 1, 2**31, 2**32, 10**12, 2**62, 2**63 - 1, 2**63, 2**64, 10**18, 10**30, 10**700),
)
BYTES = b'\x00\x01\x7f\x80\xff\n\r\t "%#*+-=>0129[]aciotx\\'
TEXT = """tcsim 1
input x[3]
input "a b"
form s = x[0] + 2*x[1] - 0*x[2]   # shared
form %f = s - "a b"
scope layer1/neuron0
g = s >= 2
%1 = -3*%f + 0x1ffffffffffffffffffff*g >= -4
scope
h = g + %1 - x[2] >= 1
none = 0 >= 1
output h
output y = %1
output one = 1
"""
WRITTEN_BY_HAND = {
    "tc": TEXT,
    "blif": r"""
.model m
.inputs a b \
 c
.outputs f g
.names a b c n # table
11- 1
--0 1
.names n f
0 1
.names a n g
00 0
.end
""",
    "bench": """# a file
INPUT(a)
INPUT(b)
OUTPUT(f)
f = XOR(a, g, b)
g = NOR(a, one)
one = vdd
""",
    "th": """a title
.model m
.input 1 2
.output 4
.threshold 3 4
-1 0
.threshold 1 2 3
1 2 2
""",
    "verilog": r"""
module m(input [1:0] a, input b, output y, z);
  wire w; // net
  nand g1 (w, a[0], b);
  assign y = (w ^ a[1]) ? ~b : 1'b1 & w, z = \n+1 ;
  not (\n+1 , y);
endmodule
""",
}


@cache
def originals(name: str) -> list[bytes]:
    """Good files of a format."""
    rich = tc.read(io.StringIO(TEXT))
    b = tc.Builder()
    x = b.inputs("x", 4)
    plain = [x[0] & x[1], x[1] | ~x[2], (x[0] ^ x[3]) & x[2]]
    b.output("y", [*plain, ~plain[0], ~x[0]])
    circuits: list[Circuit] = [rich, b.build(), tc.Builder().build()]
    files = []
    for circuit in circuits:
        with suppress(ArgumentError):  # an integer that the format cannot hold
            files.append(registry.find(name).write(circuit))
    if name in WRITTEN_BY_HAND:
        files.append(WRITTEN_BY_HAND[name].encode())
    return [data for data in files if len(data) < MOST_BYTES]


def mutate(rng: random.Random, data: bytes) -> bytes:
    """A few small changes, of bytes, lines and numbers."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(CHANGES)(rng, data)
    return data


def flip(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, max(len(data) - 1, 0))
    return (
        data[:at]
        + bytes(byte ^ 1 << rng.randint(0, 7) for byte in data[at : at + 1])
        + data[at + 1 :]
    )


def put(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return (
        data[:at] + bytes(rng.choices(BYTES, k=rng.randint(1, 3))) + data[at + rng.randint(0, 2) :]
    )


def truncate(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] if rng.random() < 0.7 else data[at:]


def move(rng: random.Random, data: bytes) -> bytes:
    """Copy, cut or repeat a part."""
    start, stop, to = sorted(rng.randint(0, len(data)) for _ in range(3))
    part = data[start:stop] * rng.choice([0, 1, 1, 2, 50])
    return rng.choice(
        [data[:start] + data[stop:to] + part + data[to:], data[:to] + part + data[to:]]
    )


def shuffle_lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def edit_number(rng: random.Random, data: bytes) -> bytes:
    found = list(re.finditer(rb"[0-9]+", data))
    if not found:
        return data
    number = rng.choice(found)
    value = rng.choice(NUMBERS) if rng.random() < 0.5 else int(number[0][:20]) + rng.randint(-2, 2)
    return data[: number.start()] + str(value).encode() + data[number.end() :]


def edit_member(rng: random.Random, data: bytes) -> bytes:
    """Change a member of an archive that stays whole; other files, bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - zipfile and its decompressors raise all sorts
        return put(rng, data)
    if not members:
        return data
    name = rng.choice(sorted(members))
    content = members[name]
    head = content[:128] if rng.random() < 0.8 else b""
    changed = rng.choice([flip, put, edit_number, move])(rng, content[len(head) :])
    members[name] = head + changed[: len(content) - len(head)].ljust(len(content) - len(head), b" ")
    if rng.random() < 0.1:
        del members[name]
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    ) as archive:
        for member, value in members.items():
            archive.writestr(member, value)
    return buffer.getvalue()


CHANGES = (flip, put, truncate, move, shuffle_lines, edit_number, edit_number, edit_member)


def check(name: str, data: bytes) -> bool:
    """Read a file that may be broken; whether it could be read."""
    message = ""
    try:
        circuit = tc.read(io.BytesIO(data), name)
    except TcsimError as error:
        message = str(error)
    if message:
        assert len(message) < 400
        return False
    for whole in ("tc", "npz"):
        assert tc.read(io.BytesIO(registry.find(whole).write(circuit))) == circuit
    return True


@pytest.fixture
def bounded_memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(original=st.integers(0, 3), seed=st.integers(0, 2**64))
def test_broken_at_random(name: str, original: int, seed: int, bounded_memory) -> None:
    files = originals(name)
    check(name, mutate(random.Random(seed), files[original % len(files)]))


@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=40))
def test_anything_behind_a_good_start(name: str, data: bytes, bounded_memory) -> None:
    start = {
        "blif": b".model m\n.inputs a b\n.outputs f\n.names a b f\n",
        "bench": b"INPUT(a)\nOUTPUT(f)\nf = AND(a",
        "th": b".inputs a b\n.outputs f\n.threshold a b f\n1 1",
        "verilog": b"module m(a, f); input a; output f; assign f = ",
        "json": b'{"schema": "tcsim.circuit/1", "inputs": ["a"], "forms": [',
        "safetensors": b"\x10" + bytes(7),
        "tc": b"tcsim 1\ninput x[2]\n",
        "npz": b"PK\x03\x04",
        "aag": b"aag 3 2 0 1 1\n2\n4\n6\n",
        "aig": b"aig 3 2 0 1 1\n6\n",
    }
    check(name, data)
    check(name, start[name] + data)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_broken_at_random_100_000_times(name: str) -> None:  # memory: above
    rng = random.Random(name)
    files = originals(name)
    read = sum(check(name, mutate(rng, rng.choice(files))) for _ in range(100_000))
    assert 800 < read < 96_000  # the changes are neither all harmless nor all fatal
