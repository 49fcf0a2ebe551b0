"""SVG elements as text."""

from __future__ import annotations

from html import escape


def number(value: float) -> str:
    """A coordinate with at most one digit after the point."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def element(name: str, *content: str, **attributes: object) -> str:
    """One element around elements; ``_`` in the name of an attribute stands for ``-``.

    Example:
        >>> element("rect", x=1.25, stroke_width=2)
        '<rect x="1.2" stroke-width="2"/>'
    """
    written = "".join(
        f' {key.replace("_", "-")}="{number(v) if isinstance(v, float) else escape(str(v))}"'
        for key, v in attributes.items()
    )
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """A line of text; y is that of its baseline."""
    return element("text", escape(words, quote=False), x=x, y=y, **attributes)


def title(words: str) -> str:
    """A tooltip."""
    return element("title", escape(words, quote=False))
