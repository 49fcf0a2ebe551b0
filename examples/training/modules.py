"""The architectures as PyTorch modules; `tcsim.networks.trained.reference` is the same in NumPy."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

ACTIVATIONS = {"relu": functional.relu, "gelu": functional.gelu}


class Attention(nn.Module):
    """Causal softmax attention with one or more heads."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k = nn.Linear(width, width), nn.Linear(width, width)
        self.v, self.o = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(rows, n, width) to the same shape."""
        rows, n, width = x.shape
        q, k, v = (
            layer(x).view(rows, n, self.heads, -1).transpose(1, 2)
            for layer in (self.q, self.k, self.v)
        )
        scores = q @ k.transpose(2, 3) / math.sqrt(width // self.heads)
        future = torch.ones(n, n, dtype=torch.bool, device=x.device).triu(1)
        weights = torch.softmax(scores.masked_fill(future, -torch.inf), -1)
        mixed: Tensor = self.o((weights @ v).transpose(1, 2).reshape(rows, n, width))
        return mixed


class Block(nn.Module):
    """Attention and a feed-forward layer, each with a residual addition and a norm."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width, hidden = config["width"], config["hidden"]
        self.before = config["norm_placement"] == "pre"
        self.activation = ACTIVATIONS[config["activation"]]
        self.norm1, self.norm2 = norm(config), norm(config)
        self.attention = Attention(width, config["heads"])
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        """(rows, n, width) to the same shape."""
        if self.before:
            x = x + self.attention(self.norm1(x))
            return x + self.ffn(self.norm2(x))
        x = self.norm1(x + self.attention(x))
        normed: Tensor = self.norm2(x + self.ffn(x))
        return normed

    def ffn(self, x: Tensor) -> Tensor:
        """Two linear layers and the activation between them."""
        out: Tensor = self.down(self.activation(self.up(x)))
        return out


class Transformer(nn.Module):
    """A decoder. A position counts the earlier tokens of the same kind: inputs, or the rest."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.inputs = config["letters"]
        self.embedding = nn.Embedding(config["vocabulary"], config["width"])
        self.position = nn.Embedding(config["length"], config["width"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["blocks"]))
        self.norm = norm(config) if config["norm_placement"] == "pre" else nn.Identity()
        self.head = nn.Linear(config["width"], config["classes"])
        for embedding in (self.embedding, self.position):
            nn.init.normal_(embedding.weight, std=0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens, (rows, n), to logits, (rows, n, classes)."""
        own = (tokens >= self.inputs).long()
        positions = torch.where(own == 1, own.cumsum(1), (1 - own).cumsum(1)) - 1
        x = self.embedding(tokens) + self.position(positions)
        for block in self.blocks:
            x = block(x)
        logits: Tensor = self.head(self.norm(x))
        return logits


class Elman(nn.Module):
    """h_t = tanh(W_ih onehot(x_t) + b_ih + W_hh h_{t-1} + b_hh), h_0 = 0: the weights of nn.RNN."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.rnn = nn.RNN(config["vocabulary"], config["width"], batch_first=True)
        self.head = nn.Linear(config["width"], config["classes"])

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens, (rows, n), to logits, (rows, n, classes)."""
        onehot = functional.one_hot(tokens, self.rnn.input_size).to(self.head.weight.dtype)
        logits: Tensor = self.head(self.rnn(onehot)[0])
        return logits

    def states(self, tokens: Tensor, h: Tensor, noise: float) -> Tensor:
        """The states after each token, from h on, with normal noise added to each of them."""
        cell = self.rnn
        inputs = cell.weight_ih_l0.t()[tokens] + (cell.bias_ih_l0 + cell.bias_hh_l0)
        states = []
        for t in range(tokens.shape[1]):
            h = torch.tanh(inputs[:, t] + h @ cell.weight_hh_l0.t())
            h = h + noise * torch.randn_like(h)
            states.append(h)
        return torch.stack(states, 1)


class SelectiveBlock(nn.Module):
    """A gated selective diagonal state space model: the step and what is written depend on x."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width, inner, state = config["width"], config["inner"], config["state"]
        self.norm = norm(config)
        self.value, self.gate = nn.Linear(width, inner), nn.Linear(width, inner)
        self.delta = nn.Linear(width, inner)
        self.b, self.c = nn.Linear(width, state), nn.Linear(width, state)
        self.out = nn.Linear(inner, width)
        self.a_log = nn.Parameter(torch.arange(1.0, state + 1).log().repeat(inner, 1))

    def forward(self, u: Tensor) -> Tensor:
        """(rows, n, width) to the same shape."""
        x = self.norm(u)
        delta = functional.softplus(self.delta(x))
        decay = torch.exp(-delta[..., None] * self.a_log.exp())
        write = (delta * self.value(x))[..., None] * self.b(x)[:, :, None, :]
        h = torch.zeros_like(decay[:, 0])
        states = []
        for t in range(x.shape[1]):
            h = decay[:, t] * h + write[:, t]
            states.append(h)
        y = (torch.stack(states, 1) @ self.c(x)[..., None]).squeeze(-1)
        out: Tensor = u + self.out(y * functional.silu(self.gate(x)))
        return out


class SSM(nn.Module):
    """Selective blocks; no positional encoding."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config["vocabulary"], config["width"])
        self.blocks = nn.ModuleList(SelectiveBlock(config) for _ in range(config["blocks"]))
        self.norm = norm(config)
        self.head = nn.Linear(config["width"], config["classes"])

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens, (rows, n), to logits, (rows, n, classes)."""
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x)
        logits: Tensor = self.head(self.norm(x))
        return logits


class CNN(nn.Module):
    """Convolution, ReLU, max pooling, convolution, ReLU, linear; pixels are 0..16."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        first, second = config["channels"]
        before, after = config["padding"]
        kernel, self.side, self.pool = config["kernel"], config["side"], config["pool"]
        self.conv1 = nn.Conv2d(1, first, kernel, padding=before)
        self.conv2 = nn.Conv2d(first, second, kernel, padding=after)
        after_conv1 = (self.side + 2 * before - kernel + 1) // self.pool
        self.head = nn.Linear(
            second * (after_conv1 + 2 * after - kernel + 1) ** 2, config["classes"]
        )
        with torch.no_grad():  # the default suits inputs of about 1
            self.conv1.weight /= 8

    def forward(self, pixels: Tensor) -> Tensor:
        """Pixels, (rows, side * side), to logits, (rows, classes)."""
        x = pixels.to(self.head.weight.dtype).view(-1, 1, self.side, self.side)
        x = functional.max_pool2d(functional.relu(self.conv1(x)), self.pool)
        logits: Tensor = self.head(functional.relu(self.conv2(x)).flatten(1))
        return logits


def norm(config: dict[str, Any]) -> nn.Module:
    kinds = {"rms": nn.RMSNorm, "layer": nn.LayerNorm}
    return kinds[config["norm"]](config["width"], eps=config["eps"])


ARCHITECTURES = {"transformer": Transformer, "rnn": Elman, "ssm": SSM, "cnn": CNN}


def build(config: dict[str, Any]) -> nn.Module:
    """A new module of config["architecture"], its weights drawn from the seed of the config."""
    torch.manual_seed(config["seed"])
    return ARCHITECTURES[config["architecture"]](config)
