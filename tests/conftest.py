"""What holds for every test: no setting of the machine or of its owner changes a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The machine's speed is no property of the code; the examples are the same in every run, so that a
# red run can be repeated. `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _without_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOLLOWUP_TODAY", "FOLLOWUP_EDITOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository, which is a workspace itself."""
    return ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes expected results anew, to be read in the diff before a commit."""
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A check that a text is the one in a file of `tests/golden`."""
    rewrite = request.config.getoption("--rewrite-golden")

    def check(file: Path, text: str) -> None:
        if rewrite:
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    return check
