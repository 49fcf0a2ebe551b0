"""Assertions for tests of circuits: equal functions, engines that agree, formulas that hold.

They raise `AssertionError` with the smallest thing that tells what is wrong: an input vector, a
wire, a parameter point.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np

from tcsim.circuit import Circuit
from tcsim.equivalence.deciding import EXHAUSTIVE_LIMIT, equivalent
from tcsim.equivalence.simulation import Difference
from tcsim.equivalence.vectors import every_vector, sampled_vectors
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import sympy

    from tcsim.typing import Bits

    Function: TypeAlias = Circuit | Callable[[Bits], object]
    """A circuit, or a function of 0/1 arrays (vectors, inputs) to 0/1 arrays (vectors, outputs)."""

_BLOCK = 1 << 13
"""Vectors that are compared at a time."""


def assert_equivalent(a: Circuit, b: Function, *, vectors: int = 1 << 16, seed: int = 0) -> None:
    """Assert that two circuits, or a circuit and a function, have the same outputs.

    Inputs and outputs are matched by position; names play no role. Where there are at most
    `vectors` input vectors, all are tried, else corner cases and random ones of several densities
    of ones. `tcsim.equivalent` can also prove that circuits of more inputs are equal.

    Args:
        a: a circuit.
        b: a circuit, or a function that takes a 0/1 array of shape (vectors, inputs), uint8, and
            returns one of shape (vectors, outputs).
        vectors: most input vectors to try; a sample of circuits is rounded up to words of 64.
        seed: of the random ones.

    Raises:
        AssertionError: they differ; the message shows an input vector.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("odd", x[0] ^ x[1] ^ x[2])
        >>> parity = b.build()
        >>> assert_equivalent(parity, lambda batch: batch.sum(axis=1, keepdims=True) % 2)
        >>> assert_equivalent(parity, lambda batch: batch.max(axis=1, keepdims=True))
        Traceback (most recent call last):
        ...
        AssertionError: output odd is 0 in the first and 1 in the second
        where x[0] = 1, x[1] = 1, x[2] = 0 (found among all 8 input vectors)
    """
    if vectors < 1:
        raise ArgumentError(f"vectors must be positive, not {vectors}")
    if isinstance(b, Circuit):
        _assert_same_function(a, b, vectors, seed)
        return
    for batch in _batches(a.n_inputs, vectors, seed):
        first, second = np.asarray(a(batch)), np.asarray(b(batch))
        if first.shape != second.shape:
            raise AssertionError(
                f"outputs of shape {first.shape} in the first, {second.shape} in the second"
            )
        different = np.argwhere(first != second)
        if len(different):
            row, output = different[0].tolist()
            found = Difference(batch[row], first[row], second[row])
            raise AssertionError(_difference(a, found, output, vectors, seed))


def _assert_same_function(a: Circuit, b: Circuit, vectors: int, seed: int) -> None:
    sizes_a, sizes_b = (a.n_inputs, a.n_outputs), (b.n_inputs, b.n_outputs)
    if sizes_a != sizes_b:
        raise AssertionError(f"{sizes_a} inputs and outputs in the first, {sizes_b} in the second")
    result = equivalent(
        a,
        b,
        method="exhaustive" if _every(a.n_inputs, vectors) else "sampled",
        time_limit=None,
        samples=vectors,
        seed=seed,
        by_name=False,
    )
    if (found := result.counterexample) is not None:
        raise AssertionError(_difference(a, found, found.places[0], vectors, seed))


def _difference(a: Circuit, found: Difference, output: int, vectors: int, seed: int) -> str:
    return (
        f"output {a.output_names[output]} is {found.outputs_a[output]} in the first and "
        f"{found.outputs_b[output]} in the second\nwhere {_assignment(a, found.inputs)} "
        f"(found among {_trials(a.n_inputs, vectors, seed)})"
    )


def assert_engines_agree(circuit: Circuit, batch: Bits | None = None) -> None:
    """Assert that every engine gives the same outputs, packed or not.

    Args:
        circuit: any circuit.
        batch: 0/1 values of shape (vectors, inputs); by default all input vectors if there are at
            most 256, else 256 random ones.

    Raises:
        AssertionError: two differ; the message names them, the output and the input vector.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 5)))
        >>> assert_engines_agree(b.build())
    """
    from tcsim.simulate import pack, unpack
    from tcsim.simulate.engines import NAMES

    if batch is None:
        batch = np.concatenate(list(_batches(circuit.n_inputs, 256, 0)))
    expected = np.asarray(circuit(batch, engine="reference"))
    words = cast("Any", pack(batch))
    found = {}
    for name in NAMES:
        found[name] = circuit(batch, engine=name)
        packed = circuit(words, packed=True, engine=name)
        found[f"{name}, packed"] = unpack(packed, len(batch))
    for engine, values in found.items():
        if values.shape != expected.shape:
            raise AssertionError(
                f"outputs of shape {expected.shape} by reference, {values.shape} by {engine}"
            )
        different = np.argwhere(values != expected)
        if len(different):
            row, output = different[0].tolist()
            raise AssertionError(
                f"output {circuit.output_names[output]} is {expected[row, output]} by reference "
                f"and {values[row, output]} by {engine}\nwhere {_assignment(circuit, batch[row])}"
            )


def assert_formula_matches(
    formula: sympy.Expr | int | Mapping[str, sympy.Expr | int],
    build: Callable[..., Circuit],
    parameters: Iterable[Mapping[str, int]],
    *,
    measure: str = "depth",
) -> None:
    """Assert that formulas give what is measured on circuits of a family.

    Args:
        formula: an expression in the parameters, or several by name of the measure. A measure is
            an attribute of `tcsim.measure.Measures`, in the threshold basis (``"size"``) or in
            another (``"majority.wires"``, ``"fan_in_2.depth"``).
        build: called as ``build(**parameters)``.
        parameters: points at which to compare; symbols are matched by name.
        measure: the measure, where formula is one expression.

    Raises:
        AssertionError: a value differs; the message names the measure, the point and both values.
        ArgumentError: there is no such measure, a symbol is no parameter, or there are no points.

    Example:
        >>> import sympy
        >>> import tcsim as tc
        >>> def parity(n):
        ...     b = tc.Builder()
        ...     x = b.inputs("x", n)
        ...     at_least = [tc.sum(x) >= k for k in range(1, n + 1)]
        ...     b.output("odd", tc.dot([(-1) ** k for k in range(n)], at_least) >= 1)
        ...     return b.build()
        >>> n = sympy.Symbol("n")
        >>> points = [{"n": k} for k in range(2, 9)]
        >>> assert_formula_matches({"depth": 2, "size": n + 1, "edges": n**2 + n}, parity, points)
        >>> assert_formula_matches(2 * n, parity, points, measure="size")
        Traceback (most recent call last):
        ...
        AssertionError: size at n = 2: the formula 2*n gives 4, the circuit has 3
    """
    formulas = formula if isinstance(formula, Mapping) else {measure: formula}
    points = list(parameters)
    if not points:
        raise ArgumentError("parameters holds no points: nothing would be compared")
    for point in points:
        circuit = build(**point)
        for name, expression in formulas.items():
            expected, found = _value(expression, point, name), _measured(circuit, name)
            if expected != found:
                at = ", ".join(f"{key} = {value}" for key, value in point.items())
                raise AssertionError(
                    f"{name} at {at}: the formula {expression} gives {expected}, "
                    f"the circuit has {found}"
                )


def assert_family(
    family: Callable[[int], Circuit],
    *,
    n: str | Iterable[int] = "4..128",
    claim: str = "",
    **formulas: object,
) -> None:
    """Assert that a family of circuits grows as declared.

    Args:
        family: a function n -> Circuit, or a `tcsim.Family`, whose own claim and formulas are
            asserted too.
        n: which members to measure: ``"4..128"`` (doubling), ``"4..64:4"`` (steps), or integers.
        claim: a class such as ``"TC0"``.
        **formulas: by measure, what is declared: ``depth="O(1)"`` a growth, ``size="n**2 + 1"`` or
            ``inputs=sympy.Symbol("n")`` a value at every n.

    Raises:
        AssertionError: a measurement contradicts what is declared, or there are too few of them to
            tell; the message shows each, and the table of measurements.
        ArgumentError: a member cannot be built, or a formula cannot be read.

    Example:
        >>> import tcsim as tc
        >>> def chain(n):
        ...     b = tc.Builder()
        ...     x = b.inputs("x", n)
        ...     odd = x[0]
        ...     for wire in x[1:]:
        ...         odd = odd ^ wire
        ...     b.output("odd", odd)
        ...     return b.build()
        >>> assert_family(chain, depth="O(n)", size="2*n - 2", n="4..64")
        >>> assert_family(chain, depth="O(1)", n="4..64")
        Traceback (most recent call last):
        ...
        AssertionError: depth = O(1) is contradicted: measured is 2*n - 2, which is not O(1)
        <BLANKLINE>
         n  depth
         4      6
         8     14
        16     30
        32     62
        64    126
    """
    from dataclasses import replace

    from tcsim.family import Family
    from tcsim.family.text import table

    found = family if isinstance(family, Family) else Family(family)
    found = replace(found, claim=claim or found.claim, formulas={**found.formulas, **formulas})
    if not (found.claim or found.formulas):
        raise ArgumentError("nothing is declared: give depth, size, another measure, or a claim")
    report = found.study(n)
    failures = [
        f"{check.measure} = {check.formula} is {check.status}: {check.reason}"
        for check in report.checks
        if check.status != "consistent"
    ]
    shown = [check.measure for check in report.checks if check.status != "consistent"]
    if found.claim and report.verdict.status != "consistent":
        failures.append(f"{found.claim} is {report.verdict.status}: {report.verdict.reason}")
        shown += [key for key in report.fits if key.rpartition(".")[2] in {"depth", "size"}]
    if failures:
        rows = table(report, dict.fromkeys(shown))
        raise AssertionError("\n".join([*failures, "", *rows]))


def _value(expression: object, point: Mapping[str, int], name: str) -> Any:  # noqa: ANN401
    import sympy

    try:
        formula = sympy.sympify(expression, strict=True)
    except sympy.SympifyError:
        raise ArgumentError(f"the formula of {name} is no expression: {expression!r}") from None
    symbols = {str(symbol): symbol for symbol in formula.free_symbols}
    for symbol in symbols:
        if symbol not in point:
            raise ArgumentError(f"the formula of {name} uses {symbol}, which is no parameter")
    value = formula.subs({symbol: point[key] for key, symbol in symbols.items()}).doit()
    return value if value.is_Integer else sympy.simplify(value)


def _measured(circuit: Circuit, name: str) -> int:
    from tcsim.measure import BASES

    basis, _, attribute = name.rpartition(".")
    if (basis or "threshold") not in BASES:
        raise ArgumentError(f"there is no basis {basis!r}; there are {', '.join(BASES)}")
    value = getattr(BASES[basis or "threshold"](circuit), attribute, None)
    if not isinstance(value, int):
        raise ArgumentError(f"there is no measure {name!r} that is a number")
    return value


def _every(inputs: int, vectors: int) -> bool:
    """Whether all input vectors are tried."""
    return inputs <= EXHAUSTIVE_LIMIT and 2**inputs <= vectors


def _batches(inputs: int, vectors: int, seed: int) -> Iterator[Bits]:
    """All input vectors if there are few enough, else a sample, in batches."""
    from tcsim.simulate import unpack

    left, words = vectors, _BLOCK // 64
    if _every(inputs, vectors):
        left, blocks = 2**inputs, every_vector(inputs, words)
    else:
        blocks = sampled_vectors(inputs, -(-vectors // 64) * 64, seed, words)
    for block in blocks:
        yield unpack(block, min(left, 64 * block.shape[1]))
        left -= 64 * block.shape[1]


def _trials(inputs: int, vectors: int, seed: int) -> str:
    if _every(inputs, vectors):
        return f"all {2**inputs:,} input vectors"
    return f"{vectors:,} of 2**{inputs} input vectors, seed {seed}"


def _assignment(circuit: Circuit, vector: Bits) -> str:
    pairs = zip(circuit.input_names, vector.tolist(), strict=True)
    return ", ".join(f"{name} = {value}" for name, value in pairs) or "there are no inputs"
