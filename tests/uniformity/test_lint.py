"""No memory hides from the linter: each way to hide some is found, with its line."""

from __future__ import annotations

import inspect

import pytest

from tcsim.errors import ArgumentError
from tcsim.uniformity import Program, violations
from tcsim.uniformity.programs import addition, majority, parity, permutations, rule110
from tests.uniformity import programs

GOOD = {"arithmetic", "helper", "number_at", "after_number", "dual_rail", "copy_operands",
        "sorts_in_one_number", "sorts_by_counting", "polylogarithmic", "copies",
        "keeps_its_input", "root_of_the_length"}  # fmt: skip
ALL = {
    name: function
    for name, function in vars(programs).items()
    if inspect.isfunction(function) and function.__module__ == programs.__name__
}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_programs_pass(name):
    assert violations(ALL[name]) == ()


@pytest.mark.parametrize("module", [parity, majority, addition, permutations, rule110])
def test_families_pass(module):
    for name in ("describe", "inputs", "gate", "threshold", "weight", "output"):
        assert violations(getattr(module, name)) == ()


@pytest.mark.parametrize("name", sorted(set(ALL) - GOOD))
def test_violators_are_found(name):
    found = violations(ALL[name])
    assert found
    assert all(one.file == programs.__file__ for one in found)
    lines = inspect.getsource(programs).splitlines()
    assert all(lines[one.line - 1].strip() for one in found)
    with pytest.raises(ArgumentError, match=r"no program of the machine: .*programs.py, line"):
        Program(ALL[name])


def test_the_planted_sort_is_found_where_it_is():
    found = violations(programs.sorts_in_memory)
    lines = inspect.getsource(programs).splitlines()
    assert "cells = []" in lines[found[0].line - 1]
    assert "a list may hold memory" in found[0].problem
    assert any("cells.append is no program" in one.problem for one in found)


def test_closures_and_decorators_are_found():
    hidden = 5

    def closes(n: int) -> int:
        return n + hidden

    assert any("closes over hidden" in one.problem for one in violations(closes))

    def decorate(f):
        return f

    @decorate
    def decorated(n: int) -> int:
        return n

    assert any("decorator" in one.problem for one in violations(decorated))


@pytest.mark.parametrize("what", [lambda n: n, len, Program, 7, None, print])
def test_what_is_no_function_with_a_source(what):
    with pytest.raises(ArgumentError):
        violations(what)


def test_a_function_without_source():
    scope = {}
    exec("def f(n):\n    return n", scope)
    with pytest.raises(ArgumentError, match="source of f cannot be read"):
        Program(scope["f"])
