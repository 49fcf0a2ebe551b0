"""One claim from its table in TOML: its fields, and what is meant where one is left out."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from proofs_check.claim import GRADES, KINDS, REASONS, STATUSES, Claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proofs_check.claim import Grade, Reason, Status
    from proofs_check.loading import Source

MEANT: dict[str, tuple[str, str]] = {
    "right": ("holds", "holds"),
    "A": ("needs repair", "needs repair"),
    "B": ("needs repair", "needs repair"),
    "C": ("needs repair", "none"),
    "D": ("holds", "none"),
    "withdrawn": ("false", "none"),
    "assumption": ("open", "none"),
    "not checkable": ("none", "none"),
}
"""Status of statement and of proof by grade, where the ledger does not say them."""

_LISTS = ("uses", "assumes", "printed", "checks", "references")
_NAMES = {"status": "statement_status", "proof": "proof_status"}
_FIELDS = {field.name for field in fields(Claim)} - set(_NAMES.values()) | set(_NAMES)


def claim_of(row: Mapping[str, Any], source: Source, part: str) -> Claim:
    """A claim.

    Args:
        row: the table.
        source: where it is, for errors.
        part: the heading, unless the table has one.

    Raises:
        ParseError: a field is missing, unknown or of the wrong type.
    """
    id_ = text_of(row, "id", source, "a claim")
    if not id_:
        raise source.error("a claim has no id")
    if unknown := sorted(set(row) - _FIELDS):
        raise source.error(f"unknown field {unknown[0]!r}", id_)
    words = {
        name: text_of(row, name, source, id_)
        for name in _FIELDS - set(_LISTS) - {"part", "status", "proof", "reason"}
    }
    for name in ("place", "statement", "kind", "grade"):
        if not words[name]:
            raise source.error(f"there is no {name}", id_)
    grade = cast("Grade", _one_of(words.pop("grade"), GRADES, "grade", source, id_))
    _one_of(words["kind"], KINDS, "kind", source, id_)
    status, proof = (
        _one_of(text_of(row, name, source, id_) or meant, STATUSES, name, source, id_)
        for name, meant in zip(("status", "proof"), MEANT[grade], strict=True)
    )
    reason = text_of(row, "reason", source, id_)
    lists = {name: tuple(texts_of(row, name, source, id_)) for name in _LISTS}
    return Claim(
        **cast("dict[str, Any]", {**words, **lists}),
        part=text_of(row, "part", source, id_) or part,
        grade=grade,
        statement_status=cast("Status", status),
        proof_status=cast("Status", proof),
        reason=cast("Reason", _one_of(reason, REASONS, "reason", source, id_)) if reason else None,
    )


def text_of(row: Mapping[str, Any], name: str, source: Source, id_: str) -> str:
    """A text field, on one line; "" if it is not there.

    Raises:
        ParseError: it is no text.
    """
    value = row.get(name, "")
    if not isinstance(value, str):
        raise source.error(f"{name} must be text, not {value!r}", id_)
    return " ".join(value.split())


def texts_of(row: Mapping[str, Any], name: str, source: Source, id_: str) -> list[str]:
    """A field of texts, none twice; none if it is not there.

    Raises:
        ParseError: it is something else.
    """
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise source.error(f"{name} must be a list of texts, not {value!r}", id_)
    if len(set(value)) != len(value):
        raise source.error(f"{name} names one twice", id_)
    return list(value)


def _one_of(value: str, known: Any, name: str, source: Source, id_: str) -> str:  # noqa: ANN401
    if value not in known:
        raise source.error(f"{name} is {value!r}, none of {', '.join(known)}", id_)
    return value
