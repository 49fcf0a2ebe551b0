"""The project's exceptions: one tree, rooted at TcsimError, that says what to do next."""

from __future__ import annotations

__all__ = [
    "ArgumentError",
    "BuilderError",
    "CircuitError",
    "LimitError",
    "MissingExtraError",
    "NetworkError",
    "ParseError",
    "TcsimError",
]


class TcsimError(Exception):
    """Root of every error that this project raises on purpose."""


class ArgumentError(TcsimError, ValueError):
    """An argument has the wrong type, shape, dtype or value; the message names it."""


class CircuitError(TcsimError, ValueError):
    """Arrays do not describe a circuit; the message names the form, gate or output at fault."""


class BuilderError(TcsimError, ValueError):
    """A Builder, wire or linear form is used in a way that has no circuit meaning."""


class LimitError(TcsimError, ValueError):
    """The work or memory asked for exceeds a stated limit; nothing was started."""


class NetworkError(TcsimError, ValueError):
    """A network cannot be quantized, compiled or described as asked."""


class MissingExtraError(TcsimError, ImportError):
    """An optional dependency is absent; the message is the command that installs it.

    Args:
        package: name of the package that could not be imported.
        extra: the extra of this project that brings it.
        purpose: what it is needed for, in a few words.
    """

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {package}, which is not installed: pip install 'tcsim[{extra}]'"
        )
        self.package = package
        self.extra = extra
        self.purpose = purpose

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.package, self.extra, self.purpose)


class ParseError(TcsimError, ValueError):
    """A file is not what its format says it must be.

    Args:
        problem: what was found and what was expected.
        path: the file, or ``"<stdin>"`` and the like; None where the text came from memory.
        line: line of a text file, counted from 1.
        byte: offset in a binary file, counted from 0.
    """

    def __init__(
        self,
        problem: str,
        *,
        path: str | None = None,
        line: int | None = None,
        byte: int | None = None,
    ) -> None:
        super().__init__(problem, path, line, byte)
        self.problem = problem
        self.path = path
        self.line = line
        self.byte = byte

    def __str__(self) -> str:
        where = self.path or "<text>"
        if self.line is not None:
            where += f", line {self.line}"
        if self.byte is not None:
            where += f", byte {self.byte}"
        return f"{where}: {self.problem}"

    def __reduce__(self) -> tuple[object, ...]:
        return _parse_error, (self.problem, self.path, self.line, self.byte)


def _parse_error(problem: str, path: str | None, line: int | None, byte: int | None) -> ParseError:
    """Rebuild a ParseError: an exception with keyword arguments does not pickle by itself."""
    return ParseError(problem, path=path, line=line, byte=byte)
