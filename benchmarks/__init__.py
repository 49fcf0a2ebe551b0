"""The benchmarks: one workload a file, every claim of a speed against a peer in the same run."""
