"""Work space beyond the sizes that its line is fitted to; through two rules; what is caught."""

from __future__ import annotations

import pytest

from benchmarks.work_space import FITTED, PER_STEP, instance, measure
from reductions import rule
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import AndOrNot
from reductions.problems.gate_kinds import NOT
from tcsim.uniformity import Composition, space_curve

# A tableau's items grow with the square of its input.
ITEMS = dict.fromkeys(PER_STEP, (100, 200, 400, 800, 4_000))
ITEMS["turing_machine_cvp"] = (300, 900, 1_500, 40_000)


@pytest.mark.parametrize("name", PER_STEP)
def test_work_space_stays_on_the_line_up_to_thousands_of_items(name):
    curve = measure(name, ITEMS[name])
    assert curve.is_logarithmic, str(curve)


@pytest.mark.slow  # minutes each: `python -m benchmarks.work_space` says how far it gets
@pytest.mark.parametrize("name", PER_STEP)
def test_work_space_stays_on_the_line_up_to_a_million_items(name):
    curve = measure(name, (*FITTED, 1_000_000))
    assert curve.is_logarithmic, str(curve)


@pytest.mark.parametrize("name", PER_STEP)
def test_targets_have_as_many_items_as_were_asked_for(name):
    one = rule(name)
    for items in (200, 2_000):
        gates = one.target.sizes(one(instance(name, items)))["gates"]
        assert 0.7 * items < gates < 1.5 * items


def test_what_lies_between_two_rules_is_computed_again():
    first, second = rule("cvp_monotone_cvp"), rule("monotone_cvp_alternating_cvp")
    sources = [chain(gates) for gates in (0, 1, 2, 13)]
    (_, rails), (_, gates) = first.metered.run(sources[0]), second.metered.run(first(sources[0]))
    machine = Composition(rails, gates)
    curve = space_curve(machine, sources, make=lambda one: first.metered.run(one)[0])
    assert curve.is_logarithmic, str(curve)
    tape, _ = first.metered.run(sources[2])
    assert machine.run(tape).output == second.metered.describe(second(first(sources[2])))


def chain(gates):
    """So many NOTs in a row."""
    table = table_of([(NOT, gate) for gate in range(gates)])
    return AndOrNot.of_gates(b"\1", *table, gates)
