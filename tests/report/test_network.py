"""Reports of networks that are not built: data, text and JSON."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Affine, Argmax, Code, IntegerNetwork, Product, Requantize, Sketch, Sum
from tcsim.report.html import render_sections as to_html
from tcsim.report.network import SCHEMA, of_network
from tcsim.report.network_content import network_sections
from tcsim.report.text import render_sections as to_text


def pooled() -> IntegerNetwork:
    """Rounded tokens, summed over a sequence of any length, and a class."""
    sketch = Sketch()
    random = np.random.default_rng(0)
    x = sketch.input("x", ("n", 3), Code(0, 3))
    with sketch.scope("block"):
        with sketch.scope("mix"):
            sums = sketch.add(Affine(random.integers(-3, 4, (3, 4)), [0] * 4), x)
            y = sketch.add(Requantize([[1, 2, 4]], Code(0, 3)), sums)
        with sketch.scope("pool"):
            total = sketch.add(Sum([0]), y)
            flat = sketch.add(Affine(np.eye(4, dtype=int), [0] * 4), total)
            z = sketch.add(Requantize([[2, 5, 9]], Code(0, 3)), flat)
    with sketch.scope("head"):
        scores = sketch.add(Affine(random.integers(-3, 4, (4, 3)), [0] * 3), z)
        answer = sketch.add(Argmax(3), scores)
    return sketch.network(answer)


def test_formulas_numbers_and_circuit_agree() -> None:
    network = pooled()
    report = of_network(network, axes={"n": 5}, check=100_000)
    import sympy

    n = sympy.Symbol("n", integer=True, positive=True)
    circuit = tc.networks.compile(network.at(n=5), share=False, fold=False)
    assert report.total.depth == report.formulas["depth"] == circuit.depth == 4
    assert report.formulas["size"].subs(n, 5) == report.total.size == circuit.size
    assert report.formulas["edges"].subs(n, 5) == report.total.edges == circuit.edges
    assert report.formulas["size"].free_symbols == {n}
    assert report.total.width == circuit.width
    assert {one.verdict for one in report.checks} == {"PASS"}
    assert sum(stage.levels for stage in report.path) == 4
    assert report.path_levels("block") == 2
    assert report.all_macs == 5 * 12 + 16 + 12


def test_json() -> None:
    report = of_network(pooled(), source="here", axes={"n": 4}, facts={"bits": "2"})
    data = json.loads(report.to_json())
    assert data["schema"] == SCHEMA
    assert data["axes"] == {"n": 4}
    assert data["total"]["depth"] == 4
    assert data["total"]["edges_are"] == "exact"
    assert set(data["layers"]) == {"block", "block/mix", "block/pool", "head"}
    assert data["formulas"]["depth"] == "4"
    assert "n" in data["formulas"]["size"]


def test_text_fits_80_columns_and_html_is_whole() -> None:
    report = of_network(pooled(), source="x" * 200, axes={"n": 10**6}, procedure={"name": "y" * 90})
    content = network_sections(report)
    text = to_text(content)
    assert max(map(len, text.splitlines())) <= 80
    for title in (
        "As formulas in n",
        "Layers, and their share",
        "Critical path",
        "Serial and total",
    ):
        assert title in text
    assert re.search(r"^    mix +12,000,000 ", text, re.MULTILINE)
    page = to_html(content)
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


def test_an_axis_needs_a_number() -> None:
    with pytest.raises(NetworkError, match=r"network\.at\(n="):
        of_network(pooled())


def gated() -> IntegerNetwork:
    """Integers times a sum of them that is rounded: fused, a level less."""
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 3))
    sums = sketch.add(Affine([[1, 2], [2, 1]], [0, 0]), x)
    gate = sketch.add(Requantize([[1, 3, 6]], Code(0, 3)), sums)
    product = sketch.add(Product(), gate, x)
    return sketch.network(sketch.add(Requantize([[2, 5]], Code(0, 2)), product))


def test_fused_depth_and_what_sharing_saves_stand_beside_the_formulas() -> None:
    network = gated()
    report = of_network(network, check=10_000)
    flatter, built = tc.networks.fused(network), tc.networks.compile(network).measures
    assert report.fused is not None
    assert report.fused.depth == flatter.cost().numbers().total.depth < report.total.depth
    assert report.built == {"depth": built.depth, "size": built.size, "edges": built.edges}
    data = json.loads(report.to_json())
    assert data["fused"]["depth"] == report.fused.depth
    assert data["built"] == report.built
    text = to_text(network_sections(report))
    assert f"depth {report.fused.depth}, {report.fused.size} gates: sums rounded" in text
    assert f"depth {built.depth}, {built.size} gates, {built.edges} edges: built" in text
    assert of_network(network, check=2).built == of_network(network).built == {}
    flat = of_network(flatter)
    assert flat.fused is None
    assert "fused" not in to_text(network_sections(flat)).replace("FusedProduct", "")


def test_products_of_layers_without_gates_are_shown() -> None:
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 3))
    with sketch.scope("sums"):
        sums = sketch.add(Affine([[1, 2], [2, 1]], [0, 0]), x)
    with sketch.scope("steps"):
        steps = sketch.add(Requantize([[1, 3]], Code(0, 2)), sums)
    text = to_text(network_sections(of_network(sketch.network(steps))))
    (row,) = (line for line in text.splitlines() if line.strip().startswith("no gates"))
    assert row.split() == ["no", "gates", "0", "0", "4", "0%"]
