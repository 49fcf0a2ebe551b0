"""The numbers behind Theorem F.1, each computed anew and compared with what is stated of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize import bounds
from reductions.derandomize.counterexamples import STORED, ErrorSets
from reductions.derandomize.diffusion import steps_needed
from reductions.derandomize.diffusion.densities import (
    grid,
    mass_near,
    output_density,
    total_variation,
)
from reductions.derandomize.diffusion.mixture import Mixture
from reductions.derandomize.odds import odds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import Progress


@dataclass(frozen=True)
class Number:
    """A number.

    Attributes:
        about: what it belongs to: a step of the proof.
        what: it is, in words.
        stated: the value it should have.
        computed: the value it has.
        tolerance: by which the two may differ; 0 for integers and exact numbers.
    """

    about: str
    what: str
    stated: float
    computed: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Whether the two are equal, up to the tolerance."""
        return abs(self.computed - self.stated) <= self.tolerance


def numbers(progress: Progress | None = None) -> list[Number]:
    """All of them, in the order of the proof.

    Args:
        progress: called as ``progress(done, total)``, in groups of numbers.
    """
    parts: list[Callable[[], list[Number]]] = [
        lambda: _error_sets(STORED[0], (2.991, 3, 17.94, 4060)),
        lambda: _error_sets(STORED[1], (5.545, 6, 61.0, 54264)),
        _plurality,
        _distances,
        _constants,
        _atoms,
    ]
    found: list[Number] = []
    for number, part in enumerate(parts, 1):
        found += part()
        if progress is not None:
            progress(number, len(parts))
    return found


def outvoted(sets: ErrorSets, k: int) -> int:
    """How many multisets of k seeds are strictly outvoted on some input."""
    table = sets.table().astype(np.int16)
    # An input on which no chosen seed is wrong is never outvoted: those past the subsets are left.
    table = table[:, table.any(axis=0)]
    chosen = np.array(list(combinations_with_replacement(range(sets.seeds), k)))
    count = 0
    for first in range(0, len(chosen), 2048):
        part = chosen[first : first + 2048]
        wrong = sum(table[part[:, place]] for place in range(k))
        count += int((2 * np.asarray(wrong) > k).any(axis=1).sum())
    return count


def _error_sets(sets: ErrorSets, stated: tuple[float, int, float, int]) -> list[Number]:
    printed = bounds.paper(sets.tokens, sets.error)
    corrected = bounds.corrected(sets.tokens, sets.length, sets.error)
    name = f"k(n), M={sets.tokens}, n={sets.length}, {sets.seeds} seeds"
    value, k, right, many = stated
    return [
        Number(name, "ln M / (2 (1/2-p)^2), as printed", value, float(printed.formula), 5e-4),
        Number(name, "k that follows", k, printed.k, 0),
        Number(name, "n ln M / (2 (1/2-p)^2), corrected", right, float(corrected.formula), 5e-2),
        Number(name, f"multisets of {k} seeds, all outvoted", many, outvoted(sets, k), 0),
    ]


def _plurality() -> list[Number]:
    found = odds(["0.4", "0.3", "0.3"], 401)
    name = "tokens with 0.4, 0.3, 0.3; k=401"
    gap = Fraction(1, 5)
    half = Fraction(1, 2) - gap / 2
    same = bounds.plurality(2, 7, gap).formula - bounds.corrected(2, 7, half).formula
    return [
        Number(name, "majority is right", 2.578e-5, float(found.majority), 5e-9),
        Number(name, "plurality is right", 0.98361, float(found.plurality), 5e-6),
        Number("plurality", "its bound at M=2 less that of majority", 0, float(same), 1e-12),
        Number(
            "plurality",
            "seeds with the gap halved, over those without",
            4,
            float(
                bounds.plurality(3, 9, gap, moved=True).formula
                / bounds.plurality(3, 9, gap).formula
            ),
            1e-12,
        ),
    ]


def _distances() -> list[Number]:
    """The constant of eps': laws (right, wrong) before and after mass eps/2 is moved."""
    eps, delta = Fraction(1, 10), Fraction(1, 10**6)
    before = (Fraction(1, 2) + eps / 2 + delta, Fraction(1, 2) - eps / 2 - delta)
    after = (before[0] - eps / 2, before[1] + eps / 2)
    moved = sum(abs(a - b) for a, b in zip(before, after, strict=True)) / 2
    quarter = (before[0] - eps / 4, before[1] + eps / 4)
    name = "eps' of the sampler, gap above 1/10"
    return [
        Number(name, "total variation moved: eps/2", 0.05, float(moved), 0),
        Number(name, "gap left of eps' = eps/2", 2e-6, float(after[0] - after[1]), 1e-18),
        Number(
            name,
            "gap left of eps' = eps/4, at least eps/2",
            0.050002,
            float(quarter[0] - quarter[1]),
            1e-15,
        ),
        Number(
            name,
            "change of a gap over the total variation, at most 2",
            2,
            float(((before[0] - before[1]) - (after[0] - after[1])) / moved),
            0,
        ),
    ]


