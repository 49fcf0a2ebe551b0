"""tcsim: threshold circuits, their depth and width measured, and networks compiled into them.

A gate fires iff ``sum_i weight_i * operand_i >= threshold``. Everything named here is loaded on
first use, so that importing the package and asking for help stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.builder import Builder as Builder
    from tcsim.bus import Bus as Bus
    from tcsim.circuit import Circuit as Circuit
    from tcsim.equivalence import equivalent as equivalent
    from tcsim.errors import TcsimError as TcsimError
    from tcsim.expressions import Condition as Condition
    from tcsim.expressions import LinearForm as LinearForm
    from tcsim.expressions import SharedForm as SharedForm
    from tcsim.expressions import Wire as Wire
    from tcsim.expressions import all as all
    from tcsim.expressions import any as any
    from tcsim.expressions import at_least as at_least
    from tcsim.expressions import dot as dot
    from tcsim.expressions import equal as equal
    from tcsim.expressions import majority as majority
    from tcsim.expressions import sum as sum
    from tcsim.family import Family as Family
    from tcsim.formats import read as read
    from tcsim.formats import write as write
    from tcsim.simulate import pack as pack
    from tcsim.simulate import unpack as unpack

__version__ = "0.1.0"

_HOME = {
    "Builder": "tcsim.builder",
    "Bus": "tcsim.bus",
    "Circuit": "tcsim.circuit",
    "equivalent": "tcsim.equivalence",
    "TcsimError": "tcsim.errors",
    "Condition": "tcsim.expressions",
    "LinearForm": "tcsim.expressions",
    "SharedForm": "tcsim.expressions",
    "Wire": "tcsim.expressions",
    "all": "tcsim.expressions",
    "any": "tcsim.expressions",
    "at_least": "tcsim.expressions",
    "dot": "tcsim.expressions",
    "equal": "tcsim.expressions",
    "majority": "tcsim.expressions",
    "sum": "tcsim.expressions",
    "Family": "tcsim.family",
    "read": "tcsim.formats",
    "write": "tcsim.formats",
    "pack": "tcsim.simulate",
    "unpack": "tcsim.simulate",
}
"""Where each public name lives. No function has the name of a sub-package: importing the latter
would put it in the former's place."""

_SUBPACKAGES = (
    "analysis",
    "campaign",
    "draw",
    "equivalence",
    "errors",
    "family",
    "formats",
    "hierarchy",
    "library",
    "measure",
    "networks",
    "report",
    "search",
    "simulate",
    "strategies",
    "testing",
    "transform",
    "typing",
    "uniformity",
)

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604 - the keys are names


def __getattr__(name: str) -> object:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    if name in _SUBPACKAGES:
        return import_module(f"tcsim.{name}")
    raise AttributeError(f"module 'tcsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_SUBPACKAGES])
