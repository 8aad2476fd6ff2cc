"""How long reading and everything after it take; run by `make bench`.

Prints a table of seconds on one core, the least of several runs, for searches of several sizes, and
fails where what is derived from the notes of the largest takes longer than it may.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from time import process_time
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from followup.campaign.drafts import build_drafts
from followup.campaign.patterns import build_patterns
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.campaign.statistics import build_statistics
from followup.notes.entry_parser import parse_entry
from followup.portal.build import build_portal
from followup.portal.options import Options
from followup.resources import load_phrasebooks
from tests.bench.notes import TODAY, make_notes

SIZES = (100, 300, 1_000)
RUNS = 5
STEPS = ("portal", "follow-ups", "patterns", "statistics")
OTHERS = ("reading", "drafts")
MOST = 1.0
"""How many seconds the first steps may take together for the largest search."""

T = TypeVar("T")


def main() -> None:
    """Measure each step for each size."""
    phrasebooks, _ = load_phrasebooks(None)
    found = [_measure(size, phrasebooks) for size in SIZES]
    table = Table("seconds for", *(f"{size:,} interviews" for size in SIZES))
    for step in (*STEPS, *OTHERS):
        table.add_row(step, *(f"{times[step]:.3f}" for times in found))
    derived = [sum(times[step] for step in STEPS) for times in found]
    table.add_row("all but reading and drafts", *(f"{seconds:.3f}" for seconds in derived))
    Console().print(table)
    if derived[-1] > MOST:
        sys.exit(f"deriving took {derived[-1]:.2f} s, more than {MOST:.0f} s")


def _measure(size: int, phrasebooks: Mapping[str, Phrasebook]) -> dict[str, float]:
    """The seconds of each step."""
    files = list(make_notes(size))
    reading, parsed = _least(lambda: [parse_entry(*file) for file in files])
    entries = [entry for entry, problems in parsed if entry and not problems]
    if len(entries) != size:
        sys.exit("the notes of the benchmark have problems")
    deriving, portal = _least(lambda: build_portal(entries, TODAY, Options()))
    planning, plan = _least(lambda: build_follow_ups(portal))
    learning, _ = _least(lambda: build_patterns(portal, plan.values()))
    counting, _ = _least(lambda: build_statistics(portal, plan.values()))
    drafting, _ = _least(lambda: build_drafts(portal, plan, phrasebooks), runs=1)
    return {
        "portal": deriving,
        "follow-ups": planning,
        "patterns": learning,
        "statistics": counting,
        "reading": reading,
        "drafts": drafting,
    }


def _least(work: Callable[[], T], *, runs: int = RUNS) -> tuple[float, T]:
    best = float("inf")
    for _ in range(runs):
        start = process_time()
        result = work()
        best = min(best, process_time() - start)
    return best, result


if __name__ == "__main__":
    main()
