"""What tests of formats share: circuits of every legal layout, and a slow evaluator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tcsim.circuit import FALSE, TRUE, Circuit

PLAIN = st.from_regex(r"\A[a-z_][a-z0-9_.]{0,3}(\[[0-9]{1,2}\]){0,2}\Z")
AWKWARD = st.sampled_from(
    [
        *("form", "input", "scope", "output", "tcsim", "%0", "%f0", "x[0]", "x[1]", "x[007]"),
        *("", "0", "1", "-a", "a+b", "a b", "x]", "#", '"', "a\\", "é"),
        *("\n", "\r", "\x00", "\x7f", "\u2028", "\ud800"),
    ]
)
ANY_NAME = PLAIN | AWKWARD | st.text(max_size=4)
LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=5)
INTEGERS = (
    st.integers(-3, 3)
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([2**63, -(2**63), 1 << 9000])
)


@st.composite
def _circuits(draw: st.DrawFn, names: st.SearchStrategy[str] = ANY_NAME) -> Circuit:
    """Any circuit: forms in any order that is legal, shared, nested, unused, empty, weighted 0."""
    n = draw(st.integers(0, 4))
    starts, operands, weights = [0], [], []
    gate_form: list[int] = []
    thresholds = []
    for _ in range(draw(st.integers(0, 8))):
        forms, gates = len(starts) - 1, len(gate_form)
        if forms and draw(st.booleans()):
            gate_form.append(draw(st.integers(0, forms - 1)))
            thresholds.append(draw(INTEGERS))
            continue
        # Forms may use wires of gates only once they are needed by none of the earlier ones.
        mine = draw(
            st.sets(st.integers(-forms, n + gates - 1), max_size=4)
            if forms + n + gates
            else st.just(set())
        )
        operands += sorted(mine)
        weights += draw(st.lists(INTEGERS, min_size=len(mine), max_size=len(mine)))
        starts.append(len(operands))
    gates, forms = len(gate_form), len(starts) - 1
    inner = draw(st.lists(names, unique=True, min_size=n, max_size=n + 4))
    places = draw(st.permutations(range(gates + forms)))
    named = dict(zip(places, inner[n:], strict=False))
    outputs = draw(st.lists(names, unique=True, max_size=3))
    scopes = ["", *draw(st.lists(ANY_NAME.filter(bool), unique=True, max_size=3))]
    return Circuit(
        input_names=inner[:n],
        form_start=starts,
        form_operand=operands,
        form_weight=weights,
        gate_form=gate_form,
        gate_threshold=thresholds,
        output_wire=[draw(st.sampled_from([FALSE, TRUE, *range(n + gates)])) for _ in outputs],
        output_names=outputs,
        gate_scope=[draw(st.integers(0, len(scopes) - 1)) for _ in range(gates)],
        scope_names=scopes,
        gate_names={place: name for place, name in named.items() if place < gates},
        form_names={place - gates: name for place, name in named.items() if place >= gates},
    )


@pytest.fixture(scope="session")
def any_circuits() -> st.SearchStrategy[Circuit]:
    """Circuits of every legal layout, with names of any text."""
    return _circuits()


@pytest.fixture(scope="session")
def line_named_circuits() -> st.SearchStrategy[Circuit]:
    """The same with names that AIGER can hold."""
    return _circuits(names=LINE)


def _evaluate(circuit: Circuit, row: Sequence[int]) -> list[int]:
    wires = list(row)
    for gate, form in enumerate(circuit.gate_form.tolist()):
        total = sum(weight * wires[wire] for wire, weight in circuit.expand(form).items())
        wires.append(int(total >= circuit.threshold(gate)))
    constants = {FALSE: 0, TRUE: 1}
    return [constants[w] if w < 0 else wires[w] for w in circuit.output_wire.tolist()]


@pytest.fixture(scope="session")
def table() -> Callable[[Circuit], list[list[int]]]:
    """The outputs on every input vector, by the definition of a gate."""

    def evaluate_all(circuit: Circuit) -> list[list[int]]:
        n = circuit.n_inputs
        return [_evaluate(circuit, [row >> i & 1 for i in range(n)]) for row in range(1 << n)]

    return evaluate_all


@pytest.fixture(scope="session")
def epfl(root: Path) -> Path:
    """The folder of EPFL benchmarks."""
    return root / "tests" / "data" / "epfl"


def _pages(root: Path, page: str, language: str) -> list[str]:
    text = (root / "docs" / "formats" / page).read_text()
    blocks = text.split(f"```{language}\n")[1:]
    return [block.partition("```")[0] for block in blocks]


@pytest.fixture(scope="session")
def examples(root: Path) -> Callable[[str, str], list[str]]:
    """The code blocks of a language on a page of the documentation of formats."""

    def blocks(page: str, language: str) -> list[str]:
        found: list[Any] = _pages(root, page, language)
        assert found
        return found

    return blocks
