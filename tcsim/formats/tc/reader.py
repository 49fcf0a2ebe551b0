"""The reader of `.tc` text: one pass over the lines, no recursion."""

from __future__ import annotations

import re
from typing import NoReturn

from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.errors import CircuitError, ParseError
from tcsim.formats.limits import excerpt, most_inputs
from tcsim.formats.tc.draft import Draft
from tcsim.formats.tc.tokens import (
    MOST_DIGITS,
    PATH,
    RESERVED,
    SCOPE,
    defined_on,
    key,
    name_of,
    natural,
    split,
)

VERSION = "1"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_COMPARISONS = {"<": "-a - b >= -1 for a + b <= 1", ">": "a + b >= 2 for a + b > 1"}
_END = ""


def read_tc(data: bytes, path: str | None = None) -> Circuit:
    """Read `.tc` text.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: the text breaks a rule; names the line, what was found, what was expected.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"found the byte {data[error.start]:#04x}; expected text in UTF-8"
        raise ParseError(problem, path=path, line=line) from None
    text = text.replace("\r\n", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        problem = f"found the control character {control[0]!r}; in quoted names it is escaped"
        raise ParseError(problem, path=path, line=line)
    return _Reader(text.split("\n"), path, most_inputs(len(data))).read()


class _Reader:
    """Reads line after line; each statement may use what the lines above it define."""

    def __init__(self, lines: list[str], path: str | None, most_inputs: int) -> None:
        self.lines = lines
        self.path = path
        self.most_inputs = most_inputs
        self.line = 1
        self.draft = Draft()
        self.known: dict[str, int] = {}  # label -> wire, or ~form

    def read(self) -> Circuit:
        """The circuit of all lines."""
        self._header()
        statements = {
            "input": self._input,
            "form": self._form,
            "scope": self._scope,
            "output": self._output,
        }
        for number in range(2, len(self.lines) + 1):
            self.line = number
            tokens = split(self.lines[number - 1])
            if tokens and tokens[-1][0] == "#":
                tokens.pop()
            if tokens:
                tokens += (_END, _END)
                statements.get(tokens[0], self._gate)(tokens)
        try:
            return self.draft.circuit()
        except CircuitError as error:
            raise ParseError(str(error), path=self.path) from error

    # Statements ----------------------------------------------------------------------------------

    def _header(self) -> None:
        tokens = [token for token in split(self.lines[0]) if token[0] != "#"]
        if tokens[:1] == ["tcsim"] and len(tokens) == 2 and tokens[1] != VERSION:
            self._fail(f"version {excerpt(tokens[1])}; this reader knows version {VERSION}")
        if tokens != ["tcsim", VERSION]:
            self._expected(f"the header 'tcsim {VERSION}'", self.lines[0])

    def _input(self, tokens: list[str]) -> None:
        if self.draft.has_forms:
            self._fail("an input stands below a form or gate; all inputs come first")
        token = tokens[1]
        name = self._name(token, "the name of the input")
        self._end(tokens, 2)
        inputs = self.draft.inputs
        stem, bracket, index = token.rpartition("[")
        names = [name]
        if bracket and token[0] != '"':
            count = natural(index[:-1])
            if not count:
                self._fail(f"{excerpt(token)} declares no input; expected a count of 1 or more")
            if len(inputs) + count > self.most_inputs:
                self._fail(
                    f"{excerpt(token)}: a file of this length may declare {self.most_inputs} inputs"
                )
            names = [f"{stem}[{i}]" for i in range(count)]
        for each in names:
            self._define(key(each), len(inputs), each)
            inputs.append(each)

    def _form(self, tokens: list[str]) -> None:
        label, name = self._label(tokens[1])
        if tokens[2] != "=":
            self._expected("'=' after the label of the form", tokens[2])
        at = self._sum(tokens, 3)
        if tokens[at] == ">=":
            self._fail("a form has no threshold; leave out the word form to make a gate")
        self._end(tokens, at)
        form = self.draft.add_form()
        self._define(label, ~form, tokens[1])
        if name is not None:
            self.draft.form_names[form] = name

    def _gate(self, tokens: list[str]) -> None:
        label, name = self._label(tokens[0])
        if tokens[1] != "=":
            self._expected("'=' after the label of the gate", tokens[1])
        at = self._sum(tokens, 2)
        if tokens[at] != ">=":
            if tokens[at] in _COMPARISONS:
                self._fail(f">= is the only comparison: write {_COMPARISONS[tokens[at]]}")
            self._expected("'+', '-' or '>='", tokens[at])
        at += 1
        negative = tokens[at] == "-"
        at += negative
        threshold = natural(tokens[at])
        if threshold is None:
            self._not_a_number(tokens[at])
        self._end(tokens, at + 1)
        gate = self.draft.add_gate(-threshold if negative else threshold)
        self._define(label, len(self.draft.inputs) + gate, tokens[0])
        if name is not None:
            self.draft.gate_names[gate] = name

    def _scope(self, tokens: list[str]) -> None:
        match = SCOPE.fullmatch(self.lines[self.line - 1])
        path: str | None = ""
        if match is None:
            path = None
        elif match[1]:
            path = match[1] if PATH.fullmatch(match[1]) else name_of(match[1])
        if path is None:
            self._expected("a path such as layer1/neuron0, a quoted one, or nothing", tokens[1])
        self.draft.enter(path)

    def _output(self, tokens: list[str]) -> None:
        outputs = self.draft.outputs
        name = self._name(tokens[1], "the name of the output")
        if name in outputs:
            self._fail(f"there is already an output {excerpt(tokens[1])}")
        named = tokens[2] == "="
        source, at = (tokens[3], 4) if named else (tokens[1], 2)
        if named and source in {"0", "1"}:
            wire = TRUE if source == "1" else FALSE
        else:
            wire = self._operand(source)
            if wire < 0:
                self._fail(f"{excerpt(source)} is a form, not a bit; compare it in a gate first")
        self._end(tokens, at)
        outputs[name] = wire

    # Parts of statements -------------------------------------------------------------------------

    def _sum(self, tokens: list[str], at: int) -> int:
        """Read the terms of a sum into the draft; returns where the sum ends."""
        if tokens[at] == "0" and tokens[at + 1] in {_END, ">="}:
            return at + 1
        known, operands, weights = self.known, self.draft.operands, self.draft.weights
        last, increasing = -(1 << 62), True
        weight = 1
        if tokens[at] == "-":
            weight, at = -1, at + 1
        while True:
            label = tokens[at]
            at += 1
            if tokens[at] == "*":
                factor = natural(label)
                if factor is None:
                    self._not_a_number(label)
                weight *= factor
                label = tokens[at + 1]
                at += 2
            operand = known.get(label)
            if operand is None:
                operand = self._operand(label)
            increasing &= last < operand
            last = operand
            operands.append(operand)
            weights.append(weight)
            sign = tokens[at]
            if sign == "+":
                weight = 1
            elif sign == "-":
                weight = -1
            else:
                break
            at += 1
        if not increasing:
            self.draft.collect_terms()
        return at

    def _operand(self, token: str) -> int:
        """The wire, or ~form, that a token stands for."""
        if natural(token) is not None:
            self._fail(
                f"found the constant {excerpt(token)}; expected an input, gate or form: "
                "constants belong on the right of >="
            )
        label = token
        if token[:1] != "%":
            label = key(self._name(token, "an input, gate or form"))
        if label not in self.known:
            self._undefined(label, token)
        return self.known[label]

    def _label(self, token: str) -> tuple[str, str | None]:
        """What a label is looked up by, and the name that it gives, if any."""
        if token[:1] == "%" and len(token) > 1:
            return token, None
        name = self._name(token, "a statement, or the label of a gate or form")
        return key(name), name

    def _name(self, token: str, expected: str) -> str:
        name = name_of(token)
        if name is None:
            if token in RESERVED:
                expected += f" (the name {token} is written in quotes)"
            elif token[:1] == '"':
                expected += ", in quotes that close on this line, with the escapes of JSON"
            elif token[:1] == "%":
                expected += "; a label that starts with % is no name"
            self._expected(expected, token)
        return name

    def _define(self, label: str, wire: int, token: str) -> None:
        if self.known.setdefault(label, wire) != wire:
            line = defined_on(self.lines, label)
            self._fail(f"{excerpt(token)} is defined again; line {line} defines it")

    def _end(self, tokens: list[str], at: int) -> None:
        if tokens[at] != _END:
            self._expected("the end of the line", tokens[at])

    # Errors --------------------------------------------------------------------------------------

    def _undefined(self, label: str, token: str) -> NoReturn:
        line = defined_on(self.lines, label)
        if line is None:
            self._fail(f"{excerpt(token)} is not defined; expected an input, gate or form")
        if line == self.line:
            self._fail(f"{excerpt(token)} is used in its own definition, which is a cycle")
        self._fail(
            f"{excerpt(token)} is used above line {line}, which defines it; put definitions before "
            "uses (where that cannot be done there is a cycle)"
        )

    def _not_a_number(self, token: str) -> NoReturn:
        if token.isdigit() and len(token) > MOST_DIGITS:
            self._fail(
                f"found a decimal number of {len(token)} digits; expected at most {MOST_DIGITS}, "
                "or a hexadecimal number"
            )
        self._expected("an integer", token)

    def _expected(self, expected: str, found: str) -> NoReturn:
        what = f"found {excerpt(found)!r}" if found else "the line ends"
        self._fail(f"{what}; expected {expected}")

    def _fail(self, problem: str) -> NoReturn:
        raise ParseError(problem, path=self.path, line=self.line)
