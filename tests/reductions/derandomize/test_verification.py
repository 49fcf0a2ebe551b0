"""Verification: every planted mistake is found, however the work is cut; confidence limits."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from math import comb
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from reductions.derandomize import (
    Alphabet,
    Answers,
    Domain,
    VoteDefeatedError,
    lower_limit,
    upper_limit,
    verify,
)
from reductions.derandomize.answers import make_answers, table_text, table_words
from tcsim.errors import ArgumentError, LimitError, TcsimError
from tests.reductions.derandomize.deciders import equality

DOMAINS = [Domain(Alphabet(((0,), (1,))), 8), Domain(Alphabet.read(["00", "11", "10"]), 4)]


def wrong_at(bits) -> tc.Circuit:
    """Equality of four and four bits, but on one input."""
    b = tc.Builder()
    x, y = b.inputs("x", 4), b.inputs("y", 4)
    same = tc.all([~(a ^ c) for a, c in zip(x, y, strict=True)])
    here = tc.all([w if one else ~w for w, one in zip([*x, *y], bits, strict=True)])
    b.output("equal", same ^ here)
    return b.build()


@given(st.sampled_from(DOMAINS), st.data())
def test_one_wrong_input_is_found(domain, data):
    number = data.draw(st.integers(0, domain.count - 1))
    witness = domain.vector(number)
    right = equality(4)
    table = Answers(None, Answers(right, None).words(0, domain.words(0, -(-domain.count // 64))))
    for answers in (Answers(right, None), table):
        assert verify(right, answers, domain).strings == domain.count
        with pytest.raises(VoteDefeatedError, match="wrong on the input") as caught:
            verify(wrong_at(witness), answers, domain)
        assert caught.value.witness == witness


def test_inputs_that_are_no_strings_do_not_count():
    """In the second domain no token is 01, which is there the first place's bits."""
    assert verify(wrong_at((0, 1, 0, 0, 0, 0, 0, 0)), Answers(equality(4), None), DOMAINS[1])


def test_sampled():
    found = verify(
        equality(20), Answers(equality(20), None), Domain(DOMAINS[0].alphabet, 40), samples=1000
    )
    assert (found.scope, found.strings, found.seed) == ("sampled", 1000, 0)
    assert (1 - found.upper) ** 1000 <= Fraction(1, 100) < (1 - found.upper + 2**-50) ** 1000
    assert "Statistical, no proof: no mistake on 1,000 random inputs" in found.statement
    tokens = Domain(Alphabet.binary(3), 4)
    biased = verify(equality(4), Answers(equality(4), None), tokens, scope="sampled", samples=64)
    assert biased.upper > upper_limit(0, 64, Fraction(99, 100))
    always = tc.Builder()
    always.inputs("x", 40)
    always.output("equal", always.constant(1))
    with pytest.raises(VoteDefeatedError):
        verify(always.build(), Answers(equality(20), None), Domain(DOMAINS[0].alphabet, 40))


def test_resumed_and_on_workers(tmp_path):
    file, right, domain = (
        tmp_path / "done.json",
        Answers(equality(8), None),
        Domain(DOMAINS[0].alphabet, 16),
    )
    seen = []

    def interrupt(done, total):
        seen.append(done)
        if done < total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(equality(8), right, domain, checkpoint=file, progress=interrupt)
    assert 0 < seen[0] < 2**16
    assert verify(equality(8), right, domain, checkpoint=file, workers=2).strings == 2**16
    with pytest.raises(ArgumentError, match="another circuit"):
        verify(equality(4), Answers(equality(4), None), DOMAINS[0], checkpoint=file)


@pytest.mark.slow
def test_on_processes():
    domain = DOMAINS[1]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert verify(equality(4), Answers(equality(4), None), domain, executor=pool)


def test_limits():
    with pytest.raises(ArgumentError, match="the vote has 8 inputs"):
        verify(equality(4), Answers(equality(4), None), Domain(DOMAINS[0].alphabet, 9))
    wide = Domain(DOMAINS[0].alphabet, 60)
    with pytest.raises(LimitError, match="statistical statement"):
        verify(equality(30), Answers(equality(30), None), wide, scope="exhaustive")
    with pytest.raises(LimitError, match="as a circuit"):
        verify(
            equality(4),
            make_answers(np.zeros(256, int), DOMAINS[0], ("x",) * 8, ("y",)),
            DOMAINS[0],
            scope="sampled",
        )
    for bad in ({"samples": 0}, {"confidence": Fraction(1)}):
        with pytest.raises(ArgumentError):
            verify(equality(4), Answers(equality(4), None), DOMAINS[0], scope="sampled", **bad)


