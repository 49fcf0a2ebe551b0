"""A file format of your own: one MAJORITY gate a line, such as ``out = maj(a, b, c)``.

An installed package offers it through an entry point, and `tcsim report vote.maj` then works:

    [project.entry-points."tcsim.formats"]
    maj = "format_plugin:MAJ"
"""

import re

import tcsim as tc
from tcsim.errors import ParseError
from tcsim.formats import Format

LINE = re.compile(r"(\w+) = maj\((\w+(?:, \w+)*)\)")


def read_maj(data: bytes, path: str | None = None) -> tc.Circuit:
    """Read the lines in order; a name that no line defines is an input, the last is the output."""
    builder, wires = tc.Builder(share=False, fold=False), {}
    for number, line in enumerate(data.decode("ascii", "replace").splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise ParseError(
                f"expected NAME = maj(A, B, ...), found {line!r}", path=path, line=number
            )
        for name in match[2].split(", "):
            if name not in wires:
                wires[name] = builder.input(name)
        if match[1] in wires:
            raise ParseError(f"{match[1]!r} is defined twice", path=path, line=number)
        wires[match[1]] = tc.majority(wires[name] for name in match[2].split(", "))
    if wires:
        builder.output(match[1], wires[match[1]])
    return builder.build()


MAJ = Format("maj", (".maj",), (), "format_plugin:read_maj", None, "majority gates, one a line")

if __name__ == "__main__":
    circuit = read_maj(b"v = maj(a, b, c)\nw = maj(v, a, d)\n")
    print(circuit, [gate.kind for gate in circuit.gates])
