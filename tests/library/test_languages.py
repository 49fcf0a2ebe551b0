"""Regular languages: expressions against Python's re, monoids, cascades and circuits."""

from __future__ import annotations

import re
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library import check, get
from tcsim.library.languages.automaton import Automaton, complete
from tcsim.library.languages.covers import cheapest, cover
from tcsim.library.languages.decomposition import cascade
from tcsim.library.languages.expression import automaton
from tcsim.library.languages.growth import polynomials
from tcsim.library.languages.monoid import Monoid, compose, generate, transition_monoid
from tcsim.library.languages.recognize import (
    recognize,
    recognize_shortcut,
    recognize_tree,
)
from tcsim.library.languages.route import route

SWAP, CYCLE = (1, 0, 2, 3, 4), (1, 2, 3, 4, 0)
FIVE = Automaton("ab", (CYCLE, SWAP), 0, frozenset({0}))


def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda two: f"({two[0]}){two[1]}"),
    )


EXPRESSIONS = st.recursive(st.sampled_from(["a", "b", ".", "[^a]"]), extend, max_leaves=7)


def words(letters: str, longest: int) -> list[str]:
    return ["".join(w) for n in range(longest + 1) for w in product(letters, repeat=n)]


def circuit(language: Automaton, n: int, how: object = recognize, **more: int) -> tc.Circuit:
    b = tc.Builder(share=False, fold=False)
    width = max(1, (len(language.alphabet) - 1).bit_length())
    word = [b.inputs(f"word[{i}]", width) for i in range(n)]
    b.output("accepted", how(language, word, **more))
    return b.build()


@given(EXPRESSIONS)
def test_expressions_are_those_of_re(expression: str) -> None:
    language = automaton(expression, "ab")
    for word in words("ab", 6):
        assert language.accepts(word) == bool(re.fullmatch(expression, word)), word


@pytest.mark.parametrize(
    ("expression", "states"),
    [("(a|b)*abb", 4), ("(ab)*", 3), ("a*", 1), ("(a|b)*a(a|b)(a|b)", 8), ("[a-c]+", 2)],
)
def test_least_automata(expression: str, states: int) -> None:
    assert automaton(expression, "ab" if "c" not in expression else "abc").size == states or (
        expression == "a*"
    )
    assert automaton("a*").size == 1


def test_notation() -> None:
    for expression, alphabet in [
        (r"\*a\(", "a*("),
        ("[a-c]d|[^a-c]", "abcd"),
        ("a|", "a"),
        ("(|a)b?", "ab"),
        ("()*", "a"),
        ("[a\\]]", "a]"),
        (".+b", "abc"),
        ("[ab-]", "ab-"),
    ]:
        language = automaton(expression, alphabet)
        for word in words(alphabet, 4):
            assert language.accepts(word) == bool(re.fullmatch(expression, word)), (
                expression,
                word,
            )


@pytest.mark.parametrize(
    ("expression", "alphabet", "error"),
    [
        ("a)", None, "at character 2: a closing parenthesis"),
        ("(a", None, "at character 3: a parenthesis is not closed"),
        ("*a", None, "at character 1: '\\*' stands for itself"),
        ("a**", None, "one of \\* \\+ \\? after another"),
        ("[ab", None, "a bracket is not closed"),
        ("a[]", None, "an empty class"),
        ("[^ab]", None, "no letter of 'ab' is in the class"),
        ("[a-c]", None, "a range: give the alphabet"),
        ("[c-a]", "abc", "the range c-a is empty"),
        ("ac", "ab", "'c' is not in the alphabet 'ab'"),
        ("a\\d", None, "a backslash stands before"),
        ("a\\", None, "a backslash stands before"),
        ("", None, "has no letters: give the alphabet"),
        ("a" * 2, "aa", "different characters, not 'aa'"),
        ("(" * 300, "a", "more than 200 parentheses"),
    ],
)
def test_malformed_expressions(expression: str, alphabet: str | None, error: str) -> None:
    with pytest.raises(ArgumentError, match=error):
        automaton(expression, alphabet)


