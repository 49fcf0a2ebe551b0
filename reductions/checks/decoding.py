"""Totality and serialization: files of any content, and what is written comes back."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.chain import Chain
from reductions.checks.outcome import Outcome, failed, passed
from reductions.documents import extract_document, run_document
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reductions.checks.cases import Cases
    from reductions.problem import Problem
    from reductions.reduction import Reduction

ODD: tuple[Any, ...] = (None, True, -1, 0, 10**30, "", "x", "01", [], [[]], {}, [0], ["and", 0, 0])
"""What is put in the place of each part of a document."""

BROKEN = (b"", b"\xff", b"{", b"[" * 100_000, b"1" * 5000, b'{"a":1,"a":2}', b"NaN", b"1e5", b"{}")

SERIALIZED = 30
"""Instances that go through files."""


def totality(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Decoders give an instance or witness, or a ParseError; the rule maps every instance."""
    if found.crashes:
        instance, error = found.crashes[0]
        what = f"the map, or a solver, raises {error}"
        return failed("totality", what, rule.source.encode(instance))
    count = 0
    for problem, yes in (
        (rule.source, [case.instance for case in found.every if case.answer]),
        (rule.target, [case.mapped.instance for case in found.every if case.target_answer]),
    ):
        for data, read in _readings(problem, yes):
            count += 1
            try:
                read(data)
            except TcsimError:
                continue
            except Exception as error:  # noqa: BLE001 - which is what must not happen
                what = f"{problem.name}: reading raises {type(error).__name__}: {error}"
                return failed("totality", what, data[:200].hex().encode())
    return passed("totality", f"{count:,} broken documents, {len(found.every):,} instances mapped")


def _readings(
    problem: Problem[Any, Any], yes: list[Any]
) -> Iterator[tuple[bytes, Callable[[bytes], Any]]]:
    """Broken documents of an instance, and of a witness of one, with what reads each of them."""
    for data in _documents(problem.encode(problem.ladder(1))):
        yield data, lambda data: problem.sizes(problem.decode(data))
    known = problem.witnesses
    if known is None or not yes:
        return
    instance = yes[len(yes) // 2]
    witness = next(iter(known.producers.values()))(instance)
    for data in _documents(problem.encode_witness(witness)):
        yield data, lambda data: known.verify(instance, problem.decode_witness(data))


def _documents(whole: bytes) -> Iterator[bytes]:
    yield from BROKEN
    random = Random(0)
    for _ in range(100):
        place = random.randrange(len(whole))
        yield whole[:place]
        yield whole[:place] + bytes((random.randrange(256),)) + whole[place + 1 :]
    document = json.loads(whole)
    for replaced in _replaced(document):
        yield json.dumps(replaced).encode()


def _replaced(part: Any) -> Iterator[Any]:  # noqa: ANN401
    """The document with each part, one after the other, odd or left out."""
    yield from ODD
    if isinstance(part, dict):
        for key, value in part.items():
            yield {name: other for name, other in part.items() if name != key}
            yield from ({**part, key: other} for other in _replaced(value))
    elif isinstance(part, list):
        for place, value in enumerate(part[:12]):
            yield part[:place] + part[place + 1 :]
            yield from ([*part[:place], other, *part[place + 1 :]] for other in _replaced(value))


def serialization(rule: Reduction[Any, Any, Any, Any], found: Cases) -> Outcome:
    """Through the documents that ``run`` and ``extract`` read and write."""
    chain, witnesses = Chain((rule,)), 0
    step = max(1, len(found.small) // SERIALIZED)
    chosen = [*found.small[::step], *found.random[:SERIALIZED]]
    for case in chosen:
        data = rule.source.encode(case.instance)
        try:
            good = rule.source.decode(data) == case.instance
            written, _ = run_document(chain, data)
            good = good and rule.target.decode(written) == case.mapped.instance
            good = good and rule.target.encode(rule.target.decode(written)) == written
            if good and case.answer and rule.back and rule.target.witnesses:
                witnesses += 1
                good = _witness_survives(rule, chain, case.mapped.instance, data)
        except TcsimError as error:
            return failed("serialization", f"raises {type(error).__name__}: {error}", data)
        if not good:
            return failed("serialization", "an instance or witness comes back changed", data)
    return passed("serialization", f"{len(chosen)} instances, {witnesses} witnesses")


def _witness_survives(
    rule: Reduction[Any, Any, Any, Any],
    chain: Chain,
    target: Any,  # noqa: ANN401
    data: bytes,
) -> bool:
    assert rule.target.witnesses is not None  # noqa: S101 - the caller has looked
    assert rule.source.witnesses is not None  # noqa: S101
    producers: list[Callable[[Any], Any]] = list(rule.target.witnesses.producers.values())
    document = rule.target.encode_witness(producers[0](target))
    back = rule.source.decode_witness(extract_document(chain, data, document))
    again = rule.target.encode_witness(rule.target.decode_witness(document))
    return again == document and rule.source.witnesses.verify(rule.source.decode(data), back)
