"""Read an AIGER file and print its measures in every basis."""

import sys
from pathlib import Path

import tcsim as tc
from tcsim import measure

default = Path(__file__).resolve().parents[1] / "tests" / "data" / "epfl" / "adder.aig"
circuit = tc.read(sys.argv[1] if len(sys.argv) > 1 else default)

print(circuit)
for name, basis in measure.BASES.items():
    found = basis(circuit)
    print(f"{name:10} depth {found.depth:4}  width {found.width:4}  size {found.size:5}")
for count in (1, 8, 64):
    plan = measure.processors(circuit, count)
    print(f"{count:3} processors: {plan.steps:4} steps (Brent: {plan.lower} to {plan.upper})")
