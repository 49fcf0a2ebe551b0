"""What the scripts ``train_*.py`` share: modules, training loops, the files they write."""
