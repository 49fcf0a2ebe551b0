"""Every example runs, as a user would run it, and says something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.py"))

EXPECTED = {
    "build_circuit": "9 +  9 = 18",
    "format_plugin": "depth 2> ['maj', 'maj']",
    "majority_and_its_aig": "one gate             depth   1",
    "own_reduction": "answers: 184 instances",
    "property_test": "both hold",
    "train_do1": "best play",
    "report_aiger": "threshold  depth  255",
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path, tmp_path: Path) -> None:
    if path.stem == "train_digits":
        pytest.importorskip("sklearn", reason="needs scikit-learn, of the extra test")
        arguments = [str(tmp_path / "digits.npz")]
    else:
        arguments = []
    done = subprocess.run(
        [sys.executable, str(path), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert EXPECTED.get(path.stem, "") in done.stdout
    assert done.stdout
