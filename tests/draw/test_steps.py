"""The page to step through, driven in a headless browser and compared with the evaluator."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

import tcsim as tc
from tcsim.draw import Page, step_view
from tcsim.errors import ArgumentError, LimitError

SETTLE = """
const names = [...document.querySelectorAll('[data-node]')].map(node => node.dataset.node);
const node = name => document.querySelector(`[data-node="${name}"]`);
const press = id => document.getElementById(id).click();
const shown = () => ({...document.body.dataset});
"""


class Browser:
    """Opens pages and runs a script in them."""

    def __init__(self, command: str, folder: Path) -> None:
        self.command, self.folder = command, folder

    def __call__(self, page: Page, script: str, fragment: str = "") -> object:
        """What the body of the function `script` returns in the page, after its timers."""
        wrapped = (
            f"<script>setTimeout(async () => {{ {SETTLE}\n"
            f"const run = async () => {{ {script} }};\n"
            "document.title = JSON.stringify("
            "await run().catch(error => String(error.stack))); }, 0);</script></body>"
        )
        file = self.folder / "page.html"
        file.write_text(str(page).replace("</body>", wrapped), encoding="utf-8")
        run = [
            self.command,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            f"--user-data-dir={self.folder / 'profile'}",
            *("--virtual-time-budget=60000", "--dump-dom", f"{file.as_uri()}{fragment}"),
        ]
        done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=120)
        found = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
        assert found is not None, done.stdout[-2000:]
        return json.loads(unescape(found[1]))


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Browser:
    return Browser(chromium, tmp_path)


def word(bits: object) -> str:
    return "".join(map(str, bits))


def big_weights() -> tc.Circuit:
    """Sums that floating point, and 64 bits, would get wrong."""
    b = tc.Builder()
    x = b.inputs("x", 4)
    total = b.form(2**53 * x[0] + (2**53 + 1) * x[1] - 2**200 * x[2] + (2**200 - 1) * x[3])
    for i, limit in enumerate((2**53 + 1, 2**54 + 1, -1, 2**53 - 1, -(2**200), 1 - 2**200)):
        b.output(f"y{i}", total >= limit)
    return b.build()


@pytest.mark.parametrize("name", ["mixed", "adder", "names", "big_weights"])
def test_every_input_and_every_level(
    name: str, samples: dict[str, tc.Circuit], browser: Browser
) -> None:
    circuit = (
        big_weights() if name == "big_weights" else samples[{"adder": "adder3"}.get(name, name)]
    )
    n = circuit.n_inputs
    # By mouse clicks alone: switch what differs from the vector before, then one level a click.
    script = """
    const seen = [];
    for (let number = 0; number < 2 ** INPUTS; number++) {
      for (let i = 0; i < INPUTS; i++)
        if (node(`input${i}`).getAttribute('aria-checked') !== String((number >> i & 1) === 1))
          node(`input${i}`).dispatchEvent(new MouseEvent('click', {bubbles: true}));
      const steps = [shown()];
      while (!document.getElementById('step').disabled) { press('step'); steps.push(shown()); }
      const labels = names.filter(name => name.startsWith('output')).map(
        name => [name, node(name).getAttribute('aria-label')]);
      seen.push({steps, labels, wires: Object.fromEntries(
        [...document.querySelectorAll('[data-wire]')].map(
          wire => [wire.dataset.wire, wire.dataset.value]))});
    }
    return seen;
    """.replace("INPUTS", str(n))
    seen = browser(step_view(circuit), script)
    vectors = [tuple(number >> i & 1 for i in range(n)) for number in range(2**n)]
    gates, outputs = circuit.trace(vectors), circuit(vectors)
    levels = circuit.levels.tolist()
    assert len(seen) == len(vectors)
    for vector, found, gate, output in zip(vectors, seen, gates, outputs, strict=True):
        assert len(found["steps"]) == max(levels) + 1
        for level, step in enumerate(found["steps"]):
            fired = [v if at <= level else "?" for at, v in zip(levels, gate, strict=True)]
            assert (step["level"], step["inputs"]) == (str(level), word(vector))
            assert step["gates"] == word(fired)
        assert found["steps"][-1]["outputs"] == word(output)
        labels = dict(found["labels"])
        for number, value in enumerate(output):
            assert labels[f"output{number}"].endswith(f": {value}")
        for wire, value in found["wires"].items():
            number = int(re.sub(r"\D", "", wire))
            values = {"input": vector, "gate": gate, "constant": (0, 1)}[wire.rstrip("0123456789")]
            assert value == str(values[number])


def test_run_reset_keyboard_and_text_field(
    samples: dict[str, tc.Circuit], browser: Browser
) -> None:
    circuit = samples["adder3"]
    script = """
    const seen = [];
    const wait = () => new Promise(done => setTimeout(done, 10000));
    const key = (name, key) => node(name).dispatchEvent(new KeyboardEvent('keydown', {key}));
    press('run'); seen.push(document.getElementById('run').textContent);
    await wait(); seen.push(shown());
    key('input0', ' '); seen.push(shown());
    key('input3', 'Enter'); key('input1', 'x'); seen.push(shown());
    const field = document.getElementById('bits');
    field.value = '11x'; field.dispatchEvent(new Event('input'));
    seen.push(field.getAttribute('aria-invalid'), shown());
    field.value = '1101011'; field.dispatchEvent(new Event('input'));
    seen.push(field.getAttribute('aria-invalid'));
    press('run'); press('run'); await wait(); seen.push(shown());
    press('run'); await wait(); seen.push(shown());
    press('reset'); seen.push(shown(), document.getElementById('status').textContent);
    return seen;
    """
    (stop, zero, one, two, invalid, kept, valid, paused, done, reset, status) = browser(
        step_view(circuit), script
    )
    assert stop == "Stop"
    assert zero["outputs"] == word(circuit([0] * 7))
    assert (zero["level"], one["level"], one["outputs"]) == (str(circuit.depth), "0", "????")
    assert (one["inputs"], two["inputs"]) == ("1000000", "1001000")
    assert (invalid, kept["inputs"], valid) == ("true", "1001000", None)
    assert (paused["level"], paused["inputs"]) == ("0", "1101011")
    assert done["outputs"] == word(circuit([1, 1, 0, 1, 0, 1, 1]))
    assert (reset["level"], reset["inputs"], reset["gates"]) == ("0", "1101011", "??????")
    assert status == f"level 0 of {circuit.depth}"


def test_a_gate_shows_its_sum_beside_its_threshold(browser: Browser) -> None:
    script = """
    const detail = event => { node('gate0').dispatchEvent(new Event(event));
                              return document.getElementById('detail').textContent; };
    const seen = [detail('focus')];
    press('step');
    seen.push(document.getElementById('detail').textContent, detail('mouseenter'));
    seen.push(node('gate0').getAttribute('aria-label'), node('gate0').getAttribute('tabindex'));
    return seen;
    """
    before, after, hovered, label, tab = browser(step_view(big_weights()), script, "#x=1101")
    assert before.endswith("has not fired: it is on level 1")
    total = 2**53 + 2**53 + 1 + 2**200 - 1
    digits = f"{str(total)[:12]}…{str(total)[-12:]}"
    assert after.endswith(f"sum {digits} ≥ threshold {2**53 + 1}: fires, 1")
    assert "x[0] = 1, x[1] = 1, x[2] = 0, x[3] = 1" in after
    assert (hovered, label, tab) == (after, after, "0")


@pytest.mark.parametrize("vector", ["1011000", "0100111"])
def test_the_address_sets_inputs_and_runs(
    vector: str, samples: dict[str, tc.Circuit], browser: Browser
) -> None:
    circuit = samples["adder3"]
    seen = browser(step_view(circuit), "return shown();", f"#x={vector}&run")
    assert seen["outputs"] == word(circuit([int(bit) for bit in vector]))
    assert seen["gates"] == word(circuit.trace([[int(bit) for bit in vector]])[0])


def test_circuits_without_inputs_gates_or_both(browser: Browser) -> None:
    b = tc.Builder(fold=False)
    b.output("yes", tc.sum([]) >= 0)
    b.output("zero", b.constant(0))
    wires = tc.Builder()
    wires.output("y", wires.inputs("x", 2))
    script = "press('step'); return shown();"
    assert browser(step_view(b.build()), script)["outputs"] == "10"
    assert browser(step_view(wires.build()), script, "#x=01")["outputs"] == "01"
    assert browser(step_view(tc.Builder().build()), script)["outputs"] == ""


def test_the_page_loads_nothing(samples: dict[str, tc.Circuit]) -> None:
    for name in ("mixed", "names", "empty"):
        page = str(step_view(samples[name]))
        assert set(re.findall(r"https?://[^\"' ]*", page)) == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"<(link|img|iframe|object)|\ssrc=|@import|url\(", page)
        assert "default-src 'none'" in page
        assert page.count("</script>") == 2
        assert not re.search(r"\{\{\w+\}\}", page)


def test_names_cannot_leave_their_place() -> None:
    b = tc.Builder()
    evil = "{{svg}}</script><script>document.title='evil'</script>{{circuit}}"
    b.output(evil, b.gate(b.input(evil + "1") & b.input("b"), evil + "2"))
    page = str(step_view(b.build()))
    assert page.count("<svg") == 1
    assert "<script>document" not in page


@pytest.mark.parametrize(
    ("inputs", "outputs", "gates", "fan_in", "named"),
    [
        (3, 1, 201, 2, "200 gates, and this circuit has 201"),
        (65, 1, 1, 2, "64 inputs, and this circuit has 65"),
        (3, 65, 1, 2, "64 outputs, and this circuit has 65"),
        (50, 1, 100, 50, "4,000 edges, and this circuit has 5,000"),
    ],
)
def test_large_circuits_are_refused(
    inputs: int, outputs: int, gates: int, fan_in: int, named: str
) -> None:
    b = tc.Builder(share=False)
    x = b.inputs("x", inputs)
    made = [b.gate(tc.sum(x[:fan_in]) >= 2) for _ in range(gates)]
    b.output("y", [made[0]] * outputs)
    with pytest.raises(LimitError, match=rf"{named}.*restrict.*draw\(\)"):
        step_view(b.build())


def test_pages_are_saved_shown_and_the_same_every_time(tmp_path: Path, samples: dict) -> None:
    page = step_view(samples["mixed"])
    page.save(tmp_path / "mixed.html")
    assert (tmp_path / "mixed.html").read_text(encoding="utf-8") == str(page)
    assert str(step_view(samples["mixed"])) == str(page)
    assert page._repr_html_().startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')
    assert repr(page) == f"<Page: {page.title}>"
    with pytest.raises(ArgumentError, match=r"\.html"):
        page.save(tmp_path / "mixed.svg")
