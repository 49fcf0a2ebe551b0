"""Threshold gates in safetensors: `<gate>.weight`, `<gate>.bias`, `<gate>.inputs`.

A gate fires iff ``weight . inputs + bias >= 0``, so its threshold is ``-bias``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from tcsim.circuit import FALSE
from tcsim.errors import ArgumentError, MissingExtraError, ParseError
from tcsim.formats.limits import excerpt
from tcsim.formats.netlist import Netlist
from tcsim.formats.signals import Names, gate_terms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.assembly import Assembly

SCHEMA = "tcsim.safetensors/1"
_PURPOSE = "a .safetensors file"
_PARTS = ("weight", "bias", "inputs")
_DTYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?",
}  # fmt: skip
_INDEX = re.compile(r"0|[1-9][0-9]{0,17}").fullmatch
_EXACT_FLOAT = 2**24
"""float32 holds all integers up to this."""


def write_safetensors(circuit: Circuit) -> bytes:
    """Write one weight vector, bias and vector of signal ids per gate.

    Metadata: ``format``, ``signal_registry`` (ids 0 and 1 are the constants, then inputs, then
    gates), ``outputs``. Weights are float32 where that is exact, else int64.

    Args:
        circuit: a circuit whose weights and thresholds fit int64.

    Raises:
        ArgumentError: a weight or threshold is beyond int64.
        LimitError: the gates have too many operands to list.
        MissingExtraError: the package safetensors is not installed.
    """
    try:
        from safetensors import numpy as tensors_of_numpy
    except ImportError as error:
        raise MissingExtraError("safetensors", "safetensors", _PURPOSE) from error
    names = Names(r"^[$#=]|[\x00-\x1f\x7f\ud800-\udfff]")
    registry = {0: "#0", 1: "#1"}
    registry |= {2 + i: f"${name}" for i, name in enumerate(circuit.input_names)}
    tensors: dict[str, Any] = {}
    for gate, (terms, threshold) in enumerate(gate_terms(circuit)):
        name = names.new(circuit.gate_names.get(gate, f"gate{gate}"))
        registry[2 + circuit.n_inputs + gate] = name
        tensors[f"{name}.weight"] = _tensor([weight for _, weight in terms])
        tensors[f"{name}.bias"] = _tensor([-threshold])
        tensors[f"{name}.inputs"] = np.array([2 + wire for wire, _ in terms], np.int64)
    outputs = [
        [name, wire - FALSE]
        for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True)
    ]
    metadata = {
        "format": SCHEMA,
        "signal_registry": json.dumps({str(i): name for i, name in registry.items()}),
        "outputs": json.dumps(outputs),
    }
    data: bytes = tensors_of_numpy.save(tensors, metadata)
    return data


def _tensor(values: list[int]) -> Any:  # noqa: ANN401
    largest = max(map(abs, values), default=0)
    if largest > 2**63 - 1:
        raise ArgumentError(
            "a weight or threshold is beyond int64, the largest integer of safetensors: "
            "write .tc, .npz or .json"
        )
    return np.array(values, np.float32 if largest <= _EXACT_FLOAT else np.int64)


def read_safetensors(data: bytes, path: str | None = None) -> Circuit:
    """Read the gates of a safetensors file.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: names the tensor or signal at fault.
        MissingExtraError: the package safetensors is not installed.
    """
    return _Reader(path).read(data)


class _Reader:
    def __init__(self, path: str | None) -> None:
        self.path = path
        self.gates: dict[str, dict[str, list[int]]] = {}
        self.netlist = Netlist(path)

    def fail(self, problem: str) -> NoReturn:
        raise ParseError(problem, path=self.path)

    def read(self, data: bytes) -> Circuit:
        self.tensors(data)
        metadata = self.metadata(data)
        registry = self.registry(metadata)
        for name in registry.values():
            if name.startswith("$"):
                self.netlist.add_input(name, None)
        order = {name: number for number, name in registry.items()}
        last = len(registry)
        for name in sorted(self.gates, key=lambda name: order.get(name, last)):
            operands = [self.signal(name, number, registry) for number in self.operands(name)]
            kept = [(i, each) for i, each in enumerate(operands) if each not in ("#0", "#1")]
            constant = [i for i, each in enumerate(operands) if each == "#1"]
            weight = self.part(name, "weight", len(operands))
            (bias,) = self.part(name, "bias", 1)
            threshold = -bias - sum(weight[i] for i in constant)
            detail = ([weight[i] for i, _ in kept], threshold)
            self.netlist.define(name, [each for _, each in kept], _make, detail, None)
        return self.finish(metadata, registry)

    def finish(self, metadata: dict[str, str], registry: dict[int, str]) -> Circuit:
        """The circuit with its outputs; inputs lose the ``$`` that tells them from gates."""
        names: list[str] = []
        if "outputs" in metadata:
            entries = self.json(metadata["outputs"], "outputs")
            if not isinstance(entries, list):
                self.fail("the metadata 'outputs' is no array")
            for entry in entries:
                if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)):
                    self.fail(f"the metadata 'outputs' holds {excerpt(entry)}; expected [name, id]")
                name, number = entry
                if isinstance(number, bool) or not isinstance(number, int):
                    self.fail(f"the output {excerpt(name)!r} is {excerpt(number)}, not a signal id")
                names.append(name)
                key = f"={name}"  # a name space of their own
                source = registry.get(number)
                if source is None:
                    self.fail(f"the output {excerpt(name)!r} is the unknown signal {number}")
                if source in ("#0", "#1"):
                    self.netlist.define(key, (), _constant, int(source[1]), None)
                else:
                    self.netlist.define(key, (source,), _same, None, None)
                self.netlist.add_output(key, None)
        else:
            read = {each for one in self.netlist.definitions.values() for each in one.operands}
            for name in self.gates:
                if name not in read:
                    names.append(name)
                    self.netlist.add_output(name, None)
        circuit = self.netlist.build()
        inputs = [name[1:] for name in circuit.input_names]
        taken = set(inputs)
        return circuit.replace(
            input_names=inputs,
            output_names=names,
            gate_names={g: name for g, name in circuit.gate_names.items() if name not in taken},
        )

    # Tensors -------------------------------------------------------------------------------------

    def tensors(self, data: bytes) -> None:
        """The integers of each gate's tensors."""
        try:
            import safetensors
        except ImportError as error:
            raise MissingExtraError("safetensors", "safetensors", _PURPOSE) from error
        try:
            deserialize: Any = safetensors.deserialize  # has no types
            found = deserialize(data)
        except safetensors.SafetensorError as error:
            self.fail(f"not safetensors: {excerpt(str(error), 120)}")
        for name, view in found:
            gate, dot, part = name.rpartition(".")
            if part not in _PARTS or (dot and not gate) or gate.startswith(("$", "#", "=")):
                expected = "<gate>.weight, <gate>.bias or <gate>.inputs"
                self.fail(f"the tensor {excerpt(name)!r} is none of {expected}")
            self.gates.setdefault(gate, {})[part] = self.integers(name, view)

    def integers(self, name: str, view: dict[str, Any]) -> list[int]:
        shape, dtype = view["shape"], view["dtype"]
        if sum(length != 1 for length in shape) > 1:
            self.fail(f"the tensor {excerpt(name)!r} has the shape {shape}; expected a vector")
        if dtype == "BF16":  # the upper half of a float32
            halves = np.frombuffer(view["data"], "<u2").astype(np.uint32) << 16
            values = halves.view(np.float32)
        elif dtype in _DTYPES:
            values = np.frombuffer(view["data"], _DTYPES[dtype])
        else:
            self.fail(f"the tensor {excerpt(name)!r} holds {dtype}; expected integers or floats")
        if values.dtype.kind == "f":
            bad = ~np.isfinite(values) | (np.trunc(values) != values)
            if bad.any():
                value = values[int(np.argmax(bad))]
                self.fail(f"the tensor {excerpt(name)!r} holds {value}, which is no integer")
        return [int(value) for value in values.tolist()]

    def part(self, gate: str, part: str, count: int) -> list[int]:
        """A tensor of a gate, of the length that it must have."""
        values = self.gates[gate].get(part)
        if values is None:
            self.fail(f"the gate {excerpt(gate)!r} has no {part!r}")
        if len(values) != count:
            problem = f"the gate {excerpt(gate)!r} has {len(values)} numbers as {part!r}"
            self.fail(f"{problem}; expected {count}")
        return values

    # Signals -------------------------------------------------------------------------------------

    def metadata(self, data: bytes) -> dict[str, str]:
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        found: dict[str, str] = header.get("__metadata__") or {}
        return found

    def json(self, text: str, key: str) -> Any:  # noqa: ANN401
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            self.fail(f"the metadata {key!r} is not JSON: {excerpt(str(error), 80)}")

    def registry(self, metadata: dict[str, str]) -> dict[int, str]:
        """Names by signal id."""
        if "signal_registry" not in metadata:
            return self.lone_gate()
        entries = self.json(metadata["signal_registry"], "signal_registry")
        if not isinstance(entries, dict):
            self.fail("the metadata 'signal_registry' is no object")
        names: dict[int, str] = {}
        for number, name in entries.items():
            if not _INDEX(number) or not isinstance(name, str):
                found = f"{excerpt(number)!r}: {excerpt(name)}"
                self.fail(f"the signal registry holds {found}; expected '<id>': '<name>'")
            names[int(number)] = name
        return dict(sorted(names.items()))

    def lone_gate(self) -> dict[int, str]:
        """Without a registry: a single gate that reads all inputs."""
        if len(self.gates) != 1:
            self.fail("the metadata has no 'signal_registry', and the file more than one gate")
        ((name, parts),) = self.gates.items()
        if "inputs" in parts:
            self.fail("the metadata has no 'signal_registry', which explains 'inputs'")
        count = len(parts.get("weight", []))
        parts["inputs"] = list(range(count))
        if not name:
            self.gates = {"gate": parts}
        return {i: f"$x[{i}]" for i in range(count)}

    def operands(self, gate: str) -> list[int]:
        if "inputs" not in self.gates[gate]:
            self.fail(f"the gate {excerpt(gate)!r} has no 'inputs'")
        return self.gates[gate]["inputs"]

    def signal(self, gate: str, number: int, registry: dict[int, str]) -> str:
        """The signal of an id; names of gates may be relative to the gate that reads them."""
        name = registry.get(number)
        if name is None:
            self.fail(f"the gate {excerpt(gate)!r} reads the unknown signal {number}")
        if name.startswith(("$", "#")):
            if name[0] == "#" and name not in ("#0", "#1"):
                self.fail(f"the constant {excerpt(name)!r} is neither '#0' nor '#1'")
            return name
        prefix = gate
        while name not in self.gates and prefix:
            prefix = prefix.rpartition(".")[0]
            inner = f"{prefix}.{name}" if prefix else name
            if inner in self.gates:
                return inner
        return name


def _make(assembly: Assembly, literals: list[int], detail: tuple[list[int], int]) -> int:
    weights, threshold = detail
    return assembly.gate(zip(literals, weights, strict=True), threshold)


def _constant(assembly: Assembly, literals: list[int], value: int) -> int:  # noqa: ARG001
    return value


def _same(assembly: Assembly, literals: list[int], detail: None) -> int:  # noqa: ARG001
    return literals[0]
