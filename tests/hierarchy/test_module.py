import pickle

import pytest
import sympy

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Delays, Gates, Loop, Module, compose, leaf, parallel, sequence

BUFFER = leaf(["x"], {"x": {"x": 1}}, [Gates(1, {"x": 1})])
ATTENTION = leaf(
    ["q", "k", "v"],
    {"y": {"q": 4, "k": 4, "v": 2}},
    [
        Gates(5, {"q": 1, "k": 1}),
        Gates(7, {"q": 2, "k": 2}),
        Gates(11, {"q": 3, "k": 3, "v": 1}),
        Gates(3, {"q": 4, "k": 4, "v": 2}),
    ],
)


def test_a_gate_is_on_the_level_of_its_latest_path() -> None:
    assert ATTENTION.levels == (0, 5, 7, 11, 3)
    late = ATTENTION.schedule({"q": 2, "v": 5})
    assert late.levels == (0, 0, 0, 5, 7, 0, 11, 3)
    assert late.outputs == {"y": 7}
    assert (late.depth, late.size, late.width) == (7, 26, 11)
    assert late.arrival == {"q": 2, "k": 0, "v": 5}


def test_equal_arrivals_up_to_a_shift_are_measured_once() -> None:
    chain = sequence(*[BUFFER] * 50)
    schedule = chain.schedule()
    assert schedule.levels == (0, *[1] * 50)
    assert (schedule.memo_entries, schedule.instances) == (2, 51)


def test_ports_that_no_gate_reads_do_not_matter_to_the_memo() -> None:
    wide = leaf(["x", "w"], {"x": {"x": 1}, "w": {"w": 0}}, [Gates(1, {"x": 1})])
    schedule = sequence(*[wide] * 20).schedule({"w": 3})
    assert (schedule.memo_entries, schedule.outputs) == (2, {"x": 20, "w": 3})


def test_causal_attention_has_a_row_for_each_token() -> None:
    """The number of keys is part of the module: later tokens read earlier ones."""
    rows = {f"t{i}": {f"t{j}": 12 if i else 10 for j in range(i + 1)} for i in range(3)}
    block = leaf(list(rows), rows, [Gates(1, row) for row in rows.values()])
    assert block.delays == Delays([[10, None, None], [12, 12, None], [12, 12, 12]])
    assert sequence(block, block).delays.rows() == [
        [20, None, None],
        [24, 24, None],
        [24, 24, 24],
    ]


def test_counts_may_be_formulas() -> None:
    n = sympy.Symbol("n", positive=True, integer=True)
    step = leaf(["x"], {"x": {"x": 2}}, [Gates(n**2, {"x": 1}), Gates(3, {"x": 2})])
    both = parallel({"a": step, "b": step})
    assert both.size == 2 * n**2 + 6
    assert both.levels == (0, 2 * n**2, 6)
    assert both.width == sympy.Max(6, 2 * n**2)
    assert Loop(step).times(7).size == sympy.expand(7 * (n**2 + 3))
    assert Loop(step).size(n) == n * (n**2 + 3)
    again = leaf(["x"], {"x": {"x": 2}}, [Gates(3, {"x": 2}), Gates(n * n, {"x": 1})])
    assert again == step
    unlike = leaf(["x"], {"x": {"x": 2}}, [Gates(3, {"x": 2}), Gates(n, {"x": 1})])
    assert unlike != step
    assert leaf(["x"], {"x": {"x": 1}}, [Gates(sympy.Integer(1), {"x": 1})]) == BUFFER


def test_counts_of_any_size() -> None:
    many = leaf(["x"], {"x": {"x": 1}}, [Gates(10**30, {"x": 1})])
    assert sequence(many, many).size == 2 * 10**30
    assert many.width == 10**30


