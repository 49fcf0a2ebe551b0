"""Checks: functions that return outcomes, and the ways to bend what they check.

A check takes what its claim says as keyword arguments, with the claim's own constants, directions
and formulas as defaults. So a claim can be *flipped* by other arguments, and a flipped claim must
be refuted: a check that cannot fail is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from proofs_check.outcome import Outcome
from tcsim.errors import ArgumentError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Method: TypeAlias = Literal["symbolic", "exhaustive", "property", "interval", "solver"]
Cost: TypeAlias = Literal["quick", "full"]

METHODS: tuple[str, ...] = get_args(Method)
COSTS: tuple[str, ...] = get_args(Cost)

MARK = "__proofs_check__"


@dataclass(frozen=True)
class Check:
    """A check.

    Attributes:
        name: of the function.
        module: where it is, as the ledger names it.
        function: what to call.
        method: how it checks.
        cost: ``"quick"`` or ``"full"``.
        flips: what is claimed wrongly -> arguments that claim it; each must be refuted.
        repairs: of a check of a wrong statement: what is put right -> arguments; each must hold.
    """

    name: str
    module: str
    function: Callable[..., Outcome]
    method: Method
    cost: Cost
    flips: Mapping[str, Mapping[str, Any]]
    repairs: Mapping[str, Mapping[str, Any]]

    @property
    def summary(self) -> str:
        """The first line of its description."""
        return (self.function.__doc__ or self.name).strip().splitlines()[0]


def check(
    method: Method,
    *,
    flips: Mapping[str, Mapping[str, Any]] | None = None,
    repairs: Mapping[str, Mapping[str, Any]] | None = None,
    cost: Cost = "quick",
) -> Callable[[Callable[..., Outcome]], Callable[..., Outcome]]:
    """Make a check of a function that returns an `Outcome`.

    Args:
        method: how it checks.
        flips: for a check of something right: names of wrong claims, and arguments that state them.
        repairs: for a check of something wrong: names of right claims, and arguments for them.
        cost: ``"full"`` for what takes more than a few seconds.

    Raises:
        ArgumentError: there is neither a flip nor a repair, or another argument is unknown.

    Example:
        >>> from proofs_check.outcome import exhausted, refuted
        >>> @check("exhaustive", flips={"one less": {"constant": -1}})
        ... def gauss(*, constant: int = 0) -> Outcome:
        ...     '''1 + ... + n is n (n + 1) / 2, for n to 100.'''
        ...     for n in range(101):
        ...         if sum(range(n + 1)) != n * (n + 1) // 2 + constant:
        ...             return refuted(f"not at n = {n}", n)
        ...     return exhausted("the sums agree", "n to 100", 101)
        >>> gauss().kind.value, gauss(constant=-1).kind.value
        ('proved exhaustively', 'refuted')
    """
    if method not in METHODS or cost not in COSTS:
        raise ArgumentError(
            f"a check is {', '.join(METHODS)}, and {' or '.join(COSTS)}; not {method!r}, {cost!r}"
        )
    if not flips and not repairs:
        raise ArgumentError("a check needs flips (or repairs): one that cannot fail shows nothing")

    def marked(function: Callable[..., Outcome]) -> Callable[..., Outcome]:
        facts = (method, cost, dict(flips or {}), dict(repairs or {}))
        setattr(function, MARK, facts)
        return function

    return marked


def checks_of(module: Any, name: str) -> list[Check]:  # noqa: ANN401
    """The checks that a module defines, in order; what it imports from elsewhere is not its own."""
    found = []
    for key, value in vars(module).items():
        facts = getattr(value, MARK, None)
        if facts is not None and getattr(value, "__module__", None) == module.__name__:
            found.append(Check(key, name, value, *facts))
    return found


def perform(one: Check, arguments: Mapping[str, Any] | None = None) -> Outcome:
    """Call a check. What it raises is an error, never a pass; a missing extra leaves it unchecked.

    Args:
        one: the check.
        arguments: of a flip or repair; none for the claim itself.
    """
    from proofs_check.outcome import Kind

    try:
        outcome = one.function(**(arguments or {}))
    except MissingExtraError as error:
        return Outcome(Kind.UNCHECKED, str(error))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a check is anybody's code
        what = f"{type(error).__name__}: {error}"
        return Outcome(Kind.ERROR, f"the check raised {what}", {"error": what})
    if not isinstance(outcome, Outcome):
        what = f"returned {type(outcome).__name__}, no Outcome"
        return Outcome(Kind.ERROR, f"the check {what}", {"error": what})
    return outcome
