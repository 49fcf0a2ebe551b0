"""Ledgers: what is refused, selections, assumptions, and what came of a run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from proofs_check import Kind, Ledger, run, run_flips
from proofs_check.cache import Cache
from proofs_check.rendering.text import summary
from tcsim.errors import ArgumentError, ParseError

CHECKS = '''
from proofs_check import check, exhausted, refuted

@check("exhaustive", flips={"less": {"bound": 1}})
def good(*, bound=9):
    """Small."""
    return exhausted("small", "n to 3", 4) if bound > 3 else refuted("large", 3)

@check("exhaustive", repairs={"more": {"bound": 9}})
def bad(*, bound=1):
    return good(bound=bound)
'''
HEAD = '[ledger]\ntitle = "T"\nmodules = ["checks.py"]\n'
GOOD = """
[[claim]]
id = "a"
place = "1"
statement = "S."
kind = "lemma"
grade = "A"
why = "w"
corrected = "c"
printed = ["bad"]
checks = ["good"]
"""
OTHER = '\n[[claim]]\nid = "{}"\nplace = "2"\nstatement = "S."\nkind = "{}"\ngrade = "right"\n'


def write(folder, text, checks=CHECKS):
    (folder / "checks.py").write_text(checks)
    file = folder / "ledger.toml"
    file.write_text(text)
    return file


def test_a_ledger(tmp_path):
    cited = OTHER.format("b", "theorem") + 'reason = "cited"\nuses = ["a"]\n'
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD + cited))
    assert list(ledger.claims) == ["a", "b"]
    assert ledger.order == ("a", "b")
    assert [claim.id for claim in ledger.select(kinds=["theorem"])] == ["b"]
    assert [claim.id for claim in ledger.select(["a"], grades=["A"])] == ["a"]
    found = run(ledger)
    assert found.as_recorded
    assert [result.outcome.kind for result in found.results] == [Kind.REFUTED, Kind.CITED]
    assert run_flips(ledger) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "begins with"),
        ("[ledger", "not TOML"),
        ("[ledger]\ntitle = 3\n" + GOOD, "must be text"),
        (HEAD, "no claim"),
        (HEAD + "[other]\n", "unknown table"),
        (HEAD + GOOD + GOOD, "line 6: a: there is an earlier claim"),
        (HEAD + GOOD.replace('"lemma"', '"lema"'), "kind is 'lema'"),
        (HEAD + GOOD.replace('grade = "A"', 'grade = "E"'), "grade is 'E'"),
        (HEAD + GOOD.replace('place = "1"', ""), "there is no place"),
        (HEAD + GOOD.replace("place =", "plce ="), "unknown field 'plce'"),
        (HEAD + GOOD.replace('["good"]', '"good"'), "list of texts"),
        (HEAD + GOOD.replace('["good"]', '["good", "good"]'), "twice"),
        (HEAD + GOOD.replace('["good"]', '["god"]'), "no check 'god'"),
        (HEAD + GOOD.replace('["good"]', '["bad"]'), "no flips"),
        (HEAD + GOOD.replace('["bad"]', '["good"]'), "no repairs"),
        (HEAD + GOOD.replace('why = "w"', ""), "why"),
        (HEAD + GOOD.replace('corrected = "c"', ""), "corrected"),
        (HEAD + GOOD.replace('printed = ["bad"]', ""), "grade A needs a check"),
        (HEAD + GOOD.replace('grade = "A"', 'grade = "B"'), "hypothesis"),
        (HEAD + GOOD.replace('grade = "A"', 'grade = "right"'), "does not go with"),
        (HEAD + GOOD + 'reason = "open"\n', "one of them"),
        (HEAD + GOOD + 'uses = ["z"]\n', "uses 'z'"),
        (HEAD + GOOD + 'uses = ["a"]\n', "uses has a cycle: a -> a"),
        (HEAD + GOOD + 'assumes = ["z"]\n', "assumes 'z'"),
        (HEAD + OTHER.format("b", "claim"), "one of them"),
        (HEAD + OTHER.format("b", "claim") + 'reason = "cited"\n', "no claim has the check 'good'"),
        (HEAD + GOOD + '[[assumption]]\nid = "p"\nimplies = ["p"]\n', "implies has a cycle"),
        (HEAD + GOOD + '[[assumption]]\nid = "p"\nimplies = ["q"]\n', "is no assumption"),
    ],
)
def test_refused(tmp_path, text, message):
    with pytest.raises(ParseError) as caught:
        Ledger.load(write(tmp_path, text))
    assert message in str(caught.value)
    assert "ledger.toml" in str(caught.value)


def test_cycles_of_two(tmp_path):
    text = HEAD + GOOD + 'uses = ["b"]\n' + OTHER.format("b", "claim")
    with pytest.raises(ParseError, match="cycle"):
        Ledger.load(write(tmp_path, text + 'reason = "cited"\nuses = ["a"]\n'))


@pytest.mark.parametrize("checks", ["import nothing_of", "1 // 0", "def", "exit(0)", None])
def test_modules_that_cannot_be_imported(tmp_path, checks):
    file = write(tmp_path, HEAD + GOOD, checks or "")
    if checks is None:
        (tmp_path / "checks.py").unlink()
    with pytest.raises(ArgumentError, match=r"checks\.py cannot be imported"):
        Ledger.load(file)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(ArgumentError, match="cannot be read"):
        Ledger.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'[ledger]\ntitle = "\xe9"\n')
    with pytest.raises(ArgumentError, match="UTF-8"):
        Ledger.load(tmp_path / "latin.toml")


def test_unknown_names(tmp_path):
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD))
    for chosen in ({"ids": ["z"]}, {"grades": ["Z"]}, {"kinds": ["poem"]}, {"costs": ["dear"]}):
        with pytest.raises(ArgumentError):
            ledger.select(**chosen)
    with pytest.raises(ArgumentError, match="no assumption"):
        ledger.lattice.implies("x", "y")


RAISING = CHECKS.replace("return good(bound=bound)", "raise ValueError('oh')")
LEAVING = CHECKS.replace("return good(bound=bound)", "raise SystemExit(0)")
PASSING = CHECKS.replace("return good(bound=bound)", "return good()")
FAILING = CHECKS.replace("bound=9):", "bound=2):")


@pytest.mark.parametrize(
    ("checks", "kind"),
    [
        (RAISING, Kind.ERROR),
        (LEAVING, Kind.ERROR),
        (PASSING, Kind.EXHAUSTIVE),
        (FAILING, Kind.REFUTED),
    ],
)
@pytest.mark.parametrize("workers", [0, 2])
def test_outcomes_that_differ_from_the_record(tmp_path, checks, kind, workers):
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD, checks))
    if workers:
        with ThreadPoolExecutor(workers) as executor:
            found = run(ledger, executor=executor)
    else:
        found = run(ledger)
    assert not found.as_recorded
    assert found.results[0].outcome.kind is kind
    assert found.results[0].surprises


def test_flips_that_go_unnoticed(tmp_path):
    deaf = CHECKS.replace("if bound > 3", "if True")
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD, deaf))
    (line,) = run_flips(ledger)
    assert line.startswith("good, flipped (less): proved exhaustively")


def test_a_worker_that_dies_is_no_pass(tmp_path):
    class Broken(ThreadPoolExecutor):
        def submit(self, *_, **__):
            return super().submit(lambda: 1 // 0)

    ledger = Ledger.load(write(tmp_path, HEAD + GOOD))
    with Broken(1) as executor:
        found = run(ledger, executor=executor)
    assert {outcome.kind for outcome in found.results[0].outcomes.values()} == {Kind.ERROR}


def test_outcomes_are_remembered_by_content(tmp_path):
    cache = Cache(tmp_path / "cache")
    first = run(Ledger.load(write(tmp_path, HEAD + GOOD)), cache=cache)
    again = run(Ledger.load(tmp_path / "ledger.toml"), cache=Cache(tmp_path / "cache"))
    assert first.results[0].cached == ()
    assert set(again.results[0].cached) == {"good", "bad"}
    assert again.results[0].outcomes == first.results[0].outcomes
    for file in (tmp_path / "cache").iterdir():
        file.write_text("{")
    assert run(first.ledger, cache=cache).results[0].cached == ()
    other = Ledger.load(write(tmp_path, HEAD + GOOD, CHECKS + "# another content\n"))
    assert run(other, cache=cache).results[0].cached == ()
    broken = Ledger.load(write(tmp_path, HEAD + GOOD, RAISING))
    for _ in range(2):  # errors are not remembered
        assert "bad" not in run(broken, cache=cache).results[0].cached


def test_long_checks_are_left_out(tmp_path):
    long = CHECKS.replace('"exhaustive", flips', '"exhaustive", cost="full", flips')
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD, long))
    assert run(ledger).results[0].left_out == ("good",)
    assert run(ledger, full=True).results[0].left_out == ()
    assert [claim.id for claim in ledger.select(costs=["full"])] == ["a"]
    assert run_flips(ledger, full=True) == []


def test_a_missing_extra_is_neither_pass_nor_error(tmp_path):
    raised = "from tcsim.errors import MissingExtraError; raise MissingExtraError('p', 'sat', 'It')"
    checks = CHECKS.replace("    return exhausted", f"    {raised}\n    return exhausted")
    ledger = Ledger.load(write(tmp_path, HEAD + GOOD, checks))
    found = run(ledger, cache=Cache(tmp_path / "cache"))
    assert found.as_recorded
    assert found.results[0].outcome.kind is Kind.UNCHECKED
    assert "pip install 'tcsim[sat]'" in summary(found)
    assert not list(tmp_path.glob("cache/*"))


def test_conditions_are_inherited(tmp_path):
    lattice = '[[assumption]]\nid = "p"\nimplies = ["q"]\n[[assumption]]\nid = "q"\n'
    second = OTHER.format("b", "theorem") + 'reason = "cited"\nuses = ["a"]\nassumes = ["q"]\n'
    text = HEAD + GOOD + 'assumes = ["p"]\n' + second + lattice
    ledger = Ledger.load(write(tmp_path, text))
    assert ledger.conditions == {"a": {"p"}, "b": {"p"}}
    assert ledger["b"].statement_status == "conditional"
    assert ledger.lattice.implies("p", "q")
    assert not ledger.lattice.implies("q", "p")
