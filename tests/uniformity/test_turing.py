"""Turing machines: what they compute, their tableaux, and the programs that write those."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.uniformity import (
    ConnectionLanguage,
    Program,
    Unary,
    check_language,
    check_paths,
    describe,
    description_bit,
    description_bits,
    space_curve,
)
from tcsim.uniformity.turing import (
    TuringMachine,
    increment,
    palindromes,
    parity,
    tableau,
    tableau_cost,
    tableau_programs,
)

MACHINES = [parity(), increment(), palindromes()]
SMALL = st.sampled_from(["a", "b", "yes", "no"])


def words(n):
    return ["".join(word) for word in product("01", repeat=n)]


@pytest.mark.parametrize("n", range(8))
def test_what_the_machines_compute(n):
    for word in words(n):
        assert parity().accepts(word) == (word.count("1") % 2 == 1)
        assert palindromes().accepts(word) == (word == word[::-1])
        number = int(word[::-1] or "0", 2) + 1
        after = "".join(increment().run(word).tape)
        assert int(after[::-1], 2) == number
    assert max(palindromes().run(word).steps for word in words(n)) == (n + 1) * (n + 2) // 2
    assert max(parity().run(word).steps for word in words(n)) == n + 1
    assert max(increment().run(word).steps for word in words(n)) == n + 1


def checked(machine, n, steps):
    """The tableau has the size of its formula, and holds the tape of the simulator."""
    circuit, cost = tableau(machine, n, steps, tape=True), tableau_cost(machine, n, steps)
    assert (circuit.depth, circuit.size, circuit.edges) == (cost.depth, cost.size, cost.edges)
    for word in words(n):
        outcome = machine.run(word, steps)
        accepts, *cells = circuit([int(bit) for bit in word]).tolist()
        tape = outcome.tape + (machine.blank,) * (cost.cells - len(outcome.tape))
        assert accepts == (outcome.state == machine.accept)
        assert cells == [int(one == symbol) for one in tape for symbol in machine.alphabet]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
@pytest.mark.parametrize(("n", "steps"), [(0, 0), (0, 3), (1, 1), (2, 6), (3, 4), (3, 10)])
def test_tableaux(machine, n, steps):
    checked(machine, n, steps)


def test_the_head_may_end_in_the_last_cell():
    right = {("a", symbol): ("b", symbol, 1) for symbol in "01_"}
    right |= {("b", symbol): ("yes", symbol, 1) for symbol in "01_"}
    machine = TuringMachine(
        "right", ("a", "b", "yes", "no"), ("0", "1", "_"), right, "a", "yes", "no"
    )
    for n in range(3):
        checked(machine, n, 2)


@settings(max_examples=8)
@given(st.data())
def test_tableaux_of_any_machine(data):
    states, alphabet = ("a", "b", "yes", "no"), ("0", "1", "_", "x")
    rows = st.tuples(SMALL, st.sampled_from(alphabet), st.sampled_from((-1, 0, 1)))
    delta = {(q, s): data.draw(rows) for q in "ab" for s in alphabet}
    machine = TuringMachine("any", states, alphabet, delta, "a", "yes", "no")
    checked(machine, data.draw(st.integers(0, 3)), data.draw(st.integers(0, 6)))
    programs = tableau_programs(machine, (2, 1, 0))
    written = Program(programs.describe).run(Unary(1)).output
    assert written == describe(tableau(machine, 1, 3))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
@pytest.mark.parametrize("n", [0, 1, 3])
def test_programs_write_the_tableau(machine, n):
    programs = tableau_programs(machine, (1, 1, 0))
    run = Program(programs.describe).run(Unary(n))
    assert run.output == describe(tableau(machine, n, n + 1))


def test_the_time_may_be_a_square():
    programs = tableau_programs(palindromes(), (1, 2, 1))
    assert [Program(programs.steps).run(n).result for n in (0, 1, 5)] == [1, 4, 36]


@pytest.mark.parametrize("machine", [parity(), increment()], ids=lambda machine: machine.name)
def test_connection_languages_of_tableaux(machine):
    language = ConnectionLanguage.of(tableau_programs(machine, (1, 0, 0)))
    circuit = tableau(machine, 1, 1)
    assert check_language(language, circuit, 1, sample=4).differences == ()
    assert check_paths(language, circuit, 1, length=2).differences == ()
    larger = ConnectionLanguage.of(tableau_programs(machine, (1, 1, 0)))
    assert check_paths(larger, tableau(machine, 2, 3), 2, walks=60).differences == ()


def test_another_machine_has_another_language():
    other = replace(parity(), delta={**parity().delta, ("odd", "1"): ("odd", "1", 1)})
    language = ConnectionLanguage.of(tableau_programs(other, (1, 0, 0)))
    assert check_language(language, tableau(parity(), 1, 1), 1, sample=4).differences


def test_tableaux_are_written_in_logarithmic_space():
    program = Program(tableau_programs(increment(), (1, 1, 0)).describe)
    assert space_curve(program, (2, 3, 4, 16)).is_logarithmic
    bits = description_bits(program.run(Unary(1)).output)
    for i in (0, 1, 100, len(bits) - 1):
        assert description_bit(program, 1, i).value == bits[i]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"states": ("even", "odd", "yes", "yes", "no")}, "each once"),
        ({"states": ("even", "odd", "yes", 7, "no")}, "must be names"),
        ({"start": "x"}, "start: state 'x' is none of"),
        ({"reject": "yes"}, "differ"),
        ({"blank": "0"}, "no bit"),
        ({"blank": " "}, "symbol ' ' is none of 0, 1, _"),
        ({"alphabet": ("0", "_")}, "symbol '1' is none"),
        ({"delta": {}}, "no row for state 'even' and symbol '0'"),
        ({"delta": {("even", "0"): ("even", "0")}}, "a row of delta is"),
        ({"delta": {"e": ("even", "0", 1)}}, "a row of delta is"),
        ({"delta": {("even", "2"): ("even", "0", 1)}}, "symbol '2'"),
        ({"delta": {("even", "0"): ("x", "0", 1)}}, "state 'x'"),
        ({"delta": {("even", "0"): ("odd", "0", 2)}}, "move 2"),
        ({"delta": {("even", "0"): ("odd", "0", True)}}, "move True"),
        ({"delta": {("yes", "0"): ("odd", "0", 1)}}, "it halts in 'yes'"),
    ],
)
def test_what_is_no_machine(change, message):
    with pytest.raises(ArgumentError, match=message):
        replace(parity(), **change)


def test_bad_arguments():
    with pytest.raises(ArgumentError, match="made of 0 and 1"):
        parity().run("012")
    with pytest.raises(LimitError, match="not halted on '000' after 2 steps"):
        parity().accepts("000", steps=2)
    for n, steps, name in ((-1, 1, "n"), (1, -1, "steps"), (True, 1, "n"), (1, 2.0, "steps")):
        with pytest.raises(ArgumentError, match=f"{name} must be an integer"):
            tableau(parity(), n, steps)
    for time in ((1, 1), (1, -1, 0), (1, 1.0, 0)):
        with pytest.raises(ArgumentError, match="three integers"):
            tableau_programs(parity(), time)
