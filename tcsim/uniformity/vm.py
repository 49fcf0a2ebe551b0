"""A register machine of twelve instructions: nothing can hide in it, as it has nothing else.

* ``set r 5``: r becomes a constant;
* ``inc r``: one more;
* ``dec r``: one less, but not below 0;
* ``copy r s``: r becomes s;
* ``double r``: twice;
* ``halve r``: half, rounded down;
* ``less r s there``: if r < s, go to the label;
* ``jump there``: go to the label;
* ``read r s``: r becomes the code of the input's cell s, or `BLANK` past the end;
* ``emit 0``: one symbol to the output: ``0 1 - comma semicolon``;
* ``nop``: nothing;
* ``halt``: the end.

Registers hold integers of at least 0, and are 0 at first. A line is ``label:``, an instruction, or
both; what follows ``#`` is a comment.
"""

from __future__ import annotations

from typing import Any

from tcsim.errors import ArgumentError, LimitError, ParseError
from tcsim.uniformity.meter import MOST_BITS, MOST_STEPS, Meter, Reached, Run
from tcsim.uniformity.tape import ALPHABET, tape_of

BLANK = len(ALPHABET)
"""What lies past the end of the input."""

OPERANDS = {
    "set": "rk", "inc": "r", "dec": "r", "copy": "rr", "double": "r", "halve": "r", "less": "rrl",
    "jump": "l", "read": "rr", "emit": "s", "nop": "", "halt": "",
}  # fmt: skip
"""{instruction: its operands}: r register, k constant, l label, s symbol."""
_SYMBOLS = {**{symbol: symbol for symbol in ALPHABET}, "comma": ",", "semicolon": ";"}
Instruction = tuple[Any, ...]


class RegisterMachine:
    '''A program of the register machine.

    Args:
        source: its text.
        name: what reports call it.

    Raises:
        ParseError: a line is no instruction, or a label is missing or there twice.

    Example:
        >>> machine = RegisterMachine("""
        ...     set two 2
        ...     again: read x i       # as many ones as the input has bits
        ...     less x two bit
        ...     halt
        ...     bit: emit 1
        ...     inc i
        ...     jump again
        ... """)
        >>> machine.run("011").output
        '111'
    '''

    def __init__(self, source: str, name: str = "register machine") -> None:
        self.name = name
        self.registers: tuple[str, ...]
        self.code, self.registers = _assemble(source, name)

    def __repr__(self) -> str:
        return f"RegisterMachine({self.name})"

    def run(
        self,
        *arguments: Any,  # noqa: ANN401
        steps_limit: int = MOST_STEPS,
        stop: int | None = None,
    ) -> Run:
        """Run on one input; see `Program.run`.

        Raises:
            ArgumentError: there is not exactly one input.
            LimitError: it takes more steps, or a register grows past 65,536 bits.
        """
        if len(arguments) != 1:
            raise ArgumentError(f"{self.name} takes one input, not {len(arguments)}")
        tape, meter = tape_of(arguments[0]), Meter(self.registers, steps_limit, stop)
        values, most = [0] * len(self.registers), [0] * len(self.registers)
        code, length, ceiling = self.code, len(tape), 1 << MOST_BITS
        place = steps = 0
        try:
            while place < len(code):
                operation, a, b, there = code[place]
                place += 1
                steps += 1
                if steps > steps_limit:
                    raise LimitError(f"{self.name} took more than {steps_limit:,} steps")
                if operation == "less":
                    if values[a] < values[b]:
                        place = there
                    continue
                if operation == "jump":
                    place = there
                    continue
                if operation == "emit":
                    meter.put(a)
                    continue
                if operation == "halt":
                    break
                if operation == "nop":
                    continue
                if operation == "read":
                    meter.reads += 1
                    new = int(tape[values[b]]) if values[b] < length else BLANK
                else:
                    new = _new(operation, values[a], b, values)
                values[a] = new
                if new > most[a]:
                    if new >= ceiling:
                        raise LimitError(f"register {self.registers[a]} holds {MOST_BITS:,} bits")
                    most[a] = new
        except Reached:
            pass
        meter.steps = steps
        meter.bits = [max(1, value.bit_length()) for value in most]
        return Run.of(meter)


def _new(operation: str, old: int, b: int, values: list[int]) -> int:
    """What a register becomes."""
    match operation:
        case "inc":
            return old + 1
        case "dec":
            return max(old - 1, 0)
        case "copy":
            return values[b]
        case "set":
            return b
        case "double":
            return 2 * old
    return old // 2


def _assemble(source: str, name: str) -> tuple[list[Instruction], tuple[str, ...]]:
    labels: dict[str, int] = {}
    lines: list[tuple[int, list[str]]] = []
    for number, line in enumerate(source.splitlines(), 1):
        words = line.partition("#")[0].split()
        while words and words[0].endswith(":"):
            label = words.pop(0)[:-1]
            if not label.isidentifier() or label in labels:
                raise ParseError(
                    f"label {label!r} is no name, or there twice", path=name, line=number
                )
            labels[label] = len(lines)
        if words:
            lines.append((number, words))
    registers: dict[str, int] = {}
    code = [_instruction(words, labels, registers, name, number) for number, words in lines]
    return code, tuple(registers)


def _instruction(
    words: list[str], labels: dict[str, int], registers: dict[str, int], name: str, line: int
) -> Instruction:
    operation, *operands = words
    kinds = OPERANDS.get(operation)
    if kinds is None:
        known = ", ".join(OPERANDS)
        raise ParseError(f"no instruction {operation!r}; there are {known}", path=name, line=line)
    if len(kinds) != len(operands):
        raise ParseError(f"{operation} takes {len(kinds)} operands", path=name, line=line)
    values: list[Any] = []
    for kind, word in zip(kinds, operands, strict=True):
        if kind == "r" and word.isidentifier():
            values.append(registers.setdefault(word, len(registers)))
        elif kind == "k" and word.isdecimal() and len(word) < 19:
            values.append(int(word))
        elif kind == "l" and word in labels:
            values.append(labels[word])
        elif kind == "s" and word in _SYMBOLS:
            values.append(_SYMBOLS[word])
        else:
            what = {"r": "register", "k": "constant", "l": "label", "s": "symbol"}[kind]
            raise ParseError(f"{operation}: {word!r} is no {what}", path=name, line=line)
    if operation == "jump":
        return operation, None, None, values[0]
    return operation, *values, *[None] * (3 - len(values))
