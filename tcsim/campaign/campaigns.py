"""Campaigns: every input vector of a circuit, or random ones, in parts that any worker can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from tcsim.campaign.running import Options, check_integer, run
from tcsim.campaign.target import Target, make_target
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from tcsim.campaign.task import Task
    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Progress, StrPath

P = TypeVar("P")

INPUT_LIMIT = 40
"""Most inputs of an exhaustive campaign: 2**40 vectors."""

VECTOR_LIMIT = 2**62
"""Most random vectors."""


@dataclass(frozen=True)
class Result(Generic[P]):
    """The result of a campaign; it does not depend on who did which part, and when.

    Attributes:
        value: what the task says; see there.
        vectors: number of input vectors of the campaign.
        outputs: names of the outputs that the task saw, in order.
    """

    value: P
    vectors: int
    outputs: tuple[str, ...]
    _target: Target

    def vector(self, number: int) -> Bits:
        """The input vector of this number: 0/1, uint8, shape (inputs,).

        Raises:
            ArgumentError: there is no such vector.
        """
        if isinstance(number, bool) or not 0 <= number < self.vectors:
            raise ArgumentError(f"number is {number!r}; the vectors are 0 to {self.vectors - 1}")
        return self._target.vector(number)


def exhaustive(
    circuit: Circuit,
    task: Task[P],
    *,
    against: Circuit | None = None,
    outputs: str | Sequence[str] | None = None,
    checkpoint: StrPath | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    in_flight: int | None = None,
    part: int | None = None,
    progress: Progress | None = None,
) -> Result[P]:
    """Run a task over all input vectors; in vector r, input i is bit i of r.

    Args:
        circuit: of at most 40 inputs.
        task: `Count`, `Find`, `Histogram`, `Ones`, `Compare`, or one of your own.
        against: a second circuit; the task then sees where the two differ. Inputs and outputs are
            matched by name where both circuits have the same names, else by position.
        outputs: names of the outputs that the task sees, in this order; the name of a bus stands
            for ``name[0]``, ``name[1]``, .... Only what these need is evaluated. By default all.
        checkpoint: a file that keeps what is done. If it exists, the campaign goes on from there;
            it is of use for the same circuits, vectors, outputs and task alone.
        workers: threads of this process.
        executor: does the parts instead: any `concurrent.futures.Executor`, such as that of
            `dask.distributed.Client.get_executor()`; its workers must be able to import tcsim. It
            is not shut down. Parts that were begun may still run there for a moment when this
            function has ended by an error or an interrupt.
        in_flight: parts that may be waiting or at work at a time; by default twice the workers, or
            twice this machine's processors with an executor.
        part: vectors in a part, a multiple of 64; by default some tenths of a second.
        progress: called as ``progress(done, total)``, in vectors.

    Raises:
        ArgumentError: an argument is wrong, or the checkpoint is of another campaign.
        ParseError: the checkpoint is damaged.
        LimitError: more than 40 inputs.
        TcsimError: the executor broke down; what was done is in the checkpoint.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.campaign import Count, exhaustive
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 21)))
        >>> exhaustive(b.build(), Count()).value
        (1048576,)
    """
    if circuit.n_inputs > INPUT_LIMIT:
        raise LimitError(
            f"{circuit.n_inputs} inputs have 2**{circuit.n_inputs} vectors, the limit is "
            f"{INPUT_LIMIT} inputs: take random vectors, or fix some inputs"
        )
    target = make_target(circuit, against, outputs, 1 << circuit.n_inputs, None)
    options = Options(checkpoint, workers, executor, in_flight, part, progress)
    return _result(target, task, options)


def random(
    circuit: Circuit,
    task: Task[P],
    vectors: int,
    *,
    seed: int = 0,
    against: Circuit | None = None,
    outputs: str | Sequence[str] | None = None,
    checkpoint: StrPath | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    in_flight: int | None = None,
    part: int | None = None,
    progress: Progress | None = None,
) -> Result[P]:
    """Run a task over uniformly random input vectors, the same for the same seed.

    Args:
        circuit: any circuit.
        task: as in `exhaustive`.
        vectors: how many. With more, the first ones stay the same.
        seed: 0 .. 2**64 - 1.
        against: as in `exhaustive`, and so are the others.
        outputs: which outputs the task sees.
        checkpoint: a file that keeps what is done.
        workers: threads of this process.
        executor: does the parts instead.
        in_flight: parts that may be waiting or at work at a time.
        part: vectors in a part.
        progress: called as ``progress(done, total)``, in vectors.

    Raises:
        TcsimError: as in `exhaustive`.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.campaign import Ones, random
        >>> b = tc.Builder()
        >>> b.output("x", b.inputs("x", 3))
        >>> random(b.build(), Ones(), 1000, seed=7).value
        {0: 138, 1: 367, 2: 383, 3: 112}
    """
    check_integer(vectors, "vectors", 1, VECTOR_LIMIT)
    check_integer(seed, "seed", 0, 2**64 - 1)
    target = make_target(circuit, against, outputs, vectors, seed)
    options = Options(checkpoint, workers, executor, in_flight, part, progress)
    return _result(target, task, options)


def _result(target: Target, task: Task[P], options: Options) -> Result[P]:
    value = run(target, task, options)
    return Result(value, target.vectors, target.circuit.output_names, target)
