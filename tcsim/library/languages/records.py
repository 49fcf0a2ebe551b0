"""Regular languages as families: one for each route, the language given by an expression."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, LimitError
from tcsim.library.construction import Construction
from tcsim.library.languages.automaton import digits
from tcsim.library.languages.expression import automaton
from tcsim.library.languages.growth import DIFFERENCES, differences, formulas
from tcsim.library.languages.recognize import recognize_shortcut
from tcsim.library.languages.route import route
from tcsim.library.oracles import each
from tcsim.library.parameter import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.library.languages.automaton import Automaton
    from tcsim.typing import Bits


@cache
def parsed(expression: str, alphabet: str) -> Automaton:
    """The least automaton of an expression; an empty alphabet is that of the expression."""
    return automaton(expression, alphabet or None)


def _routed(expression: str, alphabet: str, claim: str) -> Automaton:
    found = parsed(expression, alphabet)
    way = route(found)
    if way.solvable is None:
        raise LimitError(f"{expression!r}: {way.reason}; use regular-tree")
    if claim == "AC0" and not way.aperiodic:
        raise ArgumentError(
            f"the monoid of {expression!r} has a group of {way.largest_group} elements, so it is "
            "not aperiodic: use " + ("regular-solvable" if way.solvable else "regular-tree")
        )
    if not way.solvable:
        raise ArgumentError(
            f"the monoid of {expression!r} has a group that is not solvable: use regular-tree"
        )
    return found


def _shortcut_build(claim: str) -> Any:  # noqa: ANN401
    def build(word: Any, expression: str, alphabet: str, **_: int) -> Mapping[str, Any]:  # noqa: ANN401
        return {"accepted": recognize_shortcut(_routed(expression, alphabet, claim), word)}

    return build


def _shortcut_quantities(n: int, expression: str, alphabet: str) -> Mapping[str, int]:
    return differences(parsed(expression, alphabet), n)


def inputs(n: int, expression: str, alphabet: str, **_: int) -> Mapping[str, tuple[int, ...]]:
    """The word: n letters in binary."""
    return {"word": (n, digits(len(parsed(expression, alphabet).alphabet)))}


def oracle(word: Bits, expression: str, alphabet: str, **_: int) -> Mapping[str, Any]:
    """Python's own regular expressions, on words that are spelled out."""
    letters = alphabet or sorted(set(re.sub(r"\W", "", expression)))
    pattern = re.compile(expression)

    def accepted(row: Bits) -> bool:
        numbers = [sum(int(bit) << i for i, bit in enumerate(letter)) for letter in row]
        if max(numbers) >= len(letters):
            return False
        return pattern.fullmatch("".join(letters[k] for k in numbers)) is not None

    return {"accepted": each(accepted, word)}


def parameters(default: str, *more: Parameter) -> tuple[Parameter, ...]:
    """Length, expression, alphabet, and more."""
    return (
        Parameter("n", "length of the word"),
        Parameter("expression", "a regular expression", None, kind="text", default=default),
        Parameter("alphabet", "its letters (none: those it has)", None, kind="text", default=""),
        *more,
    )


_SOURCE = (
    "Krohn and Rhodes 1965 by way of Diekert, Kufleitner and Steinberg 2012; the class: Barrington "
    "and Therien 1988, Finite monoids and the fine structure of NC1; as shortcuts of Transformers: "
    "Liu, Ash, Goel, Krishnamurthy and Zhang 2023"
)

_CONTAINS, _EVEN = "(a|b)*ab(a|b)*", "(b|ab*a)*"


def points(*languages: tuple[str, tuple[int, ...]]) -> tuple[dict[str, Any], ...]:
    """Parameters for expressions and lengths."""
    return tuple({"n": n, "expression": e} for e, lengths in languages for n in lengths)


REGULAR_APERIODIC = Construction(
    name="regular-aperiodic",
    summary="A regular language whose monoid has no groups, in constant depth from AND and OR",
    claim="AC0",
    source=_SOURCE,
    parameters=parameters(_CONTAINS),
    inputs=inputs,
    build=_shortcut_build("AC0"),
    formulas=formulas,
    oracle=oracle,
    points=points(
        (_CONTAINS, (1, 2, 3, 4, 7, 10, 17)),
        ("(ab)*", (1, 2, 5, 9, 18)),
        ("(a|bc)*", (1, 2, 4)),
    ),
    example={"n": 4, "expression": _CONTAINS},
    quantities=_shortcut_quantities,
    meanings=DIFFERENCES,
)

REGULAR_SOLVABLE = Construction(
    name="regular-solvable",
    summary="A regular language whose monoid has solvable groups alone, with MOD gates as well",
    claim="ACC0",
    source=_SOURCE,
    parameters=parameters(_EVEN),
    inputs=inputs,
    build=_shortcut_build("ACC0"),
    formulas=formulas,
    oracle=oracle,
    points=points(
        (_EVEN, (1, 2, 5, 8, 30)),
        ("(aa|b)*", (1, 3, 7, 20)),
        ("(a*ba*ba*b)*a*", (4, 9, 28, 29, 30)),
        ("((a|b)(a|b))*", (3, 4)),
    ),
    example={"n": 4, "expression": _EVEN},
    quantities=_shortcut_quantities,
    meanings=DIFFERENCES,
)
