"""Structural Verilog: gate primitives and one-bit `assign` expressions, one module."""

from tcsim.formats.verilog.reader import read_verilog
from tcsim.formats.verilog.writer import write_verilog

__all__ = ["read_verilog", "write_verilog"]
