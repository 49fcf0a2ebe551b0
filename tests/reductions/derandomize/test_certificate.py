"""Certificates: written, read, tampered with; checked by tcsim and by a program that imports none.

Everything that the independent program refuses, ours refuses, and the other way round.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from reductions.derandomize import (
    Alphabet,
    SamplerDecider,
    VoteDefeatedError,
    check_certificate,
    derandomize,
)
from tcsim.errors import ArgumentError, ParseError, TcsimError
from tests.reductions.derandomize.deciders import equality, fingerprint

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def independent():
    """The function ``check`` of the example, loaded as the file that it is."""
    file = EXAMPLES / "check_vote_certificate.py"
    assert "import tcsim" not in file.read_text()
    assert "import reductions" not in file.read_text()
    spec = importlib.util.spec_from_file_location("check_vote_certificate", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.check


def noisy_sum(alphabet):
    """Tokens (a + b) mod 3 of two tokens; some seeds add 1 to it on some inputs."""
    b = tc.Builder()
    x, s = b.inputs("x", 4), b.inputs("s", 3)
    token = [[x[2 * p] & ~x[2 * p + 1], ~x[2 * p] & x[2 * p + 1]] for p in range(2)]
    total = token[0][0] + 2 * token[0][1] + token[1][0] + 2 * token[1][1]
    shifted = total + (tc.all(s) & x[0])
    values = [tc.any([tc.equal(shifted, v), tc.equal(shifted, v + 3)]) for v in range(3)]
    b.output("t", values if alphabet.is_one_hot else [values[1], values[2]])
    return b.build()


TERNARY = Alphabet.binary(3)


def make(kind):
    """One of each kind of certificate."""
    if kind == "circuit":
        return derandomize(fingerprint(4), equality(4))
    if kind == "table":
        return derandomize(fingerprint(2), lambda x: (x[:, :2] == x[:, 2:]).all(axis=1))
    if kind == "sampled":
        return derandomize(
            fingerprint(10, 3),
            equality(10),
            method="random",
            error="1/8",
            pool=99,
            scope="sampled",
            samples=1000,
        )
    if kind == "sampled tokens":
        return derandomize(
            noisy_sum(TERNARY),
            derandomized(TERNARY),
            inputs=TERNARY,
            tokens=TERNARY,
            scope="sampled",
            samples=100,
        )
    if kind == "sampler":
        source = fingerprint(2)
        decider = SamplerDecider(
            lambda seed, x: source(np.concatenate([x, np.tile(seed, (len(x), 1))], axis=1)),
            source.input_names[:4],
            ("equal",),
            ((0, 1, 1, 1), (1, 0, 0, 1), (1, 1, 0, 1)),
            lambda seed: tc.transform.restrict(
                source, {f"s[{i}]": bit for i, bit in enumerate(seed)}
            ),
        )
        return derandomize(decider, equality(2))
    alphabet = Alphabet.one_hot(3) if kind == "one-hot" else TERNARY
    return derandomize(
        noisy_sum(alphabet), derandomized(alphabet), inputs=TERNARY, tokens=alphabet, k=3
    )


def derandomized(alphabet):
    """The right sums."""
    seeds = {"s[0]": 0, "s[1]": 0, "s[2]": 0}
    return tc.transform.restrict(noisy_sum(alphabet), seeds)


KINDS = ["circuit", "table", "sampled", "sampled tokens", "sampler", "one-hot", "plurality"]


@pytest.mark.parametrize("kind", KINDS)
def test_both_programs_accept(kind, tmp_path, independent, capsys):
    made = make(kind)
    data = made.save(tmp_path / "vote.tc", tmp_path / "c.json")
    assert json.loads((tmp_path / "c.json").read_text()) == data
    assert check_certificate(tmp_path / "c.json") == made.verification
    independent(tmp_path / "c.json")
    assert f"{made.verification.strings:,} inputs" in capsys.readouterr().out
    assert (data["decider"] is None) == (kind == "sampler")
    assert data["answers"]["kind"] == ("table" if kind == "table" else "circuit")


def rewrite(folder, entry, content):
    """Put another content in a file, and its digest in the certificate."""
    data = json.loads((folder / "c.json").read_text())
    (folder / data[entry]["file"]).write_bytes(content)
    data[entry]["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "c.json").write_text(json.dumps(data))


def edit(folder, change):
    data = json.loads((folder / "c.json").read_text())
    change(data)
    (folder / "c.json").write_text(json.dumps(data))


def refused_by_both(folder, independent, error):
    with pytest.raises(error):
        check_certificate(folder / "c.json")
    with pytest.raises((AssertionError, ValueError, KeyError, OSError, TypeError)):
        independent(folder / "c.json")


@pytest.fixture
def folder(tmp_path):
    make("circuit").save(tmp_path / "vote.tc", tmp_path / "c.json")
    return tmp_path


def test_other_files_are_refused(folder, independent):
    for name in ("vote.tc", "c.answers.tc", "c.decider.tc"):
        text = (folder / name).read_text()
        (folder / name).write_text(f"{text}# changed\n")
        refused_by_both(folder, independent, ArgumentError)
        (folder / name).unlink()
        refused_by_both(folder, independent, TcsimError)
        (folder / name).write_text(text)
    check_certificate(folder / "c.json")


def test_a_wrong_circuit_is_refused(folder, independent):
    """A vote with a flaw on one input, under a certificate with its digest."""
    vote = tc.read(folder / "vote.tc")
    b = tc.Builder()
    x = [b.input(name) for name in vote.input_names]
    flaw = tc.all([w if i % 3 else ~w for i, w in enumerate(x)])
    copy = tc.transform.rebuild.Copy(vote, b)
    copy.signals |= dict(enumerate(x))
    copy.add_gates()
    b.output("equal", copy.outputs()["equal"] ^ flaw)
    tc.write(b.build(), folder / "wrong.tc")
    rewrite(folder, "vote", (folder / "wrong.tc").read_bytes())
    refused_by_both(folder, independent, VoteDefeatedError)


def test_seeds_that_lose_are_refused(folder, independent):
    def change(data):
        data["vote"]["seeds"] = ["0" * 8] * data["vote"]["k"]

    edit(folder, change)
    refused_by_both(folder, independent, VoteDefeatedError)


def test_claims_that_are_too_large(folder, independent):
    for change in (
        lambda d: d.update(strings=512),
        lambda d: d["domain"].update(count=512),
        lambda d: d["domain"].update(length=9),
        lambda d: d["vote"].update(k=1),
        lambda d: d.update(schema="another"),
        lambda d: d.pop("vote"),
        lambda d: d["domain"].update(letters=["0", "0"]),
    ):
        before = (folder / "c.json").read_text()
        edit(folder, change)
        refused_by_both(folder, independent, (ArgumentError, ParseError))
        (folder / "c.json").write_text(before)
    edit(folder, lambda d: d.update(statement="Proven."))
    with pytest.raises(ArgumentError, match="the certificate says"):
        check_certificate(folder / "c.json")


def test_a_limit_that_is_too_small(tmp_path, independent):
    make("sampled").save(tmp_path / "vote.tc", tmp_path / "c.json")
    edit(tmp_path, lambda d: d["sampled"].update(upper="1/1000000"))
    with pytest.raises(AssertionError, match="upper"):
        independent(tmp_path / "c.json")
    with pytest.raises(ArgumentError, match="upper"):
        check_certificate(tmp_path / "c.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_no_certificate(tmp_path, text):
    (tmp_path / "c.json").write_text(text)
    with pytest.raises(ParseError, match=r"c\.json"):
        check_certificate(tmp_path / "c.json")


def test_names(tmp_path, folder):
    made = make("circuit")
    with pytest.raises(ArgumentError, match=r"\.tc file"):
        made.save(tmp_path / "vote.aig", tmp_path / "c.json")
    other = tmp_path / "deep" / "er"
    other.mkdir(parents=True)
    made.save(tmp_path / "vote.tc", other / "c.json")
    assert check_certificate(other / "c.json") == made.verification


def test_another_build_of_the_same_vote_holds(folder):
    """The circuit need not be gate for gate what would be built today."""
    vote = tc.read(folder / "vote.tc")
    tc.write(tc.transform.bounded_fanin(vote), folder / "other.tc")
    rewrite(folder, "vote", (folder / "other.tc").read_bytes())
    other = tc.read(folder / "other.tc")

    def change(data):
        data["vote"]["size"] = other.size
        data["vote"]["depth"]["total"] = other.depth

    edit(folder, change)
    assert check_certificate(folder / "c.json").scope == "exhaustive"


def test_the_shipped_certificate(tmp_path, independent):
    shutil.copytree(EXAMPLES / "vote", tmp_path / "vote")
    independent(tmp_path / "vote" / "certificate.json")
    assert check_certificate(tmp_path / "vote" / "certificate.json").strings == 1024
