"""`.npz`: the arrays of a circuit in a zip archive. `docs/formats/npz.md` is the specification."""

from tcsim.formats.npz.reader import read_npz
from tcsim.formats.npz.writer import write_npz

__all__ = ["read_npz", "write_npz"]
