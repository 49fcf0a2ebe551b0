"""What a terminal, a closed pipe and an interrupt make of the command, in processes of its own."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tcsim.cli import main
from tcsim.cli.progress import progress
from tests.cli.helpers import Process

COMMAND = [sys.executable, "-m", "tcsim"]


def on_a_terminal(*words: object, **environment: str) -> str:
    """What the command prints on a terminal of 80 columns, both streams."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [*COMMAND, *map(str, words)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={
            **{k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}},
            "TERM": "xterm-256color",
            "COLUMNS": "80",
            **environment,
        },
    )
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 1 << 16)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        parts.append(part)
    child.wait(60)
    os.close(master)
    assert child.returncode == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_color_on_a_terminal_alone(files: Path, process: Process) -> None:
    plain = process("report", files / "parity.tc").stdout
    assert "\x1b" not in plain
    colored = on_a_terminal("report", files / "parity.tc")
    assert "\x1b[1mDepth report" in colored
    assert "\x1b[36m█" in colored
    without = on_a_terminal("report", files / "parity.tc", NO_COLOR="1")
    assert "\x1b[36m" not in without
    strip = without.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert strip == plain


def test_help_and_json_are_plain_on_a_terminal(files: Path) -> None:
    assert "\x1b" not in on_a_terminal("report", files / "parity.tc", "--json")


def test_bars_where_the_stream_has_no_blocks(files: Path, process: Process) -> None:
    result = process("report", files / "parity.tc", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert "######" in result.stdout


def test_a_reader_that_goes_away(files: Path) -> None:
    (files / "vectors").write_bytes(b"10101\n" * 200_000)
    child = subprocess.Popen(
        [*COMMAND, "eval", str(files / "parity.tc"), str(files / "vectors")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"11\n"
    child.stdout.close()
    assert child.stderr is not None
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(60) == 141


def test_an_interrupt(files: Path) -> None:
    child = subprocess.Popen(
        [*COMMAND, "eval", str(files / "parity.tc")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A background job of a shell ignores the signal, and its children would.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert child.stdin is not None
    assert child.stdout is not None
    # The first block of 65,536 vectors comes back: the command now waits for the next.
    child.stdin.write(b"10000\n" * 70_000)
    child.stdin.flush()
    assert select.select([child.stdout], [], [], 60)[0]
    child.send_signal(signal.SIGINT)
    out, errors = child.communicate(timeout=60)
    assert errors == b"tcsim: interrupted\n"
    assert child.returncode == 130
    assert out.startswith(b"11\n")


def test_a_text_stream_without_bytes_below(files: Path) -> None:
    with redirect_stdout(io.StringIO()) as stream:
        main(["report", str(files / "parity.tc"), "--json"], standalone_mode=False)
    assert stream.getvalue().startswith('{\n  "schema": "tcsim.report/1"')


def test_progress_is_silent_elsewhere() -> None:
    with progress("work") as advance:
        assert advance is None


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress("short work") as advance:
        assert advance is not None
        advance(5, 5)
    assert stream.getvalue() == ""
    with progress("long work") as advance:
        assert advance is not None
        for done in range(3):
            advance(done, 2)
            time.sleep(0.01)
    assert "long work" in stream.getvalue()
    assert "100%" in stream.getvalue()
