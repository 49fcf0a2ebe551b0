"""Linear forms over wires, and the lazy conditions that their comparisons make.

Nothing here builds a gate: a condition becomes one when a Builder first needs its wire.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeGuard, Union

from tcsim.errors import BuilderError

if TYPE_CHECKING:
    from tcsim.builder import Builder

_NO_BOOL = (
    "a {} has no truth value until its circuit is evaluated: "
    "use & for and, | for or, ~ for not, tc.all([...]) for chains such as 2 <= s <= 5"
)


class Expression:
    """Whatever can stand in a linear form: a wire, a condition, a shared form, a linear form."""

    __slots__ = ()
    __array_ufunc__ = None  # NumPy then leaves `array * wire` to us, which refuses it by name

    def linear(self) -> LinearForm:
        """This expression as a linear form."""
        raise NotImplementedError

    def __add__(self, other: object) -> LinearForm:
        return self.linear().plus(linear(other, "+"), 1)

    __radd__ = __add__

    def __sub__(self, other: object) -> LinearForm:
        return self.linear().plus(linear(other, "-"), -1)

    def __rsub__(self, other: object) -> LinearForm:
        return linear(other, "-").plus(self.linear(), -1)

    def __neg__(self) -> LinearForm:
        return self.linear().times(-1)

    def __pos__(self) -> LinearForm:
        return self.linear()

    def __mul__(self, factor: object) -> LinearForm:
        return self.linear().times(integer(factor, "*"))

    __rmul__ = __mul__

    def __ge__(self, other: object) -> Condition:
        return Condition(self - linear(other, ">="), 0)

    def __gt__(self, other: object) -> Condition:
        return Condition(self - linear(other, ">"), 1)

    def __le__(self, other: object) -> Condition:
        return Condition(linear(other, "<=") - self, 0)

    def __lt__(self, other: object) -> Condition:
        return Condition(linear(other, "<") - self, 1)

    def __bool__(self) -> NoReturn:
        raise BuilderError(_NO_BOOL.format(type(self).__name__.lower()))

    def __iter__(self) -> NoReturn:
        raise BuilderError(f"a {type(self).__name__.lower()} is one value, not a sequence of wires")


class LinearForm(Expression):
    """An integer combination of signals and shared forms, plus a constant.

    Args:
        terms: {signal or shared form: weight}; a weight of 0 is kept.
        constant: the constant term.
    """

    __slots__ = ("constant", "terms")

    def __init__(self, terms: Mapping[Term, int], constant: int = 0) -> None:
        self.terms = terms
        self.constant = constant

    def linear(self) -> LinearForm:
        """Itself."""
        return self

    def plus(self, other: LinearForm, factor: int) -> LinearForm:
        """``self + factor * other``."""
        terms = dict(self.terms)
        for term, weight in other.terms.items():
            terms[term] = terms.get(term, 0) + factor * weight
        return LinearForm(terms, self.constant + factor * other.constant)

    def times(self, factor: int) -> LinearForm:
        """``factor * self``."""
        terms = {term: factor * weight for term, weight in self.terms.items()}
        return LinearForm(terms, factor * self.constant)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise BuilderError("== does not compare linear forms: use tc.equal(form, value)")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<LinearForm: {len(self.terms)} terms, constant {self.constant}>"


class SharedForm(Expression):
    """A stored form of a Builder, to be used in later forms and comparisons: `Builder.form`."""

    __slots__ = ("builder", "constant", "form")

    def __init__(self, builder: Builder, form: int, constant: int) -> None:
        self.builder = builder
        self.form = form
        self.constant = constant

    def linear(self) -> LinearForm:
        """The stored form and its constant, which is not stored."""
        return LinearForm({self: 1}, self.constant)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SharedForm):
            return self.builder is other.builder and self.form == other.form
        raise BuilderError("== does not compare linear forms: use tc.equal(form, value)")

    def __hash__(self) -> int:
        return hash((id(self.builder), ~self.form))

    def __repr__(self) -> str:
        return f"<SharedForm {self.form}>"


class Signal(Expression):
    """A value that is 0 or 1: a wire, a condition, or the negation of one.

    ``==`` is identity, so that signals can be dictionary keys; equality of values is the gate
    ``~(a ^ b)``.
    """

    __slots__ = ()

    def __invert__(self) -> Signal:
        return Negation(self)

    def __and__(self, other: object) -> Condition:
        return Condition(self.linear().plus(signal(other, "&").linear(), 1), 2)

    def __or__(self, other: object) -> Condition:
        return Condition(self.linear().plus(signal(other, "|").linear(), 1), 1)

    def __xor__(self, other: object) -> Condition:
        """Exclusive or: two gates at depth 2, ``h = a AND b`` and ``a + b - 2h >= 1``."""
        both = self.linear().plus(signal(other, "^").linear(), 1)
        return Condition(both.plus(Condition(both, 2).linear(), -2), 1)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__


class Wire(Signal):
    """A wire of a Builder. ``id`` is what the array calls of the Builder take."""

    __slots__ = ("builder", "id")

    def __init__(self, builder: Builder, id: int) -> None:  # noqa: A002
        self.builder = builder
        self.id = id

    @property
    def is_constant(self) -> bool:
        """Whether this is the constant 0 or 1."""
        return self.builder.is_constant(self.id)

    def linear(self) -> LinearForm:
        """This wire, once."""
        return LinearForm({self: 1})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wire) and self.builder is other.builder and self.id == other.id

    def __hash__(self) -> int:
        return hash((id(self.builder), self.id))

    def __repr__(self) -> str:
        return f"<Wire {self.builder.describe(self.id)}>"


class Condition(Signal):
    """A comparison ``form >= threshold``, lazy: it becomes a gate when it is used or output.

    The gate belongs to the scope that is open when the comparison is written.
    """

    __slots__ = ("builder", "form", "literal", "scope", "threshold")

    def __init__(self, form: LinearForm, threshold: int) -> None:
        self.form = form
        self.threshold = threshold
        self.literal: tuple[int, bool] | None = None  # the Builder's, once it has made the gate
        owners = (term.builder for term in form.terms if term.builder is not None)
        self.builder: Builder | None = next(owners, None)
        self.scope = None if self.builder is None else self.builder.current_scope

    def linear(self) -> LinearForm:
        """This condition, once: a form that is compared or stored makes its gate."""
        return LinearForm({self: 1})

    def __repr__(self) -> str:
        return f"<Condition: {len(self.form.terms)} terms >= {self.threshold - self.form.constant}>"


class Negation(Signal):
    """NOT of a signal: its readers absorb it in their weights, it is no gate of its own."""

    __slots__ = ("base",)

    def __init__(self, base: Signal) -> None:
        self.base = base

    def linear(self) -> LinearForm:
        """``1 - base``."""
        return LinearForm({}, 1).plus(self.base.linear(), -1)

    def __invert__(self) -> Signal:
        return self.base

    def __repr__(self) -> str:
        return f"<Negation of {self.base!r}>"


def integer(value: object, symbol: str) -> int:
    """An exact integer, or an error that says what `symbol` takes."""
    if isinstance(value, Expression):
        raise BuilderError(f"{symbol} of two wires is no linear form: & is the product of two bits")
    try:
        return int(operator.index(value))  # type: ignore[arg-type]
    except TypeError:
        pass
    hint = ""
    if getattr(value, "shape", None):
        hint = ": write array @ bus for a dot product, or loop over the wires"
    raise BuilderError(
        f"{symbol} takes an integer here, not {type(value).__name__} {_short(value)}{hint}"
    )


def linear(value: object, symbol: str) -> LinearForm:
    """A linear form from an expression or an integer."""
    if isinstance(value, Expression):
        return value.linear()
    return LinearForm({}, integer(value, symbol))


def signal(value: object, symbol: str) -> Signal:
    """A signal, or an error that says what `symbol` takes."""
    if isinstance(value, Signal):
        return value
    if isinstance(value, LinearForm | SharedForm):
        raise BuilderError(
            f"{symbol} takes wires and conditions, not a linear form: compare it first"
        )
    raise BuilderError(
        f"{symbol} takes wires and conditions, not {type(value).__name__} {_short(value)}: "
        f"put comparisons in parentheses, (x >= 1) & y; a constant is builder.constant(0 or 1)"
    )


def is_sequence(value: object) -> TypeGuard[Iterable[object]]:
    """Whether a value holds values: a list, bus or array, but no expression, text or 0-d array."""
    if isinstance(value, Expression | str | bytes) or getattr(value, "shape", None) == ():
        return False
    return isinstance(value, Iterable)


def _short(value: object) -> str:
    text = repr(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:37] + "..."


Term: TypeAlias = Union["Wire", "Condition", "SharedForm"]
"""What a linear form weighs; negations are absorbed before they get here."""


# Functions over many signals ---------------------------------------------------------------------


def sum(values: Iterable[object]) -> LinearForm:
    """The sum of wires, conditions, forms and integers, in one pass.

    Args:
        values: expressions and integers; buses and nested sequences are flattened.

    Returns:
        The linear form; of nothing, the constant 0.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.sum(b.inputs("x", 5)) >= 3)
        >>> b.build().gates[0].kind
        'maj'
    """
    terms: dict[Term, int] = {}
    constant = 0
    for value in _flatten(values):
        form = linear(value, "sum")
        constant += form.constant
        for term, weight in form.terms.items():
            terms[term] = terms.get(term, 0) + weight
    return LinearForm(terms, constant)


def dot(weights: Iterable[object], values: Iterable[object]) -> LinearForm:
    """``sum_i weights[i] * values[i]``; ``weights @ bus`` is the same.

    Raises:
        BuilderError: the lengths differ, or a weight is not an integer.
    """
    left, right = list(weights), list(_flatten(values))
    if len(left) != len(right):
        raise BuilderError(f"dot takes as many weights as values, not {len(left)} and {len(right)}")
    return sum(integer(w, "dot") * linear(v, "dot") for w, v in zip(left, right, strict=True))


def all(signals: Iterable[object]) -> Condition:
    """AND of any number of signals: one gate. AND() = 1."""
    items = _signals(signals, "all")
    return Condition(sum(items), len(items))


def any(signals: Iterable[object]) -> Condition:
    """OR of any number of signals: one gate. OR() = 0."""
    return Condition(sum(_signals(signals, "any")), 1)


def majority(signals: Iterable[object]) -> Condition:
    """MAJ, strict: more than half are 1. One gate. MAJ() = 0."""
    items = _signals(signals, "majority")
    return Condition(sum(items), len(items) // 2 + 1)


def at_least(k: int, signals: Iterable[object]) -> Condition:
    """k-of-n: at least k of the signals are 1. One gate."""
    return Condition(sum(_signals(signals, "at_least")), integer(k, "at_least"))


def equal(form: object, value: object) -> Condition:
    """``form == value``: two comparisons and the AND of them, three gates at depth 2.

    Args:
        form: an expression.
        value: an integer or another expression.
    """
    difference = linear(form, "equal").plus(linear(value, "equal"), -1)
    return (difference >= 0) & (difference <= 0)


def _signals(values: Iterable[object], what: str) -> list[Signal]:
    return [signal(value, what) for value in _flatten(values)]


def _flatten(values: object) -> Iterator[object]:
    if not is_sequence(values):
        raise BuilderError(f"expected a sequence of wires, not one {type(values).__name__}")
    for value in values:
        if is_sequence(value):
            yield from _flatten(value)
        else:
            yield value
