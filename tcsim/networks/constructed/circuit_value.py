"""A one-block decoder whose chain of thought evaluates any circuit of NAND gates.

The circuit value problem is complete for P (Ladner, 1975), and a decoder that says one token a gate
solves it (Li et al., 2024, Theorem 3.3; paper, Appendix E). One pass has constant depth and says
the value of one gate.

The text, for a circuit of n inputs and s gates, where wire w < n is an input and wire n + g is gate
g, whose operands are the wires l(g) and r(g)::

    n - l(0)  (n+1) - l(1)  ...  |  n - r(0)  ...  |  x(0) ... x(n-1)  |  y(0) y(1) ...
    where each gate's left        its right         input bits           values of gates,
    operand is                    operand                                one said a pass

An operand is told by its distance, which is how many values before its gate's own its value stands.
Tokens 0 and 1 are bits, token 1 + d is the distance d.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.constructed.growth import depths
from tcsim.networks.constructed.positions import position_code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Reshape, Slice, Stack
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.hard_attention import HardAttention
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.procedures.chain_of_thought import chain_of_thought
from tcsim.networks.procedures.looped import check_count
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.sketch import Edge

_BIT = Code(0, 1)


def circuit_value_pass(inputs: int, gates: int) -> IntegerNetwork:
    """One pass: reads the text so far and says the value of the next gate. Depth 8.

    The weights, from the last position on back:

    - Two heads look at fixed distances, n + 2s and n + s: there the next gate's operands are told.
      Their scores depend on positions alone, so each is a slice and costs no gate.
    - The distances are embedded as `position_code` (1 level). Two queries of hard attention, equal
      to these, meet keys that are the codes of the distances themselves; each reads the one bit at
      its distance (4 levels).
    - A step unit ``[-a - b >= -1]`` is the NAND (1 level); argmax over the tokens says it (2).

    Args:
        inputs: n, at least 1.
        gates: s, at least 1.

    Returns:
        A network of the kind that `chain_of_thought` reads: tokens in one-hot code, shape ("n",),
        from the whole prompt on; gives a token, shape (1,).

    Raises:
        NetworkError: no positive integers.
    """
    check_count(inputs, "inputs")
    check_count(gates, "gates")
    reach = inputs + gates - 1
    tokens = 2 + reach
    sketch = Sketch()
    text = sketch.input("token", ("n",), Code(0, tokens - 1, "one_hot"))
    with sketch.scope("operands"):
        told = [_back(sketch, text, inputs + far, tokens) for far in (2 * gates, gates)]
        codes = position_code(reach + 1)
        embedding = np.concatenate((np.zeros((1, codes.shape[1]), np.int64), codes))
        embedded = sketch.add(
            Affine(
                embedding * (np.arange(tokens) > 1)[:, None], np.zeros(codes.shape[1], np.int64)
            ),
            sketch.add(Stack(0), *told),
        )
        rounded = sketch.add(Requantize(np.array([[1]]), _BIT), embedded)
        queries = sketch.add(Reshape((1, 2, codes.shape[1])), rounded)
    with sketch.scope("values"):
        keys = sketch.add(Constant(codes[None, :0:-1], _BIT), text)
        seen = sketch.add(Reshape((reach, 1)), sketch.add(Slice(0, -reach), text))
        bits = sketch.add(Slice(1, 1, 2), sketch.add(Indicators(tokens), seen))
        values = sketch.add(Reshape((1, reach, 1)), bits)
        read = sketch.add(HardAttention(_BIT), queries, keys, values)
    with sketch.scope("nand"):
        both = sketch.add(Affine([[-1], [-1]], [0]), sketch.add(Reshape((2,)), read))
        unit = sketch.add(Requantize(np.array([[-1]]), _BIT, "step"), both)
    with sketch.scope("token"):
        # Scores: 1 for token 0, 2 * unit for token 1, 0 for the others.
        weights, bias = np.zeros((1, tokens), np.int64), np.zeros(tokens, np.int64)
        weights[0, 1], bias[0] = 2, 1
        said = sketch.add(Argmax(tokens), sketch.add(Affine(weights, bias), unit))
    return sketch.network(said)


def circuit_value_model(inputs: int, gates: int) -> IntegerNetwork:
    """The chain of thought that evaluates every circuit of so many inputs and gates.

    Depth ``8 + 5 * (gates - 1)``, from two values in sight on: a token stands five levels above one
    that it depends on, because which ones these are is known from the prompt.

    Args:
        inputs: at least 1.
        gates: at least 1; as many tokens are said.

    Returns:
        A network that reads prompts, see `circuit_value_prompts`, and gives the values of all
        gates, shape (gates,), as tokens 0 and 1.

    Raises:
        NetworkError: no positive integers.

    Example:
        >>> from tcsim.networks.constructed.circuit_prompts import circuit_value_prompts
        >>> from tcsim.networks.constructed.circuit_value import circuit_value_model
        >>> xor = [(0, 1), (0, 2), (1, 2), (3, 4)]
        >>> prompts = circuit_value_prompts(xor, [[0, 0], [0, 1], [1, 1]])
        >>> circuit_value_model(inputs=2, gates=4)(prompts)[:, -1].tolist()
        [0, 1, 0]
    """
    one_pass = circuit_value_pass(inputs, gates)
    return chain_of_thought(one_pass, gates, prompt=2 * gates + inputs, every=True)


def circuit_value_growth(gates: Iterable[int], inputs: int = 2) -> dict[int, int]:
    """{gates: depth} of `circuit_value_model`, by formula; linear. One pass alone has depth 8."""
    return depths(lambda count: circuit_value_model(inputs, count), gates)


def _back(sketch: Sketch, text: Edge, distance: int, tokens: int) -> Edge:
    """Which token stands so far back: 0/1, shape (tokens,)."""
    token = sketch.add(Slice(0, -distance, 1 - distance), text)
    return sketch.add(Indicators(tokens), token)
