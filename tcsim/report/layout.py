"""What every rendering of a report is made of: sections of paragraphs, facts and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is to be said of it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        header: one title a column.
        rows: cells as text.
        align: ``l`` or ``r`` a column; text columns (``l``) may be shortened to fit a page.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str


@dataclass(frozen=True)
class Profile:
    """A picture of the gates by level.

    Attributes:
        levels: gates on level 0, 1, 2, ...
    """

    levels: tuple[int, ...]


Block: TypeAlias = Paragraph | Facts | Table | Profile


@dataclass(frozen=True)
class Section:
    """A title and what stands under it."""

    title: str
    blocks: tuple[Block, ...]
