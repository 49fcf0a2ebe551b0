"""JSON in and out: the same data always gives the same bytes; what cannot be read has an error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, ParseError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 60


def dumps(data: object) -> bytes:
    """Compact ASCII with sorted keys and one newline at the end."""
    return (json.dumps(data, sort_keys=True, separators=(",", ":")) + "\n").encode("ascii")


def loads(data: bytes, path: str | None = None) -> Any:  # noqa: ANN401
    """What JSON says. Numbers with a fraction or exponent, and keys given twice, are refused.

    Raises:
        ParseError: it is no such JSON.
    """
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError as error:
        raise ParseError("it is no text in UTF-8", path=path, byte=error.start) from None
    except json.JSONDecodeError as error:
        raise ParseError(f"it is no JSON: {error.msg}", path=path, line=error.lineno) from None
    except RecursionError:
        raise ParseError("it is nested too deeply", path=path) from None
    except ParseError as error:
        raise ParseError(error.problem, path=path) from None
    except ValueError:  # an integer of more digits than Python reads
        raise ParseError("it holds a number of too many digits", path=path) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError(f"an object has a key twice: {shown([key for key, _ in pairs])}")
    return found


def _no_float(text: str) -> object:
    raise ParseError(f"{shown(text)} is no integer; all numbers here are")


def shown(value: object) -> str:
    """A value for a message, cut where it is long."""
    try:
        text = repr(value)
    except ValueError:  # an integer of more digits than Python writes
        return "a very long number"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def members(data: object, where: str, keys: Sequence[str]) -> list[Any]:
    """The values of an object that has exactly these keys.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    if not isinstance(data, dict):
        raise ArgumentError(f"{where} must be an object with {', '.join(keys)}, not {shown(data)}")
    for key in keys:
        if key not in data:
            raise ArgumentError(f"{where} has no {key!r}")
    for key in data:
        if key not in keys:
            raise ArgumentError(f"{where} has an unknown key {shown(key)}")
    return [data[key] for key in keys]


def items(data: object, where: str) -> list[Any]:
    """A list.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    if not isinstance(data, list):
        raise ArgumentError(f"{where} must be a list, not {shown(data)}")
    return data


def text(data: object, where: str) -> str:
    """A string.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    if not isinstance(data, str):
        raise ArgumentError(f"{where} must be text, not {shown(data)}")
    return data


def integer(data: object, where: str, least: int | None = None, most: int | None = None) -> int:
    """An integer in a range.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    if not isinstance(data, int) or isinstance(data, bool):
        raise ArgumentError(f"{where} must be an integer, not {shown(data)}")
    if (least is not None and data < least) or (most is not None and data > most):
        low = "" if least is None else f" from {least}"
        high = "" if most is None else f" up to {most}"
        raise ArgumentError(f"{where} must be an integer{low}{high}, not {shown(data)}")
    return data


def bits(data: object, where: str) -> bytes:
    """Text of ``0`` and ``1`` as values.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    if not isinstance(data, str) or set(data) - {"0", "1"}:
        raise ArgumentError(f"{where} must be text of 0 and 1, not {shown(data)}")
    return bytes(data.encode("ascii").translate(_VALUES))


_VALUES = bytes.maketrans(b"01", b"\x00\x01")
_SYMBOLS = bytes.maketrans(b"\x00\x01", b"01")


def bit_text(values: bytes) -> str:
    """Values 0 and 1 as text."""
    return values.translate(_SYMBOLS).decode("ascii")
