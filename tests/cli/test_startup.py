"""What the command loads before it answers, and how long that takes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tcsim as tc

NEVER = {"numba", "llvmlite", "sympy", "hypothesis", "sklearn", "scipy", "torch", "matplotlib"}

WRAPPER = """
import json, sys
from tcsim.cli import main
try:
    main({arguments!r}, prog_name="tcsim")
except SystemExit as stop:
    assert not stop.code, stop.code
finally:
    print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def loaded(*arguments: object) -> set[str]:
    """Top-level packages that a fresh process has loaded after running the command."""
    code = WRAPPER.format(arguments=[str(word) for word in arguments])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a circuit of 1,000 two-input gates."""
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 20)
    wires = list(x)
    for number in range(1000):
        wires.append(b.gate(wires[number] + wires[number * 7 % 20] >= 1 + number % 2))
    b.output("y", wires[-1])
    circuit = b.build()
    folder = tmp_path_factory.mktemp("thousand")
    for name in ("a.tc", "a.aig", "a.npz"):
        tc.write(circuit, folder / name)
    return folder


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_loads_no_command_and_no_numpy(words: list[str]) -> None:
    found = loaded(*words)
    assert found.isdisjoint(NEVER | {"numpy", "networkx", "rich"})


def test_help_of_a_command_loads_no_numpy() -> None:
    for name in ("report", "eval", "convert", "compare"):
        assert loaded(name, "--help").isdisjoint(NEVER | {"numpy", "rich"})


@pytest.mark.parametrize("name", ["a.tc", "a.aig", "a.npz"])
@pytest.mark.parametrize("options", [[], ["--json", "--processors", "4"]])
def test_a_small_report_loads_nothing_heavy(thousand: Path, name: str, options: list[str]) -> None:
    assert loaded("report", thousand / name, *options).isdisjoint(NEVER | {"rich", "networkx"})


def test_a_page_loads_nothing_heavy(thousand: Path) -> None:
    page = thousand / "page.html"
    assert loaded("report", thousand / "a.tc", "--html", page).isdisjoint(NEVER | {"rich"})
    assert page.exists()


def seconds(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.perf_counter() - start


def test_help_takes_at_most_twice_an_import_of_numpy() -> None:
    """Both in turn, the best of several each: one machine, one load."""
    numpy, shown = [], []
    for _ in range(7):
        numpy.append(seconds("-c", "import numpy"))
        shown.append(seconds("-m", "tcsim", "--help"))
    assert min(shown) <= 2 * min(numpy)
