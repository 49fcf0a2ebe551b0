"""A ledger from TOML: files, the modules of its checks, and every name looked up both ways."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module, util
from typing import TYPE_CHECKING, Any

from proofs_check.assumptions import Assumption, Lattice
from proofs_check.checks import Check, checks_of
from proofs_check.ledger import Ledger
from proofs_check.reading import claim_of, text_of, texts_of
from proofs_check.validation import validate
from tcsim.errors import ArgumentError, ParseError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from proofs_check.claim import Claim

_TOP = {"ledger", "assumption", "claim", "part"}


@dataclass(frozen=True)
class Source:
    """A file of a ledger.

    Attributes:
        path: of the file.
        text: all of it.
        data: what TOML says it is.
    """

    path: Path
    text: str
    data: dict[str, Any]

    def error(self, problem: str, id_: str = "") -> ParseError:
        """An error in this file; the line is that of the entry's id."""
        line = None
        if id_:
            found = re.search(rf"(?m)^\s*id\s*=\s*[\"']{re.escape(id_)}[\"']", self.text)
            line = None if found is None else self.text.count("\n", 0, found.end()) + 1
            problem = f"{id_}: {problem}"
        return ParseError(problem, path=str(self.path), line=line)


def read(path: Path) -> Source:
    """Read one file.

    Raises:
        ArgumentError: it cannot be read.
        ParseError: it is not TOML, or has tables that no ledger has.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ArgumentError(f"the ledger {path} cannot be read: {why}") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise ParseError(f"not TOML: {error}", path=str(path), line=line) from None
    source = Source(path, text, data)
    if unknown := sorted(set(data) - _TOP):
        raise source.error(f"unknown table {unknown[0]!r}; there are {', '.join(sorted(_TOP))}")
    return source


def load(path: Path) -> Ledger:
    """See `Ledger.load`."""
    main = read(path)
    head = main.data.get("ledger")
    if not isinstance(head, dict) or "title" not in head:
        raise main.error("a ledger begins with [ledger] and a title")
    if unknown := sorted(set(head) - {"title", "note", "modules", "include"}):
        raise main.error(f"[ledger] has no {unknown[0]!r}: title, note, modules, include")
    title, note = (text_of(head, name, main, "ledger") for name in ("title", "note"))
    sources = [main]
    for name in texts_of(head, "include", main, "ledger"):
        sources.append(read(path.parent / name))
        if "ledger" in sources[-1].data:
            raise sources[-1].error("an included file has no [ledger] of its own")
    lattice = lattice_of(sources)
    claims: dict[str, Claim] = {}
    where: dict[str, Source] = {}
    for source in sources:
        part = source.data.get("part", title)
        for row in _rows(source, "claim"):
            claim = claim_of(row, source, str(part))
            if claim.id in claims:
                raise source.error("there is an earlier claim of this id", claim.id)
            claims[claim.id], where[claim.id] = claim, source
    checks: dict[str, Check] = {}
    for name in texts_of(head, "modules", main, "ledger"):
        for check in checks_of(import_checks(name, path.parent), name):
            if check.name in checks:
                raise main.error(f"two modules have a check named {check.name!r}")
            checks[check.name] = check
    validate(claims, lattice, checks, where, main)
    ledger = Ledger(title, note, claims, lattice, checks, path.resolve())
    for id_, names in ledger.conditions.items():
        if names and claims[id_].statement_status == "holds":  # by what it uses, if not by itself
            claims[id_] = replace(claims[id_], statement_status="conditional")
    return ledger


def _rows(source: Source, name: str) -> list[dict[str, Any]]:
    rows = source.data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise source.error(f"{name}s are written as [[{name}]]")
    return rows


def lattice_of(sources: list[Source]) -> Lattice:
    """The assumptions of files, not yet held against each other.

    Raises:
        ParseError: one is written wrongly, or there twice.
    """
    members: dict[str, Assumption] = {}
    for source in sources:
        for row in _rows(source, "assumption"):
            id_ = text_of(row, "id", source, "an assumption")
            if unknown := sorted(set(row) - {"id", "statement", "implies", "why"}):
                raise source.error(f"unknown field {unknown[0]!r}", id_)
            if not id_ or id_ in members:
                raise source.error("an assumption has an id of its own", id_)
            members[id_] = Assumption(
                id_,
                text_of(row, "statement", source, id_),
                tuple(texts_of(row, "implies", source, id_)),
                text_of(row, "why", source, id_),
            )
    return Lattice(members)


def import_checks(name: str, folder: Path) -> ModuleType:
    """A module of checks: a dotted name, or a file ``name.py`` beside the ledger.

    Raises:
        ArgumentError: it cannot be imported; the message says why.
    """
    try:
        if not name.endswith(".py"):
            return import_module(name)
        path = (folder / name).resolve()
        known = f"proofs_check_{sha256(str(path).encode() + path.read_bytes()).hexdigest()[:16]}"
        if known in sys.modules:
            return sys.modules[known]
        spec = util.spec_from_file_location(known, path)
        assert spec is not None  # noqa: S101 - the name ends in .py
        assert spec.loader is not None  # noqa: S101
        module = util.module_from_spec(spec)
        sys.modules[known] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[known]
            raise
    except (Exception, SystemExit) as error:
        raise ArgumentError(
            f"the checks {name} cannot be imported: {type(error).__name__}: {error}"
        ) from error
    return module
