"""Write the hostile corpus, `tests/data/hostile`: small files that every reader must refuse.

Run it as ``python -m tests.formats.make_hostile``; the same files come out every time. The name of
a file says what is wrong with it.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.formats.hostile_binary import aig, npz, safetensors_files

FOLDER = Path(__file__).resolve().parents[1] / "data" / "hostile"

NOT_TEXT = {"latin-1": b"\xe9", "nul": b"\x00", "utf-8": "é".encode(), "escape": b"\x1b[31m"}


def th() -> dict[str, bytes]:
    start = ".model m\n.inputs a b\n.outputs f\n"
    good = ".threshold a b f\n1 1 2\n"
    files = {
        "empty": "",
        "title-alone": "Threshold logic gate list written by NZ.\n",
        "text-instead": "hello\nworld\n",
        "second-title": "one\ntwo\n" + start + good,
        "second-model": start + good + ".model n\n.end\n",
        "unknown-statement": start + ".names a b f\n11 1\n",
        "latch": start + ".latch a f\n",
        "output-not-defined": start + ".end\n",
        "operand-not-defined": start + ".threshold a c f\n1 1 2\n",
        "gate-defined-twice": start + good + good,
        "gate-named-like-an-input": start + ".threshold b a\n1 1\n",
        "input-twice": ".model m\n.inputs a a\n.outputs a\n",
        "input-in-two-lines": ".inputs a\n.inputs b\n.input a\n.outputs b\n",
        "output-twice": ".inputs a b\n.outputs f f\n" + good,
        "no-weights-at-the-end": start + ".threshold a b f",
        "no-weights-but-a-gate": start + ".threshold a b f\n" + good,
        "too-few-weights": start + ".threshold a b f\n1 2\n",
        "too-many-weights": start + ".threshold a b f\n1 1 1 2\n",
        "threshold-missing": start + ".threshold a b f\n1 1\n.end",
        "weight-a-fraction": start + ".threshold a b f\n1 0.5 2\n",
        "weight-a-word": start + ".threshold a b f\n1 x 2\n",
        "weight-hexadecimal": start + ".threshold a b f\n1 0x1 2\n",
        "weight-nan": start + ".threshold a b f\n1 nan 2\n",
        "weight-of-5000-digits": start + f".threshold a b f\n1 {'9' * 5000} 2\n",
        "threshold-infinite": start + ".threshold a b f\n1 1 inf\n",
        "gate-without-a-name": start + ".threshold\n1\n",
        "gate-reads-itself": start + ".threshold a f f\n1 1 2\n",
        "cycle-of-two": start + ".threshold a g f\n1 1 2\n.threshold b f g\n1 1 2\n",
        "cycle-of-500": start
        + "".join(f".threshold g{(i + 1) % 500} g{i}\n1 1\n" for i in range(500))
        + ".threshold g0 f\n1 1\n",
        "cut-in-the-weights": start + ".threshold a b f\n1 ",
    }
    return encode(files) | {
        f"not-ascii-{kind}": start.encode() + b".threshold a b f\n1 " + data + b" 2\n"
        for kind, data in NOT_TEXT.items()
    }


def blif() -> dict[str, bytes]:
    start, end = ".model m\n.inputs a b\n.outputs f\n", ".end\n"
    good = ".names a b f\n11 1\n"
    tables = {
        "latch": ".latch a f re clk 0\n",
        "mlatch": ".mlatch dff d=a q=f clk 0\n",
        "gate-of-a-library": ".gate nand2 a=a b=b o=f\n",
        "subckt": ".subckt adder x=a y=b z=f\n",
        "search": ".search other.blif\n",
        "exdc": good + ".exdc\n.names a f\n1 1\n",
        "start-kiss": ".start_kiss\n.i 1\n.o 1\n",
        "unknown-statement": ".nmaes a b f\n11 1\n",
        "names-of-nothing": ".names\n",
        "row-too-short": ".names a b f\n1 1\n",
        "row-too-long": ".names a b f\n111 1\n",
        "row-without-output": ".names a b f\n11\n",
        "row-with-a-2": ".names a b f\n12 1\n",
        "row-of-three-words": ".names a b f\n1 1 1\n",
        "row-output-dash": ".names a b f\n11 -\n",
        "row-of-a-constant-too-long": ".names f\n1 1\n",
        "rows-of-both-values": ".names a b f\n11 1\n00 0\n",
        "row-outside-a-table": "11 1\n" + good,
        "row-behind-another-statement": good + ".area 3\n00 1\n",
        "operand-not-defined": ".names a c f\n11 1\n",
        "output-not-defined": ".names a b g\n11 1\n",
        "defined-twice": good + good,
        "defines-an-input": good + ".names b a\n1 1\n",
        "reads-itself": ".names a f f\n11 1\n",
        "cycle-of-two": ".names a g f\n11 1\n.names b f g\n11 1\n",
        "cycle-of-buffers": ".names g f\n1 1\n.names f g\n1 1\n",
        "input-twice": ".inputs a\n" + good,
        "output-twice": ".outputs f\n" + good,
        "conn-of-one": ".conn a\n",
        "conn-of-three": ".conn a b f\n",
        "long-name-not-defined": f".names {'n' * 5000} f\n1 1\n",
    }
    files = {name: start + table + end for name, table in tables.items()} | {
        "empty": "",
        "text-instead": "hello world\n",
        "no-end": start + good,
        "cut-in-a-cover": start + ".names a b f\n11 1\n0",
        "cut-in-a-continuation": start + ".names a b \\",
        "cut-in-the-inputs": ".model m\n.inputs a \\\n",
        "comment-alone": "# nothing\n",
    }
    return encode(files) | {
        f"not-ascii-{kind}": start.encode() + b".names a " + data + b" f\n11 1\n.end\n"
        for kind, data in NOT_TEXT.items()
    }


def bench() -> dict[str, bytes]:
    start = "INPUT(a)\nINPUT(b)\nOUTPUT(f)\n"
    gates = {
        "flip-flop": "f = DFF(a)\n",
        "latch": "f = LATCH(a, b)\n",
        "unknown-gate": "f = MAJ(a, b, a)\n",
        "lut": "f = LUT 0x8 (a, b)\n",
        "no-operands": "f = AND()\n",
        "empty-operand": "f = AND(a,,b)\n",
        "blank-in-operand": "f = AND(a b)\n",
        "operator-in-operand": "f = AND(a=b)\n",
        "not-of-two": "f = NOT(a, b)\n",
        "buffer-of-two": "f = BUFF(a, b)\n",
        "no-closing-bracket": "f = AND(a, b\n",
        "no-brackets": "f = AND a, b\n",
        "no-equals": "f AND(a, b)\n",
        "no-name": "= AND(a, b)\n",
        "two-statements": "f = AND(a, b) g = OR(a, b)\n",
        "input-of-nothing": "f = AND(a, b)\nINPUT()\n",
        "output-of-two": "f = AND(a, b)\nOUTPUT(a, b)\n",
        "operand-not-defined": "f = AND(a, c)\n",
        "output-not-defined": "g = AND(a, b)\n",
        "defined-twice": "f = AND(a, b)\nf = OR(a, b)\n",
        "defines-an-input": "f = AND(a, b)\na = NOT(b)\n",
        "input-twice": "INPUT(a)\nf = NOT(a)\n",
        "output-twice": "OUTPUT(f)\nf = NOT(a)\n",
        "reads-itself": "f = AND(a, f)\n",
        "cycle-of-two": "f = AND(a, g)\ng = AND(b, f)\n",
        "cycle-of-500": "f = NOT(g0)\n"
        + "".join(f"g{i} = NOT(g{(i + 1) % 500})\n" for i in range(500)),
        "cut-in-a-gate": "f = AN",
        "long-unknown-gate": f"f = {'X' * 5000}(a)\n",
    }
    files = {name: start + gate for name, gate in gates.items()} | {
        "empty": "",
        "text-instead": "hello world\n",
    }
    return encode(files) | {
        f"not-ascii-{kind}": start.encode() + b"f = AND(a, " + data + b")\n"
        for kind, data in NOT_TEXT.items()
    }


def v() -> dict[str, bytes]:
    bodies = {
        "reg": "reg f;",
        "always": "always @(posedge a) f <= b;",
        "initial": "initial f = 0;",
        "module-instance": "dff d(.q(f), .d(a));",
        "parameter": "parameter n = 3;",
        "inout": "inout c;",
        "vector-assigned": "wire [3:0] w; assign w = a; assign f = w[0];",
        "vector-read": "wire [3:0] w; assign f = w;",
        "bit-outside": "wire [3:0] w; assign f = w[4];",
        "bit-of-a-bit": "assign f = a[0];",
        "index-of-20-digits": "wire [99999999999999999999:0] w; assign f = a;",
        "range-not-closed": "wire [3:0 w; assign f = a;",
        "plus": "assign f = a + b;",
        "reduction": "assign f = &a;",
        "comparison": "assign f = a == b;",
        "no-operand": "assign f = a & ;",
        "two-operands": "assign f = a b;",
        "no-closing-bracket": "assign f = (a & b;",
        "no-opening-bracket": "assign f = a & b);",
        "10000-open-brackets": "assign f = " + "(" * 10_000 + "a;",
        "question-without-colon": "assign f = a ? b;",
        "colon-without-question": "assign f = a : b;",
        "constant-of-two-bits": "assign f = 2'b10;",
        "constant-x": "assign f = 1'bx;",
        "constant-of-5000-digits": f"assign f = {'9' * 5000};",
        "constant-assigned": "assign 1'b0 = a;",
        "keyword-as-a-name": "assign f = wire;",
        "not-defined": "assign f = c;",
        "driven-twice": "assign f = a; assign f = b;",
        "input-driven": "assign f = a; assign a = b;",
        "output-not-driven": "assign g = a;",
        "reads-itself": "assign f = a & f;",
        "cycle-of-two": "assign f = g; assign g = ~f;",
        "primitive-of-one": "and (f);",
        "primitive-drives-a-constant": "and (1'b0, a, b);",
        "not-a-port": "input c; assign f = a;",
        "declared-twice": "input a; assign f = a;",
        "comment-not-closed": "assign f = a; /* and so on",
        "attribute-not-closed": "assign f = a; (* and so on",
        "string": 'assign f = "a";',
        "no-semicolon": "assign f = a",
    }
    files = {
        name: f"module m(a, b, f);\ninput a, b;\noutput f;\n{body}\nendmodule\n"
        for name, body in bodies.items()
    } | {
        "empty": "",
        "text-instead": "hello world\n",
        "module-alone": "module",
        "no-endmodule": "module m(a, f);\ninput a;\noutput f;\nassign f = a;\n",
        "two-modules": "module m(a);\ninput a;\nendmodule\nmodule n(a);\ninput a;\nendmodule\n",
        "port-without-direction": "module m(a, f);\noutput f;\nassign f = a;\nendmodule\n",
        "port-twice": "module m(a, a);\ninput a;\nendmodule\n",
        "input-of-900-million-bits": "module m(a);\ninput [900000000:0] a;\nendmodule\n",
        "output-of-900-million-bits": "module m(output [900000000:0] f);\nendmodule\n",
    }
    return encode(files) | {
        f"not-ascii-{kind}": b"module m(f);\noutput f;\nassign f = " + data + b";\nendmodule\n"
        for kind, data in NOT_TEXT.items()
    }


def json_files() -> dict[str, bytes]:
    good = {
        "schema": "tcsim.circuit/1",
        "inputs": ["a", "b"],
        "forms": [{"terms": [[0, 1], [1, 1]]}],
        "gates": [{"form": 0, "threshold": 2}],
        "outputs": [{"name": "f", "wire": 2}],
    }

    def term(operand: object, weight: object) -> list[object]:
        return [{"terms": [[operand, weight]]}]

    changes: dict[str, dict[str, object]] = {
        "schema-of-the-future": {"schema": "tcsim.circuit/2"},
        "schema-a-number": {"schema": 1},
        "unknown-key": {"color": "red"},
        "inputs-a-number": {"inputs": 10**12},
        "input-not-text": {"inputs": ["a", None]},
        "input-twice": {"inputs": ["a", "a"]},
        "forms-an-object": {"forms": {}},
        "form-an-array": {"forms": [[0, 1]]},
        "form-without-terms": {"forms": [{}]},
        "term-of-three": {"forms": [{"terms": [[0, 1, 2]]}]},
        "term-an-object": {"forms": [{"terms": [{"wire": 0}]}]},
        "operand-unknown": {"forms": term(9, 1)},
        "operand-huge": {"forms": term(2**80, 1)},
        "operand-a-fraction": {"forms": term(0.5, 1)},
        "operand-the-gate-itself": {"forms": term(2, 1)},
        "operand-the-form-itself": {"forms": term(-1, 1)},
        "operands-not-increasing": {"forms": [{"terms": [[1, 1], [0, 1]]}]},
        "operand-twice": {"forms": [{"terms": [[1, 1], [1, 1]]}]},
        "weight-a-fraction": {"forms": term(0, 1.5)},
        "weight-true": {"forms": term(0, True)},
        "weight-null": {"forms": term(0, None)},
        "weight-text": {"forms": term(0, "one")},
        "weight-decimal-text": {"forms": term(0, "12")},
        "gate-of-no-form": {"gates": [{"form": 1, "threshold": 0}]},
        "gate-of-form-minus-1": {"gates": [{"form": -1, "threshold": 0}]},
        "gate-without-threshold": {"gates": [{"form": 0}]},
        "gate-with-unknown-key": {"gates": [{"form": 0, "threshold": 0, "bias": 1}]},
        "gate-in-no-scope": {"gates": [{"form": 0, "threshold": 0, "scope": 1}]},
        "gate-named-like-an-input": {"gates": [{"form": 0, "threshold": 0, "name": "a"}]},
        "gate-named-by-a-number": {"gates": [{"form": 0, "threshold": 0, "name": 1}]},
        "scopes-without-a-root": {"scopes": ["a"]},
        "output-unknown": {"outputs": [{"name": "f", "wire": 3}]},
        "output-minus-1": {"outputs": [{"name": "f", "wire": -1}]},
        "output-twice": {"outputs": [{"name": "f", "wire": 0}, {"name": "f", "wire": 1}]},
        "output-without-a-name": {"outputs": [{"wire": 0}]},
    }
    texts = {name: json.dumps({**good, **change}) for name, change in changes.items()} | {
        "empty": "",
        "text-instead": "hello",
        "array-instead": "[]",
        "number-instead": "12",
        "cut-off": json.dumps(good)[:-20],
        "two-documents": json.dumps(good) * 2,
        "key-twice": json.dumps(good)[:-1] + ', "gates": []}',
        "comma-at-the-end": json.dumps(good)[:-1] + ",}",
        "nested-20000-deep": '{"schema": ' + "[" * 20_000,
        "number-of-5000-digits": json.dumps(good).replace(
            '"threshold": 2', '"threshold": ' + "9" * 5000
        ),
        "nan": json.dumps(good).replace('"threshold": 2', '"threshold": NaN'),
        "exponent": json.dumps(good).replace('"threshold": 2', '"threshold": 1e999999999'),
        **{
            f"no-{key}": json.dumps({k: value for k, value in good.items() if k != key})
            for key in good
        },
    }
    return encode(texts) | {"latin-1": json.dumps(good).encode().replace(b"f", b"\xe9")}


def tc() -> dict[str, bytes]:
    start = "tcsim 1\ninput a\ninput b\n"
    lines = {
        "version-2": None,
        "operand-not-defined": "g = a + c >= 2\noutput g\n",
        "used-above-its-definition": "g = h >= 1\nh = a >= 1\noutput g\n",
        "reads-itself": "g = a + g >= 2\noutput g\n",
        "defined-twice": "g = a >= 1\ng = b >= 1\noutput g\n",
        "input-twice": "input a\noutput a\n",
        "input-below-a-gate": "g = a >= 1\ninput c\noutput g\n",
        "output-twice": "output a\noutput a\n",
        "output-not-defined": "output g\n",
        "output-of-a-form": "form s = a + b\noutput s\n",
        "form-with-a-threshold": "form s = a + b >= 1\noutput a\n",
        "gate-without-a-threshold": "g = a + b\noutput g\n",
        "comparison-less": "g = a + b < 2\noutput g\n",
        "weight-a-fraction": "g = 0.5*a + b >= 1\noutput g\n",
        "weight-of-5000-digits": f"g = {'9' * 5000}*a + b >= 1\noutput g\n",
        "constant-term": "g = a + 1 >= 2\noutput g\n",
        "threshold-missing": "g = a + b >=\noutput g\n",
        "array-of-10-to-12": "input x[1000000000000]\noutput a\n",
        "array-of-0": "input x[0]\noutput a\n",
        "quote-not-closed": 'g = "a + b >= 1\noutput g\n',
        "scope-empty-part": "scope a//b\noutput a\n",
        "two-statements": "g = a >= 1 output g\n",
        "cut-in-a-sum": "g = a +",
    }
    files = {name: start + line for name, line in lines.items() if line is not None} | {
        "empty": "",
        "text-instead": "hello world\n",
        "version-2": "tcsim 2\ninput a\noutput a\n",
        "byte-order-mark": "\ufefftcsim 1\ninput a\noutput a\n",
    }
    return encode(files) | {
        "not-utf-8": start.encode() + b'output "\xe9" = a\n',
        "nul": start.encode() + b"output a\x00\n",
    }


def aag() -> dict[str, bytes]:
    files = {
        "empty": "",
        "text-instead": "hello world\n",
        "header-alone": "aag",
        "header-of-three": "aag 1 1 0\n",
        "header-of-words": "aag m i l o a\n",
        "header-negative": "aag 1 -1 0 0 0\n",
        "header-of-10-to-12-ands": "aag 1000000000000 0 0 0 1000000000000\n",
        "header-of-10-to-12-inputs": "aag 1000000000000 1000000000000 0 0 0\n",
        "header-of-5000-digits": f"aag {'9' * 5000} 0 0 0 0\n",
        "header-of-too-few-variables": "aag 1 1 0 1 1\n2\n4\n4 2 2\n",
        "latch": "aag 2 1 1 1 0\n2\n4 2\n4\n",
        "cut-behind-the-header": "aag 3 2 0 1 1\n",
        "cut-in-the-ands": "aag 3 2 0 1 1\n2\n4\n6\n6 2",
        "input-inverted": "aag 1 1 0 1 0\n3\n2\n",
        "input-twice": "aag 2 2 0 1 0\n2\n2\n2\n",
        "input-constant": "aag 1 1 0 1 0\n0\n0\n",
        "and-inverted": "aag 3 2 0 1 1\n2\n4\n6\n7 2 4\n",
        "and-defines-an-input": "aag 3 2 0 1 1\n2\n4\n6\n2 2 4\n",
        "and-twice": "aag 4 2 0 1 2\n2\n4\n6\n6 2 4\n6 2 5\n",
        "and-of-one": "aag 3 2 0 1 1\n2\n4\n6\n6 2\n",
        "and-of-three": "aag 3 2 0 1 1\n2\n4\n6\n6 2 4 4\n",
        "operand-not-defined": "aag 4 2 0 1 1\n2\n4\n6\n6 2 8\n",
        "operand-beyond-the-maximum": "aag 3 2 0 1 1\n2\n4\n6\n6 2 99\n",
        "output-not-defined": "aag 3 2 0 1 0\n2\n4\n6\n",
        "cycle-of-two": "aag 4 2 0 1 2\n2\n4\n6\n6 2 8\n8 4 6\n",
        "reads-itself": "aag 3 2 0 1 1\n2\n4\n6\n6 2 6\n",
        "literal-a-fraction": "aag 3 2 0 1 1\n2\n4\n6\n6 2 4.5\n",
    }
    return encode(files)


def encode(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


CORPUS = {
    "th": th,
    "blif": blif,
    "bench": bench,
    "v": v,
    "json": json_files,
    "safetensors": safetensors_files,
    "tc": tc,
    "aag": aag,
    "aig": aig,
    "npz": npz,
}
"""Suffix -> what makes its files."""


def corpus() -> dict[str, bytes]:
    """File name -> content."""
    return {
        f"{name}.{suffix}": data for suffix, make in CORPUS.items() for name, data in make().items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = corpus()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        (FOLDER / name).write_bytes(data)
    print(len(wanted), "files,", sum(map(len, wanted.values())), "bytes")
