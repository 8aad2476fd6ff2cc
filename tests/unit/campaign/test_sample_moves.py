"""One date moved in one note of the sample moves what hangs on it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from followup.campaign.model import FollowUp
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.folder import load_entries
from followup.portal.build import build_portal
from followup.portal.options import Options

NOTES = Path(__file__).parents[3] / "entries"
TODAY = date(2026, 11, 22)
DECISION = re.compile(
    rb"(decision:\s*\{[^}]*?by:\s*|next_step:\s*\{[^}]*?by:\s*)(\d{4}-\d{2}-\d{2})"
)


def plan_of(entries: tuple[Entry, ...]) -> Mapping[str, FollowUp]:
    """The follow-ups of the sample, whose candidate lives in New York."""
    options = Options(country="US", subdivision="NY", today=TODAY)
    return build_follow_ups(build_portal(entries, TODAY, options))


def dated_notes() -> list[str]:
    """The notes that name a day for an answer."""
    files = sorted(NOTES.rglob("*.md"))
    return [f.relative_to(NOTES).as_posix() for f in files if DECISION.search(f.read_bytes())]


@pytest.mark.parametrize("path", dated_notes())
def test_a_moved_answer_moves_only_its_own(path: str) -> None:
    """A week more for an answer changes no follow-up outside its application."""
    entries = load_entries(NOTES).entries
    data = (NOTES / path).read_bytes()
    match = DECISION.search(data)
    assert match
    later = date.fromisoformat(match[2].decode()) + timedelta(days=7)
    moved = DECISION.sub(rb"\g<1>" + later.isoformat().encode(), data, count=1)
    entry, problems = parse_entry(path, moved)
    assert entry is not None, problems
    before = plan_of(entries)
    after = plan_of(tuple(entry if old.path == path else old for old in entries))
    application = build_portal(entries, TODAY, Options()).interviews[path].application
    for uid in before.keys() | after.keys():
        if before.get(uid) != after.get(uid):
            changed = after.get(uid) or before[uid]
            assert changed.application == application
            assert changed.touch != "thank_you" or changed.interview == path


def test_some_dates_do_move() -> None:
    """The pattern finds enough notes for the test above to mean something."""
    assert len(dated_notes()) >= 8
