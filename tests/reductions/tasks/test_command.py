"""`tcsim tasks`: every command, as text and as JSON, to files and to standard output."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
from click.testing import CliRunner

from reductions.tasks import FAMILIES
from tcsim.cli import main


def run(*words):
    result = CliRunner().invoke(main, ["tasks", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def made(*words):
    return run("generate", "cvp", "--depth", 3, "--width", 4, *words)


def test_list_and_show():
    assert all(name in run("list").stdout for name in FAMILIES)
    every = json.loads(run("list", "--json").stdout)["tasks"]
    assert [one["name"] for one in every] == sorted(FAMILIES)
    assert "assumption: TC0 != NC1" in run("show", "s5").stdout
    one = json.loads(run("show", "do1", "--json").stdout)
    assert one["least"] == {"depth": 2, "width": 4}
    assert run("show", "nothing").exit_code == 3


def test_to_standard_output_in_parts():
    whole = made("--count", 6).stdout
    assert [json.loads(line)["index"] for line in whole.splitlines()] == list(range(6))
    parts = made("--count", 2).stdout + made("--count", 4, "--start", 2, "-o", "-").stdout
    assert parts == whole
    assert made("--count", 6, "--seed", 1).stdout != whole


def test_to_files(tmp_path):
    lines, table, folder = (tmp_path / name for name in ("a.jsonl", "a.parquet", "set"))
    done = made("--count", 5, "-o", lines, "--json")
    summary = json.loads(done.stdout)
    assert summary["rows"] == 5
    assert summary["total_work"] == 12
    assert made("--count", 5, "-o", table).stdout == ""
    assert made("--count", 5, "-o", f"{folder}/", "--split", "train").exit_code == 0
    read = [json.loads(line) for line in lines.read_text().splitlines()]
    assert pq.read_table(table).to_pylist() == read
    shard = folder / "data" / "train-00000-of-00001.parquet"
    assert pq.read_table(shard).to_pylist() == read


def test_wide_and_copies():
    row = json.loads(made("--count", 1, "--wide").stdout)
    assert (row["depth"], row["copies"], row["total_work"]) == (1, 3, 12)
    assert len(json.loads(row["answer"])) == 3
    assert json.loads(made("--count", 1, "--copies", 2).stdout)["total_work"] == 24


def test_bad_input(tmp_path):
    file = tmp_path / "a.jsonl"
    assert made("--json").exit_code == 2
    assert run("generate", "cvp", "--depth", 3).exit_code == 2
    assert run("generate", "nothing", "--depth", 3, "--width", 3).exit_code == 3
    assert run("generate", "cvp", "--depth", 0, "--width", 3, "-o", file).exit_code == 3
    few = run("generate", "rule110", "--depth", 1, "--width", 1, "-o", file, "--json")
    assert few.exit_code == 3
    assert "distinct" in json.loads(few.stdout)["message"]
    assert not list(tmp_path.iterdir())
