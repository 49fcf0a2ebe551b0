"""How each operation of a network becomes gates: one operation a file."""
