"""Witnesses mapped back, the invariant and its induction step, chains, the record."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from reductions.chain import Chain
from reductions.checks.outcome import Outcome, failed, missing, passed
from reductions.registry import chains, graph
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reductions.checks.cases import Case, Cases
    from reductions.problem import Witnesses
    from reductions.reduction import Reduction

MOST_WITNESSES, SEEDS = 200, 4
"""Of one instance: listed, and sampled where they are not listed."""

CHAINED = 40
"""Instances that go through chains."""

MOST_CHAINED = 60_000
"""By the composed overhead, the largest size of a last instance; chains may grow fast."""


def witnesses(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Every target witness, or samples, from two producers at least."""
    source, target = rule.source.witnesses, rule.target.witnesses
    if source is None or target is None or rule.back is None:
        return missing(
            "witnesses", "a problem has no witnesses, or the rule does not map them back"
        )
    if len(target.producers) < 2:
        return failed("witnesses", f"{rule.target.name} has fewer than two producers")
    mapped = listed = 0
    for case in found.every:
        data = rule.source.encode(case.instance)
        complete = target.few(case.mapped.instance)
        every = list(_of(target, case.mapped.instance, complete=complete))
        if bool(every) != case.answer:
            return failed("witnesses", "there is a witness of NO, or none of YES", data)
        listed += complete and case.answer
        for witness in dict.fromkeys(every):
            mapped += 1
            try:
                back = rule.extract(case.instance, case.mapped, witness)
                good = source.verify(case.instance, back)
            except TcsimError as error:
                return failed("witnesses", f"extraction raises {error}", data)
            if not good:
                return failed("witnesses", f"{witness!r} maps to {back!r}: no witness", data)
    return passed(
        "witnesses",
        f"{mapped:,} distinct witnesses from {', '.join(target.producers)} and lists; all there "
        f"are of {listed:,} instances (of each at most {MOST_WITNESSES})",
    )


def _of(target: Witnesses[Any, Any], instance: Any, *, complete: bool) -> Iterator[Any]:  # noqa: ANN401
    made = [produce(instance) for produce in target.producers.values()]
    if target.sample is not None and not complete:
        made += [target.sample(instance, seed) for seed in range(SEEDS)]
    yield from (witness for witness in made if witness is not None)
    if complete:
        yield from islice(target.every(instance), MOST_WITNESSES)


def invariant(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """The statement on all instances, and every case of the induction step."""
    if rule.invariant is None:
        return missing("invariant", "the rule states none")
    for case in found.every:
        if not rule.invariant.holds(case.instance, case.mapped):
            return failed(
                "invariant",
                f"does not hold: {rule.invariant.statement}",
                rule.source.encode(case.instance),
            )
    steps = list(rule.invariant.steps())
    broken = [name for name, holds in steps if not holds]
    if broken or not steps:
        what = f"step {broken[0]} fails" if broken else "there are no cases of the induction step"
        return failed("invariant", what)
    return passed(
        "invariant",
        f"{rule.invariant.statement}: {len(found.every):,} instances, {len(steps):,} cases of the "
        f"induction step",
    )


def composition(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Chains with rules that start where this one ends; else with those that end where it starts.

    Where there are neither, the other chains between the same problems.
    """
    every = graph()
    after = [edge for *_, edge in every.out_edges(rule.target.name, data="rule")]
    chained: list[tuple[Chain, Cases | None]] = [(Chain((rule, one)), found) for one in after]
    if not chained:
        before = [edge for *_, edge in every.in_edges(rule.source.name, data="rule")]
        chained = [(Chain((first, rule)), None) for first in before]
    if not chained:
        others = chains(rule.source.name, rule.target.name)
        chained = [(chain, found) for chain in others if chain.steps != (rule,)]
    if not chained:
        return missing("composition", "no other rule meets this one")
    count = 0
    for chain, given in chained:
        instances = _instances(chain, given)
        for instance in instances:
            problem = _chain_problem(chain, instance)
            if problem is not None:
                return failed("composition", f"{chain}: {problem}", chain.source.encode(instance))
            count += 1
    names = ", ".join(str(chain) for chain, _ in chained)
    return passed("composition", f"{count} instances through {names}")


def _instances(chain: Chain, found: Cases | None) -> list[Any]:
    if found is None:
        instances = [*islice(chain.source.every(1), CHAINED), chain.source.ladder(2)]
    else:
        step = max(1, len(found.small) // CHAINED)
        cases: list[Case] = [*found.small[::step], *found.ladder[:2]]
        instances = [case.instance for case in cases]
    small = [one for one in instances if _largest(chain, one) <= MOST_CHAINED]
    return small or instances[:1]


def _largest(chain: Chain, instance: Any) -> int:  # noqa: ANN401
    return max(chain.overhead.at(chain.source.sizes(instance)).values())


def _chain_problem(chain: Chain, instance: Any) -> str | None:  # noqa: ANN401
    run = chain.run(instance)
    answer = chain.source.decide(instance)
    if chain.target.decide(run.instance) != answer:
        return "another answer"
    predicted = chain.overhead.at(chain.source.sizes(instance))
    for field, size in chain.target.sizes(run.instance).items():
        exact = chain.overhead.bounds[field].exact
        if size > predicted[field] or (exact and size != predicted[field]):
            return f"{field} is {size}, the composed overhead says {predicted[field]}"
    witness_of = chain.target.witnesses
    if answer and witness_of is not None and all(step.back for step in chain.steps):
        witness = next(iter(witness_of.producers.values()))(run.instance)
        back = chain.extract(run, witness)
        if chain.source.witnesses is None or not chain.source.witnesses.verify(instance, back):
            return "the witness mapped back is none"
    last = run.provenance.origin
    if len(last) != len(run.mapped[-1].provenance.origin):
        return "provenance is lost"
    return None


def record(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """What must be written down."""
    texts = {
        "summary": rule.summary,
        "why": rule.why,
        "reference": rule.reference,
        "source question": rule.source.question,
        "target question": rule.target.question,
        "source reference": rule.source.reference,
        "target reference": rule.target.reference,
        "source hardness": rule.source.hardness,
        "target hardness": rule.target.hardness,
    }
    for name, text in texts.items():
        if not text.strip():
            return failed("record", f"no {name}")
    for problem, instance in (
        (rule.source, found.ladder[0].instance),
        (rule.target, found.ladder[0].mapped.instance),
    ):
        if list(problem.sizes(instance)) != list(problem.fields):
            return failed("record", f"{problem.name}: sizes and fields differ")
    return passed("record", f"{rule.resources}, as {rule.why}; {rule.reference}")
