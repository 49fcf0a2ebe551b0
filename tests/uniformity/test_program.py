"""Metered programs do what Python does, and every value that they hold is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.uniformity import (
    ALPHABET,
    Composition,
    Program,
    Tape,
    Unary,
    describe,
    read_description,
    records,
    tape_of,
)
from tests.uniformity import alike, programs
from tests.uniformity.alike import calls_helper


@given(st.integers(-50, 50), st.integers(-50, 200))
def test_the_meter_does_not_change_what_is_computed(a, b):
    assert Program(programs.arithmetic).run(a, b).result == programs.arithmetic(a, b)


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_outputs_are_those_of_plain_python(content):
    tape, plain = tape_of(content), []
    for function in (programs.copies, programs.sorts_by_counting, programs.sorts_in_one_number):
        plain.clear()
        function(tape, lambda *numbers: plain.extend(numbers))
        [record] = records(Program(function).run(content).output)
        assert record == plain


def one_register(n: int) -> int:
    k = 0
    while k < n:
        k += 1
    return k


def test_space_by_hand():
    run = Program(one_register).run(100)
    # n and k hold 100 (7 bits), and so does k + 1 on its way.
    assert run.registers == {"one_register.n": 7, "one_register.k": 7, "one_register#0": 7}
    assert run.space == 21
    assert run.result == 100
    assert run.reads == 0


def holds_large(n: int) -> int:
    return (1 << n) % 7


def nested(a: int, b: int) -> int:
    return (a * b) + (a * (b * b))


def swaps(a: int, b: int) -> int:
    a, b = b, a
    return a - b


def counts(n: int) -> int:
    total = 0
    for k in range(0, n, 3):
        total += k
    return total


def test_values_on_their_way_are_counted():
    assert Program(holds_large).run(500).registers["holds_large#0"] == 501
    assert Program(holds_large).run(500).result == pow(2, 500, 7)
    run = Program(nested).run(3, 1000)
    depths = {name: bits for name, bits in run.registers.items() if "#" in name}
    # 3000 or 3003000 at depth 0, 3000000 at depth 1, 1000000 below it.
    assert depths == {"nested#0": 22, "nested#1": 22, "nested#2": 20}
    assert {n for n in Program(swaps).run(1, 9).registers if "#" in n} == {"swaps#0", "swaps#1"}
    loop = Program(counts).run(1000).registers
    assert [bits for name, bits in loop.items() if "@" in name] == [10, 10, 2]


def test_negative_numbers_have_a_sign():
    assert Program(swaps).run(-8, 0).registers["swaps.a"] == 5


METER = 3


def names_of_the_machine(n: int) -> int:
    """Variables named as the rewritten program could name things."""
    METER = n
    program = METER + 1
    one_register_2 = one_register(program)
    return one_register_2 + METER


def test_no_name_of_a_program_collides_with_the_meter():
    assert Program(names_of_the_machine).run(5).result == 11


def after_two_helpers(n: int) -> int:
    return calls_helper(n) + helper(n)


def helper(n: int) -> int:
    x = n + 0
    return x - 0


def test_functions_of_one_name_have_registers_of_their_own():
    run = Program(after_two_helpers).run(1000)
    assert run.result == 2000
    assert run.registers["helper.x"] == run.registers["helper 2.x"] == 10


def test_a_program_named_as_a_function_of_python():
    assert Program(alike.own_length).run(4).result == 5


def reads(tape: Tape, place: int) -> int:
    return tape[place]


def divides(a: int, b: int) -> int:
    return a // b


def never_ends(n: int) -> int:
    while n >= 0:
        pass
    return n


def unset(n: int) -> int:
    if n:
        k = 1
    return k


def shifts_back(n: int) -> int:
    return 1 << n


@pytest.mark.parametrize(
    ("function", "arguments", "error", "message"),
    [
        (reads, ("01", 2), ArgumentError, "reads cell 2 of an input of 2 cells"),
        (reads, ("01", -1), ArgumentError, "reads cell -1"),
        (reads, ("0x1", 0), ArgumentError, "input symbol 'x' at 1"),
        (reads, (7, 0), ArgumentError, "an input is text"),
        (reads, ({}, 0), ArgumentError, "an input is text"),
        (reads, (b"01", 0), ArgumentError, "input code 48 at 0"),
        (reads, ([0, 10**9], 0), ArgumentError, "input code 1000000000 at 1"),
        (reads, ([0, "1"], 0), ArgumentError, "input code '1' at 1"),
        (reads, ("01",), ArgumentError, "takes 2 arguments, not 1"),
        (reads, ("01", "1"), ArgumentError, "place must be an integer"),
        (divides, (1, 0), ArgumentError, "fails: integer division or modulo by zero"),
        (unset, (0,), ArgumentError, "fails"),
        (shifts_back, (-1,), ArgumentError, "fails: negative shift count"),
        (shifts_back, (1 << 60,), LimitError, "shift by"),
        (shifts_back, (1 << 16,), LimitError, "holds 65,537 bits"),
        (never_ends, (0,), LimitError, "more than 1,000 steps"),
    ],
)
def test_runs_that_fail(function, arguments, error, message):
    with pytest.raises(error, match=message):
        Program(function).run(*arguments, steps_limit=1000)


@given(st.integers(0, 60))
def test_stopping_at_a_symbol(place):
    program = Program(programs.copies)
    whole = program.run("0110;-01").output
    run = program.run("0110;-01", stop=place + 1)
    assert run.output == (whole[place] if place < len(whole) else "")


def test_a_reduction_runs_on_a_description():
    """A circuit with the complement of each gate, written by a program in logarithmic space."""
    import tcsim as tc

    b = tc.Builder()
    x = b.inputs("x", 3)
    most = b.gate(2 * x[0] + x[1] - x[2] >= 1)
    b.output("y", [most, (most | x[1]) ^ x[2]])
    circuit = b.build()
    run = Program(programs.dual_rail).run(describe(circuit))
    doubled = read_description(run.output)
    assert doubled.size == 2 * circuit.size
    table = [[i >> k & 1 for k in range(3)] for i in range(8)]
    for vector in table:
        outputs, both = circuit(vector), doubled(vector)
        expected = [bit for y in outputs.tolist() for bit in (y, 1 - y)]
        assert both.tolist() == expected


def test_composition_recomputes_what_lies_between():
    copy, sort = Program(programs.copies), Program(programs.sorts_by_counting)
    both = Composition(copy, sort)
    for content in ("", "0", "0110", "01-,;"):
        between = copy.run(content).output
        run = both.run(content)
        direct = sort.run(between)
        assert run.output == direct.output
        place = len(between).bit_length()
        assert run.space <= copy.run(content).space + direct.space + place
        assert run.steps > direct.steps
    n = Unary(3)
    twice = Composition(copy, Composition(copy, copy))
    assert twice.run(n).output == copy.run(copy.run(copy.run(n).output).output).output


@given(st.lists(st.lists(st.integers(-(2**70), 2**70), max_size=4), max_size=4))
def test_records_are_read_as_they_were_written(rows):
    from tcsim.uniformity.tape import text

    tape = "".join(text(row) + ";" if row else ";" for row in rows)
    assert list(records(tape)) == rows


@pytest.mark.parametrize("tape", ["1,", "1;", "1,2,;", "--1,;", ",;", "x,;", "0"])
def test_broken_records(tape):
    with pytest.raises(ArgumentError):
        list(records(tape))
