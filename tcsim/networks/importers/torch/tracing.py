"""Tracer: goes through a module call by call, real values and integers side by side."""

from __future__ import annotations

import inspect
import operator
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.torch import attention, calls, functional, layers, recurrent
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tcsim.networks.quantizing.quantizer import Quantizer

_LAYERS = {**layers.LAYERS, **attention.LAYERS, **recurrent.LAYERS, **functional.LAYERS}
_CALLS = {**calls.CALLS, **attention.CALLS, **functional.CALLS}


class Tracer:
    """Writes the calls of a module with a `Quantizer`.

    A value is a `Real` where it depends on the inputs, else what PyTorch makes of it: sizes,
    parameters, masks.

    Args:
        module: in float64 and in ``eval`` mode.
        quantizer: what it is written with.
        rows: calibration rows of each input.
        rounds_outputs: whether what it gives is rounded; otherwise it has one scale.
    """

    def __init__(
        self,
        module: Any,  # noqa: ANN401
        quantizer: Quantizer,
        rows: Sequence[np.ndarray],
        *,
        rounds_outputs: bool = True,
    ) -> None:
        self.module = module
        self.rounds_outputs = rounds_outputs
        self.quantizer = quantizer
        self.rows = rows
        self.inputs: list[Real] = []
        self.notes: list[str] = []
        self._values: dict[Any, Any] = {}
        if type(module).__name__ in _LAYERS:
            # A layer by itself is not looked into: its forward is not written for tracing.
            self.graph, self.module = _single(module), _Holder(module)
            return
        try:
            self.graph = _sized(module, rows)
        except Exception as error:  # noqa: BLE001 - a user's code may raise anything
            raise NetworkError(
                f"the module cannot be traced: {str(error) or type(error).__name__}; its forward "
                "must not branch on values, and takes tensors alone"
            ) from None

    def run(self) -> list[Real]:
        """The outputs, on wires or not."""
        from torch import fx

        self._read_inputs()
        for node in self.graph.nodes:
            if node.op == "output":
                given = fx.node.map_arg(node.args[0], self._values.__getitem__)
                found = given if isinstance(given, tuple | list) else (given,)
                if not all(isinstance(one, Real) for one in found):
                    raise NetworkError("an output of the module does not depend on its inputs")
                return list(found)
            if node.op != "placeholder":
                self._values[node] = self._call(node)
        raise NetworkError("the module has no output")

    def coded(self, x: Real) -> Real:
        """Rounded values."""
        return x if x.edge.known.code is not None else self.quantizer.code(x)

    def finished(self, x: Real) -> Real:
        """An output."""
        return self.coded(x) if self.rounds_outputs else self.one_scale(x)

    def one_scale(self, x: Real) -> Real:
        """Values of one scale, rounded if they have several."""
        return x if x.scale.size == 1 and not np.any(x.shift) else self.quantizer.code(x)

    def users(self, node: Any) -> Iterator[str]:  # noqa: ANN401
        """What reads a call's result, by the names of layers and functions."""
        for user in node.users:
            yield self.name(user)

    def name(self, node: Any) -> str:  # noqa: ANN401
        """The type of a layer, or the name of a function or method."""
        if node.op == "call_module":
            return type(self.module.get_submodule(node.target)).__name__
        if node.op == "call_function":
            return _function_name(node.target)
        return str(node.target)

    def value(self, node: Any) -> Any:  # noqa: ANN401
        """What a call gave."""
        return self._values[node]

    def _read_inputs(self) -> None:
        nodes = [node for node in self.graph.nodes if node.op == "placeholder"]
        required = [node for node in nodes if not node.args]
        if not len(required) <= len(self.rows) <= len(nodes):
            raise NetworkError(f"{len(self.rows)} arrays of rows for {len(required)} inputs")
        for node, rows in zip(nodes, self.rows, strict=False):
            self._values[node] = self._input(node, rows)
            self.inputs.append(self._values[node])
        for node in nodes[len(self.rows) :]:
            self._values[node] = node.args[0]

    def _input(self, node: Any, rows: np.ndarray) -> Real:  # noqa: ANN401
        name = str(node.target)
        if rows.dtype.kind == "f":
            return self.quantizer.reals(name, rows)
        tables = [
            self.module.get_submodule(user.target).num_embeddings
            for user in node.users
            if self.name(user) == "Embedding"
        ]
        if tables:
            return self.quantizer.integers(name, rows, Code(0, min(tables) - 1, "one_hot"))
        code = Code(min(0, int(rows.min())), max(1, int(rows.max())))
        self.notes.append(f"Input {name} takes the integers {code.lo}..{code.hi}, as seen.")
        return self.quantizer.integers(name, rows, code)

    def _call(self, node: Any) -> Any:  # noqa: ANN401
        from torch import fx

        if node.op == "get_attr":
            return operator.attrgetter(node.target)(self.module)
        args = fx.node.map_arg(node.args, self._values.__getitem__)
        kwargs = fx.node.map_arg(node.kwargs, self._values.__getitem__)
        name = self.name(node)
        if node.op == "call_module":
            layer = self.module.get_submodule(node.target)
            if not any(isinstance(one, Real) for one in _leaves((args, kwargs))):
                return layer(*args, **kwargs)
            with self.quantizer.sketch.scope(node.target.replace(".", "/")):
                return self._made(_LAYERS, name, node, f"layer {node.target}", layer, args, kwargs)
        if not any(isinstance(one, Real) for one in _leaves((args, kwargs))):
            return self._plain(node, args, kwargs)
        return self._made(_CALLS, name, node, f"call {node.name}", None, args, kwargs)

    def _made(
        self,
        known: Any,  # noqa: ANN401
        name: str,
        node: Any,  # noqa: ANN401
        where: str,
        layer: Any,  # noqa: ANN401
        args: Any,  # noqa: ANN401
        kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if name not in known:
            raise NetworkError(f"{where}: {name} has no exact construction here")
        first = (self, node) if layer is None else (self, node, layer)
        try:
            return known[name](*first, *args, **kwargs)
        except NetworkError as error:
            raise NetworkError(f"{where} ({name}): {error}") from None
        except (TypeError, ValueError, AttributeError, IndexError, KeyError) as error:
            raise NetworkError(
                f"{where} ({name}): these arguments have no construction: {error}"
            ) from None

    def _plain(self, node: Any, args: Any, kwargs: Any) -> Any:  # noqa: ANN401
        """A call that no input reaches is PyTorch's own."""
        try:
            if node.op == "call_method":
                return getattr(args[0], node.target)(*args[1:], **kwargs)
            return node.target(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever it raises
            raise NetworkError(f"call {node.name}: {error}") from None


class _Holder:
    """A layer in place of the module that has it."""

    def __init__(self, layer: Any) -> None:  # noqa: ANN401
        self._layer = layer

    def get_submodule(self, target: str) -> Any:  # noqa: ANN401, ARG002 - there is one
        return self._layer


def _function_name(function: Any) -> str:  # noqa: ANN401
    """The name of a function; some of PyTorch's that dispatch do not know it."""
    from torch.nn import functional

    for name in ("max_pool1d", "max_pool2d"):
        if function is getattr(functional, name):
            return name
    return str(getattr(function, "__name__", function))


def _single(layer: Any) -> Any:  # noqa: ANN401
    """The graph of one layer."""
    from torch import fx

    graph = fx.Graph()
    read = graph.placeholder("x")
    made = graph.call_module(type(layer).__name__.lower(), (read,))
    if type(layer).__name__ in recurrent.LAYERS:
        made = graph.call_function(operator.getitem, (made, 0))
    graph.output(made)
    return graph


def _sized(module: Any, rows: Sequence[np.ndarray]) -> Any:  # noqa: ANN401
    """The graph of a module; the sizes of its inputs are numbers in it."""
    from torch import Size, fx

    shapes = [Size(one.shape) for one in rows]

    class Input(fx.Proxy):  # type: ignore[misc]
        """An input whose sizes are known, so that masks and positions can be made of them."""

        shape = Size(())

        @property
        def ndim(self) -> int:
            return len(self.shape)

        def dim(self) -> int:
            return len(self.shape)

        def size(self, dim: int | None = None) -> Any:  # noqa: ANN401
            return self.shape if dim is None else self.shape[dim]

    class Sized(fx.Tracer):  # type: ignore[misc]
        def proxy(self, node: Any) -> Any:  # noqa: ANN401
            if node.op != "placeholder" or not shapes:
                return super().proxy(node)
            made = Input(node, self)
            made.shape = shapes.pop(0)
            return made

    left_out = list(inspect.signature(module.forward).parameters.values())[len(rows) :]
    defaults = {one.name: one.default for one in left_out if one.default is not one.empty}
    return Sized().trace(module, concrete_args=defaults or None)


def _leaves(values: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(values, tuple | list):
        for one in values:
            yield from _leaves(one)
    elif isinstance(values, dict):
        for one in values.values():
            yield from _leaves(one)
    else:
        yield values
