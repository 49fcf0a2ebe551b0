"""Answers: kept by the rule, changed by mutants, the same by a second route; enough NO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.checks.outcome import Outcome, failed, missing, passed
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from reductions.checks.cases import Case, Cases
    from reductions.reduction import Reduction

LEAST_NO, LEAST_YES = 0.3, 0.1


def answers(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """YES to YES, NO to NO, and the target keeps its promise."""
    for case in found.every:
        if case.target_answer is None:
            what = "the target breaks its promise"
        elif case.target_answer != case.answer:
            what = f"{_word(answer=case.answer)} becomes {_word(answer=case.target_answer)}"
        else:
            continue
        return failed("answers", what, rule.source.encode(case.instance))
    return passed(
        "answers",
        f"{len(found.small):,} instances ({found.scope}), "
        f"{len(found.random)} random, {len(found.ladder)} of growing size",
    )


def _word(*, answer: bool) -> str:
    return "YES" if answer else "NO"


def density(_: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Whether neither answer is rare among the instances."""
    shares = []
    for name, part in (("small", found.small), ("random", found.random)):
        no = sum(not case.answer for case in part) / max(len(part), 1)
        shares.append(f"{100 * no:.0f} % of the {name} instances are NO")
        if no < LEAST_NO or 1 - no < LEAST_YES:
            return failed("density", f"{shares[-1]}: too few tests of one answer")
    return passed("density", ", ".join(shares))


def second_route(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """An independent map to the same problem."""
    if rule.second is None:
        return missing("second route", "the rule brings no second map")
    different = 0
    for case in found.every:
        try:
            other = rule.second(case.instance)
            kept = rule.target.promise is None or rule.target.promise(other)
            agrees = kept and rule.target.decide(other) == case.target_answer
        except TcsimError as error:
            return failed("second route", f"it raises {error}", rule.source.encode(case.instance))
        if not agrees:
            return failed(
                "second route", "it gives another answer", rule.source.encode(case.instance)
            )
        different += other != case.mapped.instance
    return passed(
        "second route",
        f"the same answers on {len(found.every):,} instances, {different:,} of which it maps to "
        f"another target",
    )


def mutants(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Whether the answers notice each small wrong change of the target."""
    killed, unused = [], []
    for name in rule.target.mutations:
        noticed: set[bool | None] = set()  # until the first that shows it
        for case in found.every:
            noticed.add(_noticed(rule, name, case))
            if True in noticed:
                break
        if True in noticed:
            killed.append(name)
        elif False in noticed:
            return failed("mutants", f"{name}: no answer on any instance shows it")
        else:
            unused.append(name)
    if not killed:
        return missing("mutants", "no wrong change applies to the targets")
    without = f"; {len(unused)} apply to no target" if unused else ""
    return passed(
        "mutants", f"{len(killed)} of {len(killed)} noticed: {', '.join(killed)}{without}"
    )


def _noticed(rule: Reduction[Any, Any, Any, Any], name: str, case: Case) -> bool | None:
    try:
        wrong = rule.target.mutations[name](case.mapped.instance)
    except TcsimError:
        return None  # no instance any more: it cannot be written down
    if wrong is None:
        return None
    if rule.target.promise is not None and not rule.target.promise(wrong):
        return True
    return rule.target.decide(wrong) != case.answer
