"""Modules repeated with state fed back: any number of rounds, delays and depth as formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.hierarchy.checking import Count, count, integer, is_formula, known, names
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.leads import repeated
from tcsim.hierarchy.module import Module, require_module
from tcsim.hierarchy.schedule import INSTANCE_WORK, arrivals_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.hierarchy.schedule import Arrival, Levels, Memo
    from tcsim.hierarchy.sequences import UltimatelyLinear
    from tcsim.typing import Integers


class Loop:
    """A module to be repeated: each round reads the state that the round before it wrote.

    Every round is an instance of its own: T rounds have T times the gates. Inputs that are not
    state are the same port in every round. Outputs that are not state are those of the last round,
    or of all rounds where they are in `gather`.

    Args:
        module: one round.
        state: {output port: input port} that feed the state back; by default all names that are
            both.
        gather: output ports whose wires of every round are outputs. They do not arrive together, so
            such a port is ragged (`Module.ragged`); it is as late as its latest wire.

    Raises:
        ArgumentError: a port is unknown, or an input port is fed twice.

    Attributes:
        module: one round.
        state: {output port: input port}.
        gather: the output ports that are collected.
        slope: levels per round in the long run, exact: the largest cycle mean of the state's
            delays, 0 where no state depends on itself.
        cycle: state input ports on a cycle that has this mean; empty where there is none.

    Example:
        >>> from tcsim.hierarchy import Gates, leaf
        >>> h, c = {"h": 4, "x": 4, "c": 3}, {"h": 3, "x": 3, "c": 2}
        >>> gates = [Gates(8, {"h": 1, "x": 1}), Gates(2, c), Gates(2, h)]
        >>> loop = Loop(leaf(["h", "x", "c"], {"h": h, "c": c}, gates))
        >>> loop.slope, loop.cycle, loop.times(100).depth
        (Fraction(4, 1), ('h',), 400)
        >>> depth = loop.depth()
        >>> depth.formula(), depth.start, depth(0), loop.size(100)
        (4*T, 0, 0, 1200)
    """

    module: Module
    state: Mapping[str, str]
    gather: tuple[str, ...]
    slope: Fraction
    cycle: tuple[str, ...]

    def __init__(
        self,
        module: Module,
        state: Mapping[str, str] | None = None,
        gather: Iterable[str] = (),
    ) -> None:
        self.module = require_module("module", module)
        if state is None:
            state = {name: name for name in module.outputs if name in module.inputs}
        if not isinstance(state, Mapping):
            raise ArgumentError(f"state must be a mapping of outputs to inputs, not {state!r}")
        self.state = {
            known("state", output, module.outputs): known("state", target, module.inputs)
            for output, target in state.items()
        }
        names("state (input ports)", self.state.values())
        self.gather = names("gather", gather)
        for name in self.gather:
            known("gather", name, [one for one in module.outputs if one not in self.state])
        back = {target: output for output, target in self.state.items()}
        places = [module.inputs.index(target) for target in back]
        rows = [module.outputs.index(output) for output in back.values()]
        mean = Delays.from_array(module.matrix.data[np.ix_(rows, places)]).cycle_mean()
        self.slope = Fraction(0) if mean is None else mean.value
        self.cycle = () if mean is None else tuple(list(back)[place] for place in mean.cycle)

    def times(self, T: int) -> Module:
        """The module of T rounds, with the ports of one.

        Args:
            T: number of rounds, at least 1; 0 where all outputs are state.

        Raises:
            ArgumentError: T is not such a number.
            LimitError: delays grow beyond 2**60.
        """
        if is_formula(T):
            raise ArgumentError(f"T must be a number, not {T}: depth() and size(T) are formulas")
        T = integer("T", T, 0)
        if not T:
            self._require_state_only()
        columns = len(self.module.inputs) + 1
        power = (self._round() ** T).data
        ragged = self.module.ragged | (set(self.gather) if T > 1 else set())
        return Module(
            self.module.inputs,
            self.module.outputs,
            Delays.from_array(power[self._places(), :columns]),
            RepeatBody(self, T),
            ragged=frozenset(ragged),
            exact=self.module.exact and (T < 2 or not self.module.ragged & set(self.state)),
        )

    def size(self, T: Any) -> Count:  # noqa: ANN401
        """Number of gates of T rounds; T may be a sympy expression."""
        return count("T", T) * self.module.size

    def depth(
        self, arrival: Mapping[str, int] | None = None, then: Module | None = None
    ) -> UltimatelyLinear:
        """The depth of T rounds as a sequence in T, with its formula.

        At T = 0 it is that of the state alone, None without state. Where a round reads ragged state
        it is a bound, as `Module.exact` of `times(T)` says.

        Args:
            arrival: {input port: its level}, 0 for ports that are left out.
            then: a module that reads the outputs, with inputs of the same names; the depth is then
                that of its outputs.

        Raises:
            ArgumentError: a name is unknown, a level not an integer >= 0, or nothing is an output.
        """
        start, step = arrivals_of(self.module.inputs, arrival), self._round().data
        places, own = self._places(), len(step)
        # A source and a sink, one edge before the first and one after the last round: the depth of
        # T rounds is an entry of the power T + 2.
        network = np.full((own + 2, own + 2), NO_PATH, np.int64)
        network[:own, :own] = step
        network[: len(start), own] = start
        network[own + 1, places] = 0
        if then is not None:
            network[own + 1, :] = NO_PATH
            for port, delay in zip(*self._latest(then), strict=True):
                network[own + 1, port] = delay
        if not (network[own + 1] != NO_PATH).any():
            raise ArgumentError("there is no output whose depth could be told")
        return Delays.from_array(network).powers().entry(own + 1, own).after(2).reduced()

    def _latest(self, then: Module) -> tuple[list[int], list[int]]:
        """Places that a following module reads, and the longest path from each to its outputs."""
        require_module("then", then)
        if set(then.inputs) != set(self.module.outputs):
            raise ArgumentError(
                f"then has the inputs {sorted(then.inputs)}, but the loop has the outputs "
                f"{sorted(self.module.outputs)}"
            )
        place = dict(zip(self.module.outputs, self._places(), strict=True))
        nodes = [*(place[name] for name in then.inputs), len(self.module.inputs)]
        latest = then.matrix.data.max(axis=0, initial=NO_PATH).tolist()
        pairs = [
            (node, delay) for node, delay in zip(nodes, latest, strict=True) if delay != NO_PATH
        ]
        return [node for node, _ in pairs], [delay for _, delay in pairs]

    def _round(self) -> Delays:
        """One round on inputs, constants and the outputs that are not state."""
        data, n = self.module.matrix.data, len(self.module.inputs)
        free = [name for name in self.module.outputs if name not in self.state]
        step = np.full((n + 1 + len(free), n + 1 + len(free)), NO_PATH, np.int64)
        kept = np.ones(len(step), bool)
        places = self._places()
        for row, name in enumerate(self.module.outputs):
            step[places[row], : n + 1] = data[row]
            kept[places[row]] = name in self.gather
        step[kept, kept] = 0  # an entry of the diagonal each
        return Delays.from_array(step)

    def _places(self) -> list[int]:
        """Where in `_round` the output ports are."""
        inputs = self.module.inputs
        free = [name for name in self.module.outputs if name not in self.state]
        return [
            inputs.index(self.state[name])
            if name in self.state
            else len(inputs) + 1 + free.index(name)
            for name in self.module.outputs
        ]

    def _require_state_only(self) -> None:
        for name in self.module.outputs:
            if name not in self.state:
                raise ArgumentError(f"T must be at least 1: the output {name!r} is not state")


class RepeatBody:
    """Rounds of a loop.

    Args:
        loop: the loop.
        T: number of rounds.
    """

    def __init__(self, loop: Loop, T: int) -> None:
        module = loop.module
        self.module, self.T = module, T
        self.size: Count = T * module.size
        self.instances = 1 + T * module.instances
        self.nesting = 1 + module.body.nesting
        n = len(module.inputs)
        rows: Integers = np.where(np.eye(n + 1, dtype=bool), 0, NO_PATH)
        for output, target in loop.state.items():
            rows[module.inputs.index(target)] = module.matrix.data[module.outputs.index(output)]
        self.step = Delays.from_array(rows)
        reached = (Delays.from_array(np.where(rows == NO_PATH, NO_PATH, 0))).closure().data
        read = (reached[np.array(module.body.reads, bool)] != NO_PATH).any(axis=0)
        self.reads = tuple(bool(one) for one in read & (T > 0))
        self.lead = repeated(module.body.lead, self.step)
        self.content = repr(("repeat", module.digest, T, self.step.rows()))

    def levels(self, arrival: Arrival, memo: Memo) -> Levels:
        """Gates on each level for an arrival vector."""
        memo.spend(self.T * INSTANCE_WORK)
        total: Levels = {}
        for _ in range(self.T):
            memo.add(total, self.module, arrival)
            arrival = self.step.apply(arrival)
        return total
