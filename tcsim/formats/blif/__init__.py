"""BLIF, combinational: tables of `.names`, each lowered to AND and OR gates."""

from tcsim.formats.blif.luts import LutMeasures, lut_levels
from tcsim.formats.blif.reader import read_blif
from tcsim.formats.blif.writer import write_blif

__all__ = ["LutMeasures", "lut_levels", "read_blif", "write_blif"]
