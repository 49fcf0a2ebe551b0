"""The one place where a Circuit reaches up to higher floors: a static table, loaded on use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

TABLE = {
    "gates": "tcsim.gates:Gates",
    "measures": "tcsim.measure:measures",
    "levels": "tcsim.measure:levels",
    "critical_path": "tcsim.measure:critical_path",
    "evaluate": "tcsim.simulate:evaluate",
    "truth_table": "tcsim.simulate:truth_table",
    "trace": "tcsim.simulate:trace",
    "to_network": "tcsim.networks.from_circuit:to_network",
    "draw": "tcsim.draw:draw",
    "svg": "tcsim.report.notebook:circuit_svg",
    "html": "tcsim.report.notebook:circuit_html",
}


def load(target: str) -> Any:  # noqa: ANN401
    """The object that ``"package.module:name"`` names."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def call(name: str, *args: object, **options: object) -> Any:  # noqa: ANN401
    """Call an entry of the table."""
    return load(TABLE[name])(*args, **options)
