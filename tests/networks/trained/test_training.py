"""The scripts that made the files: what they say, and that they still make such files."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tcsim.networks import trained

SCRIPTS = {
    "train_s5": ["s5_transformer", "s5_transformer_2", "s5_chain", "s5_rnn", "s5_ssm"],
    "train_parity": ["parity_transformer", "parity_chain", "parity_rnn", "parity_ssm"],
    "train_recall": ["recall_ssm"],
    "train_cnn": ["digits_cnn"],
}


def run(root: Path, script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "examples" / f"{script}.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_alone_it_shows_what_ships(root: Path, script: str) -> None:
    done = run(root, script)
    assert done.returncode == 0, done.stderr
    for name in SCRIPTS[script]:
        assert f"<Trained {name}: " in done.stdout
    assert "right 1.000" in done.stdout or "right 0.9" in done.stdout


def test_every_model_has_its_script() -> None:
    assert sorted(trained.names()) == sorted(name for names in SCRIPTS.values() for name in names)


def test_unknown_recipe(root: Path) -> None:
    done = run(root, "train_s5", "s6")
    assert done.returncode == 2
    assert "no recipe 's6'; there are: s5_transformer" in done.stderr


# PyTorch is too large for the extra `test`, and a test that is not there is no skipped one.
if find_spec("torch"):

    def test_two_steps_make_a_file(root: Path, tmp_path: Path) -> None:
        done = run(root, "train_parity", "parity_rnn", "--steps", 2, "--out", tmp_path)
        assert done.returncode == 0, done.stderr
        made, shipped = trained.read(tmp_path / "parity_rnn.npz"), trained.load("parity_rnn")
        assert made.config["steps"] == 2
        assert made.config.keys() == shipped.config.keys()
        assert made.weights.keys() == shipped.weights.keys()
        assert made.check_logits.shape == shipped.check_logits.shape
        assert not np.array_equal(made.weights["head.bias"], shipped.weights["head.bias"])
