"""Checks of the paper's statements, a group of statements a file."""
