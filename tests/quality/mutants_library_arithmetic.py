"""Planted bugs in multiplication, division, sorting and selection."""

from tests.quality.mutants import Mutant

CHECK = "tests/library/test_constructions.py::test_check[{}]"

ARITHMETIC = [
    # Multiplication and powers
    Mutant(
        "the last threshold of a digit is missing",
        "tcsim/library/weighted_sum.py",
        "for k in range(1, (most >> q) + 1)]",
        "for k in range(1, max(most >> q, 2))]",
        CHECK.format("multiplication"),
    ),
    Mutant(
        "weights are reduced one place too low",
        "tcsim/library/weighted_sum.py",
        "low = [(weight % (2 << q), signal) for weight, signal in items if weight % (2 << q)]",
        "low = [(weight % (1 << q), signal) for weight, signal in items if weight % (1 << q)]",
        CHECK.format("squaring"),
    ),
    Mutant(
        "the last carry is dropped where a sum wraps around",
        "tcsim/library/weighted_sum.py",
        "if not wrap:",
        "if wrap:",
        "tests/library/test_multiplication.py::test_numbers_come_back_from_their_remainders",
    ),
    Mutant(
        "a product of digits is their OR",
        "tcsim/library/multiplication.py",
        "return [(1 << i + j, a & b) for",
        "return [(1 << i + j, a | b) for",
        CHECK.format("multiplication-small"),
    ),
    Mutant(
        "a power forgets that digits may repeat",
        "tcsim/library/powering.py",
        "longer[both] = longer.get(both, 0) + (weight << i)",
        "longer[both] = weight << i",
        CHECK.format("powering"),
    ),
    Mutant(
        "inner product with OR in the place of AND",
        "tcsim/library/inner_product.py",
        "[a & b for a, b in pair(x, y)]",
        "[a | b for a, b in pair(x, y)]",
        CHECK.format("inner-product"),
    ),
    # Chinese remainders
    Mutant(
        "primes whose product is only as large as the number",
        "tcsim/library/number_theory.py",
        "if product > len(primes) * limit:",
        "if product > limit:",
        "tests/library/test_multiplication.py::test_moduli_are_enough",
    ),
    Mutant(
        "the rank is one too high where rounding lost nothing",
        "tcsim/library/chinese_remainders.py",
        "rank = [rounded >= (r - 1) * count + 1 for r in range(1, count)]",
        "rank = [rounded >= (r - 1) * count for r in range(1, count)]",
        "tests/library/test_multiplication.py::test_numbers_come_back_from_their_remainders",
    ),
    Mutant(
        "the rank is too low where rounding lost much",
        "tcsim/library/chinese_remainders.py",
        "rank = [rounded >= (r - 1) * count + 1 for r in range(1, count)]",
        "rank = [rounded >= r * count for r in range(1, count)]",
        CHECK.format("powering-remainders"),
    ),
    Mutant(
        "a factor divisible by a prime does not make the product so",
        "tcsim/library/chinese_remainders.py",
        "zero = len(factors) * (p - 2) + 1",
        "zero = len(factors) * (p - 2)",
        CHECK.format("iterated-multiplication"),
    ),
    Mutant(
        "blocks of remainders are one place short",
        "tcsim/library/chinese_remainders.py",
        "mask = (1 << min(length, places - first)) - 1",
        "mask = (1 << min(length, places - first) - 1) - 1",
        CHECK.format("iterated-multiplication-small"),
    ),
    Mutant(
        "the geometric series has a term too few",
        "tcsim/library/division.py",
        "* 2 ** (t * (n - i)) for i in range(n + 1))",
        "* 2 ** (t * (n - i)) for i in range(n))",
        CHECK.format("division"),
    ),
    Mutant(
        "quotients are not kept off the next integer",
        "tcsim/library/division.py",
        "lambda value: 2 * value + 1)",
        "lambda value: 2 * value)",
        CHECK.format("division"),
    ),
    Mutant(
        "a divisor of another length keeps its product",
        "tcsim/library/division.py",
        "product([twice, series], unless=other)",
        "product([twice, series])",
        CHECK.format("division-small"),
    ),
    # Selection and sorting
    Mutant(
        "an address is read from its highest digit",
        "tcsim/library/selection.py",
        "for i, wire in enumerate(address)]",
        "for i, wire in enumerate(reversed(address))]",
        CHECK.format("multiplexer"),
    ),
    Mutant(
        "a table's digit is that of the place above",
        "tcsim/library/table_look_up.py",
        "if entry >> place & 1)",
        "if entry >> place + 1 & 1)",
        CHECK.format("table-look-up"),
    ),
    Mutant(
        "numbers are sorted downwards",
        "tcsim/library/sorting.py",
        "first = compare(rows[j], rows[i])",
        "first = compare(rows[i], rows[j])",
        CHECK.format("sorting"),
    ),
    Mutant(
        "a number reaches the next position too",
        "tcsim/library/sorting.py",
        "[reached >= k + m - 1 for reached in row]",
        "[reached >= k + m - 2 for reached in row]",
        CHECK.format("maximum"),
    ),
    Mutant(
        "the median of an even number is the upper one",
        "tcsim/library/order_statistics.py",
        "[(len(rows) - 1) // 2]",
        "[len(rows) // 2]",
        CHECK.format("median"),
    ),
    Mutant(
        "the k largest begin with the second",
        "tcsim/library/order_statistics.py",
        "range(len(rows) - 1, len(rows) - 1 - k, -1)",
        "[max(p, 0) for p in range(len(rows) - 2, len(rows) - 2 - k, -1)]",
        CHECK.format("top-k"),
    ),
    Mutant(
        "sorted bits are off by one",
        "tcsim/library/sort_bits.py",
        "tc.sum(wires) >= len(wires) - i for",
        "tc.sum(wires) >= len(wires) - i + 1 for",
        CHECK.format("sort-bits"),
    ),
]
