"""What Verilog is made of: tokens with their lines, and the words that are no names."""

from __future__ import annotations

import re
from typing import NamedTuple

from tcsim.errors import ParseError
from tcsim.formats.limits import excerpt

KEYWORDS = frozenset(
    """
    always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config
    deassign default defparam design disable edge else end endcase endconfig endfunction
    endgenerate endmodule endprimitive endspecify endtable endtask event for force forever
    fork function generate genvar highz0 highz1 if ifnone incdir include initial inout input
    instance integer join large liblist library localparam logic macromodule medium module
    nand negedge nmos nor noshowcancelled not notif0 notif1 or output parameter pmos posedge
    primitive pull0 pull1 pulldown pullup rcmos real realtime reg release repeat rnmos rpmos
    rtran rtranif0 rtranif1 scalared showcancelled signed small specify specparam strong0
    strong1 supply0 supply1 table task time tran tranif0 tranif1 tri tri0 tri1 triand trior
    trireg unsigned use vectored wait wand weak0 weak1 while wire wor xnor xor
    """.split()  # noqa: SIM905 - a hundred lines otherwise
)
"""Words that are no names unless they are escaped."""

is_simple = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*").fullmatch
"""Whether a name is an identifier without an escape."""

_TOKEN = re.compile(
    r"(?P<skip>[ \t]+|//[^\n]*|/\*.*?\*/|\(\*[^)].*?\*\)"
    r"|`(?:celldefine|default_nettype|endcelldefine|line|resetall|timescale)\b[^\n]*)"
    r"|(?P<newline>\n)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_$]*|\\[!-~]+)"
    r"|(?P<constant>[0-9]*'[bBhHdDoO][0-9a-fA-FxXzZ_]+|[0-9]+)"
    r"|(?P<sign>&&|\|\||~\^|\^~|[~!&|^()\[\]{},;:=?.#@<>+*/%-])",
    re.DOTALL,
)

_OPENS = re.compile(r"/\*|\(\*(?!\))").match


class Token(NamedTuple):
    """A token: an escaped name has lost its backslash; `plain` tells it from a keyword."""

    text: str
    line: int
    kind: str
    plain: bool = True


def tokens(text: str, path: str | None) -> list[Token]:
    """The tokens of a file, then one of the kind ``"end"``.

    Raises:
        ParseError: a character belongs to no token, or a comment is not closed.
    """
    found = []
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        # Where these two begin and are not closed, only their first character matches.
        unclosed = match is not None and len(match[0]) == 1 and _OPENS(text, at)
        if match is None or unclosed:
            problem = f"{text[at : at + 2]} is not closed" if unclosed else f"found {text[at]!r}"
            raise ParseError(problem, path=path, line=line)
        kind = match.lastgroup
        if kind == "name":
            word = match[0]
            found.append(Token(word.removeprefix("\\"), line, "name", word[0] != "\\"))
        elif kind in ("constant", "sign"):
            found.append(Token(match[0], line, kind))
        line += match[0].count("\n")
        at = match.end()
    found.append(Token("the end of the file", line, "end"))
    return found


def bit(token: Token, path: str | None) -> int:
    """The one-bit constant that a token spells.

    Raises:
        ParseError: it is not 0 or 1.
    """
    _, quote, digits = token.text.partition("'")
    value = (digits[1:] if quote else token.text).replace("_", "").lstrip("0") or "0"
    if value not in ("0", "1"):
        problem = f"the constant {excerpt(token.text)} is not one bit, 1'b0 or 1'b1"
        raise ParseError(problem, path=path, line=token.line)
    return int(value)
