"""A gate of large weights in constant depth with small ones: iterated addition, then comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.library.construction import Construction
from tcsim.library.weighted_threshold import WEIGHTED_THRESHOLD, over_literals
from tcsim.library.wires import bits
from tcsim.transform.small_weights import small_threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Signal


def weighted_threshold_small(weights: Sequence[int], t: int, x: Iterable[Signal]) -> Signal:
    """``sum weights[i] * x[i] >= t`` in depth 7, with weights of at most twice the fan-in.

    The binary digits of the weights are cut into blocks of L, the digits of the number of weights.
    A block's sum is read off a thermometer, its two halves are digits of base 2**L, carries make
    them exact, and the highest digit that differs from that of the threshold decides.

    Args:
        weights: integers of any size, one for each wire; a wire of weight 0 is left out.
        t: any integer; the result is constant where the sum always, or never, reaches it.
        x: signals.

    Raises:
        ArgumentError: there are not as many weights as wires.
    """
    wires = bits(x, "x")
    _, limit = over_literals(weights, t, len(wires))
    literals = [
        (wire if weight > 0 else ~wire, abs(weight))
        for weight, wire in zip(weights, wires, strict=True)
        if weight
    ]
    return small_threshold(literals, limit)


def _quantities(weights: Sequence[int], t: int) -> Mapping[str, int]:
    sizes = [abs(weight) for weight in weights if weight]
    total, limit = over_literals(weights, t, len(weights))
    length = max(len(sizes).bit_length(), 1)
    blocks = -(-max(sizes, default=0).bit_length() // length)
    parts = [[size >> j * length & (1 << length) - 1 for size in sizes] for j in range(blocks)]
    return {
        "c": int(0 < limit <= total),
        "L": length,
        "B": blocks,
        "S": sum(map(sum, parts)),
        "S_0": sum(parts[0]) if parts else 0,
        "H": sum(sum(part) >> length for part in parts),
        "E": sum(sum(part) * sum(map(bool, part)) for part in parts),
    }


def _formulas(**q: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Piecewise

    c, L, B, S, lowest, H, E = (q[name] for name in ("c", "L", "B", "S", "S_0", "H", "E"))
    size, edges = costs(B=B, ladders=S, ladders_read=E, lowest=lowest, high=H)
    constant = c < 1
    return {
        "depth": Piecewise((1, constant), (7, True)),
        "size": Piecewise((1, constant), (size, True)),
        "edges": Piecewise((0, constant), (edges, True)),
        "max_weight": Piecewise((0, constant), (2**L, True)),
    }


def costs(*, B: Any, ladders: Any, ladders_read: Any, lowest: Any, high: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Gates and operand pairs of the replacement of a gate, as formulas.

    Args:
        B: number of blocks.
        ladders: gates of all thermometers, that is the blocks' largest sums added up.
        ladders_read: operand pairs of these.
        lowest: gates of the lowest block's thermometer.
        high: terms of all high halves.
    """
    terms = ladders + high  # of the B + 1 digits, together
    generate, propagate, compare = B + 1, B, 2 * (B + 2)
    ands, ors, cases = B * (B + 1) / 2, B + 1, B + 3
    ands_read = (B + 1) * (B + 2) * (B + 3) / 6 - (B + 1)  # sum of d (B + 2 - d) for d = 2 .. B + 1
    return (
        ladders + generate + propagate + ands + ors + compare + cases + 1,
        ladders_read
        + (2 * terms - lowest)  # generate; propagate, but for the lowest digit
        + ands_read
        + (B + 1) * (B + 2) / 2  # the ORs
        + 2 * (terms + 2 * B + 2)  # two comparisons of each digit, with its carries
        + ((B + 2) * (B + 3) / 2 + B + 2)  # the cases: a digit and all above it; all
        + cases,
    )


WEIGHTED_THRESHOLD_SMALL = Construction(
    name="weighted-threshold-small",
    summary="Any integer weights, in depth 7 with weights of at most twice the number of inputs",
    claim="TC0",
    source="The explicit route after Hofmeister, Hohberg and Koehling 1991; one level more than "
    "the gate is possible: Goldmann, Hastad and Razborov 1992",
    parameters=WEIGHTED_THRESHOLD.parameters,
    inputs=WEIGHTED_THRESHOLD.inputs,
    build=lambda x, weights, t: {"fires": weighted_threshold_small(weights, t, x)},
    formulas=_formulas,
    oracle=WEIGHTED_THRESHOLD.oracle,
    points=WEIGHTED_THRESHOLD.points,
    example={"weights": (3, -2), "t": 1},
    quantities=_quantities,
    meanings={
        "c": "0 if the function is constant, else 1",
        "L": "binary digits of the number of weights other than 0",
        "B": "blocks of L digits in the largest weight",
        "S": "largest sums of the blocks, added up",
        "S_0": "largest sum of the lowest block",
        "H": "the same sums divided by 2^L and rounded down, added up",
        "E": "each sum times the weights that take part in its block, added up",
    },
)
