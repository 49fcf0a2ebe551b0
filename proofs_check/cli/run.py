"""`tcsim proofs run`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from proofs_check.cli.options import ledger_option, open_ledger, perform, running, selecting
from tcsim.cli.failures import CHECK_FAILED
from tcsim.cli.options import json_option
from tcsim.cli.output import emit, emit_json, emit_text, warn
from tcsim.errors import ArgumentError

FLIPS_SCHEMA = "proofs_check.flips/1"


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@ledger_option
@selecting
@running
@click.option("--flips", is_flag=True, help="Bend every claim instead; each must be refuted.")
@click.option("--junit", metavar="FILE.xml", help="Also write JUnit XML.")
@click.option("--evidence", metavar="FOLDER", help="Also write the evidence, a file a check.")
@json_option()
@click.pass_context
def run(
    ctx: click.Context,
    ids: tuple[str, ...],
    path: str | None,
    grades: tuple[str, ...],
    kinds: tuple[str, ...],
    costs: tuple[str, ...],
    *,
    full: bool,
    jobs: int,
    no_cache: bool,
    cache: str | None,
    flips: bool,
    junit: str | None,
    evidence: str | None,
    as_json: bool,
) -> None:
    """Run the quick checks of all claims, or all checks of those named.

    The exit code is 1 where an outcome is not the one that is recorded, or a check raises.
    """
    from proofs_check.rendering.data import evidence_data, run_data
    from proofs_check.rendering.junit import junit as as_junit
    from proofs_check.rendering.text import run_text

    ledger = open_ledger(path)
    claims = ledger.select(ids, grades=grades, kinds=kinds, costs=costs)
    full = full or bool(ids) or "full" in costs
    if flips:
        from proofs_check.running import run_flips
        from tcsim.cli.progress import progress

        with progress("flips") as advance:
            failures = run_flips(ledger, claims, full=full, progress=advance)
        if as_json:
            emit_json({"schema": FLIPS_SCHEMA, "unnoticed": failures})
        else:
            emit_text("\n".join([*failures, f"{len(failures)} flips unnoticed"]) + "\n")
        ctx.exit(CHECK_FAILED if failures else 0)
    done = perform(ledger, claims, full=full, jobs=jobs, cache=cache, no_cache=no_cache)
    if junit is not None:
        emit(as_junit(done).encode(), junit)
    if evidence is not None:
        folder = Path(evidence)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArgumentError(f"cannot make the folder {folder}: {error.strerror}") from None
        names = sorted({name for result in done.results for name in result.outcomes})
        for name in names:
            text = json.dumps(evidence_data(done, name), indent=1)
            safe = re.sub(r"\W", "_", name)
            emit((text + "\n").encode(), str(folder / f"{safe}.json"))
        warn(f"{len(names)} files written to {folder}")
    if as_json:
        emit_json(run_data(done))
    else:
        emit_text(run_text(done))
    ctx.exit(0 if done.as_recorded else CHECK_FAILED)
