"""`.tc`: nothing is lost, the text is the expected one, the documentation's files are right."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.formats.tc import read_tc, write_tc
from tcsim.formats.tc.tokens import key, label, name_of, natural, number, split


def read(text: str) -> Circuit:
    return read_tc(text.encode())


@given(data=st.data())
def test_what_is_written_is_read_again(data, any_circuits) -> None:
    circuit = data.draw(any_circuits)
    text = write_tc(circuit)
    again = read_tc(text)
    assert again == circuit
    assert write_tc(again) == text
    assert text.decode().isprintable() or not re.search(r"[^\n\x20-\U0010ffff]", text.decode())


@given(data=st.data())
def test_layout_means_nothing(data, any_circuits) -> None:
    """Blanks, tabs, comments, blank lines, carriage returns, signs of 0: the same circuit."""
    circuit = data.draw(any_circuits)
    blank = st.sampled_from([" ", "\t", "  ", ""])
    lines = []
    for at, line in enumerate(write_tc(circuit).decode().splitlines(keepends=False)):
        tokens = split(line)
        if at == 0 or not tokens or tokens[0] == "scope":
            lines.append(line + data.draw(st.sampled_from(["", " ", "# x", "\r"])))
            continue
        words = tokens[0] in {"input", "form", "output"}
        gaps = [" " if i == 0 and words else data.draw(blank) for i in range(len(tokens))]
        noisy = "".join(token + gap for token, gap in zip(tokens, gaps, strict=True))
        lines += data.draw(st.sampled_from([[], [""], ["# comment >= 1"], ["\t"]]))
        lines.append(data.draw(blank) + noisy + data.draw(st.sampled_from(["", '# " é', "\r"])))
    assert read("\n".join([*lines, data.draw(st.sampled_from(["", "\n", "# the end"]))])) == circuit


@given(data=st.data())
def test_order_of_terms_means_nothing(data, any_circuits) -> None:
    circuit = data.draw(any_circuits)
    lines = []
    for line in write_tc(circuit).decode().split("\n"):
        tokens = split(line)
        if len(tokens) < 4 or tokens[0] in {"scope", "input", "output", "tcsim"}:
            lines.append(line)
            continue
        begin = tokens.index("=") + 1
        end = tokens.index(">=") if ">=" in tokens else len(tokens)
        terms: list[list[str]] = [] if tokens[begin] == "-" else [["+"]]
        for token in tokens[begin:end]:
            if token in {"+", "-"}:
                terms.append([token])
            else:
                terms[-1].append(token)
        if terms == [["+", "0"]]:
            lines.append(line)
            continue
        terms = data.draw(st.permutations(terms))
        moved = [token for term in terms for token in term]
        moved = moved[1:] if moved[0] == "+" else moved
        lines.append(" ".join([*tokens[:begin], *moved, *tokens[end:]]))
    assert read("\n".join(lines)) == circuit


def test_the_text_is_canonical() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    y = b.input("y")
    total = b.form(tc.sum(x), "total")
    with b.scope("layer1"):
        with b.scope("neuron 0"):
            first = b.gate(total >= 2, "vote")
        second = 2 * x[0] - 3 * y >= -1
    b.output("vote", first)
    b.output("other", second)
    b.output("xor", first ^ second)
    b.output("y", y)
    b.output("not y", ~y)
    b.output("one", b.constant(1))
    assert write_tc(b.build()).decode() == """tcsim 1

input x[3]
input y

scope layer1
scope "layer1/neuron 0"
form total = x[0] + x[1] + x[2]
vote = total >= 2

scope layer1
%1 = 2*x[0] - 3*y >= -1

scope
%2 = vote + %1 >= 2
%3 = vote + %1 - 2*%2 >= 1
%4 = -y >= 0

