"""Space is measured against the input's length; planted violators are caught."""

from __future__ import annotations

import pytest

from tcsim.errors import ArgumentError
from tcsim.uniformity import (
    Composition,
    Program,
    Unary,
    description_bit,
    description_bits,
    space_curve,
)
from tcsim.uniformity.programs import addition, majority, parity, permutations, rule110
from tests.uniformity import programs

LENGTHS = {
    parity: (4, 8, 16, 32, 128),
    addition: (4, 6, 8, 32),
    permutations: (4, 8, 16, 64),
    rule110: (4, 6, 8, 32),
}


@pytest.mark.parametrize("module", LENGTHS, ids=lambda module: module.__name__)
def test_families_are_written_in_logarithmic_space(module):
    curve = space_curve(Program(module.describe), LENGTHS[module])
    assert curve.is_logarithmic, curve
    assert "consistent with O(log N) space" in str(curve)


def test_the_sort_in_one_number_is_caught_by_its_space():
    curve = space_curve(Program(programs.sorts_in_one_number))
    assert not curve.is_logarithmic
    assert "not O(log N) space" in str(curve)
    assert curve.points[-1].space > 3 * 256


def test_the_sort_that_reads_again_is_not():
    assert space_curve(Program(programs.sorts_by_counting)).is_logarithmic


def test_a_square_of_a_logarithm_is_caught():
    lengths = [2**k for k in range(2, 18)]
    assert not space_curve(Program(programs.polylogarithmic), lengths).is_logarithmic


@pytest.mark.parametrize("lengths", [(16, 32, 64, 128, 256), [2**k for k in range(3, 13)]])
def test_a_root_is_caught(lengths):
    assert not space_curve(Program(programs.root_of_the_length), lengths).is_logarithmic


def test_composition_stays_logarithmic():
    both = Composition(Program(majority.describe), Program(programs.sorts_by_counting))
    curve = space_curve(both, (2, 3, 4, 16))
    assert curve.is_logarithmic
    assert curve.points[-1].steps > 10 * curve.points[0].steps


def test_too_few_lengths():
    with pytest.raises(ArgumentError, match="three lengths"):
        space_curve(Program(majority.describe), [4, 8, 16])


@pytest.mark.parametrize("machine", [Program(parity.describe), Program(permutations.describe)])
def test_bits_of_definition_d_1(machine):
    bits = description_bits(machine.run(Unary(2)).output)
    step = max(1, len(bits) // 100)
    for i in range(0, len(bits), step):
        bit = description_bit(machine, 2, i)
        assert bit.value == bits[i]
        assert bit.space <= machine.run(Unary(2)).space + 2 * (len(bits) // 3).bit_length()
    assert description_bit(machine, 2, len(bits)).value is None


def test_bit_space_is_logarithmic():
    machine = Program(parity.describe)
    for n in (8, 64):
        length = 3 * len(machine.run(Unary(n)).output)
        assert description_bit(machine, n, length - 1).space < 20 * n.bit_length() + 40


@pytest.mark.parametrize("i", [-1, 1.0, True])
def test_bad_i(i):
    with pytest.raises(ArgumentError, match="i must be"):
        description_bit(Program(parity.describe), 2, i)


def test_bad_n():
    with pytest.raises(ArgumentError, match="n must be"):
        description_bit(Program(parity.describe), -1, 0)
