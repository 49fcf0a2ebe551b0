"""The binary part of the hostile corpus: safetensors, binary AIGER, NumPy archives."""

from __future__ import annotations

import io
import json
import struct
import zipfile


def safetensors(
    tensors: dict[str, tuple[str, list[int], bytes]], metadata: dict[str, str]
) -> bytes:
    """A file by hand: 8 bytes of length, the header, the data."""
    header: dict[str, object] = {"__metadata__": metadata}
    data = b""
    for name, (dtype, shape, content) in tensors.items():
        offsets = [len(data), len(data) + len(content)]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": offsets}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def safetensors_files() -> dict[str, bytes]:
    def floats(*values: float) -> tuple[str, list[int], bytes]:
        return "F64", [len(values)], struct.pack(f"<{len(values)}d", *values)

    def ids(*values: int) -> tuple[str, list[int], bytes]:
        return "I64", [len(values)], struct.pack(f"<{len(values)}q", *values)

    registry = {"0": "#0", "1": "#1", "2": "$a", "3": "$b", "4": "g"}
    good = {"g.weight": floats(1, 1), "g.bias": floats(-2), "g.inputs": ids(2, 3)}

    def tensors(**changes: object) -> bytes:
        merged = {**good, **{f"g.{key}": value for key, value in changes.items()}}
        kept = {key: value for key, value in merged.items() if value is not None}
        return safetensors(kept, {"signal_registry": json.dumps(registry)})  # type: ignore[arg-type]

    def signals(text: str, **more: str) -> bytes:
        return safetensors(good, {"signal_registry": text, **more})

    def raw(header: str, data: bytes = b"") -> bytes:
        return struct.pack("<Q", len(header)) + header.encode() + data

    whole = tensors()
    entry = '{"g.weight": {"dtype": "F32", "shape": [%s], "data_offsets": [0, %s]}}'
    all_signals = json.dumps(registry)
    return {
        "empty": b"",
        "text-instead": b"hello world, this is no tensor\n",
        "header-of-2-to-63-bytes": struct.pack("<Q", 2**63) + b"{}",
        "header-longer-than-the-file": struct.pack("<Q", 1000) + b"{}",
        "header-not-json": raw("hello   "),
        "header-an-array": raw("[1, 2]  "),
        "header-cut-off": whole[:30],
        "data-cut-off": whole[:-3],
        "data-too-long": whole + b"\x00" * 8,
        "shape-of-10-to-12": raw(entry % ("1000000000000", "4000000000000")),
        "shape-of-2-to-63": raw(entry % (2**63, 8), b"\x00" * 8),
        "offsets-outside": raw(entry % ("2", "800"), b"\x00" * 8),
        "dtype-unknown": raw(
            '{"g.weight":{"dtype":"F3","shape":[1],"data_offsets":[0,4]}}', b"1234"
        ),
        "no-registry": safetensors({**good, "h.weight": floats(1), "h.bias": floats(1)}, {}),
        "inputs-without-a-registry": safetensors(good, {}),
        "registry-not-json": signals("{hello"),
        "registry-an-array": signals("[1, 2]"),
        "registry-nested-deep": signals("[" * 20_000),
        "registry-id-a-word": signals(json.dumps({**registry, "five": "$c"})),
        "registry-id-negative": signals(json.dumps({**registry, "-1": "$c"})),
        "registry-name-a-number": signals(json.dumps({**registry, "5": 5})),
        "registry-input-twice": signals(json.dumps({**registry, "3": "$a"})),
        "registry-constant-2": signals(json.dumps({**registry, "3": "#2"})),
        "registry-gate-missing": signals(json.dumps({**registry, "3": "h"})),
        "signal-unknown": tensors(inputs=ids(2, 9)),
        "signal-negative": tensors(inputs=ids(2, -1)),
        "signal-a-fraction": tensors(inputs=floats(2, 2.5)),
        "gate-reads-itself": tensors(inputs=ids(2, 4)),
        "weight-a-fraction": tensors(weight=floats(1, 0.5)),
        "weight-nan": tensors(weight=floats(1, float("nan"))),
        "weight-infinite": tensors(weight=floats(1, float("inf"))),
        "weight-missing": tensors(weight=None),
        "bias-missing": tensors(bias=None),
        "inputs-missing": tensors(inputs=None),
        "weight-too-short": tensors(weight=floats(1)),
        "weight-too-long": tensors(weight=floats(1, 1, 1)),
        "weight-a-matrix": tensors(weight=("F64", [2, 2], struct.pack("<4d", 1, 1, 1, 1))),
        "bias-of-two": tensors(bias=floats(1, 1)),
        "bias-empty": tensors(bias=floats()),
        "tensor-of-another-kind": tensors(color=floats(1)),
        "tensor-without-a-gate": safetensors({".weight": floats(1)}, {}),
        "outputs-not-json": signals(all_signals, outputs="["),
        "outputs-a-number": signals(all_signals, outputs="1"),
        "output-unknown": signals(all_signals, outputs='[["f", 9]]'),
        "output-without-an-id": signals(all_signals, outputs='[["f"]]'),
        "output-id-a-fraction": signals(all_signals, outputs='[["f", 4.5]]'),
        "output-twice": signals(all_signals, outputs='[["f", 4], ["f", 4]]'),
    }


