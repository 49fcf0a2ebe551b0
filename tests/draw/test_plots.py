"""Plots of levels and depths: what is on them, the same bytes every time, clear errors."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import tcsim as tc
from tcsim.draw import plot_depth, plot_levels
from tcsim.errors import ArgumentError, MissingExtraError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def matplotlib() -> None:
    pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'tcsim[plot]'")


def words(drawing: object) -> list[str]:
    root = ET.fromstring(str(drawing))
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def chains(*sizes: int) -> list[tuple[int, tc.Circuit]]:
    points = []
    for n in sizes:
        b = tc.Builder()
        x = b.inputs("x", n)
        y = x[0]
        for bit in x[1:]:
            y = ~(y & bit)
        b.output("y", y)
        points.append((n, b.build()))
    return points


@pytest.mark.usefixtures("matplotlib")
def test_level_profile(samples: dict[str, tc.Circuit], tmp_path: Path) -> None:
    circuit = samples["adder3"]
    drawing = plot_levels(circuit, tmp_path / "levels.svg")
    assert (tmp_path / "levels.svg").read_text(encoding="utf-8") == str(drawing)
    assert str(plot_levels(circuit)) == str(drawing)
    assert {"level", "gates on a level (threshold basis)", "size 6, depth 4, width 2"} <= set(
        words(drawing)
    )
    assert repr(drawing) == "Level profile (threshold basis): size 6, depth 4, width 2"
    other = words(plot_levels(circuit, basis="fan_in_2", title="from $1_{ to $2"))
    assert {"gates on a level (fan-in 2 basis)", "from $1_{ to $2"} <= set(other)


@pytest.mark.usefixtures("matplotlib")
def test_empty_and_deep_profiles() -> None:
    assert "size 0, depth 0, width 0" in words(plot_levels(tc.Builder().build()))
    [(_, deep)] = chains(5001)
    assert "gates on a level, most in 2 levels (threshold basis)" in words(plot_levels(deep))


@pytest.mark.usefixtures("matplotlib")
@pytest.mark.parametrize("log", [False, True])
def test_depth_against_n(log: bool, tmp_path: Path) -> None:
    points = chains(32, 4, 9)
    drawing = plot_depth(points, tmp_path / "depth.SVG", log=log, n="n (inputs)", title="Chains")
    assert {"n (inputs)", "depth in gates (threshold basis)", "Chains"} <= set(words(drawing))
    assert repr(drawing) == "Depth by n (inputs) (threshold basis): 4: 3, 9: 8, 32: 31"
    again = plot_depth(reversed(points), log=log, n="n (inputs)", title="Chains")
    assert str(again) == str(drawing) == (tmp_path / "depth.SVG").read_text(encoding="utf-8")
    assert "2 circuits" in " ".join(words(plot_depth(points[:2])))


@pytest.mark.usefixtures("matplotlib")
def test_png_is_the_same_every_time(samples: dict, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        plot_levels(samples["adder3"], tmp_path / name)
    found = (tmp_path / "a.png").read_bytes()
    assert found.startswith(b"\x89PNG\r\n")
    assert found == (tmp_path / "b.png").read_bytes()
    plot_depth(chains(3, 4), tmp_path / "c.png")
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", "b.png", "c.png"}


@pytest.mark.usefixtures("matplotlib")
def test_the_users_settings_stay_out_and_untouched(samples: dict) -> None:
    import matplotlib as mpl

    before = str(plot_levels(samples["adder3"]))
    with mpl.rc_context({"axes.facecolor": "red", "font.size": 30}):
        assert str(plot_levels(samples["adder3"])) == before
        assert mpl.rcParams["font.size"] == 30
        assert mpl.rcParams["svg.hashsalt"] != "tcsim"


def test_wrong_arguments_are_named(samples: dict, tmp_path: Path) -> None:
    circuit, points = samples["adder3"], chains(3, 4)
    for path in (tmp_path / "a.pdf", "plot", 7):
        with pytest.raises(ArgumentError, match=r"\.svg or \.png"):
            plot_levels(circuit, path)
        with pytest.raises(ArgumentError, match=r"\.svg or \.png"):
            plot_depth(points, path)
    with pytest.raises(ArgumentError, match="basis must be one of threshold, majority"):
        plot_levels(circuit, basis="and")
    with pytest.raises(ArgumentError, match="basis must be one of threshold, majority"):
        plot_depth(points, basis="and")
    with pytest.raises(ArgumentError, match="points is empty"):
        plot_depth([])
    for wrong in ([circuit], [(1,)], [("1", circuit)], [(1, 2)]):
        with pytest.raises(ArgumentError, match="points holds"):
            plot_depth(wrong)
    with pytest.raises(ArgumentError, match="log=False"):
        plot_depth(chains(1), log=True)
    with pytest.raises(ArgumentError, match="log=False"):
        plot_depth([(0, circuit)], log=True)


def test_without_matplotlib_the_command_that_installs_it_is_named(
    samples: dict, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[plot\]'"):
        plot_levels(samples["adder3"], tmp_path / "a.svg")
    with pytest.raises(MissingExtraError, match="matplotlib"):
        plot_depth(chains(3), tmp_path / "a.svg")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(samples: dict, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'tcsim[plot]'")
    with pytest.raises(ArgumentError, match="no-such-folder"):
        plot_levels(samples["adder3"], tmp_path / "no-such-folder" / "a.svg")
