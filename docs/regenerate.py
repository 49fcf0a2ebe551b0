"""Rewrite the transcripts in README and docs by running their commands; --check only compares.

A transcript is a fenced block behind a marker line ``<!-- transcript: COMMAND -->``.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(<!-- transcript: (?P<command>.+?) -->\n+```[a-z]*\n)(?P<text>.*?)(```)", re.DOTALL
)


def output(command: str) -> str:
    """What a command prints, 80 columns wide and without color."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    words = shlex.split(command)
    if words[0] == "tcsim":
        words[:1] = [sys.executable, "-m", "tcsim"]
    done = subprocess.run(
        words, capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def main() -> int:
    """Rewrite, or compare; returns the exit code."""
    stale = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        fresh = BLOCK.sub(lambda m: m[1] + output(m["command"]) + m[4], text)
        if fresh == text:
            continue
        stale.append(page.relative_to(ROOT))
        if "--check" not in sys.argv:
            page.write_text(fresh, encoding="utf-8")
    for page in stale:
        print(f"{page}: {'out of date' if '--check' in sys.argv else 'rewritten'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
