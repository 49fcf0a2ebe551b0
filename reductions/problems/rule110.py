"""Prediction of Rule 110: which value does a cell have after T steps? T is given in unary.

The row is infinite: a word, and to its left and right words that repeat for ever, which is where
universal computation needs them. A new cell is 1 iff it or its right neighbor was, but not all
three of them were.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, members, shown, text
from reductions.problem import Problem, Witnesses
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

MOST_STEPS = 1_000_000
"""Longest time, as the unary encoding of T would be that long."""

NUMBER = 110
"""Bit 4 l + 2 c + r is what becomes of c between l and r."""

OPEN = "-"

FEW = 2
"""Most steps of instances whose witnesses are all listed."""


@dataclass(frozen=True)
class Prediction:
    """A row, a time and a cell.

    Args:
        left: repeated for ever to the left of cell 0, at least one symbol.
        middle: of 0 and 1, from cell 0 on.
        right: repeated for ever behind it, at least one symbol.
        cell: any integer.
        steps: T.

    Raises:
        ArgumentError: a word is none, or T is out of range.
    """

    left: str
    middle: str
    right: str
    cell: int
    steps: int

    def __post_init__(self) -> None:
        for name, word in (("left", self.left), ("middle", self.middle), ("right", self.right)):
            if not isinstance(word, str) or set(word) - {"0", "1"}:
                raise ArgumentError(f"{name} must be text of 0 and 1, not {shown(word)}")
            if not word and name != "middle":
                raise ArgumentError(f"{name} must not be empty: it repeats for ever")
        integer(self.cell, "cell")
        integer(self.steps, "steps", 0, MOST_STEPS)

    def at(self, cell: int) -> int:
        """The value of a cell in the beginning."""
        if cell < 0:
            return int(self.left[cell % len(self.left)])
        if cell < len(self.middle):
            return int(self.middle[cell])
        return int(self.right[(cell - len(self.middle)) % len(self.right)])

    def cone(self) -> list[int]:
        """The first values of all cells that matter: from cell - T to cell + T."""
        return [self.at(c) for c in range(self.cell - self.steps, self.cell + self.steps + 1)]


def sizes(instance: Prediction) -> dict[str, int]:
    """The size fields."""
    words = (instance.left, instance.middle, instance.right)
    return {"length": sum(map(len, words)), "steps": instance.steps}


def after(row: Sequence[int]) -> list[int]:
    """One step; the row loses the cell at either end, whose neighbors are not known."""
    windows = zip(row, row[1:], row[2:], strict=False)
    return [NUMBER >> (4 * a + 2 * b + c) & 1 for a, b, c in windows]


def rows(instance: Prediction) -> list[list[int]]:
    """The rows of the cone after 0 .. T steps; the last has one cell."""
    found = [instance.cone()]
    for _ in range(instance.steps):
        found.append(after(found[-1]))
    return found


def decide(instance: Prediction) -> bool:
    """Whether the cell is 1."""
    return rows(instance)[-1] == [1]


def forced(known: str) -> str:
    """The new value that three old ones force, of which some may be open."""
    choices = ["01" if symbol == OPEN else symbol for symbol in known]
    values = {NUMBER >> (4 * int(a) + 2 * int(b) + int(c)) & 1 for a, b, c in product(*choices)}
    return OPEN if len(values) > 1 else str(values.pop())


def _first(instance: Prediction) -> str:
    return "".join(map(str, instance.cone()))


def verify(instance: Prediction, claims: str) -> bool:
    """Whether each claim is forced by the row before it, and the cell is claimed to be 1."""
    if not isinstance(claims, str) or len(claims) != instance.steps**2 or set(claims) - set("01-"):
        return False
    row, place = _first(instance), 0
    for t in range(1, instance.steps + 1):
        width = 2 * (instance.steps - t) + 1
        new = claims[place : place + width]
        for i, claim in enumerate(new):
            if claim not in {OPEN, forced(row[i : i + 3])}:
                return False
        row, place = new, place + width
    return row == "1"


def every_witness(instance: Prediction) -> Iterator[str]:
    """All witnesses, row by row."""

    def extend(row: str, left: int) -> Iterator[str]:
        if left == 0:
            if row == "1":
                yield ""
            return
        choices = [sorted({OPEN, forced(row[i : i + 3])}) for i in range(len(row) - 2)]
        for new in product(*choices):
            yield from ("".join(new) + rest for rest in extend("".join(new), left - 1))

    return extend(_first(instance), instance.steps)


def by_rows(instance: Prediction) -> str | None:
    """All values."""
    found = rows(instance)
    if found[-1] != [1]:
        return None
    return "".join(str(value) for row in found[1:] for value in row)


def by_need(instance: Prediction) -> str | None:
    """From the last cell backwards, of each three values only some that force the new one."""
    found = [list(map(str, row)) for row in rows(instance)]
    if found[-1] != ["1"]:
        return None
    needed = {0}
    kept: list[str] = []
    for old, new in zip(found[-2::-1], found[:0:-1], strict=True):
        kept.insert(0, "".join(v if i in needed else OPEN for i, v in enumerate(new)))
        before: set[int] = set()
        for i in needed:
            known = old[i : i + 3]
            for place in range(3):
                without = [*known[:place], OPEN, *known[place + 1 :]]
                if forced("".join(without)) == new[i]:
                    known = without
            before |= {i + place for place in range(3) if known[place] != OPEN}
        needed = before
    return "".join(kept)


def _to_data(instance: Prediction) -> Any:  # noqa: ANN401
    return {name: getattr(instance, name) for name in _KEYS}


_KEYS = ("left", "middle", "right", "cell", "steps")


def _from_data(data: Any) -> Prediction:  # noqa: ANN401
    left, middle, right, cell, steps = members(data, "instance", _KEYS)
    words = [text(word, "instance: a word") for word in (left, middle, right)]
    return Prediction(
        words[0],
        words[1],
        words[2],
        integer(cell, "instance.cell"),
        integer(steps, "instance.steps", 0, MOST_STEPS),
    )


def every(k: int) -> Iterator[Prediction]:
    """Words of at most two cells, between repeated single ones, for 0 to k steps."""
    words = ["".join(word) for length in range(3) for word in product("01", repeat=length)]
    for left, right, middle in product("01", "01", words):
        for cell, steps in product((-1, 0, 1), range(k + 1)):
            yield Prediction(left, middle, right, cell, steps)


def strategy() -> SearchStrategy[Prediction]:
    """Words of up to four cells, up to five steps."""
    from hypothesis import strategies as st

    word = st.text(alphabet="01", min_size=1, max_size=4)
    return st.builds(
        Prediction, word, st.text(alphabet="01", max_size=4), word, st.integers(-4, 6),
        st.integers(0, 5),
    )  # fmt: skip


def ladder(k: int) -> Prediction:
    """A random word of 2 k + 2 cells; k steps."""
    random = Random(k)
    middle = "".join(random.choice("01") for _ in range(2 * k + 2))
    return Prediction("0", middle, "01", k, k)


def _other_cell(one: Prediction) -> Prediction:
    return Prediction(one.left, one.middle, one.right, one.cell + 1, one.steps)


def _fewer_steps(one: Prediction) -> Prediction | None:
    if not one.steps:
        return None
    return Prediction(one.left, one.middle, one.right, one.cell, one.steps - 1)


RULE110: Problem[Prediction, str] = Problem(
    name="rule110",
    question="Is this cell of Rule 110 1 after T steps?",
    instance=Prediction,
    fields={"length": "symbols of the three words", "steps": "T, given in unary"},
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"28 rows with words of at most 2 cells, 3 cells of each, after 0 to {k} steps",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={"another cell": _other_cell, "one step is lost": _fewer_steps},
    hardness="P-complete under logspace reductions, with T in unary",
    reference="Neary and Woods 2006, P-completeness of cellular automaton Rule 110; universality "
    "alone (Cook 2004) is with exponential slowdown",
    witnesses=Witnesses(
        meaning="claims 0 or 1 for some cells after each step, row by row, each forced by the "
        "claims for the three cells before it, the last cell 1",
        verify=verify,
        every=every_witness,
        few=lambda one: one.steps <= FEW,
        producers={"rows": by_rows, "need": by_need},
        to_data=lambda claims: claims,
        from_data=lambda data: text(data, "the claims"),
    ),
)
