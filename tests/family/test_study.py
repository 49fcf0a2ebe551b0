"""What a study concludes, says, and refuses to conclude."""

from __future__ import annotations

import json
from math import isqrt, log2

import jsonschema
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.family import SCHEMA, ComplexityClass, Family, formula, study
from tcsim.family.declared import check_formula, fit_or_growth
from tcsim.integers import integers_of_any_length
from tests.family import families

SHAPE = {
    "type": "object",
    "required": ["schema", "name", "n", "measures", "fits", "declared", "verdict", "limits"],
    "properties": {
        "schema": {"const": SCHEMA},
        "n": {"type": "array", "items": {"type": "integer"}},
        "measures": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "integer"}},
        },
        "fits": {"type": "object", "additionalProperties": {"required": ["exact"]}},
        "declared": {
            "items": {"required": ["measure", "formula", "status", "reason"], "type": "object"}
        },
        "verdict": {"required": ["claim", "status", "reason"]},
        "limits": {"type": "array", "minItems": 4},
    },
}


@pytest.mark.parametrize(
    ("build", "claim", "n", "status", "words"),
    [
        (families.parity, "TC0", "2..64", "consistent",
         "depth 2 for every n measured, 2..64, size n + 1: consistent with TC0"),
        (families.parity, "tc^0", "2..64", "consistent", "consistent with TC0"),
        (families.parity, "", "2..64", "consistent", "consistent with TC0"),
        (families.parity, "AC0", "4..64", "contradicted", "no AND, OR or NOT"),
        (families.parity, "P/poly", "4..64", "consistent", "consistent with P/poly"),
        (families.parity, "ACC0", "4..64", "inconclusive", "no MOD gates"),
        (families.tree, "TC0", "4..256", "contradicted",
         "not the constant depth of TC0 (consistent with TC1)"),
        (families.tree, "TC1", "4..256", "consistent", "consistent with TC1"),
        (families.tree, "AC1", "4..256", "consistent", "consistent with AC1"),
        (families.tree, "NC1", "4..256", "consistent", "fan-in-2 depth lg(n)"),
        (families.tree, "NC0", "4..256", "contradicted", "(consistent with NC1)"),
        (families.chain, "TC3", "4..256", "contradicted", "not the depth O(log^3 n) of TC3"),
        (families.chain, "", "4..256", "consistent", "too deep for any TC^i"),
        (families.dnf, "AC0", "2..10:1", "contradicted", "not polynomial"),
        (families.dnf, "TC0", "2..10:1", "contradicted", "(exponential"),
        (families.parity, "TC0", "4..16", "inconclusive", "inconclusive"),
        (families.parity, "TC0", "4", "inconclusive", "(too few n): inconclusive"),
        (families.same, "TC0", "4..256", "inconclusive", "not polynomially related to n"),
    ],
)  # fmt: skip
def test_verdicts(build, claim, n, status, words):
    verdict = Family(build, claim).study(n).verdict
    assert verdict.status == status, verdict
    assert words in str(verdict)
    assert "is in " not in str(verdict)


def test_inputs_that_grow_too_fast_give_no_verdict():
    def wide(n):
        return families.chain(2**n)

    report = Family(wide, "TC1").study(range(2, 10))
    assert report.verdict.status == "inconclusive"
    assert "number of inputs" in str(report.verdict)


def test_depth_without_a_formula():
    def stairs(n):
        b = tc.Builder(share=False, fold=False)
        wire = b.inputs("x", n)[0]
        for _ in range(round(6 * n.bit_length() ** 1.5) + n % 3):
            wire = b.gate(wire >= 1)
        b.output("y", wire)
        return b.build()

    report = Family(stairs, "TC0").study([2**k + k % 3 for k in range(3, 12)])
    assert report.verdict.status == "contradicted"
    assert "polylog" in str(report.verdict)


@pytest.mark.parametrize(
    ("formulas", "status", "words"),
    [
        ({"size": "n + 1"}, "consistent", "equal at all 6 n"),
        ({"size": "n"}, "contradicted", "at n = 4 the formula gives 4, the circuit has 5"),
        ({"size": "(n + 2)/3"}, "contradicted", "gives 2, the circuit has 5"),
        ({"size": "(n + 6)/2"}, "contradicted", "gives 7, the circuit has 9"),
        ({"size": "n + 1 + 0*n/3"}, "consistent", "equal"),
        ({"depth": "O(1)"}, "consistent", "measured is 2"),
        ({"edges": "O(n)"}, "contradicted", "measured is n**2 + n, which is not O(n)"),
        ({"edges": "O(n**2)"}, "consistent", "which is O(n**2)"),
        ({"edges": "O(n**2 * lg(n))"}, "consistent", "which is"),
        ({"edges": "O(n**2 / lg(n))"}, "contradicted", "which is not"),
        ({"edges": "O(2**n)"}, "consistent", "which is"),
        ({"majority.depth": "O(1)"}, "consistent", ""),
    ],
)
def test_declared_formulas(formulas, status, words):
    report = Family(families.parity, formulas=formulas).study("4..128")
    [check] = report.checks
    assert check.status == status, check
    assert words in check.reason
    assert bool(report.contradictions) == (status == "contradicted")


