"""Pictures as they were when somebody looked at them last."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import tcsim as tc
from tcsim.draw import draw

GOLDEN = Path(__file__).parent / "golden"
PICTURES = {
    "majority3": {},
    "majority1001": {},
    "parity4": {},
    "adder3": {},
    "mixed": {},
    "names": {},
    "network": {"collapse": "scopes"},
    "network-neurons": {"collapse": "scopes", "nesting": 2},
    "adder3-levels": {"collapse": "levels"},
    "back_and_forth": {"collapse": "scopes"},
    "empty": {},
}


@pytest.mark.parametrize("name", PICTURES)
def test_golden_picture(name: str, samples: dict[str, tc.Circuit]) -> None:
    """To accept a change: look at the picture, then set TCSIM_NEW_PICTURES=1 and run this again."""
    drawing = draw(samples[name.partition("-")[0]], **PICTURES[name])
    svg, text = GOLDEN / f"{name}.svg", GOLDEN / f"{name}.txt"
    if os.environ.get("TCSIM_NEW_PICTURES"):
        drawing.save(svg)
        text.write_text(repr(drawing), encoding="utf-8")
    assert str(drawing) == svg.read_text(encoding="utf-8")
    assert repr(drawing) == text.read_text(encoding="utf-8")
    ET.fromstring(str(drawing))


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(PICTURES)
