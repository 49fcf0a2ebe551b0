"""Rules on files: bytes of an instance or witness in, bytes out. What the commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.chain import Chain


def run_document(chain: Chain, data: bytes, path: str | None = None) -> tuple[bytes, Any]:
    """Map the instance that a document holds.

    Args:
        chain: one rule or more.
        data: a document of an instance of its first problem.
        path: of the document, for errors.

    Returns:
        The document of the last instance, and the `ChainRun`.

    Raises:
        ParseError: it is no such document.
        LimitError: an instance would become too large.
    """
    run = chain.run(chain.source.decode(data, path))
    return chain.target.encode(run.instance), run


def extract_document(
    chain: Chain,
    data: bytes,
    witness: bytes,
    path: str | None = None,
    witness_path: str | None = None,
) -> bytes:
    """Map a witness of the last instance back to one of the first.

    Args:
        chain: one rule or more.
        data: a document of the first instance.
        witness: a document of a witness of the last one.
        path: of `data`, for errors.
        witness_path: of `witness`, for errors.

    Returns:
        The document of a witness of the first instance.

    Raises:
        ParseError: one is no such document.
        ArgumentError: the witness proves nothing, or a rule maps none back.
    """
    run = chain.run(chain.source.decode(data, path))
    found = chain.extract(run, chain.target.decode_witness(witness, witness_path))
    return chain.source.encode_witness(found)


def produce_witness(chain: Chain, data: bytes, path: str | None = None) -> bytes:
    """A witness of the last instance, made by the last problem's first producer.

    Raises:
        ParseError: `data` is no document of the first problem.
        ArgumentError: the answer is NO, or the problem has no witnesses.
    """
    run = chain.run(chain.source.decode(data, path))
    known = chain.target.witnesses
    if known is None:
        raise ArgumentError(f"the problem {chain.target.name} has no witnesses")
    found = next(iter(known.producers.values()))(run.instance)
    if found is None:
        raise ArgumentError("the answer is NO: there is no witness")
    return chain.target.encode_witness(found)