def aig() -> dict[str, bytes]:
    return {
        "empty": b"",
        "text-instead": b"hello world\n",
        "header-alone": b"aig",
        "header-of-10-to-12-ands": b"aig 1000000000000 0 0 0 1000000000000\n",
        "header-of-10-to-12-inputs": b"aig 1000000000000 1000000000000 0 0 0\n",
        "header-does-not-add-up": b"aig 9 2 0 1 1\n6\n\x02\x02",
        "latch": b"aig 2 1 1 1 0\n2\n4\n",
        "cut-before-the-ands": b"aig 3 2 0 1 1\n6\n",
        "cut-in-an-and": b"aig 3 2 0 1 1\n6\n\x02",
        "cut-in-a-number": b"aig 3 2 0 1 1\n6\n\x82",
        "cut-in-the-outputs": b"aig 3 2 0 2 1\n6\n",
        "difference-too-large": b"aig 3 2 0 1 1\n6\n\x7f\x02",
        "difference-zero": b"aig 3 2 0 1 1\n6\n\x00\x02",
        "second-difference-too-large": b"aig 3 2 0 1 1\n6\n\x02\x7f",
        "number-without-end": b"aig 3 2 0 1 1\n6\n" + b"\xff" * 5000,
        "output-beyond-the-maximum": b"aig 3 2 0 1 1\n99\n\x02\x02",
        "output-a-word": b"aig 3 2 0 1 1\nsix\n\x02\x02",
    }


def npz() -> dict[str, bytes]:
    def array(values: list[int], text: str = "'<i8'", shape: str | None = None) -> bytes:
        extent = f"({len(values)},)" if shape is None else shape
        head = f"{{'descr': {text}, 'fortran_order': False, 'shape': {extent}, }}"
        head += " " * (-(len(head) + 11) % 64) + "\n"
        start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode()
        return start + struct.pack(f"<{len(values)}q", *values)

    def bytes_array(data: bytes) -> bytes:
        head = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({len(data)},), }}"
        head += " " * (-(len(head) + 11) % 64) + "\n"
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + data

    names = {"inputs": ["a", "b"], "outputs": ["f"], "scopes": [""], "gates": {}, "forms": {}}
    good = {
        "version": array([1]),
        "form_start": array([0, 2]),
        "form_operand": array([0, 1]),
        "form_weight": array([1, 1]),
        "gate_form": array([0]),
        "gate_threshold": array([2]),
        "gate_scope": array([0]),
        "output_wire": array([2]),
        "names": bytes_array(json.dumps(names).encode()),
        "big": bytes_array(b'{"form_weight": {}, "gate_threshold": {}}'),
    }

    def archive(**changes: bytes | None) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, content in {**good, **changes}.items():
                if content is not None:
                    info = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
                    file.writestr(info, content)
        return buffer.getvalue()

    whole = archive()
    return {
        "empty": b"",
        "text-instead": b"hello world\n",
        "cut-off": whole[: len(whole) // 2],
        "start-alone": b"PK\x03\x04",
        "no-members": b"PK\x05\x06" + b"\x00" * 18,
        "member-missing": archive(gate_form=None),
        "member-unknown": archive(color=array([1])),
        "member-not-an-array": archive(gate_form=b"hello"),
        "member-pickled": archive(gate_form=array([0], "'|O'")),
        "member-of-floats": archive(gate_form=array([0], "'<f8'")),
        "member-a-matrix": archive(gate_form=array([0], shape="(1, 1)")),
        "member-of-10-to-12": archive(gate_form=array([0], shape="(1000000000000,)")),
        "member-negative-shape": archive(gate_form=array([0], shape="(-1,)")),
        "member-cut-off": archive(gate_form=array([0])[:-4]),
        "version-2": archive(version=array([2])),
        "operand-unknown": archive(form_operand=array([0, 9])),
        "operand-the-gate-itself": archive(form_operand=array([0, 2])),
        "operand-of-2-to-62": archive(form_operand=array([0, 2**62])),
        "form-start-decreasing": archive(form_start=array([2, 0])),
        "form-start-huge": archive(form_start=array([0, 2**62])),
        "gate-of-no-form": archive(gate_form=array([5])),
        "weights-too-few": archive(form_weight=array([1])),
        "output-unknown": archive(output_wire=array([7])),
        "names-not-json": archive(names=bytes_array(b"hello")),
        "names-twice": archive(
            names=bytes_array(json.dumps({**names, "inputs": ["a", "a"]}).encode())
        ),
        "big-unknown-position": archive(
            big=bytes_array(b'{"form_weight": {"9": "0x1"}, "gate_threshold": {}}')
        ),
    }
