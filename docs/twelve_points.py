"""Rewrite docs/twelve-points.md by checking every rule; --check compares its list of rules."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "twelve-points.md"

HEAD = """# Twelve points

<!-- Written by docs/twelve_points.py: do not edit. -->

What `tcsim reductions verify --all` found of each rule. [Reductions](reductions.md) says what the
points are, and `tcsim reductions verify RULE` prints the evidence of each.

"""


def main() -> int:
    """Rewrite, or compare; returns the exit code."""
    sys.path.insert(0, str(ROOT))
    import reductions
    from reductions.checks.table import markdown

    names = list(reductions.rule_table())
    if "--check" in sys.argv:
        lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
        listed = [line.split("`")[1] for line in lines if line.startswith("| `")]
        print("up to date" if listed == names else f"{PAGE.name} lists other rules than there are")
        return 0 if listed == names else 1
    reports = []
    for name in names:
        print(name, file=sys.stderr)
        reports.append(reductions.check(reductions.rule(name)))
    PAGE.write_text(HEAD + markdown(reports), encoding="utf-8")
    return 0 if all(report.passed for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
