"""The table of constructions: name -> where it is. Each is loaded when it is first used."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

CONSTRUCTIONS = {
    # Thresholds and symmetric functions
    "majority": "tcsim.library.majority:MAJORITY",
    "k-of-n": "tcsim.library.majority:K_OF_N",
    "weighted-threshold": "tcsim.library.weighted_threshold:WEIGHTED_THRESHOLD",
    "weighted-threshold-small": "tcsim.library.small_weights:WEIGHTED_THRESHOLD_SMALL",
    "symmetric": "tcsim.library.symmetric:SYMMETRIC",
    "parity": "tcsim.library.parity:PARITY",
    "parity-skip": "tcsim.library.parity:PARITY_SKIP",
    "parity-bits": "tcsim.library.parity:PARITY_BITS",
    "mod": "tcsim.library.modulo:MOD",
    "binary-count": "tcsim.library.counting:BINARY_COUNT",
    # Addition and comparison
    "addition": "tcsim.library.addition:ADDITION",
    "addition-small": "tcsim.library.lookahead:ADDITION_SMALL",
    "addition-depth-2": "tcsim.library.depth_2:ADDITION_DEPTH_2",
    "addition-ac0": "tcsim.library.addition_ac0:ADDITION_AC0",
    "subtraction": "tcsim.library.addition:SUBTRACTION",
    "comparison": "tcsim.library.comparison:COMPARISON",
    "comparison-small": "tcsim.library.comparison:COMPARISON_SMALL",
    "comparison-depth-2": "tcsim.library.depth_2:COMPARISON_DEPTH_2",
    "comparison-ac0": "tcsim.library.comparison:COMPARISON_AC0",
    "iterated-addition": "tcsim.library.iterated_addition:ITERATED_ADDITION",
    "iterated-addition-small": "tcsim.library.iterated_addition:ITERATED_ADDITION_SMALL",
    # Multiplication and division
    "multiplication": "tcsim.library.multiplication:MULTIPLICATION",
    "multiplication-small": "tcsim.library.multiplication:MULTIPLICATION_SMALL",
    "squaring": "tcsim.library.squaring:SQUARING",
    "powering": "tcsim.library.powering:POWERING",
    "powering-remainders": "tcsim.library.powering_remainders:POWERING_REMAINDERS",
    "iterated-multiplication": "tcsim.library.iterated_multiplication:ITERATED_MULTIPLICATION",
    "iterated-multiplication-small": (
        "tcsim.library.iterated_multiplication:ITERATED_MULTIPLICATION_SMALL"
    ),
    "division": "tcsim.library.division:DIVISION",
    "division-small": "tcsim.library.division:DIVISION_SMALL",
    "inner-product": "tcsim.library.inner_product:INNER_PRODUCT",
    # Selection and sorting
    "decoder": "tcsim.library.selection:DECODER",
    "multiplexer": "tcsim.library.selection:MULTIPLEXER",
    "table-look-up": "tcsim.library.table_look_up:LOOK_UP",
    "sort-bits": "tcsim.library.sort_bits:SORT_BITS",
    "sorting": "tcsim.library.sorting:SORTING",
    "sorting-small": "tcsim.library.sorting:SORTING_SMALL",
    "maximum": "tcsim.library.order_statistics:MAXIMUM",
    "median": "tcsim.library.order_statistics:MEDIAN",
    "top-k": "tcsim.library.order_statistics:LARGEST",
    # Regular languages and words over groups
    "regular-aperiodic": "tcsim.library.languages.records:REGULAR_APERIODIC",
    "regular-solvable": "tcsim.library.languages.records:REGULAR_SOLVABLE",
    "regular-tree": "tcsim.library.languages.regular_tree:REGULAR_TREE",
    "word-problem": "tcsim.library.word_problem:WORD_PROBLEM",
    "word-problem-solvable": "tcsim.library.word_problem_solvable:WORD_PROBLEM_SOLVABLE",
    # Conversions of class
    "majority-carry-save": "tcsim.library.carry_save:MAJORITY_CARRY_SAVE",
    "sorting-network": "tcsim.library.sorting_network:SORTING_NETWORK",
    "barrington": "tcsim.library.barrington:BARRINGTON",
}
"""Name -> ``"module:record"``, in the order of the listing."""

ENTRY_POINTS = "tcsim.library"
"""The group in which other packages offer `Construction` records."""


def names() -> tuple[str, ...]:
    """All names: those of this package, then those that installed packages add."""
    return (*CONSTRUCTIONS, *_added())


def get(name: str) -> Construction:
    """The construction of this name.

    Raises:
        ArgumentError: there is none; the message lists those that there are.
    """
    if name in CONSTRUCTIONS:
        module, _, record = CONSTRUCTIONS[name].partition(":")
        construction: Construction = getattr(import_module(module), record)
        return construction
    if name in _added():
        return _load(_added()[name])
    from difflib import get_close_matches

    close = get_close_matches(str(name), names(), 1)
    hint = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(names())}"
    raise ArgumentError(f"there is no construction {name!r}{hint}")


@cache
def _added() -> dict[str, EntryPoint]:
    """What installed packages offer, by name. Ours keep their names."""
    from importlib.metadata import entry_points

    added = {}
    for point in entry_points(group=ENTRY_POINTS):
        if point.name in CONSTRUCTIONS or point.name in added:
            warnings.warn(
                f"a construction is left out: {point.value} has the name {point.name!r} of another",
                RuntimeWarning,
                stacklevel=2,
            )
        else:
            added[point.name] = point
    return added


def _load(point: EntryPoint) -> Construction:
    try:
        found = point.load()
    except Exception as error:  # whatever another package raises on import
        raise ArgumentError(
            f"the construction {point.name} ({point.value}) cannot be loaded: "
            f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(found, Construction):
        raise ArgumentError(f"{point.value} is {type(found).__name__}, not a Construction")
    return found
