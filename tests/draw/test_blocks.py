"""Blocks of scopes and of levels: sizes, depths, arrows, shares of the critical path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.draw import draw
from tcsim.draw.block_view import level_graph, scope_graph
from tcsim.draw.blocks import level_blocks, nesting_for, scope_blocks
from tcsim.errors import LimitError
from tcsim.strategies import circuits


@st.composite
def scoped(draw: st.DrawFn) -> tc.Circuit:
    """Circuits whose gates lie in scopes at random."""
    circuit = draw(circuits(inputs=(0, 5), size=(0, 14), outputs=(0, 4)))
    names = ("", "a", "a/b", "a/b/c", "d", "e/f")
    scopes = st.lists(st.integers(0, len(names) - 1), min_size=circuit.size, max_size=circuit.size)
    return circuit.replace(gate_scope=draw(scopes), scope_names=names)


def block_of(circuit: tc.Circuit, gate: int, nesting: int) -> str:
    return "/".join(circuit.gates[gate].scope.split("/")[:nesting])


def depth_inside(circuit: tc.Circuit, nesting: int) -> dict[str, int]:
    """The longest chain of gates of each block, by definition."""
    n, chain, deepest = circuit.n_inputs, dict[int, int](), dict[str, int]()
    for gate in range(circuit.size):
        block = block_of(circuit, gate, nesting)
        operands = circuit.expand(int(circuit.gate_form[gate]))
        inside = [
            chain[w] for w in operands if w >= n and block_of(circuit, w - n, nesting) == block
        ]
        chain[n + gate] = 1 + max(inside, default=0)
        deepest[block] = max(deepest.get(block, 0), chain[n + gate])
    return deepest


@given(scoped(), st.integers(1, 3))
def test_blocks_hold_the_gates_of_their_scopes(circuit: tc.Circuit, nesting: int) -> None:
    parts = scope_blocks(circuit, nesting)
    depths = depth_inside(circuit, nesting)
    assert {block.name for block in parts.blocks} == set(depths)
    for number, block in enumerate(parts.blocks):
        mine = [g for g in range(circuit.size) if block_of(circuit, g, nesting) == block.name]
        levels = [int(circuit.levels[g]) for g in mine]
        assert [g for g in range(circuit.size) if parts.of_gate[g] == number] == mine
        assert block.size == len(mine) == sum(block.profile)
        assert (block.first_level, block.last_level) == (min(levels), max(levels))
        assert block.profile == tuple(
            levels.count(level) for level in range(min(levels), max(levels) + 1)
        )
        assert block.depth == depths[block.name]
    firsts = [block.first_level for block in parts.blocks]
    assert firsts == sorted(firsts)


@given(scoped(), st.integers(1, 3))
def test_arrows_count_distinct_wires(circuit: tc.Circuit, nesting: int) -> None:
    parts = scope_blocks(circuit, nesting)
    graph = scope_graph(circuit, parts)
    n, first = circuit.n_inputs, sum(node.shape == "input" for node in graph.nodes)
    ends = [node for node in graph.nodes if node.shape == "output"]

    def name(wire: int) -> str:
        if wire < 0:
            return f"constant {wire + 2}"
        if wire >= n:
            return block_of(circuit, wire - n, nesting)
        # Here inputs are x0, x1, ...: alone where they are few, else one bundle.
        return "input 0" if first == 1 else f"input {wire}"

    wanted: dict[tuple[str, str], set[int]] = {}
    for gate in range(circuit.size):
        for wire in circuit.expand(int(circuit.gate_form[gate])):
            wanted.setdefault((name(wire), name(n + gate)), set()).add(wire)
    for output, wire in enumerate(circuit.output_wire.tolist()):
        place = 0 if len(ends) == 1 else output
        wanted.setdefault((name(wire), f"output {place}"), set()).add(wire)

    def drawn_name(index: int) -> str:
        node = graph.nodes[index]
        if node.shape == "block":
            return parts.blocks[node.number].name
        return f"{node.shape} {node.number}"

    drawn = {}
    for net in graph.nets:
        [pin] = net.pins
        pair = drawn_name(net.source), drawn_name(pin.target)
        assert graph.nodes[net.source].layer < graph.nodes[pin.target].layer
        drawn[pair if net.arrow == "forward" else pair[::-1]] = int(pin.label)
    assert drawn == {pair: len(wires) for pair, wires in wanted.items() if pair[0] != pair[1]}


@given(scoped(), st.integers(1, 3))
def test_shares_of_the_critical_path_add_up(circuit: tc.Circuit, nesting: int) -> None:
    parts = scope_blocks(circuit, nesting)
    graph, path = scope_graph(circuit, parts), circuit.critical_path()
    shares = [node.share for node in graph.nodes if node.shape == "block"]
    assert sum(shares) == pytest.approx(1 if circuit.depth else 0)
    for number, node in enumerate(n for n in graph.nodes if n.shape == "block"):
        held = sum(parts.of_gate[step.gate] == number for step in path)
        assert node.critical == (held > 0)
        assert (f"path {held} of {circuit.depth}" in node.lines) == (held > 0)


@given(circuits(inputs=(0, 5), size=(0, 30), outputs=(0, 3)))
def test_ranges_of_levels_cover_all_gates(circuit: tc.Circuit) -> None:
    blocks = level_blocks(circuit)
    top = int(circuit.levels.max(initial=0))
    assert len(blocks) == min(top, 6)
    assert sum(block.size for block in blocks) == circuit.size
    assert [a.last_level + 1 for a in blocks[:-1]] == [b.first_level for b in blocks[1:]]
    for block in blocks:
        assert block.depth == block.last_level - block.first_level + 1 == len(block.profile)
        assert block.profile == circuit.measures.levels[block.first_level : block.last_level + 1]


@given(circuits(inputs=(0, 5), size=(0, 20), outputs=(0, 3)))
def test_level_arrows_count_values_still_needed(circuit: tc.Circuit) -> None:
    blocks = level_blocks(circuit)
    graph = level_graph(circuit, blocks)
    n, levels = circuit.n_inputs, circuit.levels.tolist()
    made = [0] * n + levels
    last = [0] * len(made)
    for gate in range(circuit.size):
        for wire in circuit.expand(int(circuit.gate_form[gate])):
            last[wire] = max(last[wire], levels[gate])
    for wire in circuit.output_wire.tolist():
        if wire >= 0:
            last[wire] = 10**6
    for net in graph.nets:
        [pin] = net.pins
        source = graph.nodes[net.source]
        cut = blocks[source.number].last_level if source.shape == "block" else 0
        assert int(pin.label) == sum(m <= cut < end for m, end in zip(made, last, strict=True))


def test_nesting_opens_scopes_until_there_are_two_blocks() -> None:
    def with_scopes(*names: str) -> tc.Circuit:
        b = tc.Builder(share=False)
        x = b.inputs("x", 2)
        for name in names:
            with b.scope(name):
                b.gate(x[0] & x[1])
        return b.build()

    assert nesting_for(with_scopes("a", "b")) == 1
    assert nesting_for(with_scopes("a/b/c", "a/b/d", "a/b/d/e")) == 3
    assert nesting_for(with_scopes("a", "a/b")) == 2
    assert nesting_for(with_scopes("a")) is None
    assert nesting_for(tc.Builder().build()) is None
    many = with_scopes(*(f"s{i}/t" for i in range(41)))
    with pytest.raises(LimitError, match="41 scopes are more than the 40"):
        draw(many, collapse="scopes")
    assert "level 1: 41 gates" in repr(draw(many, collapse=True))
    assert "outside scopes" not in repr(draw(many, collapse=True))
