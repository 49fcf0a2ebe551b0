"""Results in a file, and the page that is made of them."""

import pytest

from benchmarks import machine, page, results, table
from benchmarks.harness import Row, Sample, Target


def sample(name, seconds):
    return Sample(name, 1.0, [[seconds] * 6], [seconds] * 5)


@pytest.fixture
def found():
    made = {"machine": machine.describe(), "rows": []}
    for value, case in ((30.0, "good"), (3.0, "bad"), (2.0, "worse")):
        row = Row("W3", case, "ratio", value, Target(10, 20))
        row.ours, row.peer = sample("tcsim", 0.5), sample("NumPy", 0.5 * value)
        results.add(made, row)
    return made


@pytest.fixture
def remarks(tmp_path, monkeypatch):
    path = tmp_path / "remarks.toml"
    path.write_text('[workloads]\nW3 = "Layers: Dense."\n[aims.W3]\n"bad" = "Too slow."\n')
    monkeypatch.setattr(page, "REMARKS", path)


@pytest.mark.usefixtures("remarks")
def test_page_has_every_row_and_why_aims_are_missed(found):
    text = page.render(found)
    assert "| good | 500 ms | NumPy: 15.0 s | 30.0x | 10x | 20x | aim |" in text
    assert "- bad: Too slow." in text
    assert "- worse: not yet said." in text
    assert page.without_remark(found) == ["W3: worse"]
    assert all(len(line) <= 100 for line in text.splitlines() if not line.startswith("|"))


def test_new_rows_take_the_place_of_old_ones(found, tmp_path):
    results.add(found, Row("W3", "bad", "ratio", 11.0, Target(10, 20)))
    path = tmp_path / "results.json"
    results.save(found, path)
    assert [row.value for row in results.rows(results.load(path))] == [30.0, 11.0, 2.0]


def test_results_of_other_machines_are_left_out(found, tmp_path):
    found["machine"] = {**found["machine"], "processor": "another"}
    results.save(found, tmp_path / "results.json")
    assert results.load(tmp_path / "results.json")["rows"] == []


def test_rows_of_a_whole_workload_stand_as_it_gives_them(found):
    results.add(found, Row("W1", "other", "ratio"))
    results.keep(found, "W3", ["worse", "good"])
    assert [row.case for row in results.rows(found)] == ["other", "worse", "good"]


def test_every_workload_is_introduced():
    from benchmarks.__main__ import WORKLOADS

    assert list(page._remarks()["workloads"]) == list(WORKLOADS)


def test_committed_page_is_that_of_the_committed_results():
    found = results.stored(results.RESULTS)
    assert page.PAGE.read_text(encoding="utf-8") == page.render(found)


@pytest.mark.parametrize(
    ("seconds", "text"), [(12.3, "12.3 s"), (0.18, "180 ms"), (2e-5, "20.0 us"), (3e-9, "3.00 ns")]
)
def test_seconds_in_the_unit_that_suits(seconds, text):
    assert table.value(Row("W0", "case", "seconds", seconds)) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0.123, "0.12"), (9.996, "10.0"), (99.96, "100"), (1234.5, "1,234")]
)
def test_three_digits(number, text):
    assert table.short(number) == text
