"""Each planted bug must be found by the test that is named beside it."""

import os
import shutil
from collections.abc import Iterator
from compileall import compile_dir
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from tests.quality.mutants import Mutant
from tests.quality.warm import Forks, Run

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("mutants*.py"))
LISTS: dict[str, list[Mutant]] = {
    module: [
        mutant
        for value in vars(import_module(f"tests.quality.{module}")).values()
        if isinstance(value, list)
        for mutant in value
        # The tests that would find bugs of these files are left out where PyTorch is missing.
        if find_spec("torch") or "torch" not in mutant.file + mutant.test
    ]
    for module in MODULES
}
"""The planted bugs of each module ``mutants*.py``: all its lists."""

MUTANTS = [mutant for mutants in LISTS.values() for mutant in mutants]

each_mutant = pytest.mark.parametrize(
    "mutant",
    [
        pytest.param(mutant, id=f"{module}: {mutant.name}")
        for module, mutants in LISTS.items()
        for mutant in mutants
    ],
)

PACKAGES = ("tcsim", "reductions", "proofs_check")
PASSED, FAILED = 0, 1


def mutate(mutant: Mutant, text: str) -> str:
    """The text with the bug in it."""
    count = text.count(mutant.old)
    assert count == 1, f"{mutant.name}: found {count} times in {mutant.file}: {mutant.old!r}"
    return text.replace(mutant.old, mutant.new)


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and the tests in a folder of their own."""
    folder = tmp_path_factory.mktemp("mutants")
    ignore = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in (*PACKAGES, "tests"):
        shutil.copytree(root / name, folder / name, ignore=ignore)
    for name in PACKAGES:
        # Compiled files that hold their source's hash: those of one bug never serve another.
        compile_dir(folder / name, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    for name in ("pyproject.toml", "benchmarks", "docs", "examples"):
        if (root / name).exists():
            (folder / name).symlink_to(root / name)
    return folder


@pytest.fixture(scope="module")
def forks(copy: Path) -> Iterator[Forks]:
    """Runs on the copy, with kernels as plain Python."""
    # With CI set, pytest writes out in full how two long lists differ, which takes minutes.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    with Forks(copy, {**environment, "NUMBA_DISABLE_JIT": "1"}) as forks:
        yield forks


def run(forks: Forks, tests: list[str]) -> Run:
    """Run tests on the copy: the same examples each time."""
    options = ["-q", "-x", "-p", "no:cacheprovider", "--tb=line"]
    options += ["-p", "tests.quality.first_failure", "--hypothesis-profile=first_failure"]
    return forks.run([*options, *tests])


@each_mutant
def test_the_right_text_is_there_once(mutant: Mutant, root: Path) -> None:
    assert mutate(mutant, (root / mutant.file).read_text()) != (root / mutant.file).read_text()
    assert (root / mutant.test.partition("::")[0]).exists()


def test_names_are_distinct() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 27


@pytest.mark.quality
@pytest.mark.parametrize("module", LISTS)
def test_without_bugs_the_named_tests_pass(module: str, forks: Forks) -> None:
    done = run(forks, sorted({mutant.test for mutant in LISTS[module]}))
    assert done.code == PASSED, done.output


@pytest.mark.quality
@each_mutant
def test_a_bug_is_found(mutant: Mutant, copy: Path, forks: Forks) -> None:
    path = copy / mutant.file
    right = path.read_text()
    path.write_text(mutate(mutant, right))
    try:
        done = run(forks, [mutant.test])
    finally:
        path.write_text(right)
    # Any other code than FAILED: no test ran, or the copy does not even import.
    assert done.code == FAILED, done.output