def test_bad_automata() -> None:
    with pytest.raises(ArgumentError, match="moves must have a row for each of the 2 letters"):
        Automaton("ab", ((0,),), 0, frozenset())
    with pytest.raises(ArgumentError, match=r"moves\[1\] names the state 2; the states are 0 .. 1"):
        Automaton("ab", ((0, 1), (0, 2)), 0, frozenset())
    with pytest.raises(ArgumentError, match="start names the state 7"):
        Automaton("a", ((0,),), 7, frozenset())
    with pytest.raises(ArgumentError, match="the letter 'c' is not in 'ab'"):
        FIVE.accepts("abc")
    b = tc.Builder()
    with pytest.raises(ArgumentError, match=r"word\[1\] must have 1 digits, for 2 letters, not 2"):
        recognize(FIVE, [b.inputs("x", 1), b.inputs("y", 2)])
    with pytest.raises(ArgumentError, match="an arity of at least 2"):
        recognize_tree(FIVE, [b.inputs("z", 1)], 1)


@given(st.data())
def test_minimal_automata(data: st.DataObject) -> None:
    """The same language, and any two states are told apart by a word."""
    size = data.draw(st.integers(1, 6))
    state = st.integers(0, size - 1)
    moves = data.draw(st.tuples(*[st.tuples(*[state] * size)] * 2))
    whole = Automaton("ab", moves, data.draw(state), frozenset(data.draw(st.sets(state))))
    least = whole.minimal()
    for word in words("ab", 5):
        assert least.accepts(word) == whole.accepts(word)
    after = {
        tuple(Automaton("ab", least.moves, q, least.accepting).accepts(w) for w in words("ab", 6))
        for q in range(least.size)
    }
    assert len(after) == least.size


def symmetric_group(k: int) -> Monoid:
    return Monoid(list(permutations(range(k))), compose)


def test_derived_series() -> None:
    orders = {k: [len(g.elements) for g in symmetric_group(k).derived_series] for k in (2, 3, 4, 5)}
    assert orders == {2: [2, 1], 3: [6, 3, 1], 4: [24, 12, 4, 1], 5: [120, 60]}
    assert [symmetric_group(k).solvable for k in (4, 5)] == [True, False]


@pytest.mark.parametrize(
    ("expression", "elements", "group", "claim"),
    [
        ("(a|b)*ab(a|b)*", 5, 1, "AC0"),
        ("(ab)*", 6, 1, "AC0"),
        ("(ab|ba)*", 15, 1, "AC0"),
        ("(aa)*", 2, 2, "ACC0"),
        ("(b|ab*a)*", 2, 2, "ACC0"),
        ("(aa|b)*", 7, 2, "ACC0"),
        ("(aaa|b)*", 13, 3, "ACC0"),
    ],
)
def test_routes(expression: str, elements: int, group: int, claim: str) -> None:
    found = route(automaton(expression))
    assert (found.elements, found.largest_group) == (elements, group)
    assert (found.claim, found.construction) == (claim, "shortcut")


def test_a_group_that_is_not_solvable() -> None:
    found = route(FIVE)
    assert (found.claim, found.construction) == ("NC1", "tree")
    assert (found.elements, found.largest_group) == (120, 120)
    with pytest.raises(ArgumentError, match="a group of 60 elements is its own commutator group"):
        cascade(FIVE)
    inside = Automaton("abc", (*((*m, 5) for m in FIVE.moves), (5,) * 6), 0, frozenset({0}))
    assert route(inside).claim == "NC1"
    assert route(inside).elements == 121
    later = Automaton("ab", ((*CYCLE, 0), (*SWAP, 1)), 5, frozenset({0}))  # no letter permutes
    assert (route(later).claim, route(later).largest_group) == ("NC1", 120)
    for language in (FIVE, inside):
        found = circuit(language, 3)
        width = 1 if language is FIVE else 2
        for word in product(range(len(language.alphabet)), repeat=3):
            vector = [k >> i & 1 for k in word for i in range(width)]
            spelled = "".join(language.alphabet[k] for k in word)
            assert found(vector).tolist() == [language.accepts(spelled)]


