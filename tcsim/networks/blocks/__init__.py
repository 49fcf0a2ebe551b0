"""Parts of architectures, written operation by operation, with what is rounded where."""
