"""The rows of the table: architectures, how they are run, and what is proved of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.networks.table1 import recurrent, serial, single_pass, theory

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.table1.theory import Theory

FIXED_STEPS = 4
"""T of the sampler whose T does not grow."""


@dataclass(frozen=True)
class Architecture:
    """An architecture with an inference procedure, as a family of networks.

    Attributes:
        name: in at most 20 characters.
        description: what its networks are.
        build: the network of n tokens that takes so many steps.
        steps: how many steps there are at n, a formula.
        per_step: the levels that each step after the first adds, from port delays of one step; None
            where a single pass is all.
        theory: what is proved of it.
    """

    name: str
    description: str
    build: Callable[[int, int], IntegerNetwork]
    steps: str
    per_step: Callable[[int], Fraction] | None
    theory: Theory

    def count(self, n: int) -> int:
        """Steps at n."""
        from tcsim.family.formulas import formula

        return formula(self.steps).value(n)

    def network(self, n: int) -> IntegerNetwork:
        """The network of n tokens."""
        return self.build(n, self.count(n))


def _in_one_pass(
    name: str, description: str, build: Callable[[int], IntegerNetwork], proved: Theory
) -> Architecture:
    return Architecture(name, description, lambda n, _: build(n), "1", None, proved)


ARCHITECTURES = (
    _in_one_pass("MLP", "two hidden layers of n units", single_pass.mlp, theory.MLP),
    _in_one_pass(
        "CNN",
        "convolution over the tokens, pool of pairs, convolution, sum over positions",
        single_pass.cnn,
        theory.CNN,
    ),
    _in_one_pass(
        "Transformer, softmax",
        "embedding with positions, one pre-RMSNorm block, answer at the last token",
        single_pass.transformer,
        theory.SOFTMAX,
    ),
    _in_one_pass(
        "Transformer, hard",
        "the transformer of the row above with average-hard attention",
        single_pass.hard_transformer,
        theory.HARD,
    ),
    _in_one_pass(
        "SSM, linear",
        "embedding, linear recurrence (S4) rounded at its end, with weights of up to n bits, "
        "layer, answer at the last token",
        single_pass.linear_ssm,
        theory.LINEAR,
    ),
    _in_one_pass(
        "SSM, selective",
        "embedding, Mamba block whose scan is rounded at its end, answer at the last token",
        single_pass.selective_ssm,
        theory.SELECTIVE,
    ),
    Architecture(
        "RNN",
        "Elman network of two units, rounded at every token",
        recurrent.rnn,
        "n",
        recurrent.rnn_step,
        theory.RECURRENT,
    ),
    Architecture(
        "LSTM",
        "LSTM of two units whose cells are rounded at every token",
        recurrent.lstm,
        "n",
        recurrent.lstm_step,
        theory.RECURRENT,
    ),
    Architecture(
        "Transformer, looped",
        "embedding, one block applied ceil(lg n) times, answer at the last token",
        serial.looped_transformer,
        "ceil(lg(n))",
        serial.loop_step,
        theory.LOOPED,
    ),
    Architecture(
        "Transformer + CoT",
        "causal transformer of one block with a chain of thought: it says n tokens, each fed back, "
        "and the last is the answer",
        serial.thinking_transformer,
        "n",
        serial.thought_step,
        theory.THOUGHT,
    ),
    Architecture(
        f"Diffusion, T = {FIXED_STEPS}",
        "state denoised by a block that reads prompt and state, with fixed noise; the last state "
        "is the answer",
        serial.sampler,
        str(FIXED_STEPS),
        serial.denoising_step,
        theory.DIFFUSION_FIXED,
    ),
    Architecture(
        "Diffusion, T = n",
        "the sampler of the row above with as many steps as tokens",
        serial.sampler,
        "n",
        serial.denoising_step,
        theory.DIFFUSION_GROWING,
    ),
)
"""All rows, in the order of the table."""