def test_a_module_is_a_value() -> None:
    pair = sequence(ATTENTION, compose(["y"], {}, {}, {"z": "y"}))
    again = pickle.loads(pickle.dumps(pair))
    assert again == pair
    assert hash(again) == hash(pair)
    assert again.levels == pair.levels
    assert repr(pair) == "<Module q, k, v -> z; depth 4, size 26>"
    assert pair != ATTENTION
    assert pair != "module"
    with pytest.raises(AttributeError, match="immutable"):
        pair.size = 3


def test_names_of_instances_are_no_content() -> None:
    def wired(name: str) -> Module:
        return compose(["x"], {name: BUFFER}, {f"{name}.x": "x"}, {"y": f"{name}.x"})

    assert wired("a") == wired("b")


def test_outputs_alone() -> None:
    constant = leaf([], {"one": {}}, [])
    assert constant.arrive() == {"one": 0}
    assert constant.levels == (0,)
    started = leaf([], {"y": {None: 2}}, [Gates(1, {None: 1}), Gates(1, {None: 2})])
    fed = sequence(started, leaf(["y"], {"z": {"y": 1}}, [Gates(4, {"y": 1})]))
    assert fed.levels == (0, 1, 1, 4)
    assert compose(["x"], {}, {}, {}).depth == 0


def test_deep_nesting_is_refused() -> None:
    module = BUFFER
    for _ in range(199):
        module = sequence(module)
    assert module.levels == (0, 1)
    with pytest.raises(LimitError, match="more than 200 modules are nested"):
        sequence(module)


X = {"x": 1}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: leaf(["x", "x"], {}), "inputs: 'x' is given twice"),
        (lambda: leaf("x", {}), "not the string 'x'"),
        (lambda: leaf(3, {}), "must be a sequence of names, not 3"),
        (lambda: leaf([""], {}), "'' is not a name"),
        (lambda: leaf(["x"], ["y"]), "outputs must be a mapping"),
        (lambda: leaf(["x"], {"y": {"z": 1}}), "output 'y': there is no 'z'; there are: x"),
        (lambda: leaf(["x"], {"y": 3}), "delays must be a mapping of ports, not 3"),
        (lambda: leaf(["x"], {"y": {"x": 1.0}}), "the delay from 'x' must be an integer, not 1.0"),
        (lambda: leaf(["x"], {"y": {"x": -1}}), "the delay from 'x' must be from 0"),
        (lambda: leaf(["x"], {"y": X}), "output 'y' has delays that none of the gates has"),
        (lambda: leaf(["x"], {"y": {"x": 2}}, [Gates(1, X)]), "none of the gates has"),
        (lambda: leaf(["x"], {}, [Gates(1, {"x": 0})]), "the delay from 'x' must be from 1"),
        (lambda: leaf(["x"], {}, [Gates(1, {})]), r"gates\[0\] has no delays"),
        (
            lambda: leaf(["x"], {}, [Gates(-1, X)]),
            r"count of gates\[0\] must be at least 0, not -1",
        ),
        (lambda: leaf(["x"], {}, [Gates(1.5, X)]), "must be an integer or a sympy expression"),
        (lambda: leaf(["x"], {}, [Gates(True, X)]), "integer or a sympy expression, not True"),
        (lambda: leaf(["x"], {}, [Gates(sympy.Rational(1, 2), X)]), "integer >= 0, not 1/2"),
        (lambda: leaf(["x"], {}, [Gates(sympy.Integer(-2), X)]), "integer >= 0, not -2"),
        (lambda: leaf(["x"], {}, [(1, X)]), r"gates\[0\] must be Gates"),
        (lambda: BUFFER.schedule({"y": 1}), "arrival: there is no 'y'"),
        (lambda: BUFFER.schedule({"x": -1}), "the arrival at 'x' must be from 0"),
        (lambda: BUFFER.arrive([1]), "arrival must be a mapping"),
        (lambda: BUFFER.delay("y", "x"), "output: there is no 'y'"),
        (lambda: BUFFER.delay("x", "y"), "input: there is no 'y'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "make",
)
def test_bad_input(make: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        make()
