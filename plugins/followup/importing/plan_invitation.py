"""What an invitation means for the notes: a new interview, another time, or none any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.importing.ics import Guest, Invitation
from followup.importing.marks import Mark, find_marks, key_of, render_mark
from followup.importing.moving import find_differences
from followup.importing.naming import free_name, named_in
from followup.importing.note_text import InterviewNote, render_interview
from followup.importing.people import (
    applications_of,
    build_attendees,
    guests_of,
    people_with,
    slug_of_attendee,
)
from followup.importing.steps import Known, Moved, NewEvent, NewNote, Refused, Skipped, Step
from followup.notes.blank import note_name
from followup.notes.entry import Entry
from followup.notes.schema import Event, Format, LogItem
from followup.notes.wording import quote
from followup.portal.interviews import is_cancelled
from followup.portal.model import Application, Company, Portal
from followup.portal.slugs import fold_name, slug_of

_PHONE: Final = re.compile(
    r"(?i)(?<!\w)(?:phone|telephone|telefon\w*|t[ée]l[ée]phon\w*|tel[ée]f[óo]n\w*)(?!\w)"
)
_PHONE_NUMBER: Final = re.compile(r"\+?[\d\s()/.-]{6,}")
_PANEL: Final = re.compile(r"(?i)(?<!\w)panel(?!\w)")


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner says of an invitation, since nothing is guessed."""

    company: str | None = None
    title: str | None = None
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class _Holder:
    """A note that was made from an invitation."""

    entry: Entry
    mark: Mark

    @property
    def off(self) -> bool:
        """Whether its interview was called off."""
        return is_cancelled(self.entry, date.max)


def plan_invitation(
    portal: Portal, invitation: Invitation, told: Told, taken: set[str]
) -> Iterator[Step]:
    """The step that an invitation asks for; a note that was made from it is known by its comment."""
    holders = _find_holders(portal, key_of(invitation.key))
    what = f"{quote(invitation.summary or 'the invitation')} on {invitation.meeting.start}"
    if invitation.cancelled:
        yield _plan_cancellation(portal, invitation, holders, told, what)
    elif holders and (step := _plan_known(portal, invitation, holders, what)):
        yield step
    else:
        yield _plan_new(portal, invitation, told, taken, what)


def _find_holders(portal: Portal, key: str) -> list[_Holder]:
    """The notes made from an invitation, those whose interview stands first."""
    found = [
        _Holder(entry, mark)
        for entry in portal.entries.values()
        for mark in find_marks(entry)
        if mark.kind == "invitation" and mark.key == key
    ]
    return sorted(found, key=lambda holder: (holder.off, -holder.mark.version))


def _plan_known(
    portal: Portal, invitation: Invitation, holders: Sequence[_Holder], what: str
) -> Step | None:
    """What a later version of an invitation changes; None where it makes a new interview."""
    holder = holders[0]
    path = holder.entry.path
    differences = find_differences(holder.entry, invitation.meeting, portal.options.timezone)
    moved = any(difference.key == "start" for difference in differences)
    newer = invitation.version > holder.mark.version
    if holder.off and newer and moved:
        return None
    if holder.off or invitation.version < holder.mark.version or not (moved or newer):
        return Known(what, path)
    if not differences:
        return Known(what, path)
    return Moved(path, differences, invitation.version, holder.mark.key, what)


def _plan_cancellation(
    portal: Portal, invitation: Invitation, holders: Sequence[_Holder], told: Told, what: str
) -> Step:
    entry = holders[0].entry if holders else _same_meeting(portal, invitation, told)
    if entry is None:
        return Skipped(what, "called off, and no note knows of it")
    if is_cancelled(entry, date.max):
        return Known(what, entry.path)
    if holders and invitation.version < holders[0].mark.version:
        return Known(what, entry.path)
    on = invitation.changed_on
    item = LogItem(
        on=min(on, portal.today) if on else portal.today, event=Event.INTERVIEW_CANCELLED
    )
    return NewEvent(entry.path, item, what)


def _same_meeting(portal: Portal, invitation: Invitation, told: Told) -> Entry | None:
    """The note of the same company with the same start, made by hand."""
    company = _find_company(portal, invitation, guests_of(portal, invitation), told)
    if not isinstance(company, Company):
        return None
    for id_ in company.applications:
        for path in portal.applications[id_].interviews:
            entry = portal.entries[path]
            differences = find_differences(entry, invitation.meeting, portal.options.timezone)
            if all(difference.key != "start" for difference in differences):
                return entry
    return None


