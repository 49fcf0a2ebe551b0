"""The pages of the documentation name every problem and every rule."""

from __future__ import annotations

import re
from pathlib import Path

import reductions


def page(root: Path, name: str) -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def test_all_problems_are_in_the_table(root: Path) -> None:
    text = page(root, "rules.md")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert set(reductions.problem_table()) <= set(named)
    assert len(named) == len(set(named))


def test_all_rules_have_their_twelve_points(root: Path) -> None:
    lines = page(root, "twelve-points.md").splitlines()
    rows = {line.split("`")[1]: line for line in lines if line.startswith("| `")}
    assert list(rows) == list(reductions.rule_table())
    for line in rows.values():
        assert line.count(" pass |") == 12
