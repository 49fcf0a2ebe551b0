"""As JUnit XML: a test case a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from proofs_check.outcome import Kind

if TYPE_CHECKING:
    from proofs_check.result import Run


def junit(run: Run) -> str:
    """The report. A claim that came out otherwise than recorded is a failure, or an error."""
    suite = ET.Element("testsuite", name=run.ledger.title)
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for result in run.results:
        counts["tests"] += 1
        seconds = sum(run.seconds.get(name, 0.0) for name in result.outcomes)
        case = ET.SubElement(
            suite,
            "testcase",
            classname=result.claim.part,
            name=result.claim.id,
            time=f"{seconds:.3f}",
        )
        if not result.as_recorded:
            error = result.outcome.kind is Kind.ERROR
            counts["errors" if error else "failures"] += 1
            tag = "error" if error else "failure"
            ET.SubElement(case, tag, message=str(result.outcome)).text = "\n".join(
                f"{name}: {result.outcomes[name]}" for name in result.surprises
            )
        elif not result.outcomes:
            counts["skipped"] += 1
            ET.SubElement(case, "skipped", message=str(result.outcome))
    for name, count in counts.items():
        suite.set(name, str(count))
    ET.indent(suite)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"
    )
