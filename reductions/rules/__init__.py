"""Reductions, one a file, called ``<source>_<target>``."""