@given(st.integers(1, 30), st.data(), st.fractions("1/100", "99/100", max_denominator=100))
def test_clopper_pearson(draws, data, confidence):
    mistakes = data.draw(st.integers(0, draws))

    def at_most(p):
        return sum(comb(draws, i) * p**i * (1 - p) ** (draws - i) for i in range(mistakes + 1))

    upper = upper_limit(mistakes, draws, confidence)
    if mistakes < draws:
        step = Fraction(1, 2**50)
        assert at_most(upper) <= 1 - confidence
        assert upper <= step or at_most(upper - step) > 1 - confidence
    else:
        assert upper == 1
    assert lower_limit(draws - mistakes, draws, confidence) == 1 - upper


def test_limits_that_are_known():
    assert float(upper_limit(0, 299, Fraction(95, 100))) == pytest.approx(1 - 0.05 ** (1 / 299))
    assert float(upper_limit(0, 2**40, Fraction(99, 100))) == pytest.approx(4.60517 / 2**40)
    for bad in ((-1, 3, "1/2"), (4, 3, "1/2"), (0, 0, "1/2"), (0, 1, 0), (0, 1, 1)):
        with pytest.raises(ArgumentError):
            upper_limit(bad[0], bad[1], Fraction(bad[2]))


@given(st.integers(0, 5), st.integers(1, 3), st.data())
def test_answers_in_every_form(n, outputs, data):
    domain = Domain(DOMAINS[0].alphabet, n)
    rows = data.draw(
        st.lists(
            st.lists(st.integers(0, 1), min_size=outputs, max_size=outputs),
            min_size=2**n,
            max_size=2**n,
        )
    )
    names = (tuple(f"x[{i}]" for i in range(n)), tuple(f"y[{i}]" for i in range(outputs)))
    table = np.array(rows)
    by_array = make_answers(table, domain, *names)
    by_function = make_answers(lambda x: table[x @ (1 << np.arange(n))], domain, *names)
    assert by_array.digest == by_function.digest
    text = table_text(by_array.table, domain.count)
    assert (table_words(text, domain.count, outputs) == by_array.table).all()
    lines = [int(line, 16) for line in text.split()]
    assert [[line >> r & 1 for line in lines] for r in range(2**n)] == rows


def test_answers_of_a_circuit_are_put_in_order():
    b = tc.Builder()
    y, x = b.inputs("y", 1), b.inputs("x", 2)
    b.output("last", x[1] & ~y[0])
    b.output("first", x[0])
    domain = Domain(DOMAINS[0].alphabet, 3)
    made = make_answers(b.build(), domain, ("x[0]", "x[1]", "y[0]"), ("first", "last"))
    rows = domain.vectors(0, 8)
    expected = np.stack([rows[:, 0], rows[:, 1] & (1 - rows[:, 2])], 1)
    assert (made.circuit(rows) == expected).all()


def test_bad_answers(tmp_path, monkeypatch):
    names = (("x",), ("y",))
    domain = Domain(DOMAINS[0].alphabet, 1)
    for bad in (np.zeros(3, int), np.zeros((2, 2), int), [0.5, 1], [[0], [2]], [0, 2], "ab", None):
        with pytest.raises(ArgumentError, match="answers are"):
            make_answers(bad, domain, *names)
    (tmp_path / "t.hex").write_text("7\n")
    with pytest.raises(ArgumentError, match="a line each"):
        make_answers(tmp_path / "t.hex", domain, *names)
    with pytest.raises(TcsimError, match="cannot read"):
        make_answers(tmp_path / "none.hex", domain, *names)
    with pytest.raises(ArgumentError, match="inputs of the answers"):
        make_answers(equality(2), domain, *names)
    monkeypatch.setattr("reductions.derandomize.answers.MOST_CELLS", 1)
    with pytest.raises(LimitError, match="give the answers as a circuit"):
        make_answers([0, 1], domain, *names)
