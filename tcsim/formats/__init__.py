"""Circuit files: `read` and `write` find the format by suffix and content; one format a room.

`registry.BUILT_IN` is the table of formats; further ones join by the entry point group
``tcsim.formats``.
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from typing import IO, TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.formats.files import opened, save
from tcsim.formats.registry import Format, detect, find, for_writing, formats

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.blif import lut_levels as lut_levels
    from tcsim.formats.networkx_graph import from_networkx as from_networkx
    from tcsim.formats.networkx_graph import to_networkx as to_networkx
    from tcsim.formats.scipy_matrix import from_scipy as from_scipy
    from tcsim.formats.scipy_matrix import to_scipy as to_scipy
    from tcsim.formats.sympy_expression import to_sympy as to_sympy
    from tcsim.typing import StrPath

_OBJECTS = {
    "from_networkx": "tcsim.formats.networkx_graph",
    "from_scipy": "tcsim.formats.scipy_matrix",
    "lut_levels": "tcsim.formats.blif",
    "to_networkx": "tcsim.formats.networkx_graph",
    "to_scipy": "tcsim.formats.scipy_matrix",
    "to_sympy": "tcsim.formats.sympy_expression",
}
"""Circuits as objects of other libraries, and other things that few need: loaded on use."""

__all__ = [
    "Format",
    "formats",
    "from_networkx",
    "from_scipy",
    "lut_levels",
    "read",
    "to_networkx",
    "to_scipy",
    "to_sympy",
    "write",
]


def __getattr__(name: str) -> object:
    if name in _OBJECTS:
        return getattr(import_module(_OBJECTS[name]), name)
    raise AttributeError(f"module 'tcsim.formats' has no attribute {name!r}")


_HEAD = 64
"""Bytes that a format is recognized by."""


def read(source: StrPath | IO[Any], format: str | None = None) -> Circuit:  # noqa: A002
    r"""Read a circuit; its size and depth are those of the file.

    Args:
        source: a path, or an open binary or text file.
        format: ``"tc"``, ``"npz"``, ``"aag"``, ``"aig"`` or the name of an added format; by default
            it is found by the suffix of the name and by the first bytes of the content.

    Returns:
        The circuit.

    Raises:
        ParseError: the content breaks the rules of its format, or no format is recognized.
        ArgumentError: the file cannot be opened, or the format is unknown.
        LimitError: the file is larger than 4 GiB.

    Example:
        >>> import io
        >>> import tcsim as tc
        >>> text = "tcsim 1\ninput x[3]\nvote = x[0] + x[1] + x[2] >= 2\noutput vote\n"
        >>> tc.read(io.StringIO(text))
        <Circuit: 3 inputs, 1 outputs, size 1, depth 1>
    """
    wanted = None if format is None else find(format)
    with opened(source) as (name, take):
        head = take(_HEAD)
        chosen = detect(name, head) if wanted is None else wanted
        data = head + take(None)
    return chosen.read(data, name)


def write(
    circuit: Circuit,
    target: StrPath | IO[Any],
    format: str | None = None,  # noqa: A002
) -> None:
    """Write a circuit. A file appears whole or not at all.

    Args:
        circuit: any circuit. `.tc` and `.npz` keep all of it; AIGER keeps what it can express.
        target: a path, or a file open for writing; text formats may go to text files.
        format: as for `read`; by default it is found by the suffix of the name.

    Raises:
        ArgumentError: the format is unknown or cannot be written, or the file cannot be.
        LimitError: the circuit would take too many of the gates that the format has.

    Example:
        >>> import sys
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 2)
        >>> b.output("both", x[0] & x[1])
        >>> tc.write(b.build(), sys.stdout, "tc")
        tcsim 1
        <BLANKLINE>
        input x[2]
        <BLANKLINE>
        %0 = x[0] + x[1] >= 2
        <BLANKLINE>
        output both = %0
    """
    from tcsim import circuit as home  # loads NumPy, which a command's help does without

    if not isinstance(circuit, home.Circuit):
        raise ArgumentError(f"a Circuit is written, not {type(circuit).__name__}: compile it first")
    name = target if isinstance(target, str | bytes | PathLike) else getattr(target, "name", None)
    chosen = for_writing(name) if format is None else find(format)
    save(chosen.write(circuit), target)
