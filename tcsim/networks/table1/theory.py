"""What is proved of each architecture: a class, the assumptions it rests on, and who proved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Depth: TypeAlias = Literal["constant", "logarithmic", "polynomial"]
"""How depth may grow with n in the circuits of a class, at polynomial size."""


@dataclass(frozen=True)
class Theory:
    """A statement about an architecture.

    Attributes:
        complexity_class: that it bounds the architecture by.
        statement: in a sentence.
        assumption: what it rests on.
        citation: who, where.
        depth: of circuits in the class; None where the statement is about the problem that is
            solved, for which other circuits than the network's own may exist.
    """

    complexity_class: str
    statement: str
    assumption: str
    citation: str
    depth: Depth | None


MLP = Theory(
    "TC0",
    "Networks of constant depth and polynomial width decide what TC0 decides.",
    "Integer weights of polynomially many bits; the network of each n can be written in little "
    "space (uniformity).",
    "Parberry and Schnitger, 1988; paper, 2.1.",
    "constant",
)
CNN = Theory(
    "TC0",
    "A fixed number of layers, each of sums, maxima and steps, is constant depth.",
    "As for the MLP.",
    "Parberry and Schnitger, 1988; paper, 2.3.",
    "constant",
)
SOFTMAX = Theory(
    "TC0",
    "Transformers of fixed depth, in one pass, decide no more than uniform TC0.",
    "Precision of O(log n) bits; sums exact, or rounded once.",
    "Merrill and Sabharwal, The Parallelism Tradeoff, TACL 2023.",
    "constant",
)
HARD = Theory(
    "TC0",
    "Transformers with average-hard (saturated) attention are constant-depth threshold circuits.",
    "Values are floating-point numbers of O(log n) bits.",
    "Merrill, Sabharwal and Smith, TACL 2022.",
    "constant",
)
LINEAR = Theory(
    "TC0",
    "Linear state space models, such as S4, decide no more than uniform TC0: their state is an "
    "iterated sum.",
    "Precision of O(log n) bits; the state matrix does not depend on the input; states are not "
    "rounded at every step.",
    "Merrill, Petty and Sabharwal, The Illusion of State, ICML 2024.",
    "constant",
)
SELECTIVE = Theory(
    "TC0",
    "Selective state space models with diagonal matrices, such as Mamba, decide no more than "
    "uniform TC0.",
    "Precision of O(log n) bits; the matrices are diagonal; states are not rounded at every step.",
    "Merrill, Petty and Sabharwal, The Illusion of State, ICML 2024.",
    "constant",
)
RECURRENT = Theory(
    "NC1",
    "A state of a fixed number of bits is a finite automaton: it decides regular languages, all "
    "of which are in NC1, and some, as the word problem of S5, complete for it. So another "
    "circuit, of depth O(log n), decides the same; for the complete ones none of constant depth "
    "does unless TC0 = NC1.",
    "The state stays as it is while n grows. With a state that grows, recurrent networks simulate "
    "Turing machines step by step (Siegelmann and Sontag, 1995).",
    "Barrington, 1989; Merrill, Petty and Sabharwal, ICML 2024; paper, C.2.",
    None,
)
LOOPED = Theory(
    "TC1",
    "A block applied O(log n) times is that many times constant depth; it suffices for every "
    "regular language and for graph connectivity, which no fixed depth does unless TC0 = NC1.",
    "Precision of O(log n) bits.",
    "Merrill and Sabharwal, A Little Depth Goes a Long Way, 2025.",
    "logarithmic",
)
THOUGHT = Theory(
    "P",
    "Polynomially many tokens of thought decide exactly P; n of them decide every regular "
    "language, and context-sensitive languages at most.",
    "Precision of O(log n) bits and a generalized pre-norm. That P needs more than TC is itself an "
    "assumption, TC != P.",
    "Merrill and Sabharwal, The Expressive Power of Transformers with Chain of Thought, ICLR 2024; "
    "Li, Liu, Zhou and Ma, ICLR 2024; paper, E.",
    "polynomial",
)
DIFFUSION_FIXED = Theory(
    "TC0",
    "A fixed number of passes through a backbone of constant depth is constant depth: T times that "
    "of a step. This is about the unrolled sampler and needs no theorem on diffusion.",
    "T does not grow with n; the seeds are fixed beforehand.",
    "Paper, C.1.",
    "constant",
)
DIFFUSION_GROWING = Theory(
    "TC0/poly",
    "Theorem F.1: a problem that such a model solves with a constant gap, in the limit of "
    "infinitely many steps, is in non-uniform TC0. Some other circuit of constant depth solves "
    "it; the unrolled sampler is as deep as it has steps.",
    "Its scores are exact, the dimension of the output is fixed, and seeds are chosen anew for "
    "every n (not uniform). No network of finitely many values has exact scores of a noised "
    "distribution, so this network is no instance of it.",
    "Paper, 4 and Theorem F.1.",
    None,
)
