"""`tcsim report`: sources, forms of output, bounds, the built-in network."""

from __future__ import annotations

import json
from importlib.resources import files as resources
from pathlib import Path

import jsonschema
import pytest

import tcsim as tc
from tcsim.report import of_circuit, to_html, to_text
from tests.cli.helpers import Run, parity


@pytest.mark.parametrize("name", ["parity", "chain", "empty", "constant"])
def test_text_is_that_of_the_library(run: Run, files: Path, name: str) -> None:
    path = files / f"{name}.tc"
    result = run("report", path)
    assert result.exit_code == 0
    assert result.stdout == to_text(of_circuit(tc.read(path), source=str(path)))
    assert result.stderr == ""


def test_json(run: Run, files: Path) -> None:
    result = run("report", files / "parity.tc", "--json", "--processors", 3)
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    schema = json.loads((resources("tcsim.report") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    assert data["threshold"]["depth"] == 2
    assert data["processors"]["processors"] == 3


def test_standard_input(run: Run, files: Path) -> None:
    data = (files / "parity.tc").read_bytes()
    assert "Depth report: standard input" in run("report", "-", input=data).stdout
    assert run("report", "-", "--format", "tc", input=data).exit_code == 0
    result = run("report", "-", input=b"what is this")
    assert result.exit_code == 3
    assert "<stdin>" in result.stderr


def test_output_file(run: Run, files: Path) -> None:
    target = files / "report.json"
    result = run("report", files / "parity.tc", "--json", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(target.read_text())["schema"] == "tcsim.report/1"
    assert run("report", files / "parity.tc", "-o", target).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("Depth report: ")
    result = run("report", files / "broken.tc", "-o", target)
    assert result.exit_code == 3
    assert target.read_text(encoding="utf-8").startswith("Depth report: ")
    assert not list(files.glob(".tcsim*"))


def test_html(run: Run, files: Path) -> None:
    source, page = files / "parity.tc", files / "page.html"
    result = run("report", source, "--html", page)
    assert "Depth report" in result.stdout
    expected = to_html(of_circuit(tc.read(source), source=str(source)))
    assert page.read_text(encoding="utf-8") == expected
    assert run("report", source, "--html", "-").stdout == expected


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (["--max-depth", "2", "--max-width", "5", "--max-size", "6"], []),
        (["--max-depth", "1"], ["depth 2 exceeds --max-depth 1 by 1 (threshold basis)"]),
        (["--max-width", "0"], ["width 5 exceeds --max-width 0 by 5 (threshold basis)"]),
        (
            ["--max-size", "3", "--max-depth", "0"],
            [
                "depth 2 exceeds --max-depth 0 by 2 (threshold basis)",
                "size 6 exceeds --max-size 3 by 3 (threshold basis)",
            ],
        ),
    ],
)
def test_bounds(run: Run, files: Path, limits: list[str], words: list[str]) -> None:
    for extra in ([], ["--json"]):
        result = run("report", files / "parity.tc", *limits, *extra)
        assert result.exit_code == (1 if words else 0)
        assert result.stderr.splitlines() == [f"tcsim: {line}" for line in words]
        assert "parity.tc" in result.stdout


def test_basis(run: Run, files: Path) -> None:
    data = json.loads(run("report", files / "parity.tc", "--json", "--basis", "nor").stdout)
    assert "nor" in data
    assert "majority" not in data
    result = run("report", files / "parity.tc", "--basis", "ternary")
    assert result.exit_code == 2
    assert "'ternary' is none of threshold, majority, fan_in_2" in result.stderr


@pytest.mark.parametrize(
    "options",
    [["--max-depth", "-1"], ["--processors", "0"], ["--code", "gray"], ["--weight-bits", "99"]],
)
def test_wrong_usage(run: Run, files: Path, options: list[str]) -> None:
    assert run("report", files / "parity.tc", *options).exit_code == 2


def test_options_of_networks_are_for_networks(run: Run, files: Path) -> None:
    result = run("report", files / "parity.tc", "--weight-bits", 4)
    assert result.exit_code == 2
    assert "apply to built-in networks alone" in result.stderr
    result = run("report", "digits", "--format", "tc")
    assert result.exit_code == 2
    assert "digits is a built-in network" in result.stderr


def test_bad_input(run: Run, files: Path) -> None:
    result = run("report", files / "broken.tc")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"tcsim: error: {files}/broken.tc, line 3: ")
    result = run("report", files / "nothing.tc")
    assert result.exit_code == 3
    assert "No such file or directory" in result.stderr
    result = run("report", "digit")
    assert result.exit_code == 3
    assert "no such file, and no network of that name; did you mean digits?" in result.stderr
    result = run("report", files / "parity.tc", "--format", "xyz")
    assert result.exit_code == 3
    assert "unknown format 'xyz'" in result.stderr