def _plan_new(
    portal: Portal, invitation: Invitation, told: Told, taken: set[str], what: str
) -> Step:
    guests = guests_of(portal, invitation)
    company = _find_company(portal, invitation, guests, told)
    if isinstance(company, Refused):
        return company
    if same := _same_meeting(portal, invitation, told):
        return Known(what, same.path)
    if isinstance(company, Company) and (
        other := _maybe_moved(portal, invitation, company, guests)
    ):
        return _ask_whether_moved(invitation, other, what)
    held = told.format or _find_format(invitation)
    if held is None:
        return Refused(
            f"{what}: it says neither place nor link, so how you meet is not known",
            f"say it, for example with --format {Format.PHONE_SCREEN}",
        )
    known = company if isinstance(company, Company) else None
    job = _find_job(portal, invitation, guests, told, known, held, what)
    if isinstance(job, Refused):
        return job
    title, application = job
    name = known.name if known else str(company)
    people = build_attendees(portal, known, guests)
    note = InterviewNote(
        company=name,
        title=title,
        application=application,
        format=held,
        meeting=invitation.meeting,
        mark=render_mark("invitation", key_of(invitation.key), invitation.version),
        people=people,
        log=_invited(portal, invitation, slug_of_attendee(people[0]) if people else None),
    )
    path = free_name(note_name(name, held, invitation.meeting.day), taken)
    taken.add(path.casefold())
    return NewNote(path, render_interview(note), f"{name}, {title}" if title else name)


def _maybe_moved(
    portal: Portal, invitation: Invitation, company: Company, guests: Sequence[Guest]
) -> Entry | None:
    """The interview ahead with one of these people that a later version may be of.

    It was noted by hand: no comment connects it with another invitation.
    """
    known = {person.id for person in people_with(portal, [g.email for g in guests if g.email])}
    for interview in portal.interviews.values():
        entry = portal.entries[interview.path]
        ahead = interview.company == company.slug and not (interview.over or interview.cancelled)
        marked = any(mark.kind == "invitation" for mark in find_marks(entry))
        if invitation.version and ahead and not marked and known.intersection(interview.people):
            return entry
    return None


def _ask_whether_moved(invitation: Invitation, entry: Entry, what: str) -> Refused:
    mark = render_mark("invitation", key_of(invitation.key), 0)
    return Refused(
        f"{what}: it may be the interview in {entry.path}, moved",
        f"if so, put this line below the front matter there, and import again: {mark}; "
        "if not, make the note with `followup new`",
    )


def _invited(portal: Portal, invitation: Invitation, first: str | None) -> list[LogItem]:
    """The event that somebody invited the owner, where the file says when."""
    on = invitation.made_on
    if not invitation.asks or not on or on > portal.today:
        return []
    sender = first if invitation.organizer else None
    return [LogItem(on=on, event=Event.INVITED, sender=sender)]


def _find_company(
    portal: Portal, invitation: Invitation, guests: Sequence[Guest], told: Told
) -> Company | str | Refused:
    """The company that invites: as told, else by somebody known, else by its name in the summary."""
    if told.company:
        return portal.companies.get(slug_of(told.company)) or told.company
    known = people_with(portal, [guest.email for guest in guests if guest.email])
    by_people = dict.fromkeys(person.company for person in known)
    names = {slug: company.name for slug, company in portal.companies.items()}
    by_name = named_in(invitation.summary, names)
    found = list(by_people) if len(by_people) == 1 else by_name
    if len(found) == 1:
        return portal.companies[found[0]]
    what = quote(invitation.summary or "the invitation")
    possible = tuple(names[slug] for slug in found or by_people)
    why = "which company it is from is not clear" if possible else "no company in your notes fits"
    return Refused(
        f"{what}: {why}",
        'say it with --company "…" and --title "…"',
        possible,
        unclear=bool(possible),
    )


def _find_job(
    portal: Portal,
    invitation: Invitation,
    guests: Sequence[Guest],
    told: Told,
    company: Company | None,
    held: Format,
    what: str,
) -> tuple[str | None, str | None] | Refused:
    """The job's title, and the id of its application where the title alone would not join it."""
    applications = [portal.applications[id_] for id_ in company.applications] if company else []
    if told.title:
        same = [a for a in applications if fold_name(a.title or "") == fold_name(told.title)]
        return _joining(portal, same[0]) if same else (told.title, None)
    titled = [application for application in applications if application.title]
    live = [application for application in titled if application.live]
    titles = {application.id: application.title or "" for application in titled}
    named = [a for a in titled if a.id in named_in(invitation.summary, titles)]
    known = people_with(portal, [guest.email for guest in guests if guest.email])
    theirs = [a for a in applications_of(portal, known) if a in live]
    for fitting in (named, live, theirs):
        if len(fitting) == 1:
            return _joining(portal, fitting[0])
    if held is Format.NETWORKING:
        return None, None
    return Refused(
        f"{what}: which job it is about is not clear",
        'say it with --title "…"',
        tuple(titles.values()),
        unclear=bool(titles),
    )


def _joining(portal: Portal, application: Application) -> tuple[str | None, str | None]:
    own = (portal.entries[path].front.application for path in application.entries)
    return application.title, next((id_ for id_ in own if id_), None)


def _find_format(invitation: Invitation) -> Format | None:
    """How the meeting is held, where the invitation says so."""
    place, link = invitation.meeting.place or "", invitation.meeting.link
    if _PHONE.search(invitation.summary) or _PHONE.search(place) or _PHONE_NUMBER.fullmatch(place):
        return Format.PHONE_SCREEN
    if _PANEL.search(invitation.summary):
        return Format.PANEL
    if link:
        return Format.VIDEO
    return Format.ONSITE if place else None
