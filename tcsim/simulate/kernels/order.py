"""In which order values are computed and in which slot each is kept. Plain code, compiled or not.

A *node* is a wire or the sum of a form (number: wires + form). Node v reads ``operand[first[v]]``
to ``operand[last[v] - 1]``.
"""

from __future__ import annotations

from typing import Any


def depth_first(
    n_inputs: int,
    first: Any,
    last: Any,
    operand: Any,
    roots: Any,
    cursor: Any,
    stack: Any,
    uses: Any,
    order: Any,
) -> int:
    """Nodes that the roots need, operands first, each as near to its first reader as can be.

    Args:
        n_inputs: the first nodes are inputs: they are there already.
        first: where each node's operands start.
        last: where they end.
        operand: nodes.
        roots: nodes that are wanted.
        cursor: -1 for every node; used up.
        stack: room for all nodes.
        uses: 0 for every node; then how often it is read, roots once more.
        order: room for all nodes; then the nodes to compute.

    Returns:
        The number of nodes to compute.
    """
    count = 0
    for place in range(len(roots)):
        root = roots[place]
        uses[root] += 1
        if root < n_inputs or cursor[root] >= 0:
            continue
        cursor[root] = first[root]
        stack[0] = root
        height = 1
        while height > 0:
            node = stack[height - 1]
            if cursor[node] == last[node]:
                height -= 1
                order[count] = node
                count += 1
                continue
            below = operand[cursor[node]]
            cursor[node] += 1
            uses[below] += 1
            if below >= n_inputs and cursor[below] < 0:
                cursor[below] = first[below]
                stack[height] = below
                height += 1
    return count


def allocate_slots(
    n_inputs: int,
    order: Any,
    first: Any,
    last: Any,
    operand: Any,
    bit: Any,
    uses: Any,
    slot: Any,
    free: Any,
) -> int:
    """A slot for each bit of each node, used again once the node's last reader is done.

    Args:
        n_inputs: input i starts in slot i.
        order: the nodes to compute.
        first: where each node's operands start.
        last: where they end.
        operand: nodes.
        bit: node v has the bits bit[v] .. bit[v + 1] - 1: a wire one, a sum its digits.
        uses: how often each node is read; counted down.
        slot: room for all bits; then the slot of each.
        free: room for all bits.

    Returns:
        The number of slots.
    """
    top, n_free = n_inputs, 0
    for node in range(n_inputs):
        slot[node] = node
        if uses[node] == 0:
            free[n_free] = node
            n_free += 1
    for place in range(len(order)):
        node = order[place]
        # A node's slots are taken before those of its operands are given back, so that no
        # instruction writes what it still reads.
        for which in range(bit[node], bit[node + 1]):
            if n_free > 0:
                n_free -= 1
                slot[which] = free[n_free]
            else:
                slot[which] = top
                top += 1
        for at in range(first[node], last[node]):
            below = operand[at]
            uses[below] -= 1
            if uses[below] == 0:
                for which in range(bit[below], bit[below + 1]):
                    free[n_free] = slot[which]
                    n_free += 1
    return top
