"""The interface of Definition D.1: on input (1^n, i), bit i of the description of C_n."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.uniformity.meter import MOST_STEPS
from tcsim.uniformity.tape import ALPHABET, BITS_OF_SYMBOL, Unary

if TYPE_CHECKING:
    from tcsim.uniformity.program import Machine


@dataclass(frozen=True)
class Bit:
    """One bit of a description.

    Attributes:
        value: 0 or 1; None past the end.
        space: work space in bits, the counter of the symbols that were skipped included.
        steps: of the machine.
    """

    value: int | None
    space: int
    steps: int


def description_bit(machine: Machine, n: int, i: int, *, steps_limit: int = MOST_STEPS) -> Bit:
    """Run a machine on (1^n, i): it writes its output nowhere, counts, and stops at bit i.

    Args:
        machine: writes the description of C_n on input 1^n.
        n: which circuit.
        i: which bit, from 0. A symbol is three bits, its place in the alphabet, highest bit first.
        steps_limit: a run that takes more is stopped.

    Raises:
        ArgumentError: i is negative or no integer.
    """
    if not isinstance(i, int) or isinstance(i, bool) or i < 0:
        raise ArgumentError(f"i must be an integer of at least 0, not {i!r}")
    place, within = divmod(i, BITS_OF_SYMBOL)
    run = machine.run(Unary(n), steps_limit=steps_limit, stop=place + 1)
    # The counter holds up to place + 1, and is compared with it: two registers of that length.
    space = run.space + 2 * (place + 1).bit_length()
    if not run.output:
        return Bit(None, space, run.steps)
    code = ALPHABET.index(run.output)
    return Bit(code >> (BITS_OF_SYMBOL - 1 - within) & 1, space, run.steps)


def description_bits(description: str) -> list[int]:
    """All bits of a description, as `description_bit` gives them one by one."""
    codes = map(ALPHABET.index, description)
    return [code >> shift & 1 for code in codes for shift in reversed(range(BITS_OF_SYMBOL))]
