"""Every construction of the registry: formulas, functions, records, documentation, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcsim.library import check, describe, get, names
from tcsim.library.construction import MEASURES
from tcsim.library.listing import WIDTH, listing

RESERVED = {"output", "o", "to", "check", "json", "help", "h"}
CLASSES = {"AC0", "ACC0", "TC0", "NC1", "AC1", "TC1", "NC2"}


@pytest.mark.parametrize("name", names())
def test_check(name: str) -> None:
    """Formula = measured circuit, function = oracle, at all points of the record."""
    verdicts = check(name)
    assert [f"{v.claim}: {v.failure}" for v in verdicts if not v.passed] == []
    assert {v.claim for v in verdicts} >= {*MEASURES, "function"}
    assert verdicts[-1].exhaustive >= 3, "too few points are small enough for all input vectors"


@pytest.mark.parametrize("name", names())
def test_record(name: str) -> None:
    record = get(name)
    assert record.name == name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert 10 <= len(record.summary) <= 100
    assert not record.summary.endswith(".")
    assert record.source
    assert record.claim in CLASSES
    parameters = {parameter.name for parameter in record.parameters}
    assert parameters.isdisjoint(RESERVED | set(record.inputs(**record.values(**record.example))))
    for parameter in record.parameters:
        if parameter.default is not None:
            assert parameter.checked(parameter.default) == parameter.default
    for formula in record.formula.values():
        assert {str(symbol) for symbol in formula.free_symbols} <= set(record.symbols)
    meant = set(record.meanings or {}) | {parameter.name for parameter in record.parameters}
    assert set(record.symbols) <= meant, "a quantity without a meaning"


@pytest.mark.parametrize("name", names())
def test_documented(name: str, root: Path) -> None:
    pages = [page.read_text() for page in (root / "docs" / "library").glob("*.md")]
    assert sum(f"\n## {name}\n" in page for page in pages) == 1
    assert sum(f'describe("{name}")' in page for page in pages) == 1
    assert sum(f'get("{name}").circuit(' in page for page in pages) >= 1


@pytest.mark.parametrize("name", names())
def test_picture(name: str) -> None:
    record = get(name)
    circuit = record.circuit(**record.example)
    assert circuit.size <= 40
    assert circuit.draw().svg.startswith("<svg")


def test_words_fit_the_terminal() -> None:
    text = listing() + "".join(map(describe, names()))
    assert max(map(len, text.splitlines())) <= WIDTH
    for name in names():
        assert f"\n{name} " in text


def test_every_page_is_listed(root: Path) -> None:
    index = (root / "docs" / "library.md").read_text()
    for page in (root / "docs" / "library").glob("*.md"):
        assert f"\nlibrary/{page.stem}\n" in index
