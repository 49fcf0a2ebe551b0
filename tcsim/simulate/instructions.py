"""The instructions of a Program: what `emit` writes and the kernels execute, all of it int32.

A value stands in a *row* of words. A literal is ``2 * row + inverted``; rows are named by literals
throughout. Records of one kind come in runs, so that the processor foresees the next:

* ``kind n record*n``.

Kinds from 0 on are gates of at most three operands, by their place in
`tcsim.simulate.operations.OPERATIONS`: a record is ``target operand*k``. The others:

* ``AND_EIGHT``: ``target operand*8``;
* ``COMPARE``: ``target so_far digit*4``: the digits of a sum are at least a constant, so far as the
  digits below say. A digit is inverted under a 1 of the constant, which starts at its lowest 1.

``LAYER at n operand*n m target*m`` computes all gates of a layer (`tcsim.simulate.layers`), whose
numbers stand in an array of their own.

Before a sum is compared, ``SUM first last`` runs the adders from first to last. These are runs as
well. They add literals to digits in place and send a carry to a row, where it waits:

* ``CLEAR``: ``digit``;
* ``ADD_TWO``: ``digit carry operand*2``: the carry is worth twice the digit;
* ``ADD_FOUR``: ``digit*2 carry operand*4``: four times the lower digit;
* ``ADD_SIXTEEN``: ``digit*4 carry operand*16``: sixteen times the lowest; with ``_INVERTED`` where
  all operands are, ``_MIXED`` where some are.

Compiled kernels are cached by the content of their own file: touch it when a number here changes.
"""

(
    AND_EIGHT,
    COMPARE,
    CLEAR,
    ADD_TWO,
    ADD_FOUR,
    ADD_SIXTEEN,
    ADD_SIXTEEN_INVERTED,
    ADD_SIXTEEN_MIXED,
    SUM,
    LAYER,
) = range(8, 18)

RECORD = {AND_EIGHT: 9, COMPARE: 6, CLEAR: 1, ADD_TWO: 4, ADD_FOUR: 7, ADD_SIXTEEN: 21}
"""Lengths of records."""

ROW_LIMIT = 2**30
"""Most rows that literals can number,"""
ADDER_LIMIT = 2**31 - 1
"""and the greatest length of the adders."""

ZEROS, ONES, NOWHERE, WAITING = range(4)
"""Rows behind the slots: zeros, ones, one for carries that are 0, and from `WAITING` on four for
carries that wait, in each column."""


def spare_rows(columns: int) -> int:
    """Rows behind the slots."""
    return WAITING + 4 * columns


WORDS, COUNTING, RANDOM = range(3)
"""Where inputs come from: the caller, the table of all input vectors, a random stream."""
