"""What the core alone takes, step by step, in a process of its own.

As a program: `python -m tests.bench.core 1000` prints the seconds of each step as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Final, TypeVar

from tests.bench.figures import CORE, Figures
from tests.bench.notes import TODAY, make_notes
from tests.bench.running import run
from tests.bench.workspaces import Kind

STEPS: Final = ("reading", "portal", "follow-ups", "drafts", "patterns", "statistics", "pages")
DERIVED: Final = "derived"
"""All that is derived from notes that have been read, by the name of the sum of those steps."""
_DERIVING: Final = STEPS[1:-1]
_ROOT: Final = Path(__file__).resolve().parents[2]

T = TypeVar("T")


def measure_core(sizes: Sequence[int], runs: int, figures: Figures) -> Iterator[str]:
    """Put each size through the core anew in each run; yields what comes next."""
    for number in range(runs):
        for size in sizes:
            yield f"run {number + 1} of {runs}: {size:,} notes, the core alone"
            spent = run([sys.executable, "-m", "tests.bench.core", str(size)], _ROOT)
            seconds = json.loads(spent.output)
            seconds[DERIVED] = sum(seconds[step] for step in _DERIVING)
            for step, value in seconds.items():
                figures.add(f"{CORE} {step}", Kind.PORTAL, size, value)


def main(size: int) -> None:
    """Print the seconds of one processor that each step takes, in this process's first pass."""
    from followup.campaign.drafts import build_drafts
    from followup.campaign.model import Campaign
    from followup.campaign.patterns import build_patterns
    from followup.campaign.schedule import build_follow_ups
    from followup.campaign.statistics import build_statistics
    from followup.notes.entry_parser import parse_entry
    from followup.notes.garbage import no_search_for_cycles
    from followup.portal.build import build_portal
    from followup.portal.options import Options
    from followup.resources import load_phrasebooks
    from followup.site.pages import plan_site

    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], T]) -> T:
        start = process_time()
        result = work()
        seconds[step] = process_time() - start
        return result

    # Read now, not with the first letter.
    phrasebooks = dict(load_phrasebooks(None)[0])
    files = list(make_notes(size))
    parsed = timed("reading", lambda: [parse_entry(*file) for file in files])
    entries = [entry for entry, problems in parsed if entry and not problems]
    assert len(entries) == size, "the notes of the benchmark have problems"
    # As in every command and build: `read_notes` derives without a search for cycles.
    with no_search_for_cycles():
        portal = timed("portal", lambda: build_portal(entries, TODAY, Options()))
        plan = timed("follow-ups", lambda: build_follow_ups(portal))
        drafts = timed("drafts", lambda: build_drafts(portal, plan, phrasebooks)).drafts
        timed("patterns", lambda: build_patterns(portal, plan.values()))
        timed("statistics", lambda: build_statistics(portal, plan.values()))
    campaign = Campaign(portal, plan, {draft.id: draft for draft in drafts.values()})
    timed("pages", lambda: plan_site(campaign).pages)
    assert tuple(seconds) == STEPS
    sys.stdout.write(json.dumps(seconds))


if __name__ == "__main__":
    main(int(sys.argv[1]))
