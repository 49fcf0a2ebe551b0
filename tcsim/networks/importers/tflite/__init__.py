"""Models of TensorFlow Lite whose tensors are 8-bit integers, bit for bit."""
