"""Certificates: a vote, its answers and what was verified, as files that any program can check."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reductions.derandomize.answers import table_text
from reductions.derandomize.deciders import CircuitDecider
from tcsim.errors import ArgumentError
from tcsim.formats import write
from tcsim.formats.files import save

if TYPE_CHECKING:
    from reductions.derandomize.derandomizing import Derandomized
    from tcsim.typing import StrPath

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
        save(table_text(answers.table, made.domain.count).encode(), answers_path)
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


def _file(path: Path, home: Path) -> dict[str, Any]:
    """A file's name as seen from the certificate, and the digest of its content."""
    name = Path(os.path.relpath(path.resolve(), home.resolve())).as_posix()
    return {"file": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _seed(seed: object) -> object:
    """A seed as JSON: bits as a word, integers as they are, others as text."""
    if isinstance(seed, tuple):
        return "".join(map(str, seed))
    return seed if isinstance(seed, int | str) else repr(seed)
