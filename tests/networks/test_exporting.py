"""What is no network is not exported."""

from __future__ import annotations

import pytest

import tcsim as tc
from tcsim.errors import NetworkError


@pytest.mark.parametrize("given", [None, 3, "model.onnx"])
def test_what_is_no_network(given: object) -> None:
    for name in ("to_onnx", "to_torch"):
        with pytest.raises(NetworkError, match=rf"{name} takes an IntegerNetwork, .*to_network"):
            getattr(tc.networks, name)(given)


def test_a_circuit_is_told_what_to_do() -> None:
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", 3)) >= 2)
    with pytest.raises(NetworkError, match=r"circuit\.to_network\(\), not Circuit"):
        tc.networks.to_onnx(b.build())  # type: ignore[arg-type]
