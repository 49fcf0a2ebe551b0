"""What the words of a report mean, and what is exact, bounded and assumed in it."""

from __future__ import annotations

CONVENTIONS = {
    "gate": "a linear form with integer weights and a threshold; fires iff form >= threshold",
    "output": "a designated wire; outputs, projections and duplicates cost nothing",
    "MAJ": "strict: more than half; MAJ() = 0, AND() = 1, OR() = 0",
    "depth of a gate": "longest path from an input, in gates; inputs and constants are 0, "
    "a gate without operands is 1",
    "depth of a circuit": "maximum over the designated outputs",
    "level": "the depth of a gate: the earliest step at which it can fire",
    "size": "number of gates; inputs and constants are not gates, gates that reach no output are",
    "width": "most gates on one level of the as-soon-as-possible schedule",
    "edges": "operand pairs (wire, gate), counted per gate even where gates share a form",
    "wires": "edges weighted by absolute value: a wire of weight 3 is three parallel wires",
    "parallelism": "size / depth, that is work / span",
    "threshold basis": "integer weights, negation absorbed; an inverted output complements its "
    "gate",
    "majority basis": "AND, OR, NOT, MAJ of unbounded fan-in, unweighted; NOTs pushed to the "
    "inputs, a gate doubled only where both polarities are read; depth_strict counts NOT gates, "
    "in depth_literal a NOT on an input or constant is free",
    "fan-in 2 basis": "AND, OR of two operands, and NOT, which counts; wide gates as trees, others "
    "as carry-save adders and a comparison",
    "as built": "the circuit is measured as it was built or read; nothing is simplified first",
    "storage": "what is stored (gates may share forms) changes no measure and is reported apart",
}
"""The conventions that every number of a report rests on, by term."""

SHORT_TERMS = ("depth of a circuit", "size", "width", "edges", "wires", "as built")
"""The terms that the rendering for people explains; the data holds all of them."""


def exactness(
    *, translated: bool, rows: int | None = None, processors: bool = False
) -> dict[str, list[str]]:
    """What a report states exactly, what it only bounds, and what it assumes.

    Args:
        translated: whether it holds bases other than the threshold basis.
        rows: number of rows on which a network was checked; None for a plain circuit.
        processors: whether it holds a schedule on a number of processors.

    Returns:
        Sentences under ``"exact"``, ``"bounded"`` and ``"assumed"``.
    """
    exact = ["every measure of this circuit, as an integer of any size"]
    bounded = ["the depth of the function: at most this circuit's, others may be shallower"]
    assumed = [
        "a gate takes one step, whatever its fan-in and weights",
        "no complexity class: classes are about families of circuits, and this is one circuit",
    ]
    if translated:
        bounded.append("the other bases: one named translation each, an upper bound of the best")
    if processors:
        bounded.append("steps on processors: the schedule found lies between the two bounds")
    if rows is not None:
        exact.append("circuit and integer network: equal by construction, and compared on the rows")
        bounded.append(f"accuracy: measured on {rows:,} held-out rows, not on all inputs")
    return {"exact": exact, "bounded": bounded, "assumed": assumed}
