"""Boolean programs: what they do, unrolled, refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from reductions import problem, rule
from reductions.problems.boolean_program import Assign, BooleanProgram, Repeat, executed
from reductions.problems.gate_kinds import AND, NAND, NOT, OR
from reductions.strategies import instances
from tcsim.errors import ArgumentError, ParseError


def as_python(statements, indent=""):
    lines = []
    for one in statements:
        if isinstance(one, Repeat):
            lines.append(f"{indent}for _ in range({one.count}):")
            lines += as_python(one.body, indent + " ")
        else:
            sign = {AND: " and ", OR: " or "}.get(one.kind, "")
            value = sign.join(f"x[{a}]" for a in one.reads)
            lines.append(f"{indent}x[{one.target}] = {'not ' * (one.kind == NOT)}{value}")
    return lines


@given(instances("boolean_program"))
def test_programs_as_python(instance):
    x = [bool(value) for value in instance.values]
    exec("\n".join(as_python(instance.statements)), {"x": x})
    assert problem("boolean_program").decide(instance) == x[instance.output]
    assert instance.steps == len(list(executed(instance.statements)))


def counter(digits, rounds):
    """Add 1 to a number so many times; variable 0 is the carry."""
    body = [Assign(NOT, 2, (1,)), Assign(OR, 0, (1, 2))]  # the carry is 1
    for digit in range(3, 3 + digits):
        # (carry, digit) := (carry AND digit, carry XOR digit), by way of 1 and 2
        body += [
            Assign(OR, 1, (0, digit)),
            Assign(AND, 0, (0, digit)),
            Assign(NOT, 2, (0,)),
            Assign(AND, digit, (1, 2)),
        ]
    return Repeat(rounds, tuple(body))


@pytest.mark.parametrize("rounds", [1, 5, 13, 16])
def test_a_counter(rounds):
    one = rule("boolean_program_cvp")
    for digit in range(4):
        source = BooleanProgram(bytes(7), (counter(4, rounds),), 3 + digit)
        target = one(source)
        assert target.circuit.size == 18 * rounds
        assert one.target.decide(target) == bool(rounds >> digit & 1)


def test_a_program_and_its_circuit():
    source = BooleanProgram(
        b"\1\0",
        (Repeat(2, (Assign(AND, 1, (0, 1)), Assign(NOT, 0, (1,)))), Assign(NOT, 1, (1,))),
        1,
    )
    mapped = rule("boolean_program_cvp").run(source)
    gates = problem("cvp").to_data(mapped.instance)["gates"]
    assert gates == [["and", 0, 1], ["not", 2], ["and", 2, 3], ["not", 4], ["not", 4]]
    assert mapped.instance.output == 6
    assert mapped.provenance.origin.tolist() == [-1, -1, 0, 1, 0, 1, 2]


def test_variables_that_a_loop_does_not_assign():
    source = BooleanProgram(b"\0\1", (Repeat(3, (Assign(OR, 0, (0, 1)),)),), 1)
    target = rule("boolean_program_cvp")(source)
    assert target.output == 1
    assert [row[1:] for row in problem("cvp").to_data(target)["gates"]] == [[0, 1], [1, 2], [1, 3]]


def test_a_million_steps():
    source = BooleanProgram(bytes(7), (Repeat(10, (Repeat(5, (counter(4, 1111),)),)),), 3)
    one = rule("boolean_program_cvp")
    target = one(source)
    assert target.circuit.size == 18 * 55_550 == one.overhead.at(one.source.sizes(source))["gates"]
    found = target.circuit(np.frombuffer(target.values, np.uint8))
    assert bool(found[0]) == problem("boolean_program").decide(source) == (55_550 % 2 == 1)


NOT_0 = Assign(NOT, 0, (0,))


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ((Repeat(0, (NOT_0,)),), "count"),
        ((Repeat(2, ()),), "without statements"),
        ((Assign(AND, 0, (0, 0)),), "increasing"),
        ((Assign(AND, 0, (1, 0)),), "increasing"),
        ((Assign(NAND, 0, (0, 1)),), "AND or OR"),
        ((Assign(NOT, 2, (0,)),), "variable"),
        ((Repeat(10**9, (NOT_0,)),), "more than 200,000,000"),
        (("x",), "Assign or a Repeat"),
    ],
)
def test_programs_that_are_none(statements, message):
    with pytest.raises(ArgumentError, match=message):
        BooleanProgram(b"\0\1", statements, 0)


def test_loops_in_loops_without_end():
    one = NOT_0
    for _ in range(60):
        one = Repeat(1, (one,))
    with pytest.raises(ArgumentError, match="more than 50 loops"):
        BooleanProgram(b"\0", (one,), 0)
    deep = '["repeat",1,[' * 60 + '["not",0,0]' + "]]" * 60
    with pytest.raises(ParseError, match="more than 50 loops"):
        problem("boolean_program").decode(
            f'{{"schema":"reductions.instance/1","problem":"boolean_program","instance":'
            f'{{"values":"0","statements":[{deep}],"output":0}}}}'.encode()
        )
