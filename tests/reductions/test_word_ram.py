"""Word-RAMs: what the instructions do, as loops of assignments, and as circuits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from reductions import path, problem, rule
from reductions.problems.word_ram import WordRam, after, history
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError, ParseError

ACCEPT = ("accept", 0, 0)


def final(program, memory, steps, bits=3, registers=3):
    """The words after so many steps."""
    machine = WordRam(bits, registers, tuple(program), tuple(memory), steps)
    now = (0, (*[0] * registers, *memory))
    for _ in range(steps):
        now = after(machine, now)
    return now


def test_instructions():
    load_5 = ("set", 0, 5)
    assert final([load_5], (0,), 1) == (1, (5, 0, 0, 0))
    assert final([load_5, ("set", 1, 6), ("add", 0, 1)], (0,), 3)[1][0] == 3
    assert final([load_5, ("set", 1, 6), ("nand", 0, 1)], (0,), 3)[1][0] == 7 - 4
    assert final([load_5, ("load", 1, 0)], (1, 2, 3, 4), 2)[1][1] == 2
    assert final([load_5, ("store", 0, 0)], (1, 2, 3, 4), 2)[1][3:] == (1, 5, 3, 4)
    assert final([("jump", 0, 2), load_5, ACCEPT], (0,), 4) == (2, (0, 0, 0, 0))
    assert final([load_5, ("jump", 0, 3), ACCEPT, load_5], (0,), 9)[0] == 2
    assert final([load_5], (0,), 9)[0] == 1


@given(instances("word_ram"))
def test_the_simulators_agree(instance):
    place, words = 0, (*[0] * instance.registers, *instance.memory)
    found = [place]
    for _ in range(instance.steps):
        place, words = after(instance, (place, words))
        found.append(place)
    assert tuple(found) == history(instance)


def total(memory, goal, steps):
    """Accepts if the sum of the memory is the goal: words of 4 bits, 4 cells."""
    program = (
        ("set", 1, 1), ("set", 3, 12),
        ("load", 4, 0), ("add", 2, 4), ("add", 0, 1), ("add", 3, 1), ("jump", 3, 8), ("jump", 5, 2),
        ("set", 4, -goal % 16), ("add", 2, 4), ("jump", 2, 12), ("jump", 5, 13), ACCEPT,
    )  # fmt: skip
    return WordRam(4, 6, program, memory, steps)


@pytest.mark.parametrize(
    ("goal", "steps", "answer"), [(9, 40, True), (8, 40, False), (9, 9, False)]
)
def test_a_loop_over_the_memory(goal, steps, answer):
    machine = total((1, 3, 5, 0), goal, steps)
    assert problem("word_ram").decide(machine) == answer
    target = path("word_ram", "cvp")(machine)
    assert target.circuit.size == steps * 345 + 2
    assert bool(target.circuit(np.frombuffer(target.values, np.uint8))[0]) == answer


def test_a_history_from_a_certificate_of_the_circuit():
    chain = path("word_ram", "cvp")
    machine = total((1, 3, 5, 0), 9, 40)
    run = chain.run(machine)
    witness = chain.target.witnesses.producers["need"](run.instance)
    assert "-" in witness
    assert chain.extract(run, witness) == history(machine)
    assert chain.overhead.at(chain.source.sizes(machine))["gates"] == run.instance.circuit.size


def test_a_million_gates():
    machine = total((1, 3, 5, 7), 0, 4000)
    target = path("word_ram", "cvp")(machine)
    assert target.circuit.size > 1_000_000
    assert problem("word_ram").decide(machine)


def test_wrong_histories_are_no_witness():
    one = problem("word_ram")
    machine = WordRam(1, 2, (("set", 0, 1), ACCEPT), (0,), 3)
    assert one.witnesses.verify(machine, (0, 1, 1, 1))
    for wrong in ((0, 1, 1), (0, 0, 1, 1), (1, 1, 1, 1), [0, 1, 1, 1]):
        assert not one.witnesses.verify(machine, wrong)
    halted = WordRam(1, 2, (("set", 0, 1),), (0,), 1)
    assert not one.witnesses.verify(halted, (0, 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bits": 0}, "bits"),
        ({"bits": 65}, "bits"),
        ({"registers": 0}, "registers"),
        ({"steps": 0}, "steps"),
        ({"memory": (0, 0, 0)}, "memory"),
        ({"memory": (0,) * 8}, "memory"),
        ({"memory": (4,)}, "memory"),
        ({"program": ()}, "an instruction"),
        ({"program": (("halt", 0, 0),)}, "one of set"),
        ({"program": (("set", 0),)}, "one of set"),
        ({"program": (("set", 2, 0),)}, "register"),
        ({"program": (("set", 0, 4),)}, "second number"),
        ({"program": (("add", 1, 1),)}, "two registers"),
        ({"program": (("jump", 0, 2),)}, "second number"),
        ({"program": (("accept", 1, 0),)}, "register"),
    ],
)
def test_machines_that_are_none(change, message):
    right = {"bits": 2, "registers": 2, "program": (ACCEPT,), "memory": (0, 3), "steps": 1}
    assert problem("word_ram").decide(WordRam(**right))
    with pytest.raises(ArgumentError, match=message):
        WordRam(**right | change)


def test_documents_that_are_none():
    one = problem("word_ram")
    data = one.encode(one.ladder(2))
    with pytest.raises(ParseError, match="operation, number, number"):
        one.decode(data.replace(b'["accept",0,0]', b'["accept"]'))
    with pytest.raises(ParseError, match="second number"):
        one.decode(data.replace(b'["accept",0,0]', b'["accept",0,null]'))


def test_too_long():
    machine = total((1, 3, 5, 0), 9, 1_000_000)
    with pytest.raises(LimitError, match="steps"):
        rule("word_ram_boolean_program").run(machine)


@pytest.mark.parametrize("goal", [8, 9])
def test_the_second_route_adds(goal):
    machine = total((1, 3, 5, 0), goal, 40)
    one = rule("word_ram_boolean_program")
    assert one.target.decide(one.second(machine)) == (goal == 9)
