"""Which n to measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.family import parse_points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("4..512", (4, 8, 16, 32, 64, 128, 256, 512)),
        ("4..100", (4, 8, 16, 32, 64, 100)),
        ("3..3", (3,)),
        ("0..9", (0, 9)),
        ("4..20:5", (4, 9, 14, 19)),
        ("16,4,8,4", (4, 8, 16)),
        (" 2..4:1 , 64 ", (2, 3, 4, 64)),
    ],
)
def test_text(text, points):
    assert parse_points(text) == points


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "cannot read ''"),
        ("4...8", "cannot read '.8'"),
        ("a", "cannot read 'a'"),
        ("-4", "cannot read '-4'"),
        ("4:2", "step but no range"),
        ("8..4", "empty"),
        ("1..5:0", "at least 1"),
        ("9" * 30, "cannot read"),
        ("٣", "cannot read"),
        ([], "empty"),
        ([2.5], "not 2.5"),
        ([True], "not True"),
        ([-1], "not -1"),
        (7, "not 7"),
    ],
)
def test_bad_points(given, message):
    with pytest.raises(ArgumentError, match=message.replace("(", r"\(")):
        parse_points(given)


def test_too_many_points_are_refused_before_they_are_listed():
    with pytest.raises(LimitError, match="larger steps"):
        parse_points("1..999999999999:1")
    with pytest.raises(LimitError, match="larger step"):
        parse_points(range(20_000))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_integers_and_their_text_agree(values):
    expected = tuple(sorted(set(values)))
    assert parse_points(values) == expected
    assert parse_points(",".join(map(str, values))) == expected
