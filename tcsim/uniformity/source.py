"""A function with its syntax tree, and the functions that it calls."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from tcsim.errors import ArgumentError


@dataclass(frozen=True)
class Source:
    """A function with its syntax tree.

    Attributes:
        function: the function.
        tree: its definition.
        file: where it is.
        first: line before its first, in that file.
        kinds: {parameter: ``"tape"``, ``"write"`` or ``"integer"``}, by annotation.
    """

    function: FunctionType
    tree: ast.FunctionDef
    file: str
    first: int
    kinds: dict[str, str]

    @classmethod
    def of(cls, function: object) -> Source:
        """Read the source of a function.

        Raises:
            ArgumentError: it is no plain function, or has no source.
        """
        if not isinstance(function, FunctionType):
            raise ArgumentError(f"a program is a plain Python function, not {function!r}")
        try:
            lines, first = inspect.getsourcelines(function)
            body = ast.parse(textwrap.dedent("".join(lines))).body
        except (OSError, TypeError, SyntaxError):
            raise ArgumentError(
                f"the source of {function.__qualname__} cannot be read; define it in a file"
            ) from None
        code = function.__code__
        if not isinstance(body[0], ast.FunctionDef) or body[0].name != code.co_name:
            raise ArgumentError(f"{function.__qualname__} is not defined by def")
        file = inspect.getsourcefile(function) or "<unknown>"
        kinds = {arg.arg: _kind(arg.annotation) for arg in body[0].args.args}
        return cls(function, body[0], file, first - 1, kinds)

    @property
    def locals(self) -> set[str]:
        """Names that are assigned in it, or are its parameters."""
        stores = (n for n in ast.walk(self.tree) if isinstance(n, ast.Name))
        return {n.id for n in stores if isinstance(n.ctx, ast.Store)} | set(self.kinds)

    def constant(self, name: str) -> int | None:
        """The integer that a global name stands for."""
        value = self.function.__globals__.get(name)
        return int(value) if isinstance(value, int) else None

    def callee(self, name: str) -> FunctionType | None:
        """The function that a global name stands for."""
        value = self.function.__globals__.get(name)
        return value if isinstance(value, FunctionType) else None


def _kind(annotation: ast.expr | None) -> str:
    words = "" if annotation is None else ast.unparse(annotation).strip("'\"")
    return {"Tape": "tape", "Write": "write"}.get(words.rpartition(".")[2], "integer")


def sources(function: object) -> list[Source]:
    """A program and the functions that it calls, itself first."""
    found: dict[Any, Source] = {}
    waiting: list[object] = [function]
    while waiting:
        source = Source.of(waiting.pop())
        if source.function in found:
            continue
        found[source.function] = source
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                name = node.func.id
                callee = None if name in source.locals else source.callee(name)
                waiting += [callee] if callee is not None else []
    return list(found.values())
