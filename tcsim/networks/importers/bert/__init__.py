"""Encoders of the shape of BERT, from a config.json and a safetensors file."""
