"""Are two circuits equivalent? The ways to find out, one after another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tcsim.equivalence import vectors
from tcsim.equivalence.arguments import check
from tcsim.equivalence.matching import Matching, match
from tcsim.equivalence.simulation import confirm, search
from tcsim.equivalence.verdict import METHODS, Attempt, Equivalence, Verdict
from tcsim.errors import ArgumentError, LimitError, MissingExtraError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.equivalence.proof import Proof
    from tcsim.equivalence.simulation import Difference
    from tcsim.equivalence.verdict import Method
    from tcsim.typing import Progress

EXHAUSTIVE_FIRST = 20
"""Up to so many inputs, all vectors are tried before anything else."""
EXHAUSTIVE_LIMIT = 30
"""With more inputs, all vectors are not tried."""
SAMPLES = 100_000
"""Vectors that are sampled, unless said otherwise."""
TIME_LIMIT = 120.0
"""Seconds, unless said otherwise."""

_FEW_OPERANDS = 4
"""Where gates have more, linear constraints are tried after half of the time."""
_TRIAL = 0.05
"""Share of the time that is spent on finding out whether all vectors fit into it."""


def equivalent(
    a: Circuit,
    b: Circuit,
    *,
    method: Method = "auto",
    time_limit: float | None = TIME_LIMIT,
    samples: int = SAMPLES,
    seed: int = 0,
    proof: bool = False,
    by_name: bool = True,
    progress: Progress | None = None,
) -> Equivalence:
    """Decide whether two circuits compute the same outputs.

    ``"auto"`` compares the gates; tries all vectors where there are at most 20 inputs; else samples
    vectors; tries all vectors where there are at most 30 inputs and the time limit allows it;
    merges equal inner gates with a SAT solver; and, where gates have many operands, solves linear
    constraints in the second half of the time. The solvers need the extra ``sat``.

    Args:
        a: the one circuit.
        b: the other.
        method: ``"auto"``, or one way alone: ``"exhaustive"`` (to 30 inputs), ``"sampled"`` (finds
            differences alone), ``"sat"`` (merging, for circuits that are alike inside),
            ``"linear"`` (every gate a linear constraint of OR-tools' CP-SAT, for weighted gates of
            many inputs).
        time_limit: seconds after which the verdict is UNDECIDED, give or take the smallest step of
            a method; None for none.
        samples: vectors that are sampled, rounded up to whole words of 64.
        seed: of the random ones.
        proof: keep a proof, where ``"sat"`` decides.
        by_name: match inputs and outputs by name where both circuits have the same names; else by
            position.
        progress: called as ``progress(done, total)``, in vectors or in nodes.

    Raises:
        ArgumentError: the numbers of inputs or outputs differ, or an argument is out of range.
        LimitError: the method cannot take circuits as large as these.
        MissingExtraError: the method needs a solver that is not installed.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 40)
        >>> b.output("vote", 2 * tc.sum(x) >= 41)
        >>> other = tc.Builder()
        >>> y = other.inputs("x", 40)
        >>> other.output("vote", tc.sum(y[:39]) + y[39] >= 21)
        >>> result = tc.equivalent(b.build(), other.build())
        >>> result.verdict, result.method
        (<Verdict.EQUIVALENT: 'equivalent'>, 'sat')
    """
    if method not in METHODS:
        raise ArgumentError(f"method is {method!r}; there are {', '.join(map(repr, METHODS))}")
    check(a, b, samples, seed, time_limit)
    inputs = match(a.input_names, b.input_names, "inputs", names=by_name)
    outputs = match(a.output_names, b.output_names, "outputs", names=by_name)
    if method == "exhaustive" and a.n_inputs > EXHAUSTIVE_LIMIT:
        raise LimitError(
            f"all vectors are tried with at most {EXHAUSTIVE_LIMIT} inputs, not {a.n_inputs}: "
            "take method sat or sampled"
        )
    deciding = _Deciding(a, b, inputs, outputs, time_limit, samples, seed, progress)
    deciding.keep_proof = proof
    if inputs.is_identity and outputs.is_identity and a.structure_id == b.structure_id:
        deciding.verdict = Verdict.EQUIVALENT
        deciding.note("identical", "the same gates")
    elif method == "auto":
        deciding.auto()
    else:
        getattr(deciding, method)()
    return deciding.result()


class _Deciding:
    """The verdict so far, and the ways to go on."""

    def __init__(
        self,
        a: Circuit,
        b: Circuit,
        inputs: Matching,
        outputs: Matching,
        time_limit: float | None,
        samples: int,
        seed: int,
        progress: Progress | None,
    ) -> None:
        self._sides = a, b, inputs, outputs
        self._samples, self._seed, self._progress = samples, seed, progress
        self._limit = float("inf") if time_limit is None else time_limit
        self._begin = time.monotonic()
        self._deadline = self._begin + self._limit
        self._since = self._begin
        self._tried: list[Attempt] = []
        self._vectors = 0
        self._counterexample: Difference | None = None
        self._proof: Proof | None = None
        self.keep_proof = False
        self.verdict = Verdict.UNDECIDED

    def result(self) -> Equivalence:
        """What is known now."""
        return Equivalence(
            self.verdict,
            self._tried[-1].method,
            self._vectors,
            self._counterexample,
            self._sides[2].by,
            self._sides[3].by,
            tuple(self._tried),
            self._proof,
            self._seed,
        )

    def auto(self) -> None:
        """One way after another."""
        n = self._sides[0].n_inputs
        if n <= EXHAUSTIVE_FIRST:
            self.exhaustive()
        else:
            self.sampled()
            if self._open() and n <= EXHAUSTIVE_LIMIT:
                self.exhaustive(trial=True)
        # What gates of many operands do is lost among the adders that SAT takes them apart into.
        many = max(side.measures.max_fan_in for side in self._sides[:2]) > _FEW_OPERANDS
        left = min(self._deadline - time.monotonic(), TIME_LIMIT)
        if self._open():
            self._try("sat", time.monotonic() + left / 2 if many else self._deadline)
        if self._open() and many and time.monotonic() < self._deadline:
            self._try("linear", self._deadline)

    def _try(self, method: str, deadline: float) -> None:
        """A method that needs a solver, which may be absent, and takes circuits of some sizes."""
        try:
            getattr(self, method)(deadline)
        except (LimitError, MissingExtraError) as error:
            self.note(method, str(error))

    def exhaustive(self, *, trial: bool = False) -> None:
        """All vectors; as a trial, only if they fit into the time."""
        a, b, *_ = self._sides
        total = 1 << a.n_inputs
        blocks = vectors.every_vector(a.n_inputs, vectors.block_words(a, b))
        found = search(
            *self._sides,
            blocks,
            total,
            deadline=self._deadline,
            fits=_TRIAL * self._limit if trial else None,
            progress=self._progress,
        )
        self._vectors += found.vectors
        if found.complete:
            self._decide(found.difference)
        outcome = f"{found.vectors:,} of {total:,} vectors"
        if found.difference is None:
            outcome += ": equal on all" if found.complete else ": more do not fit into the time"
        self.note("exhaustive", outcome, vectors=found.vectors)

    def sampled(self) -> None:
        """Corner cases and random vectors: can only find a difference."""
        a, b, *_ = self._sides
        total = -(-self._samples // 64) * 64
        blocks = vectors.sampled_vectors(a.n_inputs, total, self._seed, vectors.block_words(a, b))
        found = search(
            *self._sides, blocks, total, deadline=self._deadline, progress=self._progress
        )
        self._vectors += found.vectors
        if found.difference is not None:
            self._decide(found.difference)
        outcome = f"{found.vectors:,} corner cases and random vectors, seed {self._seed}"
        self.note("sampled", outcome, vectors=found.vectors)

    def sat(self, deadline: float | None = None) -> None:
        """Merging of equal inner gates."""
        from tcsim.equivalence.sweep import sweep

        a, b, inputs, outputs = self._sides
        found = sweep(
            a,
            b,
            inputs.order,
            outputs.order,
            deadline=self._deadline if deadline is None else deadline,
            proof=self.keep_proof,
            seed=self._seed,
            progress=self._progress,
        )
        if found.inputs is not None:
            self._decide(confirm(*self._sides, found.inputs))
        elif found.equal:
            self._decide(None)
            self._proof = found.proof
        numbers = {
            "ands": found.ands,
            "merged": found.merged,
            "solver_calls": found.solver_calls,
            "inner_counterexamples": found.refinements,
            "open_outputs": found.open_outputs,
        }
        self.note(
            "sat",
            f"{found.ands:,} ANDs of both circuits, {found.merged:,} merged by the solver"
            + (f", {found.open_outputs:,} outputs left open" if found.open_outputs else ""),
            **numbers,
        )

    def linear(self, deadline: float | None = None) -> None:
        """One model of linear constraints."""
        from tcsim.equivalence.linear import differing_input

        a, b, inputs, outputs = self._sides
        left = (self._deadline if deadline is None else deadline) - time.monotonic()
        found = differing_input(a, b, inputs.order, outputs.order, time_limit=left)
        if found.equal is not None:
            self._decide(None if found.inputs is None else confirm(*self._sides, found.inputs))
        self.note(
            "linear",
            f"{found.constraints:,} linear constraints, {found.conflicts:,} conflicts",
            constraints=found.constraints,
            conflicts=found.conflicts,
        )

    def note(self, method: str, outcome: str, **numbers: int) -> None:
        """Remember what was tried since the last note."""
        now = time.monotonic()
        self._tried.append(Attempt(method, outcome, now - self._since, numbers))
        self._since = now

    def _open(self) -> bool:
        return self.verdict is Verdict.UNDECIDED

    def _decide(self, difference: Difference | None) -> None:
        self.verdict = Verdict.EQUIVALENT if difference is None else Verdict.DIFFERENT
        self._counterexample = difference
