"""Programs in Python, checked so that no memory can hide, and run under a meter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tcsim.errors import ArgumentError
from tcsim.uniformity.instrument import instrumented
from tcsim.uniformity.lint import violations
from tcsim.uniformity.meter import MOST_STEPS, Meter, Reached, Run
from tcsim.uniformity.source import sources
from tcsim.uniformity.tape import tape_of

if TYPE_CHECKING:
    from collections.abc import Callable


_BUILTINS = {"abs": abs, "max": max, "min": min, "len": len}


class Machine(Protocol):
    """What runs on inputs under a meter: a `Program`, a `RegisterMachine`, a `Composition`."""

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    def run(self, *arguments: Any, steps_limit: int = ..., stop: int | None = ...) -> Run:  # noqa: ANN401
        """Run on input tapes."""
        ...


class Program:
    """A Python function as a machine with read-only inputs, a write-only output and registers.

    Its parameters are by annotation `Tape` (an input), `Write` (the output) or integers. Every
    variable is a register; work space is the sum over registers of the bits of the largest value
    each ever held, temporary values and the counters of loops included (paper, Definition D.1: a
    working tape).

    Args:
        function: a plain function, in the part of Python that `violations` accepts.

    Raises:
        ArgumentError: it could hide memory; the message says where.

    Example:
        >>> from tcsim.uniformity import Unary
        >>> from tcsim.uniformity.programs import parity
        >>> run = Program(parity.describe).run(Unary(2))
        >>> run.output
        '0,10,;1,1,1,0,1,1,;1,10,1,0,1,1,;1,1,1,10,-1,11,;10,100,;'
    """

    def __init__(self, function: Callable[..., object]) -> None:
        found = violations(function)
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise ArgumentError(f"no program of the machine: {found[0]}{more}")
        every = sources(function)
        self._kinds = every[0].kinds
        code, entry, self._names = instrumented(every)
        scope: dict[str, Any] = {"__builtins__": _BUILTINS}
        exec(code, scope)  # noqa: S102 - what the linter has passed, and without other builtins
        self._entry: Callable[..., int | None] = scope[entry]
        module = (every[0].function.__module__ or "").rpartition(".")[2]
        self.name = f"{module}.{every[0].tree.name}".lstrip(".")

    def __repr__(self) -> str:
        return f"Program({self.name})"

    def run(
        self,
        *arguments: Any,  # noqa: ANN401
        steps_limit: int = MOST_STEPS,
        stop: int | None = None,
    ) -> Run:
        """Run on inputs.

        Args:
            *arguments: in the order of the parameters, without the output: for a tape text over
                the alphabet, codes or a `Tape`; for an integer an integer.
            steps_limit: a run that takes more is stopped.
            stop: end after so many symbols of output, and give only the last of them.

        Raises:
            ArgumentError: the arguments do not fit, or the program reads outside its input, divides
                by zero, or uses a register before it has a value.
            LimitError: it takes more steps, or a register grows past 65,536 bits.
        """
        meter = Meter(self._names, steps_limit, stop)
        try:
            result = self._entry(meter, *self._arguments(arguments))
        except Reached:
            return Run.of(meter)
        except (ZeroDivisionError, UnboundLocalError, ValueError, OverflowError) as error:
            if isinstance(error, ArgumentError) or not _is_own(error):
                raise
            raise ArgumentError(f"the program {self.name} fails: {error}") from None
        return Run.of(meter, None if result is None else int(result))

    def _arguments(self, given: tuple[Any, ...]) -> list[Any]:
        wanted = [kind for kind in self._kinds.values() if kind != "write"]
        if len(given) != len(wanted):
            raise ArgumentError(f"{self.name} takes {len(wanted)} arguments, not {len(given)}")
        waiting = iter(given)
        values: list[Any] = []
        for name, kind in self._kinds.items():
            if kind == "write":
                values.append(None)  # calls of it are rewritten
                continue
            value = next(waiting)
            if kind == "tape":
                value = tape_of(value)
            elif not isinstance(value, int):
                raise ArgumentError(f"{self.name}: {name} must be an integer, not {value!r}")
            else:
                value = int(value)
            values.append(value)
        return values


def _is_own(error: BaseException) -> bool:
    return not type(error).__module__.startswith("tcsim")
