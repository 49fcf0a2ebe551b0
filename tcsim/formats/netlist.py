"""Netlist: signals by name, defined in any order; checked, sorted and assembled into a circuit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from tcsim.errors import ParseError
from tcsim.formats.assembly import Assembly
from tcsim.formats.limits import excerpt

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

Make = Callable[[Assembly, list[int], Any], int]
"""Makes the gates of a definition: (assembly, literals of the operands, detail) -> literal."""

_SHOWN = 8
"""Most signals of a cycle that a message lists."""


class Definition(NamedTuple):
    """What a signal is.

    Attributes:
        operands: names of signals.
        make: makes its gates.
        detail: what `make` is told besides.
        line: where it stands, None in a binary file.
    """

    operands: Sequence[str]
    make: Make
    detail: Any
    line: int | None


class Netlist:
    """The signals of a file, collected line by line.

    Args:
        path: name of the file, for errors.
    """

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.inputs: dict[str, int | None] = {}  # name -> line
        self.outputs: dict[str, int | None] = {}
        self.definitions: dict[str, Definition] = {}

    def fail(self, problem: str, line: int | None) -> NoReturn:
        """Refuse the file."""
        raise ParseError(problem, path=self.path, line=line)

    def add_input(self, name: str, line: int | None) -> None:
        """Declare an input.

        Raises:
            ParseError: the signal is an input or defined already.
        """
        self._check_new(name, line)
        self.inputs[name] = line

    def add_output(self, name: str, line: int | None) -> None:
        """Declare an output.

        Raises:
            ParseError: it is an output already.
        """
        if name in self.outputs:
            self.fail(f"{_quoted(name)} is an output already{_on(self.outputs[name])}", line)
        self.outputs[name] = line

    def define(
        self, name: str, operands: Sequence[str], make: Make, detail: object, line: int | None
    ) -> None:
        """Say what a signal is.

        Raises:
            ParseError: the signal is an input or defined already.
        """
        self._check_new(name, line)
        self.definitions[name] = Definition(operands, make, detail, line)

    def _check_new(self, name: str, line: int | None) -> None:
        if name in self.inputs:
            self.fail(f"{_quoted(name)} is an input already{_on(self.inputs[name])}", line)
        if name in self.definitions:
            before = _on(self.definitions[name].line)
            self.fail(f"{_quoted(name)} is defined already{before}", line)

    def order(self) -> list[str]:
        """The defined signals, each behind its operands; otherwise in the order of the file.

        Raises:
            ParseError: a signal is used but not defined, or defined by itself.
        """
        done: set[str] = set()
        opened: set[str] = set()
        result: list[str] = []
        for root in self.definitions:
            stack = [root]
            while stack:
                name = stack[-1]
                if name in done:
                    stack.pop()
                elif name in opened:
                    done.add(name)
                    result.append(name)
                    stack.pop()
                else:
                    opened.add(name)
                    for operand in reversed(self.definitions[name].operands):
                        if operand in done or operand in self.inputs:
                            continue
                        if operand not in self.definitions:
                            line = self.definitions[name].line
                            self.fail(f"{_quoted(operand)} is used but not defined", line)
                        if operand in opened:
                            self._refuse_cycle(stack, opened - done, operand)
                        stack.append(operand)
        return result

    def _refuse_cycle(self, stack: list[str], opened: set[str], start: str) -> NoReturn:
        path = list(dict.fromkeys(name for name in stack if name in opened))
        cycle = [_quoted(name) for name in path[path.index(start) :]]
        if len(cycle) > _SHOWN:
            cycle[_SHOWN:] = [f"... ({len(cycle) - _SHOWN} more)"]
        text = " reads ".join([*cycle, _quoted(start)])
        self.fail(f"a cycle: {text}", self.definitions[start].line)

    def build(self) -> Circuit:
        """The circuit; the last gate of each definition has the signal's name.

        Raises:
            ParseError: a signal is undefined or cyclic.
        """
        order = self.order()
        for name, line in self.outputs.items():
            if name not in self.definitions and name not in self.inputs:
                self.fail(f"the output {_quoted(name)} is not defined", line)
        assembly = Assembly(list(self.inputs))
        literals = {name: assembly.input(i) for i, name in enumerate(self.inputs)}
        for name in order:
            operands, make, detail, _ = self.definitions[name]
            before = len(assembly)
            literals[name] = made = make(assembly, [literals[each] for each in operands], detail)
            gate = assembly.gate_of(made)
            if gate is not None and gate >= before:
                assembly.names[gate] = name
        return assembly.build({name: literals[name] for name in self.outputs})


def _quoted(name: str) -> str:
    return repr(excerpt(name))


def _on(line: int | None) -> str:
    return "" if line is None else f" on line {line}"
