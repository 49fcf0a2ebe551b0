"""Overhead against measured sizes, and work space of the rule as a metered program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.checks.outcome import Outcome, failed, missing, passed
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from reductions.checks.cases import Cases
    from reductions.reduction import Reduction

COMPARED = 12
"""Small instances on which the metered program is compared with the map."""


def overhead(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Sizes of all targets against the formulas."""
    try:
        bounds = rule.overhead.bounds
    except TcsimError as error:
        return failed("overhead", str(error))
    for case in found.every:
        predicted = rule.overhead.at(rule.source.sizes(case.instance))
        for field, size in rule.target.sizes(case.mapped.instance).items():
            bound = bounds[field]
            if size > predicted[field] or (bound.exact and size != predicted[field]):
                return failed(
                    "overhead",
                    f"{field} is {size}; declared is {field} {bound}, here {predicted[field]}",
                    rule.source.encode(case.instance),
                )
    exact = [field for field, bound in bounds.items() if bound.exact]
    upper = [field for field, bound in bounds.items() if not bound.exact]
    parts = [f"exact: {', '.join(exact)}"] if exact else []
    parts += [f"upper bounds: {', '.join(upper)}"] if upper else []
    return passed("overhead", f"{len(found.every):,} targets measured; {'; '.join(parts)}")


def work_space(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """The program's output against the map's, and its work space over lg N."""
    if rule.metered is None:
        return missing("work space", f"claimed and not measured: {rule.why}")
    from tcsim.uniformity import space_curve

    step = max(1, len(found.small) // COMPARED)
    instances = [case.instance for case in found.small[::step]] + [found.ladder[0].instance]
    ladder = rule.metered.ladder()
    for instance in [*instances, *ladder[:2]]:
        tape, program = rule.metered.run(instance)
        written = program.run(tape).output
        if written != rule.metered.describe(rule.run(instance).instance):
            return failed(
                "work space",
                "the program writes another target than the map",
                rule.source.encode(instance),
            )
    _, program = rule.metered.run(ladder[0])
    run = rule.metered.run
    curve = space_curve(program, ladder, make=lambda instance: run(instance)[0])
    if not curve.is_logarithmic:
        return failed("work space", str(curve))
    return passed("work space", f"{len(instances) + 2} targets written alike; {curve}")
