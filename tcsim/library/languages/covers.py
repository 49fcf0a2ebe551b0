"""Functions of a few variables, each of a few values, as ORs of short ANDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

IS, IS_NOT = "is", "is not"

Test = tuple[str | None, "Hashable"]
"""Of one variable: (IS, value), (IS_NOT, value), or (None, None) for any value."""

Cube = tuple[Test, ...]
"""An AND: a test for each variable."""

Row = tuple["Hashable", ...]
_ANY: Test = (None, None)


def cheapest(table: Mapping[Row, Hashable]) -> dict[Hashable, list[Cube]]:
    """Cubes for each value of a function; for the cheaper one, if there are two.

    Args:
        table: {values of the variables: value of the function}; other rows do not occur.
    """
    values = list(dict.fromkeys(table.values()))
    covers = {value: cover(table, value) for value in values}
    if len(values) == 2:
        best = min(values, key=lambda value: _cost(covers[value]))
        return {best: covers[best]}
    return covers


def cover(table: Mapping[Row, Hashable], value: Hashable) -> list[Cube]:
    """Cubes that contain the rows at which a function has a value, and no others.

    Each row grows into a cube, test by test, as long as no row with another value falls in; then
    the cubes that hold most of the rows that are left are taken. Neither step is always optimal.
    """
    rows = list(table)
    passing = _Rows(rows)
    inside = _mask(found == value for found in table.values())
    outside = inside ^ ((1 << len(rows)) - 1)
    grown = dict.fromkeys(
        _grown(row, outside, passing) for row, found in table.items() if found == value
    )
    members = {cube: passing.all(cube) for cube in grown}
    chosen: list[Cube] = []
    while inside:
        best = max(members, key=lambda cube: ((members[cube] & inside).bit_count(), -_length(cube)))
        chosen.append(best)
        inside &= ~members[best]
    return chosen


class _Rows:
    """Which rows pass a test, as the bits of an integer."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.every = (1 << len(rows)) - 1
        columns = list(zip(*rows, strict=True))
        self.seen = [list(dict.fromkeys(column)) for column in columns]
        self.equal = [
            {value: _mask(entry == value for entry in column) for value in seen}
            for column, seen in zip(columns, self.seen, strict=True)
        ]

    def one(self, variable: int, test: Test) -> int:
        how, value = test
        if how is None:
            return self.every
        equal = self.equal[variable][value]
        return equal if how == IS else self.every ^ equal

    def all(self, tests: Iterable[Test]) -> int:
        mask = self.every
        for variable, test in enumerate(tests):
            mask &= self.one(variable, test)
        return mask


def _mask(truths: Iterable[bool]) -> int:
    return sum(truth << i for i, truth in enumerate(truths))


def _grown(row: Row, outside: int, passing: _Rows) -> Cube:
    tests: list[Test] = [(IS, entry) for entry in row]
    for i, entry in enumerate(row):
        rest = passing.all([*tests[:i], _ANY, *tests[i + 1 :]])
        others = [(IS_NOT, value) for value in passing.seen[i] if value != entry]
        for weaker in (_ANY, *(others if len(others) > 1 else ())):
            if not rest & passing.one(i, weaker) & outside:
                tests[i] = weaker
                break
    return tuple(tests)


def _length(cube: Cube) -> int:
    return sum(how is not None for how, _ in cube)


def _cost(cubes: Iterable[Cube]) -> tuple[int, int]:
    lengths = [_length(cube) for cube in cubes]
    return len(lengths), sum(lengths)
