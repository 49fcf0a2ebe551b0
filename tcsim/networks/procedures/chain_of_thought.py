"""Chain of thought: a network reads tokens, says the next, and reads that as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.operations.arrangement import Concatenate
from tcsim.networks.procedures.looped import check_count, check_unrolled
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable


def chain_of_thought(
    network: IntegerNetwork | Callable[[int], IntegerNetwork],
    tokens: int,
    *,
    prompt: int,
    every: bool = False,
) -> IntegerNetwork:
    """Greedy decoding of discrete tokens, each fed back: depth `tokens` times that of one pass.

    Every pass is written out whole, over all tokens so far. Compiled with sharing, what a causal
    network computes for earlier tokens is there once, as a cache of keys and values has it; the
    formulas without sharing count it again for each pass, and depth is the same.

    Args:
        network: reads tokens in one-hot code, shape (n,), and gives the next token in the same
            code, shape (1,): its last operation is `Argmax`. Its axis has a name, such as ``"n"``,
            or it is a function from n to the network of n tokens.
        tokens: how many are said.
        prompt: how many are given.
        every: whether the output is all the tokens said, shape (tokens,), and not the last alone.

    Returns:
        A network that reads `prompt` tokens.

    Raises:
        NetworkError: the network's tokens in and out are not alike.
        LimitError: so many tokens that the passes do not fit into memory.
    """
    check_count(tokens, "tokens")
    check_count(prompt, "prompt")
    at = _by_length(network)
    one_pass = at(prompt)
    check_unrolled(tokens * (len(one_pass.nodes) + 1), f"{tokens:,} tokens")
    source = one_pass.inputs
    sketch = Sketch()
    said = sketch.input(source.name, (prompt,), source.code)
    spoken = []
    for number in range(tokens):
        if number:
            one_pass = at(prompt + number)
        (result,) = one_pass.output_values
        if result.shape != (1,) or result.code != source.code:
            raise NetworkError(
                f"tokens go in as {source.code} and come out as {result.shape} in {result.code}"
            )
        with sketch.scope(f"token{number + 1}"):
            (token,) = sketch.inline(one_pass, said)
            spoken.append(token)
            said = sketch.add(Concatenate(0), said, token)
    if not every:
        return sketch.network(spoken[-1], labels=one_pass.labels)
    with sketch.scope("said"):
        return sketch.network(sketch.add(Concatenate(0), *spoken))


def _by_length(
    network: IntegerNetwork | Callable[[int], IntegerNetwork],
) -> Callable[[int], IntegerNetwork]:
    if not isinstance(network, IntegerNetwork):
        return network
    axes = network.inputs.axes
    if len(axes) != 1 or not isinstance(axes[0], str):
        raise NetworkError(f"tokens have one axis, with a name such as 'n', not {axes}")
    return lambda n: network.at(**{str(axes[0]): n})
