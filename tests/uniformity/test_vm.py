"""The register machine: every instruction, its meter, and text that is no program."""

from __future__ import annotations

import pytest

from tcsim.errors import ArgumentError, LimitError, ParseError
from tcsim.uniformity import ALPHABET, Program, RegisterMachine, Unary, space_curve
from tcsim.uniformity.programs import majority
from tcsim.uniformity.vm import BLANK, OPERANDS


def after(source, content=""):
    """The value of register r after a program, written in unary."""
    machine = RegisterMachine(
        source + "\nset one 1\nset zero 0\nout: less zero r more\nhalt\n"
        "more: emit 1\ndec r\njump out"
    )
    return len(machine.run(content).output)


@pytest.mark.parametrize(
    ("source", "content", "value"),
    [
        ("set r 5", "", 5),
        ("inc r\ninc r", "", 2),
        ("set r 3\ndec r", "", 2),
        ("dec r", "", 0),
        ("set s 4\ncopy r s", "", 4),
        ("set r 3\ndouble r\ndouble r", "", 12),
        ("set r 7\nhalve r", "", 3),
        ("set a 1\nset b 2\nless a b yes\njump end\nyes: set r 9\nend: nop", "", 9),
        ("set a 2\nset b 2\nless a b yes\njump end\nyes: set r 9\nend: nop", "", 0),
        ("jump end\nset r 9\nend: nop", "", 0),
        ("set i 2\nread r i", "00;", 4),
        ("set i 3\nread r i", "00;", BLANK),
        ("nop # set r 4\n\n", "", 0),
    ],
)
def test_instructions(source, content, value):
    assert after(source, content) == value


def test_twelve_instructions():
    assert len(OPERANDS) == 12
    for symbol, word in zip(ALPHABET, ("0", "1", "-", "comma", "semicolon"), strict=True):
        assert RegisterMachine(f"emit {word}").run("").output == symbol


def test_space_and_steps_by_hand():
    run = RegisterMachine("set a 5\ndouble a\nset b 1\nread c b\nhalt\nset d 999").run("01")
    assert run.registers == {"a": 4, "b": 1, "c": 1, "d": 1}
    assert run.space == 7
    assert (run.steps, run.reads) == (5, 1)


@pytest.mark.parametrize("n", [0, 1, 2, 7, 64])
def test_majority_is_described_as_by_the_program(n):
    machine = RegisterMachine(majority.MACHINE)
    assert machine.run(Unary(n)).output == Program(majority.describe).run(Unary(n)).output


def test_majority_takes_logarithmic_space():
    curve = space_curve(RegisterMachine(majority.MACHINE, "majority"))
    assert curve.is_logarithmic
    assert 0 < curve.slope < 8


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("set a", 1, "set takes 2 operands"),
        ("nop\nfoo a", 2, "no instruction 'foo'"),
        ("jump there", 1, "'there' is no label"),
        ("a: nop\na: nop", 2, "there twice"),
        ("1: nop", 1, "is no name"),
        ("set 1 a", 1, "'1' is no register"),
        ("set a -1", 1, "'-1' is no constant"),
        ("set a 99999999999999999999", 1, "no constant"),
        ("emit x", 1, "no symbol"),
    ],
)
def test_text_that_is_no_program(source, line, message):
    with pytest.raises(ParseError, match=message) as caught:
        RegisterMachine(source, "mine")
    assert (caught.value.path, caught.value.line) == ("mine", line)


def test_limits():
    with pytest.raises(LimitError, match="more than 100 steps"):
        RegisterMachine("a: jump a").run("", steps_limit=100)
    with pytest.raises(LimitError, match="register a holds"):
        RegisterMachine("set a 1\nb: double a\njump b").run("")
    with pytest.raises(ArgumentError, match="one input, not 2"):
        RegisterMachine("halt").run("", "")
