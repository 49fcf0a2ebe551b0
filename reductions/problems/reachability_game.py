"""Games on graphs: who cannot move loses; does the first player force the second to be stuck?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems import arena
from reductions.problems.arena import Arena

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

NO_MOVE = -1
"""Of a position for which a strategy says nothing."""


class Game(Arena):
    """A token stands at the start; the owner of its node, 0 or 1, moves it along an edge.

    Who cannot move loses. Player 0 wins if player 1 is stuck after finitely many moves; a play that
    goes on for ever is lost for player 0.
    """


def winning(one: Game) -> frozenset[int]:
    """All positions from which player 0 wins: within 0 moves, 1, 2, ..., until nothing is new."""
    found: frozenset[int] = frozenset()
    while True:
        more = frozenset(
            node
            for node, after in enumerate(one.successors)
            if (found.issuperset(after) if one.owners[node] else found.intersection(after))
        )
        if more == found:
            return found
        found = more


def verify(one: Game, strategy: tuple[int, ...]) -> bool:
    """Whether every play from the start in which player 0 moves so ends where player 1 is stuck.

    Positions are gone through by depth-first search; one that is met again while it is open lies
    on a cycle, on which player 1 can stay.
    """
    if len(strategy) != len(one.owners):
        return False
    state = [0] * len(one.owners)  # 1: open, 2: done
    todo = [one.start]
    while todo:
        node = todo[-1]
        if state[node]:
            state[node] = 2
            todo.pop()
            continue
        state[node] = 1
        after: tuple[int, ...] = one.successors[node]
        if not one.owners[node]:
            if strategy[node] not in after:
                return False
            after = (strategy[node],)
        for other in after:
            if state[other] == 1:
                return False
            if state[other] == 0:
                todo.append(other)
    return True


def _choices(one: Game) -> list[list[int]]:
    return [
        [NO_MOVE, *(after if not owner else ())]
        for owner, after in zip(one.owners, one.successors, strict=True)
    ]


def every_strategy(one: Game) -> Iterator[tuple[int, ...]]:
    """All witnesses: every choice of moves is tried."""
    return (found for found in product(*_choices(one)) if verify(one, found))


def by_rounds(one: Game, place: int = 0) -> tuple[int, ...] | None:
    """In every winning position of player 0 a move to one that wins in fewer moves."""
    moves = [NO_MOVE] * len(one.owners)
    won: set[int] = set()
    grown = True
    while grown:
        new: set[int] = set()
        for node, after in enumerate(one.successors):
            good = [other for other in after if other in won]
            if node in won or (len(good) < len(after) if one.owners[node] else not good):
                continue
            new.add(node)
            if not one.owners[node]:
                moves[node] = good[place]
        won |= new
        grown = bool(new)
    return tuple(moves) if one.start in won else None


def by_need(one: Game) -> tuple[int, ...] | None:
    """Moves to the last node that wins, and only where the strategy leads to."""
    whole = by_rounds(one, -1)
    if whole is None:
        return None
    reached, todo = {one.start}, [one.start]
    while todo:
        node = todo.pop()
        after = set(one.successors[node]) if one.owners[node] else {whole[node]}
        todo += after - reached
        reached |= after
    return tuple(move if node in reached else NO_MOVE for node, move in enumerate(whole))


def _from_data(data: Any) -> Game:  # noqa: ANN401
    return Game(*arena.parts_of(*members(data, "instance", ("owners", "successors", "start"))))


def _game(one: Arena) -> Game:
    return Game(one.owners, one.successors, one.start)


def strategy() -> SearchStrategy[Game]:
    """Random arenas."""
    return arena.strategy().map(_game)


def _next_start(one: Game) -> Game | None:
    return replace(one, start=one.start - 1) if one.start else None


REACHABILITY_GAME: Problem[Game, tuple[int, ...]] = Problem(
    name="reachability_game",
    question="Can the first player force that the second cannot move?",
    instance=Game,
    fields={"positions": "positions", "moves": "edges"},
    sizes=lambda one: {"positions": len(one.owners), "moves": one.edges},
    decide=lambda one: one.start in winning(one),
    to_data=arena.to_data,
    from_data=_from_data,
    every=lambda k: map(_game, arena.every(k)),
    scope=lambda k: f"all games of at most {k} positions",
    reach=2,
    strategy=strategy,
    ladder=lambda k: _game(arena.ladder(k)),
    mutations={
        "the start belongs to the other player": arena.other_owner,
        "the start loses a move": arena.without_edge,
        "the first position with moves loses them": arena.without_first_edges,
        "the start is the position before": _next_start,
    },
    hardness="P-complete under logspace reductions",
    reference="Jones and Laaser 1976 (GAME); Grädel, Thomas, Wilke 2002, Automata, Logics, and "
    "Infinite Games, chapter 2",
    witnesses=Witnesses(
        meaning="for each position of player 0 a move, or -1: every play that keeps to it ends "
        "where player 1 is stuck",
        verify=verify,
        every=every_strategy,
        few=lambda one: prod(map(len, _choices(one))) <= 2000,
        producers={"rounds": by_rounds, "need": by_need},
        to_data=list,
        from_data=lambda data: tuple(integer(move, "a move") for move in items(data, "a strategy")),
    ),
)