@given(st.data())
def test_aperiodic_and_solvable_by_definition(data: st.DataObject) -> None:
    """x^k = x^(k+1) for k the number of states, in all elements; groups by brute force."""
    size = data.draw(st.integers(1, 4))
    row = st.tuples(*[st.integers(0, size - 1)] * size)
    monoid = generate(tuple(range(size)), data.draw(st.lists(row, max_size=2)), compose)
    power = [monoid.power(x, size) for x in monoid.elements]
    assert monoid.aperiodic == all(
        p == compose(p, x) for p, x in zip(power, monoid.elements, strict=True)
    )
    assert monoid.solvable  # no group that is not solvable acts on fewer than five points
    if len(monoid.elements) > 60:
        return
    for e in monoid.idempotents:
        inside = {compose(compose(e, x), e) for x in monoid.elements}
        units = {x for x in inside if any(compose(x, y) == e == compose(y, x) for y in inside)}
        assert set(monoid.units_of(e).elements) == units


def test_large_monoids_are_refused() -> None:
    cycle, swap = (*range(1, 8), 0), (1, 0, *range(2, 8))
    with pytest.raises(LimitError, match="more than 5,000 elements"):
        transition_monoid(Automaton("ab", (cycle, swap), 0, frozenset({0})))


@given(EXPRESSIONS)
def test_cascades(expression: str) -> None:
    """The memories and counters follow the automaton, and so does the circuit."""
    language = automaton(expression, "ab")
    assume(len(transition_monoid(language).elements) <= 12)
    try:
        whole = cascade(language)
    except LimitError:
        assume(condition=False)
    for word in words("ab", 6):
        assert whole.run(["ab".index(letter) for letter in word]) == language.accepts(word)
    for n in (1, 2, 5):
        table = circuit(language, n, recognize_shortcut).truth_table()[:, 0]
        wanted = [
            bool(re.fullmatch(expression, "".join("ab"[row >> i & 1] for i in range(n))))
            for row in range(2**n)
        ]
        assert table.tolist() == wanted


Z2_Z4 = ((1, 0, 3, 4, 5, 2), (0, 1, 3, 4, 5, 2))
DIHEDRAL = ((1, 2, 3, 0), (3, 2, 1, 0))
QUATERNIONS = ((1, 2, 3, 0, 5, 6, 7, 4), (4, 7, 6, 5, 2, 1, 0, 3))
Z6 = ((1, 2, 3, 4, 5, 0),)
MIXED = ((1, 2, 0, 3), (0, 0, 2, 3), (0, 1, 3, 2))


@pytest.mark.parametrize(
    ("moves", "elements"),
    [(Z2_Z4, 8), (DIHEDRAL, 8), (QUATERNIONS, 8), (Z6, 6), (MIXED, None)],
)
@given(st.data())
def test_groups_in_cascades(moves: tuple, elements: int | None, data: st.DataObject) -> None:
    alphabet = "abc"[: len(moves)]
    monoid = transition_monoid(Automaton(alphabet, moves, 0, frozenset({0})))
    assert elements is None or len(monoid.elements) == elements
    state = st.integers(0, len(moves[0]) - 1)
    start, accepting = data.draw(state), frozenset(data.draw(st.sets(state)))
    language = Automaton(alphabet, moves, start, accepting)
    word = data.draw(st.lists(st.integers(0, len(moves) - 1), max_size=30))
    if len(monoid.elements) <= 100:
        expected = language.accepts("".join(alphabet[k] for k in word))
        assert cascade(language).run(word) == expected


