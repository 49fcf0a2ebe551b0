"""The instructions of a Program: what `emit` writes and the kernels execute, all of it int32.

A literal is ``2 * slot + inverted``. One instruction after another:

* ``AND flip target n literal*n``: target = AND of the literals, complemented if flip is 1;
* ``COMPARE target n step*n``: the digits of a sum are at least a constant; a step is
  ``2 * slot + bit``, a digit of the sum and that of the constant, from the constant's lowest 1 up;
* ``SUM first last n target*n``: clear the n binary digits of a sum, run adders first .. last - 1.

An adder is a row ``digit above carry a b c d``. It adds the literals a, b, c, d to the digit in
place, which sends two carries to the digit above, in place too, which sends one to the row
``carry``. Where above is -1 it adds a and b alone, and the carry is worth half as much.

Compiled kernels are cached by the content of their own file: touch it when a number here changes.
"""

AND, COMPARE, SUM = 0, 1, 2

FALSE_SLOT, TRUE_SLOT = -2, -1
"""Where outputs that are constants stand."""

ADDER_FIELDS = 7

ROW_LIMIT = 2**30
"""Most rows that literals can number,"""
ADDER_LIMIT = 2**31 - 1
"""and most adders that sums can."""


def spare_rows(columns: int) -> int:
    """Rows behind the slots: zeros, carries that are 0, and four waiting carries a column."""
    return 2 + 4 * columns
