"""Families written as programs of the machine, each with its direct connection language."""
