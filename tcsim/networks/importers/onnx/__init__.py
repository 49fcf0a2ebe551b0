"""The door for ONNX models: loading, integers, quantized models, real models with calibration."""
