"""Sums per scope, against the gates of each scope taken by themselves."""

from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.measure import scope_measures
from tcsim.strategies import circuits
from tests.measure.oracle import flatten

NAMED = circuits(size=(0, 9), weights=(-4, 4), names=st.text("abc", min_size=1, max_size=3))
BIG = circuits(weights=(-(2**70), 2**70), names=st.text("abc", min_size=1, max_size=3))


@given(NAMED | BIG)
def test_scopes(circuit):
    flat, levels = flatten(circuit), flatten(circuit).levels()
    scopes = [circuit.scope_names[i] for i in circuit.gate_scope]
    path = [step.gate for step in circuit.critical_path()]
    expected = []
    for name in circuit.scope_names:
        inside = [
            gate
            for gate, scope in enumerate(scopes)
            if not name or scope == name or scope.startswith(name + "/")
        ]
        if not inside:
            continue
        at = [levels[gate] for gate in inside]
        terms = [flat.gates[gate][0] for gate in inside]
        shared = [gate for gate in path if gate in inside]
        expected.append(
            {
                "path": name,
                "size": len(inside),
                "edges": sum(len(t) for t in terms),
                "wires": sum(abs(w) for t in terms for w in t.values()),
                "first_level": min(at),
                "last_level": max(at),
                "width": max(at.count(level) for level in at),
                "path_gates": len(shared),
                "path_share": len(shared) / len(path) if path else 0.0,
            }
        )
    assert [vars(found) for found in scope_measures(circuit)] == expected


def test_a_scope_without_its_parent_and_a_longer_name_with_the_same_start():
    builder = tc.Builder()
    x = builder.inputs("x", 3)
    with builder.scope("layer/one"):
        first = builder.gate(x[0] & x[1])
    with builder.scope("layer1"):
        second = builder.gate(first & x[2])
    builder.output("y", second)
    found = {scope.path: scope for scope in scope_measures(builder.build())}
    assert list(found) == ["", "layer/one", "layer1"]
    assert found[""].size == 2
    assert found["layer/one"].size == 1
    assert found["layer1"].path_share == 0.5
