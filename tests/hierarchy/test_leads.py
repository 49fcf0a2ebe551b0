from hypothesis import given
from hypothesis import strategies as st

from tcsim.hierarchy import Gates, Loop, leaf
from tcsim.hierarchy.leads import waited_for
from tcsim.hierarchy.schedule import Memo
from tests.hierarchy.plans import Plan, plans


@given(plans(), st.data())
def test_what_is_left_out_changes_nothing(plan: Plan, data: st.DataObject) -> None:
    module = plan.module
    body = module.body
    arrival = (*(data.draw(st.integers(0, 30)) for _ in module.inputs), 0)
    left = tuple(waited_for(arrival, body.reads, body.lead))
    read = tuple(a if used else None for a, used in zip(arrival, body.reads, strict=True))
    assert body.levels(left, Memo()) == body.levels(read, Memo())
    assert all(a in (b, None) for a, b in zip(left, arrival, strict=True))


def test_late_rounds_are_all_alike() -> None:
    h, c = {"h": 4, "c": 3, "x": 4}, {"h": 3, "c": 2, "x": 3}
    gates = [Gates(8, {"h": 1, "x": 1}), Gates(4, h), Gates(4, c)]
    schedule = Loop(leaf(["h", "c", "x"], {"h": h, "c": c}, gates)).times(1000).schedule()
    assert (schedule.memo_entries, schedule.instances) == (3, 1001)
    assert schedule.levels[:9] == (0, 8, 0, 4, 4, 8, 0, 4, 4)


def test_later_rounds_may_wait_for_another_port() -> None:
    one = leaf(["a", "c"], {"a": {"c": 0}}, [Gates(1, {"a": 1})])
    assert Loop(one).times(2).schedule({"c": 10}).levels == (0, 1, *[0] * 9, 1)
