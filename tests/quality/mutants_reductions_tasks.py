"""Planted bugs in serial tasks: kernels, families, the sequence of rows, files."""

from tests.quality.mutants import Mutant

TASKS = "reductions/tasks/{}.py"
ANSWERS = "tests/reductions/tasks/test_families.py::test_answers[{}]"
DISTINCT = "tests/reductions/tasks/test_distinct.py::test_all_rows_of_a_small_family_differ[{}]"
SEQUENCE = "tests/reductions/tasks/test_generating.py::{}"
WRITING = "tests/reductions/tasks/test_writing.py::{}"
KERNELS = "tests/reductions/tasks/test_kernels.py::{}"

SPANNED = "test_a_circuit_is_spanned_iff_gates_that_matter_lead_through_all_levels"

TASK_BUGS = [
    # Kernels
    Mutant(
        "billiards: two balls beside each other move",
        TASKS.format("kernels/levels"),
        "0b1010100111101000",
        "0b1010100111100000",
        KERNELS.format("test_the_billiard_table"),
    ),
    Mutant(
        "the path may leave out the first level",
        TASKS.format("kernels/levels"),
        "if level == 1:",
        "if level <= 2:",
        KERNELS.format(SPANNED),
    ),
    Mutant(
        "a gate may be on the path though it does not matter",
        TASKS.format("kernels/levels"),
        "differs = answer(now, output) != answer(values, output)",
        "differs = count[depth, 0] >= 0",
        KERNELS.format(SPANNED),
    ),
    Mutant(
        "what a changed gate changed stays",
        TASKS.format("kernels/levels"),
        "now[level, back] = values[level, back]",
        "now[level, back] = now[level, back]",
        KERNELS.format(SPANNED),
    ),
    Mutant(
        "Sudoku: what two cells of a box may be counts as a hidden single",
        TASKS.format("kernels/sudoku"),
        "| (once[box] & ~twice[box])",
        "| once[box]",
        KERNELS.format("test_rounds_are_those_of_propagation"),
    ),
    Mutant(
        "Sudoku: a digit placed in this round counts in it",
        TASKS.format("kernels/sudoku"),
        "                cells[cell] = -digit\n",
        "                cells[cell] = -digit\n                used[row] |= (1 << digit) >> 1\n",
        KERNELS.format("test_rounds_are_those_of_propagation"),
    ),
    # Families
    Mutant(
        "circuits: the second operand is of the first level",
        TASKS.format("families/cvp"),
        "(operands[row, ..., 1] + level)",
        "(operands[row, ..., 1] + level[0])",
        ANSWERS.format("cvp-2-3"),
    ),
    Mutant(
        "circuits: swapped operands make another instance",
        TASKS.format("levelled"),
        "mixed(mixed(first + second) ^ mixed(kind + 1))",
        "mixed(mixed(first + second + second) ^ mixed(kind + 1))",
        DISTINCT.format("cvp-1-2"),
    ),
    Mutant(
        "depth of ones: levels are counted from 0",
        TASKS.format("levelled"),
        "depth - ones[:, ::-1].argmax(axis=1)",
        "depth - 1 - ones[:, ::-1].argmax(axis=1)",
        ANSWERS.format("do1-2-4"),
    ),
    Mutant(
        "Rule 110: cells too far off make another instance",
        TASKS.format("families/rule110"),
        "np.minimum(places, cells - places) <= depth",
        "np.minimum(places, cells - places) <= depth + 1",
        DISTINCT.format("rule110-1-3"),
    ),
    Mutant(
        "billiards: the grid exchanged with its columns is another instance",
        TASKS.format("families/billiards"),
        "np.minimum(key, sequence_hash(np.where(near, flipped, 2)))",
        "sequence_hash(np.where(near, flipped, 2))",
        DISTINCT.format("billiards-1-1"),
    ),
    Mutant(
        "words: the right factor acts first",
        TASKS.format("families/s5"),
        "_products()[product, letters[..., place]]",
        "_products()[letters[..., place], product]",
        ANSWERS.format("s5-4-2"),
    ),
    Mutant(
        "word problems: a difference is told the wrong way round",
        TASKS.format("families/arithmetic_cvp"),
        "{called[a]} minus the number of {called[b]}",
        "{called[b]} minus the number of {called[a]}",
        ANSWERS.format("arithmetic_cvp-1-2"),
    ),
    Mutant(
        "decision processes: coins are choices",
        TASKS.format("families/mdp"),
        "if one else f",
        "if not one else f",
        ANSWERS.format("mdp-1-2"),
    ),
    # Rows
    Mutant(
        "the same instance comes twice",
        TASKS.format("generating"),
        "if key in self.seen:",
        "if key in self.seen and kind < 0:",
        "tests/reductions/tasks/test_distinct.py::test_rows_differ_from_the_beginning",
    ),
    Mutant(
        "every seed has the same rows",
        TASKS.format("generating"),
        "Draws(name, spec.seed, spec.depth",
        "Draws(name, 0, spec.depth",
        SEQUENCE.format("test_parts_are_the_whole[s5-4]"),
    ),
    Mutant(
        "the first rows are not left out of the count",
        TASKS.format("generating"),
        "None if count is None else start + count",
        "count",
        SEQUENCE.format("test_parts_are_the_whole[s5-4]"),
    ),
    Mutant(
        "input and answer run together in the content id",
        TASKS.format("row"),
        r'f"{generator}\n{len(given)}\n"',
        r'f"{generator}\n"',
        SEQUENCE.format("test_content_ids_identify_input_and_answer"),
    ),
    # Files
    Mutant(
        "a file that was not finished stays",
        TASKS.format("writing"),
        "temporary.unlink(missing_ok=True)",
        "temporary.exists()",
        WRITING.format("test_what_fails_leaves_nothing[write_jsonl]"),
    ),
    Mutant(
        "a data set ends after its first file",
        TASKS.format("parquet"),
        "for shard in range(shards):",
        "for shard in range(1):",
        WRITING.format("test_a_data_set"),
    ),
]
