"""Progress of long work: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.typing import Progress


@contextmanager
def progress(title: str) -> Iterator[Progress | None]:
    """A function to call as ``progress(done, total)``; None where nobody would see it.

    Work that is over at its first call shows no bar, and does not load what draws it.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as stack:
        update: Progress | None = None

        def advance(done: int, total: int) -> None:
            nonlocal update
            if update is None and done < total:
                update = _bar(title, stack)
            if update is not None:
                update(done, total)

        yield advance


def _bar(title: str, stack: ExitStack) -> Progress:
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = stack.enter_context(Bar(console=Console(stderr=True), transient=True))
    task = bar.add_task(title)
    return lambda done, total: bar.update(task, completed=done, total=total)
