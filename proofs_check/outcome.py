"""What came of a check: a kind, what it says, and evidence; never more than was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any

from tcsim.errors import ArgumentError


class Kind(Enum):
    """How far a check went."""

    SYMBOLIC = "proved symbolically"
    EXHAUSTIVE = "proved exhaustively"
    CASES = "holds on cases"
    INTERVAL = "interval bound"
    REFUTED = "refuted"
    ASSUMED = "assumed"
    CITED = "cited"
    UNCHECKED = "not checked"
    ERROR = "error"


POSITIVE = frozenset({Kind.SYMBOLIC, Kind.EXHAUSTIVE, Kind.CASES, Kind.INTERVAL})
"""The kinds that speak for a claim."""

NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.SYMBOLIC: ("certificate",),
    Kind.EXHAUSTIVE: ("range", "count"),
    Kind.CASES: ("property", "seed", "count"),
    Kind.INTERVAL: ("range", "boxes"),
    Kind.REFUTED: ("counterexample",),
    Kind.ERROR: ("error",),
}
"""What the evidence of each kind must have."""


@dataclass(frozen=True)
class Outcome:
    """The result of a check.

    Attributes:
        kind: how far it went.
        says: in a sentence, what was found, within the range that was looked at.
        evidence: what it rests on, as JSON values: see `NEEDED`. Fractions become text.

    Raises:
        ArgumentError: the evidence lacks what its kind needs, nothing was counted, or a value has
            no place in JSON.
    """

    kind: Kind
    says: str
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", plain(dict(self.evidence)))
        missing = [name for name in NEEDED.get(self.kind, ()) if name not in self.evidence]
        if missing:
            raise ArgumentError(
                f"an outcome that is {self.kind.value!r} needs evidence: {', '.join(missing)}"
            )
        if "count" in self.evidence and self.kind in POSITIVE and self.evidence["count"] < 1:
            raise ArgumentError(f"no case was looked at: {self.says!r} says nothing")

    @property
    def positive(self) -> bool:
        """Whether it speaks for the claim, as far as it goes."""
        return self.kind in POSITIVE

    @property
    def extent(self) -> str:
        """What was looked at, in a few words."""
        if self.kind is Kind.EXHAUSTIVE:
            return f"{self.evidence['range']}: {self.evidence['count']:,} cases"
        if self.kind is Kind.CASES:
            return f"{self.evidence['count']:,} cases, seed {self.evidence['seed']}"
        if self.kind is Kind.INTERVAL:
            found = self.evidence["range"]
            return found if isinstance(found, str) else f"from {found[0]} to {found[1]}"
        return ""

    def __str__(self) -> str:
        extent = f" ({self.extent})" if self.extent else ""
        return f"{self.kind.value}{extent}: {self.says}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": self.kind.value, "says": self.says, "evidence": dict(self.evidence)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """The inverse of `to_dict`."""
        return cls(Kind(data["kind"]), data["says"], data["evidence"])


def proved(says: str, certificate: str, **evidence: Any) -> Outcome:  # noqa: ANN401
    """Proved symbolically; the certificate is what was simplified to what."""
    return Outcome(Kind.SYMBOLIC, says, {"certificate": certificate, **evidence})


def exhausted(says: str, range_: str, count: int, **evidence: Any) -> Outcome:  # noqa: ANN401
    """True of each of `count` cases, which are all of a range."""
    return Outcome(Kind.EXHAUSTIVE, says, {"range": range_, "count": count, **evidence})


def on_cases(says: str, seed: int, count: int, **evidence: Any) -> Outcome:  # noqa: ANN401
    """True of `count` cases drawn from a seed."""
    return Outcome(Kind.CASES, says, {"property": says, "seed": seed, "count": count, **evidence})


def refuted(says: str, counterexample: Any, **evidence: Any) -> Outcome:  # noqa: ANN401
    """False, and here is where. With ``recheck="name"`` others can tell what to do with it."""
    return Outcome(Kind.REFUTED, says, {"counterexample": counterexample, **evidence})


def plain(value: Any) -> Any:  # noqa: ANN401
    """A value as JSON has it: fractions become text, tuples lists.

    Raises:
        ArgumentError: it is nothing of the kind.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in (sorted(value) if isinstance(value, set) else value)]
    if isinstance(value, bytes):
        return list(value)
    if hasattr(value, "tolist"):  # of NumPy
        return plain(value.tolist())
    raise ArgumentError(f"evidence holds {type(value).__name__}, which JSON has no place for")
