"""A program rewritten so that every value passes through the meter: in a register, or on its way.

Each variable is a register, each loop has three more, and the values inside an expression stand in
temporary registers, numbered by their depth in it and used again by the next expression. Functions
do not call themselves, so each has one set of registers.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from tcsim.uniformity.source import Source

if TYPE_CHECKING:
    from types import CodeType


METER = "the meter"
"""The first parameter of a rewritten function; no name of a program has a space."""


class Registers:
    """Numbers the registers of one program, those of the functions that it calls included."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, name: str) -> int:
        """The number of a register."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)


class _Instrument(ast.NodeTransformer):
    """Rewrites one function. It has passed the linter.

    Args:
        source: the function.
        registers: numbers for its registers.
        names: {function: its name, another one for each}.
    """

    def __init__(self, source: Source, registers: Registers, names: dict[Any, str]) -> None:
        self.source = source
        self.registers = registers
        self.names = names
        self.depth = 0

    def run(self) -> ast.FunctionDef:
        """The rewritten function: its parameters are kept in registers first."""
        tree = ast.parse(ast.unparse(self.source.tree)).body[0]
        assert isinstance(tree, ast.FunctionDef)  # noqa: S101 - it was one
        tree = ast.increment_lineno(tree, self.source.tree.lineno + self.source.first - 1)
        tree.name, tree.returns = _defined(self.names[self.source.function]), None
        for arg in tree.args.args:
            arg.annotation = None
        kept = [
            _assign(name, self.keep(self.variable(name), _name(name)))
            for name, kind in self.source.kinds.items()
            if kind == "integer"
        ]
        body: list[ast.stmt] = []
        for statement in tree.body:
            rewritten = self.visit(statement)
            body += rewritten if isinstance(rewritten, list) else [rewritten]
        tree.args.args.insert(0, ast.arg(METER))
        tree.body = [*kept, *body] or [ast.Pass()]
        return tree

    # Registers ---------------------------------------------------------------------------------

    def variable(self, name: str) -> int:
        return self.registers(f"{self.names[self.source.function]}.{name}")

    def temporary(self) -> int:
        return self.registers(f"{self.names[self.source.function]}#{self.depth}")

    def keep(self, slot: int, value: ast.expr) -> ast.expr:
        return _meter("keep", ast.Constant(slot), value)

    def operands(self, *nodes: ast.expr) -> list[ast.expr]:
        """Operands, each a temporary further than the one before."""
        before, values = self.depth, []
        for node in nodes:
            values.append(self.visit(node))
            self.depth += 1
        self.depth = before
        return values

    # Statements --------------------------------------------------------------------------------

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if isinstance(node.value, ast.Constant):
            return ast.Pass()
        node.value = self.visit(node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        return self._assigned(node.targets[0], node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        assert node.value is not None  # noqa: S101 - the linter refuses it
        return self._assigned(node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        assert isinstance(node.target, ast.Name)  # noqa: S101 - the linter refuses others
        whole = ast.BinOp(_name(node.target.id), node.op, node.value)
        return self._assigned(node.target, whole)

    def _assigned(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        if isinstance(target, ast.Name):
            return _assign(target.id, self.keep(self.variable(target.id), self.visit(value)))
        assert isinstance(target, ast.Tuple)  # noqa: S101 - the linter refuses others
        assert isinstance(value, ast.Tuple)  # noqa: S101
        # All new values exist beside all old ones before the first is stored.
        parts, before = [], self.depth
        for name, part in zip(target.elts, value.elts, strict=True):
            assert isinstance(name, ast.Name)  # noqa: S101
            waiting = self.keep(self.temporary(), self.visit(part))
            parts.append(self.keep(self.variable(name.id), waiting))
            self.depth += 1
        self.depth = before
        return ast.Assign([target], ast.Tuple(parts, ast.Load()))

    def visit_While(self, node: ast.While) -> ast.stmt:
        self.generic_visit(node)
        node.body = [ast.Expr(_meter("tick")), *node.body]
        return node

    def visit_For(self, node: ast.For) -> ast.stmt:
        assert isinstance(node.target, ast.Name)  # noqa: S101 - the linter refuses others
        assert isinstance(node.iter, ast.Call)  # noqa: S101
        place = f"{node.target.id}@{node.lineno}"
        slots = [self.variable(node.target.id)]
        slots += [self.variable(f"{place}.{part}") for part in ("counter", "end", "step")]
        numbers = ast.Tuple([ast.Constant(slot) for slot in slots], ast.Load())
        node.iter = _meter("loop", numbers, *self.operands(*node.iter.args))
        node.body = [self.visit(statement) for statement in node.body]
        node.orelse = [self.visit(statement) for statement in node.orelse]
        return node

    # Expressions -------------------------------------------------------------------------------

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.source.locals:
            return node
        return ast.Constant(self.source.constant(node.id))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        slot = self.temporary()
        left, right = self.operands(node.left, node.right)
        if isinstance(node.op, ast.LShift):
            return _meter("shift", ast.Constant(slot), left, right)
        return self.keep(slot, ast.BinOp(left, node.op, right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        slot = self.temporary()
        node.operand = self.visit(node.operand)
        return self.keep(slot, node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        node.left, *node.comparators = self.operands(node.left, *node.comparators)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        node.values = self.operands(*node.values)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        slot = self.temporary()
        return _meter("read", ast.Constant(slot), node.value, self.visit(node.slice))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        slot = self.temporary()
        if isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
            return self.keep(slot, node)
        assert isinstance(node.func, ast.Name)  # noqa: S101 - the linter refuses others
        name, callee = node.func.id, self.source.callee(node.func.id)
        if name == "len" and callee is None:
            return self.keep(slot, node)
        if self.source.kinds.get(name) == "write":
            place = ast.Constant(self.registers("place in the number written"))
            return _meter("write", place, *self.operands(*node.args))
        if callee is None:
            node.args = self.operands(*node.args)
            return self.keep(slot, node)
        kinds = Source.of(callee).kinds.values()
        numbers = iter(
            self.operands(*(a for a, k in zip(node.args, kinds, strict=True) if k == "integer"))
        )
        handed = [
            next(numbers)
            if kind == "integer"
            else _name(arg.id)
            if isinstance(arg, ast.Name)
            else arg
            for arg, kind in zip(node.args, kinds, strict=True)
        ]
        node.func, node.args = _name(_defined(self.names[callee])), [_name(METER), *handed]
        return _meter("returned", ast.Constant(slot), node)


def instrumented(every: list[Source]) -> tuple[CodeType, str, tuple[str, ...]]:
    """Compile a program and the functions that it calls.

    Args:
        every: the program first, as `tcsim.uniformity.lint.sources` gives them.

    Returns:
        The code that defines them, the name of the program in it, and the registers' names.
    """
    registers = Registers()
    names: dict[Any, str] = {}
    for source in every:
        name, alike = source.tree.name, 1
        while name in names.values():  # functions of one name, from two modules
            alike += 1
            name = f"{source.tree.name} {alike}"
        names[source.function] = name
    body: list[ast.stmt] = [_Instrument(source, registers, names).run() for source in every]
    module = ast.fix_missing_locations(ast.Module(body, []))
    entry = _defined(names[every[0].function])
    return compile(module, every[0].file, "exec"), entry, tuple(registers.names)


def _defined(name: str) -> str:
    """What a rewritten function is called; a variable of the program may bear its old name."""
    return f"program {name}"


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _meter(method: str, *args: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(_name(METER), method, ast.Load()), list(args), [])
