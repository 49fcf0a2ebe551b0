"""Two machines in a row, without storing what lies between them: it is computed again on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.uniformity.meter import MOST_STEPS, Run
from tcsim.uniformity.tape import ALPHABET

if TYPE_CHECKING:
    from tcsim.uniformity.program import Machine


class Composition:
    """The second machine reads what the first one writes: logspace is closed under this.

    A cell that the second machine reads is found by running the first from its start to that cell.
    So work spaces add up, and times multiply.

    Args:
        first: runs on the input.
        second: its only input is the first one's output.
    """

    def __init__(self, first: Machine, second: Machine) -> None:
        self.first, self.second = first, second
        self.name = f"{second.name} after {first.name}"

    def run(
        self,
        *arguments: Any,  # noqa: ANN401
        steps_limit: int = MOST_STEPS,
        stop: int | None = None,
    ) -> Run:
        """Run on the first machine's inputs; see `Program.run`. `reads` are those of the input."""
        between = _Between(self.first, arguments, steps_limit)
        run = self.second.run(between, steps_limit=steps_limit, stop=stop)
        registers = {f"{self.first.name}: {name}": bits for name, bits in between.registers.items()}
        registers |= {f"{self.second.name}: {name}": bits for name, bits in run.registers.items()}
        registers["place between"] = between.most.bit_length() or 1
        steps = run.steps + between.steps
        return Run(run.output, run.result, sum(registers.values()), registers, steps, between.reads)


class _Between:
    """The first machine's output as a tape."""

    def __init__(self, machine: Machine, arguments: tuple[Any, ...], steps_limit: int) -> None:
        self.machine, self.arguments, self.steps_limit = machine, arguments, steps_limit
        self.registers: dict[str, int] = {}
        self.steps = self.reads = self.most = 0
        self.length: int | None = None

    def __len__(self) -> int:
        if self.length is None:  # a number, as long as a place: no more than a register
            self.length = len(self._run(None).output)
            self.most = max(self.most, self.length)
        return self.length

    def __getitem__(self, index: int) -> int:
        self.most = max(self.most, index + 1)
        symbol = self._run(index + 1).output
        if not symbol:
            raise IndexError(index)
        return ALPHABET.index(symbol)

    def _run(self, stop: int | None) -> Run:
        run = self.machine.run(*self.arguments, steps_limit=self.steps_limit, stop=stop)
        for name, bits in run.registers.items():
            self.registers[name] = max(bits, self.registers.get(name, 0))
        self.steps += run.steps
        self.reads += run.reads
        return run
