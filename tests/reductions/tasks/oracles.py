"""The answer of each task, and the gates behind it, read from the text alone.

Nothing here is shared with the generators: the problems' own solvers, and gates one at a time.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction

import numpy as np

from reductions import problem
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.billiards.board import run, step
from reductions.problems.do1_gap import depth_of_ones
from reductions.problems.ring_circuits import RingCircuit
from reductions.problems.ring_circuits import decide as decide_ring
from reductions.problems.rule110 import Prediction
from reductions.problems.rule110 import decide as decide_rule110
from reductions.problems.stochastic_mdp import optimal_values
from reductions.problems.sudoku import Sudoku, count_solutions, propagate, solve


def cvp(row):
    one = problem("cvp")
    return str(int(one.decide(one.from_data(json.loads(row.input)))))


def mdp(row):
    one = problem("stochastic_mdp")
    instance = one.from_data(json.loads(row.input))
    assert one.promise(instance)
    assert (optimal_values(instance)[instance.start] == 1) == one.decide(instance)
    return str(int(one.decide(instance)))


def rule110(row):
    asked = json.loads(row.input)
    cells = asked["cells"]
    return str(int(decide_rule110(Prediction(cells, "", cells, asked["cell"], asked["steps"]))))


def billiards(row):
    asked = json.loads(row.input)
    board = [[int(mark == "o") for mark in line] for line in asked["grid"]]
    return str(run(board, asked["steps"])[tuple(asked["cell"])])


def do1(row):
    asked = json.loads(row.input)
    last = len(asked["inputs"]) + len(asked["gates"]) - 1
    circuit = problem("alternating_cvp").from_data({**asked, "output": last})
    assert isinstance(circuit, Alternating)
    return str(depth_of_ones(circuit))


def quantities(row):
    """Of each quantity its number, or its operation and two others; and what is asked for."""
    start, *said, asked = re.split(r"(?<=[.?]) ", row.input)
    modulus = int(re.fullmatch(r"All numbers are counted modulo (\d+)\.", start)[1])
    known = {}
    for line in said:
        name, what = re.fullmatch(r"The number of (.*?) is (.*)\.", line).groups()
        assert name not in known
        made = re.fullmatch(r"the number of (.*) (plus|minus|times) the number of (.*)", what)
        known[name] = (made[2], made[1], made[3]) if made else int(what)
    return modulus, known, re.fullmatch(r"What is the number of (.*)\?", asked)[1]


def arithmetic_cvp(row):
    modulus, known, asked = quantities(row)
    inputs = [name for name, value in known.items() if isinstance(value, int)]
    wires = {name: wire for wire, name in enumerate(inputs)}
    gates = []
    while len(wires) < len(known):
        ready = [
            name
            for name, value in known.items()
            if name not in wires and value[1] in wires and value[2] in wires
        ]
        assert ready, "a quantity depends on itself"
        for name in ready:
            how, a, b = known[name]
            gates.append((("plus", "minus", "times").index(how), wires[a], wires[b]))
            wires[name] = len(wires)
    table = np.array(gates)
    values = tuple(known[name] for name in inputs)
    goal = int(row.answer)
    circuit = RingCircuit(modulus, values, table[:, 0], table[:, 1:], wires[asked], goal)
    return row.answer if decide_ring(circuit) else "another number"


def s5(row):
    products = []
    for word in row.input.split("; "):
        points = range(5)
        for letter in word.split():
            points = [int(letter[point]) for point in points]
        products.append("".join(map(str, points)))
    return "; ".join(products)


def sudoku(row):
    asked = json.loads(row.input)
    puzzle = Sudoku.of("".join(asked["grid"]))
    assert count_solutions(puzzle) == 1
    assert 81 - puzzle.clues == row.total_work
    cell = 9 * asked["cell"][0] + asked["cell"][1]
    found = propagate(puzzle)
    assert found.solved
    assert found.rounds == row.depth
    assert max(found.placed_in[cell]) == row.depth
    return str(solve(puzzle).cells[cell])


ANSWERS = {
    "arithmetic_cvp": arithmetic_cvp,
    "billiards": billiards,
    "cvp": cvp,
    "do1": do1,
    "mdp": mdp,
    "rule110": rule110,
    "s5": s5,
    "sudoku": sudoku,
}


def _rule110(left, own, right):
    return (110 >> (4 * left + 2 * own + right)) & 1


def levelled(row):
    """Gates in levels: (function, places in the level before), one tuple a level; the values below.

    Returns:
        The values of level 0, the levels, and a function of all levels' values: the answer.
    """
    if row.task == "arithmetic_cvp":
        return _levelled_quantities(row)
    asked = json.loads(row.input)
    if row.task == "rule110":
        cells = [int(bit) for bit in asked["cells"]]
        n = len(cells)
        level = [(_rule110, ((i - 1) % n, i, (i + 1) % n)) for i in range(n)]
        return cells, [level] * asked["steps"], lambda values: values[-1][asked["cell"]]
    if row.task == "mdp":
        payoffs = [int(one) for one in asked["states"] if isinstance(one, str)]
        width = len(payoffs)
        made = []
        for actions in asked["states"][width:]:
            if len(actions) == 2:
                made.append((lambda a, b: a | b, tuple(action[0][0] for action in actions)))
            else:
                assert all(Fraction(chance) == Fraction(1, 2) for _, chance in actions[0])
                made.append((lambda a, b: a & b, tuple(state for state, _ in actions[0])))
        return payoffs, *_cut(made, width, asked["start"])
    functions = {"and": lambda a, b: a & b, "or": lambda a, b: a | b, "not": lambda a: 1 - a}
    inputs = [int(bit) for bit in asked["inputs"]]
    made = [(functions[name], tuple(wires)) for name, *wires in asked["gates"]]
    return inputs, *_cut(made, len(inputs), asked.get("output"))


def _cut(made, width, output):
    levels = [
        [
            (gate, tuple(wire - level * width for wire in wires))
            for gate, wires in made[level * width : (level + 1) * width]
        ]
        for level in range(len(made) // width)
    ]

    def answer(values):
        if output is None:
            return max((at for at, level in enumerate(values) if at and 1 in level), default=0)
        return values[output // width][output % width]

    return levels, answer


def _levelled_quantities(row):
    modulus, known, asked = quantities(row)
    functions = {
        "plus": lambda a, b: (a + b) % modulus,
        "minus": lambda a, b: (a - b) % modulus,
        "times": lambda a, b: a * b % modulus,
    }
    names = [[name for name, value in known.items() if isinstance(value, int)]]
    inputs = [known[name] for name in names[0]]
    levels = []
    while sum(map(len, names)) < len(known):
        place = {name: at for at, name in enumerate(names[-1])}
        made = {
            name: (functions[value[0]], (place[value[1]], place[value[2]]))
            for name, value in known.items()
            if not isinstance(value, int) and value[1] in place
        }
        names.append(list(made))
        levels.append(list(made.values()))
    at = names[-1].index(asked)
    return inputs, levels, lambda values: values[-1][at]


def dependency_depth(row):
    """Most gates on a path of gates of which each, changed alone, changes the answer."""
    if row.task == "billiards":
        return _billiard_depth(row)
    modulus = 23 if row.task == "arithmetic_cvp" else 2
    inputs, levels, answer = levelled(row)

    def evaluated(flip=None):
        values = [inputs]
        for number, level in enumerate(levels):
            below = values[-1]
            values.append([gate(*(below[wire] for wire in wires)) for gate, wires in level])
            if flip is not None and flip[0] == number:
                values[-1][flip[1]] = (values[-1][flip[1]] + 1) % modulus
        return values

    right = answer(evaluated())
    assert str(right) == row.answer
    longest = [0] * len(inputs)
    best = 0
    for number, level in enumerate(levels):
        affecting = [answer(evaluated((number, place))) != right for place in range(len(level))]
        longest = [
            1 + max(longest[wire] for wire in wires) if affects else 0
            for affects, (_, wires) in zip(affecting, level, strict=True)
        ]
        best = max(best, *longest)
    return best


def _billiard_depth(row):
    asked = json.loads(row.input)
    board = np.array([[int(mark == "o") for mark in line] for line in asked["grid"]])
    steps, cell = asked["steps"], tuple(asked["cell"])
    right = run(board, steps)[cell]
    rows, columns = board.shape
    longest = np.zeros(board.shape, int)
    for number in range(1, steps + 1):
        board = step(board, (number - 1) % 2)
        now = np.zeros(board.shape, int)
        for r in range(rows):
            for c in range(columns):
                other = board.copy()
                other[r, c] ^= 1
                if run(other, steps - number, number % 2)[cell] != right:
                    phase = (number - 1) % 2
                    first = ((r - phase) // 2 * 2 + phase, (c - phase) // 2 * 2 + phase)
                    block = [
                        longest[(first[0] + i) % rows, (first[1] + j) % columns]
                        for i in (0, 1)
                        for j in (0, 1)
                    ]
                    now[r, c] = 1 + max(block)
        longest = now
    return longest.max()
