"""Covers of gates by operations of three operands. Plain code, compiled or not.

A *cut* of a gate is a set of wires, its leaves, that determine its value. Gates are given, and cuts
returned, as three places in ``leaf``, the number of leaves in ``count`` and a truth table over them
(`tcsim.simulate.operations`).
"""

from __future__ import annotations

from typing import Any


def from_literals(pairs: Any, flip: Any, leaf: Any, count: Any, table: Any) -> None:
    """Gates that are ANDs of two literals.

    Args:
        pairs: two literals a gate, one gate after another.
        flip: for each gate, whether it is the complement.
        leaf: room for three wires a gate.
        count: room for all gates.
        table: room for all gates.
    """
    for gate in range(len(flip)):
        a, b = pairs[2 * gate], pairs[2 * gate + 1]
        if a > b:
            a, b = b, a
        of_a = 0x55 if a & 1 else 0xAA
        leaf[3 * gate] = a >> 1
        if a >> 1 == b >> 1:
            count[gate] = 1
            of_b = 0x55 if b & 1 else 0xAA
            if a != b:
                count[gate] = 0
        else:
            count[gate] = 2
            leaf[3 * gate + 1] = b >> 1
            of_b = 0x33 if b & 1 else 0xCC
        table[gate] = (of_a & of_b) ^ (255 if flip[gate] else 0)


def from_forms(
    start: Any,
    operand: Any,
    weight: Any,
    gate_form: Any,
    threshold: Any,
    big: int,
    leaf: Any,
    count: Any,
    table: Any,
) -> int:
    """Gates of any kind; those that read more than three wires, or a form, are marked.

    Args:
        start: where each form's terms start.
        operand: wires; forms are negative.
        weight: int64,
        gate_form: form of each gate,
        threshold: int64.
        big: the count of gates that are marked.
        leaf: room for three wires a gate.
        count: room for all gates.
        table: room for all gates.

    Returns:
        How many gates are marked.
    """
    marked = 0
    # Sums of three weights and a threshold below this stay in int64.
    bound = 1 << 60
    for gate in range(len(gate_form)):
        form, limit = gate_form[gate], threshold[gate]
        n, small = 0, -bound < limit < bound
        first, last = start[form], start[form + 1]
        if last - first > 3:
            small = False
            for term in range(first, last):
                if weight[term] == 0:  # perhaps few are left
                    small = True
        u = v = w = 0
        a = b = c = 0
        if small:
            for term in range(first, last):
                if weight[term] == 0:
                    continue
                if n == 3 or operand[term] < 0 or not -bound < weight[term] < bound:
                    small = False
                    break
                # Operands of a form are in increasing order.
                if n == 0:
                    a, u = operand[term], weight[term]
                elif n == 1:
                    b, v = operand[term], weight[term]
                else:
                    c, w = operand[term], weight[term]
                n += 1
        if not small:
            count[gate] = big
            marked += 1
            continue
        bits = 0
        for row in range(8):
            value = (u if row & 1 else 0) + (v if row & 2 else 0) + (w if row & 4 else 0)
            if value >= limit:
                bits |= 1 << row
        leaf[3 * gate], leaf[3 * gate + 1], leaf[3 * gate + 2] = a, b, c
        count[gate], table[gate] = n, bits
    return marked