def test_bad_input_in_json(run: Run, files: Path) -> None:
    result = run("report", files / "broken.tc", "--json")
    assert result.exit_code == 3
    data = json.loads(result.stdout)
    assert data["schema"] == "tcsim.error/1"
    assert data["type"] == "ParseError"
    assert (data["path"], data["line"], data["byte"]) == (f"{files}/broken.tc", 3, None)
    assert result.stderr == f"tcsim: error: {data['message']}\n"
    data = json.loads(run("report", "--json", files).stdout)
    assert data["schema"] == "tcsim.error/1"
    assert "line" not in data


def test_the_built_in_network(run: Run) -> None:
    result = run("report", "digits", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    network = data["network"]
    assert network["agree"] is True
    assert network["rows"] == network["agreeing_rows"] >= 300
    assert network["float_accuracy"] - network["integer_accuracy"] <= 0.02
    assert (network["weight_bits"], network["activation_bits"]) == (8, 4)
    assert network["code"] == "thermometer"
    assert data["threshold"]["depth"] == 3
    assert [scope["path"] for scope in data["scopes"]] == ["", "hidden1", "output"]


def test_options_of_the_built_in_network(run: Run) -> None:
    words = ["--weight-bits", 6, "--activation-bits", 2, "--code", "binary", "--basis", "threshold"]
    data = json.loads(run("report", "digits", "--json", *words).stdout)
    assert data["network"]["agree"] is True
    assert (data["network"]["weight_bits"], data["network"]["activation_bits"]) == (6, 2)
    assert data["threshold"]["depth"] == 4
    assert data["inputs"] == 64 * 5


def test_a_network_that_disagrees_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A circuit of another quantization stands in for a compiler that goes wrong."""
    networks = tc.networks
    right = networks.compile
    other = right(networks.builtin("digits").quantize(weight_bits=3))
    monkeypatch.setattr(networks, "compile", lambda network: other)
    result = run("report", "digits", "--basis", "threshold")
    assert result.exit_code == 1
    assert "DIFFERS FROM the integer network" in result.stdout
    assert "tcsim: circuit and integer network differ on " in result.stderr


def test_a_file_called_like_a_network(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("digits").write_bytes(b"")
    tc.write(parity(2), "digits", "tc")
    data = json.loads(run("report", "./digits", "--json").stdout)
    assert data["inputs"] == 2
    data = json.loads(run("report", "digits", "--json", "--basis", "threshold").stdout)
    assert data["inputs"] == 1024


def test_a_circuit_without_outputs_meets_no_bound(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.tc").write_text("tcsim 1\ninput a\ng = a >= 1\n")
    done = run("report", tmp_path / "c.tc")
    assert (done.exit_code, "no outputs" in done.stderr) == (0, True)
    done = run("report", tmp_path / "c.tc", "--max-depth", "5")
    assert (done.exit_code, "no outputs" in done.stderr) == (1, True)


@pytest.mark.parametrize("option", ["-o", "--html"])
def test_the_source_is_not_overwritten(run: Run, tmp_path: Path, option: str) -> None:
    source = tmp_path / "c.tc"
    source.write_text("tcsim 1\ninput a\ng = a >= 1\noutput g\n")
    done = run("report", source, option, source)
    assert (done.exit_code, "SOURCE itself" in done.stderr) == (2, True)
    assert source.read_text().startswith("tcsim 1\n")
