"""`tcsim eval`: vectors in, outputs out, in the same order."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.cli import eval as eval_module
from tcsim.cli.vectors import all_vectors, as_lines, random_vectors, read_vectors
from tcsim.errors import ParseError
from tests.cli.helpers import Run


def expected(vector: str) -> str:
    return f"{vector.count('1') % 2}{int('1' in vector)}"


def test_lines(run: Run, files: Path) -> None:
    text = "00000\n1 0 0 0 0\n# a comment\n\n1,1,0,1,0\r\n\t11111"
    result = run("eval", files / "parity.tc", input=text)
    assert (result.exit_code, result.stdout) == (0, "00\n11\n11\n11\n")
    path = files / "vectors.txt"
    path.write_text(text)
    assert run("eval", files / "parity.tc", path).stdout == result.stdout
    shown = run("eval", files / "parity.tc", path, "--inputs").stdout
    assert shown == "00000 00\n10000 11\n11010 11\n11111 11\n"


def test_the_circuit_from_standard_input(run: Run, files: Path) -> None:
    (files / "v").write_text("10000\n")
    data = (files / "parity.tc").read_bytes()
    assert run("eval", "-", files / "v", input=data).stdout == "11\n"
    result = run("eval", "-", input=data)
    assert result.exit_code == 2
    assert "cannot both be standard input" in result.stderr


def test_truth_table(run: Run, files: Path) -> None:
    lines = run("eval", files / "parity.tc", "--truth-table").stdout.splitlines()
    assert len(lines) == 32
    for row, line in enumerate(lines):
        vector, outputs = line.split()
        assert int(vector[::-1], 2) == row
        assert outputs == expected(vector)
    bare = run("eval", files / "parity.tc", "--truth-table", "--no-inputs").stdout.splitlines()
    assert bare == [line.split()[1] for line in lines]


def test_random(run: Run, files: Path) -> None:
    first = run("eval", files / "parity.tc", "--random", 50).stdout
    assert first == run("eval", files / "parity.tc", "--random", 50, "--seed", 0).stdout
    assert first != run("eval", files / "parity.tc", "--random", 50, "--seed", 1).stdout
    lines = [line.split() for line in first.splitlines()]
    assert len(lines) == 50
    assert all(outputs == expected(vector) for vector, outputs in lines)
    assert run("eval", files / "parity.tc", "--random", 0).stdout == ""


def test_trace(run: Run, files: Path) -> None:
    circuit = tc.read(files / "parity.tc")
    result = run("eval", files / "parity.tc", "--trace", input="11000\n00000\n")
    values = circuit.trace([[1, 1, 0, 0, 0], [0, 0, 0, 0, 0]])
    assert result.stdout.splitlines() == [
        f"{outputs} {''.join(map(str, row))}"
        for outputs, row in zip(["01", "00"], values, strict=True)
    ]


def test_json(run: Run, files: Path) -> None:
    result = run("eval", files / "parity.tc", "--json", "--trace", input="11111\n")
    data = json.loads(result.stdout)
    assert data["schema"] == "tcsim.eval/1"
    assert data["input_names"] == [f"x[{i}]" for i in range(5)]
    assert data["output_names"] == ["odd", "some"]
    assert data["vectors"] == 1
    assert data["rows"][0]["outputs"] == "11"
    assert len(data["rows"][0]["gates"]) == 6
    empty = json.loads(run("eval", files / "parity.tc", "--json", input="").stdout)
    assert (empty["vectors"], empty["rows"]) == (0, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("00000\n0000\n", "line 2: found 4 values, expected 5: one a circuit input"),
        ("# a\n\n0000000\n", "line 3: found 7 values, expected 5"),
        ("00x00\n", "line 1: found 'x', expected 0 or 1"),
        ("0000é\n", "line 1: found '\\\\xc3', expected 0 or 1"),
        ("00\x1b00\n", "line 1: found '\\x1b', expected 0 or 1"),
    ],
)
def test_bad_vectors(run: Run, files: Path, text: str, words: str) -> None:
    result = run("eval", files / "parity.tc", "--json", input=text.encode())
    assert result.exit_code == 3
    assert f"tcsim: error: <stdin>, {words}" in result.stderr
    data = json.loads(result.stdout)
    assert data["schema"] == "tcsim.error/1"
    assert data["path"] == "<stdin>"
    (files / "v").write_bytes(text.encode())
    result = run("eval", files / "parity.tc", files / "v")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"tcsim: error: {files}/v, {words}" in result.stderr


def test_usage(run: Run, files: Path) -> None:
    path = files / "parity.tc"
    for words in (
        ["--random", 3, "--truth-table"],
        [path, "--random", 3],
        [path, "--truth-table"],
        ["--random", -1],
    ):
        assert run("eval", path, *words).exit_code == 2
    result = run("eval", path, files / "nothing")
    assert result.exit_code == 3
    assert result.stderr == f"tcsim: error: {files}/nothing: No such file or directory\n"


def test_too_many_inputs_for_a_table(run: Run, files: Path) -> None:
    result = run("eval", "digits", "--truth-table")
    assert result.exit_code == 3
    assert "at most 30 inputs, not 1024" in result.stderr


def test_no_inputs_no_outputs(run: Run, files: Path) -> None:
    assert run("eval", files / "constant.tc", input="\n\n").stdout == "1\n1\n"
    assert run("eval", files / "constant.tc", "--truth-table").stdout == " 1\n"
    assert run("eval", files / "constant.tc", "--random", 2, "--no-inputs").stdout == "1\n1\n"
    assert run("eval", files / "empty.tc", input="\n").stdout == "\n"
    result = run("eval", files / "constant.tc", input="1\n")
    assert result.exit_code == 3
    assert "found 1 values, expected 0" in result.stderr


def test_blocks_join_without_seams(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("eval", files / "parity.tc", "--random", 200).stdout
    text = "".join(f"{line.split()[0]}\n" for line in whole.splitlines())
    monkeypatch.setattr(eval_module, "_VALUES", 1)  # blocks of 64, the least
    assert run("eval", files / "parity.tc", "--inputs", input=text).stdout == whole
    table = run("eval", files / "parity.tc", "--truth-table", "--json").stdout
    assert json.loads(table)["vectors"] == 32


@given(st.integers(0, 7), st.integers(1, 20), st.integers(0, 40))
def test_generated_vectors(inputs: int, block: int, count: int) -> None:
    table = np.vstack(list(all_vectors(inputs, block)))
    assert table.shape == (2**inputs, inputs)
    assert (table @ (1 << np.arange(inputs)) == np.arange(2**inputs)).all()
    blocks = list(random_vectors(count, inputs, 3, block))
    assert sum(map(len, blocks)) == count
    assert all(part.shape[1] == inputs and (part <= 1).all() for part in blocks)


@given(st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=1, max_size=40))
def test_text_and_back(rows: list[list[int]]) -> None:
    bits = np.array(rows, np.uint8)
    text = as_lines(bits)
    assert text.decode().splitlines() == ["".join(map(str, row)) for row in rows]
    back = np.vstack(list(read_vectors(text.splitlines(keepends=True), 3, "f", 7)))
    assert (back == bits).all()


@given(
    st.one_of(st.binary(max_size=30), st.text(st.sampled_from("01 ,#\n"), max_size=30)),
    st.integers(0, 4),
)
def test_any_bytes_are_vectors_or_an_error(data: bytes | str, inputs: int) -> None:
    data = data.encode() if isinstance(data, str) else data
    expected: list[list[int]] = []
    wrong = None
    for number, line in enumerate(io.BytesIO(data), 1):
        values = [c for c in line.decode("latin-1") if c not in " \t,\r\n"]
        if line[:1] == b"#" or (inputs and not values):
            continue
        if not {*values} <= {"0", "1"} or len(values) != inputs:
            wrong = number
            break
        expected.append([int(value) for value in values])
    blocks = read_vectors(io.BytesIO(data), inputs, "f", 5)
    if wrong is None:
        assert [row.tolist() for part in blocks for row in part] == expected
    else:
        with pytest.raises(ParseError) as caught:
            list(blocks)
        assert caught.value.line == wrong


def test_a_vector_is_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.tc").write_text("tcsim 1\ninput x[2]\ng = x[0] + x[1] >= 2\noutput g\n")
    done = run("eval", tmp_path / "c.tc", "10")
    assert (done.exit_code, "echo 10 | tcsim eval" in done.stderr) == (3, True)