output vote
output other = %1
output xor = %3
output y
output "not y" = %4
output one = 1
"""  # fmt: skip


def test_the_empty_circuit() -> None:
    assert read("tcsim 1") == tc.Builder().build()
    assert write_tc(tc.Builder().build()) == b"tcsim 1\n"


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["x[0]", "x[1]", "x[2]"], ["input x[3]"]),
        (["x[0]"], ["input x[1]"]),
        (["x[1]", "x[0]"], ['input "x[1]"', "input x[1]"]),
        (["x[0]", "x[2]"], ["input x[1]", 'input "x[2]"']),
        (["x[0]", "x[1]", "x[00]"], ["input x[2]", 'input "x[00]"']),
        (["w[2][0]", "w[2][1]"], ["input w[2][2]"]),
        (["form[0]", "form"], ['input "form[0]"', 'input "form"']),
        (["a b[0]"], ['input "a b[0]"']),
        (["[0]"], ['input "[0]"']),
        (["é", "a\nb", "\x7f"], ['input "é"', 'input "a\\nb"', 'input "\\u007f"']),
    ],
)
def test_inputs_are_written_as_arrays(names: list[str], lines: list[str]) -> None:
    b = tc.Builder()
    for name in names:
        b.input(name)
    circuit = b.build()
    assert write_tc(circuit).decode().split("\n")[2:-1] == lines
    assert read_tc(write_tc(circuit)) == circuit


def test_quoted_and_plain_names_are_one_label() -> None:
    circuit = read('tcsim 1\ninput x[2]\n"v" = "x[0]" + x[1] >= 2\noutput "v"\noutput w = v')
    assert circuit.gate_names == {0: "v"}
    assert circuit.terms(0) == [(0, 1), (1, 1)]
    assert circuit.output_wire.tolist() == [2, 2]


def test_anonymous_labels_are_no_names() -> None:
    circuit = read('tcsim 1\ninput a\n%x = a >= 1\n"%x" = %x >= 1\nform %x9 = a\noutput y = "%x"')
    assert circuit.gate_names == {1: "%x"}
    assert not circuit.form_names
    assert circuit.output_wire.tolist() == [2]


def test_sums() -> None:
    circuit = read("""tcsim 1
input a
input b
form s = a + b
form t = s
g0 = a + a - b >= 1
g1 = b - b + a >= 1
g2 = s >= 2
g3 = 1*s >= 0x10
g4 = 2*s - s >= -3
g5 = s + 0*a >= 007
g6 = 0 >= 0
g7 = -s >= 0
g8 = t + 0x0*s >= -0x2
""")
    assert [circuit.terms(f) for f in range(circuit.n_forms)] == [
        [(0, 1), (1, 1)],
        [(~0, 1)],
        [(0, 2), (1, -1)],
        [(0, 1), (1, 0)],
        [(~0, 1), (0, 0)],
        [],
        [(~0, -1)],
        [(~1, 1), (~0, 0)],
    ]
    assert circuit.gate_form.tolist() == [2, 3, 0, 0, 0, 4, 5, 6, 7]
    assert circuit.thresholds.tolist() == [1, 1, 2, 16, -3, 7, 0, 0, -2]


def test_scopes_and_constants() -> None:
    circuit = read("""tcsim 1
input a
scope u
scope v/w
g = a >= 1
scope ""
h = g >= 1
scope "a b"   # kept, though empty
scope v/w
i = h >= 1
output zero = 0
output one = 1
output "0" = i
""")
    assert circuit.scope_names == ("", "u", "v/w", "a b")
    assert circuit.gate_scope.tolist() == [2, 0, 2]
    assert circuit.output_wire.tolist() == [FALSE, TRUE, 3]
    assert circuit.output_names == ("zero", "one", "0")


@pytest.mark.parametrize(
    "value",
    [0, 1, 2**62, 2**64 - 1, 2**64, 10**639, (1 << 2000) - 1, 1 << 100_000],
    ids=int.bit_length,
)
def test_integers_of_any_size(value: int) -> None:
    token = number(value)
    assert natural(token) == value
    assert token.isdigit() == (value < 2**64)
    for weight in (value, -value):
        circuit = read(f"tcsim 1\ninput a\ng = {number(weight)}*a >= {number(-weight)}")
        assert circuit.terms(0) == [(0, weight)]
        assert circuit.threshold(0) == -weight
        assert read_tc(write_tc(circuit)) == circuit


@given(st.text())
def test_names_survive_quoting(name: str) -> None:
    token = label(name)
    assert name_of(token) == name
    assert split(token) == [token]
    assert key(name) == (token if token[0] != '"' else "\n" + name)


def test_the_files_of_the_specification(examples) -> None:
    majority, adder, shared, awkward = (read(text) for text in examples("tc.md", "tc"))
    assert [int(majority([row >> i & 1 for i in range(3)])[0]) for row in range(8)] == [
        0, 0, 0, 1, 0, 1, 1, 1,
    ]  # fmt: skip
    assert [adder([a, b]).tolist() for a, b in [(0, 0), (1, 0), (0, 1), (1, 1)]] == [
        [0, 0], [1, 0], [1, 0], [0, 1],
    ]  # fmt: skip
    assert (shared.size, shared.depth, shared.n_forms) == (4, 2, 5)
    assert shared.scope_names == ("", "code")
    assert shared.form_names == {0: "count"}
    assert shared.gate_names == {2: "at most 3", 3: "hot"}
    assert awkward.size == 3
    assert awkward.threshold(0).bit_length() == 84
    assert awkward.weights[0] == 16**20


def test_the_aiger_page_shows_what_is_read(examples) -> None:
    (text,) = examples("aiger.md", "tc")
    (aag,) = examples("aiger.md", "text")
    assert write_tc(tc.formats.registry.find("aag").read(aag.encode())).decode() == text
