"""No two rows are the same up to the problem's symmetries, found by trying all symmetries."""

from __future__ import annotations

import json
from itertools import permutations, product

import numpy as np
import pytest

from reductions.tasks import Spec, rows
from reductions.tasks.families.s5 import S5
from tcsim.errors import LimitError
from tests.reductions.tasks.oracles import levelled


def every(spec):
    """The rows of a family so small that they end: with the first answer that runs out."""
    found = []
    with pytest.raises(LimitError, match="distinct"):
        found.extend(rows(spec))  # those before the error are kept
    return found


def formulas(row):
    """Of each gate of the last level the formula, without names and without order of operands."""
    inputs, levels, _ = levelled(row)
    below = [str(value) for value in inputs]
    for level in levels:
        current = []
        for gate, wires in level:
            table = "".join(str(gate(*bits)) for bits in product((0, 1), repeat=len(wires)))
            current.append(f"{table}({','.join(sorted(below[wire] for wire in wires))})")
        below = current
    return below


def cvp_class(row):
    asked = json.loads(row.input)
    return formulas(row)[asked["output"] % len(asked["inputs"])]


def mdp_class(row):
    asked = json.loads(row.input)
    found = formulas(row)
    return found[asked["start"] % len(found)]


def rule110_class(row):
    asked = json.loads(row.input)
    cells = asked["cells"]
    n, reach = len(cells), asked["steps"]
    return tuple(
        cells[(asked["cell"] + shift) % n] for shift in range(n) if min(shift, n - shift) <= reach
    )


def billiards_class(row):
    asked = json.loads(row.input)
    grid = np.array([list(line) for line in asked["grid"]])
    alike = set()
    for turn in range(8):
        places = np.zeros(grid.shape, int)
        places[tuple(asked["cell"])] = 1
        boards = [grid, places]
        if turn & 1:
            boards = [board[::-1] for board in boards]
        if turn & 2:
            boards = [board[:, ::-1] for board in boards]
        if turn & 4:
            boards = [board.T for board in boards]
        for down, across in product(range(0, grid.shape[0], 2), range(0, grid.shape[1], 2)):
            moved = [np.roll(board, (down, across), (0, 1)) for board in boards]
            alike.add("".join(moved[0].ravel()) + "".join(map(str, moved[1].ravel())))
    return min(alike)


def s5_class(row):
    words = [[tuple(map(int, letter)) for letter in word.split()] for word in row.input.split("; ")]
    return tuple(sorted(min(_renamed(word)) for word in words))


def _renamed(word):
    for names in permutations(range(5)):
        yield from _renamed_by(word, names)


CASES = [
    (Spec("cvp", 1, 2), cvp_class, 6),
    (Spec("cvp", 2, 2), cvp_class, 20),
    (Spec("mdp", 2, 2), mdp_class, 4),
    (Spec("rule110", 1, 1), rule110_class, 5),
    (Spec("rule110", 1, 3), rule110_class, 5),
    (Spec("rule110", 2, 2), rule110_class, 20),
    (Spec("billiards", 1, 1), billiards_class, 5),
    (Spec("billiards", 2, 1), billiards_class, 5),
    (Spec("billiards", 1, 4), billiards_class, 5),
]
NAMES = [f"{spec.name}-{spec.depth}-{spec.width}" for spec, *_ in CASES]


@pytest.mark.parametrize(("spec", "kind", "least"), CASES, ids=NAMES)
def test_all_rows_of_a_small_family_differ(spec, kind, least):
    found = every(spec)
    classes = [kind(row) for row in found]
    assert len(set(classes)) == len(classes) >= least


def test_rows_differ_from_the_beginning():
    found = [rule110_class(row) for row in rows(Spec("rule110", 2, 2), 16)]
    assert len(set(found)) == 16


def test_words_differ():
    found = [s5_class(row) for row in rows(Spec("s5", 2, 1), 240)]
    assert len(set(found)) == len(found)
    pairs = [s5_class(row) for row in rows(Spec("s5", 1, 2), 240)]
    assert len(set(pairs)) == len(pairs)


def test_words_with_other_names_for_the_points_have_one_key():
    from reductions.tasks.families.s5 import _least_hash

    elements = [*permutations(range(5))]
    random = np.random.default_rng(1)
    words = random.integers(0, 120, (30, 4))
    spelled = [[elements[letter] for letter in word] for word in words.tolist()]
    renamed = [next(_renamed_by(word, elements[77])) for word in spelled]
    numbers = np.array([[elements.index(letter) for letter in word] for word in renamed])
    assert (_least_hash(words) == _least_hash(numbers)).all()
    assert len(set(_least_hash(words).tolist())) == 30
    assert S5.least == (1, 1)


def _renamed_by(word, names):
    yield tuple(tuple(names[letter[names.index(point)]] for point in range(5)) for letter in word)


def test_rows_of_copies_differ_as_multisets():
    spec = Spec("rule110", 1, 1, copies=2)
    found = every(spec)
    pairs = []
    for row in found:
        given = json.loads(row.input)
        one = [rule110_class(type(row)(**{**row.__dict__, "input": part})) for part in given]
        pairs.append(tuple(sorted(one)))
    assert len(set(pairs)) == len(pairs) > 8
