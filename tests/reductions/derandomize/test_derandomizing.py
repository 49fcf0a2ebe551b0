"""The front door, and the command: every way in, and what they refuse."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tcsim as tc
from reductions.derandomize import (
    Alphabet,
    SamplerDecider,
    VoteDefeatedError,
    circuit_decider,
    derandomize,
    pose,
)
from tcsim.cli import main
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import truth_table
from tests.reductions.derandomize.deciders import equality, fingerprint, from_table


@settings(max_examples=20)
@given(st.lists(st.integers(0, 1), min_size=16, max_size=16), st.integers(0, 3), st.data())
def test_every_random_decider_below_one_half(right, noise, data):
    """A decider of 4 inputs and 8 seeds, at most `noise` of which are wrong on each input."""
    wrong = np.zeros((8, 16), int)
    for r in range(16):
        for s in data.draw(st.sets(st.integers(0, 7), max_size=noise)):
            wrong[s, r] = 1
    made = derandomize(from_table(wrong ^ np.array(right)), right)
    assert truth_table(made.circuit)[:, 0].tolist() == right
    assert made.margins.error <= Fraction(noise, 8)
    assert made.found.k == len(made.seeds)


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=4, max_size=4))
def test_what_is_refused_cannot_be_done(wrong):
    rows = np.array(wrong)
    assume((rows.sum(axis=0) >= 2).any())
    with pytest.raises(VoteDefeatedError) as caught:
        derandomize(from_table(rows), np.zeros(4, int), method="random")
    number = sum(bit << i for i, bit in enumerate(caught.value.witness))
    assert rows[:, number].sum() >= 2


def test_seed_inputs_by_name():
    b = tc.Builder()
    b.inputs("s", 2), b.input("s2"), b.input("coin"), b.inputs("x", 1)
    b.output("y", b.constant(0))
    circuit = b.build()
    assert circuit_decider(circuit).seed_names == ("s[0]", "s[1]")
    assert circuit_decider(circuit, "s").seed_names == ("s[0]", "s[1]")
    assert circuit_decider(circuit, "s*").seed_names == ("s[0]", "s[1]", "s2")
    assert circuit_decider(circuit, ["coin", "s[1]"]).seed_names == ("coin", "s[1]")
    assert circuit_decider(circuit, ["coin"]).inputs == ("s[0]", "s[1]", "s2", "x[0]")


def test_pools():
    circuit = fingerprint(3)
    every = circuit_decider(circuit)
    assert sorted(every.seeds) == sorted({tuple(s >> i & 1 for i in range(6)) for s in range(64)})
    some = circuit_decider(circuit, pool=10, seed=4)
    assert len(set(some.seeds)) == 10
    assert some.seeds == circuit_decider(circuit, pool=10, seed=4).seeds != every.seeds[:10]
    assert circuit_decider(circuit, pool=[(0,) * 6]).seeds == ((0,) * 6,)


def test_a_given_number_of_seeds_and_methods():
    for method in ("random", "greedy", "weights", "exact"):
        made = derandomize(fingerprint(3), equality(3), method=method, k=21)
        assert made.found.method == method
        assert len(made.seeds) == 21 or method in ("weights", "exact")
    assert derandomize(fingerprint(3), equality(3), method="exact").found.least > 1


def test_drawn_without_a_table():
    made = derandomize(fingerprint(4), equality(4), method="random", error="1/4")
    assert (made.found, made.margins) == (None, None)
    assert len(made.seeds) == 45  # 8 ln 2 / (2 / 16) = 44.4
    three = Alphabet.binary(3)
    with pytest.raises(LimitError, match="smaller pool"):
        derandomize(fingerprint(14), equality(14))
    assert three.width == 2


def test_a_sampler_that_its_circuits_do_not_follow():
    def sample(seed, batch):
        return batch[:, :1]

    def build(seed):
        b = tc.Builder()
        b.output("y", ~b.input("x"))
        return b.build()

    decider = SamplerDecider(sample, ("x",), ("y",), (0,), build)
    with pytest.raises(ArgumentError, match="do not compute what the decider answers"):
        derandomize(decider, [0, 1])
    with pytest.raises(ArgumentError, match="give build="):
        derandomize(SamplerDecider(sample, ("x",), ("y",), (0,)), [0, 1])
    other = SamplerDecider(sample, ("x",), ("z",), (0,), build)
    with pytest.raises(ArgumentError, match="other inputs or outputs"):
        derandomize(other, [0, 1])
    broken = SamplerDecider(lambda s, x: x[:, 0] * 2, ("x",), ("y",), (0,), build)
    with pytest.raises(ArgumentError, match="sampler's answer for seed 0 is not 0/1"):
        derandomize(broken, [0, 1])


def test_bad_arguments():
    f, g = fingerprint(2), equality(2)
    for call, word in (
        (lambda: derandomize(f, g, seed_inputs="t[*]"), r"no input is called 't\[\*\]'"),
        (lambda: derandomize(f, g, pool=0), "pool is 0"),
        (lambda: derandomize(f, g, pool=[]), "the pool of seeds is empty"),
        (lambda: derandomize(f, g, pool=[(0, 1)]), "is not 4 bits"),
        (lambda: derandomize(f, g, k=0), "k is 0"),
        (lambda: derandomize(f, g, inputs=Alphabet.one_hot(3)), "no whole number of tokens"),
        (lambda: derandomize(f, g, tokens=Alphabet.one_hot(3)), "not spelled by the 1 outputs"),
        (lambda: derandomize(f, equality(3)), "inputs of the answers"),
        (lambda: pose(SamplerDecider(None, (), ("y",), ()), [0]), "pool of seeds is empty"),
    ):
        with pytest.raises(ArgumentError, match=word):
            call()


def test_the_error_is_pickled_whole():
    error = VoteDefeatedError("no", "tie", (1, 0))
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.reason, again.witness) == ("no", "tie", (1, 0))


# The command


def run(*words, code=0):
    result = CliRunner().invoke(main, ["derandomize", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def files(tmp_path):
    tc.write(fingerprint(3), tmp_path / "f.tc")
    tc.write(equality(3), tmp_path / "g.tc")
    return tmp_path


def test_from_files_to_a_certificate(files):
    vote, certificate = files / "vote.tc", files / "cert.json"
    words = [files / "f.tc", "--answers", files / "g.tc", "--seed-inputs", "s[*]", "-k", "auto"]
    out = run(*words, "-o", vote, "--certificate", certificate)
    assert "right on every one of the 64 inputs" in out
    assert tc.equivalent(tc.read(vote), equality(3))
    assert run("check", certificate).startswith("holds: The vote is right")
    data = json.loads(run("vote", *words, "--json", "--method", "exact"))
    assert data["schema"] == "reductions.derandomize.vote/1"
    assert data["depth"]["total"] <= data["depth"]["copies"] + 1
    assert (data["scope"], data["strings"], data["error"]) == ("exhaustive", 64, "1/4")
    only = files / "only.tc"
    run(*words, "-o", only)
    assert tc.read(only) == tc.read(vote)
    sampled = json.loads(run(*words, "--sampled", 100, "--confidence", "0.9", "--json"))
    assert (sampled["scope"], sampled["strings"]) == ("sampled", 100)
    assert Fraction(sampled["upper"]) < Fraction(1, 40)


def test_tables_tokens_and_resuming(files):
    answers = files / "answers.hex"
    bits = sum((x & 7 == x >> 3) << x for x in range(64))
    answers.write_text(f"{bits:x}\n")
    words = [
        files / "f.tc",
        "--answers",
        answers,
        "--search",
        files / "s",
        "--checkpoint",
        files / "c",
    ]
    assert run(*words) == run(*words)
    tokens = ["--input-letters", "00,10,01,11", "--output-letters", "0,1", "--json"]
    data = json.loads(run(files / "f.tc", "--answers", answers, *tokens))
    assert (data["rule"], data["strings"]) == ("plurality", 64)


def test_what_defeats_a_vote(files):
    out = run(files / "f.tc", "--answers", files / "g.tc", "-k", 1, "--json", code=3)
    data = json.loads(out)
    assert data["type"] == "VoteDefeatedError"
    assert "is defeated on the input" in data["message"]
    tc.write(tc.transform.relabel(equality(3)), files / "g.tc")
    vote = files / "vote.tc"
    run(files / "f.tc", "--answers", files / "g.tc", "-o", vote, "--certificate", files / "c.json")
    data = json.loads((files / "c.json").read_text())
    data["vote"]["seeds"] = ["000000"] * data["vote"]["k"]
    (files / "c.json").write_text(json.dumps(data))
    assert "DOES NOT HOLD" in run("check", files / "c.json", code=1)
    assert json.loads(run("check", files / "c.json", "--json", code=1))["holds"] is False


def test_methods_and_bounds(files):
    out = run("methods", files / "f.tc", "--answers", files / "g.tc", "--method", "greedy")
    assert "bound: majority, exact tail" in out
    data = json.loads(run("methods", files / "f.tc", "--answers", files / "g.tc", "--json"))
    least = [row["k"] for row in data["methods"] if row["method"] == "exact"]
    assert all(row["k"] >= least[0] for row in data["methods"])
    assert data["error"] == "1/4"
    text = run("bounds", "--tokens", 3, "--length", 6, "--error", "1/14", "--gap", "1/2")
    assert "lacks the factor n" in text
    data = json.loads(run("bounds", "--tokens", 3, "--length", 6, "--error", "1/14", "--json"))
    assert [row["k"] for row in data["bounds"]] == [3, 18, 7, 4]
    data = json.loads(run("odds", 0.4, 0.3, 0.3, "-k", 401, "--json"))
    assert data["majority"] == pytest.approx(2.578e-5, rel=1e-3)
    assert "0.983612" in run("odds", 0.4, 0.3, 0.3, "-k", 401)


def test_wrong_usage(files):
    words = [files / "f.tc", "--answers", files / "g.tc"]
    for wrong in (["-k", "0"], ["-k", "many"], ["--certificate", files / "c.json"]):
        run(*words, *wrong, code=2)
    run("bounds", "--length", 3, code=2)
    run("bounds", "--length", 3, "--error", "1/2", code=3)
    run(files / "none.tc", "--answers", files / "g.tc", code=3)
    run(*words, "--confidence", "x", code=3)
    run("check", files / "none.json", code=3)
    assert "Commands:" in run("--help")


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from tcsim.cli import main\n"
        "try: main(['derandomize', '--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'numba', 'sympy', 'hypothesis', 'ortools'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
