"""Everything that a module says is what measuring the flattened circuit says."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hierarchy.plans import Plan, leaves, loops, plans, profile

BIG = settings(suppress_health_check=[HealthCheck.too_slow])


@BIG
@given(plans(), st.data())
def test_a_module_is_measured_as_its_flat_circuit(plan: Plan, data: st.DataObject) -> None:
    module = plan.module
    widths = {name: data.draw(st.integers(1, 3)) for name in module.inputs}
    flat, ports = plan.flat(widths)
    measured = flat.circuit([wire for wires in ports.values() for wire in wires]).measures
    schedule = module.schedule()
    assert schedule.exact
    assert schedule.levels == measured.levels
    assert (schedule.depth, schedule.width, schedule.size) == (
        measured.depth,
        measured.width,
        measured.size,
    )
    assert (module.depth, module.width, module.size) == (
        schedule.depth,
        schedule.width,
        schedule.size,
    )
    assert schedule.memo_entries <= schedule.instances == module.instances


@BIG
@given(plans(), st.data())
def test_any_arrival(plan: Plan, data: st.DataObject) -> None:
    module = plan.module
    arrival = {name: data.draw(st.integers(0, 9)) for name in module.inputs}
    flat, ports = plan.flat(dict.fromkeys(module.inputs, 2))
    level = flat.levels(arrival)
    ready = module.arrive(arrival)
    for name, wires in ports.items():
        for wire in wires:  # all of them: the wires of a port arrive together
            assert ready[name] == (level[wire] if wire >= 0 else 0)
    assert module.schedule(arrival).levels == profile(flat, level)
    assert module.schedule(arrival).outputs == ready


@given(loops(leaves() | loops(leaves()), gather=True), st.data())
def test_a_gathered_port_is_as_late_as_its_latest_wire(plan: Plan, data: st.DataObject) -> None:
    arrival = {name: data.draw(st.integers(0, 9)) for name in plan.module.inputs}
    flat, ports = plan.flat(dict.fromkeys(plan.module.inputs, 2))
    level = flat.levels(arrival)
    ready = plan.module.arrive(arrival)
    for name, wires in ports.items():
        assert ready[name] == max(level[wire] if wire >= 0 else 0 for wire in wires)
    assert plan.module.schedule(arrival).levels == profile(flat, level)
