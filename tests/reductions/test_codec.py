"""Decoders: whatever the bytes, an instance or a ParseError."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reductions import problem, problem_table
from reductions.strategies import instances, instances_with_witnesses
from tcsim.errors import ParseError

NAMES = sorted(problem_table())


@given(st.sampled_from(NAMES), st.binary(max_size=60))
def test_any_bytes(name, data):
    with pytest.raises(ParseError):
        problem(name).decode(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.sampled_from(NAMES), st.data())
def test_documents_with_one_part_replaced(name, data):
    one = problem(name)
    document = json.loads(one.encode(one.ladder(1)))
    part = document["instance"]
    key = data.draw(st.sampled_from(sorted(part)))
    part[key] = data.draw(JSON)
    try:
        found = one.decode(json.dumps(document).encode())
    except ParseError:
        return
    one.sizes(found)


def test_a_key_twice():
    data = b'{"schema":"reductions.instance/1","problem":"cvp","problem":"cvp"}'
    with pytest.raises(ParseError, match="a key twice"):
        problem("cvp").decode(data)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(data=st.data())
def test_instances_survive(name, data):
    one = problem(name)
    instance = data.draw(instances(one))
    again = one.decode(one.encode(instance))
    assert again == instance
    assert hash(again) == hash(instance)
    assert one.encode(again) == one.encode(instance)
    assert list(one.sizes(instance)) == list(one.fields)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15)
@given(data=st.data())
def test_witnesses_survive(name, data):
    one = problem(name)
    instance, witness = data.draw(instances_with_witnesses(one))
    assert one.decode_witness(one.encode_witness(witness)) == witness
    assert one.witnesses.verify(instance, witness)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"schema":"reductions.instance/1","problem":"cvp"}', "has no 'instance'"),
        (b'{"schema":"x","problem":"cvp","instance":{}}', "the schema is 'x'"),
        (b'{"schema":"reductions.instance/1","problem":"a","instance":{}}', "the problem is 'a'"),
        (b'{"a":1.5}', "no integer"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "too many digits"),
    ],
)
def test_messages(data, what):
    with pytest.raises(ParseError, match=what):
        problem("cvp").decode(data, "file.json")


GATES = (
    b'{"schema":"reductions.instance/1","problem":"cvp",'
    b'"instance":{"inputs":"01","gates":%s,"output":2}}'
)


@pytest.mark.parametrize(
    ("gates", "what"),
    [
        (b'[["and",0,2]]', r"gates\[0\]: a wire must be an integer from 0 up to 1"),
        (b'[["and",0,0]]', "reads a wire twice"),
        (b'[["and",0]]', "and reads 2 wires, not 1"),
        (b'[["xor",0,1]]', "'xor'"),
        (b'[["nand",0,1]]', "is none of"),
        (b"[]", "output must be"),
    ],
)
def test_bad_circuits(gates, what):
    with pytest.raises(ParseError, match=what):
        problem("cvp").decode(GATES % gates)
