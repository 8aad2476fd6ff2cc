"""Letters as they should read: every word, and the lines of the note behind every sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from followup.campaign.schedule import build_follow_ups
from followup.notes.entry_parser import parse_entry
from tests.unit.campaign.letters import as_text, result_of, shipped

GOLDEN = Path(__file__).parents[2] / "golden" / "drafts"
NOTES = sorted(path.stem for path in GOLDEN.glob("*.md"))


def render_letters(stem: str, today: date) -> str:
    """Every letter about a golden note."""
    path = GOLDEN / f"{stem}.md"
    entry, problems = parse_entry(path.name, path.read_bytes())
    assert entry is not None, problems
    assert not problems
    portal, result = result_of(
        entry, today=today, books=shipped(), country="DE", timezone="Europe/Berlin"
    )
    plan = build_follow_ups(portal)
    blocks = []
    for uid, draft in result.drafts.items():
        follow_up = plan[uid]
        names = ", ".join(portal.people[person].name or "" for person in draft.to)
        state = "ready" if draft.ready else "incomplete"
        blocks.append(f"== {follow_up.touch} to {names}, {state}\n{as_text(draft)}\n")
    return "\n".join(blocks)


@pytest.mark.parametrize("stem", NOTES)
def test_letters_of_a_note(stem: str) -> None:
    """The letters of a note are those that were written by hand for it."""
    expected = (GOLDEN / f"{stem}.txt").read_text(encoding="utf-8")
    assert render_letters(stem, date(2026, 11, 22)) == expected
