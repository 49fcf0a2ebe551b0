"""The errors: one tree, messages that say where, safe to send between processes."""

import copy
import pickle

import pytest

from tcsim import errors
from tcsim.errors import MissingExtraError, ParseError, TcsimError

EXAMPLES = [
    TcsimError("plain"),
    errors.ArgumentError("argument"),
    MissingExtraError("matplotlib", "plot", "drawing a plot"),
    ParseError("found 'x'"),
    ParseError("found 'x'", path="a.tc", line=3),
    ParseError("found 'x'", path="a.aig", byte=17),
]


def test_one_tree():
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), TcsimError)
    assert issubclass(errors.ArgumentError, ValueError)
    assert issubclass(MissingExtraError, ImportError)


def test_messages():
    assert [str(error) for error in EXAMPLES[2:]] == [
        "drawing a plot needs matplotlib, which is not installed: pip install 'tcsim[plot]'",
        "<text>: found 'x'",
        "a.tc, line 3: found 'x'",
        "a.aig, byte 17: found 'x'",
    ]


@pytest.mark.parametrize("place", range(len(EXAMPLES)))
def test_errors_pickle(place):
    error = EXAMPLES[place]
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(same) is type(error)
        assert str(same) == str(error)
        assert vars(same) == vars(error)
