"""Build a circuit from comparisons of linear forms, evaluate it, and print its depth."""

import numpy as np

import tcsim as tc

b = tc.Builder()
x, y = b.inputs("x", 4), b.inputs("y", 4)
with b.scope("carries"):  # carry k+1: do the lowest k+1 bits of x + y reach 2**(k+1)?
    carries = [tc.sum((x[i] + y[i]) * 2**i for i in range(k + 1)) >= 2 ** (k + 1) for k in range(4)]
with b.scope("sums"):  # a bit of the sum is x + y + carry in - 2 * carry out
    sums = [x[k] + y[k] + (carries[k - 1] if k else 0) - 2 * carries[k] >= 1 for k in range(4)]
b.output("sum", [*sums, carries[3]])
adder = b.build()

rows = np.array([[a >> i & 1 for i in range(4)] for a in range(16)])
for a, c in [(3, 5), (9, 9), (15, 1)]:
    bits = adder(np.concatenate((rows[a], rows[c])))
    print(f"{a:2} + {c:2} = {sum(int(bit) << i for i, bit in enumerate(bits))}")
print(adder)
