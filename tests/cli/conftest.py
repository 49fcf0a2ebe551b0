"""The command under test, in this process and in one of its own; files for it to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import tcsim as tc
from tcsim.cli import main
from tests.cli.helpers import Process, Run, parity


@pytest.fixture
def run() -> Run:
    """Run the command here: ``run("report", path, input=...)``."""

    def invoke(*arguments: object, **options: object) -> object:
        result = CliRunner().invoke(main, [str(word) for word in arguments], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return invoke


@pytest.fixture
def process() -> Process:
    """Run the command in a process of its own."""

    def start(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "tcsim", *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, check=False, **options)

    return start


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of circuit files."""
    tc.write(parity(5), tmp_path / "parity.tc")
    tc.write(parity(5, chain=True), tmp_path / "chain.tc")
    tc.write(parity(5, wrong_at=4), tmp_path / "wrong.tc")
    tc.write(tc.Builder().build(), tmp_path / "empty.tc")
    b = tc.Builder()
    b.output("yes", b.constant(1))
    tc.write(b.build(), tmp_path / "constant.tc")
    (tmp_path / "broken.tc").write_text("tcsim 1\ninput x\ny = x >=\noutput y\n")
    return tmp_path
