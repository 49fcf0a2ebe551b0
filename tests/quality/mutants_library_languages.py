"""Planted bugs in regular languages, word problems and conversions of class."""

from tests.quality.mutants import Mutant

CHECK = "tests/library/test_constructions.py::test_check[{}]"
LANGUAGE = "tests/library/test_languages.py::{}"
CONVERSION = "tests/library/test_conversions.py::{}"

LANGUAGES = [
    # Expressions, automata, monoids
    Mutant(
        "a star does not take the empty word",
        "tcsim/library/languages/positions.py",
        'part = Part(part.empty or stars != "+", part.first, part.last)',
        'part = Part(part.empty or stars == "?", part.first, part.last)',
        LANGUAGE.format("test_expressions_are_those_of_re"),
    ),
    Mutant(
        "a part that may be empty hides what stands before it",
        "tcsim/library/languages/positions.py",
        "part.last | other.last if other.empty else other.last",
        "other.last",
        LANGUAGE.format("test_expressions_are_those_of_re"),
    ),
    Mutant(
        "states stay together whatever their successors do",
        "tcsim/library/languages/automaton.py",
        "key = {q: (part[q], *(part[row[q]] for row in self.moves)) for q in reached}",
        "key = {q: (part[q], part[self.moves[0][q]]) for q in reached}",
        LANGUAGE.format("test_expressions_are_those_of_re"),
    ),
    Mutant(
        "a period of two passes for none",
        "tcsim/library/languages/monoid.py",
        "return all(self._period(x) == 1 for x in self.elements)",
        "return all(self._period(x) <= 2 for x in self.elements)",
        LANGUAGE.format("test_aperiodic_and_solvable_by_definition"),
    ),
    Mutant(
        "groups are looked for at the identity alone",
        "tcsim/library/languages/monoid.py",
        "return [self.units_of(e) for e in self.idempotents]",
        "return [self.units_of(self.identity)]",
        LANGUAGE.format("test_a_group_that_is_not_solvable"),
    ),
    Mutant(
        "every group is solvable",
        "tcsim/library/languages/monoid.py",
        "len(group.derived_series[-1].elements) == 1 for group",
        "len(group.derived_series[-1].elements) <= 60 for group",
        LANGUAGE.format("test_a_group_that_is_not_solvable"),
    ),
    # Cascades and their circuits
    Mutant(
        "the local divisor multiplies as the monoid does",
        "tcsim/library/languages/decomposition.py",
        "return monoid.times(x, right[y])  # (xc)(cy) = xcy",
        "return monoid.times(x, y)  # (xc)(cy) = xcy",
        LANGUAGE.format("test_cascades"),
    ),
    Mutant(
        "a block goes on over the letter that ends it",
        "tcsim/library/languages/decomposition.py",
        "return identity if x == c or point is not KEEP else KEEP",
        "return identity if point is not KEEP else KEEP",
        LANGUAGE.format("test_cascades"),
    ),
    Mutant(
        "letters are not taken relative to the count",
        "tcsim/library/languages/groups.py",
        "return times(times(section[place], g), group.inverse(section[after]))",
        "return times(times(section[place], g), group.inverse(section[place]))",
        "tests/library/test_words.py::test_words_over_solvable_groups",
    ),
    Mutant(
        "elements of large order are taken though their powers meet the span",
        "tcsim/library/languages/groups.py",
        "            if last in normal:\n",
        "            if last in span:\n",
        LANGUAGE.format("test_small_groups_on_all_short_words"),
    ),
    Mutant(
        "a memory forgets what it was told at the first position",
        "tcsim/library/languages/shortcut.py",
        "for here in reversed(told):",
        "for here in reversed(told[1:]):",
        CHECK.format("regular-aperiodic"),
    ),
    Mutant(
        "the ladder of a counter ends a step early",
        "tcsim/library/languages/shortcut.py",
        "for k in range(least + 1, most + 1)]",
        "for k in range(least + 1, most)]",
        CHECK.format("regular-solvable"),
    ),
    Mutant(
        "a cube may hold rows of another value",
        "tcsim/library/languages/covers.py",
        "if not rest & passing.one(i, weaker) & outside:",
        "if not rest & passing.one(i, weaker) & outside & 7:",
        LANGUAGE.format("test_covers"),
    ),
    Mutant(
        "a wrong third difference",
        "tcsim/library/languages/growth.py",
        'at["e3"] * binomial(q, 3)',
        'at["e3"] * binomial(q, 2)',
        LANGUAGE.format("test_formulas_far_from_where_they_are_read"),
    ),
    Mutant(
        "a product of matrices takes the wrong turn",
        "tcsim/library/languages/tree.py",
        "turns = zip((p, *through), (*through, q), strict=True)",
        "turns = zip((p, *through), (*through[::-1], q), strict=True)",
        CHECK.format("word-problem"),
    ),
    Mutant(
        "a spare code is a letter",
        "tcsim/library/languages/recognize.py",
        "other = disjunction(codes[count:])",
        "other = disjunction(codes[count - 1 :])",
        LANGUAGE.format("test_numbers_that_are_no_letters"),
    ),
    Mutant(
        "a cascade that is too large is taken all the same",
        "tcsim/library/languages/route.py",
        'construction, reason = "tree", f"{reason}, but it has {error}"',
        'construction, reason = "shortcut", f"{reason}, but it has {error}"',
        LANGUAGE.format("test_large_cascades_give_way_to_the_tree"),
    ),
    Mutant(
        "huge circuits are begun",
        "tcsim/library/construction.py",
        "if predicted > most:",
        "if predicted < 0:",
        "tests/library/test_frame.py::test_require_room",
    ),
    # Conversions
    Mutant(
        "a dropped carry",
        "tcsim/library/carry_save.py",
        "both | carried",
        "both | half",
        CONVERSION.format("test_full_adder"),
    ),
    Mutant(
        "a merge leaves out its last comparators",
        "tcsim/library/sorting_network.py",
        "for i in range(n - d) if i & p == r)",
        "for i in range(n - d - 1) if i & p == r)",
        CONVERSION.format("test_sorting_any_number"),
    ),
    Mutant(
        "both cofactors of a formula are the same",
        "tcsim/library/balancing.py",
        "for value in (0, 1))",
        "for value in (1, 1))",
        CONVERSION.format("test_balancing"),
    ),
    Mutant(
        "constants decide the wrong joins",
        "tcsim/library/boolean_formula.py",
        'return other if one.number == (kind == "and") else one',
        'return other if one.number == (kind == "or") else one',
        CONVERSION.format("test_balancing_a_chain"),
    ),
    Mutant(
        "a commutator without its last inverse",
        "tcsim/library/barrington.py",
        "(left, inverse(a)), (right, inverse(b)))",
        "(left, inverse(a)), (right, b))",
        CONVERSION.format("test_programs_of_known_length"),
    ),
    Mutant(
        "an OR is not complemented back",
        "tcsim/library/barrington.py",
        "Instruction(last.number, times(last.zero, target), times(last.one, target))",
        "Instruction(last.number, last.zero, last.one)",
        CONVERSION.format("test_programs"),
    ),
]
