"""Modules of PyTorch: integers near the module, circuits equal to the integers."""

from __future__ import annotations

import itertools
import sys
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import tcsim as tc
from tcsim.errors import MissingExtraError, NetworkError


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def real(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape)


def close(module: Any, *rows: np.ndarray, within: float = 0.02) -> tc.networks.Imported:
    """Import with fine grids and compare with the module, run by PyTorch."""
    imported = tc.networks.from_torch(module, rows, weight_bits=12, activation_bits=10)
    with torch.no_grad():
        expected = module.double().eval()(*map(torch.from_numpy, rows))
    expected = expected[0] if isinstance(expected, tuple) else expected
    (found,) = imported(*rows)
    assert found.shape == expected.shape
    reach = float(expected.abs().max())
    assert np.abs(found - expected.numpy()).max() < within * max(reach, 0.1)
    return imported


def depth(imported: tc.networks.Imported) -> int:
    return imported.network.cost().numbers().total.depth


def test_perceptrons() -> None:
    module = nn.Sequential(
        nn.Linear(6, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 3)
    )
    assert depth(close(module, real(40, 6))) == 3
    assert depth(close(nn.Linear(6, 3), real(40, 6))) == 1


def test_a_classifier_and_its_circuit() -> None:
    module = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3, bias=False))
    rows = real(60, 2)
    imported = tc.networks.from_torch(module, rows, classify=True, weight_bits=4, activation_bits=2)
    network = imported.network
    every = np.array(list(itertools.product(range(-1, 2), repeat=2)))
    circuit = tc.networks.compile(network)
    assert np.array_equal(network.decode(circuit(network.encode(every))), network(every))
    assert len(np.unique(network(every))) > 1
    assert depth(imported) == 3 == tc.networks.compile(network, share=False, fold=False).depth


def test_convolutions_and_batch_norm() -> None:
    module = nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, bias=False),
        nn.BatchNorm2d(3),
        nn.ReLU6(),
        nn.MaxPool2d(2),
        nn.BatchNorm2d(3),  # after no convolution: one of its own
        nn.Conv2d(3, 4, 3, padding="same", groups=1),
        nn.LeakyReLU(0.1),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(16, 3),
    )
    rows = real(30, 1, 8, 8)
    module(torch.tensor(rows, dtype=torch.float32))  # running statistics
    with torch.no_grad():
        module[1].weight.copy_(torch.tensor([1.0, -0.5, 2.0]))
    assert depth(close(module, rows)) == 4


def test_convolutions_in_one_dimension() -> None:
    module = nn.Sequential(
        nn.Conv1d(2, 3, 3, stride=2, dilation=1, padding=1), nn.SiLU(), nn.AdaptiveAvgPool1d(1)
    )
    close(module, real(30, 2, 9))


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_layers_of_transformers(norm_first: bool, activation: str) -> None:
    module = nn.TransformerEncoderLayer(
        6, 2, 12, batch_first=True, norm_first=norm_first, activation=activation
    )
    assert depth(close(module, real(30, 4, 6), within=0.04)) == 12


def test_a_stack_of_layers() -> None:
    layer = nn.TransformerEncoderLayer(6, 2, 8, batch_first=True)
    module = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(6))
    assert depth(close(module, real(30, 3, 6), within=0.05)) == 26


class Decoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(7, 8)
        self.position = nn.Parameter(torch.randn(5, 8))
        self.place = nn.Embedding(9, 8)
        self.register_buffer("mask", torch.triu(torch.full((5, 5), float("-inf")), 1))
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        self.head = nn.Linear(8, 7)

    def forward(self, tokens):
        n = tokens.shape[1]
        x = self.embedding(tokens) + self.position[:n] + self.place(torch.arange(n))
        return self.head(self.layer(x, src_mask=self.mask)[:, -1])


def test_tokens_and_a_causal_mask() -> None:
    module = Decoder()
    rows = np.random.default_rng(1).integers(0, 7, (50, 5))
    imported = close(module, rows, within=0.05)
    assert depth(imported) == 1 + 12 + 1
    assert imported.network.inputs.code == tc.networks.Code(0, 6, "one_hot")


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.parts = nn.Linear(6, 18)
        self.whole = nn.MultiheadAttention(6, 2, batch_first=True)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = (
            self.parts(x)[..., i * d : (i + 1) * d].view(b, n, 2, 3).transpose(1, 2)
            for i in range(3)
        )
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + mixed.permute(0, 2, 1, 3).reshape(b, n, d)
        never = torch.tril(torch.ones(n, n, dtype=torch.bool), -1)
        return self.whole(x, x, x, attn_mask=never, need_weights=False)[0]


def test_attention_written_by_hand() -> None:
    close(Attention(), real(30, 4, 6), within=0.06)


