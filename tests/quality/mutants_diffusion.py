"""Planted bugs in diffusion: schedules, samplers, scores, regions, votes and densities."""

from tests.quality.mutants import Mutant

SAMPLERS = "tests/reductions/diffusion/test_samplers.py"
SCORES = "tests/reductions/diffusion/test_scores.py"
DENSITIES = "tests/reductions/diffusion/test_densities.py"
SHIPPED = "tests/reductions/diffusion/test_shipped.py"
PROCEDURES = "tcsim/networks/procedures"
ROOM = "reductions/derandomize/diffusion"

DIFFUSION = [
    Mutant(
        "the noise of a step is not that of the posterior",
        f"{PROCEDURES}/schedule.py",
        "spread = sqrt(beta * (1 - before) / (1 - now))",
        "spread = sqrt(beta)",
        f"{SAMPLERS}::test_ddpm_steps_are_the_posterior",
    ),
    Mutant(
        "Langevin steps pull twice as hard",
        f"{PROCEDURES}/schedule.py",
        "Update(1.0, step * level / 2,",
        "Update(1.0, step * level,",
        f"{SAMPLERS}::test_smld",
    ),
    Mutant(
        "quantiles are taken at the edges of their intervals",
        f"{PROCEDURES}/fixed_point.py",
        "inv_cdf((u + 0.5) / count)",
        "inv_cdf((u + 0.01) / count)",
        f"{SAMPLERS}::test_noise_table",
    ),
    Mutant(
        "the update is rounded down",
        f"{PROCEDURES}/sampler.py",
        'rounding="half_up"',
        'rounding="floor"',
        f"{SAMPLERS}::test_sampler_is_what_plain_python_computes",
    ),
    Mutant(
        "every step takes the noise of the first state",
        f"{PROCEDURES}/sampler.py",
        "fixed[:, step + 1]",
        "fixed[:, 0]",
        f"{SAMPLERS}::test_sampler_is_what_plain_python_computes",
    ),
    Mutant(
        "the width of a mixture does not shrink with the signal",
        f"{ROOM}/mixture.py",
        "variance = (signal * self.width) ** 2 + sigma**2",
        "variance = self.width**2 + sigma**2",
        f"{SCORES}::test_densities_have_mass_one_and_the_law_s_moments",
    ),
    Mutant(
        "the score has the wrong sign",
        f"{ROOM}/mixture.py",
        "found: Floats = -(share * distance)",
        "found: Floats = (share * distance)",
        f"{SCORES}::test_scores_are_derivatives",
    ),
    Mutant(
        "a tie is a majority",
        f"{ROOM}/conditions.py",
        "[n // 2 + 1]",
        "[(n + 1) // 2]",
        f"{SCORES}::test_majority_and_parity",
    ),
    Mutant(
        "a neighborhood is read backwards",
        f"{ROOM}/automaton.py",
        "(-1, kind >> 2 & 1), (0, kind >> 1 & 1), (1, kind & 1)",
        "(1, kind >> 2 & 1), (0, kind >> 1 & 1), (-1, kind & 1)",
        f"{SCORES}::test_automata",
    ),
    Mutant(
        "a border belongs to the interval below it",
        f"{ROOM}/regions.py",
        'np.searchsorted(self.cuts, np.asarray(states), side="right")',
        'np.searchsorted(self.cuts, np.asarray(states), side="left")',
        f"{SCORES}::test_regions",
    ),
    Mutant(
        "units do not see the state",
        f"{ROOM}/score_network.py",
        "Affine(self.state[step][None], none)",
        "Affine(0 * self.state[step][None], none)",
        f"{SHIPPED}::test_a_sample_is_what_plain_python_computes",
    ),
    Mutant(
        "the total variation is not halved",
        f"{ROOM}/densities.py",
        "return total / 2 * spacing**dimensions",
        "return total * spacing**dimensions",
        f"{DENSITIES}::test_total_variation_of_shifted_gaussians",
    ),
    Mutant(
        "the other branch of Lambert's W",
        f"{ROOM}/steps_needed.py",
        "LambertW(-kappa / 3, -1)",
        "LambertW(-kappa / 3, 0)",
        f"{DENSITIES}::test_least_constant",
    ),
]
