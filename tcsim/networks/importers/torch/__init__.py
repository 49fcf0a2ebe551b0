"""Modules of PyTorch, traced: what each of their layers is in integers."""
