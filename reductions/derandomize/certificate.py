"""Certificates: a vote, its answers and what was verified, as files that any program can check."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize.alphabet import Alphabet, Domain
from reductions.derandomize.answers import Answers
from reductions.derandomize.deciders import CircuitDecider
from reductions.derandomize.verification import Verification, verify
from reductions.derandomize.voting import voting_circuit
from tcsim.errors import ArgumentError, ParseError
from tcsim.formats import read, write
from tcsim.formats.files import opened, save

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reductions.derandomize.derandomizing import Derandomized
    from tcsim.circuit import Circuit
    from tcsim.typing import Progress, StrPath, Words

SCHEMA = "reductions.derandomize.certificate/1"

GENERATOR = "splitmix64/1"
"""Names the stream of `tcsim.simulate.sources.random_words`."""


def write_certificate(made: Derandomized, vote: StrPath, certificate: StrPath) -> dict[str, Any]:
    """Write the voting circuit, and a certificate of it with all that it speaks of.

    Beside the certificate ``NAME.json`` stand the answers, as the circuit ``NAME.answers.tc`` or
    the table ``NAME.answers.hex``, a line for each output, of which bit r is the answer to string
    r; and, where the decider is a circuit, ``NAME.decider.tc``.

    Args:
        made: what `derandomize` gave.
        vote: file of the circuit, ``.tc``.
        certificate: file of the certificate.

    Returns:
        The certificate's data.

    Raises:
        ArgumentError: a file cannot be written, or the circuit's is no ``.tc``.
    """
    home, circuit_path = Path(certificate).parent, Path(vote)
    if circuit_path.suffix != ".tc":
        raise ArgumentError(f"{circuit_path}: a certificate speaks of a .tc file: name one")
    stem = Path(certificate).with_suffix("").name
    answers = made.answers
    kind = "table" if answers.circuit is None else "circuit"
    answers_path = home / f"{stem}.answers.{'hex' if kind == 'table' else 'tc'}"
    decider = None
    if isinstance(made.decider, CircuitDecider):
        decider_path = home / f"{stem}.decider.tc"
        write(made.decider.source, decider_path)
        decider = {
            **_file(decider_path, home),
            "seed_inputs": list(made.decider.seed_names),
        }
    write(made.circuit, circuit_path)
    if answers.circuit is not None:
        write(answers.circuit, answers_path)
    else:
        assert answers.table is not None  # noqa: S101 - there is one of the two
        save(_hex(answers.table, made.domain.count).encode(), answers_path)
    checked = made.verification
    sampled = None
    if checked.scope == "sampled":
        sampled = {
            "seed": checked.seed,
            "generator": GENERATOR,
            "confidence": str(checked.confidence),
            "upper": str(checked.upper),
        }
    domain, alphabet = made.domain, made.alphabet
    data = {
        "schema": SCHEMA,
        "statement": checked.statement,
        "scope": checked.scope,
        "strings": checked.strings,
        "sampled": sampled,
        "domain": {
            "letters": domain.alphabet.text(),
            "length": domain.length,
            "count": domain.count,
        },
        "vote": {
            **_file(circuit_path, home),
            "rule": "majority" if alphabet is None else "plurality",
            "letters": None if alphabet is None else alphabet.text(),
            "k": len(made.seeds),
            "seeds": [_seed(seed) for seed in made.seeds],
            "size": made.circuit.size,
            "depth": asdict(made.depths),
        },
        "answers": {**_file(answers_path, home), "kind": kind},
        "decider": decider,
    }
    save(f"{json.dumps(data, indent=1)}\n".encode(), certificate)
    return data


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
            table = _table(place.read_text(), self.domain.count, self.vote.n_outputs)
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


def _file(path: Path, home: Path) -> dict[str, Any]:
    """A file's name as seen from the certificate, and the digest of its content."""
    name = Path(os.path.relpath(path.resolve(), home.resolve())).as_posix()
    return {"file": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _checked(entry: dict[str, Any], home: Path) -> Path:
    """The file of an entry, if its content is what was certified."""
    path = home / str(entry["file"])
    with opened(path) as (_, take):
        content = take(None)
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ArgumentError(f"{path} is not the file that was certified: its SHA-256 differs")
    return path


def _seed(seed: object) -> object:
    """A seed as JSON: bits as a word, integers as they are, others as text."""
    if isinstance(seed, tuple):
        return "".join(map(str, seed))
    return seed if isinstance(seed, int | str) else repr(seed)


def _hex(table: Words, count: int) -> str:
    """A line for each output: a hexadecimal number, bit r of which is the answer to string r."""
    mask = (1 << count) - 1
    rows = (int.from_bytes(row.astype("<u8").tobytes(), "little") & mask for row in table)
    return "".join(f"{row:0{-(-count // 4)}x}\n" for row in rows)


def _table(text: str, count: int, outputs: int) -> Words:
    rows = [int(line, 16) for line in text.split()]
    if len(rows) != outputs or any(row >> count for row in rows):
        raise ValueError(f"the table is not one of {outputs} outputs and {count} strings")
    words = -(-count // 64)
    found = np.frombuffer(b"".join(row.to_bytes(8 * words, "little") for row in rows), "<u8")
    return found.reshape(outputs, words).astype(np.uint64)
