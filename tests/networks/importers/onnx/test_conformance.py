"""The single-node tests of the onnx package; the page of docs says what became of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[test]'")

from tcsim.networks.importers.onnx.conformance import Case, cases, check, kind_of, row

SLOW = (
    *("add_uint32", "bitshift_left_int32", "bitshift_right_int32", "cumprod", "div_int16"),
    *("div_int32", "div_int8", "div_uint16", "maxpool", "mod_mixed_sign_int16", "mul_int16"),
    *("mul_uint16", "sub_uint32"),
)
"""Half a second or more each: only docs/onnx_conformance.py runs them."""


@cache
def every_case() -> tuple[Case, ...]:
    return tuple(cases())


@pytest.fixture(scope="module")
def page(root: Path) -> list[str]:
    return (root / "docs" / "onnx-conformance.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_every_case_is_as_the_page_says(page: list[str]) -> None:
    lines = {line.split(" | ")[0].removeprefix("| "): line for line in page if "| " in line}
    for case in every_case():
        assert case.name in lines
        if not case.name.startswith(SLOW):
            assert row(check(case)) == lines[case.name]


def test_products_with_scales_are_exact() -> None:
    chosen = [case for case in every_case() if kind_of(case) == "QLinear operators"]
    assert len(chosen) == 9
    assert not any(check(case).reason for case in chosen)


def test_enough_cases_pass(page: list[str]) -> None:
    integers = [case.name for case in every_case() if kind_of(case) == "integers alone"]
    linear = [case.name for case in every_case() if kind_of(case) == "QLinear operators"]
    passed = {line.split(" | ")[0].removeprefix("| ") for line in page if " | pass | " in line}
    assert len(linear) == 9
    assert passed.issuperset(linear)
    assert len(passed.intersection(integers)) >= 200
