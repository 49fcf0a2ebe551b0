"""Reader: one model, read at any lengths of its axes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.calibrating import by_input, own_lengths, stretched
from tcsim.networks.importers.onnx.integers import from_integers
from tcsim.networks.importers.onnx.loading import at_lengths, inlined
from tcsim.networks.importers.onnx.opening import Closed, opened
from tcsim.networks.importers.onnx.ports import QUANTIZERS, declared_ranges
from tcsim.networks.importers.onnx.readings import Readings
from tcsim.networks.importers.onnx.structure import (
    FOLDED,
    expanded,
    initializers,
    is_real,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.importers.onnx.graph import Table
    from tcsim.networks.importers.onnx.onnx_model import OnnxModel


class Reader:
    """A model, and how it is read; grids of the first reading are those of all."""

    def __init__(
        self,
        model: Any,  # noqa: ANN401 - onnx.ModelProto
        name: str,
        calibration: object,
        ranges: dict[str, tuple[int, int]],
        weight_bits: int,
        activation_bits: int,
        tables: Mapping[str, Table],
        *,
        allow_bounds: bool,
    ) -> None:
        self.model = model
        self.name = name
        self.calibration = calibration
        self.ranges = ranges
        self.bits = (weight_bits, activation_bits)
        self.like: Any = None  # the Quantizer that chose the grids
        self.tables = tables
        self.allow_bounds = allow_bounds
        self.cut = False  # whether it has holes

    @property
    def dimensions(self) -> set[int]:
        """Lengths of the axes of constants."""
        return {n for one in self.model.graph.initializer for n in one.dims}

    def prepared(
        self, lengths: Mapping[str, int]
    ) -> tuple[Any, dict[str, Any], list[Any], set[str]]:
        """The model at lengths, its constants, what it reads, and whose first axis is the batch's.

        Raises:
            NetworkError: operators that cannot be read.
        """
        model, rows = at_lengths(self.model, self.name, lengths)
        constants = initializers(model.graph, self.name)
        read = {name for node in model.graph.node for name in node.input}
        read.update(value.name for value in model.graph.output)
        free = [value for value in model.graph.input if value.name not in constants]
        inputs = [value for value in free if value.name in read]
        if not inputs:
            raise NetworkError(f"{self.name}: the model has no inputs: it computes constants alone")
        return model, constants, inputs, rows

    def at(self, lengths: Mapping[str, int], fixed: Mapping[str, int]) -> OnnxModel:
        """The network at lengths of its open axes; what is around holes if it is not all exact."""
        if self.cut:
            return self._read(lengths, fixed, allow_bounds=True)
        try:
            return self._read(lengths, fixed, allow_bounds=False)
        except NetworkError:
            if not self.allow_bounds:
                raise
        made = self._read(lengths, fixed, allow_bounds=True)
        self.cut = True
        return made

    def _read(
        self, lengths: Mapping[str, int], fixed: Mapping[str, int], *, allow_bounds: bool
    ) -> OnnxModel:
        model, constants, inputs, rows = self.prepared({**fixed, **lengths})
        real = is_real(model, constants, inputs)
        if not allow_bounds:  # an operator that is a hole is one as a whole
            model = self._expanded(model, constants, real=real)
        if not real:
            ranges = declared_ranges(model, self.name) | self.ranges
            return from_integers(
                model,
                constants,
                inputs,
                ranges,
                rows,
                self.name,
                self.tables,
                allow_bounds=allow_bounds,
            )
        from tcsim.networks.importers.onnx.floats import from_reals

        given = by_input(self.calibration, self.model, self.name)
        made, quantizer = from_reals(
            model,
            constants,
            stretched(given, self.model, lengths, fixed) if lengths else given,
            name=self.name,
            ranges=self.ranges,
            rows=rows,
            weight_bits=self.bits[0],
            activation_bits=self.bits[1],
            like=self.like,
            allow_bounds=allow_bounds,
        )
        self.like = self.like or (quantizer if lengths else None)
        return made

    def _expanded(self, model: Any, constants: Mapping[str, Any], *, real: bool) -> Any:  # noqa: ANN401
        """With operators expanded that are functions of others.

        Raises:
            NetworkError: some cannot be read; they have the names that they have in the file.
        """
        if real:
            from tcsim.networks.importers.onnx.floats import HANDLERS

            used, kind = {"integers": self.tables["integers"], "real": HANDLERS}, "real"
        else:
            used, kind = dict(self.tables), "integers"
        known = {operator for table in used.values() for operator in table}
        known |= FOLDED | set(QUANTIZERS)
        made = expanded(model, known, set(constants))
        try:
            refuse(made.graph, constants, known, kind, self.name)
        except NetworkError:
            refuse(model.graph, constants, known, kind, self.name)
            raise
        return made

    def own(self, names: tuple[str, ...], fixed: Mapping[str, int]) -> dict[str, int] | None:
        """The lengths of calibration rows; None for a model that needs none."""
        model = inlined(self.model, self.name)
        constants = initializers(model.graph, self.name)
        inputs = [value for value in model.graph.input if value.name not in constants]
        if not is_real(model, constants, inputs):
            return None
        given = by_input(self.calibration, self.model, self.name)
        return own_lengths(given, self.model, names, fixed, self.name)


def opened_by(
    reader: Reader, names: tuple[str, ...], fixed: Mapping[str, int]
) -> OnnxModel | Closed:
    """The model with open axes, or the axis that needs a number."""
    reader.like = None
    own = reader.own(names, fixed)
    readings = Readings(names, lambda lengths: reader.at(lengths, fixed))
    first = None if own is None else readings.at(own)
    network = opened(readings, reader.dimensions)
    if isinstance(network, Closed):
        return network if own is None else replace(network, length=own[network.axis])
    return replace(first or readings.any(), network=network)
