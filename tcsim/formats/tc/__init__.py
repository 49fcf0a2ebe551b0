"""`.tc`: circuits as text. `docs/formats/tc.md` is the specification."""

from tcsim.formats.tc.reader import read_tc
from tcsim.formats.tc.writer import write_tc

__all__ = ["read_tc", "write_tc"]
