"""Property-test a circuit of your own against plain Python, and a law against any circuit."""

from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.strategies import circuits
from tcsim.testing import assert_equivalent
from tcsim.transform import simplify

b = tc.Builder()
x, y = b.inputs("x", 8), b.inputs("y", 8)
b.output("less", tc.sum((y[i] - x[i]) * 2**i for i in range(8)) >= 1)
less = b.build()


@settings(database=None, deadline=None)
@given(st.integers(0, 255), st.integers(0, 255))
def test_less(a: int, c: int) -> None:
    bits = [a >> i & 1 for i in range(8)] + [c >> i & 1 for i in range(8)]
    assert bool(less(bits)[0]) == (a < c)


@settings(database=None, deadline=None)
@given(circuits())
def test_simplify_keeps_the_function(circuit: tc.Circuit) -> None:
    assert_equivalent(circuit, simplify(circuit))


if __name__ == "__main__":
    test_less()
    test_simplify_keeps_the_function()
    print("both hold")
