"""Rules as programs of the metered machine: integers in registers, and nothing else."""
