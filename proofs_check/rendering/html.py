"""As one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from proofs_check.claim import GRADES
from proofs_check.rendering.graph import MEANING, color, draw
from proofs_check.rendering.markdown import conditional, facts
from proofs_check.rendering.text import summary
from tcsim.report.html import lay_out
from tcsim.report.layout import Facts, Paragraph, Table

if TYPE_CHECKING:
    from proofs_check.result import Result, Run

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
article { border-left: .4rem solid #ccc; padding: .1rem 1rem; margin: 1rem 0; }
article h3 { font-size: 1rem; margin: .3rem 0; } article h3 small { font-weight: 400; color: #555; }
article p { margin: .3rem 0; }
details > summary { cursor: pointer; color: #444; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th, td { padding: .2rem .8rem; border-bottom: 1px solid #8884; text-align: left; }
.r { text-align: right; }
.scroll { overflow-x: auto; border: 1px solid #ddd; }
.scroll svg { display: block; }
.key span { display: inline-block; padding: 0 .6rem; margin: .1rem .4rem .1rem 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
"""


def html(run: Run) -> str:
    """The report as a complete HTML document."""
    ledger = run.ledger
    counts = [
        (grade, meaning, str(sum(result.claim.grade == grade for result in run.results)))
        for grade, meaning in GRADES.items()
    ]
    body = [
        f"<h1>{escape(ledger.title)}: what was checked</h1>",
        lay_out(Paragraph(ledger.note)),
        lay_out(Paragraph(summary(run) + ".")),
        lay_out(Table(("Grade", "Meaning", "Claims"), tuple(counts), "llr")),
        "<h2>What rests on what</h2>",
        _key(),
        f'<div class="scroll">{_inline(str(draw(run)))}</div>',
    ]
    part = None
    for result in run.results:
        if result.claim.part != part:
            part = result.claim.part
            body.append(f"<h2>{escape(part)}</h2>")
        body.append(_article(result, run))
    body.append("<h2>What is conditional</h2>")
    body.append(lay_out(Table(("Claim", "Assumes"), tuple(conditional(run)), "ll")))
    members = ledger.lattice.members.values()
    rows = tuple((one.id, one.statement, ", ".join(one.implies)) for one in members)
    body.append("<h2>Assumptions</h2>")
    body.append(lay_out(Table(("Assumption", "In words", "Implies"), rows, "lll")))
    body.append("<h2>Versions</h2>")
    body.append(lay_out(Facts(tuple(run.versions.items()))))
    page = "\n".join(body)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(ledger.title)}: what was checked</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n{page}\n</body>\n</html>\n"
    )


def _key() -> str:
    spans = (
        f'<span style="background:{tint}">{escape(words)}</span>' for tint, words in MEANING.items()
    )
    return f'<p class="key">{"".join(spans)}</p>'


def _inline(svg: str) -> str:
    return re.sub(r"^<\?xml[^>]*\?>\s*", "", svg)


def _article(result: Result, run: Run) -> str:
    claim = result.claim
    rows = [row for row in facts(result, run) if row[0] != "Uses"]
    links = ", ".join(f'<a href="#{escape(id_)}">{escape(id_)}</a>' for id_ in claim.uses)
    uses = f"<p>Uses {links}.</p>" if links else ""
    shown = "open" if claim.grade in {"A", "B"} or not result.as_recorded else ""
    given = ", conditional" if claim.statement_status == "conditional" else ""
    return (
        f'<article id="{escape(claim.id)}" style="border-color:{color(result)}">\n'
        f"<h3>{escape(claim.id)} <small>{escape(claim.place)}; {escape(claim.kind)}; "
        f"grade {escape(claim.grade)}; {escape(result.outcome.kind.value)}{given}</small></h3>\n"
        f"<p>{escape(claim.statement)}</p>\n{uses}"
        f"<details {shown}><summary>What was found</summary>\n{lay_out(Facts(tuple(rows)))}\n"
        "</details>\n</article>"
    )
