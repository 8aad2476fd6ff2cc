"""Builds of whole sites, and `followup today`, each in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.figures import BUILD, MEMORY, TODAY, TODAY_WORK, WORK, Figures
from tests.bench.running import run
from tests.bench.workspaces import Kind, Workspace


def measure_builds(workspaces: Sequence[Workspace], runs: int, figures: Figures) -> Iterator[str]:
    """Build each site anew in each run, one kind after the other; yields what comes next."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    for number in range(runs):
        for workspace in workspaces:
            yield f"run {number + 1} of {runs}: {workspace.size:,} notes, {workspace.kind}, build"
            spent = run(command, workspace.root)
            for what, value in (
                (BUILD, spent.seconds),
                (WORK, spent.work),
                (MEMORY, float(spent.memory)),
            ):
                figures.add(what, workspace.kind, workspace.size, value)


def measure_today(workspaces: Sequence[Workspace], runs: int, figures: Figures) -> Iterator[str]:
    """Ask each search what is to do today; yields what comes next."""
    command = [str(Path(sys.executable).with_name("followup")), "today"]
    for number in range(runs):
        for workspace in workspaces:
            if workspace.kind is Kind.PORTAL and workspace.size:
                yield f"run {number + 1} of {runs}: {workspace.size:,} notes, followup today"
                spent = run(command, workspace.root)
                figures.add(TODAY, workspace.kind, workspace.size, spent.seconds)
                figures.add(TODAY_WORK, workspace.kind, workspace.size, spent.work)
