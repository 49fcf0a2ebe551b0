"""The table of architectures: its networks, formulas and verdicts."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.family.formulas import formula
from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.table1 import ARCHITECTURES, table, theory, to_json
from tcsim.networks.table1.formulas import depth_formula, size_growth
from tcsim.networks.table1.text import to_text

NAMES = [one.name for one in ARCHITECTURES]
BY_NAME = dict(zip(NAMES, ARCHITECTURES, strict=True))
EXPECTED = {
    "MLP": "4",
    "CNN": "5",
    "Transformer, softmax": "13",
    "Transformer, hard": "13",
    "SSM, linear": "5",
    "SSM, selective": "12",
    "RNN": "n + 2",
    "LSTM": "4*n + 3",
    "Transformer, looped": "10*ceil(lg(n)) + 3",
    "Transformer + CoT": "13*n",
    "Diffusion, T = 4": "47",
    "Diffusion, T = n": "11*n + 3",
}
"""Worked by hand: embedding 1, pre-RMSNorm block 10, Mamba block 9, LSTM step 4 and its reading 1,
answer 2, update of a sampler 1."""


def depth(network) -> int:
    return network_cost(network, symbolic=False).total.depth


@pytest.mark.parametrize("name", NAMES)
def test_formulas_from_parts_are_those_worked_by_hand(name):
    assert depth_formula(BY_NAME[name]).text == EXPECTED[name]


@pytest.mark.parametrize("name", NAMES)
def test_formulas_predict_what_is_measured_at_other_n(name):
    architecture = BY_NAME[name]
    derived = depth_formula(architecture)
    for n in (3, 5, 6, 9, 17):
        found = depth(architecture.network(n))
        assert found == derived.value(n) == formula(derived.text).value(n)


@pytest.mark.parametrize("name", NAMES)
def test_levels_per_step_are_the_slope_of_longer_runs(name):
    architecture = BY_NAME[name]
    if architecture.per_step is None:
        assert architecture.steps == "1"
        return
    for n in (3, 6):
        runs = [depth(architecture.build(n, steps)) for steps in (2, 3, 4, 5)]
        assert set(np.diff(runs)) == {architecture.per_step(n)}
    assert isinstance(architecture.per_step(3), Fraction)


@pytest.mark.parametrize("name", NAMES)
def test_levels_of_parts_add_up(name):
    derived = depth_formula(BY_NAME[name])
    assert sum(derived.path.values()) == derived.first
    assert derived.path["answer"] == 2


@pytest.mark.parametrize("name", NAMES)
def test_circuits_equal_their_networks_and_answers_vary(name):
    """No answer is said of nearly all words, so the weights do something."""
    network = BY_NAME[name].network(5)
    code = network.inputs.code
    words = np.random.default_rng(0).integers(code.lo, code.hi + 1, (200, *network.inputs.axes))
    said = network(words)
    assert np.bincount(said.ravel()).max() < 0.9 * len(words)
    circuit = tc.networks.compile(network)
    assert (network.decode(circuit(network.encode(words))) == said).all()


@pytest.mark.parametrize("name", NAMES)
def test_answers_depend_on_the_first_and_on_the_last_token(name):
    network = BY_NAME[name].network(5)
    words = np.random.default_rng(1).integers(0, 3, (300, 5))
    for place in (0, 4):
        other = words.copy()
        other[:, place] = (other[:, place] + 1) % 3
        assert (network(words) != network(other)).any()


@pytest.mark.parametrize("name", NAMES)
def test_size_formulas_hold_at_n_that_were_not_counted(name):
    architecture = BY_NAME[name]
    found = size_growth(architecture, {})
    assert found.formula is not None
    for n in (10, 13):
        even, _, odd = found.formula.partition(" if n % 2 = 0; ")
        text = odd.removesuffix(" if n % 2 = 1") if odd and n % 2 else even
        size = network_cost(architecture.network(n), symbolic=False).total.size
        assert formula(text).value(n) == size


def test_measured_flat_and_by_formulas():
    flat = table([3, 6], architectures=ARCHITECTURES[:6])
    unbuilt = table([6, 3], flat=0, architectures=ARCHITECTURES[:6])
    for one, other in zip(flat, unbuilt, strict=True):
        assert [point.flat for point in one.measured.values()] == [True, True]
        assert [point.flat for point in other.measured.values()] == [False, False]
        assert list(other.measured) == [3, 6]
        for n in (3, 6):
            assert one.measured[n].depth == other.measured[n].depth
            assert one.measured[n].size == other.measured[n].size
        assert one.agreement == other.agreement == "consistent"
        assert one.failures == other.failures == ()


def test_what_is_proved_of_problems_is_not_compared():
    said = {one.name: one.theory.depth for one in ARCHITECTURES}
    assert [name for name, proved in said.items() if proved is None] == [
        "RNN",
        "LSTM",
        "Diffusion, T = n",
    ]
    (row,) = table([4], flat=0, architectures=[BY_NAME["RNN"]])
    assert row.agreement == "about the problem"


@pytest.mark.parametrize(
    ("name", "proved", "agreement"),
    [
        ("RNN", theory.MLP, "not consistent"),
        ("RNN", theory.LOOPED, "not consistent"),
        ("RNN", theory.THOUGHT, "consistent"),
        ("Transformer, looped", theory.SOFTMAX, "not consistent"),
        ("Transformer, looped", theory.LOOPED, "consistent"),
        ("MLP", theory.LOOPED, "consistent"),
        ("Diffusion, T = 4", theory.DIFFUSION_FIXED, "consistent"),
    ],
)
def test_deeper_than_proved_is_not_consistent(name, proved, agreement):
    (row,) = table([4, 8], flat=0, architectures=[replace(BY_NAME[name], theory=proved)])
    assert row.agreement == agreement


def test_a_wrong_formula_is_a_failure():
    """A model that takes more steps than it says."""
    rnn = BY_NAME["RNN"]
    wrong = replace(
        rnn, build=lambda n, steps: rnn.build(n, steps + (n == 8)), theory=theory.THOUGHT
    )
    (row,) = table([4, 8], architectures=[wrong])
    assert row.failures == ("depth 11 at n = 8; n + 2 is 10",)
    assert row.agreement == "not consistent"
    assert "RNN: depth 11 at n = 8; n + 2 is 10" in to_text([row])


def test_json():
    rows = table([2, 4], flat=0, architectures=ARCHITECTURES[6:8])
    data = json.loads(json.dumps(to_json(rows)))
    assert list(data) == ["schema", "rows"]
    assert data["schema"] == "tcsim.table1/1"
    first, second = data["rows"]
    assert list(first)[:3] == ["name", "depth_formula", "measured"]
    assert (first["name"], first["depth_formula"]) == ("RNN", "n + 2")
    assert first["measured"] == {"2": 4, "4": 6}
    assert second["measured"] == {"2": 11, "4": 19}
    assert second["levels_per_step"] == "4"
    assert second["size_formula"] == "54*n - 9"


def test_text_fits_a_terminal_and_says_what_it_leaves_out():
    rows = table(range(2, 14), flat=0, architectures=ARCHITECTURES[6:9])
    text = to_text(rows)
    assert max(map(len, text.splitlines())) <= 80
    assert "Not shown: n = 4, 5, 6, 7, 8, 9, 10; --json has all." in text
    assert "as for RNN." in text
    assert " TC0 " not in text.replace("TC0 = NC1", "")
    for row in rows:
        assert row.depth.text in text


def test_progress_ends_at_its_total():
    calls = []
    table([2, 3], flat=0, architectures=ARCHITECTURES[:2], progress=lambda *at: calls.append(at))
    assert calls == [(0, 6), (1, 6), (3, 6), (4, 6), (6, 6)]


@pytest.mark.parametrize("n", [[1], [0], [-4], [129], ["4"], [True], [4.0], []])
def test_bad_n_is_named(n):
    with pytest.raises(ArgumentError, match=r"n (of the table|is empty)"):
        table(n)


def test_picture(tmp_path):
    pytest.importorskip("matplotlib", reason="needs Matplotlib, of the extra plot")
    from tcsim.draw.table1 import check_picture, plot_table1

    rows = table(
        [2, 4], flat=0, architectures=[BY_NAME[one] for one in ("CNN", "SSM, linear", "RNN")]
    )
    drawing = plot_table1(rows, tmp_path / "table.svg")
    assert (tmp_path / "table.svg").read_text() == drawing.svg == plot_table1(rows).svg
    assert "CNN and SSM, linear: 5" in drawing.svg
    assert drawing.text == "Depth by n: CNN: 5; SSM, linear: 5; RNN: n + 2"
    with pytest.raises(ArgumentError, match="rows is empty"):
        plot_table1([])
    with pytest.raises(ArgumentError, match=r"\.svg or \.png"):
        check_picture("table.pdf")
