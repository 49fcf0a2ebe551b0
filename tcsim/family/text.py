"""The study of a family as text, at most 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from tcsim.family.fit import ExactFit
from tcsim.family.models import TOO_FEW, Growth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.family.declared import Fit
    from tcsim.family.study import FamilyReport

WIDTH = 80
MOST_ROWS = 40
"""Rows of the table; of more, the first and the last are shown."""


HINT = (
    "A formula needs more n than it has coefficients, and one at least 4 times as large to verify "
    "it; a shape needs 3 n, and 2 larger ones, up to twice as large: measure more n."
)


def to_text(report: FamilyReport) -> str:
    """The report for people."""
    n = [point.n for point in report.points]
    lines = [f"Family {report.name}, {len(n)} values of n from {n[0]} to {n[-1]}", ""]
    lines += table(report, ["inputs", "outputs", "depth", "size", "width", "edges"])
    lines += ["", "Fits (threshold basis unless said)"]
    lines += _facts([(key, fit_in_words(fit, n[0])) for key, fit in report.fits.items()])
    if any(isinstance(fit, Growth) and fit.reason == TOO_FEW for fit in report.fits.values()):
        lines += _wrapped(HINT, "  ")
    if report.checks:
        lines += ["", "Declared"]
        lines += _facts(
            [
                (check.measure, f"{check.formula}: {check.status}, {check.reason}")
                for check in report.checks
            ]
        )
    title = f"Claim: {report.verdict.claim}" if report.verdict.claim else "Evidence"
    lines += ["", title, *_wrapped(f"{report.verdict}.", "  ")]
    lines += ["", "What this cannot show"]
    for limit in report.limits:
        lines += _wrapped(limit, "  - ")
    return "\n".join(lines) + "\n"


def table(report: FamilyReport, keys: Iterable[str]) -> list[str]:
    """The measurements as lines, numbers shortened where they are long."""
    names = list(keys)
    points = list(report.points)
    rows = [["n", *names]]
    rows += [[short(p.n), *(short(p.values[name]) for name in names)] for p in points]
    if len(points) > MOST_ROWS:
        half = MOST_ROWS // 2
        rows[half + 1 : -half] = [["..."] * len(rows[0])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c.rjust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows]


def short(value: int) -> str:
    """A number of at least 0 in at most 11 characters.

    Example:
        >>> short(123456), short(2**80)
        ('123,456', '1.209e24')
    """
    if value < 10**9:
        return f"{value:,}"
    digits = str(value) if value < 10**4000 else None
    if digits is None:
        return f"~2^{value.bit_length() - 1:,}"
    lead = f"{int(digits[:5]) / 10**4:.3f}"
    return f"{lead}e{len(digits) - 1}"


def fit_in_words(fit: Fit, first: int) -> str:
    """One fit, on a line; `first` is the least n measured."""
    if isinstance(fit, ExactFit):
        since = f" for n >= {fit.since}" if fit.since > first else ""
        powers = "; at powers of two alone, so lg may be rounded" if _open(fit) else ""
        found = f"fitted to n <= {fit.fitted}, verified to {fit.verified[-1]}"
        return f"{fit}, exact{since} ({found}{powers})"
    if fit.best is not None:
        model = fit.best
        return f"about {model.text} ({model.kind}); residual {model.residual:.2g}"
    others = ", ".join(f"{m.kind} {m.residual:.2g}" for m in fit.models)
    return f"inconclusive: {fit.reason}" + (f" (residuals: {others})" if others else "")


def _open(fit: ExactFit) -> bool:
    return fit.powers_of_two and any(term.logs or term.pads for p in fit.parts for term in p)


def _facts(rows: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(key) for key, _ in rows)
    lines = []
    for key, text in rows:
        lines += _wrapped(text, f"  {key.ljust(width)}  ")
    return lines


def _wrapped(text: str, first: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )
