"""`tcsim convert`: the same circuit in another file, and what that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import tcsim as tc
from tcsim.formats import registry
from tests.cli.helpers import Run, parity


def test_to_a_format_that_keeps_everything(run: Run, files: Path) -> None:
    for suffix in ("npz", "tc"):
        target = files / f"out.{suffix}"
        result = run("convert", files / "parity.tc", target)
        assert (result.exit_code, result.output) == (0, "")
        assert tc.read(target) == tc.read(files / "parity.tc")


def test_what_changed_is_said(run: Run, files: Path) -> None:
    target = files / "out.aig"
    result = run("convert", files / "parity.tc", target, "--check")
    assert (result.exit_code, result.stdout) == (0, "")
    after = tc.read(target)
    assert result.stderr.splitlines()[:3] == [
        "tcsim: checked: equal on all 32 inputs",
        f"tcsim: size 6 became {after.size} (threshold basis)",
        f"tcsim: depth 2 became {after.depth} (threshold basis)",
    ]
    assert run("compare", files / "parity.tc", target).exit_code == 0


def test_lost_names_are_said(run: Run, tmp_path: Path) -> None:
    b = tc.Builder()
    x = b.inputs("x", 2)
    with b.scope("layer"):
        b.output("y", b.gate(x[0] & x[1], name="both"))
    tc.write(b.build(), tmp_path / "a.tc")
    result = run("convert", tmp_path / "a.tc", tmp_path / "a.aig")
    assert result.stderr == "tcsim: not kept as they were: gate names, scope names\n"


def test_standard_streams(run: Run, files: Path) -> None:
    data = (files / "parity.tc").read_bytes()
    result = run("convert", "-", "-", "--to", "aag", input=data)
    assert result.exit_code == 0
    assert result.stdout.startswith("aag ")
    again = run("convert", "-", "-", "--from", "aag", "--to", "tc", input=result.stdout_bytes)
    assert again.stdout.startswith("tcsim 1\n")
    (files / "again.tc").write_text(again.stdout)
    assert run("compare", files / "again.tc", files / "parity.tc").exit_code == 0
    result = run("convert", "-", "-", input=data)
    assert result.exit_code == 2
    assert "name its format with --to" in result.stderr


def test_a_network(run: Run, tmp_path: Path) -> None:
    words = ["--weight-bits", 4, "--activation-bits", 1, "--code", "binary"]
    assert run("convert", "digits", tmp_path / "d.npz", *words).exit_code == 0
    assert tc.read(tmp_path / "d.npz").n_inputs == 320


def test_a_format_that_is_only_written(run: Run, files: Path) -> None:
    target = files / "out.dot"
    result = run("convert", files / "parity.tc", target)
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_text().startswith("digraph")
    result = run("convert", files / "parity.tc", files / "other.dot", "--check")
    assert result.exit_code == 3
    assert "the format dot is only written" in result.stderr
    assert not (files / "other.dot").exists()


def test_a_sampled_check_says_that_it_is_no_proof(run: Run, tmp_path: Path) -> None:
    tc.write(parity(24), tmp_path / "a.tc")
    result = run("convert", tmp_path / "a.tc", tmp_path / "a.aig", "--check")
    assert result.exit_code == 0
    assert "no difference found in 100,032 vectors: not a proof" in result.stderr
    result = run("convert", tmp_path / "a.tc", tmp_path / "a.npz", "--check")
    assert result.stderr == "tcsim: checked: the same gates\n"


def test_a_writer_that_errs_is_caught(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that writes another circuit stands for one with a bug."""
    wrong = registry.find("tc").write(parity(5, wrong_at=3))
    monkeypatch.setattr(registry.Format, "write", lambda self, circuit: wrong)
    target = files / "out.tc"
    result = run("convert", files / "parity.tc", target, "--check")
    assert result.exit_code == 1
    assert result.stderr == "tcsim: the circuits differ on input 11100: nothing written\n"
    assert not target.exists()


def test_bad_files(run: Run, files: Path) -> None:
    for source, target, words in (
        ("broken.tc", "out.npz", "broken.tc, line 3"),
        ("nothing.tc", "out.npz", "No such file"),
        ("parity.tc", "out.xyz", "no format to write"),
        ("parity.tc", "no/such/folder/out.tc", "No such file or directory"),
    ):
        result = run("convert", files / source, files / target)
        assert result.exit_code == 3
        assert words in result.stderr
        assert not (files / target).exists()
    assert run("convert", files / "parity.tc", files / "x", "--to", "xyz").exit_code == 3
