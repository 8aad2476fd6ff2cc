"""How long reading and planning take; run by `make bench`.

Prints a table of seconds, the least of several runs, for searches of several sizes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from followup.campaign.schedule import build_follow_ups
from followup.notes.entry_parser import parse_entry
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.bench.notes import TODAY, make_notes

SIZES = (100, 300, 1_000)
RUNS = 5
T = TypeVar("T")


def main() -> None:
    """Measure each step for each size."""
    table = Table("interviews", "reading, s", "portal, s", "plan, s", "follow-ups")
    for size in SIZES:
        files = list(make_notes(size))
        reading, parsed = _least(lambda files=files: [parse_entry(*file) for file in files])  # type: ignore[misc]
        entries = [entry for entry, problems in parsed if entry and not problems]
        if len(entries) != size:
            sys.exit("the notes of the benchmark have problems")
        deriving, portal = _least(lambda e=entries: build_portal(e, TODAY, Options()))  # type: ignore[misc]
        planning, plan = _least(lambda p=portal: build_follow_ups(p))  # type: ignore[misc]
        times = (f"{seconds:.3f}" for seconds in (reading, deriving, planning))
        table.add_row(str(size), *times, str(len(plan)))
    Console().print(table)


def _least(work: Callable[[], T]) -> tuple[float, T]:
    best = float("inf")
    for _ in range(RUNS):
        start = perf_counter()
        result = work()
        best = min(best, perf_counter() - start)
    return best, result


if __name__ == "__main__":
    main()
