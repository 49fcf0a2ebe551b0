"""Rewrite docs/onnx-conformance.md by running the tests of the onnx package; --check compares."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "onnx-conformance.md"

HEAD = """# ONNX conformance

<!-- Written by docs/onnx_conformance.py: do not edit. -->

The single-node tests that the onnx package ships, version {version}: all of those whose inputs and
outputs are integers or truth values alone ({integers}), those of QLinear operators ({linear}), and
those of QuantizeLinear and DequantizeLinear ({scales}). Each of the first two kinds is imported,
compiled, and run as a circuit on the test's inputs, whose outputs must equal the expected ones
exactly. QuantizeLinear and DequantizeLinear have real numbers at one end: they are computed in the
importer's own arithmetic.

| tests | pass | unsupported |
| --- | ---: | ---: |
{counts}

What is fixed beforehand are inputs that a network must know when it is built: shapes, axes, scales,
kernels. A declared range is a promise about an input of 32 or 64 bits; inputs of 64 bits without
one are taken to be within +-(2**31 - 1), or 0 to that.

"""


def page() -> str:
    """The page, by running everything."""
    sys.path.insert(0, str(ROOT))
    import onnx

    from tcsim.networks.importers.onnx.conformance import cases, check, kind_of, table

    results = []
    for case in cases():
        results.append(check(case))
        print(f"{len(results)} {case.name}", file=sys.stderr)
    kinds = Counter(kind_of(one.case) for one in results)
    passed = Counter(kind_of(one.case) for one in results if not one.reason)
    counts = "\n".join(
        f"| {kind} | {passed[kind]} | {kinds[kind] - passed[kind]} |"
        for kind in ("integers alone", "QLinear operators", "scales")
    )
    head = HEAD.format(
        version=onnx.__version__,
        integers=kinds["integers alone"],
        linear=kinds["QLinear operators"],
        scales=kinds["scales"],
        counts=counts,
    )
    return head + table(results)


def main() -> int:
    """Rewrite, or compare; returns the exit code."""
    fresh = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh
        print("up to date" if same else f"{PAGE.name} is out of date")
        return 0 if same else 1
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
