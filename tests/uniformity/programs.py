"""Programs of the machine, good ones and ones that hide memory, each in its own way."""

# ruff: noqa: B007, B009, C416, F401, E731, F821, F841, PERF401, PLW0603 - wrong on purpose, for the linter to find

from __future__ import annotations

from tcsim.uniformity import Tape, Write

TABLE = [3, 1, 2]
LIMIT = 3


def sorts_in_memory(tape: Tape, write: Write) -> None:
    cells = []
    for i in range(len(tape)):
        cells.append(tape[i])
    cells.sort()
    for i in range(len(tape)):
        write(cells[i])
    write()


def sorts_in_one_number(tape: Tape, write: Write) -> None:
    """Selection sort of the cells, packed into an integer: no list, and yet all of the input."""
    packed = 0
    for i in range(len(tape)):
        packed = packed * 8 + tape[i]
    for symbol in range(8):
        rest = packed
        for _i in range(len(tape)):
            if rest % 8 == symbol:
                write(symbol)
            rest = rest // 8
    write()


def sorts_by_counting(tape: Tape, write: Write) -> None:
    """The same output in logarithmic space: read the input again for each symbol."""
    for symbol in range(8):
        for i in range(len(tape)):
            if tape[i] == symbol:
                write(symbol)
    write()


def polylogarithmic(tape: Tape, write: Write) -> None:
    """A stack of lg n places of lg n bits each, in one number."""
    n = len(tape)
    stack = 1
    half = n
    while half > 0:
        stack = (stack << n.bit_length()) + half
        half //= 2
    write(stack.bit_length())
    write()


def copies(tape: Tape, write: Write) -> None:
    for i in range(len(tape)):
        write(tape[i])
    write()


def arithmetic(a: int, b: int) -> int:
    total: int = 0
    for k in range(a, b, 2):
        if k % 3 == 0 or k % 5 == 0:
            continue
        total += k * k - (k >> 1) + (k & 6) - abs(-k) // 7
        if total > 1000000:
            break
    else:
        total = -total
    x, y = a, b
    x, y = y, x + y
    while not x <= 3:
        x -= max(1, helper(x, LIMIT))
    return total ^ (x | y) if total != 5 else ~total


def helper(x: int, y: int) -> int:
    return min(x, y) << 1


def number_at(tape: Tape, place: int) -> int:
    """The number that begins in this cell."""
    sign = 1
    if tape[place] == 2:
        sign = -1
        place += 1
    value = 0
    while tape[place] < 2:
        value = 2 * value + tape[place]
        place += 1
    return sign * value


def after_number(tape: Tape, place: int) -> int:
    """The cell behind the number that begins in this cell, and its comma."""
    while tape[place] != 3:
        place += 1
    return place + 1


def dual_rail(tape: Tape, write: Write) -> None:
    """A reduction: the circuit whose gates 2g and 2g + 1 are gate g and its complement.

    Input is a description. The inverted gate has the weights negated and fires from 1 - t on. Only
    gates are read, so that inputs keep their one wire.
    """
    place = 0
    inputs = 0
    while place < len(tape):
        kind = number_at(tape, place)
        place = after_number(tape, place)
        if kind == 0:
            inputs = number_at(tape, place)
            write(0, inputs)
            write()
        elif kind == 1:
            threshold = number_at(tape, place)
            write(1, threshold)
            copy_operands(tape, write, after_number(tape, place), 1, inputs)
            write(1, 1 - threshold)
            copy_operands(tape, write, after_number(tape, place), -1, inputs)
        else:
            write(2)
            while tape[place] != 4:
                wire = number_at(tape, place)
                if wire >= inputs:
                    write(2 * wire - inputs)
                    write(2 * wire - inputs + 1)
                place = after_number(tape, place)
            write()
        while tape[place] != 4:
            place += 1
        place += 1


def copy_operands(tape: Tape, write: Write, place: int, sign: int, inputs: int) -> None:
    while tape[place] != 4:
        write(sign * number_at(tape, place))
        place = after_number(tape, place)
        wire = number_at(tape, place)
        place = after_number(tape, place)
        write(wire if wire < inputs else 2 * wire - inputs)
    write()


def root_of_the_length(tape: Tape, write: Write) -> None:
    """A number of as many bits as the root of n."""
    root = 0
    while (root + 1) * (root + 1) <= len(tape):
        root += 1
    kept = 1 << root
    write(kept % 3)
    write()


