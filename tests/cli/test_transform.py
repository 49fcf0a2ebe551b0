"""`tcsim transform`: each transform, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import tcsim as tc
from tcsim.cli import main
from tcsim.cli.transform import PLAIN
from tcsim.testing import assert_equivalent
from tcsim.transform import bounded_fanin, restrict, to_majority_basis, trade_off, unroll


@pytest.fixture
def circuit_file(tmp_path: Path) -> Path:
    b = tc.Builder()
    x = b.inputs("x", 4)
    b.output("o", (x[0] ^ x[1]) ^ (2 * x[2] + 3 * x[3] + x[0] >= 3))
    tc.write(b.build(), tmp_path / "c.tc")
    return tmp_path / "c.tc"


def run(*arguments: object):
    return CliRunner().invoke(main, ["transform", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("name", sorted(set(PLAIN) - {"monotone"}))
def test_plain(circuit_file: Path, tmp_path: Path, name: str) -> None:
    done = run(name, circuit_file, tmp_path / "out.tc")
    assert done.exit_code == 0
    assert "(threshold basis)" in done.stderr
    assert_equivalent(tc.read(circuit_file), tc.read(tmp_path / "out.tc"))


def test_monotone(circuit_file: Path, tmp_path: Path) -> None:
    assert run("monotone", circuit_file, tmp_path / "out.tc").exit_code == 0
    assert "not x[0]" in tc.read(tmp_path / "out.tc").input_names


def test_bounded_fanin(circuit_file: Path, tmp_path: Path) -> None:
    for options in ([], ["--fan-in", 3]):
        assert run("bounded-fanin", circuit_file, tmp_path / "out.tc", *options).exit_code == 0
        built = tc.read(tmp_path / "out.tc")
        assert built == bounded_fanin(tc.read(circuit_file), *options[1:])
        assert_equivalent(tc.read(circuit_file), built)


def test_flatten(circuit_file: Path, tmp_path: Path) -> None:
    assert run("flatten", circuit_file, tmp_path / "out.npz", "--depth", 2).exit_code == 0
    flat = tc.read(tmp_path / "out.npz")
    assert flat.depth == 2
    assert_equivalent(tc.read(circuit_file), flat)
    table = run("flatten", circuit_file).stdout
    for point in trade_off(tc.read(circuit_file)):
        assert f"{point.depth:9,}  {point.size_bound:>14,}" in table
    pytest.importorskip("matplotlib", reason="needs Matplotlib, of the extra plot")
    assert run("flatten", circuit_file, "--plot", tmp_path / "t.svg").stdout == table
    assert "Size by depth" in (tmp_path / "t.svg").read_text()


def test_what_the_format_cannot_hold_is_said(circuit_file: Path, tmp_path: Path) -> None:
    done = run("majority", circuit_file, tmp_path / "out.aag")
    built, written = to_majority_basis(tc.read(circuit_file)), tc.read(tmp_path / "out.aag")
    assert f"out.aag: size {built.size} became {written.size}" in done.stderr
    assert run("majority", circuit_file, tmp_path / "out.tc").stderr.count("\n") == 1


def test_what_would_be_huge_is_refused() -> None:
    done = run("nand", "digits")
    assert (done.exit_code, "--basis" in done.stderr) == (3, True)


def test_restrict_and_unroll(circuit_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run("restrict", circuit_file, out, "--set", "x[1]=1").exit_code == 0
    assert tc.read(out) == restrict(tc.read(circuit_file), {"x[1]": 1})
    assert run("unroll", circuit_file, out, "--times", 3, "--state", "o=x[0]").exit_code == 0
    assert tc.read(out) == unroll(tc.read(circuit_file), 3, {"o": "x[0]"})


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nand", "--depth", 2], 2, "--depth applies to flatten alone"),
        (["simplify", "--set", "x[0]=1"], 2, "--set applies to restrict alone"),
        (["flatten", "out.tc"], 2, "only with --depth"),
        (["restrict"], 2, "at least one --set"),
        (["restrict", "--set", "x[0]"], 2, "NAME=VALUE"),
        (["restrict", "--set", "x[0]=2"], 2, "0 or 1"),
        (["restrict", "--set", "z=1"], 3, "no input named 'z'"),
        (["unroll"], 2, "needs --times"),
        (["unroll", "--times", 1, "--state", "z=x[0]"], 3, "'z' -> 'x[0]'"),
        (["nothing"], 2, "nothing"),
    ],
)
def test_refusals(circuit_file: Path, arguments: list[object], code: int, words: str) -> None:
    done = run(arguments[0], circuit_file, *arguments[1:])
    assert (done.exit_code, words in " ".join(done.stderr.split())) == (code, True), done.stderr
