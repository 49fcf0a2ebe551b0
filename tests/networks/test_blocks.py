"""Blocks: their depths, and every bit against plain Python with exact fractions."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import tcsim as tc
from tcsim.networks import (
    Affine,
    Code,
    ExpTable,
    LayerNorm,
    RMSNorm,
    Sketch,
    Softmax,
    SoftmaxAttention,
    Table,
    fused,
)
from tcsim.networks.blocks.transformer import (
    FeedForward,
    Heads,
    Linear,
    Residual,
    RoundedHeads,
    post_norm_block,
    pre_norm_block,
    rescale,
)
from tests.networks.operations.attention_oracle import attention, table_rows
from tests.networks.operations.sequences import (
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)
from tests.networks.operations.test_norms import real_norm

EXP = ExpTable([0, 1, 3], [2, 1, 1])
EPS = Fraction(1, 16)


class Draw:
    """Random parts of blocks of width d with b bits, and their plain meaning."""

    def __init__(self, seed: int, d: int, bits: int, heads: int, kinds: dict[str, str]) -> None:
        self.random = np.random.default_rng(seed)
        self.d, self.heads, self.kinds, self.hidden = d, heads, kinds, d + 1
        half = 2 ** (bits - 1)
        self.code = Code(-half, half - 1)

    def affine(self, inputs: int, outputs: int) -> Affine:
        weights = self.random.integers(-2, 3, (inputs, outputs))
        return Affine(weights, self.random.integers(-2, 3, outputs))

    def linear(self, inputs: int, outputs: int, name: str = "") -> Linear:
        code = replace(self.code, kind=self.kinds.get(name, "thermometer"))
        scale = Fraction(int(self.random.integers(1, 4)), 5)
        rounding = str(self.random.choice(["floor", "half_up"]))
        return Linear(self.affine(inputs, outputs), rescale(code, scale, rounding))

    def residual(self) -> Residual:
        factors = tuple(int(one) for one in self.random.integers(1, 4, 2))
        return Residual(factors, rescale(self.code, Fraction(1, 3)))

    def norm(self, kind):
        gamma = [Fraction(int(g), 2) for g in self.random.integers(1, 5, self.d)]
        beta = [Fraction(int(b), 4) for b in self.random.integers(-3, 4, self.d)]
        return kind(self.code, gamma, beta, eps=EPS)

    def activation(self) -> Table:
        """GELU in units of a half, on an integer grid."""
        values = [
            round(x / 2 * (1 + math.erf(x / 2 / math.sqrt(2))))
            for x in range(self.code.lo, self.code.hi + 1)
        ]
        return Table(values, self.code.lo, "gelu")

    def attention(self, *, causal: bool, groups: int, table: ExpTable) -> Heads:
        d, width = self.d, self.d // self.heads
        mixing = SoftmaxAttention(table, self.code, rounding="half_up", causal=causal)
        q, k = self.linear(d, d, "q"), self.linear(d, groups * width, "k")
        v = self.linear(d, groups * width, "v")
        return Heads(q, k, v, self.heads, groups, mixing, self.affine(d, d))

    def rounded_attention(self) -> RoundedHeads:
        d = self.d
        q, k, v = (self.linear(d, d, name) for name in "qkv")
        return RoundedHeads(
            q,
            k,
            v,
            self.heads,
            rescale(Code(-2, 2), Fraction(1, 2)),
            Softmax(EXP, Code(0, 3), scale=3),
            rescale(self.code, Fraction(1, 3)),
            self.linear(d, d),
        )

    def feed_forward(self, *, gated: bool = False, rounded: bool = False) -> FeedForward:
        d, hidden = self.d, self.hidden
        up = self.linear(d, hidden)
        down = self.linear(hidden, d) if rounded else self.affine(hidden, d)
        gate = self.linear(d, hidden) if gated else None
        return FeedForward(up, self.activation(), down, gate)


# Plain Python ---------------------------------------------------------------------------------


def clip(value: int, code: Code) -> int:
    return min(max(value, code.lo), code.hi)


def plain_affine(affine: Affine, x):
    weights, bias = affine.weights.tolist(), affine.bias.tolist()
    return [
        [sum(row[i] * weights[i][j] for i in range(len(row))) + bias[j] for j in range(len(bias))]
        for row in x
    ]


def plain_rounding(rounding, x):
    """By the cuts, which `test_rescale` compares with the division."""
    cuts = rounding.cuts.ravel().tolist()
    return [[rounding.code.lo + sum(value >= cut for cut in cuts) for value in row] for row in x]


def plain_linear(linear: Linear, x):
    return plain_rounding(linear.rounding, plain_affine(linear.affine, x))


def split(x, heads: int):
    width = len(x[0]) // heads
    return [[row[h * width : (h + 1) * width] for row in x] for h in range(heads)]


def merged(x):
    return [[value for head in x for value in head[i]] for i in range(len(x[0]))]


def plain_heads(heads: Heads, x):
    q = split(plain_linear(heads.q, x), heads.heads)
    k, v = (split(plain_linear(one, x), heads.groups) for one in (heads.k, heads.v))
    mix = heads.attention
    found = attention(
        q, k, v, table_rows(mix.table, 400), mix.code, rounding=mix.rounding, causal=mix.causal
    )
    return plain_affine(heads.output, merged(found))


def plain_rounded_heads(heads: RoundedHeads, x):
    q, k, v = (split(plain_linear(one, x), heads.heads) for one in (heads.q, heads.k, heads.v))
    weights, results = table_rows(heads.softmax.table), []
    for queries, keys, values in zip(q, k, v, strict=True):
        scores = [
            [sum(a * b for a, b in zip(one, key, strict=True)) for key in keys] for one in queries
        ]
        rows = []
        for row in plain_rounding(heads.scores, scores):
            a = [weights[max(row) - one] for one in row]
            p = [math.floor(Fraction(3 * one, sum(a)) + Fraction(1, 2)) for one in a]
            rows.append(
                [sum(p[j] * values[j][d] for j in range(len(p))) for d in range(len(values[0]))]
            )
        results.append(plain_rounding(heads.averages, rows))
    return plain_linear(heads.output, merged(results))


def plain_feed_forward(part: FeedForward, x):
    table, low = part.activation.rows.tolist(), part.activation.lo
    hidden = plain_linear(part.up, x)
    if part.gate is None:
        hidden = [[table[value - low] for value in row] for row in hidden]
    else:
        gates = plain_linear(part.gate, x)
        hidden = [
            [u * table[w - low] for u, w in zip(*pair, strict=True)]
            for pair in zip(hidden, gates, strict=True)
        ]
    if isinstance(part.down, Linear):
        return plain_linear(part.down, hidden)
    return plain_affine(part.down, hidden)


def plain_residual(residual: Residual, branch, x):
    a, b = residual.factors
    sums = [
        [a * u + b * w for u, w in zip(*pair, strict=True)] for pair in zip(branch, x, strict=True)
    ]
    return plain_rounding(residual.rounding, sums)


def plain_norm(norm, x):
    return [
        real_norm(
            row,
            norm.gamma,
            norm.beta,
            norm.eps,
            norm.code,
            centered=norm.centered,
            rounding=norm.rounding,
        )
        for row in x
    ]


# Blocks ---------------------------------------------------------------------------------------


def block(name: str, seed: int, n: int, d: int, bits: int, heads: int, *, causal=False, **kinds):
    """A network of one block, and its meaning in plain Python."""
    return written(name, Draw(seed, d, bits, heads, kinds), n, causal=causal)


def written(name: str, draw: Draw, n: int, *, causal=False, groups=1, table=EXP):
    """See `block`."""
    sketch = Sketch()
    x = sketch.input("x", (n, draw.d), draw.code)
    if name in ("post", "qdq"):
        rounded = name == "qdq"
        options = {"causal": causal, "groups": draw.heads, "table": table}
        part = draw.rounded_attention() if rounded else draw.attention(**options)
        ffn = draw.feed_forward(rounded=rounded)
        joins = [(draw.residual(), draw.norm(LayerNorm)) for _ in range(2)]
        network = sketch.network(post_norm_block(sketch, x, part, joins[0], ffn, joins[1]))
        plain = plain_rounded_heads if rounded else plain_heads

        def meaning(x):
            for run, one, (join, norm) in [
                (plain, part, joins[0]),
                (plain_feed_forward, ffn, joins[1]),
            ]:
                x = plain_norm(norm, plain_residual(join, run(one, x), x))
            return x

        return network, meaning
    part = draw.attention(causal=causal, groups=groups, table=table)
    ffn = draw.feed_forward(gated=name == "swiglu")
    first = (draw.norm(RMSNorm), part, draw.residual())
    second = (draw.norm(RMSNorm), ffn, draw.residual())
    network = sketch.network(pre_norm_block(sketch, x, first, second))

    def meaning(x):
        for run, (norm, one, join) in [(plain_heads, first), (plain_feed_forward, second)]:
            x = plain_residual(join, run(one, plain_norm(norm, x)), x)
        return x

    return network, meaning


DEPTHS = {"post": 12, "gelu": 10, "swiglu": 11, "qdq": 17}


def check(network, meaning, limit: int) -> tc.Circuit:
    rows = rows_of(network, limit)
    expected = np.array([meaning(row.tolist()) for row in rows[0]])
    assert np.array_equal(network(*rows), expected)
    circuit = tc.networks.compile(network, share=False, fold=False)
    bits = network.encode_outputs(expected)
    assert np.array_equal(circuit(network.encode(*rows)), bits)
    assert np.array_equal(tc.networks.compile(network)(network.encode(*rows)), bits)
    return circuit


SEEDS = {"post": (1, 25), "gelu": (13, 8), "swiglu": (16, 18), "qdq": (36, 38)}
"""Draws whose outputs take many values, for the two sizes."""


@pytest.mark.parametrize("name", DEPTHS)
@pytest.mark.parametrize(("n", "d", "bits", "heads"), [(2, 2, 2, 1), (3, 2, 2, 2)])
def test_blocks(name: str, n: int, d: int, bits: int, heads: int) -> None:
    """n = 2, d = 2, b = 2: all 256 inputs; then random ones."""
    network, meaning = block(name, SEEDS[name][n - 2], n, d, bits, heads)
    circuit = check(network, meaning, 256 if n == 2 else 60)
    assert circuit.depth == network.cost().total.depth == DEPTHS[name]
    assert_cost_is_the_circuit(network)
    assert len(np.unique(network(*rows_of(network, 256)), axis=0)) >= 9


@pytest.mark.parametrize(("name", "size"), [("post", 1800), ("gelu", 1296), ("swiglu", 1440)])
def test_sizes(name: str, size: int) -> None:
    """At n = 3, d = 4, b = 2, two heads, four hidden features and four steps of the table."""
    draw = Draw(0, 4, 2, 2, {})
    draw.hidden = 4
    network, _ = written(name, draw, 3, groups=2, table=ExpTable([0, 1, 2, 4], [1, 1, 1, 1]))
    total = network.cost().numbers().total
    assert (total.size, total.depth) == (size, DEPTHS[name])
    assert tc.networks.compile(network, share=False, fold=False).size == size


@pytest.mark.parametrize("name", DEPTHS)
def test_formulas_in_the_length(name: str) -> None:
    """With a name for the number of positions: one cost for all lengths."""
    named, _ = written(name, Draw(4, 2, 2, 1, {}), "n")
    assert named.cost().total.depth == DEPTHS[name]
    for n in (2, 5):
        assert_named_axis_is_its_number(named, n=n)


def test_heads_that_do_not_fit() -> None:
    draw = Draw(0, 4, 2, 2, {})
    part = replace(draw.attention(causal=False, groups=2, table=EXP), heads=3)
    sketch = Sketch()
    x = sketch.input("x", (2, 4), draw.code)
    with pytest.raises(tc.errors.NetworkError, match="4 features cannot be cut into 3 heads"):
        part.add(sketch, x)


@pytest.mark.parametrize("name", ["post", "gelu", "swiglu"])
def test_causal_blocks(name: str) -> None:
    """Per token: the first has one key, and is two levels earlier."""
    network, meaning = block(name, 3, 3, 2, 2, 1, causal=True)
    circuit = check(network, meaning, 60)
    assert circuit.depth == DEPTHS[name]
    assert_cost_is_the_circuit(network, symbols=False)
    depths = [circuit.measures.depth]
    alone, _ = block(name, 3, 1, 2, 2, 1, causal=True)
    depths.append(tc.networks.compile(alone, share=False, fold=False).depth)
    assert depths == [DEPTHS[name], DEPTHS[name] - 2]


@pytest.mark.parametrize("name", DEPTHS)
@pytest.mark.parametrize(("kinds", "more"), [("qk", 1), ("v", 0), ("qkv", 1)])
def test_binary_codes(name: str, kinds: str, more: int) -> None:
    network, meaning = block(name, 5, 2, 2, 2, 1, **dict.fromkeys(kinds, "binary"))
    circuit = check(network, meaning, 40)
    assert circuit.depth == DEPTHS[name] + more
    assert_cost_is_the_circuit(network)


@pytest.mark.parametrize("name", DEPTHS)
def test_fused(name: str) -> None:
    """Probabilities times v gain a level; both factors of a gated unit are made on one level."""
    network, meaning = block(name, SEEDS[name][0], 2, 2, 2, 1)
    flat = fused(network)
    assert flat.cost().total.depth == DEPTHS[name] - (name == "qdq")
    check(flat, meaning, 60)
    assert_cost_is_the_circuit(flat)


def test_rescale() -> None:
    code = Code(-3, 4)
    for scale in (Fraction(1, 3), Fraction(7, 2), 1):
        for rounding, half in [("floor", 0), ("half_up", Fraction(1, 2))]:
            made = rescale(code, scale, rounding)
            for x in range(-20, 21):
                expected = clip(math.floor(scale * x + half), code)
                assert int(made(np.array([[x]]))[0, 0]) == expected
    with pytest.raises(tc.errors.NetworkError, match="positive"):
        rescale(code, 0)


def test_silu_gating_is_a_product_with_a_table() -> None:
    """u * silu(w): one level, N * N ANDs a neuron, whatever the function."""
    from tcsim.networks import Product

    code = Code(-2, 1)
    silu = Table.from_function(lambda x: np.rint(4 * x / (1 + np.exp(-x))), code, "silu")
    sketch = Sketch()
    u, w = sketch.input("u", 3, code), sketch.input("w", 3, code)
    product = sketch.add(Product(None, silu), u, w)
    network = sketch.network(sketch.add(rescale(Code(-2, 2), Fraction(1, 2)), product))
    circuit = assert_cost_is_the_circuit(network)
    assert circuit.measures.levels == (0, 3 * 3 * 3, 3 * 4)
    rows = rows_of(network, 4096)
    for one, other, found in zip(*rows, network(*rows), strict=True):
        for a, b, y in zip(one.tolist(), other.tolist(), found.tolist(), strict=True):
            gate = round(4 * b / (1 + math.exp(-b)))
            assert y == min(max(math.floor(Fraction(a * gate, 2) + Fraction(1, 2)), -2), 2)
    assert np.array_equal(circuit(network.encode(*rows)), network.encode_outputs(network(*rows)))
