"""`tcsim draw`: a circuit as a picture, or as a page on which its levels fire one by one."""

from __future__ import annotations

import click

from tcsim.cli.options import format_option, network_options
from tcsim.cli.output import emit, warn
from tcsim.cli.source import Options, read_circuit


@click.command()
@click.argument("source")
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="FILE.svg, a picture, or FILE.html, a page to step through.  [default: SVG to stdout]",
)
@click.option(
    "--collapse",
    type=click.Choice(["auto", "scopes", "levels", "none"]),
    default="auto",
    show_default=True,
    help="What becomes one block; every gate is drawn where they are few, or with none.",
)
@format_option("--format", "format_", "SOURCE")
@network_options
def draw(
    source: str,
    *,
    output: str,
    collapse: str,
    format_: str | None,
    weight_bits: int | None,
    activation_bits: int | None,
    code: str | None,
) -> None:
    """Draw a circuit.

    SOURCE is a circuit file, - for standard input, or a built-in network. The critical path is
    marked. A page (FILE.html) is for small circuits: its reader sets the inputs and watches the
    levels fire.
    """
    circuit = read_circuit(source, format_, Options(weight_bits, activation_bits, code))
    from tcsim import draw as pictures

    if output.lower().endswith((".html", ".htm")):
        if collapse != "auto":
            raise click.UsageError("--collapse is for pictures; a page shows every gate")
        emit(pictures.step_view(circuit).html.encode(), output)
        return
    if output != "-" and not output.lower().endswith(".svg"):
        raise click.UsageError(f"{output}: a picture is .svg, a page to step through .html")
    if collapse == "none":
        picture = pictures.draw(circuit, collapse=False)
    elif collapse == "auto":
        picture = pictures.draw(circuit)
    else:
        picture = pictures.draw(circuit, collapse="scopes" if collapse == "scopes" else "levels")
    emit(picture.svg.encode(), output)
    if output != "-":
        warn(f"{output} written")
