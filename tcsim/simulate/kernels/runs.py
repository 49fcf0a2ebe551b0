"""Gates of one operation brought together, a window of the order at a time. Plain code.

A processor guesses what the next instruction does from those before; a wrong guess costs as much as
several instructions. Within a window the order of gates that do not need each other hardly
changes how many values are alive, so there gates of one operation are computed one after another.
"""

from __future__ import annotations

from typing import Any


def group(
    window: int,
    kinds: int,
    kind: Any,
    first: Any,
    last: Any,
    operand: Any,
    order: Any,
    place: Any,
    missing: Any,
    reader_at: Any,
    reader: Any,
    next_reader: Any,
    queue: Any,
    head: Any,
    tail: Any,
    taken: Any,
) -> None:
    """Reorder nodes of at most three operands within each window; operands still come first.

    Args:
        window: how many nodes are looked at together.
        kinds: number of kinds.
        kind: the kind of each node; those of kind `kinds` or more stay where they are.
        first: where each node's operands start,
        last: and where they end.
        operand: nodes.
        order: the nodes, reordered.
        place: -1 for each node; left so.
        missing: room for a window, as the next three.
        reader_at: first reader of each node in the window.
        reader: room for three times a window, as the next.
        next_reader: the readers of a node, linked.
        queue: room for kinds times window.
        head: room for kinds,
        tail: room for kinds.
        taken: room for a window.
    """
    start = 0
    while start < len(order):
        n = 0
        while n < window and start + n < len(order) and kind[order[start + n]] < kinds:
            place[order[start + n]] = n
            reader_at[n] = -1
            n += 1
        for k in range(kinds):
            head[k], tail[k] = 0, 0
        edges = 0
        for i in range(n):
            node = order[start + i]
            missing[i] = 0
            for at in range(first[node], last[node]):
                below = place[operand[at]]
                if below >= 0:
                    missing[i] += 1
                    reader[edges], next_reader[edges] = i, reader_at[below]
                    reader_at[below] = edges
                    edges += 1
            if missing[i] == 0:
                k = kind[node]
                queue[k * window + tail[k]] = i
                tail[k] += 1
        current, count = 0, 0
        while count < n:
            if head[current] == tail[current]:
                for k in range(kinds):
                    if tail[k] - head[k] > tail[current] - head[current]:
                        current = k
            i = queue[current * window + head[current]]
            head[current] += 1
            taken[count] = order[start + i]
            count += 1
            edge = reader_at[i]
            while edge >= 0:
                above = reader[edge]
                missing[above] -= 1
                if missing[above] == 0:
                    k = kind[order[start + above]]
                    queue[k * window + tail[k]] = above
                    tail[k] += 1
                edge = next_reader[edge]
        for i in range(n):
            place[order[start + i]] = -1
            order[start + i] = taken[i]
        start += max(n, 1)
