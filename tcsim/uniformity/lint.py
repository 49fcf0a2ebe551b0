"""Which functions are programs of the machine: integers in named registers, and nothing else.

A program is written in the part of Python in which no memory can hide: integer variables,
arithmetic, comparisons, `if`, `while`, ``for ... in range(...)``, reading ``tape[i]`` and
``len(tape)``, ``write(...)``, and calls of functions that are programs too, without recursion.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcsim.uniformity.source import Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILTINS = {"abs": (1, 1), "max": (2, 9), "min": (2, 9), "len": (1, 1)}
"""Functions of Python that a program may call: {name: least and most arguments}; and `range`, as
what a loop runs over."""

_PLAIN = (
    ast.Module, ast.arguments, ast.arg, ast.Load, ast.Store, ast.If, ast.While, ast.Break,
    ast.Continue, ast.Pass, ast.Return, ast.IfExp, ast.BoolOp, ast.And, ast.Or, ast.Not, ast.USub,
    ast.UAdd, ast.Invert, ast.UnaryOp, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod,
    ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr, ast.BitXor, ast.Eq, ast.NotEq, ast.Lt, ast.LtE,
    ast.Gt, ast.GtE, ast.Compare,
)  # fmt: skip


@dataclass(frozen=True)
class Violation:
    """A construct that could hide memory.

    Attributes:
        file: where the function is.
        line: of that file, from 1.
        problem: what stands there, and why it may not.
    """

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.problem}"


def violations(function: object) -> tuple[Violation, ...]:
    """What in a function, and in those it calls, could hide memory from the meter.

    Args:
        function: a plain Python function.

    Returns:
        Empty if it is a program of the machine.

    Raises:
        ArgumentError: it is no function with a source.
    """
    every = sources(function)
    found = [one for source in every for one in _Linter(source).run()]
    return tuple(found) + tuple(_recursion(every))


class _Linter(ast.NodeVisitor):
    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = source.locals
        self.found: list[Violation] = []

    def run(self) -> list[Violation]:
        tree, function = self.source.tree, self.source.function
        plain = tree.args
        if tree.decorator_list:
            self.refuse(tree, "a decorator may replace the function")
        if plain.defaults or plain.vararg or plain.kwarg or plain.kwonlyargs or plain.posonlyargs:
            self.refuse(tree, "a program has plain parameters, without defaults")
        if function.__code__.co_freevars:
            self.refuse(tree, f"it closes over {', '.join(function.__code__.co_freevars)}")
        for statement in tree.body:
            self.visit(statement)
        return self.found

    def refuse(self, node: ast.AST, problem: str) -> None:
        line = self.source.first + getattr(node, "lineno", 1)
        self.found.append(Violation(self.source.file, line, problem))

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _PLAIN):
            super().generic_visit(node)
        else:
            self.refuse(node, f"{_named(node)} may hold memory that is not metered")

    def visit_Expr(self, node: ast.Expr) -> None:
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if text and node is self.source.tree.body[0]:
            return
        match node.value:
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if (
                self.source.kinds.get(name) == "write"
            ):
                self._integers(args)
            case _:
                self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, int):
            self.refuse(node, f"{node.value!r} is no integer")

    def visit_Assign(self, node: ast.Assign) -> None:
        self._targets(node, node.targets, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            self.refuse(node, "a register without a value")
        else:
            self._targets(node, [node.target], node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.op)
        self._targets(node, [node.target], node.value)

    def _targets(self, node: ast.stmt, targets: list[ast.expr], value: ast.expr) -> None:
        match targets, value:
            case [ast.Name(id=name)], _:
                self._register(node, name)
                self.visit(value)
            case [ast.Tuple(elts=left)], ast.Tuple(elts=right) if len(left) == len(right):
                for target, part in zip(left, right, strict=True):
                    if isinstance(target, ast.Tuple):
                        self.refuse(node, "a tuple within a tuple")
                    self._targets(node, [target], part)
            case _:
                self.refuse(node, "an assignment is to a name, or of as many values to names")

    def _register(self, node: ast.AST, name: str) -> None:
        if self.source.kinds.get(name, "integer") != "integer":
            self.refuse(node, f"{name} is a tape, not a register")

    def visit_Name(self, node: ast.Name) -> None:
        kind = self.source.kinds.get(node.id, "integer")
        if kind != "integer":
            self.refuse(node, f"the tape {node.id} is used as a number")
        elif node.id not in self.names and self.source.constant(node.id) is None:
            self.refuse(node, f"{node.id} is no register, and no integer constant of the module")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        match node.value, node.slice:
            case _, ast.Slice():
                self.refuse(node, "a slice is a string of symbols")
            case ast.Name(id=name), index if self.source.kinds.get(name) == "tape":
                self.visit(index)
            case _:
                self.refuse(node, f"{ast.unparse(node)}: only an input tape has cells")

    def visit_For(self, node: ast.For) -> None:
        match node.target, node.iter:
            case ast.Name(id=name), ast.Call(
                func=ast.Name(id="range"), args=[_] | [_, _] | [_, _, _] as bounds, keywords=[]
            ) if "range" not in self.names | set(self.source.function.__globals__):
                self._register(node, name)
                self._integers(bounds)
            case _:
                self.refuse(node, "a loop is for NAME in range(...)")
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_Call(self, node: ast.Call) -> None:
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            self.refuse(node, "arguments are given in order, one by one")
            return
        match node.func:
            case ast.Attribute(value=value, attr="bit_length") if not node.args:
                self.visit(value)
            case ast.Name(id=name) if self.source.kinds.get(name) == "write":
                self.refuse(node, f"{name}(...) gives no value: it is a statement of its own")
            case ast.Name(id=name) if name not in self.names and self._builtin(name):
                self._call_builtin(node, name)
            case ast.Name(id=name) if name not in self.names and self.source.callee(name):
                self._call_program(node, name)
            case _:
                self.refuse(node, f"{ast.unparse(node.func)} is no program")

    def _builtin(self, name: str) -> bool:
        return name in BUILTINS and name not in self.source.function.__globals__

    def _integers(self, args: list[ast.expr]) -> None:
        for arg in args:
            self.visit(arg)  # a starred one is refused there

    def _call_builtin(self, node: ast.Call, name: str) -> None:
        least, most = BUILTINS[name]
        if not least <= len(node.args) <= most:
            self.refuse(node, f"{name} of {len(node.args)} arguments")
        elif name == "len":
            match node.args[0]:
                case ast.Name(id=tape) if self.source.kinds.get(tape) == "tape":
                    pass
                case _:
                    self.refuse(node, "only an input tape has a length")
        else:
            self._integers(node.args)

    def _call_program(self, node: ast.Call, name: str) -> None:
        callee = self.source.callee(name)
        assert callee is not None  # noqa: S101 - asked before
        kinds = list(Source.of(callee).kinds.values())
        if len(kinds) != len(node.args):
            self.refuse(node, f"{name} takes {len(kinds)} arguments")
            return
        for kind, arg in zip(kinds, node.args, strict=True):
            if kind == "integer":
                self.visit(arg)
            elif not (isinstance(arg, ast.Name) and self.source.kinds.get(arg.id) == kind):
                self.refuse(node, f"{name} takes a {kind} here, handed on by its name")


def _named(node: ast.AST) -> str:
    known = {
        ast.List: "a list", ast.Dict: "a dict", ast.Set: "a set", ast.ListComp: "a comprehension",
        ast.Lambda: "a lambda", ast.Yield: "a generator", ast.FunctionDef: "an inner function",
        ast.Attribute: "an attribute", ast.Tuple: "a tuple", ast.JoinedStr: "text",
        ast.Pow: "a power", ast.Div: "a fraction", ast.Global: "a global variable",
    }  # fmt: skip
    return known.get(type(node), type(node).__name__)


def _recursion(every: list[Source]) -> Iterator[Violation]:
    """Functions that call themselves, whether or not through others."""
    calls = {
        source.function: {
            callee
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if (callee := source.callee(node.func.id)) is not None
        }
        for source in every
    }
    for source in every:
        seen: set[Any] = set()
        waiting = list(calls[source.function])
        while waiting:
            function = waiting.pop()
            if function not in seen:
                seen.add(function)
                waiting += calls[function]
        if source.function in seen:
            problem = f"{source.tree.name} calls itself: a stack is memory that is not metered"
            yield Violation(source.file, source.first + 1, problem)
