"""`tcsim draw`, and `tcsim report --plot`: the right kind of file, or a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import tcsim as tc
from tcsim.cli import main


@pytest.fixture
def circuit_file(tmp_path: Path) -> Path:
    b = tc.Builder()
    x = b.inputs("x", 3)
    with b.scope("first"):
        b.output("vote", tc.majority(x))
    b.output("parity", x[0] ^ x[1] ^ x[2])
    tc.write(b.build(), tmp_path / "c.tc")
    return tmp_path / "c.tc"


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_picture(circuit_file: Path, tmp_path: Path) -> None:
    done = run("draw", circuit_file, "-o", tmp_path / "c.svg")
    assert done.exit_code == 0
    assert (tmp_path / "c.svg").read_text() == tc.read(circuit_file).draw().svg
    assert run("draw", circuit_file).stdout == tc.read(circuit_file).draw().svg


@pytest.mark.parametrize("collapse", ["scopes", "levels", "none"])
def test_collapse(circuit_file: Path, collapse: str) -> None:
    chosen = False if collapse == "none" else collapse
    done = run("draw", circuit_file, "--collapse", collapse)
    assert done.stdout == tc.read(circuit_file).draw(collapse=chosen).svg


def test_a_page(circuit_file: Path, tmp_path: Path) -> None:
    done = run("draw", circuit_file, "-o", tmp_path / "c.html")
    assert done.exit_code == 0
    assert (tmp_path / "c.html").read_text().lower().startswith("<!doctype html>")


def test_refusals(circuit_file: Path, tmp_path: Path) -> None:
    for name, words in {"c.png": ".svg", "c": ".html"}.items():
        done = run("draw", circuit_file, "-o", tmp_path / name)
        assert (done.exit_code, words in done.stderr) == (2, True)
        assert not (tmp_path / name).exists()
    done = run("draw", circuit_file, "-o", tmp_path / "c.html", "--collapse", "levels")
    assert done.exit_code == 2


@pytest.mark.parametrize(("name", "start"), [("p.svg", b"<?xml"), ("p.png", b"\x89PNG")])
def test_plot(circuit_file: Path, tmp_path: Path, name: str, start: bytes) -> None:
    pytest.importorskip("matplotlib", reason="needs Matplotlib, of the extra plot")
    done = run("report", circuit_file, "--plot", tmp_path / name)
    assert done.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_tables_of_a_blif_file(tmp_path: Path) -> None:
    text = (
        ".model m\n.inputs a b c d\n.outputs y\n"
        ".names a b c t\n11- 1\n1-1 1\n.names t d y\n10 1\n01 1\n.end\n"
    )
    (tmp_path / "m.blif").write_text(text)
    done = run("report", tmp_path / "m.blif")
    assert "the file's 2 tables of at most 3 inputs have depth 2" in " ".join(done.stdout.split())
    done = run("report", tmp_path / "m.blif", "--json")
    assert '"tables": {"size": 2, "depth": 2, "largest": 3}' in done.stdout
