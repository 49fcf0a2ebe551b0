"""`.tc`: each broken file is refused with its line, what was found and what was expected."""

from __future__ import annotations

import tracemalloc

import pytest

from tcsim.errors import ParseError
from tcsim.formats.tc import read_tc

START = "tcsim 1\ninput x[2]\ninput y\nform s = x[0] + y\n"
"""Four good lines; a broken line behind them is line 5."""

HEADERS = {
    "": "the line ends; expected the header 'tcsim 1'",
    "\ntcsim 1": "the line ends; expected the header 'tcsim 1'",
    "tcsim": "found 'tcsim'; expected the header 'tcsim 1'",
    "tcsim 2": "version 2; this reader knows version 1",
    "tcsim 1 2": "found 'tcsim 1 2'; expected the header 'tcsim 1'",
    "\ufefftcsim 1": "expected the header 'tcsim 1'",
    "input x": "found 'input x'; expected the header 'tcsim 1'",
}

BROKEN = {
    # names and labels
    "g": "the line ends; expected '=' after the label of the gate",
    "g x[0] >= 1": "found 'x[0]'; expected '=' after the label of the gate",
    "= x[0] >= 1": "found '='; expected a statement, or the label of a gate or form",
    "2 = y >= 1": "found '2'; expected a statement, or the label of a gate or form",
    "tcsim 1": "expected a statement, or the label of a gate or form (the name tcsim is written in",
    "% = y >= 1": "a label that starts with % is no name",
    '"a = y >= 1': "form, in quotes that close on this line, with the escapes of JSON",
    '"\\x" = y >= 1': "with the escapes of JSON",
    "é = y >= 1": "found 'é'; expected a statement",
    "y = x[0] >= 1": "y is defined again; line 3 defines it",
    "x[1] = y >= 1": "x[1] is defined again; line 2 defines it",
    "s = y >= 1": "s is defined again; line 4 defines it",
    'form "s" = y': '"s" is defined again; line 4 defines it',
    # operands
    "g = a >= 1": "a is not defined; expected an input, gate or form",
    "g = x >= 1": "x is not defined; expected an input, gate or form",
    "g = x[2] >= 1": "x[2] is not defined; expected an input, gate or form",
    "g = x[01] >= 1": "x[01] is not defined; expected an input, gate or form",
    "g = %0 >= 1": "%0 is not defined; expected an input, gate or form",
    "g = g + y >= 1": "g is used in its own definition, which is a cycle",
    "form f = y - 2*f": "f is used in its own definition, which is a cycle",
    "g = h + y >= 1\n# between\nh = g >= 1": "h is used above line 7, which defines it; put "
    "definitions before uses (where that cannot be done there is a cycle)",
    "g = %h >= 1\nform %h = y": "%h is used above line 6, which defines it",
    'g = "h i" >= 1\n"h i" = y >= 1': '"h i" is used above line 6, which defines it',
    "g = form >= 1": "found 'form'; expected an input, gate or form (the name form is written in",
    # sums
    "g =": "the line ends; expected an input, gate or form",
    "g = >= 1": "found '>='; expected an input, gate or form",
    "g = + y >= 1": "found '+'; expected an input, gate or form",
    "g = y + >= 1": "found '>='; expected an input, gate or form",
    "g = y - - y >= 1": "found '-'; expected an input, gate or form",
    "g = y y >= 1": "found 'y'; expected '+', '-' or '>='",
    "g = 2 y >= 1": "found the constant 2; expected an input, gate or form: constants belong on",
    "g = y + 2 >= 1": "found the constant 2; expected an input, gate or form: constants belong on",
    "g = -0 >= 1": "found the constant 0",
    "g = 0 + y >= 1": "found the constant 0",
    "g = y*2 >= 1": "found 'y'; expected an integer",
    "g = 2* >= 1": "found '>='; expected an input, gate or form",
    "g = 2**y >= 1": "found '*'; expected an input, gate or form",
    "g = 2y >= 1": "found '2y'; expected an input, gate or form",
    "g = 1_0*y >= 1": "found '1_0'; expected an integer",
    "g = 0xg*y >= 1": "found '0xg'; expected an integer",
    "g = 1.5*y >= 1": "found the constant 1; expected an input, gate or form",
    "g = y.5 >= 1": "y.5 is not defined",
    "g = y >= 1.5": "found '.'; expected the end of the line",
    "g = (y) >= 1": "found '('; expected an input, gate or form",
    # comparisons
    "g = y": "the line ends; expected '+', '-' or '>='",
    "g = y > 1": ">= is the only comparison: write a + b >= 2 for a + b > 1",
    "g = y <= 1": ">= is the only comparison: write -a - b >= -1 for a + b <= 1",
    "g = y = 1": "found '='; expected '+', '-' or '>='",
    "g = y >=": "the line ends; expected an integer",
    "g = y >= x[0]": "found 'x[0]'; expected an integer",
    "g = y >= --1": "found '-'; expected an integer",
    "g = y >= +1": "found '+'; expected an integer",
    "g = y >= 1 2": "found '2'; expected the end of the line",
    "g = y >= 1 >= 0": "found '>='; expected the end of the line",
    f"g = y >= {'9' * 641}": "found a decimal number of 641 digits; expected at most 640, or a hex",
    f"g = y >= x{'9' * 641}": "expected an integer",
    # forms
    "form": "the line ends; expected a statement, or the label of a gate or form",
    "form f": "the line ends; expected '=' after the label of the form",
    "form f = y >= 1": "a form has no threshold; leave out the word form to make a gate",
    "form f = y * y": "found 'y'; expected an integer",
    "form f = y, y": "found ','; expected the end of the line",
    "form form = y": "(the name form is written in quotes)",
    # inputs
    "input z": "an input stands below a form or gate; all inputs come first",
    # scopes
    "scope a b": "found 'a'; expected a path such as layer1/neuron0, a quoted one, or nothing",
    "scope a//b": "expected a path such as layer1/neuron0, a quoted one, or nothing",
    "scope /": "expected a path such as layer1/neuron0",
    'scope "a': "expected a path such as layer1/neuron0",
    'scope "\\q"': "expected a path such as layer1/neuron0",
    # outputs
    "output": "the line ends; expected the name of the output",
    "output 0": "found '0'; expected the name of the output",
    "output %0": "expected the name of the output; a label that starts with % is no name",
    "output z": "z is not defined; expected an input, gate or form",
    "output z =": "the line ends; expected an input, gate or form",
    "output z = 2": "found the constant 2",
    "output z = 0 1": "found '1'; expected the end of the line",
    "output y y": "found 'y'; expected the end of the line",
    "output y = ~y": "found '~'; expected an input, gate or form",
    "output s": "s is a form, not a bit; compare it in a gate first",
    "output z = s": "s is a form, not a bit; compare it in a gate first",
    "output output = y": "(the name output is written in quotes)",
}

