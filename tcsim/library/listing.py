"""Constructions in words: the list, and the description of one."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.registry import get, names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.library.construction import Construction
    from tcsim.library.parameter import Parameter

WIDTH = 79
LONGEST = 72
"""Longest formula in the list, in characters."""

_LABELS = {"max_weight": "largest weight", "max_fan_in": "largest fan-in"}


def label(measure: str) -> str:
    """A measure in words, its basis first: ``"majority basis: wires"``."""
    basis, _, name = measure.rpartition(".")
    words = _LABELS.get(name, name.replace("_", " "))
    return f"{basis.replace('_', ' ')} basis: {words}" if basis else words


def listing() -> str:
    """All constructions: name, class, summary, and formulas in the threshold basis."""
    lines = [
        "Formulas hold for circuits as built, in the threshold basis.",
        "tcsim library NAME shows all of one: long formulas, parameters, source.",
        "",
    ]
    for name in names():
        try:
            record = get(name)
        except ArgumentError as error:  # of another package
            lines += [name, *_wrapped(f"unavailable: {error}", "  ")]
            continue
        gap = WIDTH - len(name)
        lines.append(f"{name}{record.claim:>{gap}}")
        lines += _wrapped(record.summary, "  ")
        lines += _wrapped("; ".join(_short(record)), "  ")
    return "\n".join(lines) + "\n"


def describe(construction: str | Construction) -> str:
    """A construction in words: parameters, formulas, class and source.

    Example:
        >>> print(describe("majority"))
        majority: More than half of n inputs: one strict MAJ
        <BLANKLINE>
          parameters      n: number of inputs, from 1
          depth           1
          size            1
          edges           n
          largest weight  1
          class           TC0 (claimed of the family; no circuit proves it)
          source          The gate of TC0: Parberry and Schnitger 1988
        <BLANKLINE>
    """
    from tcsim.library.formula import text

    record = get(construction) if isinstance(construction, str) else construction
    rows: list[tuple[str, str]] = [("parameters", _parameter(p)) for p in record.parameters]
    rows += [("where", f"{name}: {words}") for name, words in (record.meanings or {}).items()]
    letters, formulas = record.short_formula
    rows += [("where", f"{letter} = {text(meaning)}") for letter, meaning in letters.items()]
    rows += [(label(measure), text(formula)) for measure, formula in formulas.items()]
    rows += [
        ("class", f"{record.claim} (claimed of the family; no circuit proves it)"),
        ("source", record.source),
    ]
    lines = [*textwrap.wrap(f"{record.name}: {record.summary}", WIDTH), ""]
    width = max(len(head) for head, _ in rows)
    before = ""
    for head, words in rows:
        lead = "" if head == before else head
        before = head
        lines += textwrap.wrap(
            words,
            WIDTH,
            initial_indent=f"  {lead:{width}}  ",
            subsequent_indent=" " * (width + 4),
        )
    return "\n".join(lines) + "\n"


def _short(record: Construction) -> list[str]:
    """Formulas in the threshold basis, those that are too long left out, and their letters."""
    from tcsim.library.formula import text

    letters, formulas = record.short_formula
    shown, used = [], set()
    for measure, formula in formulas.items():
        if "." in measure:
            continue
        words = text(formula)
        if len(words) > LONGEST:
            words = "(long)"
        else:
            used |= formula.free_symbols
        shown.append(f"{label(measure)} {words}")
    meanings = []
    for letter, meaning in list(letters.items())[::-1]:
        if letter in used:
            used |= meaning.free_symbols
            meanings.append(f"{letter} = {text(meaning)}")
    return shown + meanings[::-1]


def as_data(name: str) -> dict[str, Any]:
    """A construction as data for JSON: formulas as sympy text; why, if it cannot be loaded."""
    try:
        record = get(name)
    except ArgumentError as error:
        return {"name": name, "unavailable": str(error)}
    formulas: Mapping[str, Any] = record.formula
    return {
        "name": record.name,
        "summary": record.summary,
        "class": record.claim,
        "source": record.source,
        "parameters": [
            {
                "name": p.name,
                "meaning": p.meaning,
                "kind": p.kind,
                "least": p.least,
                "most": p.most,
                "default": p.default,
            }
            for p in record.parameters
        ],
        "quantities": dict(record.meanings or {}),
        "formulas": {measure: str(formula) for measure, formula in formulas.items()},
        "example": dict(record.example),
    }


def _parameter(p: Parameter) -> str:
    words = f"{p.name}: {p.meaning}"
    if p.kind == "integers":
        words += ", separated by commas"
    if p.kind == "integer" and p.least is not None:
        words += f", from {p.least}" if p.most is None else f", {p.least} to {p.most}"
    elif p.kind == "integer" and p.most is not None:
        words += f", up to {p.most}"
    return words if p.default is None else f"{words} (by default {p.default})"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
