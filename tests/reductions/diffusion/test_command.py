"""`tcsim diffusion`, and the figures."""

import json

import pytest
from click.testing import CliRunner

from reductions.cli.diffusion import diffusion
from reductions.derandomize.diffusion.curve import VoteError
from reductions.derandomize.diffusion.densities import Convergence
from reductions.derandomize.diffusion.pictures import plot_convergence, plot_depths, plot_errors
from tcsim.errors import ArgumentError


def call(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(diffusion, arguments, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_demo(tmp_path) -> None:
    found = json.loads(call("demo", "--pool", "40", "--save", str(tmp_path), "--json"))
    assert found["schema"] == "reductions.diffusion.demo/1"
    assert found["prefixes"] == 59049
    assert not found["single_seed_suffices"]
    assert "right on every one of the 59,049" in found["statement"]
    assert (tmp_path / "vote.tc").exists()
    assert json.loads((tmp_path / "certificate.json").read_text())["vote"]["size"] == found["size"]


def test_demo_refuses_a_folder_that_is_not_there() -> None:
    with pytest.raises(ArgumentError, match="no such folder"):
        call("demo", "--save", "/nonexistent/folder")


def test_numbers() -> None:
    shown = call("numbers")
    assert "multisets of 6 seeds, all outvoted" in shown
    assert "DIFFERS" not in shown


def test_convergence() -> None:
    found = json.loads(call("convergence", "--steps", "16,32", "--json"))
    assert [row["dimensions"] for row in found["convergence"]] == [1, 2, 3]
    assert "slope" in call("convergence", "--steps", "16,32")
    with pytest.raises(ArgumentError, match="numbers such as"):
        call("convergence", "--steps", "a,b")


def test_figures(tmp_path) -> None:
    errors = [VoteError(k, 0.4**k, 1.0, 0.9**k, 2 * 0.8**k) for k in (1, 3, 5)]
    for name, made in (
        ("errors", lambda path: plot_errors(errors, path)),
        ("tv", lambda path: plot_convergence([Convergence(1, (8, 16), (0.2, 0.1))], path)),
        ("depth", lambda path: plot_depths({"a": {1: 2, 2: 4}}, path, mark=2)),
    ):
        for suffix in ("svg", "png"):
            drawing = made(tmp_path / f"{name}.{suffix}")
            assert (tmp_path / f"{name}.{suffix}").stat().st_size > 1000
        assert "steps, T" in str(drawing.svg) or "seeds that vote" in str(drawing.svg)
        with pytest.raises(ArgumentError, match=r"svg or \.png"):
            made(tmp_path / "x.pdf")
    with pytest.raises(ArgumentError, match="no error"):
        plot_errors([])
    with pytest.raises(ArgumentError, match="no total variation"):
        plot_convergence([])
    with pytest.raises(ArgumentError, match="no depth"):
        plot_depths({})