INPUTS = {
    "input": "the line ends; expected the name of the input",
    "input 3": "found '3'; expected the name of the input",
    "input %0": "a label that starts with % is no name",
    "input scope": "(the name scope is written in quotes)",
    "input a b": "found 'b'; expected the end of the line",
    "input a = b": "found '='; expected the end of the line",
    "input a[0]": "a[0] declares no input; expected a count of 1 or more",
    "input a[]": "found '['; expected the end of the line",
    "input a[-1]": "found '['; expected the end of the line",
    "input a[1000000000000]": "a file of this length may declare 1048606 inputs",
    "input a[1048599]\ninput b[99]": "b[99]: a file of this length may declare",
    f"input a[{'9' * 5000}]": "declares no input; expected a count of 1 or more",
    "input a\ninput a": "a is defined again; line 2 defines it",
    "input a[3]\ninput a[2]": "a[0] is defined again; line 2 defines it",
    'input "a[1]"\ninput a[2]': "a[1] is defined again; line 2 defines it",
}


def refusal(text: str | bytes) -> ParseError:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ParseError) as caught:
        read_tc(data, "some.tc")
    assert str(caught.value).startswith(f"some.tc, line {caught.value.line}: ")
    assert len(str(caught.value)) < 250
    return caught.value


@pytest.mark.parametrize("text", HEADERS)
def test_broken_headers(text: str) -> None:
    error = refusal(text)
    assert error.line == 1
    assert HEADERS[text] in error.problem


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:30])
def test_broken_lines(text: str) -> None:
    error = refusal(START + text)
    assert error.line == 5
    assert BROKEN[text] in error.problem


@pytest.mark.parametrize("text", INPUTS, ids=lambda text: text[:30])
def test_broken_inputs(text: str) -> None:
    error = refusal("tcsim 1\n" + text)
    assert error.line == 2 + text.count("\n")
    assert INPUTS[text] in error.problem


def test_an_output_name_is_used_once() -> None:
    error = refusal(START + 'output y\noutput z = y\noutput "y" = 0')
    assert (error.line, error.problem) == (7, 'there is already an output "y"')


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x1c", "\x7f", "\r"])
def test_control_characters(character: str) -> None:
    error = refusal(f'{START}"a{character}b" = y >= 1 # comment')
    assert error.line == 5
    assert f"found the control character {character!r}; in quoted names it" in error.problem


@pytest.mark.parametrize("blank", ["\xa0", "\u2028", "\u3000"])
def test_only_spaces_and_tabs_are_blanks(blank: str) -> None:
    error = refusal(f"{START}g ={blank}y >= 1")
    assert (error.line, error.problem) == (
        5,
        f"found {blank!r}; expected an input, gate or form",
    )


def test_what_is_not_utf_8() -> None:
    error = refusal(b"tcsim 1\ninput x\n# \xff\n")
    assert (error.line, error.problem) == (3, "found the byte 0xff; expected text in UTF-8")


@pytest.mark.parametrize(
    "text",
    [
        "tcsim 1\ninput x[1000000000000]",
        f"tcsim 1\ninput x[{'1' * 600}]",
        "tcsim 1\ninput x[10000000]",
    ],
    ids=len,
)
def test_announcing_allocates_nothing(text: str) -> None:
    tracemalloc.start()
    refusal(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_long_lines_and_deep_chains_are_read() -> None:
    """Nothing recurses, and no step looks at the whole file again."""
    chain = "\n".join(f"form f{i} = {f'f{i - 1}' if i else 'a'}" for i in range(5_000))
    wide = " + ".join(["a"] * 50_000)
    circuit = read_tc(f"tcsim 1\ninput a\n{chain}\ng = {wide} >= 1".encode())
    assert circuit.n_forms == 5_001
    assert circuit.terms(5_000) == [(0, 50_000)]
