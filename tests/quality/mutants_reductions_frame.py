"""Planted bugs in the frame of reductions: problems, codecs, chains, the check, the command."""

from tests.quality.mutants import Mutant

CHECKS = "tests/reductions/test_checks.py::{}"
PROBLEMS = "tests/reductions/test_problems.py::{}"

FRAME_BUGS = [
    Mutant(
        "certificates: an unknown operand counts as 0",
        "reductions/problems/certificates.py",
        "low, high = low + min(weight, 0), high + max(weight, 0)",
        "low, high = low + min(weight, 0), high",
        PROBLEMS.format("test_certificates"),
    ),
    Mutant(
        "certificates: the output need not be claimed",
        "reductions/problems/certificates.py",
        '    return known[instance.output] == "1"\n',
        '    return known[instance.output] != "0"\n',
        PROBLEMS.format("test_certificates"),
    ),
    Mutant(
        "alternation: gates of one kind may be joined",
        "reductions/problems/kernels.py",
        "            elif odd:\n",
        "            elif odd > 1:\n",
        PROBLEMS.format("test_alternation_against_its_definition"),
    ),
    Mutant(
        "histories: the last state may be any",
        "reductions/problems/turing_machine.py",
        "return steps[-1][0] == machine.accept",
        "return True",
        PROBLEMS.format("test_wrong_histories_are_no_witness"),
    ),
    Mutant(
        "overhead: symbols are substituted one after the other",
        "reductions/overhead.py",
        "simultaneous=True",
        "simultaneous=False",
        "tests/reductions/test_overhead.py::test_names_are_substituted_at_once",
    ),
    Mutant(
        "overhead: bounds go through anything",
        "reductions/overhead.py",
        "if not _rises(bound.formula):",
        "if False:",
        "tests/reductions/test_overhead.py::test_a_bound_cannot_go_through_what_falls",
    ),
    Mutant(
        "path: the longest chain is chosen",
        "reductions/registry.py",
        "return min(found, key=cost)",
        "return max(found, key=cost)",
        "tests/reductions/test_registry.py::test_the_smallest_chain_is_chosen",
    ),
    Mutant(
        "codec: a key may stand twice",
        "reductions/codec.py",
        "if len(found) < len(pairs):",
        "if len(found) > len(pairs):",
        "tests/reductions/test_codec.py::test_a_key_twice",
    ),
    Mutant(
        "check: NO instances are not counted",
        "reductions/checks/answers.py",
        "if no < LEAST_NO or",
        "if no < 0 or",
        CHECKS.format("test_tests_of_yes_alone"),
    ),
    Mutant(
        "check: one witness an instance",
        "reductions/checks/proofs.py",
        "for witness in dict.fromkeys(every):",
        "for witness in every[:1]:",
        CHECKS.format("test_a_back_map_for_one_witness_alone"),
    ),
    Mutant(
        "check: sizes may be anything where exact",
        "reductions/checks/costs.py",
        "if size > predicted[field] or (bound.exact and size != predicted[field]):",
        "if size > 10 * predicted[field] + 100:",
        CHECKS.format("test_wrong_formulas"),
    ),
    Mutant(
        "check: surviving mutants pass",
        "reductions/checks/answers.py",
        "        elif False in noticed:\n",
        "        elif None in noticed:\n",
        CHECKS.format("test_a_mutant_that_nobody_notices"),
    ),
    Mutant(
        "check: what decodes to a witness is not verified",
        "reductions/checks/decoding.py",
        "yield data, lambda data: known.verify(instance, problem.decode_witness(data))",
        "yield data, problem.decode_witness",
        CHECKS.format("test_a_decoder_of_witnesses_that_raises"),
    ),
    Mutant(
        "check: a solver of the source may raise",
        "reductions/checks/cases.py",
        "            answer = rule.source.decide(instance)\n        except",
        "            answer = True\n        except",
        CHECKS.format("test_a_solver_that_raises"),
    ),
    Mutant(
        "registry: names that are spelled alike are not told",
        "reductions/registry.py",
        "close = get_close_matches(name, table, 3)",
        "close = []",
        "tests/reductions/test_registry.py::test_rules_by_their_place",
    ),
    Mutant(
        "list: lines are as long as they come",
        "reductions/cli/listing.py",
        "        text, WIDTH, initial_indent=indent",
        "        text, 300, initial_indent=indent",
        "tests/reductions/test_command.py::test_lists_fit_a_terminal",
    ),
    Mutant(
        "check: errors of decoders are overlooked",
        "reductions/checks/decoding.py",
        "            except Exception as error:  # noqa: BLE001 - which is what must not happen\n",
        "            except MemoryError as error:\n",
        CHECKS.format("test_a_decoder_that_raises"),
    ),
    Mutant(
        "check: only the first case of the induction counts",
        "reductions/checks/proofs.py",
        "broken = [name for name, holds in steps if not holds]",
        "broken = [name for name, holds in steps[1:] if not holds]",
        CHECKS.format("test_an_induction_step_that_fails"),
    ),
]
"""In problems, the frame and the check."""
