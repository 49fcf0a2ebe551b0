"""Loops over arrays and integers: order and slots, adders, and the evaluation of words."""
