"""The reader of structural Verilog: statements one after the other, no recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tcsim.errors import ParseError
from tcsim.formats.limits import excerpt, most_inputs
from tcsim.formats.lines import ascii_text
from tcsim.formats.netlist import Netlist
from tcsim.formats.verilog.expression import BINARY, RANK, Program, make
from tcsim.formats.verilog.tokens import KEYWORDS, Token, bit, tokens

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.assembly import Assembly

PRIMITIVES = ("and", "nand", "or", "nor", "xor", "xnor", "not", "buf")
_NETS = ("input", "output", "wire")
_LARGEST_INDEX = 10**9


def read_verilog(data: bytes, path: str | None = None) -> Circuit:
    """Read one module of gate primitives and one-bit assignments.

    A primitive is one gate, XOR and XNOR of n operands floor(n/2) + 1. In an expression a chain of
    one operator is one gate (``?:`` three); negation and renaming are none.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: names the line, what was found, what was expected.
    """
    return _Reader(data, path).read()


class _Reader:
    def __init__(self, data: bytes, path: str | None) -> None:
        self.path = path
        self.most = most_inputs(len(data))
        self.tokens = tokens(ascii_text(data, path), path)
        self.at = 0
        self.netlist = Netlist(path)
        self.ports: dict[str, int] = {}  # name -> line
        self.ranges: dict[str, range | None] = {}  # of declared nets; None for one bit
        self.direction: dict[str, tuple[str, int]] = {}
        self.declared = 0  # bits of ports

    def read(self) -> Circuit:
        self.expect("module")
        self.name("the name of the module")
        if self.take("("):
            self.header()
        self.expect(";")
        while not self.take("endmodule"):
            self.statement()
        if self.token.kind != "end":
            self.fail(f"found {excerpt(self.token.text)!r} behind endmodule; one module is read")
        self.declare_ports()
        return self.netlist.build()

    # Tokens --------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def fail(self, problem: str, line: int | None = None) -> NoReturn:
        raise ParseError(problem, path=self.path, line=self.token.line if line is None else line)

    def take(self, text: str) -> bool:
        """Whether this keyword or sign comes next; it is then behind us."""
        token = self.token
        if token.text != text or not token.plain or token.kind == "end":
            return False
        self.at += 1
        return True

    def expect(self, text: str) -> None:
        if not self.take(text):
            self.fail(f"found {excerpt(self.token.text)!r}; expected {text!r}")

    def name(self, what: str) -> str:
        token = self.token
        if token.kind != "name" or (token.plain and token.text in KEYWORDS):
            self.fail(f"found {excerpt(token.text)!r}; expected {what}")
        self.at += 1
        return token.text

    # Declarations --------------------------------------------------------------------------------

    def header(self) -> None:
        """The ports: names alone, or with their directions."""
        if self.take(")"):
            return
        kind, width = "", None
        while True:
            line = self.token.line
            if self.token.text in ("input", "output") and self.token.plain:
                kind = self.token.text
                self.at += 1
                self.take("wire")
                width = self.width()
            name = self.name("the name of a port")
            if name in self.ports:
                self.fail(f"two ports are named {excerpt(name)!r}", line)
            self.ports[name] = line
            if kind:
                self.declare(kind, name, width, line)
            if self.take(")"):
                return
            self.expect(",")

    def width(self) -> range | None:
        """The bits of a vector, lowest index first; None for one bit."""
        if not self.take("["):
            return None
        left = self.index()
        self.expect(":")
        right = self.index()
        self.expect("]")
        return range(min(left, right), max(left, right) + 1)

    def index(self) -> int:
        token = self.token
        if not token.text.isdecimal() or len(token.text) > 9:
            self.fail(f"found {excerpt(token.text)!r}; expected an index below {_LARGEST_INDEX:,}")
        self.at += 1
        return int(token.text)

    def declare(self, kind: str, name: str, width: range | None, line: int) -> None:
        if kind == "wire":
            if name in self.direction or name in self.ranges:
                self.ranges.setdefault(name, width)
                return
        elif name in self.direction:
            self.fail(f"{excerpt(name)!r} is declared already on line {self.direction[name][1]}")
        else:
            if name not in self.ports:
                self.fail(f"{excerpt(name)!r} is no port of the module", line)
            self.direction[name] = kind, line
            self.declared += 1 if width is None else len(width)
            if self.declared > self.most:
                self.fail(f"{excerpt(name)!r}: a file of this length declares too many bits", line)
        self.ranges[name] = width

    def declare_ports(self) -> None:
        """The bits of the ports in order, as inputs and outputs of the netlist."""
        for name, line in self.ports.items():
            if name not in self.direction:
                self.fail(f"the port {excerpt(name)!r} is neither input nor output", line)
            kind, at = self.direction[name]
            width = self.ranges[name]
            for bit_name in [name] if width is None else [f"{name}[{i}]" for i in width]:
                if kind == "input":
                    before = self.netlist.definitions.get(bit_name)
                    if before is not None:
                        self.fail(f"the input {excerpt(bit_name)!r} is driven", before.line)
                    self.netlist.add_input(bit_name, at)
                else:
                    self.netlist.add_output(bit_name, at)

    # Statements ----------------------------------------------------------------------------------

    def statement(self) -> None:
        token = self.token
        word = token.text if token.plain else ""
        if self.take(";"):
            return
        if word in _NETS:
            self.at += 1
            self.nets(word)
        elif word == "assign":
            self.at += 1
            self.assignments()
        elif word in PRIMITIVES:
            self.at += 1
            self.primitives(word)
        elif word in ("reg", "always", "initial", "always_ff", "always_latch"):
            self.fail(f"{word} describes behavior or memory; only structure is read")
        elif token.kind == "end":
            self.fail("the file ends without endmodule; it may be cut off")
        elif token.kind == "name" and word not in KEYWORDS:
            self.fail(f"{excerpt(token.text)!r} is a use of another module; flatten the file first")
        else:
            expected = "input, output, wire, assign, a gate primitive or endmodule"
            self.fail(f"found {excerpt(token.text)!r}; expected {expected}")

    def nets(self, kind: str) -> None:
        if kind != "wire":
            self.take("wire")
        width = self.width()
        while True:
            line = self.token.line
            name = self.name("the name of a net")
            self.declare(kind, name, width, line)
            if kind == "wire" and self.take("="):
                self.define(self.bit_of(name, line), line)
            if self.take(";"):
                return
            self.expect(",")

    def assignments(self) -> None:
        while True:
            line = self.token.line
            target = self.operand()
            self.expect("=")
            self.define(target, line)
            if self.take(";"):
                return
            self.expect(",")

    def define(self, target: str, line: int) -> None:
        """The signal `target` is the expression that comes next."""
        operands, program = self.expression()
        self.netlist.define(target, operands, make, program, line)

    def primitives(self, kind: str) -> None:
        while True:
            line = self.token.line
            if not self.take("("):
                self.name("the name of a gate or '('")
                self.expect("(")
            pins = [self.pin()]
            while not self.take(")"):
                self.expect(",")
                pins.append(self.pin())
            if len(pins) < 2:
                self.fail(f"a gate {kind} has an output and an input", line)
            outputs = pins[:-1] if kind in ("not", "buf") else pins[:1]
            inputs = pins[len(outputs) :]
            for output in outputs:
                if isinstance(output, int):
                    self.fail(f"a constant is the output of a gate {kind}", line)
                names = [pin for pin in inputs if isinstance(pin, str)]
                constants = [pin for pin in inputs if isinstance(pin, int)]
                self.netlist.define(output, names, _primitive, (kind, constants), line)
            if self.take(";"):
                return
            self.expect(",")

    def pin(self) -> str | int:
        """A signal or a constant."""
        if self.token.kind == "constant":
            self.at += 1
            return bit(self.tokens[self.at - 1], self.path)
        return self.operand()

    # Expressions ---------------------------------------------------------------------------------

    def operand(self) -> str:
        """A signal of one bit: a name, or a bit of a vector."""
        line = self.token.line
        name = self.name("a signal")
        if not self.take("["):
            return self.bit_of(name, line)
        index = self.index()
        self.expect("]")
        width = self.ranges.get(name)
        if width is None or index not in width:
            self.fail(f"{excerpt(name)!r} has no bit {index}", line)
        return f"{name}[{index}]"

    def bit_of(self, name: str, line: int) -> str:
        if self.ranges.get(name) is not None:
            self.fail(f"{excerpt(name)!r} is a vector; expected one bit of it", line)
        return name

    def expression(self) -> tuple[list[str], Program]:
        """The signals of an expression and its postfix form; stops behind the expression."""
        operands: dict[str, int] = {}
        program: Program = []
        waiting: list[str] = []  # operators and open parentheses

        def reduce(rank: int) -> None:
            while waiting and waiting[-1] != "(" and RANK[waiting[-1]] >= rank:
                operator = waiting.pop()
                if operator == "?":
                    self.fail("a '?' has no ':'")
                program.append(("~" if operator in "~!" else BINARY.get(operator, operator), 0))

        while True:
            while self.token.text in ("~", "!", "(") and self.token.kind == "sign":
                waiting.append(self.token.text)
                self.at += 1
            if self.token.kind == "constant":
                program.append(("constant", bit(self.token, self.path)))
                self.at += 1
            else:
                name = self.operand()
                program.append(("operand", operands.setdefault(name, len(operands))))
            while self.token.text == ")" and "(" in waiting:
                reduce(0)
                waiting.pop()
                program.append(("close", 0))
                self.at += 1
            sign = self.token.text if self.token.kind == "sign" else ""
            if sign in BINARY:
                reduce(RANK[sign])
                waiting.append(sign)
            elif sign == "?":
                reduce(1)
                waiting.append("?")
            elif sign == ":":
                while waiting and waiting[-1] == "?:":
                    waiting.pop()
                    program.append(("?:", 0))
                reduce(1)
                while waiting and waiting[-1] == "?:":
                    waiting.pop()
                    program.append(("?:", 0))
                if not waiting or waiting[-1] != "?":
                    self.fail("a ':' has no '?'")
                waiting[-1] = "?:"
            else:
                break
            self.at += 1
        if "(" in waiting:
            self.fail(f"found {excerpt(self.token.text)!r}; expected ')'")
        reduce(0)
        return list(operands), program


def _primitive(assembly: Assembly, literals: list[int], detail: tuple[str, list[int]]) -> int:
    kind, constants = detail
    inputs = [*literals, *constants]
    match kind:
        case "and" | "buf":
            return assembly.conjunction(inputs)
        case "nand" | "not":
            return assembly.conjunction(inputs, inverted=True)
        case "or":
            return assembly.disjunction(inputs)
        case "nor":
            return assembly.disjunction(inputs, inverted=True)
        case _:
            return assembly.parity(inputs, inverted=kind == "xnor")
