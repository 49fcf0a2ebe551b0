"""`tcsim report` of networks, asked for what cannot be: named errors, in JSON where asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tcsim.networks.trained.reporting
from tests.cli.helpers import Run

SCHEMA = "tcsim.error/1"


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A folder with a small encoder."""
    pytest.importorskip("safetensors", reason="needs it: pip install 'tcsim[safetensors]'")
    from tests.networks.importers.bert.models import CONFIG, save, tensors

    return save(tmp_path / "bert", CONFIG, tensors(CONFIG))


@pytest.fixture
def streamed(tmp_path: Path) -> Path:
    """A TensorFlow Lite file of one step."""
    pytest.importorskip("tflite", reason="needs tflite: pip install 'tcsim[tflite]'")
    from tests.networks.importers.tflite.test_tflite import streaming

    path = tmp_path / "stream.tflite"
    path.write_bytes(streaming())
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--json"],
        ["report", "parity_rnn", "--bits", "abc", "--json"],
        ["report", "parity_rnn", "--json", "--seq", "-1"],
        ["report", "--json", "parity_rnn", "--nope"],
        ["report", "parity_rnn", "--plot", "x.svg", "--json"],
        ["table1", "--json", "--rows", "3"],
        ["nosuch", "--json"],
    ],
)
def test_wrong_usage_in_json(run: Run, words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    said = json.loads(done.stdout)
    assert (said["schema"], said["type"]) == (SCHEMA, "UsageError")
    assert said["message"] in done.stderr
    plain = run(*(word for word in words if word != "--json"))
    assert plain.exit_code != 0
    assert plain.stdout == ""


@pytest.mark.parametrize(
    "procedure", ["cot:²", "cot:0", "cot:" + "9" * 5000, "cot", "looped:-1", "dance:3", ":", ""]
)
def test_procedures_are_refused_before_the_file_is_read(
    run: Run, procedure: str, tmp_path: Path
) -> None:
    done = run("report", tmp_path / "none.onnx", "--procedure", procedure)
    assert done.exit_code == 2
    assert "there are single_pass, looped:N" in done.stderr


@pytest.mark.parametrize("name", ["looped", "recurrent"])
def test_procedures_beyond_memory(run: Run, streamed: Path, name: str) -> None:
    done = run("report", streamed, "--procedure", f"{name}:1000000000", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["type"] == "LimitError"
    assert "operations when written out" in done.stderr
    assert run("report", streamed, "--procedure", f"{name}:2").exit_code == 0


def test_votes_beyond_memory(run: Run, encoder: Path) -> None:
    done = run("report", encoder, "--bits", 2, "--seq", 1, "--procedure", "vote:1000000000")
    assert done.exit_code == 3
    assert "1,000,000,000 passes are" in done.stderr


def test_lengths_beyond_memory(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for model in ("parity_rnn", "parity_ssm"):
        done = run("report", model, "--seq", 10**12)
        assert done.exit_code == 3, model

    def fails(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(tcsim.networks.trained.reporting, "facts", fails)
    done = run("report", "parity_ssm", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["type"] == "LimitError"
    assert "more memory than there is: ask for less" in done.stderr


def test_one_array_of_tokens(run: Run, streamed: Path) -> None:
    done = run("report", streamed, "--procedure", "cot:3")
    assert done.exit_code == 3
    assert "reads one array of tokens, and this network 2" in done.stderr


@pytest.mark.parametrize("words", [["--bits", "4"], ["--seq", "4"], ["--calibration", "ROWS"]])
def test_options_of_what_is_quantized_already(
    run: Run, streamed: Path, words: list[str], tmp_path: Path
) -> None:
    np.save(tmp_path / "rows.npy", np.zeros((2, 2)))
    given = [tmp_path / "rows.npy" if word == "ROWS" else word for word in words]
    done = run("report", streamed, *given)
    assert done.exit_code == 2
    assert "is quantized already" in done.stderr
    assert "model with 1 variable," in " ".join(run("report", streamed).stdout.split())


def test_calibration_files(run: Run, encoder: Path, tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([{}], object), allow_pickle=True)
    np.savez(tmp_path / "two.npz", a=np.zeros((2, 2), int), b=np.zeros((2, 2), int))
    np.savez(tmp_path / "one.npz", tokens=np.ones((3, 2), int))
    (tmp_path / "cut.npz").write_bytes((tmp_path / "one.npz").read_bytes()[:-30])
    (tmp_path / "flipped.npz").write_bytes(
        (tmp_path / "one.npz")
        .read_bytes()
        .replace(b"\x01\x00\x00\x00\x00\x00\x00\x00", b"\x07" * 8)
    )
    (tmp_path / "text.npy").write_text("1 2 3")
    for name in ("objects.npy", "cut.npz", "flipped.npz", "text.npy", "none.npy", "."):
        done = run("report", encoder, "--bits", 2, "--calibration", tmp_path / name)
        assert done.exit_code == 3, name
        assert "no calibration rows can be read" in done.stderr
        assert "allow_pickle" not in done.stderr
    done = run("report", encoder, "--bits", 2, "--calibration", tmp_path / "two.npz")
    assert (done.exit_code, "2 arrays, where an encoder reads one" in done.stderr) == (3, True)
    done = run("report", encoder, "--bits", 2, "--calibration", tmp_path / "one.npz")
    assert done.exit_code == 0, done.stderr
    assert "2 integers 0..10" in done.stdout


def test_what_is_read_is_not_overwritten(run: Run, encoder: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.npy"
    np.save(rows, np.ones((3, 2), int))
    kept = {path: path.read_bytes() for path in (rows, *encoder.iterdir())}
    for path in kept:
        for option in ("-o", "--html"):
            for source in (encoder, encoder / "model.safetensors"):
                done = run("report", source, "--bits", 2, "--calibration", rows, option, path)
                assert done.exit_code == 2
                assert "would be overwritten" in done.stderr
    assert all(path.read_bytes() == content for path, content in kept.items())


@pytest.mark.parametrize("command", [["report", "none.onnx"], ["table1"]])
def test_targets_are_looked_at_first(run: Run, command: list[str], tmp_path: Path) -> None:
    done = run(*command, "-o", tmp_path)
    assert done.exit_code == 3
    assert f"cannot write {tmp_path}: Is a directory" in done.stderr
    done = run(*command, "-o", tmp_path / "none" / "x.txt")
    assert "there is no folder" in done.stderr


def test_errors_name_the_file(run: Run, streamed: Path) -> None:
    content = bytearray(streamed.read_bytes())
    streamed.write_bytes(content[:40])
    done = run("report", streamed)
    assert done.exit_code == 3
    assert "stream.tflite" in done.stderr


SHORT = ["report", "parity_rnn", "--seq", "2", "--bits", "3"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (SHORT, 3),
        ([*SHORT, "--json"], 3),
        (["report", "none.onnx", "--json"], 3),
        (["report", "parity_rnn", "--bits", "abc", "--json"], 2),
    ],
)
def test_standard_output_that_takes_nothing(words: list[str], code: int) -> None:
    command = " ".join([sys.executable, "-m", "tcsim", *words])
    for end in (">&-", "> /dev/full"):
        done = subprocess.run(
            f"{command} {end}", shell=True, check=False, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        assert "rror: " in done.stderr


def test_an_error_in_json_nobody_reads() -> None:
    words = [sys.executable, "-m", "tcsim", "report", "none.onnx", "--json"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.returncode == 3
    assert "none.onnx: cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_without_standard_error() -> None:
    command = " ".join([sys.executable, "-m", "tcsim", *SHORT, "2>&-"])
    done = subprocess.run(command, shell=True, check=False, stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("Depth report: parity_rnn")