class Calls(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(6, 6), nn.Linear(6, 6)

    def forward(self, x, y):
        z = torch.relu(self.a(x))
        z = y - self.b(z) * -0.5
        z = torch.cat([z, x.unsqueeze(1).squeeze(1)], dim=1).view(x.size(0), 3, 4)
        z = torch.stack([z, 2 * z], dim=-1).flatten(1)[:, 1:-1:2] / 4 - 1
        return z.mean(dim=1, keepdim=True) + torch.sigmoid(self.a(y)).sum(1, keepdim=True)


def test_calls_between_layers() -> None:
    close(Calls(), real(40, 6), real(40, 6)[::-1].copy())


@pytest.mark.parametrize(("kind", "levels"), [("RNN", 4), ("LSTM", 17), ("GRU", 20)])
def test_recurrent_layers(kind: str, levels: int) -> None:
    assert depth(close(getattr(nn, kind)(6, 5, batch_first=True), real(30, 4, 6))) == levels


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_both_directions_stacked(kind: str) -> None:
    module = getattr(nn, kind)(4, 3, num_layers=2, bidirectional=True, batch_first=True)
    close(module, real(30, 3, 4))


class Last(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.LSTM(4, 3, num_layers=2, batch_first=True)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        _, (h, _) = self.cell(x)
        return self.head(h[-1])


def test_the_last_state() -> None:
    close(Last(), real(30, 3, 4))


class Functional(nn.Module):
    """As the first examples of PyTorch are written."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.dropout = nn.Dropout(0.25)
        self.hidden, self.head = nn.Linear(16, 6), nn.Linear(3, 3, bias=False)

    def forward(self, x):
        f = nn.functional
        x = f.max_pool2d(f.relu(self.conv(x)), 2)
        x = self.dropout(torch.flatten(f.avg_pool2d(x, 1), 1))
        a, b = f.linear(x, self.hidden.weight).chunk(2, dim=1)
        c, _ = torch.split(self.hidden(x), 3, dim=1)
        return f.log_softmax(self.head(torch.tanh(a) * b + c - 0.1), dim=1)


def test_a_softmax_by_itself() -> None:
    close(nn.Sequential(nn.Linear(4, 3), nn.Softmax(-1), nn.Linear(3, 2)), real(40, 4))


def test_functions_and_a_softmax_at_the_end() -> None:
    module, rows = Functional().double().eval(), real(60, 1, 6, 6)
    with pytest.raises(NetworkError, match="classify=True"):
        tc.networks.from_torch(module, rows)
    imported = tc.networks.from_torch(
        module, rows, classify=True, weight_bits=10, activation_bits=10
    )
    with torch.no_grad():
        expected = module(torch.from_numpy(rows)).argmax(dim=1).numpy()
    found = imported.network(*imported.integers(rows))
    assert (found == expected).mean() > 0.9
    assert len(set(expected.tolist())) > 1


def test_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[torch\]'"):
        tc.networks.from_torch(None, real(2, 2))


class Optional(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(3, 2)

    def forward(self, x, mask=None, scale: float = 2.0, deep: bool = True):
        x = self.a(x) * scale
        if mask is not None:
            x = x * mask
        return torch.tanh(x) if deep else x


def test_inputs_that_are_left_out_have_their_defaults() -> None:
    close(Optional(), real(40, 3))


class Branching(nn.Module):
    def forward(self, x):
        return x if x.sum() > 0 else -x


def bad_weights() -> Any:
    module = nn.Linear(3, 2)
    with torch.no_grad():
        module.weight[0, 0] = float("nan")
    return module


@pytest.mark.parametrize(
    ("module", "rows", "message"),
    [
        (lambda: 3, real(4, 3), "takes an nn.Module, not int"),
        (lambda: nn.Linear(3, 2), np.full((4, 3), np.nan), "not finite"),
        (lambda: nn.Linear(3, 2), real(4, 5), "cannot be run on the calibration rows"),
        (lambda: nn.Linear(3, 2), np.array([["a"]]), "must be numbers"),
        (lambda: nn.Linear(3, 2), real(0, 3), "at least one"),
        (lambda: nn.Linear(3, 2), (real(4, 3), real(5, 3)), "as many calibration rows"),
        (
            lambda: nn.Sequential(nn.Linear(3, 2), nn.LogSoftmax(-1)),
            real(4, 3),
            r"layer 1 \(LogSoftmax\): the logarithm of a softmax",
        ),
        (lambda: nn.LSTM(3, 2), real(4, 5, 3), "batch_first"),
        (lambda: nn.RNN(3, 2, batch_first=True, nonlinearity="relu"), real(4, 5, 3), "relu"),
        (lambda: nn.LSTM(3, 2, batch_first=True, proj_size=1), real(4, 5, 3), "proj_size"),
        (lambda: nn.Sequential(nn.MaxPool1d(2, ceil_mode=True)), real(4, 1, 5), "ceil_mode"),
        (Branching, real(4, 3), "cannot be traced"),
        (bad_weights, real(4, 3), "weight holds a value that is not a number"),
        (
            lambda: nn.Sequential(nn.Linear(3, 2), nn.Softsign()),
            real(4, 3),
            "layer 1: Softsign has no",
        ),
    ],
)
def test_what_has_no_construction_is_named(module: Any, rows: Any, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_torch(module(), rows)


class Odd(nn.Linear):
    """A layer of the user's own, which is looked into."""

    def forward(self, x):
        return super().forward(x) + 1


def test_layers_of_the_user() -> None:
    close(nn.Sequential(Odd(3, 2), nn.ReLU()), real(40, 3))


def test_the_module_that_was_read_is_the_module() -> None:
    module = nn.Sequential(nn.Linear(3, 2), nn.ReLU())
    module[0].register_forward_hook(lambda *call: call[2] + 1)
    with pytest.raises(NetworkError, match="is not what the module computes"):
        tc.networks.from_torch(module, real(4, 3))


def test_the_module_is_left_alone() -> None:
    module = nn.Sequential(nn.Linear(3, 2), nn.Dropout(0.5))
    tc.networks.from_torch(module, real(4, 3))
    assert module.training
    assert module[0].weight.dtype == torch.float32
    assert module[0].weight.requires_grad
