"""Small notebooks for tests: front matter in a few lines, a portal or a plan out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from followup.campaign.model import FollowUp
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.problems import Severity
from followup.portal.build import build_portal
from followup.portal.model import Portal
from followup.portal.options import Options

TODAY = date(2026, 11, 22)


def note(path: str, front: str, body: str = "") -> Entry:
    """A note from its front matter without the fences; it must be free of errors."""
    entry, problems = parse_entry(path, f"---\n{front.strip()}\n---\n{body}".encode())
    assert entry is not None, problems
    assert not [found for found in problems if found.severity is Severity.ERROR], problems
    return entry


def portal_of(*entries: Entry, today: date = TODAY, **options: Any) -> Portal:
    """What these notes say together; the workspace is in the United States unless told otherwise."""
    return build_portal(entries, today, Options.model_validate(options))


def plan_of(*entries: Entry, today: date = TODAY, **options: Any) -> tuple[FollowUp, ...]:
    """The follow-ups that these notes ask for, in the order of their days."""
    return tuple(build_follow_ups(portal_of(*entries, today=today, **options)).values())


def by_touch(plan: tuple[FollowUp, ...]) -> Mapping[str, FollowUp]:
    """The follow-ups by the name of their touch; there must be one of each."""
    found = {follow_up.touch: follow_up for follow_up in plan}
    assert len(found) == len(plan), [(f.touch, f.to, f.due_on, f.state) for f in plan]
    return found
