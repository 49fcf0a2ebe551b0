"""Settings of the whole suite: Hypothesis profiles, one copy under test, no silent skips."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# The first call of a kernel compiles it, so no example has a deadline.
# Choose with `pytest --hypothesis-profile=NAME`.
settings.register_profile("default", deadline=None, max_examples=50)
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, database=None, print_blob=True
)
settings.register_profile("slow", deadline=None, max_examples=2_000)
settings.load_profile("default")

# Processes that tests start must import the same copy of the packages as the tests.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
)

# With TCSIM_NO_SKIPS=1 a skipped test fails the run. The variable is taken out of the environment
# because it speaks of this run, not of a pytest that a test may start.
NO_SKIPS = os.environ.pop("TCSIM_NO_SKIPS", "0") not in {"", "0"}


def _skips(config: pytest.Config) -> list[str]:
    """What was skipped and why, one line a test; empty unless skips are forbidden."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not NO_SKIPS or reporter is None:
        return []
    # A skip's longrepr is (file, line, reason).
    return [
        f"{report.nodeid}: {report.longrepr[2] if report.longrepr else 'no reason given'}"
        for report in reporter.stats.get("skipped", [])
    ]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skips(session.config) and session.exitstatus in {
        pytest.ExitCode.OK,
        pytest.ExitCode.NO_TESTS_COLLECTED,
    }:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skips = _skips(terminalreporter.config)
    if skips:
        terminalreporter.section("skips fail this run (TCSIM_NO_SKIPS=1)", red=True, bold=True)
        for line in skips:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
