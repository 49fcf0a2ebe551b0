"""What drawing functions return: a picture or a page that notebooks show and that can be saved."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from os import PathLike, fsdecode
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.formats.files import save

if TYPE_CHECKING:
    from tcsim.typing import StrPath


@dataclass(frozen=True, repr=False)
class Drawing:
    """A picture. Notebooks show it; ``str()`` is its SVG, ``repr()`` the same facts as text.

    Attributes:
        svg: a self-contained SVG document.
        text: what the picture shows, for terminals.
    """

    svg: str
    text: str

    def save(self, path: StrPath) -> None:
        """Write the SVG; the file appears whole or not at all.

        Raises:
            ArgumentError: the name does not end in ``.svg``, or the file cannot be written.
        """
        _save(self.svg, path, ".svg")

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Page:
    """An interactive page. Notebooks show it in a frame; ``str()`` is its HTML.

    Attributes:
        html: a self-contained HTML document: it loads nothing.
        title: one line of what it shows.
        height: room that it takes in a notebook, in px.
    """

    html: str
    title: str
    height: int

    def save(self, path: StrPath) -> None:
        """Write the HTML; the file appears whole or not at all.

        Raises:
            ArgumentError: the name does not end in ``.html``, or the file cannot be written.
        """
        _save(self.html, path, ".html")

    def _repr_html_(self) -> str:
        frame = f'title="{escape(self.title)}" width="100%" height="{self.height}"'
        return f'<iframe srcdoc="{escape(self.html)}" {frame} style="border:0"></iframe>'

    def __str__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<Page: {self.title}>"


def _save(content: str, path: StrPath, suffix: str) -> None:
    if not isinstance(path, str | PathLike):
        raise ArgumentError(f"path must be the name of a {suffix} file, not {path!r}")
    if not fsdecode(path).lower().endswith(suffix):
        raise ArgumentError(f"this is saved as a {suffix} file: {fsdecode(path)!r} does not end so")
    save(content.encode(), path)
