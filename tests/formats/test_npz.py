"""`.npz`: nothing is lost, NumPy reads it, broken and hostile archives are refused by member."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ParseError
from tcsim.formats.npz import read_npz, write_npz
from tcsim.formats.npz.layout import MEMBERS


def majority() -> Circuit:
    b = tc.Builder()
    b.output("vote", tc.sum(b.inputs("x", 3)) >= 2)
    return b.build()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def array(values: Any, dtype: Any = np.int64) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(values, dtype))
    return buffer.getvalue()


def text(value: object) -> bytes:
    return array(np.frombuffer(json.dumps(value).encode(), np.uint8), np.uint8)


def changed(**members: bytes | None) -> bytes:
    """The archive of `majority` with members replaced, added or (None) left out."""
    content: dict[str, bytes | None] = {**unpacked(write_npz(majority()))}
    content |= {f"{name}.npy": value for name, value in members.items()}
    return packed({name: value for name, value in content.items() if value is not None})


def refusal(data: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        read_npz(data, "some.npz")
    assert str(caught.value) == f"some.npz: {caught.value.problem}"
    assert len(caught.value.problem) < 250
    return caught.value.problem


@given(data=st.data())
def test_what_is_written_is_read_again(data, any_circuits) -> None:
    circuit = data.draw(any_circuits)
    content = write_npz(circuit)
    assert read_npz(content) == circuit
    assert write_npz(circuit.replace()) == content


def test_numpy_reads_it() -> None:
    with np.load(io.BytesIO(write_npz(majority())), allow_pickle=False) as arrays:
        assert set(arrays) == set(MEMBERS)
        assert arrays["form_operand"].tolist() == [0, 1, 2]
        assert arrays["form_operand"].dtype == np.int8
        assert arrays["gate_threshold"].tolist() == [2]
        assert json.loads(arrays["names"].tobytes())["inputs"] == ["x[0]", "x[1]", "x[2]"]


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64])
def test_what_numpy_writes_is_read(save, dtype) -> None:
    with np.load(io.BytesIO(write_npz(majority()))) as arrays:
        members = {k: v if v.dtype == np.uint8 else v.astype(dtype) for k, v in arrays.items()}
    buffer = io.BytesIO()
    save(buffer, **members)
    assert read_npz(buffer.getvalue()) == majority()


WIDTHS = [127, 128, 2**15, 2**31 - 1, 2**31, 2**63 - 1, 2**63, -(2**63), 1 << 9999]


@pytest.mark.parametrize("last", WIDTHS, ids=lambda last: f"{last % 10}-{last.bit_length()}")
def test_weights_of_every_width(last: int) -> None:
    circuit = majority().replace(form_weight=[1, -1, last], gate_threshold=[-last])
    assert read_npz(write_npz(circuit)) == circuit


def test_regular_circuits_are_no_bombs(monkeypatch) -> None:
    """Equal gates deflate a thousand times; what is written stays within what is read."""

    def limit(file_bytes: int) -> int:
        return 4_000 + 10 * file_bytes

    for module in ("writer", "archive"):
        monkeypatch.setattr(f"tcsim.formats.npz.{module}.most_bytes", limit)
    circuit = majority()
    circuit = circuit.replace(
        gate_form=[0] * 100_000, gate_threshold=[2] * 100_000, gate_scope=None
    )
    content = write_npz(circuit)
    assert len(content) > 300_000
    assert read_npz(content) == circuit
    assert "may unpack to" in refusal(packed(unpacked(content), zipfile.ZIP_DEFLATED))


HEADER = b"\x93NUMPY\x01\x00v\x00{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"


def header(
    descr: str = "<i8", fortran: str = "False", shape: str = "1,", content: bytes = bytes(8)
) -> bytes:
    start = (HEADER % (descr.encode(), fortran.encode(), shape.encode())).ljust(127) + b"\n"
    return start + content


NAMES = {"inputs": ["a", "b", "c"], "outputs": ["v"], "scopes": [""], "gates": {}, "forms": {}}
BIG: dict[str, Any] = {"form_weight": {}, "gate_threshold": {}}
DEEP = np.frombuffer(b"[" * 100_000, np.uint8)

BROKEN: dict[str, tuple[dict[str, bytes | None], str]] = {
    "missing": ({"gate_form": None}, "member gate_form is missing"),
    "unknown": (
        {"extra": array([1])},
        "member extra.npy is not one of a circuit; these are version",
    ),
    "version 2": ({"version": array([2])}, "member version is [2]; this reader knows [1]"),
    "no version": ({"version": array([])}, "member version is []; this reader knows [1]"),
    "text": ({"gate_form": b"1 2 3"}, "gate_form is no array of NumPy: it starts with b'1 2 3'"),
    "empty": ({"gate_form": b""}, "member gate_form is no array of NumPy: it starts with b''"),
    "format 9": ({"gate_form": b"\x93NUMPY\x09\x00" + bytes(99)}, "gate_form is no array of NumPy"),
    "objects": ({"gate_form": header("|O")}, "member gate_form has the header {'descr': '|O'"),
    "pickle": ({"gate_form": header("O")}, "expected plain integers, one dimension"),
    "floats": (
        {"gate_form": header("<f8")},
        "gate_form has the type <f8; expected |i1, <i2, <i4 or",
    ),
    "unsigned": ({"gate_form": header("<u8")}, "member gate_form has the type <u8"),
    "big end": ({"gate_form": header(">i8")}, "member gate_form has the type >i8"),
    "names as integers": ({"names": array([1])}, "member names has the type <i8; expected |u1"),
    "integers as text": ({"gate_form": text([0])}, "member gate_form has the type |u1"),
    "scalar": ({"version": array(1)}, "member version must have one dimension, in C order"),
    "table": ({"version": array([[1]])}, "member version has the header {'descr'"),
    "Fortran": ({"version": header(fortran="True")}, "version must have one dimension, in C order"),
    "code": ({"version": header(shape="__import__('os'),")}, "version has the header"),
    "short": ({"version": header(shape="2,")}, "announces 16 bytes of <i8; it has 8"),
    "long": ({"version": header(content=bytes(9))}, "announces 8 bytes of <i8; it has 9"),
    "huge": ({"version": header(shape="999999999999,")}, "announces 7,999,999,999,992 bytes"),
    "header cut": ({"version": header()[:60]}, "member version has the header"),
    "not JSON": ({"names": array(list(b"{"), np.uint8)}, "member names is not JSON"),
    "not UTF-8": ({"names": array([0xFF], np.uint8)}, "member names is not JSON"),
    "deep JSON": ({"names": array(DEEP, np.uint8)}, "member names is not JSON"),
    "list": (
        {"names": text([])},
        "member names must be a JSON object with the keys inputs, outputs",
    ),
    "keys": (
        {"names": text({**NAMES, "x": 1})},
        "member names must be a JSON object with the keys",
    ),
    "no list": (
        {"names": text({**NAMES, "inputs": 3})},
        "names holds a int as inputs; expected a list",
    ),
    "no name": ({"names": text({**NAMES, "inputs": ["a", 1, "c"]})}, "names inputs: found a int;"),
    "no table": (
        {"names": text({**NAMES, "gates": []})},
        "names holds a list as gates; expected an",
    ),
    "no number": (
        {"names": text({**NAMES, "gates": {"x": "y"}})},
        "gates: found the key x; expected a",
    ),
    "sign": (
        {"names": text({**NAMES, "gates": {"-1": "y"}})},
        "gates: found the key -1; expected a",
    ),
    "no string": (
        {"names": text({**NAMES, "gates": {"0": 1}})},
        "gates: found a int; expected a str",
    ),
    "no gate": (
        {"names": text({**NAMES, "gates": {"9": "y"}})},
        "the name 'y' is given to gate 9 of 1",
    ),
    "few names": ({"names": text({**NAMES, "inputs": ["a"]})}, "the arrays describe no circuit: "),
    "same names": (
        {"names": text({**NAMES, "inputs": ["a", "a", "b"]})},
        "two inputs are named 'a'",
    ),
    "no big": ({"big": text({})}, "member big must be a JSON object with the keys form_weight"),
    "big place": (
        {"big": text({**BIG, "form_weight": {"0": "0x1ffffffffffffffff"}})},
        "member big form_weight: its positions are not those that hold -2**63",
    ),
    "unmarked": (
        {"form_weight": array([1, -(2**63), 1])},
        "form_weight: its positions are not those",
    ),
    "big decimal": (
        {"big": text({**BIG, "form_weight": {"0": "12"}})},
        "form_weight: found 12; expected",
    ),
    "big number": (
        {"big": text({**BIG, "form_weight": {"0": 12}})},
        "form_weight: found a int; expected",
    ),
    "small big": ({"big": text({**BIG, "form_weight": {"0": "0xff"}})}, "0xff fits 64 bits"),
    "start": (
        {"form_start": array([0, 2**62])},
        "describe no circuit: form_start must run from 0 to 3",
    ),
    "wrapping": (
        {"form_start": array([0, 2**62, -(2**62), 3])},
        "describe no circuit: form 1 ends",
    ),
    "least": ({"form_start": array([0, -(2**63), 3])}, "describe no circuit: form_start[1] is"),
    "operands": ({"form_operand": array([2, 1, 0])}, "form 0: operand 1 follows 2"),
    "cycle": ({"form_operand": array([0, 1, 3])}, "reads gate 0, which comes at or after the gate"),
    "form": ({"gate_form": array([7])}, "describe no circuit: gate 0 uses form 7"),
    "output": ({"output_wire": array([2**62])}, "describe no circuit: output 0 is wire"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_members(name: str) -> None:
    members, message = BROKEN[name]
    assert message in refusal(changed(**members))


def test_no_archive() -> None:
    content = write_npz(majority())
    assert refusal(b"").startswith("no readable zip archive")
    assert refusal(b"tcsim 1").startswith("no readable zip archive")
    assert refusal(content[:-30]).startswith("no readable zip archive")
    assert refusal(packed({})) == "member version is missing"
    assert refusal(packed({"a\nb": b""})).startswith(r"member 'a\nb' is not one of a circuit")


def test_a_flipped_byte_is_found() -> None:
    content = bytearray(packed(unpacked(write_npz(majority()))))
    content[content.index(b"x[1]")] ^= 1
    assert "member names cannot be unpacked: Bad CRC-32" in refusal(bytes(content))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_may_not_be_there_twice() -> None:
    buffer = io.BytesIO(write_npz(majority()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("gate_form.npy", array([0]))
    assert refusal(buffer.getvalue()) == "member gate_form is there twice"


def test_only_plain_compression() -> None:
    members = unpacked(write_npz(majority()))
    message = "member version has compression method 12; expected 0 or 8"
    assert refusal(packed(members, zipfile.ZIP_BZIP2)) == message
    content = bytearray(packed(members))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == "member version is encrypted"


def test_a_bomb_is_not_unpacked() -> None:
    """A hundred thousand bytes that unpack to a hundred million; nor is an announced petabyte."""
    members = unpacked(write_npz(majority()))
    members["gate_form.npy"] = array(np.zeros(100_000_000, np.int8), np.int8)
    bomb = packed(members, zipfile.ZIP_DEFLATED)
    lie = bytearray(packed(unpacked(write_npz(majority()))))
    place = lie.index(b"PK\x01\x02") + 24
    lie[place : place + 4] = (0xFFFFFFF0).to_bytes(4, "little")
    tracemalloc.start()
    assert refusal(bomb).startswith("member gate_form announces 100,000,128 bytes, all members")
    assert refusal(bytes(lie)).startswith(
        "member version announces 4,294,967,280 bytes, all members"
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
