"""Run the benchmarks: ``python -m benchmarks`` from the root of the repository."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import textwrap
from importlib import import_module
from pathlib import Path

from benchmarks.peers import single_threaded

single_threaded()  # before NumPy is imported

WORKLOADS = {
    "W1": "w1_random",
    "W2": "w2_tables",
    "W3": "w3_dense",
    "W4": "w4_weighted",
    "W5": "w5_digits",
    "W6": "w6_majority",
    "W7": "w7_reading",
    "W8": "w8_cold",
    "VOTE": "vote_sweep",
    "MEM": "memory",
}


def main() -> int:
    """Measure, print, write; the exit code is 1 if a row missed what it must reach."""
    options = _options()
    from benchmarks import machine, page, results, table

    path = options.json or results.RESULTS
    if len(options.only) == 1 and options.rows_only:
        return _measure(options, path)
    if options.only:
        print(textwrap.fill(machine.summary(machine.describe()), 80))
        print(table.HEADER, flush=True)
    # Each in a process of its own: what one leaves in memory is nothing to the next.
    command = [sys.executable, "-m", "benchmarks", *sys.argv[1:], "--rows-only", "--only"]
    codes = [subprocess.run([*command, name], check=False).returncode for name in options.only]
    if options.docs:
        found = results.load(path)
        page.PAGE.write_text(page.render(found), encoding="utf-8")
        for case in page.without_remark(found):
            print(f"{page.REMARKS.name}: no sentence for {case}")
    return max(codes, default=0)


def _measure(options: argparse.Namespace, path: Path) -> int:
    """One workload."""
    from benchmarks import machine, ours, results, table
    from benchmarks.harness import Bench

    found = results.load(path)
    (name,) = options.only
    missed = False
    ours.load_kernels()
    cases: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tcsim-benchmarks-") as folder:
        bench = Bench(Path(folder), machine.cores(), options.runs, options.quick, options.match)
        for row in import_module(f"benchmarks.{WORKLOADS[name]}").rows(bench):
            if not bench.wants(row):
                continue
            print(table.line(row), flush=True)
            missed |= row.verdict == "MISSED"
            if not options.quick:
                cases.append(row.case)
                results.add(found, row)
                results.save(found, path)
    if cases and not options.match:
        results.keep(found, name, cases)
        results.save(found, path)
    return int(missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", help=f"some workloads, of {','.join(WORKLOADS)}; or none")
    parser.add_argument("--match", default="", help="only rows with this text in their case")
    parser.add_argument("--runs", type=int, default=5, help="runs of each side (default 5)")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it works")
    parser.add_argument("--json", type=Path, help="where results go; others stay")
    parser.add_argument("--docs", action="store_true", help="rewrite docs/benchmarks.md from them")
    parser.add_argument("--rows-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = list(WORKLOADS) if options.only is None else options.only.upper().split(",")
    options.only = [] if names == ["NONE"] else names
    if unknown := set(options.only) - set(WORKLOADS):
        parser.error(f"no workload {', '.join(sorted(unknown))}: there are {', '.join(WORKLOADS)}")
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    return options


if __name__ == "__main__":
    sys.exit(main())
