"""Numbers for people: exact where they fit, else rounded in scientific form; never wider."""

from __future__ import annotations

_LOG10_2 = 0.30102999566398119521


def compact(value: float, width: int = 19) -> str:
    """A number of at least 0 in at most `width` characters.

    Args:
        value: an integer of any size, or a float, which is shown to one decimal.
        width: characters available, at least 8.

    Returns:
        The integer with commas if it fits; else five digits or fewer, such as ``1.2346e40``.

    Example:
        >>> compact(1234567), compact(123456 * 10**35), compact(2.5)
        ('1,234,567', '1.2346e40', '2.5')
    """
    if isinstance(value, float):
        text = f"{value:,.1f}"
        return text if len(text) <= width else compact(round(value), width)
    if value.bit_length() <= 4 * width:
        text = f"{value:,}"
        if len(text) <= width:
            return text
    exponent = _digits(value) - 1
    decimals = min(4, width - len(f"0.e{exponent}"))
    # Rounded half up on integers: a float would lose digits, and overflow past 1e308.
    scale = 10 ** (exponent - decimals)
    lead = (value + scale // 2) // scale
    if lead == 10 ** (decimals + 1):
        lead, exponent = lead // 10, exponent + 1
    digits = str(lead)
    return f"{digits[0]}.{digits[1:]}e{exponent}"


def _digits(value: int) -> int:
    """Number of decimal digits of a positive integer, without writing it out."""
    estimate = int((value.bit_length() - 1) * _LOG10_2)
    more: bool = value >= 10 ** (estimate + 1)
    return estimate + 1 + more


def plural(count: int, noun: str) -> str:
    """A count with its noun.

    Example:
        >>> plural(1, "gate"), plural(2000, "gate")
        ('1 gate', '2,000 gates')
    """
    return f"{compact(count)} {noun}{'' if count == 1 else 's'}"


def span(first: int, last: int) -> str:
    """``"7"`` or ``"7-12"``."""
    return str(first) if first == last else f"{first}-{last}"
