import pytest

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Gates, Loop, compose, leaf, parallel, sequence

BUFFER = leaf(["x"], {"x": {"x": 1}}, [Gates(1, {"x": 1})])
JOIN = leaf(["a", "b"], {"y": {"a": 1, "b": 1}}, [Gates(1, {"a": 1, "b": 1})])


def test_side_by_side() -> None:
    both = parallel({"l": BUFFER, "r": sequence(BUFFER, BUFFER)})
    assert both.inputs == both.outputs == ("l.x", "r.x")
    assert both.delays.rows() == [[1, None], [None, 2]]
    assert both.schedule({"l.x": 3}).levels == (0, 1, 1, 0, 1)


def test_constants_are_there_on_level_0() -> None:
    half = compose(["x"], {"j": JOIN}, {"j.a": "x", "j.b": None}, {"y": "j.y", "zero": None})
    assert half.arrive({"x": 5}) == {"y": 6, "zero": 0}
    both = compose(["x"], {"j": JOIN}, {"j.a": None, "j.b": None}, {"y": "j.y"})
    assert both.schedule({"x": 5}).levels == (0, 1)


def test_what_reads_a_ragged_port_is_a_bound() -> None:
    gathered = Loop(
        leaf(["s"], {"s": {"s": 1}, "y": {"s": 1}}, [Gates(2, {"s": 1})]), gather=["y"]
    ).times(3)
    assert gathered.ragged == {"y"}
    assert gathered.exact
    ends = compose(["s"], {"g": gathered}, {"g.s": "s"}, {"y": "g.y"})
    assert ends.exact
    assert ends.ragged == {"y"}
    wires = {"g.s": "s", "b.x": "g.y"}
    read = compose(["s"], {"g": gathered, "b": BUFFER}, wires, {"z": "b.x"})
    assert not read.exact
    assert not read.schedule().exact
    assert not sequence(read).exact
    assert not parallel({"a": read}).exact
    assert parallel({"a": ends}).ragged == {"a.y"}
    assert not Loop(read, {"z": "s"}).times(1).exact
    assert Loop(ends, {"y": "s"}).times(1).exact
    assert not Loop(ends, {"y": "s"}).times(2).exact


def test_work_is_bounded_before_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    long = Loop(BUFFER).times(10**15)
    assert (long.depth, long.size, long.instances) == (10**15, 10**15, 10**15 + 1)
    with pytest.raises(LimitError, match="arrive"):
        long.schedule()
    monkeypatch.setattr("tcsim.hierarchy.schedule.WORK_LIMIT", 250)
    with pytest.raises(LimitError):
        sequence(BUFFER, BUFFER, BUFFER).schedule()
    monkeypatch.setattr("tcsim.hierarchy.schedule.WORK_LIMIT", 10_000)
    twice = sequence(*[Loop(BUFFER).times(90)] * 2)
    with pytest.raises(LimitError):
        sequence(*[twice] * 30).schedule()


ONE, WIRE, OUT = {"b": BUFFER}, {"b.x": "x"}, {"y": "b.x"}
LEFT, RIGHT = {"a.x": "b.x", "b.x": "a.x"}, {"a": BUFFER, "b": BUFFER}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: compose(["x"], ONE, {}, OUT), "wires: 'b.x' has no source"),
        (lambda: compose(["x"], ONE, {"b.x": "z"}, OUT), "source of 'b.x': there is no 'z'"),
        (lambda: compose(["x"], ONE, {**WIRE, "b.w": "x"}, OUT), "wires: there is no 'b.w'"),
        (lambda: compose(["x"], ONE, WIRE, {"y": "b.y"}), "there is no 'b.y'"),
        (lambda: compose(["x"], ONE, WIRE, ["b.x"]), "outputs must be a mapping"),
        (lambda: compose(["x"], ONE, [], OUT), "wires must be a mapping"),
        (lambda: compose(["x"], [BUFFER], WIRE, OUT), "instances must be a mapping"),
        (lambda: compose(["x"], {"b": 3}, WIRE, OUT), "instance 'b' must be a Module, not 3"),
        (lambda: compose(["b.x"], ONE, {"b.x": "b.x"}, OUT), "sources: 'b.x' is given twice"),
        (lambda: compose([], RIGHT, LEFT, {}), "(?:a -> b -> a|b -> a -> b) feed one another"),
        (lambda: compose([], ONE, {"b.x": "b.x"}, {}), "b -> b feed one another in a cycle"),
        (sequence, "at least one module"),
        (lambda: sequence(BUFFER, 3), "module 1 must be a Module, not 3"),
        (lambda: sequence(BUFFER, JOIN), r"module 1 has the inputs \['a', 'b'\], but module 0"),
        (lambda: parallel([BUFFER]), "must be a mapping of names to modules"),
        (lambda: parallel({"": BUFFER}), "'' is not a name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "make",
)
def test_bad_input(make: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        make()
