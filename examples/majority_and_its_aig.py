"""One majority gate beside the and-inverter graph of the same function."""

import tempfile
from pathlib import Path

import tcsim as tc

b = tc.Builder()
b.output("vote", tc.majority(b.inputs("x", 101)))
gate = b.build()

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "vote.aig"
    tc.write(gate, path)  # AIGER knows two-input ANDs alone: the gate becomes an adder tree
    graph = tc.read(path)

batch = [[(i * k) % 7 < 4 for i in range(101)] for k in range(1000)]
assert (gate(batch) == graph(batch)).all()
for name, circuit in {"one gate": gate, "and-inverter graph": graph}.items():
    print(f"{name:20} depth {circuit.depth:3}  size {circuit.size:4}  edges {circuit.edges}")
