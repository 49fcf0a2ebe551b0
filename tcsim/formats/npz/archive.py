"""Unpacking an archive of arrays from anywhere: nothing is evaluated, no size is trusted."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import NoReturn

from tcsim.errors import ParseError
from tcsim.formats.limits import excerpt
from tcsim.formats.npz.layout import MEMBERS, most_bytes

# The header of an array as NumPy writes it; matched, not evaluated.
_HEADER = re.compile(
    rb"\{'descr': '(?P<type>[<>|][a-zA-Z][0-9]{1,3})', 'fortran_order': (?P<fortran>True|False), "
    rb"'shape': \((?P<length>[0-9]{0,18}),?\), \} *\n"
)

# What the archive module raises on broken archives is not one tree.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def unpack(data: bytes, path: str | None) -> dict[str, tuple[str, bytes]]:
    """Type and content of each member; all are there, and all have one dimension.

    Args:
        data: the archive.
        path: its name, for errors.

    Raises:
        ParseError: names the member that is missing, unknown, too large, packed or typed otherwise.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ParseError(f"no readable zip archive: {excerpt(str(error), 80)}", path=path) from None
    with archive:
        entries = archive.infolist()
        _check(entries, len(data), path)
        contents = {}
        for entry in entries:
            name = _name(entry)
            try:
                member = archive.read(entry)
            except _BROKEN as error:
                fail(name, f"cannot be unpacked: {excerpt(str(error), 80)}", path)
            contents[name] = _content(name, member, path)
    return contents


def fail(member: str, problem: str, path: str | None) -> NoReturn:
    """Raise the error that a member is at fault."""
    name = member if member.isprintable() else repr(member)
    raise ParseError(f"member {excerpt(name)} {problem}", path=path)


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.removesuffix(".npy")


def _check(entries: list[zipfile.ZipInfo], file_bytes: int, path: str | None) -> None:
    """Refuse what should not be unpacked, by what the archive announces."""
    names: set[str] = set()
    for entry in entries:
        name = _name(entry)
        if name not in MEMBERS or entry.filename == name:
            fail(entry.filename, f"is not one of a circuit; these are {', '.join(MEMBERS)}", path)
        if name in names:
            fail(name, "is there twice", path)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            fail(name, f"has compression method {entry.compress_type}; expected 0 or 8", path)
        if entry.flag_bits & 1:
            fail(name, "is encrypted", path)
        names.add(name)
    for name in MEMBERS:
        if name not in names:
            fail(name, "is missing", path)
    announced, limit = sum(entry.file_size for entry in entries), most_bytes(file_bytes)
    if announced > limit:
        largest = max(entries, key=lambda entry: entry.file_size)
        fail(
            _name(largest),
            f"announces {largest.file_size:,} bytes, all members {announced:,}; "
            f"a file of {file_bytes:,} bytes may unpack to {limit:,}",
            path,
        )


def _content(name: str, member: bytes, path: str | None) -> tuple[str, bytes]:
    """Type and content of an array file, which must be of the announced size."""
    width = {1: 2, 2: 4, 3: 4}.get(member[6], 0) if len(member) > 12 else 0
    if member[:6] != b"\x93NUMPY" or not width:
        fail(name, f"is no array of NumPy: it starts with {member[:8]!r}", path)
    start = 8 + width
    end = start + int.from_bytes(member[8:start], "little")
    header = _HEADER.fullmatch(member, start, min(end, len(member)))
    if header is None:
        found = excerpt(member[start : min(end, 160)].strip().decode("latin-1"), 90)
        fail(name, f"has the header {found}; expected plain integers, one dimension", path)
    kind, length = header["type"].decode(), header["length"]
    if header["fortran"] == b"True" or not length:
        fail(name, "must have one dimension, in C order", path)
    announced = int(length) * int(kind[2:])
    if announced != len(member) - end:
        fail(name, f"announces {announced:,} bytes of {kind}; it has {len(member) - end:,}", path)
    return kind, member[end:]
