"""Pictures of the DO1 game say what the state is."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from reductions.do1.game import Game
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import table_of
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.rl import DO1Env, Pool, RandomCircuits
from reductions.rl.rendering import HOT, PICKED

ROWS = [(AND, 0, 1), (OR, 0, 2), (BUFFER, 3)]
GAME = Game(Alternating.of_gates(bytes((1, 0)), *table_of(ROWS), 4), 2)
SPACE = {"svg": "http://www.w3.org/2000/svg"}


def played(mode, *actions):
    env = DO1Env(Pool((GAME,)), render_mode=mode)
    env.reset()
    for action in actions:
        env.step(action)
    return env.render()


def test_text():
    assert played("ansi").splitlines() == [
        "step 0 of 3: nothing chosen, worth 0, best 3",
        "inputs   x0=1  x1=0",
        "depth 1  g0=0 and(x0,x1)",
        "depth 2  g1=1 or(x0,g0)",
        "depth 3  g2=1 buffer(g1)",
        "chain    c1=1  c2=1",
    ]
    after = played("ansi", 1, 2).splitlines()
    assert after[0] == "step 2 of 3: circuit chosen, worth 3, best 3"
    assert after[3:] == [
        "depth 2  *g1=1 or(x0,g0)",
        "depth 3  *g2=1 buffer(g1)",
        "chain    removed",
    ]
    assert played("ansi", 4).splitlines() == [
        "step 1 of 3: chain chosen, worth 2, best 2",
        "circuit  removed",
        "chain    c1=1  *c2=1",
    ]


@pytest.mark.parametrize("mode", ["ansi", "svg"])
def test_forfeits_are_told(mode):
    assert "forfeited by an action that was not legal" in played(mode, 0, 0)


def test_svg():
    drawn = ET.fromstring(played("svg", 1))
    circuit, chain = drawn.findall("svg:g", SPACE)
    assert (circuit.get("opacity"), chain.get("opacity")) == ("1", "0.2")
    titles = [title.text for title in circuit.iter(f"{{{SPACE['svg']}}}title")]
    assert titles == [
        "input x0=1",
        "input x1=0",
        "g0=0 and(x0,x1), depth 1",
        "g1=1 or(x0,g0), depth 2",
        "g2=1 buffer(g1), depth 3",
    ]
    circles = circuit.findall(".//svg:circle", SPACE)
    assert [circle.get("fill") == HOT for circle in circles] == [False, True, True]
    assert [circle.get("stroke") == PICKED for circle in circles] == [False, True, False]
    assert len(circuit.findall("svg:line", SPACE)) == 5
    assert len(chain.findall(".//svg:circle", SPACE)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_nodes_stand_apart_inside_the_picture(seed):
    env = DO1Env(RandomCircuits(3, 15, 9), render_mode="svg")
    env.reset(seed=seed)
    drawn = ET.fromstring(env.render())
    width, height = float(drawn.get("width")), float(drawn.get("height"))
    points = np.array(
        [
            (float(circle.get("cx")), float(circle.get("cy")))
            for circle in drawn.iter(f"{{{SPACE['svg']}}}circle")
        ]
    )
    assert len(points) == 15 + env.game.chain
    assert (points > 12).all()
    assert (points < np.array([width, height]) - 12).all()
    apart = np.abs(points[:, None] - points[None]).sum(axis=2) + 1000 * np.eye(len(points))
    assert apart.min() >= 30
    by_name = {title.text for title in drawn.iter(f"{{{SPACE['svg']}}}title")}
    assert sum(re.match(r"g\d+=", name) is not None for name in by_name) == 15
