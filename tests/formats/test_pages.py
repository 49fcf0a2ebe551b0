"""The documentation of the formats says what is so."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np

import tcsim as tc
from tcsim.formats.registry import BUILT_IN


def test_the_table_is_that_of_the_registry(root: Path) -> None:
    lines = (root / "docs" / "formats" / "index.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:1] == "|"]
    plain = [re.sub(r"\]\([a-z_.]*\)|[\[`]", "", cell) for row in rows[2:] for cell in row]
    expected = []
    for entry in BUILT_IN:
        can = ["yes" if side else "no" for side in (entry.reader, entry.writer)]
        expected += [entry.name, ", ".join(entry.suffixes), *can, entry.description, entry.loses]
    assert plain == expected


def test_the_example_of_arrays(examples, tmp_path: Path, monkeypatch) -> None:
    (code,) = examples("npz.md", "python")
    monkeypatch.chdir(tmp_path)
    before, comment = code.split("# ")
    values: dict[str, object] = {}
    exec(before.replace('    arrays["', '    found = arrays["'), values)
    assert f"{values['found']!r}" == comment.strip()
    assert [path.name for path in tmp_path.iterdir()] == ["vote.npz"]


def test_the_example_of_an_added_format(examples) -> None:
    names: dict[str, object] = {}
    exec(examples("index.md", "python")[-1], names)
    assert names["FORMAT"].name == "pla"


def test_the_members_of_the_archive(root: Path) -> None:
    text = (root / "docs" / "formats" / "npz.md").read_text()
    members = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    file = io.BytesIO()
    tc.write(tc.Builder().build(), file, "npz")
    file.seek(0)
    assert members == list(np.load(file))


def test_the_table_of_ands(root: Path) -> None:
    """Each row of the table, as a file and as what is read from it."""
    text = (root / "docs" / "formats" / "aiger.md").read_text()
    table = text.split("| AND of | gate | |\n|---|---|---|\n")[1].partition("\n\n")[0]
    checked = 0
    for row in table.split("\n"):
        left, right = row.split("|")[1:3]
        operands, gates = (
            [part.strip() for part in re.split(r"\band\b", cell.replace("`", ""))]
            for cell in (left, right)
        )
        for pair, gate in zip(operands, gates, strict=True):
            literals = {"a": 2, "b": 4, "NOT a": 3, "NOT b": 5, "0": 0, "1": 1}
            p, q = (literals[word.strip()] for word in pair.split(","))
            aag = f"aag 3 2 0 1 1\n2\n4\n6\n6 {p} {q}\ni0 a\ni1 b\no0 y\n"
            own = f"tcsim 1\ninput a\ninput b\n%0 = {gate}\noutput y = %0\n"
            assert tc.read(io.StringIO(aag)) == tc.read(io.StringIO(own))
            checked += 1
    assert checked == 9