def keeps_its_input(tape: Tape, write: Write) -> None:
    """Majority, described as it should be; and all of its input in one number."""
    n = len(tape)
    kept = 0
    for i in range(n):
        kept = 2 * kept + tape[i]
    write(0, n)
    write()
    write(1, n // 2 + 1)
    for i in range(n):
        write(kept >> i & 1, i)
    write()
    write(2, n)
    write()


# What the linter must find ----------------------------------------------------------------------


def has_dict(tape: Tape, write: Write) -> None:
    seen = {}
    write(len(tape))


def has_set(n: int) -> int:
    return len({n})


def has_comprehension(n: int) -> int:
    return max([k for k in range(n)])


def has_generator(n: int) -> int:
    yield n


def has_string(n: int) -> int:
    text = "0" * n
    return n


def has_float(n: int) -> int:
    return n * 0.5


def has_fraction(n: int) -> int:
    return n / 2


def has_power(n: int) -> int:
    return n**n


def has_tuple(n: int) -> int:
    pair = (n, n)
    return n


def has_starred(n: int) -> int:
    a, *b = n, n
    return a


def has_lambda(n: int) -> int:
    f = lambda: n
    return n


def has_inner(n: int) -> int:
    def inner():
        return n

    return inner()


def has_range(n: int) -> int:
    numbers = range(n)
    return n


def has_global_list(n: int) -> int:
    return TABLE[n]


def has_global_value(n: int) -> int:
    return n if TABLE else 0


def has_global(n: int) -> int:
    global LIMIT
    LIMIT = n
    return n


def has_attribute(n: int) -> int:
    return n.real


def has_unknown_call(n: int) -> int:
    return print(n)


def has_eval(n: int) -> int:
    return eval("n")


def has_recursion(n: int) -> int:
    return 1 if n == 0 else n * has_recursion(n - 1)


def has_mutual_recursion(n: int) -> int:
    return other_half(n)


def other_half(n: int) -> int:
    return has_mutual_recursion(n - 1) if n else 0


def has_default(n: int, memory: int = 0) -> int:
    return n + memory


def has_varargs(*n: int) -> int:
    return 0


def writes_input(tape: Tape, write: Write) -> None:
    tape[0] = 1


def slices_input(tape: Tape, write: Write) -> None:
    write(len(tape[0:2]))


def stores_input(tape: Tape, write: Write) -> None:
    other = tape
    write(len(other))


def stores_output(tape: Tape, write: Write) -> None:
    other = write
    other(1)


def has_walrus(n: int) -> int:
    return (m := n) + m


def has_try(n: int) -> int:
    try:
        return n // 0
    except ZeroDivisionError:
        return 1


def has_import(n: int) -> int:
    import math

    return n


def has_with(n: int) -> int:
    with n:
        return n


def has_items_loop(n: int) -> int:
    for k in (1, 2, 3):
        n += k
    return n


def wrong_count(n: int) -> int:
    return helper(n)


def hands_on_a_number(tape: Tape, write: Write) -> None:
    write(number_at(0, 0))


def calls_a_violator(n: int) -> int:
    return has_attribute(n)


def has_fstring(n: int) -> int:
    return f"{n}"


def has_delete(n: int) -> int:
    del n
    return 1


def has_keyword(n: int) -> int:
    return helper(x=n, y=n)


def has_async_state(n: int) -> int:
    helper.memory = n
    return n


def loops_over_tuple_names(n: int) -> int:
    for a, b in range(n):
        n += a
    return n


def has_nested_tuples(n: int) -> int:
    a, (b, c) = n, (1, 2)
    return a + b + c


def uses_what_write_gives(tape: Tape, write: Write) -> None:
    given = write(1)
    write(given)


def writes_stars(tape: Tape, write: Write) -> None:
    write(*tape)


def has_chained_targets(n: int) -> int:
    a = b = n
    return a + b


def has_numpy(n: int) -> int:
    return numpy.zeros(n).sum()


def has_itertools(n: int) -> int:
    for pair in itertools.product(range(n)):
        n += 1
    return n


def has_getattr(n: int) -> int:
    return getattr(n, "bit_length")()


def has_membership(n: int) -> int:
    return n in {1, 2}


def has_raise(n: int) -> int:
    raise ValueError(n)


def has_assert(n: int) -> int:
    assert n
    return n


def has_match(n: int) -> int:
    match n:
        case k:
            return k


def has_bytes(n: int) -> int:
    return b"abc"[n]


def has_class(n: int) -> int:
    class Memory:
        cells = n

    return Memory.cells


def has_function_value(n: int) -> int:
    f = helper
    return f(n, n)


def has_subscripted_number(n: int) -> int:
    return n[0]


def has_named_range_alias(n: int) -> int:
    numbers = n
    for k in reversed(range(n)):
        numbers += k
    return numbers
