"""Do the engines agree? Random circuits on random vectors, every engine against the reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.simulate.engines import DRAFT_VECTORS, NAMES, best_program, choose_engine
from tcsim.simulate.evaluation import evaluate, trace
from tcsim.simulate.packing import pack, unpack
from tcsim.simulate.sampling import random_outputs
from tcsim.simulate.specimens import specimen

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits

LANES = (1, 1, 1, 2, 3, 63, 64, 65, 130)
"""Numbers of vectors: few, around the 64 of a word, and more than two words."""

ENGINES = tuple(name for name in NAMES if name not in {"auto", "reference"})
"""The engines that are compared with the reference."""


@dataclass(frozen=True)
class Trial:
    """One circuit, evaluated by all engines.

    Attributes:
        kind: of the circuit (`tcsim.simulate.specimens.KINDS`).
        circuit: the circuit.
        way: how it was evaluated: ``"outputs"``, ``"gates"``, ``"words"``, ``"table"`` or
            ``"random"``.
        vectors: on how many vectors.
        failures: engine -> how it failed; empty if all agree.
    """

    kind: str
    circuit: Circuit
    way: str
    vectors: int
    failures: dict[str, str]


def trials(seed: int, first: int, count: int) -> Iterator[Trial]:
    """Compare the engines on circuits ``first`` .. ``first + count - 1`` of a seed.

    A trial depends on the seed and its number alone, so that a run may be cut and go on anywhere.
    """
    for number in range(first, first + count):
        kind, circuit, rng = specimen(seed, number)
        way, vectors, values = _question(circuit, rng)
        want = values("reference")
        if rng.random() < 0.5:  # else the compiled engine may do with a draft
            best_program(circuit, "gates" if way == "gates" else "outputs", DRAFT_VECTORS + 1)
        failures = {engine: _failure(values, engine, want) for engine in ENGINES}
        yield Trial(kind, circuit, way, vectors, {e: why for e, why in failures.items() if why})


def _question(
    circuit: Circuit, rng: random.Random
) -> tuple[str, int, Callable[[str], npt.NDArray[Any]]]:
    """What to ask each engine for: the way, the number of vectors, and the question."""
    way = rng.choices(("outputs", "gates", "words", "table", "random"), (4, 2, 1, 1, 1))[0]
    vectors, words = rng.choice(LANES), 1 + (rng.random() < 0.1)
    if way == "table" and circuit.n_inputs <= 7:
        words = max(1, 2**circuit.n_inputs // 64)
        return way, 64 * words, lambda engine: _engine(circuit, engine, words).counting(0, words)
    if way in {"table", "random"}:
        seed, start = rng.getrandbits(64), rng.getrandbits(40)
        return (
            "random",
            64 * words,
            lambda engine: random_outputs(circuit, seed, start, words, engine=engine),
        )
    batch = _batch(circuit.n_inputs, vectors, rng)
    if way == "gates":
        return way, vectors, lambda engine: trace(circuit, batch, engine=engine)
    if way == "outputs":
        return way, vectors, lambda engine: evaluate(circuit, batch, engine=engine)
    packed = pack(batch)
    return (
        way,
        vectors,
        lambda engine: unpack(evaluate(circuit, packed, packed=True, engine=engine), vectors),
    )


def _engine(circuit: Circuit, name: str, words: int) -> Any:  # noqa: ANN401
    return choose_engine(circuit, name, "outputs", 64 * words)


def _batch(columns: int, vectors: int, rng: random.Random) -> npt.NDArray[Any]:
    """Random values: bytes, booleans or integers, in rows, in columns, strided or read-only."""
    count = vectors * columns
    bits = np.frombuffer(rng.randbytes(-(-count // 8)), np.uint8)
    batch: Bits = np.unpackbits(bits, count=count).reshape(vectors, columns)
    layout = rng.randrange(6)
    if layout == 0:
        return np.asfortranarray(batch)
    if layout == 1:
        return np.repeat(batch, 2, axis=0)[::2]
    if layout == 2:
        return np.repeat(batch, 2, axis=1)[:, ::-2]
    batch.flags.writeable = False
    return batch.astype((np.uint8, np.bool_, np.int64)[layout - 3], copy=False)


def _failure(values: Callable[[str], npt.NDArray[Any]], engine: str, want: npt.NDArray[Any]) -> str:
    """How an engine's answer is wrong; empty if it is right."""
    try:
        got = values(engine)
    except Exception as error:  # noqa: BLE001 - an engine that fails is what is looked for
        return f"{type(error).__name__}: {error}"
    if got.shape != want.shape or got.dtype != want.dtype:
        return f"{got.dtype} of shape {got.shape} instead of {want.dtype} of shape {want.shape}"
    wrong = np.argwhere(got != want)
    return f"wrong at {tuple(wrong[0].tolist())} and {len(wrong) - 1} more" if len(wrong) else ""
