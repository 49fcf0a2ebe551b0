"""Tests that read `torch` are left out where PyTorch is missing: it is too large for `test`."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    return importlib.import_module("torch")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_spec("torch") is None:
        left_out = [item for item in items if "torch" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
