"""A family by its place: ``package.module:name`` or ``path/to/file.py:name``."""

from __future__ import annotations

import sys
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.family.family import Family

if TYPE_CHECKING:
    from types import ModuleType


def load_family(target: str) -> Family:
    """Import what a target names; a function n -> Circuit becomes a family without claims.

    Args:
        target: ``module:name`` or ``file.py:name``. Modules are also looked for in the current
            folder. The code of the module is run.

    Raises:
        ArgumentError: there is no such module or name, importing fails, or it is no family and no
            function.
    """
    place, colon, name = target.rpartition(":")
    if not colon or not place or not name:
        raise ArgumentError(
            f"{target!r} names no family; write module:function or file.py:function"
        )
    module = _from_file(Path(place)) if place.endswith(".py") else _by_name(place)
    found: object = module
    for part in name.split("."):
        if not hasattr(found, part):
            names = [
                key
                for key, value in vars(module).items()
                if isinstance(value, Family) and not key.startswith("_")
            ]
            there = f"; families there: {', '.join(names)}" if names else ""
            raise ArgumentError(f"{target}: {place} has no {part!r}{there}")
        found = getattr(found, part)
    if isinstance(found, Family):
        return found
    if not callable(found):
        raise ArgumentError(f"{target} is {type(found).__name__}, not a Family or a function of n")
    return Family(found, name=name)


def _by_name(name: str) -> ModuleType:
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            raise ArgumentError(
                f"{name}: no such module in the current folder or among those installed"
            ) from None
        raise _failed(name, error) from error
    except (Exception, SystemExit) as error:
        raise _failed(name, error) from error


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise ArgumentError(f"{path}: no such file")
    spec = util.spec_from_file_location(f"_family_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ArgumentError(f"{path} cannot be imported")
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses and pickles look for it
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise _failed(str(path), error) from error
    return module


def _failed(name: str, error: BaseException) -> ArgumentError:
    return ArgumentError(f"importing {name} raised {type(error).__name__}: {error}")