def best_cuts(
    n_inputs: int,
    base_leaf: Any,
    base_count: Any,
    base_table: Any,
    leaf: Any,
    count: Any,
    table: Any,
    uses: Any,
    renamings: Any,
    fits: Any,
    flow: Any,
    merged: Any,
) -> None:
    """Replace the operands of each gate by those of the gates that they are, where it pays.

    One cut a gate is kept, the one of least *area flow*: one operation, and of each leaf what it
    costs itself, shared among its readers. A gate that only this one reads then costs nothing.

    Source: V. Manohararajah, S. D. Brown, Z. G. Vranesic, Heuristics for area minimization in
    LUT-based FPGA technology mapping, IEEE TCAD 25(11), 2006.

    Args:
        n_inputs: gate g is wire n_inputs + g.
        base_leaf: operands of each gate,
        base_count: how many,
        base_table: and its truth table over them.
        leaf: the same again; then the cut that was chosen.
        count: likewise; gates of more than three operands are left alone.
        table: likewise.
        uses: how often each wire is read, but for the reads of these gates, which are added.
        renamings: `tcsim.simulate.operations.renamings`.
        fits: for each table, whether an operation computes it.
        flow: float32, room for all wires, 0 for inputs; then the flow a reader.
        merged: room for eight integers.
    """
    for gate in range(len(count)):
        if count[gate] <= 3:
            for k in range(count[gate]):
                uses[leaf[3 * gate + k]] += 1
    for gate in range(len(count)):
        wire, n = n_inputs + gate, count[gate]
        if n > 3:
            flow[wire] = 1.0 / max(uses[wire], 1)
            continue
        cost = 1.0
        for k in range(n):
            cost += flow[leaf[3 * gate + k]]
        if n == 2:
            a, b = leaf[3 * gate] - n_inputs, leaf[3 * gate + 1] - n_inputs
            base = base_table[gate]
            # An operand stays, or its cut takes its place, or its own operands do.
            best_m, best_t = 0, 0
            kinds_a = 1 if a < 0 or count[a] > 3 else 3
            kinds_b = 1 if b < 0 or count[b] > 3 else 3
            # Where both are replaced, their leaves must meet; and to compute an operand again that
            # others read as well pays only where it costs little.
            meet = kinds_a == 3 and kinds_b == 3 and base_count[a] + base_count[b] <= 3
            if kinds_a == 3 and kinds_b == 3 and not meet:
                own = base_count[a]
                for i in range(own + count[a]):
                    x = base_leaf[3 * a + i] if i < own else leaf[3 * a + i - own]
                    for j in range(base_count[b]):
                        meet = meet or base_leaf[3 * b + j] == x
                    for j in range(count[b]):
                        meet = meet or leaf[3 * b + j] == x
            alone_a = kinds_a == 3 and flow[a + n_inputs] * (uses[a + n_inputs] - 1) < 1.0
            alone_b = kinds_b == 3 and flow[b + n_inputs] * (uses[b + n_inputs] - 1) < 1.0
            for below in range(2):  # or where it reads the other operand
                x, y = (a, b) if below else (b, a)
                if x >= 0 and count[x] <= 3:
                    for i in range(base_count[x]):
                        if base_leaf[3 * x + i] == y + n_inputs:
                            meet = alone_a = alone_b = True
            for choice in range(1, 9):
                kind_a, kind_b = choice % 3, choice // 3
                if kind_a >= kinds_a or kind_b >= kinds_b:
                    continue
                if kind_a and kind_b and not meet:
                    continue
                if (kind_b == 0 and not alone_a) or (kind_a == 0 and not alone_b):
                    continue
                n_a, n_b, t_a, t_b = 1, 1, 0xAA, 0xAA
                if kind_a == 1:
                    n_a, t_a = count[a], table[a]
                elif kind_a == 2:
                    n_a, t_a = base_count[a], base_table[a]
                if kind_b == 1:
                    n_b, t_b = count[b], table[b]
                elif kind_b == 2:
                    n_b, t_b = base_count[b], base_table[b]
                i = j = m = code_a = code_b = 0
                place_a = place_b = 1
                total = 1.0
                while i < n_a or j < n_b:
                    x = y = 1 << 40
                    if i < n_a:
                        x = a + n_inputs
                        if kind_a == 1:
                            x = leaf[3 * a + i]
                        elif kind_a == 2:
                            x = base_leaf[3 * a + i]
                    if j < n_b:
                        y = b + n_inputs
                        if kind_b == 1:
                            y = leaf[3 * b + j]
                        elif kind_b == 2:
                            y = base_leaf[3 * b + j]
                    least = min(x, y)
                    total += flow[least]
                    if m == 3 or total >= cost:
                        m = 4
                        break
                    if x == least:
                        code_a += m * place_a
                        place_a *= 3
                        i += 1
                    if y == least:
                        code_b += m * place_b
                        place_b *= 3
                        j += 1
                    merged[m] = least
                    m += 1
                if m == 4:
                    continue
                t_a, t_b = renamings[256 * code_a + t_a], renamings[256 * code_b + t_b]
                t = 0
                if base & 1:
                    t |= ~(t_a | t_b)
                if base & 2:
                    t |= t_a & ~t_b
                if base & 4:
                    t |= t_b & ~t_a
                if base & 8:
                    t |= t_a & t_b
                t &= 255
                if fits[t]:
                    cost, best_m, best_t = total, m, t
                    for k in range(m):
                        merged[3 + k] = merged[k]
            if best_m or best_t:
                for k in range(best_m):
                    leaf[3 * gate + k] = merged[3 + k]
                count[gate], table[gate] = best_m, best_t
        flow[wire] = cost / max(uses[wire], 1)
