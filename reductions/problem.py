"""A decision problem: its instances, their sizes, an obviously right solver, witnesses, tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reductions.codec import dumps, loads, members, shown
from tcsim.errors import ArgumentError, ParseError, TcsimError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

I = TypeVar("I")  # noqa: E741 - instances
W = TypeVar("W")

INSTANCE_SCHEMA = "reductions.instance/1"
WITNESS_SCHEMA = "reductions.witness/1"


@dataclass(frozen=True)
class Witnesses(Generic[I, W]):
    """What certifies YES, where there is something.

    Attributes:
        meaning: what a witness is, in a sentence.
        verify: (instance, witness) to whether the witness proves the answer YES. Total: any witness
            of the type may be given.
        every: all witnesses of an instance; none if the answer is NO.
        few: whether an instance is so small that `every` comes to an end soon.
        producers: {name: a way to find one}; at least two, which differ. None if the answer is NO.
        to_data: as JSON data.
        from_data: back; raises ArgumentError.
        sample: (instance, seed) to one of them, another with another seed; None where `few` always
            holds, or there is only one.
    """

    meaning: str
    verify: Callable[[I, W], bool]
    every: Callable[[I], Iterator[W]]
    few: Callable[[I], bool]
    producers: Mapping[str, Callable[[I], W | None]]
    to_data: Callable[[W], Any]
    from_data: Callable[[Any], W]
    sample: Callable[[I, int], W | None] | None = None


@dataclass(frozen=True)
class Problem(Generic[I, W]):
    """A decision problem.

    Instances are immutable, hashable, compared by content, and refuse bad arguments when they are
    made.

    Attributes:
        name: in the registry, on the command line and in files.
        question: what is asked of an instance, in a sentence.
        instance: the class of its instances.
        fields: {size field: meaning}.
        sizes: instance to {size field: integer of at least 0}.
        decide: instance to the answer: an obviously right solver, which shares no code with rules
            or with the fast evaluator.
        to_data: instance as JSON data.
        from_data: back; raises TcsimError.
        every: all instances up to a size that `scope` describes, each once.
        scope: k to what `every` gives for it, in words.
        reach: the k that checks use.
        strategy: a Hypothesis strategy of instances; imports hypothesis when it is called.
        ladder: k = 1, 2, 3, ... to an instance whose size grows in proportion to k.
        mutations: {name: a small wrong change of an instance}, None where it does not apply: what
            the tests of a rule into this problem must notice.
        hardness: such as ``"P-complete"``, and under which reductions.
        reference: source of the problem.
        witnesses: None if nothing certifies YES.
        promise: which instances are asked about; the others have no answer. None: all are.
    """

    name: str
    question: str
    instance: type[I]
    fields: Mapping[str, str]
    sizes: Callable[[I], dict[str, int]]
    decide: Callable[[I], bool]
    to_data: Callable[[I], Any]
    from_data: Callable[[Any], I]
    every: Callable[[int], Iterator[I]]
    scope: Callable[[int], str]
    reach: int
    strategy: Callable[[], SearchStrategy[I]]
    ladder: Callable[[int], I]
    mutations: Mapping[str, Callable[[I], I | None]]
    hardness: str
    reference: str
    witnesses: Witnesses[I, W] | None = None
    promise: Callable[[I], bool] | None = field(default=None)

    def __repr__(self) -> str:
        return f"<Problem: {self.name}>"

    def encode(self, instance: I) -> bytes:
        """An instance as JSON; equal instances give equal bytes."""
        return dumps(
            {
                "schema": INSTANCE_SCHEMA,
                "problem": self.name,
                "instance": self.to_data(instance),
            }
        )

    def decode(self, data: bytes, path: str | None = None) -> I:
        """The instance that JSON describes. Every byte string gives one, or this error.

        Raises:
            ParseError: it describes no instance of this problem; the message says why.
        """
        found: I = self._read(data, path, INSTANCE_SCHEMA, "instance", self.from_data)
        return found

    def encode_witness(self, witness: W) -> bytes:
        """A witness as JSON.

        Raises:
            ArgumentError: the problem has no witnesses.
        """
        data = self._witnesses().to_data(witness)
        return dumps({"schema": WITNESS_SCHEMA, "problem": self.name, "witness": data})

    def decode_witness(self, data: bytes, path: str | None = None) -> W:
        """The witness that JSON describes.

        Raises:
            ParseError: it describes none.
        """
        read = self._witnesses().from_data
        found: W = self._read(data, path, WITNESS_SCHEMA, "witness", read)
        return found

    def _witnesses(self) -> Witnesses[I, W]:
        if self.witnesses is None:
            raise ArgumentError(f"the problem {self.name} has no witnesses")
        return self.witnesses

    def _read(
        self, data: bytes, path: str | None, schema: str, key: str, read: Callable[[Any], Any]
    ) -> Any:  # noqa: ANN401
        document = loads(data, path)
        try:
            found, problem, content = members(document, "the document", ("schema", "problem", key))
            self._expect(found, schema, "schema")
            self._expect(problem, self.name, "problem")
            return read(content)
        except TcsimError as error:
            raise ParseError(str(error), path=path) from None

    def _expect(self, found: object, expected: str, what: str) -> None:
        if found != expected:
            raise ArgumentError(f"the {what} is {shown(found)}; expected {expected!r}")
