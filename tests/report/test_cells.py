"""Names of any length and script stay in their columns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tcsim.report.cells import cells, fit, printable, row, wrap


@given(st.text(max_size=60), st.integers(5, 40))
def test_fit(name: str, width: int) -> None:
    shown = fit(name, width)
    assert cells(shown) <= width
    assert shown.isprintable()
    if cells(printable(name)) <= width:
        assert shown == printable(name)
    else:
        assert "..." in shown


@pytest.mark.parametrize(
    "text", ["plain", "深さ", "e\N{COMBINING ACUTE ACCENT}", "ﾊﾝｶｸ", "Tiefe", "█"]
)
def test_columns_are_those_of_rich(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_both_ends_of_a_long_name_stay() -> None:
    assert fit("encoder/block[17]/attention", 15) == "encode...ention"


def test_control_characters_are_shown_not_sent() -> None:
    assert printable("\x1b[31m\n\ud800") == "\\x1b[31m\\n\\ud800"


@given(st.text(st.sampled_from("ab 深"), max_size=120), st.integers(12, 40))
def test_wrap(text: str, width: int) -> None:
    lines = wrap(text, width, "- ", "  ")
    assert all(cells(line) <= width for line in lines)
    words = [fit(word, width - 2) for word in text.split()]
    assert " ".join(line[2:] for line in lines).split() == words
    for line, following in pairwise(lines):
        assert cells(line) + 1 + cells(following.split()[0]) > width


def test_row_aligns_by_columns_not_by_characters() -> None:
    assert row(["深", "7"], [-4, 3]) == "深      7"
    assert row(["a", ""], [3, -5]) == "  a"
