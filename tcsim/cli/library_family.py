"""A construction of the library as a family: it grows in one parameter, the others are fixed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.circuit import Circuit
    from tcsim.family import Family
    from tcsim.library import Construction


def library_family(name: str, parameters: Mapping[str, str]) -> Family:
    """The family of a construction, with its formulas and its claim.

    Args:
        name: in the registry of `tcsim.library`.
        parameters: values of parameters other than the one that it grows in, which is the first
            integer one left.

    Raises:
        ArgumentError: there is no such construction, parameter or value.
    """
    from tcsim import library
    from tcsim.family import Family, Formula

    construction = library.get(name)
    known = {parameter.name: parameter for parameter in construction.parameters}
    for key in parameters:
        if key not in known:
            raise ArgumentError(f"{name} has no parameter {key!r}; it has {', '.join(known)}")
    fixed = {key: known[key].parsed(text) for key, text in parameters.items()}
    left = (p.name for p in known.values() if p.kind == "integer" and p.name not in fixed)
    growing = next(left, None)
    if growing is None:
        raise ArgumentError(f"{name} has no integer parameter left to grow in")
    for key, parameter in known.items():
        if key not in fixed and key != growing and parameter.default is None:
            raise ArgumentError(
                f"{name} needs {key} ({parameter.meaning}): give it with --parameter {key}=..."
            )
    values = partial(_value, construction, growing, fixed)
    formulas = {
        measure: Formula(str(expression), None, function=partial(values, measure))
        for measure, expression in construction.formula.items()
    }

    def build(n: int) -> Circuit:
        return construction.circuit(**{growing: n}, **fixed)

    words = [f"{key} = {value}" for key, value in fixed.items()]
    if growing != "n":
        words.insert(0, f"{growing} = n")
    title = f"{name} ({', '.join(words)})" if words else name
    return Family(build, construction.claim, formulas, title)


def _value(
    construction: Construction, growing: str, fixed: Mapping[str, Any], measure: str, n: int
) -> int:
    from tcsim.library.formula import evaluate

    numbers = construction.quantities_at(**{growing: n}, **fixed)
    return evaluate(construction.formula[measure], numbers)
