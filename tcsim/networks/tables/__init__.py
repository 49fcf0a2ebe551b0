"""Exact numbers that operations are made of: functions, fractions, rounding, masks, positions."""
