"""Circuits of logarithmic depth, words over permutations, and trees of any arity."""

from __future__ import annotations

import random
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions import problem, rule
from reductions.problems.circuit_value import table_of
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.log_depth_circuits import LogDepth
from reductions.problems.s5_word_problem import CYCLE, NUMBER, PERMUTATIONS, SWAP, Word, products
from reductions.rules import five_cycles, s5_word_problem_threshold_cvp
from reductions.strategies import instances
from tcsim.errors import ArgumentError, ParseError

XOR = [(NOT, 0), (NOT, 1), (AND, 0, 3), (AND, 1, 2), (OR, 4, 5)]
MAJORITY = [(AND, 0, 1), (OR, 0, 1), (AND, 2, 4), (OR, 3, 5)]


def parity_of_4():
    rows = []

    def xor(a, b):
        first = 4 + len(rows)
        rows.extend([(NOT, a), (NOT, b), (AND, a, first + 1), (AND, b, first)])
        rows.append((OR, first + 2, first + 3))
        return first + 4

    left, right = xor(0, 1), xor(2, 3)
    xor(left, right)
    return rows


@pytest.mark.parametrize(
    ("n", "rows", "length", "value"),
    [
        (1, [(BUFFER, 0)], 1, lambda x: x[0]),
        (1, [(NOT, 0), (NOT, 1)], 1, lambda x: x[0]),
        (2, [(AND, 0, 1)], 4, min),
        (2, [(OR, 0, 1), (NOT, 2), (NOT, 3)], 4, max),
        (2, XOR, 16, lambda x: x[0] ^ x[1]),
        (3, MAJORITY, 28, lambda x: int(sum(x) >= 2)),
        (4, parity_of_4(), 256, lambda x: sum(x) % 2),
    ],
)
def test_lengths_of_words(n, rows, length, value):
    one = rule("log_depth_cvp_s5_word_problem")
    for number in range(2**n):
        x = bytes(number >> place & 1 for place in range(n))
        word = one(LogDepth.of_gates(x, *table_of(rows), n + len(rows) - 1))
        assert len(word.letters) == length
        assert one.target.decide(word) == bool(value(x))


def test_letters_come_from_the_inputs_that_change_them():
    one = rule("log_depth_cvp_s5_word_problem")
    for x in (b"\0\0\0", b"\1\0\1"):
        mapped = one.run(LogDepth.of_gates(x, *table_of(MAJORITY), 6))
        for i in range(3):
            flipped = x[:i] + bytes((1 - x[i],)) + x[i + 1 :]
            other = one(LogDepth.of_gates(flipped, *table_of(MAJORITY), 6)).letters
            pairs = zip(mapped.instance.letters, other, strict=True)
            changed = [place for place, (old, new) in enumerate(pairs) if old != new]
            assert changed == mapped.provenance.images(i)


def test_tables_of_permutations():
    times, inverses = five_cycles.times(), five_cycles.inverses()
    assert times.shape == (120, 120)
    for a in (0, 7, 33, 119):
        for b in (0, 8, 60, 118):
            both = tuple(PERMUTATIONS[b][p] for p in PERMUTATIONS[a])
            assert PERMUTATIONS[times[a, b]] == both
        assert times[a, inverses[a]] == times[inverses[a], a] == 0
    for turn in five_cycles.turns():
        cycle = five_cycles.conjugates(turn)[five_cycles.target()]
        assert all(PERMUTATIONS[cycle][p] != p for p in range(5))


def test_five_cycles_whose_commutator_is_one():
    def is_cycle(p):
        return len({0, p[0], p[p[0]], p[p[p[0]]], p[p[p[p[0]]]]}) == 5

    every = [NUMBER[p] for p in permutations(range(5)) if is_cycle(p)]
    times, inverse = five_cycles.times(), five_cycles.inverses()
    good = sum(
        is_cycle(PERMUTATIONS[times[times[a, b], times[inverse[a], inverse[b]]]])
        for a in every
        for b in every
    )
    assert (len(every), good) == (24, 240)


def test_depth_is_logarithmic():
    chain = [(NOT, g) for g in range(12)]
    with pytest.raises(ArgumentError, match="depth 12 is above 8"):
        LogDepth.of_gates(b"\1", *table_of(chain), 12)
    one = LogDepth.of_gates(b"\1", *table_of(chain[:6]), 6)
    cycle = five_cycles.target()
    assert rule("log_depth_cvp_s5_word_problem")(one) == Word(bytes((cycle,)), cycle)


@given(instances("s5_word_problem"))
def test_words_as_products_of_matrices(instance):
    total = np.eye(5, dtype=int)
    for letter in instance.letters:
        total = total @ np.eye(5, dtype=int)[list(PERMUTATIONS[letter])]
    expected = np.eye(5, dtype=int)[list(PERMUTATIONS[instance.goal])]
    assert problem("s5_word_problem").decide(instance) == np.array_equal(total, expected)


