"""The depth-of-1 game: a first action that reveals the depth of a circuit's deepest 1."""
