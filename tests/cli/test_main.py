"""The group: help, version, the table of commands, commands of other packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import click
import pytest

import tcsim
from tcsim.cli import commands, main
from tests.cli.helpers import Run


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"tcsim {tcsim.__version__}\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_table(run: Run, flag: str) -> None:
    result = run(flag)
    assert result.exit_code == 0
    for name, (_, summary) in commands.COMMANDS.items():
        assert f"  {name}" in result.output
        assert summary in result.output
    assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_has_its_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def test_usage_errors(run: Run) -> None:
    for words in ([], ["frobnicate"], ["report"], ["report", "--no-such-option", "x"]):
        result = run(*words)
        assert result.exit_code == 2
        assert result.stdout == ""


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """An installed package with commands: good, broken, no command at all, and of a taken name."""
    module = ModuleType("other_package")

    @click.command()
    @click.argument("words", nargs=-1)
    def good(words: tuple[str, ...]) -> None:
        """Say something back."""
        click.echo(" ".join(words))

    @click.command()
    def failing() -> None:
        """Raise an error of the project."""
        raise tcsim.TcsimError("no luck")

    module.good, module.failing, module.no_command = good, failing, 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "other_package", module)
    points = [
        EntryPoint(name, value, commands.ENTRY_POINTS)
        for name, value in {
            "good": "other_package:good",
            "failing": "other_package:failing",
            "missing": "no_such_package_at_all:command",
            "number": "other_package:no_command",
            "report": "other_package:good",
        }.items()
    ]
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda *, group: points if group == commands.ENTRY_POINTS else [],
    )
    commands.added.cache_clear()
    yield module
    commands.added.cache_clear()


@pytest.mark.usefixtures("others")
def test_commands_of_other_packages(run: Run) -> None:
    assert run("good", "a", "b").output == "a b\n"
    assert "Say something back." in run("--help").output
    result = run("failing")
    assert (result.exit_code, result.stderr) == (3, "tcsim: error: no luck\n")


@pytest.mark.usefixtures("others")
def test_ours_keep_their_names(run: Run) -> None:
    assert "SOURCE" in run("report", "--help").output


@pytest.mark.usefixtures("others")
def test_one_that_cannot_be_loaded_breaks_nothing(run: Run, files: Path) -> None:
    result = run("--help")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert "missing (unavailable: ModuleNotFoundError: No module named" in text
    assert "number (unavailable: other_package:no_command is no click command)" in text
    assert run("report", files / "parity.tc").exit_code == 0
    for words in (["missing"], ["missing", "--any", "thing", "--help"]):
        result = run(*words)
        assert result.exit_code == 3
        assert "the command missing, of another package, cannot be loaded" in result.stderr
        assert "No module named 'no_such_package_at_all'" in result.stderr
        assert result.stdout == ""


def test_a_command_whose_import_exits(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "leaving.py").write_text("raise SystemExit('bye')\n")
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("leaving", "leaving:command", commands.ENTRY_POINTS)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: [point])
    commands.added.cache_clear()
    try:
        assert "(unavailable: SystemExit: bye)" in run("--help").output
        assert run("leaving").exit_code == 3
    finally:
        commands.added.cache_clear()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    # click asks bash for its version; without a bash there is nothing to complete in.
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("needs bash")
    environment = {**os.environ, "_TCSIM_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-c", "from tcsim.cli import main; main(prog_name='tcsim')"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "_tcsim_completion" in done.stdout, done.stderr
