"""The packages import, from one place, and importing tcsim stays cheap."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("tcsim", "reductions", "proofs_check")
HEAVY = ("numba", "llvmlite", "sympy", "hypothesis", "networkx", "ortools", "pysat", "distributed")

REPORT = """
import json, sys
print("\\n" + json.dumps({name: name in sys.modules for name in %r}))
"""


def loaded_after(code: str, directory: Path) -> set[str]:
    """Which heavy packages a fresh interpreter has loaded after running `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT % (HEAVY,)],
        capture_output=True,
        text=True,
        check=False,
        cwd=directory,
    )
    assert done.returncode == 0, done.stderr
    flags = json.loads(done.stdout.splitlines()[-1])
    return {name for name, loaded in flags.items() if loaded}


@pytest.mark.parametrize("name", PACKAGES)
def test_public_names_exist(name: str) -> None:
    package = importlib.import_module(name)
    assert package.__doc__
    missing = [public for public in package.__all__ if not hasattr(package, public)]
    assert missing == []


def test_all_packages_come_from_this_tree(root: Path) -> None:
    homes = {Path(importlib.import_module(name).__path__[0]).parent for name in PACKAGES}
    assert homes == {root}


def test_processes_import_the_copy_under_test(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import tcsim; print(tcsim.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert Path(done.stdout.strip()) == root / "tcsim" / "__init__.py"


@pytest.mark.parametrize("name", PACKAGES)
def test_import_loads_nothing_heavy(name: str, tmp_path: Path) -> None:
    assert loaded_after(f"import {name}", tmp_path) == set()


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = """
import runpy, sys
sys.argv = ["tcsim", "--help"]
try:
    runpy.run_module("tcsim", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    assert not stop.code, stop.code
"""
    assert loaded_after(code, tmp_path) == set()
