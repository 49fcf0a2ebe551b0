"""The wheel holds the three packages whole, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import tcsim

PACKAGES = {"tcsim", "reductions", "proofs_check"}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built offline from this tree."""
    pytest.importorskip("hatchling", reason="needs hatchling: pip install '.[test]'")
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


def content(wheel: Path) -> list[PurePosixPath]:
    with zipfile.ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def test_wheel_is_pure(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_top_level_is_three_packages(wheel: Path) -> None:
    tops = {path.parts[0] for path in content(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    assert len(tops) == len(PACKAGES) + 1


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path, root: Path) -> None:
    def belongs(path: Path) -> bool:
        return path.is_file() and "__pycache__" not in path.parts

    here = {
        PurePosixPath(path.relative_to(root).as_posix())
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if belongs(path)
    }
    there = {path for path in content(wheel) if path.parts[0] in PACKAGES}
    assert there == here
    assert {PurePosixPath(package, "py.typed") for package in PACKAGES} <= there


def test_version_is_stated_alike(root: Path) -> None:
    assert f"\nversion: {tcsim.__version__}\n" in (root / "CITATION.cff").read_text()


def test_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name)
        metadata = archive.read(f"{info}/METADATA").decode()
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        assert f"{info}/licenses/LICENSE" in archive.namelist()
    assert f"\nVersion: {tcsim.__version__}\n" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert "License-Expression: MIT" in metadata
    assert "tcsim = tcsim.cli:main" in entry_points
    assert "tcsim = tcsim._hypothesis:register" in entry_points


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, metadata included, is unpacked."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(code: str, installed: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_packages_import_from_the_wheel(installed: Path) -> None:
    out = run("import tcsim, reductions, proofs_check; print(tcsim.__file__)", installed)
    assert Path(out.strip()).is_relative_to(installed)


@pytest.mark.parametrize("first", ["hypothesis", "tcsim.strategies"])
def test_hypothesis_finds_the_strategies(first: str, installed: Path) -> None:
    """Hypothesis loads the entry point while it is imported itself, perhaps by the strategies."""
    code = "import tcsim, hypothesis.strategies as st; st.from_type(tcsim.Circuit).validate()"
    run(f"import {first}; {code}", installed)
