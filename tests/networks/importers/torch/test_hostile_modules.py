"""Modules that hold no numbers, or compute nothing: named errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError

torch = pytest.importorskip("torch", reason="needs torch: pip install 'tcsim[torch]'")
nn = torch.nn

ROWS = np.random.default_rng(0).normal(size=(10, 4))


def layers() -> Any:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch.jit is deprecated
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers().to("meta"), r"0\.weight holds no numbers yet"),
        (lambda: nn.LazyLinear(3), "weight holds no numbers yet"),
        (lambda: torch.jit.trace(layers(), torch.zeros(1, 4)), "scripted module"),
        (nn.Identity, "nothing to build"),
        (lambda: nn.Dropout(0.5), "nothing to build"),
    ],
)
def test_modules(make: Any, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_torch(make(), ROWS)


class Unread(nn.Module):
    def forward(self, x: Any, y: Any) -> Any:
        del y
        return x * 2


class Total(nn.Module):
    def forward(self, x: Any) -> Any:
        return x.sum()


class Average(nn.Module):
    def forward(self, x: Any) -> Any:
        return x.mean()


def test_what_is_computed() -> None:
    with pytest.raises(NetworkError, match="nothing to build"):
        tc.networks.from_torch(Unread(), (ROWS, ROWS))
    for made in (Total(), Average()):
        with pytest.raises(NetworkError, match="that of the batch, is not summed"):
            tc.networks.from_torch(made, ROWS)


@pytest.mark.parametrize(("variance", "eps"), [(-1.0, 1e-5), (0.0, 0.0)])
def test_variances(variance: float, eps: float) -> None:
    norm = nn.BatchNorm1d(4, eps=eps)
    norm.running_var.fill_(variance)
    with pytest.raises(NetworkError, match="variance and eps"):
        tc.networks.from_torch(norm, ROWS)


def test_calibration_in_other_tensors() -> None:
    rows = torch.tensor(ROWS, dtype=torch.bfloat16)
    made = tc.networks.from_torch(layers(), rows)
    same = tc.networks.from_torch(layers(), rows.double())
    assert np.array_equal(made.network(rows_of(made, rows)), same.network(rows_of(same, rows)))
    with pytest.raises(NetworkError, match="calibration rows 0 are no array"):
        tc.networks.from_torch(layers(), rows.to("meta"))


def rows_of(imported: Any, rows: Any) -> Any:
    return imported.integers(rows.double().numpy())[0]


def test_a_compiled_module_is_the_module() -> None:
    compiled = torch.compile(layers(), backend="eager")
    one = tc.networks.from_torch(compiled, ROWS)
    other = tc.networks.from_torch(layers(), ROWS)
    assert one.network.cost().numbers().total == other.network.cost().numbers().total