def _constants() -> list[Number]:
    stated = {
        (1.0, 0.1): 6909.652852,
        (1.0, 0.01): 176268.827,
        (2.0, 0.1): 9590.84506,
        (10.0, 0.01): 340198.3256,
        (0.5, 0.1): 4662.244525,
    }
    found = []
    for (c, eps), value in stated.items():
        name, least = f"least c', c={c:g}, eps'={eps:g}", steps_needed.least_constant(c, eps)
        digits = 10.0 ** (np.floor(np.log10(value)) - 8)
        found.append(Number(name, "by Lambert's W", value, least, digits))
        below = steps_needed.worst(0.99 * c * least, c)
        found.append(Number(name, "worst dimension at 0.99 c'", 1, below[1], 0))
        found.append(Number(name, "bound there exceeds eps' (1 = yes)", 1, below[0] > eps, 0))
    ends = "range of the formula"
    found += [
        Number(
            ends, "ln(c c') from which d=1 is the worst", 5.333521, steps_needed.LEAST_LOG, 5e-7
        ),
        Number(ends, "largest eps'/c", 0.7323578, steps_needed.LARGEST_RATIO, 5e-8),
        Number(
            ends, "largest eps'/c with a real W: 27/e^3", 1.34425, steps_needed.REAL_RATIO, 5e-6
        ),
        Number(ends, "ratios .01 to .7323 where formula and scan differ", 0, _misfits(_INSIDE), 0),
        Number(ends, "ratios .735 to 1.3 where it is too small", 4, _misfits(_OUTSIDE), 0),
    ]
    return found


_INSIDE = (0.01, 0.1, 0.3, 0.5, 0.7, 0.73, 0.7323)
_OUTSIDE = (0.735, 0.8, 1.0, 1.3)


def _misfits(ratios: tuple[float, ...]) -> int:
    """At how many eps' (c = 1) the least c' of a scan is not the root of d = 1."""
    return sum(abs(_scan(eps) / _root(eps) - 1) > 1e-9 for eps in ratios)


def _root(eps: float) -> float:
    """The larger c' with ``ln(c')**3 = eps c'``, by bisection."""
    low, high = np.e**3, 1e12
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if steps_needed.bound(middle, 1, 1) > eps else (low, middle)
    return high


def _scan(eps: float) -> float:
    """The c' from which on the bound holds in every dimension, by bisection over all of them."""
    low, high = 1e-3, 1e12
    for _ in range(200):
        middle = (low * high) ** 0.5
        above = steps_needed.worst(middle, 1, 400)[0] > eps
        low, high = (middle, high) if above else (low, middle)
    return high


def _atoms() -> list[Number]:
    """Two atoms: far from any density, however many steps; the half-line likewise."""
    from tcsim.networks.procedures import ddpm, ddpm_betas

    atoms = Mixture((-1.0, 1.0), (0.5, 0.5), 0.0)
    found = []
    for steps in (16, 64, 256):
        schedule = ddpm(ddpm_betas(steps))
        density = output_density(atoms, schedule)
        far = 1 - mass_near(density, atoms.centers, 1e-6)
        name = f"atoms at -1 and 1, T={steps}"
        found.append(Number(name, "distance from the atoms, at least", 1, far, 1e-4))
    near = total_variation(density, atoms.density(grid(), *schedule.left), 1)
    found.append(Number(name, "distance from the noised law", 0.005256, near, 5e-7))
    point = Mixture((0.0,), (1.0,), 0.0)
    for sigma in (0.5, 0.1, 0.05):
        x = grid()
        left = float(point.density(x, 1.0, sigma)[x <= 1e-9].sum() * (x[1] - x[0]))
        left -= float(point.density(np.zeros(1), 1.0, sigma)[0] * (x[1] - x[0]) / 2)
        name = f"x = 0 in (-inf, 0], noise {sigma:g}"
        found.append(Number(name, "probability left of (-inf, 0]; the gap is 0", 0.5, left, 1e-9))
    return found
