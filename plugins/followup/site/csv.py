"""Applications and follow-ups as one table for a spreadsheet (RFC 4180)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from followup.campaign.model import FollowUp
from followup.portal.model import Application
from followup.site.lookup import Lookup

COLUMNS: Final = (
    "record", "company", "title", "stage", "since", "applied_on", "source", "resume", "location",
    "workplace", "job_url", "follow_up", "touch", "to", "due_on", "before", "state", "closed_on",
    "reason", "note", "application", "uid",
)  # fmt: skip
"""The head of the table; `record` is `application` or `follow_up` and says what a row is about."""

# Without it Excel takes UTF-8 for the code page of the country.
_MARK: Final = "\ufeff"
# What makes a spreadsheet take a cell for a formula. The wide forms do so in some of them.
_ACTIVE: Final = frozenset("=+-@\t\r\n＝＋－＠")
_QUOTED: Final = frozenset('",\r\n')

Row = Mapping[str, str]


def render_csv(lookup: Lookup) -> str:
    """The table: applications by company and title, then follow-ups by day.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows = (*_applications(lookup), *_follow_ups(lookup))
    lines = [COLUMNS, *(tuple(row.get(column, "") for column in COLUMNS) for row in rows)]
    return _MARK + "".join(",".join(map(_cell, line)) + "\r\n" for line in lines)


def _cell(text: str) -> str:
    safe = f"'{text}" if text[:1] in _ACTIVE else text
    if _QUOTED.isdisjoint(safe):
        return safe
    return '"' + safe.replace('"', '""') + '"'


def _applications(lookup: Lookup) -> Iterator[Row]:
    def order(application: Application) -> tuple[str, str, str]:
        name = lookup.company(application.id).name
        return name.casefold(), (application.title or "").casefold(), application.id

    for application in sorted(lookup.portal.applications.values(), key=order):
        yield {
            "record": "application",
            **_opening(lookup, application),
            "since": _day(application.history[-1].on if application.history else None),
            "applied_on": _day(application.applied_on),
            "source": application.found_through or "",
            "resume": application.resume or "",
            "location": application.location or "",
            "workplace": application.workplace or "",
            "job_url": application.job_url or "",
            "note": "; ".join(application.entries),
        }


def _follow_ups(lookup: Lookup) -> Iterator[Row]:
    for follow_up in lookup.follow_ups:
        yield {
            "record": "follow_up",
            **_opening(lookup, lookup.portal.applications[follow_up.application]),
            "follow_up": _what(lookup, follow_up),
            "touch": follow_up.touch,
            "to": lookup.names(follow_up.to),
            "due_on": _day(follow_up.due_on),
            "before": follow_up.before or "",
            "state": follow_up.state.value,
            "closed_on": _day(follow_up.closed_on),
            "reason": str(follow_up.reason),
            "note": follow_up.entry,
            "uid": follow_up.uid,
        }


def _opening(lookup: Lookup, application: Application) -> Row:
    return {
        "company": lookup.company(application.id).name,
        "title": application.title or "",
        "stage": application.stage.value,
        "application": application.id,
    }


def _what(lookup: Lookup, follow_up: FollowUp) -> str:
    """What is to be done, in the words of the Today page."""
    return lookup.title(follow_up, lookup.words(follow_up).todo)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
