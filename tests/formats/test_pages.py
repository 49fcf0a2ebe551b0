"""The examples on the pages of the formats are what the pages say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tcsim.formats.registry import find

Examples = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("name", "size", "depth"),
    [("th", 2, 2), ("blif", 3, 3), ("bench", 6, 3), ("verilog", 6, 3), ("json", 2, 2)],
)
def test_files(name: str, size: int, depth: int, examples: Examples) -> None:
    (text,) = examples(f"{name}.md", name)
    circuit = find(name).read(text.encode())
    assert (circuit.size, circuit.depth) == (size, depth)


def test_lut_levels(examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "example.blif").write_text(examples("blif.md", "blif")[0])
    found: dict[str, object] = {}
    exec(examples("blif.md", "python")[0], found)
    luts = found["luts"]
    assert (luts.depth, luts.size, luts.largest) == (2, 2, 3)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["cnf", "opb", "dot", "networkx", "scipy", "sympy"])
def test_programs(
    page: str, examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for program in examples(f"{page}.md", "python"):
        exec(program, {})


def test_variables_of_cnf_and_opb(
    examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(examples("cnf.md", "python")[0], {})
    written = (tmp_path / "vote.cnf").read_text().splitlines()
    for line in examples("cnf.md", "text")[0].split("\n")[:-1]:
        assert line in written
    exec(examples("opb.md", "python")[0], {})
    assert "* output x4 odd" in (tmp_path / "odd.opb").read_text().splitlines()
