"""Planted bugs in the table of architectures."""

from tests.quality.mutants import Mutant

TABLE = "tests/networks/table1/test_table.py"
EXPERIMENT = "tests/networks/table1/test_experiment.py"

NETWORKS_TABLE1 = [
    Mutant(
        "the first step is paid twice",
        "tcsim/networks/table1/formulas.py",
        "formula(self.steps).value(n) - 1) + self.first",
        "formula(self.steps).value(n)) + self.first",
        f"{TABLE}::test_formulas_predict_what_is_measured_at_other_n",
    ),
    Mutant(
        "the printed formula is another than the one that is compared",
        "tcsim/networks/table1/formulas.py",
        "(steps - 1) + self.first",
        "steps + self.first",
        f"{TABLE}::test_formulas_from_parts_are_those_worked_by_hand",
    ),
    Mutant(
        "the hidden values of an LSTM are rounded inside the recurrence",
        "tcsim/networks/table1/recurrent.py",
        "None if delay is None else delay - 1",
        "delay",
        f"{TABLE}::test_levels_per_step_are_the_slope_of_longer_runs",
    ),
    Mutant(
        "a parts list forgets a part that is named twice",
        "tcsim/networks/table1/formulas.py",
        "path[part] = path.get(part, 0) + stage.levels",
        "path[part] = stage.levels",
        f"{TABLE}::test_levels_of_parts_add_up",
    ),
    Mutant(
        "the size of a looped model is not held against its sizes",
        "tcsim/networks/table1/formulas.py",
        "one.expression() + (steps - 1) * more.expression()",
        "one.expression() + steps * more.expression()",
        f"{TABLE}::test_size_formulas_hold_at_n_that_were_not_counted",
    ),
    Mutant(
        "linear depth passes for logarithmic",
        "tcsim/networks/table1/rows.py",
        'return "log" if "lg" in depth.steps else "n"',
        'return "log"',
        f"{TABLE}::test_deeper_than_proved_is_not_consistent",
    ),
    Mutant(
        "a measurement that differs from its formula is passed over",
        "tcsim/networks/table1/measuring.py",
        "if measured[one].depth != depth.value(one):",
        "if measured[one].depth < depth.value(one):",
        f"{TABLE}::test_a_wrong_formula_is_a_failure",
    ),
    Mutant(
        "circuits above the bound are called flat",
        "tcsim/networks/table1/measuring.py",
        "return Measurement(depth, size, flat=False), []",
        "return Measurement(depth, size, flat=True), []",
        f"{TABLE}::test_measured_flat_and_by_formulas",
    ),
    Mutant(
        "the answer is said of the first token alone",
        "tcsim/networks/table1/weights.py",
        "Gather(np.array(length - 1), 0)",
        "Gather(np.array(0), 0)",
        f"{TABLE}::test_answers_depend_on_the_first_and_on_the_last_token",
    ),
    Mutant(
        "a line of the picture names one of its rows",
        "tcsim/draw/table1.py",
        '" and ".join(row.name for row in together)',
        "together[0].name",
        f"{TABLE}::test_picture",
    ),
    Mutant(
        "answers of a chain are not told from letters",
        "tcsim/networks/table1/trials.py",
        "found = found - chain_start(model)",
        "found = found - chain_start(model) - 1",
        EXPERIMENT,
    ),
    Mutant(
        "a vote is as deep as its passes",
        "tcsim/networks/table1/trials.py",
        "vote_of([network, network])",
        "network",
        EXPERIMENT,
    ),
    Mutant(
        "votes are drawn on other words than the chain's",
        "tcsim/networks/table1/trials.py",
        "procedures.vote(single, letters, k, SEED)",
        "procedures.vote(single, letters[::-1], k, SEED)",
        EXPERIMENT,
    ),
]
