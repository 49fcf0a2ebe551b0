"""Where the gates and the costs of each operation are."""

from __future__ import annotations

from typing import Literal

from tcsim.errors import NetworkError


def module_of(operation: object, room: Literal["circuits", "costs"]) -> str:
    """The module that builds an operation (``"circuits"``) or that says its cost (``"costs"``).

    They have the same name as the module of ``tcsim.networks.operations`` that the operation's
    class is in. A class from elsewhere names its own, as attributes ``circuits`` and ``costs``.

    Raises:
        NetworkError: it is from elsewhere and names none.
    """
    kind = type(operation)
    home, _, name = kind.__module__.rpartition(".")
    if home == "tcsim.networks.operations":
        return f"tcsim.networks.{room}.{name}"
    module = getattr(kind, room, None)
    if isinstance(module, str):
        return module
    raise NetworkError(
        f"{operation!r} is no operation of tcsim; give its class attributes circuits and costs, "
        "each the name of a module"
    )
