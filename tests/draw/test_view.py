"""draw(): which picture a circuit gets, well-formed and the same every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.draw import Drawing, draw
from tcsim.errors import ArgumentError, LimitError
from tcsim.strategies import circuits

SVG = "{http://www.w3.org/2000/svg}"
anything = st.text(min_size=1, max_size=40)


def parsed(drawing: Drawing) -> ET.Element:
    return ET.fromstring(str(drawing).encode())


@given(
    circuits(inputs=(0, 5), size=(0, 10), outputs=(0, 4), weights=(-(2**80), 2**80), names=anything)
)
def test_every_picture_is_well_formed_whatever_the_names(circuit: tc.Circuit) -> None:
    for collapse in (False, True, "scopes", "levels"):
        drawing = draw(circuit, collapse=collapse)
        root = parsed(drawing)
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}rect").get("fill") == "#ffffff"
        nodes = [g.get("data-node") for g in root.iter(f"{SVG}g") if g.get("data-node")]
        assert len(set(nodes)) == len(nodes)
        wires = {path.get("data-wire") for path in root.iter(f"{SVG}path")} - {None}
        assert wires <= set(nodes)
        if not collapse:
            shapes = [re.sub(r"\d+", "", node) for node in nodes]
            assert shapes.count("gate") == circuit.size
            assert shapes.count("input") == circuit.n_inputs
            assert shapes.count("output") == circuit.n_outputs
        assert "nan" not in re.sub(r">[^<]*<|\"[^\"]*\"", "", str(drawing))
        assert repr(drawing).isprintable() or "\n" in repr(drawing)


def test_hostile_names_are_shown_as_they_are(samples: dict[str, tc.Circuit]) -> None:
    root = parsed(draw(samples["names"]))
    titles = " ".join(title.text for title in root.iter(f"{SVG}title"))
    for name in samples["names"].input_names[::2]:
        assert name in titles
    assert r"\x00\n\u202e" in titles
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in str(draw(samples["names"]))


def test_a_name_of_a_hundred_thousand_characters_does_no_harm() -> None:
    b = tc.Builder()
    b.output("y" * 10**5, b.gate(tc.all(b.input(c * 10**5) for c in "ab"), "g" * 10**5))
    assert len(str(draw(b.build()))) < 20_000


def test_pictures_do_not_depend_on_the_hash_seed(samples: dict[str, tc.Circuit]) -> None:
    code = (
        "import tcsim as tc\nfrom tcsim.draw import draw\n"
        "b = tc.Builder()\nx = b.inputs('x', 6)\n"
        "for i in range(6):\n    b.output(f'y{i}', x[i] & ~x[i - 1] | x[i - 2])\n"
        "print(draw(b.build()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_drawing_needs_no_heavy_module() -> None:
    code = (
        "import sys, tcsim as tc\nfrom tcsim.draw import draw, step_view\n"
        "b = tc.Builder()\nb.output('y', tc.all(b.inputs('x', 3)))\nc = b.build()\n"
        "draw(c), step_view(c), draw(c, collapse=True)\n"
        "print(*{'numba', 'sympy', 'hypothesis', 'matplotlib', 'networkx'} & set(sys.modules))"
    )
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "\n"


def test_more_than_max_gates_are_collapsed(samples: dict[str, tc.Circuit]) -> None:
    adder, network = samples["adder3"], samples["network"]
    assert 'data-node="gate5"' in str(draw(adder, max_gates=6))
    assert "levels" in repr(draw(adder, max_gates=5)) or "level 1:" in repr(
        draw(adder, max_gates=5)
    )
    assert 'data-node="gate0"' not in str(draw(adder, max_gates=5))
    assert "hidden1: level 1" in repr(draw(network, max_gates=5))
    assert "hidden1/neuron0: level 1" in repr(draw(network, collapse=True, nesting=2))
    assert 'data-node="gate31"' in str(draw(network, collapse=False, max_gates=0))


def test_a_thousand_gates_can_be_drawn_one_by_one() -> None:
    b = tc.Builder(share=False)
    wires = list(b.inputs("x", 20))
    for i in range(1000):
        wires.append(b.gate(wires[7 * i % len(wires)] & ~wires[-1 - i % 20]))
    b.output("y", wires[-5:])
    circuit = b.build()
    assert 'data-node="gate999"' in str(draw(circuit, collapse=False))
    assert 'data-node="gate0"' not in str(draw(circuit))


def test_what_cannot_be_read_is_refused() -> None:
    b = tc.Builder()
    x = b.inputs("x", 1000)
    b.add_gates(list(range(1, 1101)), [x.ids], 1, forms=[0] * 1100)
    wide = b.build()
    with pytest.raises(LimitError, match=r"1,100 gates and 1,100,000 edges.*collapse='levels'"):
        draw(wide, collapse=False)
    assert "1,100 gates" in repr(draw(wide, max_gates=10**6))


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"collapse": "layers"}, "collapse"),
        ({"max_gates": -1}, "max_gates"),
        ({"max_gates": True}, "max_gates"),
        ({"max_gates": 2.5}, "max_gates"),
        ({"nesting": 0}, "nesting"),
        ({"nesting": "1"}, "nesting"),
    ],
)
def test_wrong_arguments_are_named(options: dict, named: str, samples: dict) -> None:
    with pytest.raises(ArgumentError, match=named):
        draw(samples["majority3"], **options)


def test_text_of_a_long_picture_is_cut() -> None:
    b = tc.Builder(share=False)
    x = b.inputs("x", 2)
    b.output("y", [b.gate(x[0] & x[1]) for _ in range(300)])
    lines = repr(draw(b.build(), collapse=False)).splitlines()
    assert len(lines) == 202
    assert lines[-2:] == ["… (107 more lines)", "* a critical path"]


def test_save_writes_the_svg_and_nothing_else(tmp_path: Path, samples: dict) -> None:
    drawing = draw(samples["majority3"])
    drawing.save(tmp_path / "a.svg")
    drawing.save(str(tmp_path / "B.SVG"))
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == str(drawing) == drawing._repr_svg_()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["B.SVG", "a.svg"]
    for wrong in (
        tmp_path / "a.png",
        tmp_path / "no" / "such.svg",
        3,
        tmp_path / "a.svg" / "b.svg",
    ):
        with pytest.raises(ArgumentError):
            drawing.save(wrong)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["B.SVG", "a.svg"]
