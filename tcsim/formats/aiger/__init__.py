"""AIGER: and-inverter graphs, as text and in binary. See `docs/formats/aiger.md`.

The format: A. Biere, "The AIGER And-Inverter Graph (AIG) Format", 2007; A. Biere, K. Heljanko and
S. Wieringa, "AIGER 1.9 and Beyond", 2011, both at https://fmv.jku.at/aiger/.
"""

from tcsim.formats.aiger.reader import read_aiger
from tcsim.formats.aiger.writer import write_aag, write_aig

__all__ = ["read_aiger", "write_aag", "write_aig"]
