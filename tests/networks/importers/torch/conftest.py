"""These tests are left out where PyTorch is missing: it is too large for `test`."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["test_*.py"]
