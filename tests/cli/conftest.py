"""The command in this process."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from followup.cli import main
from tests.cli.running import Run


@pytest.fixture
def run() -> Run:
    """The command in this process."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return invoke
