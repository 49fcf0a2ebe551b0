"""Samplers and votes again, in plain Python integers and fractions."""

from fractions import Fraction
from math import floor


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def clip(value: int, lo: int, hi: int) -> int:
    return max(lo, min(hi, value))


def run(schedule, numbers, draws, score) -> int:
    """The last state of one seed, d = 1; ``score(step, X)`` is r as an integer."""
    quantiles = numbers.quantiles.tolist()
    whole = 2**numbers.coefficient_bits
    start = Fraction(round(whole * schedule.start * numbers.unit / numbers.noise_unit), whole)
    x = clip(half_up(start * quantiles[draws[0]]), -numbers.limit, numbers.limit)
    for step, update in enumerate(schedule.updates):
        keep = round(whole * update.keep)
        pull = round(whole * update.pull * numbers.unit / numbers.score_unit)
        spread = round(whole * update.spread * numbers.unit / numbers.noise_unit)
        total = keep * x + pull * score(step, x) + spread * quantiles[draws[step + 1]]
        x = clip(half_up(Fraction(total, whole)), -numbers.limit, numbers.limit)
    return x


def network_score(net, prefix):
    """r of a score network, in a loop over its weights."""
    features = []
    for place in range(len(net.feature_bias)):
        total = sum(int(net.embedding[token][place]) for token in prefix)
        total += int(net.feature_bias[place])
        value = half_up(Fraction(total * net.feature_levels, net.scale))
        features.append(clip(value, 0, net.feature_levels))

    def score(step: int, x: int) -> int:
        result = int(net.bias[step]) + x * int(net.skip[step])
        for unit in range(net.state.shape[1]):
            total = int(net.unit_bias[step][unit]) + x * int(net.state[step][unit])
            total += sum(h * int(net.mix[step][i][unit]) for i, h in enumerate(features))
            value = half_up(Fraction(total * net.unit_levels, net.scale))
            result += clip(value, 0, net.unit_levels) * int(net.read[step][unit])
        return result

    return score


def row_after(row, rule: int, rows: int):
    """A row of cells after some applications of an elementary rule; 0 beyond the ends."""
    cells = list(row)
    for _ in range(rows):
        wide = [0, *cells, 0]
        cells = [
            rule >> (4 * wide[i] + 2 * wide[i + 1] + wide[i + 2]) & 1 for i in range(len(cells))
        ]
    return cells
