"""The trained model: its meaning, the vote on all of its prefixes, and the certificate."""

import copy
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from reductions.derandomize import VoteDefeatedError, check_certificate
from reductions.derandomize.diffusion import majority, toy
from reductions.derandomize.diffusion.curve import shares, vote_errors
from reductions.derandomize.diffusion.demonstration import demonstrate
from reductions.derandomize.diffusion.report import facts, growth, sizes, steps_depth, text
from reductions.derandomize.diffusion.shipped import (
    PLACE,
    laws,
    model_of,
    pool,
    read,
    right_tokens,
    shipped,
)
from tcsim.errors import ArgumentError
from tests.reductions.diffusion.oracle import network_score, run

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def demo():
    return demonstrate(shipped(), right_tokens, pool=pool())


def test_a_sample_is_what_plain_python_computes() -> None:
    model = shipped()
    rng = np.random.default_rng(3)
    prefixes = rng.integers(0, 3, (6, 10))
    draws = model.draws([4, 11])
    found = model.states(model.conditions(prefixes), draws)
    for prefix, states in zip(prefixes.tolist(), found.tolist(), strict=True):
        score = network_score(model.score, prefix)
        for state, one in zip(states, draws, strict=True):
            assert state == run(model.schedule, model.numbers, one[:, 0].tolist(), score)


def test_the_case_is_not_trivial(demo) -> None:
    domain = demo.made.domain
    assert domain.count == 3**10
    assert demo.decider.model.schedule.steps >= 16
    assert 0.1 <= demo.error <= 0.45
    assert not demo.single
    assert min(demo.mistakes) > 0
    assert len(demo.mistakes) == len(pool())
    assert demo.made.found.k > 1
    assert demo.margins.gap > 0
    assert demo.safe > 0.85


def test_the_vote_is_right_on_every_prefix(demo) -> None:
    """By the network and by its circuit, against a count in plain Python."""
    prefixes = np.array(list(product(range(3), repeat=10)))
    counts = np.stack([(prefixes == token).sum(1) for token in range(3)], axis=1)
    right = [max(range(3), key=lambda token, row=row: row[token]) for row in counts.tolist()]
    model = demo.decider.model
    network = model.network(model.draws(demo.made.seeds))
    assert network(prefixes).tolist() == right
    bits = network.encode(prefixes)
    said = demo.made.circuit(bits)
    assert said.argmax(axis=1).tolist() == right
    assert (said.sum(axis=1) == 1).all()


def test_each_seed_s_circuit_is_its_samples(demo) -> None:
    rng = np.random.default_rng(5)
    prefixes = rng.integers(0, 3, (300, 10))
    said = demo.decider.every(prefixes)
    bits = demo.decider.model.prefix.encode(prefixes)
    for number in (0, 7):
        found = demo.decider.circuit(number)(bits).argmax(axis=1)
        assert found.tolist() == said[:, number].tolist()


def test_depth_and_size(demo) -> None:
    model = demo.decider.model
    per_step, literal = steps_depth(model)
    assert (per_step, literal) == (2, 2 * model.schedule.steps)
    assert demo.made.circuit.depth == 2 + literal + 2
    found = sizes(model, [3, 5])
    for k, (depth, size) in found.items():
        network = model.network(model.draws(range(k)))
        circuit = tc.networks.compile(network, share=False, fold=False)
        assert (circuit.depth, circuit.size) == (depth, size)


def test_growth_with_n() -> None:
    record = read(PLACE)
    rows = growth(lambda n: model_of({**record, "length": n}), (4, 8, 16), "1/4")
    assert len({row.depth for row in rows}) == 1
    assert [row.k for row in rows] == [163, 304, 585]  # 2 (n ln 3 + ln 2) / eps^2
    sizes_ = [row.size for row in rows]
    assert sizes_ == sorted(sizes_)


def test_the_curve_is_that_of_the_pool(demo) -> None:
    kinds, many = shares(demo.margins)
    assert (kinds.sum(axis=1) == len(pool())).all()
    assert many.sum() == 3**10
    one, three = vote_errors(demo.margins, [1, 3])
    assert one.worst == pytest.approx(float(demo.error))
    assert one.mistakes == pytest.approx(sum(demo.mistakes) / len(pool()))
    assert three.worst <= three.plurality
    assert three.worst < one.worst


def recheck(demo, folder) -> None:
    demo.save(folder / "vote.tc", folder / "certificate.json")
    found = check_certificate(folder / "certificate.json")
    assert found.strings == demo.made.domain.count
    script = ROOT / "examples" / "check_vote_certificate.py"
    command = [sys.executable, "-I", str(script), str(folder / "certificate.json")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    answers = folder / "certificate.answers.hex"
    lines = answers.read_text()
    answers.write_text(("0" if lines[0] != "0" else "1") + lines[1:])
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_certificate_is_checked_by_another_program(tmp_path) -> None:
    """Here of a model with exact scores on prefixes of 5 bits."""
    small = demonstrate(toy(majority(5)), lambda x: majority(5)(x)[:, 0], pool=range(40))
    recheck(small, tmp_path)


@pytest.mark.slow
def test_certificate_of_all_prefixes(demo, tmp_path) -> None:
    recheck(demo, tmp_path)


def test_report(demo) -> None:
    found = facts(demo, (1, 3))
    assert json.loads(json.dumps(found)) == found
    assert found["levels_per_step"] == 2
    shown = text(found)
    assert "no seed alone is right" in shown
    assert f"{min(demo.mistakes):,} prefixes" in shown
    assert "P not in NC/poly" in shown


def test_answers_that_no_seed_gets_right() -> None:
    with pytest.raises(VoteDefeatedError, match=r"gap|no seed") as failure:
        demonstrate(shipped(), lambda x: (right_tokens(x) + 1) % 3, pool=range(20))
    assert len(failure.value.witness) == 20


def test_a_pool_too_small() -> None:
    with pytest.raises(VoteDefeatedError) as failure:
        demonstrate(shipped(), right_tokens, pool=pool()[:1])
    assert failure.value.witness
    with pytest.raises(ArgumentError, match="pool of seeds is empty"):
        demonstrate(shipped(), right_tokens, pool=())
    with pytest.raises(ArgumentError, match="twice"):
        demonstrate(shipped(), right_tokens, pool=(1, 1))


def test_file(tmp_path) -> None:
    record = read(PLACE)
    assert PLACE.stat().st_size < 100_000
    assert len(laws(record)) == 6
    assert max(law.first_moment for law in laws(record)) <= 1
    for change in ("betas", "weights_of_score", "numbers", "regions", "length"):
        broken = copy.deepcopy(record)
        del broken[change]
        with pytest.raises(ArgumentError, match="cannot be used"):
            model_of(broken)
    broken = copy.deepcopy(record)
    broken["weights_of_score"]["skip"] = broken["weights_of_score"]["skip"][:-1]
    with pytest.raises(ArgumentError, match="skip of a score network has shape"):
        model_of(broken)
    path = tmp_path / "model.json"
    path.write_text("[]")
    with pytest.raises(ArgumentError, match="holds no object"):
        read(path)
    path.write_text("{")
    with pytest.raises(ArgumentError, match="no file of a diffusion model"):
        read(path)
