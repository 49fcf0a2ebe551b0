"""The HTML page, the SVG picture, and what notebooks show."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.report import of_circuit, to_html
from tcsim.report.svg import level_profile

SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta"}


class Page(HTMLParser):
    """Checks that elements nest, and collects names, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_pages_are_whole_and_need_nothing(samples: dict[str, tc.Circuit]) -> None:
    for name, circuit in samples.items():
        page = Page(to_html(of_circuit(circuit, source=name, processors=2)))
        assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object"})
        assert page.attributes.isdisjoint({"src", "href", "onload", "srcset"})
        assert "Measures by basis" in page.text
        assert "url(" not in page.text
        assert "parallelism" in page.text  # every convention, not only the short ones


def test_numbers_of_the_page(samples: dict[str, tc.Circuit]) -> None:
    page = Page(to_html(of_circuit(samples["parity"], source="<b>&amp;")))
    assert "Depth report: <b>&amp;" in page.text
    assert "depth 2, width 5, size 6 in the threshold basis; 5 inputs, 3 outputs" in page.text


def test_markup_in_names_stays_text(samples: dict[str, tc.Circuit]) -> None:
    text = to_html(of_circuit(samples["odd_names"]))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


@given(st.lists(st.integers(0, 10**9), max_size=400))
def test_picture(counts: list[int]) -> None:
    levels = (0, *counts)
    root = ET.fromstring(level_profile(levels))
    bars = root.findall(f".//{SVG}rect")
    assert len(bars) == len(counts) if len(counts) <= 160 else len(bars) <= 160
    for bar in bars:
        x, y = float(bar.get("x", "")), float(bar.get("y", ""))
        assert x >= 0
        assert x + float(bar.get("width", "")) <= 640
        assert y >= 25.99
        assert y + float(bar.get("height", "")) == pytest.approx(176, abs=0.02)


def test_picture_heights() -> None:
    root = ET.fromstring(level_profile((0, 8, 4, 0)))
    heights = [float(bar.get("height", "")) for bar in root.findall(f".//{SVG}rect")]
    assert heights == [150.0, 75.0, 0.0]
    titles = [title.text for title in root.findall(f".//{SVG}rect/{SVG}title")]
    assert titles == ["level 1: 8 gates", "level 2: 4 gates", "level 3: 0 gates"]
    assert "widest level: 8 gates" in ET.tostring(root, "unicode")


def test_many_levels_are_binned() -> None:
    text = level_profile((0, *[2] * 1000))
    assert "a bar is the mean of 7 levels" in text


def test_notebook(samples: dict[str, tc.Circuit]) -> None:
    for circuit in samples.values():
        ET.fromstring(circuit._repr_svg_())
        page = Page(circuit._repr_html_())
        assert "threshold basis" in page.text
        assert {"table", "svg"} <= page.tags
    page = Page(samples["parity"]._repr_html_())
    assert "5 inputs, 3 outputs" in page.text
    assert "depthwidthsizeedgeswiresfan-inweightsize / depth" in page.text.replace("\n", "")
    assert "2563030513.0" in page.text.replace("\n", "")


def test_a_report_in_a_notebook() -> None:
    b = tc.Builder()
    b.output("<vote>", tc.majority(b.inputs("x", 3)))
    shown = of_circuit(b.build(), source="<a> & b")._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count("<") == 2  # the page is escaped
    assert "&amp;lt;a&amp;gt; &amp;amp; b" in shown