@pytest.mark.parametrize("moves", [Z2_Z4, DIHEDRAL, QUATERNIONS])
def test_small_groups_on_all_short_words(moves: tuple) -> None:
    for accepting in range(len(moves[0])):
        language = Automaton("ab", moves, accepting, frozenset({accepting}))
        whole = cascade(language)
        for word in words("ab", 6):
            assert whole.run(["ab".index(letter) for letter in word]) == language.accepts(word)


def test_aperiodic_circuits_are_of_and_and_or() -> None:
    for expression in ("(a|b)*ab(a|b)*", "(ab)*", "(a|b)*abb", "(a|bc)*"):
        language = automaton(expression)
        kinds = {gate.kind for gate in circuit(language, 12).gates}
        assert kinds <= {"and", "or"}, expression


def test_polynomials() -> None:
    """Pinned for two languages; those of parity hold at even lengths, and are those of `parity`."""
    import sympy

    n = sympy.Symbol("n")
    contains = polynomials(automaton("(a|b)*ab(a|b)*"))
    assert contains == {
        "depth": 7,
        "size": n**2 / 2 + 7 * n / 2 - 6,
        "edges": n**3 / 6 + 3 * n**2 / 2 + 13 * n / 3 - 11,
    }
    parity = polynomials(automaton("(b|ab*a)*"))
    assert parity == {"depth": 2, "size": n + 1, "edges": n**2 + n}


@pytest.mark.parametrize(
    ("expression", "lengths"),
    [
        ("(a|b)*abb", (40,)),
        ("(a|b)*a(a|b)", (30,)),
        ("(a|bc)*", (25,)),
        ("(aa|b)*", (32, 33)),
        ("(a*ba*ba*b)*a*", (40, 41, 42)),
        ("(a(ba|a)*b)*", (26,)),
        ("((a|b)(a|b)(a|b))*", (30, 31)),
    ],
)
def test_formulas_far_from_where_they_are_read(expression: str, lengths: tuple[int, ...]) -> None:
    points = [{"n": n, "expression": expression} for n in lengths]
    for verdict in check("regular-solvable", points, vectors=0, samples=64):
        assert verdict.passed, verdict.failure


def test_constant_depth() -> None:
    """Of the cascade, at any length; the tree grows."""
    language = automaton("(ab)*")
    assert [circuit(language, n).depth for n in (8, 20, 40)] == [8, 8, 8]
    trees = [circuit(language, n, recognize_tree).depth for n in (8, 20, 40)]
    assert trees == [8, 12, 14]


@pytest.mark.parametrize("arity", [2, 3, 5])
@given(EXPRESSIONS)
def test_trees(arity: int, expression: str) -> None:
    language = automaton(expression, "ab")
    assume(language.size <= 3)
    table = circuit(language, 6, recognize_tree, arity=arity).truth_table()[:, 0]
    for row in range(2**6):
        word = "".join("ab"[row >> i & 1] for i in range(6))
        assert table[row] == bool(re.fullmatch(expression, word))


def test_numbers_that_are_no_letters() -> None:
    """Of five letters in three digits; the last three codes are in no word."""
    language = automaton(".*e", "abcde")
    assert complete(language).alphabet == "abcde\0"
    for how in (recognize_shortcut, recognize_tree):
        found = circuit(language, 2, how)
        for first, second in product(range(8), repeat=2):
            vector = [first >> i & 1 for i in range(3)] + [second >> i & 1 for i in range(3)]
            assert found(vector).tolist() == [first < 5 and second == 4]


def test_the_empty_word_and_constant_languages() -> None:
    for how in (recognize_shortcut, recognize_tree):
        for expression, accepted in (("(ab)*", 1), ("a+b*", 0)):
            assert circuit(automaton(expression), 0, how)([]).tolist() == [accepted]
    assert circuit(automaton("(..)*", "ab"), 4)([0, 1, 1, 0]).tolist() == [1]
    assert circuit(automaton("(..)*", "ab"), 3)([0, 1, 1]).tolist() == [0]


