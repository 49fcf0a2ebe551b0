"""Programs with constants, and functions they call, replaced: one text for many machines."""

from __future__ import annotations

from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from types import ModuleType


def bound(module: ModuleType, **values: object) -> SimpleNamespace:
    """A module's programs with some of its globals replaced.

    Args:
        module: of programs.
        **values: by global name: an integer, or a function.

    Returns:
        The functions of the module by name, bound to each other and to the values.

    Raises:
        ArgumentError: the module has no such name.

    Example:
        >>> from tcsim.uniformity import Program
        >>> from tcsim.uniformity.programs import tableau
        >>> Program(bound(tableau, T0=5, T1=0).steps).run(100).result
        5
    """
    unknown = sorted(set(values) - set(vars(module)))
    if unknown:
        raise ArgumentError(f"{module.__name__} has no {unknown[0]!r} to replace")
    scope = {**vars(module), **values}
    own = {
        name: FunctionType(one.__code__, scope, name)
        for name, one in vars(module).items()
        if isinstance(one, FunctionType) and one.__module__ == module.__name__
        if name not in values
    }
    for function in own.values():
        function.__module__ = module.__name__
    scope.update(own)
    return SimpleNamespace(__name__=module.__name__, **own)
