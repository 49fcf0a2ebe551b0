"""Small decoder-only transformers, exported by PyTorch with an open axis of tokens.

The files in `tests/data/onnx` are what `export` wrote.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(__file__).parents[3] / "data" / "onnx"
VOCABULARY, WIDTH, HEADS, POSITIONS = 5, 6, 2, 70


def export(torch: Any, path: Path, *, softmax: bool) -> None:
    """Write one: attention by softmax behind a norm, which gives the next token; or by a rectifier
    and a mask that it is multiplied by, which gives the scores of every token."""

    class Decoder(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            nn = torch.nn
            self.token = nn.Embedding(VOCABULARY, WIDTH)
            self.place = nn.Embedding(POSITIONS, WIDTH)
            self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
            self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
            self.head = nn.Linear(WIDTH, VOCABULARY)
            self.norm = nn.LayerNorm(WIDTH) if softmax else nn.Identity()

        def forward(self, tokens: Any) -> Any:
            batch, n = tokens.shape
            x = self.token(tokens) + self.place(torch.arange(n))[None]
            h = self.norm(x)
            q, k, v = (
                part(h).view(batch, n, HEADS, WIDTH // HEADS).transpose(1, 2)
                for part in (self.q, self.k, self.v)
            )
            scores = q @ k.transpose(-1, -2)
            if softmax:
                later = torch.triu(torch.full((n, n), -10_000.0), 1)
                seen = torch.softmax(scores / (WIDTH // HEADS) ** 0.5 + later, -1)
            else:
                seen = torch.relu(scores) * torch.tril(torch.ones(n, n))
            x = x + self.o((seen @ v).transpose(1, 2).reshape(batch, n, WIDTH))
            x = x + self.down(torch.relu(self.up(x)))
            return self.head(x[:, -1]).argmax(-1) if softmax else self.head(x)

    torch.manual_seed(0)
    model = Decoder().eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.zeros(1, 6, dtype=torch.long),),
            path,
            input_names=["tokens"],
            output_names=["next" if softmax else "scores"],
            dynamic_axes={"tokens": {0: "batch", 1: "n"}},
            dynamo=False,
            opset_version=17,
        )


def words(rows: int, n: int, seed: int = 0) -> np.ndarray:
    """Rows of tokens."""
    return np.random.default_rng(seed).integers(0, VOCABULARY, (rows, n))
