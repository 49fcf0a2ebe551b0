"""The circuit of every function of `WordArithmetic`, at one place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tcsim.networks.words import arithmetic, choosing, dividing
from tcsim.networks.words.template import Form, Template, total
from tcsim.networks.words.word import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.codes import Code
    from tcsim.networks.operations.word_arithmetic import WordArithmetic

_BUILDERS: dict[str, Callable[..., list[Form]]] = {
    "cast": arithmetic.cast,
    "add": arithmetic.add,
    "subtract": arithmetic.subtract,
    "multiply": arithmetic.multiply,
    "at_least": arithmetic.at_least,
    "more": arithmetic.more,
    "equal": arithmetic.equal,
    "divide": dividing.divide,
    "remainder": dividing.remainder,
    "modulo": dividing.modulo,
    "bitwise_and": arithmetic.bitwise_and,
    "bitwise_or": arithmetic.bitwise_or,
    "bitwise_xor": arithmetic.bitwise_xor,
    "bitwise_not": arithmetic.bitwise_not,
    "shift_left": arithmetic.shift_left,
    "shift_right": arithmetic.shift_right,
    "select": choosing.select,
    "pick": choosing.pick,
    "largest": choosing.largest,
    "smallest": choosing.smallest,
    "ranked": choosing.ranked,
    "ranked_place": choosing.ranked,
}


def template(operation: WordArithmetic, *codes: Code) -> Template:
    """The gates of an operation at one place, for operands in these codes."""
    return _template(
        operation.function, operation.code, operation.rank, operation.descending, codes
    )


@lru_cache(maxsize=256)
def sum_template(weights: tuple[int, ...], bias: int, code: Code, operand: Code) -> Template:
    """``bias + sum weights[i] x[i]`` modulo the range of a code, of words in one code."""
    made = Template(len(weights) * operand.wires)
    parts = [
        Form({i * operand.wires + k: weight << k for k in range(operand.wires)})
        for i, weight in enumerate(weights)
        if weight
    ]
    constant = bias + sum(weights) * operand.lo - code.lo
    made.finish(made.digits(total(parts) + constant, code.wires))
    return made


@lru_cache(maxsize=64)
def _template(
    function: str,
    code: Code,
    rank: int,
    descending: bool,  # noqa: FBT001 - a cache takes no other arguments well
    codes: tuple[Code, ...],
) -> Template:
    made = Template(sum(one.wires for one in codes))
    words, wire = [], 0
    for one in codes:
        words.append(Word([Form({wire + k: 1}) for k in range(one.wires)], one))
        wire += one.wires
    options: dict[str, Any] = {}
    if function.startswith("ranked"):
        options = {"rank": rank, "sign": 1 if descending else -1}
        options["place"] = function == "ranked_place"
    made.finish(_BUILDERS[function](made, code, *words, **options))
    return made
