"""The models that run a network step by step, and what each further step adds.

A model has a network for n tokens and a number of steps, and a step of its own whose port delays
say how many levels it adds for ever. Each reads n tokens and says one of two classes; the chain of
thought, one of three tokens.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.blocks.transformer import rescale
from tcsim.networks.codes import Code
from tcsim.networks.operations.arrangement import Concatenate, Gather
from tcsim.networks.operations.combine import Combine
from tcsim.networks.procedures.chain_of_thought import chain_of_thought
from tcsim.networks.procedures.delays import levels_per_step
from tcsim.networks.procedures.diffusion import diffusion
from tcsim.networks.procedures.looped import looped
from tcsim.networks.sketch import Sketch
from tcsim.networks.table1.weights import CODE, TOKENS, WIDTH, Draw, tokens

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork

# Looped transformers -----------------------------------------------------------------------------


def looped_transformer(n: int, steps: int) -> IntegerNetwork:
    """Embedding, one block applied `steps` times, and the answer."""
    draw, sketch = Draw(15), Sketch()
    x = draw.embedded(sketch, tokens(sketch, n))
    (x,) = sketch.inline(looped(_block(n), steps), x)
    return sketch.network(draw.answer(sketch, x))


def loop_step(n: int) -> Fraction:
    """Levels that a further loop adds."""
    return levels_per_step(_block(n))


def _block(n: int) -> IntegerNetwork:
    sketch = Sketch()
    x = sketch.input("x", (n, WIDTH), CODE)
    with sketch.scope("block"):
        return sketch.network(Draw(16).block(sketch, x))


# Chains of thought -------------------------------------------------------------------------------


def thinking_transformer(n: int, steps: int) -> IntegerNetwork:
    """A causal transformer that says `steps` tokens after the prompt; the last is the answer."""
    return chain_of_thought(_pass, steps, prompt=n)


def thought_step(n: int) -> Fraction:
    """Levels that a further token adds."""
    sketch = Sketch()
    code = Code(0, TOKENS - 1, "one_hot")
    said, prompt = sketch.input("said", (1,), code), sketch.input("prompt", (n,), code)
    (token,) = sketch.inline(_pass(n + 1), sketch.add(Concatenate(0), prompt, said))
    return levels_per_step(sketch.network(token))


def _pass(n: int) -> IntegerNetwork:
    """Reads n tokens and says the next."""
    draw, sketch = Draw(10), Sketch()
    x = draw.embedded(sketch, tokens(sketch, n))
    with sketch.scope("block"):
        x = draw.block(sketch, x, causal=True)
    return sketch.network(draw.answer(sketch, x, TOKENS))


# Diffusion ---------------------------------------------------------------------------------------


def sampler(n: int, steps: int) -> IntegerNetwork:
    """A sampler of `steps` steps with its noise drawn beforehand; the last state is classified."""
    noise = np.random.default_rng(11)
    first = noise.integers(CODE.lo, CODE.hi + 1, (1, WIDTH))
    drawn = [{"noise": noise.integers(CODE.lo, CODE.hi + 1, (1, WIDTH))} for _ in range(steps)]
    inner = _denoise(n)
    return diffusion([inner] * (steps - 1) + [_denoise(n, answer=True)], first, drawn)


def denoising_step(n: int) -> Fraction:
    """Levels that a further step adds."""
    return levels_per_step(_denoise(n))


def _denoise(n: int, *, answer: bool = False) -> IntegerNetwork:
    """One step: a transformer block over prompt and state, whose last row moves the state."""
    draw, sketch = Draw(49), Sketch()
    state = sketch.input("state", (1, WIDTH), CODE)
    noise = sketch.input("noise", (1, WIDTH), CODE)
    token = tokens(sketch, n)
    prompt = draw.embedded(sketch, token)
    with sketch.scope("backbone"):
        rows = draw.block(sketch, sketch.add(Concatenate(0), prompt, state))
        found = sketch.add(Gather(np.array([n]), 0), rows)
    with sketch.scope("update"):
        moved = sketch.add(Combine([-1, 2, 1]), state, found, noise)
        new = sketch.add(rescale(CODE, Fraction(1, 2)), moved)
    if not answer:
        return sketch.network(new)
    return sketch.network(new, draw.answer(sketch, new))
