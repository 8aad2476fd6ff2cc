"""Publishes that are killed at any moment: the old site is there whole, or the new one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import plant


def run_publishers(workspace: Path, kills: int, way: str) -> subprocess.CompletedProcess[str]:
    """The publishers, in a process of their own that can fork."""
    plant(workspace, "== entries/a.md\n<NOTE>\n")
    return subprocess.run(
        [sys.executable, "-m", "tests.build.publishers", str(workspace), str(kills), way],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_publish_leaves_a_whole_site(tmp_path: Path, way: str) -> None:
    """After each of 100 kills the old site lies there or the new one, whole; after the next run it does."""
    done = run_publishers(tmp_path, 100, way)
    assert done.returncode == 0, done.stderr
    old, new, none = map(int, done.stdout.split())
    assert old
    assert new
    assert (none == 0) if way == "exchange" else (none < 100)


def test_kills_find_a_swap_that_is_not_safe(tmp_path: Path) -> None:
    """A control: where files are copied into place, the same loop finds half a site, or none."""
    done = run_publishers(tmp_path, 100, "in-place")
    assert done.returncode != 0
    assert re.search(r"ValueError: (not whole: |after \d+ kills None lies there)", done.stderr)