def test_wrong_products_are_no_witness():
    one = problem("s5_word_problem")
    word = Word(bytes((SWAP, CYCLE)), 0)
    assert not one.witnesses.verify(word, (SWAP, 0))
    right = Word(bytes((SWAP, SWAP)), 0)
    assert one.witnesses.verify(right, (SWAP, 0))
    for wrong in ((CYCLE, 0), (SWAP,), (SWAP, SWAP), [SWAP, 0]):
        assert not one.witnesses.verify(right, wrong)


@pytest.mark.parametrize("arity", [2, 3, 4])
def test_trees_of_any_arity(arity):
    one = s5_word_problem_threshold_cvp.rule(arity)
    chance = random.Random(arity)
    for n in (1, 2, 3, 4, 5, 7, 10) if arity < 4 else (2, 3, 5):
        letters = bytes(chance.randrange(120) for _ in range(n))
        for goal in (problem("s5_word_problem").decide, None):
            number = next(g for g in range(120) if goal is None or goal(Word(letters, g)))
            source = Word(letters, number)
            mapped = one.run(source)
            assert one.target.decide(mapped.instance) == one.source.decide(source)
            assert one.invariant.holds(source, mapped)
            predicted = one.overhead.at(one.source.sizes(source))
            for field, size in one.target.sizes(mapped.instance).items():
                assert size <= predicted[field]
                assert size == predicted[field] or not one.overhead.bounds[field].exact
            if one.source.decide(source):
                witness = one.target.witnesses.producers["need"](mapped.instance)
                assert one.source.witnesses.verify(source, one.extract(source, mapped, witness))


@pytest.mark.parametrize(("arity", "letters"), [(2, 7), (3, 5), (3, 7), (3, 10), (4, 5), (4, 7)])
def test_programs_write_trees(arity, letters):
    one = s5_word_problem_threshold_cvp.rule(arity)
    source = Word(bytes(range(letters)), 7)
    tape, program = one.metered.run(source)
    assert program.run(tape).output == one.metered.describe(one(source))


def test_arity_trades_gates_for_depth():
    source = Word(bytes(range(16)), 0)
    sizes = {
        arity: (target.circuit.size - 1, target.circuit.depth - 1)
        for arity in (2, 4)
        for target in [s5_word_problem_threshold_cvp.rule(arity)(source)]
    }
    assert sizes == {2: (2250, 8), 4: (15750, 4)}


@pytest.mark.parametrize("arity", [1, 7, 2.0])
def test_no_arity(arity):
    with pytest.raises(ArgumentError, match="arity"):
        s5_word_problem_threshold_cvp.rule(arity)


def test_provenance_of_a_tree():
    mapped = rule("s5_word_problem_threshold_cvp").run(Word(bytes((1, 2, 3)), 0))
    origin = mapped.provenance.origin
    assert origin[:75].tolist() == [i for i in range(3) for _ in range(25)]
    assert set(origin[75:375].tolist()) == {0}
    assert len(origin) == 75 + 300 + 1
    four = rule("s5_word_problem_threshold_cvp").run(Word(bytes((1, 2, 3, 4)), 0))
    assert four.provenance.of(100 + 150) == 2
    assert four.provenance.of(100 + 300) == 0
    assert four.provenance.of(100 + 450) is None


@given(st.integers(1, 3000))
def test_levels(letters):
    sizes = problem("s5_word_problem").sizes(Word(bytes(letters), 0))
    assert 2 ** sizes["levels"] >= letters > 2 ** sizes["levels"] / 2


@pytest.mark.parametrize("word", ['"01234"', '["0123"]', '["01233"]', "[]", "[7]"])
def test_words_that_are_none(word):
    document = (
        '{"schema":"reductions.instance/1","problem":"s5_word_problem",'
        f'"instance":{{"word":{word},"goal":"01234"}}}}'
    )
    with pytest.raises(ParseError):
        problem("s5_word_problem").decode(document.encode())


def test_words_out_of_range():
    for letters, goal in ((b"", 0), (bytes((120,)), 0), (b"\0", 120), ([0], 0)):
        with pytest.raises(ArgumentError):
            Word(letters, goal)


def test_many_gates():
    letters = bytes(random.Random(0).randrange(120) for _ in range(2000))
    source = Word(letters, products(Word(letters, 0))[-1])
    one = rule("s5_word_problem_threshold_cvp")
    target = one(source)
    assert target.circuit.size == 150 * 1999 + 1
    assert (target.circuit.depth, target.circuit.n_inputs) == (2 * 11 + 1, 25 * 2000)


def test_long_words():
    n = 256
    rows, waiting = [], list(range(n))
    while len(waiting) > 1:
        first = n + len(rows)
        kind = AND if len(waiting) % 3 else OR
        rows += [(kind, a, b) for a, b in zip(waiting[::2], waiting[1::2], strict=True)]
        waiting = list(range(first, n + len(rows)))
    source = LogDepth.of_gates(bytes([1] * n), *table_of(rows), n + len(rows) - 1)
    one = rule("log_depth_cvp_s5_word_problem")
    word = one(source)
    assert len(word.letters) == 4**8
    assert one.target.decide(word)
