"""Markov decision processes: is the best expected payoff 1?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.families.cvp import wiring
from reductions.tasks.family import Block, Family
from reductions.tasks.levelled import levelled, unfolded

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    payoffs = draws.below(2, rows, width)
    # A value is 1 iff one of the actions' values is 1, for a coin iff both are: OR and AND.
    kind, operands = wiring(draws, payoffs, depth, nots=0)
    start = draws.below(width, rows)
    found = levelled(payoffs, kind, operands, start)
    key = unfolded(found)[np.arange(rows), depth, start]
    chosen = [f'[[{state},"1"]]' for state in range((depth + 1) * width)]
    tossed = [f'[{state},"1/2"]' for state in range((depth + 1) * width)]
    answer = found.answer  # rows that wait keep no more than `text` reads

    def text(row: int) -> tuple[str, str]:
        shift = (np.arange(depth) * width)[:, None, None]
        pairs = np.sort(operands[row] + shift, axis=-1).reshape(-1, 2).tolist()
        choice = kind[row].ravel().tolist()
        states = [f'"{payoff}"' for payoff in payoffs[row].tolist()]
        states += [
            f"[{chosen[a]},{chosen[b]}]" if one else f"[[{tossed[a]},{tossed[b]}]]"
            for one, (a, b) in zip(choice, pairs, strict=True)
        ]
        listed = ",".join(states)
        rest = f'"start":{depth * width + start[row]},"threshold":"1","bits":{depth}'
        return f'{{"states":[{listed}],{rest}}}', str(answer[row])

    return Block(found.spanned, found.answer, key, text)


MDP = Family(
    name="mdp",
    version=1,
    question="Is the optimal expected payoff 1?",
    input="an instance of the problem stochastic_mdp as JSON: of each state the payoff, or its "
    "actions as lists of states with probabilities; start; threshold 1",
    answer="0 or 1; where it is 0, the optimal value is at most 1 - 2^-bits",
    depth="moves: the horizon",
    width="states a level: choices of two actions, and fair coins",
    unit="states with actions",
    symmetries="other names of states and actions, states that cannot be reached",
    hardness="P-complete if horizon and states may grow; in NC1 for any fixed width",
    assumption="TC != P",
    reference="Papadimitriou and Tsitsiklis 1987, The complexity of Markov decision processes",
    least=(1, 2),
    answers=lambda _depth, _width: 2,
    work=lambda depth, width: depth * width,
    block=_block,
)
