"""Rule 110: published rows, the look-up layers, witnesses; tag systems and clockwise machines."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions import problem, rule
from reductions.problems.rule110 import Prediction, forced
from reductions.problems.tag_systems import COLLATZ, CyclicTag, TagSystem, clockwise, cyclic
from reductions.rules import rule110_threshold_cvp as tables
from reductions.rules.rule110_cone import layers
from reductions.strategies import instances
from tcsim.errors import ArgumentError
from tcsim.uniformity.turing import TuringMachine, busy_beaver, counter, palindromes, parity

A006978 = (1, 3, 7, 13, 31, 49, 115, 215, 509, 775)
"""Rows from one cell, its left part as a binary number (OEIS A006978)."""


@pytest.mark.parametrize(("t", "number"), list(enumerate(A006978)))
def test_rows_from_one_cell(t, number):
    found = [problem("rule110").decide(Prediction("0", "1", "0", cell, t)) for cell in range(-t, 1)]
    assert int("".join("01"[bit] for bit in found), 2) == number
    target = rule("rule110_cvp")(Prediction("0", "1", "0", -t, t))
    assert bool(target.circuit(np.frombuffer(target.values, np.uint8))[0])


def test_words_repeat():
    one = Prediction("01", "110", "001", 0, 0)
    assert [one.at(cell) for cell in range(-4, 10)] == [0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0]
    assert Prediction("01", "110", "001", 1, 2).cone() == [1, 1, 1, 0, 0]


def test_what_known_cells_force():
    assert [forced("".join(known)) for known in product("01", repeat=3)] == list("01110110")
    assert forced("0-1") == "1"
    assert forced("01-") == "1"
    assert forced("-11") == forced("1--") == "-"
    assert forced("-00") == "0"


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
def test_look_up_of_any_stride(stride):
    one = tables.rule(stride)
    random = Random(stride)
    for steps in range(8):
        middle = "".join(random.choice("01") for _ in range(15))
        source = Prediction("0", middle, "01", 7, steps)
        target = one(source)
        assert one.target.decide(target) == one.source.decide(source)
        sizes, predicted = one.target.sizes(target), one.overhead.at(one.source.sizes(source))
        assert sizes == predicted
        assert target.circuit.depth == 2 * -(-steps // stride)
    assert all(good for _, good in one.invariant.steps())


def test_ones_of_the_tables():
    assert [len(tables.ones(s)) for s in range(1, 6)] == [5, 17, 66, 274, 1058]
    assert layers(7, 3) == [(3, 3), (6, 3), (7, 1)]
    with pytest.raises(ArgumentError, match="stride"):
        tables.rule(9)


def test_a_million_gates():
    one = rule("rule110_cvp")
    source = problem("rule110").ladder(448)
    target = one(source)
    assert target.circuit.size == 5 * 448**2 > 10**6
    found = target.circuit(np.frombuffer(target.values, np.uint8))
    assert bool(found[0]) == problem("rule110").decide(source)


@pytest.mark.parametrize("name", ["rule110_cvp", "rule110_threshold_cvp"])
def test_programs_read_all_three_words(name):
    one = rule(name)
    for cell in (-3, 0, 4):
        source = Prediction("011", "1101", "001", cell, 3)
        tape, program = one.metered.run(source)
        assert program.run(tape).output == one.metered.describe(one(source))


@given(instances("rule110"))
def test_two_ways_to_a_witness(instance):
    one = problem("rule110")
    answer = one.decide(instance)
    for produce in one.witnesses.producers.values():
        claims = produce(instance)
        assert (claims is not None) == answer
        if claims:
            assert one.witnesses.verify(instance, claims)
            assert not one.witnesses.verify(instance, claims[:-1] + "-")
            assert not one.witnesses.verify(instance, claims[1:])
            wrong = claims.translate(str.maketrans("01", "10"))
            assert not one.witnesses.verify(instance, wrong)


def test_rule110_refusals():
    with pytest.raises(ArgumentError, match="left must not be empty"):
        Prediction("", "0", "1", 0, 0)
    with pytest.raises(ArgumentError, match="middle"):
        Prediction("0", "2", "1", 0, 0)
    with pytest.raises(ArgumentError, match="steps"):
        Prediction("0", "1", "1", 0, 10**7)


def collatz(n):
    """What the tag system makes of a^n, up to a^1."""
    found = [n]
    while n > 1:
        n = (3 * n + 1) // 2 if n % 2 else n // 2
        found.append(n)
    return found


@pytest.mark.parametrize("n", [2, 3, 6, 7, 9])
def test_a_tag_system_computes_the_collatz_function(n):
    words = COLLATZ.history("a" * n, 2000)
    assert [len(word) for word in words if set(word) == {"a"}] == collatz(n)
    assert words[-1] == "a"  # it halts there


@given(
    st.integers(1, 3),
    st.fixed_dictionaries({symbol: st.text("abc", max_size=4) for symbol in "abc"}),
    st.text("abc", max_size=8),
    st.integers(0, 12),
)
def test_cyclic_tag_systems_do_what_tag_systems_do(deletion, productions, word, steps):
    system = TagSystem(deletion, productions)
    encoded = cyclic(system)
    for t, expected in enumerate(system.history(word, steps)):
        found = encoded.system.run(encoded.encode(word), t * encoded.steps)
        assert found == encoded.encode(expected)


def test_a_cyclic_tag_system_by_hand():
    system = CyclicTag(("11", "10"))
    words = [system.run("1", t) for t in range(6)]
    assert words == ["1", "11", "110", "1011", "01110", "1110"]
    assert system.run("1", 2, turn=1) == "011"
    assert CyclicTag(("",)).run("101", 9) == ""


def straight(tape):
    """The tape of a Turing machine, from the circular one; without blanks at its end."""
    place = tape.index("#")
    return "".join(tape[place + 1 :] + tape[:place]).rstrip("_")


@pytest.mark.parametrize(
    "machine", [parity(), palindromes(), counter(), busy_beaver(2), busy_beaver(3)],
    ids=lambda machine: machine.name,
)  # fmt: skip
def test_clockwise_machines_do_what_turing_machines_do(machine):
    round_ = clockwise(machine)
    for word in map("".join, [w for n in range(6) for w in product("01", repeat=n)]):
        outcome = machine.run(word, 300)
        if not outcome.halted:
            continue
        state, tape, steps = round_.run((*word, "#"), 10**6)
        assert state == ("halt", outcome.state)
        assert straight(tape) == "".join(outcome.tape)
        assert steps <= outcome.steps * (len(tape) + 2)


ROW = st.tuples(
    st.sampled_from(["a", "b", "yes", "no"]), st.sampled_from("01_"), st.integers(-1, 1)
)


@given(st.fixed_dictionaries({(q, s): ROW for q in "ab" for s in "01_"}), st.text("01", max_size=4))
def test_clockwise_machines_of_any_table(delta, word):
    machine = TuringMachine(
        "any", ("a", "b", "yes", "no"), ("0", "1", "_"), delta, "a", "yes", "no"
    )
    outcome = machine.run(word, 40)
    state, tape, _ = clockwise(machine).run((*word, "#"), 3000)
    if outcome.halted:
        assert state == ("halt", outcome.state)
        assert straight(tape) == "".join(outcome.tape)
    else:
        assert state[0] != "halt" or machine.run(word, 5000).halted


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: TagSystem(0, {}), "deletion"),
        (lambda: TagSystem(2, {"a": "b"}), "no production"),
        (lambda: TagSystem(2, {"ab": ""}), "one character"),
        (lambda: COLLATZ.run("x", 1), "'x'"),
        (lambda: COLLATZ.run("a", -1), "steps"),
        (lambda: CyclicTag(()), "at least one appendant"),
        (lambda: CyclicTag(("2",)), "text of 0"),
        (lambda: CyclicTag(("1",)).run("x", 1), "not 'x'"),
        (lambda: cyclic(TagSystem(2, {})), "without symbols"),
        (lambda: clockwise(parity()).run((), 1), "at least one symbol"),
    ],
)
def test_tag_refusals(make, match):
    with pytest.raises(ArgumentError, match=match):
        make()
