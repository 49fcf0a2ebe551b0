"""Writes a Program's instructions, node after node. Plain code, compiled or not."""

from __future__ import annotations

from typing import Any


def write_code(
    n_inputs: int,
    n_wires: int,
    order: Any,
    first: Any,
    last: Any,
    operand: Any,
    bit: Any,
    slot: Any,
    zeros: int,
    ones: int,
    count: Any,
    table: Any,
    most: int,
    operation: Any,
    reads: Any,
    mask: Any,
    flips: Any,
    complements: Any,
    operands: Any,
    terms: int,
    term_inverted: Any,
    compares: Any,
    gate_flip: Any,
    limit_place: Any,
    limb: Any,
    first_layer: int,
    layer_length: Any,
    gate_bit: Any,
    numbers: Any,
    inverted: Any,
    sum_at: Any,
    code: Any,
) -> int:
    """Write the code of all nodes (`tcsim.simulate.instructions`).

    Args:
        n_inputs: gate g is wire n_inputs + g.
        n_wires: nodes from here on are sums.
        order: the nodes,
        first: where the operands of each start,
        last: and end,
        operand: nodes.
        bit: where the bits of each node start.
        slot: the slot of each bit.
        zeros: the row of zeros,
        ones: and that of ones.
        count: operands of each fused gate; of others more than `most`.
        table: their truth tables.
        most: most operands of a fused gate.
        operation: for each truth table its operation,
        reads: the operands it reads, three a table,
        mask: which of them it complements,
        flips: and whether the result is the complement.
        complements: `tcsim.simulate.operations.complements`.
        operands: how many rows each operation reads.
        terms: where the forms' terms start among the operands.
        term_inverted: of each term, whether it enters as its complement.
        compares: for each gate that is not fused, whether it compares a sum.
        gate_flip: and if not, whether it is the complement of an AND.
        limit_place: where the limbs of each gate's limit start.
        limb: base 2**63, lowest first.
        first_layer: nodes from here on are layers.
        layer_length: the length of the code of each.
        gate_bit: for each gate of a layer, which of the layer's bits it is.
        numbers: of the operation of two literals, the wide and, `COMPARE` and `SUM`.
        inverted: 0 for each wire; then whether its slot holds the complement.
        sum_at: room for all sums, then for all layers; then where the code of each starts.
        code: room for the code.

    Returns:
        The length of the code.
    """
    at = n_sums = 0
    run_of, head = -1, 0
    wide, comparison, addition = numbers[1], numbers[2], numbers[3]
    for place in range(len(order)):
        node = order[place]
        if node >= first_layer:
            # So are its operands and targets.
            run_of, sum_at[len(sum_at) - len(layer_length) + node - first_layer] = -1, at
            at += layer_length[node - first_layer]
            continue
        if node >= n_wires:
            # Where its adders start and end is filled in when these are written.
            run_of, sum_at[n_sums], code[at] = -1, at, addition
            n_sums += 1
            at += 3
            continue
        gate, begin, end = node - n_inputs, first[node], last[node]
        target = slot[node]
        if count[gate] <= most:
            flipped = 0
            for k in range(end - begin):
                flipped |= inverted[operand[begin + k]] << k
            t = complements[256 * flipped + table[gate]]
            op = operation[t]
            if op != run_of:
                run_of, head = op, at
                code[at], code[at + 1] = op, 0
                at += 2
            code[head + 1] += 1
            code[at] = 2 * target + (mask[t] >> 3)
            for k in range(operands[op]):
                which = reads[3 * t + k]
                row = zeros if which == 3 else slot[operand[begin + which]]
                code[at + 1 + k] = 2 * row + (mask[t] >> k & 1)
            at += 1 + operands[op]
            inverted[node] = flips[t]
        elif compares[gate] and operand[begin] >= first_layer:
            if run_of != numbers[0]:
                run_of, head = numbers[0], at
                code[at], code[at + 1] = numbers[0], 0
                at += 2
            code[head + 1] += 1
            value = 2 * slot[bit[operand[begin]] + gate_bit[gate]]
            code[at], code[at + 1], code[at + 2] = 2 * target, value, value
            at += 3
        elif compares[gate]:
            base = bit[operand[begin]]
            digits = bit[operand[begin] + 1] - base
            limbs, limb_at = limit_place[gate + 1] - limit_place[gate], limit_place[gate]
            if run_of != comparison:
                run_of, head = comparison, at
                code[at], code[at + 1] = comparison, 0
                at += 2
            # From the constant's lowest 1 on, four digits a record; those missing are ORs with 0.
            steps = 0
            for digit in range(digits):
                part = digit // 63
                # A limit may have fewer limbs than the sum has digits: those beyond are 0.
                one = limb[limb_at + part] >> (digit % 63) & 1 if part < limbs else 0
                if steps or one:
                    if steps % 4 == 0:
                        code[head + 1] += 1
                        code[at], code[at + 1] = 2 * target, 2 * (target if steps else ones)
                        for k in range(4):
                            code[at + 2 + k] = 2 * zeros
                        at += 6
                    code[at - 4 + steps % 4] = 2 * slot[base + digit] + one
                    steps += 1
        else:
            # An AND of any number of literals, eight at a time: the first of them again where
            # there are too few, and from the second time on, what is there already.
            flip = gate_flip[gate]
            literal = begin
            started = False
            while literal < end or not started:
                if run_of != wide:
                    run_of, head = wide, at
                    code[at], code[at + 1] = wide, 0
                    at += 2
                code[head + 1] += 1
                code[at] = 2 * target
                repeated = 2 * target if started else 2 * zeros + 1
                for k in range(8):
                    code[at + 1 + k] = repeated
                    if literal < end and not (started and k == 0):
                        below = operand[literal]
                        sign = term_inverted[literal - terms] ^ flip ^ inverted[below]
                        code[at + 1 + k] = 2 * slot[below] + sign
                        literal += 1
                started = True
                at += 9
            inverted[node] = flip
    return at
