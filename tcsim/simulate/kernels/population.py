"""Layers of forms by population counts: products of bit matrices (`tcsim.simulate.layers`).

Rows hold one feature of many vectors a word. Here 64 features of a vector are brought into a word,
so that one population count adds up 64 of them. Eight words of a row are dealt with together: 512
vectors, of which a block holds vector j of each word.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from tcsim.simulate.kernels.jit import PLAIN, jit
from tcsim.simulate.kernels.rows import ALIGNMENT, LANES, VECTOR, WORD, loop, splat
from tcsim.simulate.layers import STREAMS

_VECTOR_AT = VECTOR.as_pointer()


def _load(builder: Any, address: Any, offset: int = 0) -> Any:
    place = builder.add(address, ir.Constant(WORD, offset))
    return builder.load(builder.inttoptr(place, _VECTOR_AT), align=ALIGNMENT)


def _store(builder: Any, value: Any, address: Any, offset: int = 0) -> None:
    place = builder.add(address, ir.Constant(WORD, offset))
    builder.store(value, builder.inttoptr(place, _VECTOR_AT), align=ALIGNMENT)


def _word(builder: Any, address: Any, index: Any) -> Any:
    place = builder.add(address, builder.shl(index, ir.Constant(WORD, 3)))
    return builder.load(builder.inttoptr(place, WORD.as_pointer()))


def _step(build: Any) -> Any:
    """A function of a tuple of integers, addresses among them, that returns nothing."""

    @intrinsic
    def step(_: Any, arguments: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            count = len(signature.args[0])
            build(builder, *(builder.extract_value(args[0], i) for i in range(count)))
            return context.get_dummy_value()

        return numba.types.void(arguments), generate

    return step


def _move(builder: Any, source: Any, target: Any, mask: Any, _: Any) -> None:
    """Copy a vector, complemented where the mask is."""
    _store(builder, builder.xor(_load(builder, source), splat(builder, mask)), target)


def _swap(builder: Any, low: Any, high: Any, shift: Any, mask: Any) -> None:
    """Exchange the upper bits of one vector's words with the lower bits of another's."""
    a, b, by = _load(builder, low), _load(builder, high), splat(builder, shift)
    moved = builder.and_(builder.xor(builder.lshr(a, by), b), splat(builder, mask))
    _store(builder, builder.xor(a, builder.shl(moved, by)), low)
    _store(builder, builder.xor(b, moved), high)


def _add_up(
    builder: Any,
    features: Any,
    words: Any,
    planes: Any,
    shifts: Any,
    starts: Any,
    places: Any,
    totals: Any,
) -> None:
    """The values of a form for `STREAMS` blocks.

    Args:
        builder: of the code.
        features: of the blocks: for each word of features, one vector a block.
        words: of the form: for each term, which features are complemented and which count.
        planes: how many bits the magnitudes have.
        shifts: for each plane its bit,
        starts: and where its terms start.
        places: for each term, the byte where its features start.
        totals: where the values go to.
    """
    of_vector = ir.FunctionType(VECTOR, [VECTOR])
    count = builder.module.declare_intrinsic(f"llvm.ctpop.v{LANES}i64", (), of_vector)
    zero, one = ir.Constant(WORD, 0), ir.Constant(WORD, 1)
    nothing = ir.Constant(VECTOR, [0] * LANES)
    with builder.goto_entry_block():
        sums = [builder.alloca(VECTOR) for _ in range(STREAMS)]
        counts = [builder.alloca(VECTOR) for _ in range(STREAMS)]
    for place in sums:
        builder.store(nothing, place)
    with loop(builder, zero, planes, 1) as plane:
        for place in counts:
            builder.store(nothing, place)
        start = _word(builder, starts, plane)
        stop = _word(builder, starts, builder.add(plane, one))
        with loop(builder, start, stop, 1) as term:
            at = builder.add(words, builder.shl(term, ir.Constant(WORD, 4)))
            complemented = splat(builder, _word(builder, at, zero))
            counted = splat(builder, _word(builder, at, one))
            block = builder.add(features, _word(builder, places, term))
            for i, place in enumerate(counts):
                values = builder.xor(_load(builder, block, ALIGNMENT * i), complemented)
                ones = builder.call(count, [builder.and_(values, counted)])
                builder.store(builder.add(builder.load(place), ones), place)
        shift = splat(builder, _word(builder, shifts, plane))
        for total, place in zip(sums, counts, strict=True):
            shifted = builder.shl(builder.load(place), shift)
            builder.store(builder.add(builder.load(total), shifted), total)
    for i, place in enumerate(sums):
        _store(builder, builder.load(place), totals, ALIGNMENT * i)


def _decide(builder: Any, totals: Any, limit: Any, result: Any, first: Any) -> None:
    """Set the bits from ``first`` on, one a block, where a value reaches a limit."""
    least, so_far = splat(builder, limit), _load(builder, result)
    nothing = ir.Constant(VECTOR, [0] * LANES)
    for i in range(STREAMS):
        reached = builder.icmp_signed(">=", _load(builder, totals, ALIGNMENT * i), least)
        bit = builder.shl(ir.Constant(WORD, 1), builder.add(first, ir.Constant(WORD, i)))
        so_far = builder.or_(so_far, builder.select(reached, splat(builder, bit), nothing))
    _store(builder, so_far, result)


def _layer(code: Any, at: Any, data: Any, rows: Any, row: Any, scratch: Any) -> Any:
    """Execute one layer; where the next instruction starts."""
    base, n, size = code[at + 1], code[at + 2], ALIGNMENT * len(row)
    gates = code[at + 3 + n]
    header = data.ctypes.data + 8 * np.int64(base)
    features, planes, forms, terms = data[base], data[base + 1], data[base + 2], data[base + 3]
    shifts = header + 32
    starts = shifts + 8 * planes
    places = starts + 8 * (planes + 1)
    words = places + 8 * terms
    first_gate = base + 4 + 2 * planes + 1 + terms + 2 * terms * forms
    limits = first_gate + forms + 1
    start, blocks = rows.ctypes.data, scratch.ctypes.data
    square = blocks + 64 * features * ALIGNMENT
    totals = square + 64 * ALIGNMENT
    results = totals + STREAMS * ALIGNMENT
    for group in range(len(row)):
        for word in range(features):
            for i in range(64):
                feature = 64 * word + i
                if feature < n:
                    literal = np.int64(code[at + 3 + feature])
                    place = start + (literal >> 1) * size + group * ALIGNMENT
                    _move_vector((place, square + i * ALIGNMENT, -(literal & 1), 0))
                else:
                    _move_vector((square, square + i * ALIGNMENT, 0, 0))
            shift, mask = 32, np.int64(0xFFFFFFFF)
            while shift:
                for i in range(0, 64, 2 * shift):
                    for j in range(i, i + shift):
                        low = square + j * ALIGNMENT
                        _swap_bits((low, low + shift * ALIGNMENT, shift, mask))
                shift >>= 1
                mask ^= mask << shift
            for j in range(64):
                block = j // STREAMS * features * STREAMS + word * STREAMS + j % STREAMS
                _move_vector((square + j * ALIGNMENT, blocks + block * ALIGNMENT, 0, 0))
        for word in range(LANES * gates):
            scratch[np.uint64((results - blocks) // 8 + word)] = np.uint64(0)
        for j in range(0, 64, STREAMS):
            block = blocks + j * features * ALIGNMENT
            for form in range(forms):
                of_form = words + 16 * terms * form
                _add_up_form((block, of_form, planes, shifts, starts, places, totals))
                for gate in range(data[first_gate + form], data[first_gate + form + 1]):
                    _decide_gate((totals, data[limits + gate], results + gate * ALIGNMENT, j))
        for gate in range(gates):
            target = np.int64(code[at + 4 + n + gate])
            place = start + (target >> 1) * size + group * ALIGNMENT
            _move_vector((results + gate * ALIGNMENT, place, 0, 0))
    return at + 4 + n + gates


def _layer_on_arrays(code: Any, at: int, data: Any, rows: Any, row: Any, scratch: Any) -> int:
    """The same on arrays."""
    del scratch
    base, n, size = int(code[at + 1]), int(code[at + 2]), LANES * len(row)
    gates = int(code[at + 3 + n])
    _, planes, forms, terms = (int(field) for field in data[base : base + 4])
    shifts, starts = data[base + 4 :][:planes], data[base + 4 + planes :][: planes + 1]
    places = data[base + 5 + 2 * planes :][:terms] // (8 * LANES * STREAMS)
    words = data[base + 5 + 2 * planes + terms :][: 2 * terms * forms].reshape(forms, terms, 2)
    rest = data[base + 5 + 2 * planes + terms + 2 * terms * forms :]
    first_gate, limits = rest[: forms + 1], rest[forms + 1 :][:gates]
    literals = code[at + 3 : at + 3 + n].astype(np.int64)
    of_rows = rows.reshape(-1, size)
    inputs = np.unpackbits(of_rows[literals >> 1].view(np.uint8), axis=1, bitorder="little")
    inputs ^= (literals & 1).astype(np.uint8)[:, None]
    padded = np.zeros((64 * (int(places.max(initial=0)) + 1), 64 * size), np.int64)
    padded[:n] = inputs
    totals = np.zeros((forms, 64 * size), np.int64)
    for plane in range(planes):
        for term in range(int(starts[plane]), int(starts[plane + 1])):
            bits = np.unpackbits(words[:, term].copy().view(np.uint8), axis=-1, bitorder="little")
            complemented, counted = bits[:, :64].astype(np.int64), bits[:, 64:].astype(np.int64)
            chosen = padded[64 * int(places[term]) :][:64]
            ones = (counted * (1 - 2 * complemented)) @ chosen
            ones += (counted * complemented).sum(axis=1)[:, None]
            totals += ones << int(shifts[plane])
    form_of = np.repeat(np.arange(forms), np.diff(first_gate))
    reached = (totals[form_of] >= limits[:, None]).astype(np.uint8)
    targets = code[at + 4 + n : at + 4 + n + gates] >> 1
    of_rows[targets] = np.packbits(reached, axis=1, bitorder="little").view(np.uint64)
    return at + 4 + n + gates


if PLAIN:
    layer = _layer_on_arrays
else:
    _move_vector, _swap_bits, _decide_gate = map(_step, (_move, _swap, _decide))
    _add_up_form = _step(_add_up)
    layer = jit(_layer)
