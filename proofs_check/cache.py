"""Outcomes remembered by content: of the check, of all code below it, and of what it runs on."""

from __future__ import annotations

import json
import os
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from proofs_check.outcome import Outcome
from proofs_check.running import versions
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from proofs_check.checks import Check
    from tcsim.typing import StrPath

PACKAGES = ("tcsim", "reductions", "proofs_check")


def default_folder() -> Path:
    """Where outcomes are remembered unless told: ``$XDG_CACHE_HOME/tcsim/proofs``."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "tcsim" / "proofs"


class Cache:
    """A folder of outcomes.

    A file that cannot be read or written is as good as none: the check is run.

    Args:
        folder: made when the first outcome is stored.
    """

    def __init__(self, folder: StrPath | None = None) -> None:
        self.folder = default_folder() if folder is None else Path(folder)

    @cached_property
    def _code(self) -> str:
        """A digest of every source file of the packages, and of the versions of others."""
        found = sha256(json.dumps(versions(), sort_keys=True).encode())
        for package in PACKAGES:
            root = Path(str(import_module(package).__file__)).parent
            for path in sorted(root.rglob("*.py")):
                found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
        return found.hexdigest()

    def _file(self, check: Check) -> Path:
        import inspect

        try:
            source = Path(inspect.getfile(check.function)).read_bytes()
        except (OSError, TypeError):
            source = os.urandom(32)  # made on the fly: never the same twice
        text = f"{self._code} {check.name} ".encode() + source
        return self.folder / f"{sha256(text).hexdigest()}.json"

    def get(self, check: Check) -> Outcome | None:
        """A remembered outcome."""
        try:
            return Outcome.from_dict(json.loads(self._file(check).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, check: Check, outcome: Outcome) -> None:
        """Remember an outcome."""
        from tcsim.formats.files import save

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            save(json.dumps(outcome.to_dict()).encode(), self._file(check))
        except (OSError, TcsimError):
            return
