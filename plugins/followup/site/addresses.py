"""Where everything stands in the portal: the keys of pages, and the anchors on them.

A key is an address without its form: the MkDocs plugin makes files and URLs of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from followup.campaign.model import FollowUp
from followup.notes.entry import Source
from followup.portal.model import Person, Portal
from followup.site.parts import Link

TODAY, CALENDAR, DRAFTS = "", "calendar", "drafts"
COMPANIES, NOTES, PEOPLE = "companies", "notes", "people"
PIPELINE, REVIEW, STATISTICS = "pipeline", "review", "statistics"
OFFERS, REPORT, PREPARE = "offers", "report", "prepare"
NEW = "new"

FIRST_PARTS = frozenset(
    {TODAY, CALENDAR, DRAFTS, COMPANIES, NOTES, PEOPLE, PIPELINE, REVIEW, STATISTICS}
    | {OFFERS, REPORT, PREPARE, NEW}
)
"""What stands before the first slash of a key, or is all of it: of every page, and of every file."""

# Two hyphens in a row occur in no slug and in no heading's id, so these meet nothing.
MISSING, FOLLOW_UPS = "fu--missing", "fu--follow-ups"

# Everything in one calendar file.
WHOLE_CALENDAR = Link(f"{CALENDAR}/followup.ics")

_ARTICLE = "fu-main"
_PREFIXES = {"thank_you": "", "status_check_1": "check-", "status_check_2": "check-2-"}


def company_link(slug: str) -> Link:
    """The page of a company."""
    return Link(f"{COMPANIES}/{slug}")


def person_link(person: Person) -> Link:
    """The page of a person; the two slugs in it cannot be told apart wrongly."""
    return Link(f"{PEOPLE}/{person.company}--{person.slug}")


def note_link(path: str, anchor: str = "") -> Link:
    """The page of a note."""
    return Link(f"{NOTES}/{_bare(path)}", anchor)


def line_link(source: Source) -> Link:
    """A line on the page of its note."""
    return note_link(source.path, f"L{source.line}")


def drafts_link(path: str, anchor: str = "") -> Link:
    """The page with the drafts of one note."""
    return Link(f"{DRAFTS}/{_bare(path)}", anchor)


def prepare_link(path: str) -> Link:
    """The preparation for the interview of a note, or for the round that follows it."""
    return Link(f"{PREPARE}/{_bare(path)}")


def eml_link(path: str, anchor: str) -> Link:
    """The mail file of one draft."""
    return Link(f"{DRAFTS}/{_bare(path)}/{anchor}.eml")


def ics_link(uid: str) -> Link:
    """The calendar file of one event."""
    return Link(f"{CALENDAR}/{uid}.ics")


def build_anchors(portal: Portal, follow_ups: Iterable[FollowUp]) -> Mapping[str, str]:
    """The anchor of every follow-up on the drafts page of its note, by uid: `rivera`, `check-dahl`.

    Where two of a page would be equal, as after a restart of the checks, the later ones are counted.
    """
    taken: dict[str, set[str]] = {}
    anchors = {}
    for follow_up in follow_ups:
        used = taken.setdefault(follow_up.entry, {_ARTICLE})
        anchors[follow_up.uid] = _unused(_anchor(portal, follow_up), used)
        used.add(anchors[follow_up.uid])
    return anchors


def _anchor(portal: Portal, follow_up: FollowUp) -> str:
    prefix = _PREFIXES.get(follow_up.touch, follow_up.touch.replace("_", "-") + "-")
    who = portal.people[follow_up.to[0]].slug if follow_up.to else "all"
    return prefix + who


def _unused(anchor: str, used: set[str]) -> str:
    number = 1
    name = anchor
    while name in used:
        number += 1
        name = f"{anchor}--{number}"
    return name


def _bare(path: str) -> str:
    return path[: path.rfind(".")]
