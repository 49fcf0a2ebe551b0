"""Checking certificates: all that one says, verified anew from its files."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reductions.derandomize.alphabet import Alphabet, Domain
from reductions.derandomize.answers import Answers, table_words
from reductions.derandomize.certificate import SCHEMA
from reductions.derandomize.deciders import CircuitDecider
from reductions.derandomize.verification import Verification, verify
from reductions.derandomize.voting import voting_circuit
from tcsim.errors import ArgumentError, ParseError
from tcsim.formats import read
from tcsim.formats.files import opened

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from tcsim.circuit import Circuit
    from tcsim.typing import Progress, StrPath


def check_certificate(
    path: StrPath,
    *,
    checkpoint: StrPath | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Verify all that a certificate says anew, from its files.

    That the files are those it speaks of; that the circuit equals the answers on as many strings as
    it says; and, where the decider is there, that the circuit is the vote of its seeds.

    Args:
        path: the certificate.
        checkpoint: a file that keeps what is done of the comparison with the answers.
        workers: threads of this process.
        executor: does the parts instead.
        progress: called as ``progress(done, total)``, in strings.

    Raises:
        VoteDefeatedError: the circuit is wrong on a string; names it.
        ArgumentError: a file is another one than was certified, or a claim is not true.
        ParseError: this is no certificate.
    """
    with opened(path) as (_, take):
        text = take(None)
    try:
        data = json.loads(text)
        claims = _Claims(data, Path(path).parent)
    except ParseError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, ArgumentError):
            raise
        raise ParseError(
            f"no certificate of a vote: {type(error).__name__}: {error}", path=str(path)
        ) from None
    found = verify(
        claims.vote,
        claims.answers,
        claims.domain,
        scope=claims.scope,
        samples=claims.strings,
        seed=claims.seed,
        confidence=claims.confidence,
        checkpoint=checkpoint,
        workers=workers,
        executor=executor,
        progress=progress,
    )
    claims.compare(found)
    if claims.built is not None and claims.built.structure_id != claims.vote.structure_id:
        same = Answers(claims.built, None)
        verify(claims.vote, same, claims.domain, scope=claims.scope, samples=claims.strings)
    return found


class _Claims:
    """What a certificate says, read and not believed."""

    def __init__(self, data: dict[str, Any], home: Path) -> None:
        if data["schema"] != SCHEMA:
            raise ValueError(f"the schema is {data['schema']!r:.60}, not {SCHEMA!r}")
        self._data = data
        said = data["domain"]
        self.domain = Domain(Alphabet.read(said["letters"]), _count(said["length"]))
        if said["count"] != self.domain.count:
            raise ValueError(f"there are {self.domain.count} strings, not {said['count']}")
        self.scope = data["scope"]
        if self.scope not in ("exhaustive", "sampled"):
            raise ValueError(f"the scope is {self.scope!r:.60}")
        self.strings = _count(data["strings"])
        sampled = data["sampled"] or {"seed": 0, "confidence": "99/100"}
        self.seed, self.confidence = _count(sampled["seed"]), Fraction(sampled["confidence"])
        self.vote = read(_checked(data["vote"], home))
        place = _checked(data["answers"], home)
        if data["answers"]["kind"] == "circuit":
            self.answers = Answers(read(place), None)
        else:
            table = table_words(place.read_text(), self.domain.count, self.vote.n_outputs)
            self.answers = Answers(None, table)
        self.built = self._rebuilt(home)

    def _rebuilt(self, home: Path) -> Circuit | None:
        """The vote, built again from the decider and the seeds."""
        decider, vote = self._data["decider"], self._data["vote"]
        if len(vote["seeds"]) != vote["k"]:
            raise ValueError(f"{len(vote['seeds'])} seeds for k = {vote['k']}")
        if decider is None:
            return None
        seeds = tuple(tuple(map(int, seed)) for seed in vote["seeds"])
        source = read(_checked(decider, home))
        made = CircuitDecider(source, tuple(decider["seed_inputs"]), seeds)
        alphabet = None if vote["letters"] is None else Alphabet.read(vote["letters"])
        return voting_circuit([made.circuit(i) for i in range(len(seeds))], alphabet)

    def compare(self, found: Verification) -> None:
        """Refuse a certificate that says more, or other things, than is true."""
        sampled = self._data["sampled"]
        limit = None if sampled is None else Fraction(sampled["upper"])
        if limit != found.upper:
            raise ArgumentError(f"the upper limit is {found.upper}, not {limit} as is certified")
        said = (self._data["strings"], self._data["statement"])
        size, depth = self._data["vote"]["size"], self._data["vote"]["depth"]["total"]
        true = (found.strings, found.statement)
        if said != true or (size, depth) != (self.vote.size, self.vote.depth):
            raise ArgumentError(
                f"the certificate says {said}, size {size}, depth {depth}; what holds is {true}, "
                f"size {self.vote.size}, depth {self.vote.depth}"
            )


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**64:
        raise ValueError(f"{value!r:.40} is no number")
    return value


def _checked(entry: dict[str, Any], home: Path) -> Path:
    """The file of an entry, if its content is what was certified."""
    path = home / str(entry["file"])
    with opened(path) as (_, take):
        content = take(None)
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ArgumentError(f"{path} is not the file that was certified: its SHA-256 differs")
    return path
