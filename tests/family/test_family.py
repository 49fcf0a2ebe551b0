"""A family as an object: declarations are checked, and what is built is."""

from __future__ import annotations

import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.family import load_family
from tests.family import families


def test_a_family_builds_its_members():
    family = tc.Family(families.parity, "TC0", {"inputs": "n", "outputs": 1})
    assert family(5) == families.parity(5)
    assert family.name == "parity"


def test_declare_is_a_decorator():
    @tc.Family.declare("TC0", name="vote", inputs="n", depth=1)
    def majority(n):
        b = tc.Builder()
        b.output("y", tc.majority(b.inputs("x", n)))
        return b.build()

    assert (majority.name, majority.claim) == ("vote", "TC0")
    assert majority(7).n_inputs == 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3,), "build must be a function"),
        ((families.parity, "TC"), "claim 'TC' is no class"),
        ((families.parity, 7), "claim must be the name"),
        ((families.parity, "", {"deepth": 1}), "no measure 'deepth'"),
        ((families.parity, "", {3: 1}), "not 3"),
        ((families.parity, "", {"foo.depth": 1}), "no measure 'foo.depth'"),
        ((families.parity, "", {"depth": "m"}), "formula of depth"),
    ],
)
def test_bad_declarations(arguments, message):
    with pytest.raises(ArgumentError, match=message):
        tc.Family(*arguments)


@pytest.mark.parametrize("n", [-1, 2.0, True, "4"])
def test_bad_n(n):
    with pytest.raises(ArgumentError, match="n must be an integer"):
        families.FAMILY(n)


def test_a_wrong_arity_names_n_and_both_numbers():
    family = tc.Family(families.same, formulas={"inputs": "n"})
    assert family(4).n_inputs == 4
    with pytest.raises(ArgumentError, match="has 4 inputs at n = 6; declared is n = 6"):
        family(6)
    with pytest.raises(ArgumentError, match="has 4 inputs at n = 3; declared is n = 3"):
        family(3)
    with pytest.raises(ArgumentError, match="has 1 outputs at n = 3; declared is n = 3"):
        tc.Family(families.parity, formulas={"outputs": "n"})(3)


def test_an_error_while_building_names_n_and_the_error():
    with pytest.raises(ArgumentError, match="raised ZeroDivisionError at n = 16"):
        tc.Family(families.fails_at_16)(16)
    with pytest.raises(ArgumentError, match="raised ValueError at n = 3: odd"):
        tc.Family(families.on_even)(3)

    def leaves(_n):
        raise SystemExit(3)

    with pytest.raises(ArgumentError, match="raised SystemExit at n = 1"):
        tc.Family(leaves)(1)


def test_what_is_no_circuit_is_named():
    with pytest.raises(ArgumentError, match="returned int '4' at n = 4"):
        tc.Family(families.no_circuit)(4)
    with pytest.raises(ArgumentError, match="returned None at n = 4"):
        tc.Family(lambda n: None)(4)


def test_running_out_of_memory_is_a_limit():
    def hungry(_n):
        raise MemoryError

    with pytest.raises(LimitError, match="hungry ran out of memory at n = 4"):
        tc.Family(hungry)(4)


def test_an_interrupt_passes():
    def interrupted(_n):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tc.Family(interrupted)(4)


def test_loading(tmp_path, monkeypatch):
    assert load_family("tests.family.families:FAMILY") is families.FAMILY
    assert load_family("tests.family.families:chain")(4) == families.chain(4)
    (tmp_path / "mine.py").write_text(
        "import tcsim as tc\n"
        "def wire(n):\n"
        "    b = tc.Builder()\n"
        "    b.output('y', b.inputs('x', n)[0])\n"
        "    return b.build()\n"
    )
    assert load_family(f"{tmp_path / 'mine.py'}:wire")(3).size == 0
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    assert load_family("mine:wire").name == "wire"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nothing", "names no family"),
        (":f", "names no family"),
        ("m:", "names no family"),
        ("no_such_module_of_mine:f", "no such module"),
        ("tcsim.no_such:f", "no such module"),
        ("no_such.py:f", "no such file"),
        ("tests.family.families:nope", "has no 'nope'; families there: FAMILY, WRONG"),
        ("tests.family.families:NUMBER", "is int, not a Family"),
        ("../x:f", "raised|no such module"),
    ],
)
def test_targets_that_are_none(target, message):
    with pytest.raises(ArgumentError, match=message):
        load_family(target)


@pytest.mark.parametrize(
    "code", ["1/0", "import no_such_module_of_mine", "raise SystemExit", "x ="]
)
def test_modules_that_cannot_be_imported(tmp_path, code):
    (tmp_path / "broken.py").write_text(code)
    with pytest.raises(ArgumentError, match=r"importing .*broken\.py raised"):
        load_family(f"{tmp_path / 'broken.py'}:f")
