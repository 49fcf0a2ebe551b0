"""What a network costs, from its shapes alone, and the check that a built slice costs the same."""