@pytest.mark.parametrize(
    ("bound", "status"),
    [("O(n)", "contradicted"), ("O(n*sqrt(n))", "consistent"), ("O(lg(n))", "contradicted"),
     ("O(n**2)", "consistent"), ("O(1)", "contradicted"), ("O(n*lg(n))", "contradicted")],
)  # fmt: skip
def test_bounds_without_a_formula(bound, status):
    def size(n):
        b = tc.Builder(share=False, fold=False)
        x = b.inputs("x", n)
        b.output("y", [tc.any([x[i % n], x[0]]) for i in range(int(n**1.5))])
        return b.build()

    [check] = Family(size, formulas={"size": bound}).study("4..256").checks
    assert check.status == status, check


def test_contradictions_show_both_sides():
    found = Family(families.chain, "TC0", {"size": "n"}).study("4..64").contradictions
    assert found == (
        "declared size = n, but at n = 4 the formula gives 4, the circuit has 6",
        (
            "claimed TC0, but depth 2*n - 2, size 2*n - 2: not the constant depth of TC0 "
            "(consistent with P/poly, too deep for any TC^i)"
        ),
    )


@pytest.mark.parametrize("build", [families.parity, families.dnf, families.tree])
def test_text_and_json(build):
    family = Family(build, "TC0", {"depth": "O(1)", "size": "n + 1", "edges": "O(n**2)"})
    report = family.study(range(2, 10))
    text = str(report)
    assert max(map(len, text.splitlines())) <= 80
    assert "What this cannot show" in text
    data = json.loads(report.to_json())
    jsonschema.validate(data, SHAPE)
    assert data["measures"]["depth"] == [build(n).depth for n in range(2, 10)]
    assert data["contradictions"] == list(report.contradictions)


def test_too_few_n_are_explained_once():
    text = str(Family(families.parity).study("4"))
    assert text.count("measure more n.") == 1
    assert "measure more n." not in str(Family(families.parity).study("4..64"))


def test_long_tables_are_cut_in_the_middle():
    text = str(Family(families.tree).study("2..100:1"))
    rows = text.split("\n\n")[1].splitlines()
    assert len(rows) == 42
    assert rows[21].split() == ["..."] * 7
    assert rows[-1].split()[0] == "100"


def test_huge_weights_are_named_and_shortened():
    report = Family(families.adder, "TC0").study("4..128")
    assert report.verdict.status == "consistent"
    assert "unweighted" in report.limits[-1]
    assert report.fits["max_weight"].order[0] == 2
    assert "unweighted" not in Family(families.parity).study("4..64").limits[-1]


def test_weights_of_many_thousand_digits():
    def heavy(n):
        b = tc.Builder()
        b.output("y", 2 ** (200 * n) * b.inputs("x", n)[0] + b.input("z") >= 2 ** (200 * n))
        return b.build()

    report = Family(heavy, "TC0", {"max_weight": "7", "size": 1}).study([4, 8, 16, 32, 64, 128])
    assert "at n = 4 the formula gives 7" in report.checks[0].reason
    weights = report.values("max_weight")
    assert weights[128] == 2**25600
    with integers_of_any_length():
        assert json.loads(report.to_json())["measures"]["max_weight"][-1] == 2**25600
    assert max(map(len, str(report).splitlines())) <= 80 or "25600" in str(report)


@pytest.mark.parametrize("name", ["TC", "TC10", "XC0", "TC-1", "", "NP", "TC0 "])
def test_classes(name):
    if name.strip() == "TC0":
        assert ComplexityClass.named(name).index == 0
        return
    with pytest.raises(ArgumentError, match="no class known here"):
        ComplexityClass.named(name)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        ("4..64", "every n measured is a power of two"),
        ("5..65:4", "every n measured is 1 modulo 4"),
        ("4..12:1,16,32", None),
        ("8", None),
    ],
)
def test_what_the_n_have_in_common_is_said(n, words):
    found = [limit for limit in study(Family(families.parity), n).limits if "every n" in limit]
    assert [limit.partition(":")[0] for limit in found] == ([] if words is None else [words])


@pytest.mark.parametrize(
    ("function", "bound", "points", "status"),
    [
        (lambda n: n - 4 * isqrt(n) + 20, "O(n)", range(4, 80), "consistent"),
        (lambda n: round(1000 * n - 900 * n**0.5), "O(n)", range(4, 17), "inconclusive"),
        (lambda n: round(n * log2(n)), "O(n)", range(4, 65), "contradicted"),
        (isqrt, "O(lg(n))", range(4, 65), "contradicted"),
        (lambda n: isqrt(n**3), "O(n)", (3, 5, 7, 90, 360), "inconclusive"),
    ],
)
def test_a_quotient_that_stops_growing_contradicts_no_bound(function, bound, points, status):
    values = {n: function(n) for n in points}
    check = check_formula("size", formula(bound), values, fit_or_growth(values))
    assert check.status == status, check
