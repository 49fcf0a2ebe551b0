"""Family: n -> Circuit, with a claimed class and declared formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError
from tcsim.family.classes import ComplexityClass
from tcsim.family.formulas import Formula, formula
from tcsim.measure import BASES, Measures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tcsim.family.study import FamilyReport
    from tcsim.typing import Progress

ARITY = ("inputs", "outputs")
"""Declared numbers of inputs and outputs: a circuit that has others is an error, not evidence."""


@dataclass(frozen=True, eq=False)
class Family:
    """A family of circuits: one for each n.

    Args:
        build: called as ``build(n)``; returns the `Circuit` for n.
        claim: the class it is claimed to be in, such as ``"TC0"``, ``"AC0"``, ``"NC1"``; "" for
            none.
        formulas: what is declared of the circuits, by name: ``inputs``, ``outputs``, or a measure
            (an attribute of `tcsim.measure.Measures`: ``"size"``; in another basis
            ``"majority.depth"``). A value is an integer, a sympy expression in n, or text:
            ``"n**2 + 1"`` exactly so, ``"O(n**2)"`` a growth.
        name: what reports call it; by default the function's name.

    Raises:
        ArgumentError: build cannot be called, the class is unknown, or a formula cannot be read.

    Example:
        >>> import tcsim as tc
        >>> def parity(n):
        ...     b = tc.Builder()
        ...     x = b.inputs("x", n)
        ...     ranks = [tc.sum(x) >= k for k in range(1, n + 1)]
        ...     b.output("odd", tc.sum(ranks[0::2]) - tc.sum(ranks[1::2]) >= 1)
        ...     return b.build()
        >>> family = Family(parity, claim="TC0", formulas={"depth": 2, "size": "n + 1"})
        >>> family(5).size
        6
        >>> print(family.study("4..64").verdict)
        depth 2 for every n measured, 4..64, size n + 1: consistent with TC0
    """

    build: Callable[[int], Circuit]
    claim: str = ""
    formulas: Mapping[str, object] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        if not callable(self.build):
            raise ArgumentError(f"build must be a function of n, not {self.build!r}")
        if not isinstance(self.claim, str):
            raise ArgumentError(f"claim must be the name of a class, not {self.claim!r}")
        if self.claim:
            ComplexityClass.named(self.claim)
        read: dict[str, Formula] = {}
        for key, value in dict(self.formulas).items():
            check_measure(key)
            try:
                read[key] = formula(value)
            except ArgumentError as error:
                raise ArgumentError(f"formula of {key}: {error}") from error
        name = self.name or getattr(self.build, "__name__", type(self.build).__name__)
        object.__setattr__(self, "formulas", MappingProxyType(read))
        object.__setattr__(self, "name", name)

    @classmethod
    def declare(
        cls, claim: str = "", *, name: str = "", **formulas: object
    ) -> Callable[[Callable[[int], Circuit]], Family]:
        """A decorator that makes a function a family.

        Example:
            >>> import tcsim as tc
            >>> @Family.declare("TC0", inputs="n", depth=1, size=1)
            ... def vote(n):
            ...     b = tc.Builder()
            ...     b.output("vote", tc.majority(b.inputs("x", n)))
            ...     return b.build()
            >>> vote
            Family(vote, claim='TC0')
        """
        return lambda build: cls(build, claim, formulas, name)

    def __repr__(self) -> str:
        claim = f", claim={self.claim!r}" if self.claim else ""
        return f"Family({self.name}{claim})"

    def __call__(self, n: int) -> Circuit:
        """The circuit for n.

        Raises:
            ArgumentError: n is negative or no integer, building fails (the message names n and the
                error), the result is no circuit, or its inputs or outputs are not as declared.
            LimitError: building runs out of memory.
        """
        if not isinstance(n, int) or isinstance(n, bool) or n < 0:
            raise ArgumentError(f"n must be an integer of at least 0, not {n!r}")
        try:
            circuit = self.build(n)
        except MemoryError:
            raise LimitError(
                f"the family {self.name} ran out of memory at n = {n}: take smaller n"
            ) from None
        except (Exception, SystemExit) as error:
            raise ArgumentError(
                f"the family {self.name} raised {type(error).__name__} at n = {n}: {error}"
            ) from error
        if not isinstance(circuit, Circuit):
            raise ArgumentError(
                f"the family {self.name} returned {_described(circuit)} at n = {n}, not a Circuit"
            )
        for key in ARITY:
            declared = self.formulas.get(key)
            found = getattr(circuit, f"n_{key}")
            if isinstance(declared, Formula) and not declared.is_bound:
                expected = declared.value(n)
                if found != expected:
                    raise ArgumentError(
                        f"the family {self.name} has {found} {key} at n = {n}; "
                        f"declared is {declared.text} = {expected}"
                    )
        return circuit

    def study(
        self,
        n: str | Iterable[int] = "4..512",
        *,
        memory: int | None = None,
        progress: Progress | None = None,
    ) -> FamilyReport:
        """Measure the family at several n, and say what the measurements show.

        Args:
            n: see `tcsim.family.parse_points`.
            memory: bytes that building may take; by default what this machine has.
            progress: called as ``progress(done, total)``.

        Raises:
            ArgumentError: n cannot be read; a circuit cannot be built, or is another one when built
                again.
            LimitError: building would take more memory, by an estimate from the sizes measured.
        """
        from tcsim.family.study import study

        return study(self, n, memory=memory, progress=progress)


def check_measure(key: object) -> None:
    """Refuse what names no measure.

    Raises:
        ArgumentError: it does not.
    """
    if not isinstance(key, str):
        raise ArgumentError(f"a formula is declared for a measure's name, not {key!r}")
    basis, dot, attribute = key.rpartition(".")
    numbers = {"depth", "width", "size", "edges", "wires", "max_fan_in", "max_weight"}
    if key in ARITY or (attribute in numbers and (not dot or basis in BASES)):
        return
    if attribute == "depth_literal" and basis in BASES:
        return
    raise ArgumentError(
        f"there is no measure {key!r}; there are inputs, outputs, {', '.join(sorted(numbers))}, "
        f"and those of another basis, such as majority.depth"
    )


def measured(circuit: Circuit, key: str) -> int:
    """One measure of a circuit, by the name that `check_measure` knows.

    Raises:
        ArgumentError: this basis has no such measure.
    """
    if key in ARITY:
        return int(getattr(circuit, f"n_{key}"))
    basis, _, attribute = key.rpartition(".")
    of: Measures = circuit.measures if not basis else BASES[basis](circuit)
    value: Any = getattr(of, attribute)
    if not isinstance(value, int):
        raise ArgumentError(f"there is no measure {key!r}: the basis has no {attribute}")
    return value


def _described(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__} {str(value)[:60]!r}"
