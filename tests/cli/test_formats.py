"""`tcsim formats`: every format with what it cannot hold."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tcsim.cli import main
from tcsim.formats import formats


def test_text() -> None:
    result = CliRunner().invoke(main, ["formats"])
    assert result.exit_code == 0
    for entry in formats():
        assert f"{entry.name:<12} {', '.join(entry.suffixes)}" in result.output
    assert "th           .th              read, write\n" in result.output
    assert "opb          .opb             write\n" in result.output
    assert max(map(len, result.output.splitlines())) <= 80
    words = " ".join(result.output.split())
    assert "cannot hold: integers beyond 64 bits; scopes; shared forms" in words


def test_json() -> None:
    result = CliRunner().invoke(main, ["formats", "--json"])
    data = json.loads(result.output)
    assert data["schema"] == "tcsim.formats/1"
    found = {entry["name"]: entry for entry in data["formats"]}
    assert list(found) == [entry.name for entry in formats()]
    assert found["dot"]["read"] is False
    assert found["dot"]["write"] is True
    assert found["tc"]["loses"] == ""
