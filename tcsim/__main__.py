"""``python -m tcsim`` is the command ``tcsim``."""

from tcsim.cli import main

if __name__ == "__main__":
    main()