def test_large_cascades_give_way_to_the_tree() -> None:
    """The claim stays that of the monoid; the route says why it is the tree."""
    language = automaton("(ab|ba)*(aa|b)*")
    found = route(language)
    assert (found.claim, found.construction) == ("ACC0", "tree")
    assert found.reason.startswith("the monoid is solvable, but it has a cascade of more")
    with pytest.raises(LimitError, match="5,000 joint states: the tree of logarithmic depth"):
        circuit(language, 2, recognize_shortcut)
    assert circuit(language, 2).truth_table()[:, 0].tolist() == [1, 1, 1, 1]
    assert circuit(language, 5) == circuit(language, 5, recognize_tree)
    for n in (3, 4):
        words = (format(number, f"0{n}b")[::-1] for number in range(1 << n))
        wanted = [language.accepts("ab"[int(bit)] for bit in word) for word in words]
        assert circuit(language, n).truth_table()[:, 0].tolist() == wanted


def test_large_monoids_give_way_to_the_tree() -> None:
    """All maps of six points, 6**6 of them: only NC1 can be claimed of their words."""
    moves = ((1, 2, 3, 4, 5, 0), (1, 0, 2, 3, 4, 5), (0, 0, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5))
    language = Automaton("abcd", moves, 0, frozenset({0}))
    found = route(language)
    assert (found.claim, found.construction, found.elements) == ("NC1", "tree", None)
    assert found.reason == "a monoid has more than 5,000 elements: its groups are not known"
    assert circuit(language, 3) == circuit(language, 3, recognize_tree)


def test_records_refuse_other_monoids() -> None:
    with pytest.raises(ArgumentError, match="not aperiodic: use regular-solvable"):
        get("regular-aperiodic").circuit(n=3, expression="(aa)*")
    with pytest.raises(ArgumentError, match="has no letters"):
        get("regular-tree").circuit(n=3, expression="()")


def holds(cube: tuple, row: tuple) -> bool:
    tests = zip(cube, row, strict=True)
    return all(how is None or (entry == value) == (how == "is") for (how, value), entry in tests)


@given(st.data())
def test_covers(data: st.DataObject) -> None:
    """Cubes hold the rows of a value and no others, whatever they do elsewhere."""
    row = st.tuples(st.integers(0, 3), st.integers(0, 1), st.sampled_from("xyz"))
    table = data.draw(st.dictionaries(row, st.integers(0, 2), min_size=1, max_size=24))
    for value in set(table.values()):
        cubes = cover(table, value)
        for entry, found in table.items():
            assert any(holds(cube, entry) for cube in cubes) == (found == value)
    assert len(cheapest(table)) == {1: 1, 2: 1, 3: 3}[len(set(table.values()))]


def test_covers_are_short() -> None:
    """One test is enough for x = 2, and for x other than 2."""
    table = {(x, y): x == 2 for x in range(5) for y in range(3)}
    assert cover(table, True) == [(("is", 2), (None, None))]
    assert cover(table, False) == [(("is not", 2), (None, None))]


def test_parts_compose() -> None:
    """Over conditions and complements: the word of the digits of NOT x AND y."""
    language = automaton("(b|ab*a)*")
    b = tc.Builder()
    x, y = b.inputs("x", 4), b.inputs("y", 4)
    b.output("even", recognize(language, [[~p & q] for p, q in zip(x, y, strict=True)]))
    table = b.build().truth_table()[:, 0]
    rows = np.arange(256)
    ones = [(~row & row >> 4 & 15).bit_count() for row in rows.tolist()]
    assert table.tolist() == [(4 - count) % 2 == 0 for count in ones]
