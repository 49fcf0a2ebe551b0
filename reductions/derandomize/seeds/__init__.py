"""Finding seeds whose vote is right on every input: at random, greedily, by weights, exactly."""

from reductions.derandomize.seeds.comparison import METHODS, Row, compare, find_seeds
from reductions.derandomize.seeds.conditional_expectations import greedy, guarantee
from reductions.derandomize.seeds.integer_program import exact
from reductions.derandomize.seeds.multiplicative_weights import weights
from reductions.derandomize.seeds.random_draws import random_draws
from reductions.derandomize.seeds.search import Found, SearchFile

__all__ = [
    "METHODS",
    "Found",
    "Row",
    "SearchFile",
    "compare",
    "exact",
    "find_seeds",
    "greedy",
    "guarantee",
    "random_draws",
    "weights",
]
