"""Recode: every code to every other, one level."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Code, Recode
from tcsim.networks.values import Values
from tests.networks.operations.linear import KINDS, check, network_of, rounded


@pytest.mark.parametrize("old", KINDS)
@pytest.mark.parametrize("new", KINDS)
@pytest.mark.parametrize("steps", [1, 2, 4, 7])
def test_every_pair(old: str, new: str, steps: int) -> None:
    code = Code(-1, steps - 1, old)
    recode = Recode(Code(-1, steps - 1, new))
    circuit = check(lambda add, e: add(recode, e), ((2,), code))
    assert circuit.depth == (old != new)
    assert circuit.size == (2 * recode.code.wires if old != new else 0)
    check(lambda add, e: add(rounded(), add(recode, e)), ((2,), code))


def test_keeps_its_code() -> None:
    recode = Recode(Code(0, 3))
    assert recode.with_code(Code(0, 3, "binary")) is recode
    network = network_of(lambda add, e: add(recode, add(rounded(), e)), ((2,), Code(0, 5)))
    changed = network.with_codes(hidden="binary", outputs="binary")
    assert changed.output_code == Code(0, 3)
    assert changed.cost().total.depth == 3


def test_bad_arguments() -> None:
    with pytest.raises(NetworkError, match="to a Code"):
        Recode("binary")
    recode = Recode(Code(0, 3, "binary"))
    with pytest.raises(NetworkError, match=r"0\.\.4 cannot be recoded to 0\.\.3"):
        recode.infer(Values.coded((2,), Code(0, 4)))
    with pytest.raises(NetworkError, match="linear form"):
        recode.infer(Values((2,), np.array(0), np.array(3)))
