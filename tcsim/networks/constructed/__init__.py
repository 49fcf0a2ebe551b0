"""Networks whose weights are written by a recipe, not trained: right on every input.

They show what serial steps buy (paper, Appendix E): each solves, with a number of steps that grows
with its input, what its single pass of constant depth is not known to solve.
"""
