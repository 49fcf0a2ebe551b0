"""Names made short, integers made short, forms in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tcsim.draw.text import columns, form, gate_symbol, integer, printable, shorten


@given(st.text(st.characters(), max_size=60), st.integers(3, 30))
def test_short_names_fit_and_show_both_ends(name: str, limit: int) -> None:
    shown, whole = shorten(name, limit), printable(name)
    assert columns(shown) <= limit
    assert shown.isprintable()
    if columns(whole) <= limit:
        assert shown == whole
    else:
        head, _, tail = shown.partition("…")
        assert whole.startswith(head)
        assert whole.endswith(tail)
        assert columns(shown) >= limit - 2 - columns("\U0001f600")


@given(st.text(st.characters()))
def test_printable_names_can_be_encoded_and_told_apart_from_blanks(name: str) -> None:
    assert printable(name).isprintable()
    printable(name).encode()


@given(st.integers(-(10**30), 10**30))
def test_integers_are_exact_or_marked(value: int) -> None:
    shown = integer(value).replace("−", "-")
    if abs(value) < 10**10:
        assert int(shown) == value
    elif not shown.startswith("~"):
        base, power = shown.lstrip("-").split("^")
        assert abs(value) == int(base) ** int(power)
    else:
        factor, _, power = shown[1:].lstrip("-").partition("·2^")
        assert abs(float(factor) * 2.0 ** int(power) - abs(value)) <= 0.051 * 2.0 ** int(power)
    assert (value < 0) == ("-" in shown)


def test_an_integer_beyond_the_limit_of_str_is_shown() -> None:
    assert integer(10**6000) == "~1.5·2^19931"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 5)), max_size=6))
def test_forms_read_as_they_are(terms: list[tuple[str, int]]) -> None:
    text = form(terms).replace("−", "-").replace("·", "*").replace("- ", "-").replace("+ ", "+")
    values = {"a": 1, "b": 10, "c": 100}
    assert eval(text, {}, values) == sum(values[name] * weight for name, weight in terms)


def test_long_forms_end_with_what_is_left() -> None:
    assert form((f"x{i}", 1) for i in range(1000)).endswith("x11 + … (988 more)")


def test_symbols() -> None:
    assert gate_symbol([1, 1, 1], 2) == "MAJ"
    assert gate_symbol([2, 2, 2, -2], -1) == "OR"
    assert gate_symbol([2, 2, 2, -2], 1) == "≥2 of 4"
    assert gate_symbol([1, 1, -1, 1], 1) == "≥2 of 4"
    assert gate_symbol([3, 1], 4) == "AND"
    assert gate_symbol([2**70, 1, 1], 2**70) == "Σ ≥ 2^70"
    assert gate_symbol([], 0) == "1"
