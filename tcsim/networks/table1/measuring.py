"""The table: every row derived, measured and compared with what is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.networks.compiling import compile as compiled
from tcsim.networks.measuring.cost import network_cost, network_parts
from tcsim.networks.table1.architectures import ARCHITECTURES, Architecture
from tcsim.networks.table1.formulas import depth_formula, size_growth
from tcsim.networks.table1.rows import Measurement, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Progress

DEFAULT_N = (4, 8, 16, 32)
LARGEST_N = 128
FLAT = 200_000
"""Most gates and terms of a circuit that is built to be measured, unless said."""


def table(
    n: Iterable[int] = DEFAULT_N,
    *,
    flat: int = FLAT,
    architectures: Iterable[Architecture] = ARCHITECTURES,
    progress: Progress | None = None,
) -> tuple[Row, ...]:
    """Measure the architectures.

    Args:
        n: numbers of tokens, each 2 to `LARGEST_N`.
        flat: circuits of at most so many gates and terms are built and measured; of larger ones the
            exact formulas give the same.
        architectures: the rows.
        progress: called as each network is measured.

    Raises:
        ArgumentError: an n out of range, or none.

    Example:
        >>> from tcsim.networks.table1 import ARCHITECTURES, table
        >>> (row,) = table([4, 8], architectures=ARCHITECTURES[:1])
        >>> row.depth.text, {n: one.depth for n, one in row.measured.items()}, row.agreement
        ('4', {4: 4, 8: 4}, 'consistent')
    """
    wanted = tuple(dict.fromkeys(n))
    for one in wanted:
        if not isinstance(one, int) or isinstance(one, bool) or not 2 <= one <= LARGEST_N:
            raise ArgumentError(f"n of the table is an integer in 2..{LARGEST_N}, not {one!r}")
    if not wanted:
        raise ArgumentError("n is empty: give at least one value, such as 4,8,16")
    chosen = tuple(architectures)
    rows = []
    total = len(chosen) * (len(wanted) + 1)
    for number, architecture in enumerate(chosen):
        depth = depth_formula(architecture)
        measured: dict[int, Measurement] = {}
        failures: list[str] = []
        for place, one in enumerate(sorted(wanted)):
            if progress is not None:
                progress(number * (len(wanted) + 1) + place, total)
            measured[one], differing = _measure(architecture, one, flat)
            failures += differing
            if measured[one].depth != depth.value(one):
                failures.append(
                    f"depth {measured[one].depth} at n = {one}; {depth.text} is {depth.value(one)}"
                )
        size = size_growth(architecture, {one: found.size for one, found in measured.items()})
        rows.append(
            Row(
                architecture.name,
                architecture.description,
                depth,
                measured,
                size,
                architecture.theory,
                tuple(failures),
            )
        )
    if progress is not None:
        progress(total, total)
    return tuple(rows)


def _measure(architecture: Architecture, n: int, flat: int) -> tuple[Measurement, list[str]]:
    """By formula, and by the circuit where it is small enough; and where the two differ."""
    network = architecture.network(n)
    total = network_cost(network, symbolic=False).total
    depth, size = int(total.depth), int(total.size)
    if network_parts(network) > flat:
        return Measurement(depth, size, flat=False), []
    circuit = compiled(network, share=False, fold=False)
    wrong = [
        f"{what} {found} of the circuit at n = {n}; its formula gives {said}"
        for what, found, said in (("depth", circuit.depth, depth), ("size", circuit.size, size))
        if found != said
    ]
    return Measurement(circuit.depth, circuit.size, flat=True), wrong
