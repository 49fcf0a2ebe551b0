"""Circuits of functions of binary words, each written once: for its gates and for its cost."""
