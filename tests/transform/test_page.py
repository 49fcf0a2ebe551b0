"""The page of the transforms has a row for each, and each command that it names."""

from __future__ import annotations

from pathlib import Path

import tcsim.transform
from tcsim.cli.transform import NAMES


def test_every_transform_has_a_row(root: Path) -> None:
    page = (root / "docs" / "transforms.md").read_text()
    table = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    helpers = {"DEPTH_PER_GATE", "Savings", "TradeOff", "simplification", "trade_off"}
    for name in set(tcsim.transform.__all__) - helpers:
        assert f"`{name}`" in table, name
    for name in NAMES:
        assert f"`{name}`" in table, name
