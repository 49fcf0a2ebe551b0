"""Readers of other libraries' trained networks; each is loaded on use."""
