"""What a message means for the notes: a `received` event of its application, and a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followup.importing.eml import Message
from followup.importing.marks import find_marks, key_of, render_mark
from followup.importing.naming import named_in
from followup.importing.people import (
    applications_of,
    is_owner,
    people_at_domain,
    people_with,
)
from followup.importing.steps import Known, NewMessage, Refused, Skipped, Step
from followup.notes.entry import Entry
from followup.notes.schema import Event, LogItem
from followup.notes.wording import quote
from followup.portal.facts import entry_day, latest_first
from followup.portal.model import Application, Person, Portal


@dataclass(frozen=True, slots=True)
class Target:
    """Where the owner wants a message: an application, or one note of it."""

    applications: tuple[str, ...]
    entry: str | None = None


def plan_message(portal: Portal, message: Message, target: Target | None) -> Step:
    """The step that a message asks for; where several applications fit, the owner has to say."""
    key = key_of(message.key)
    what = f"{quote(message.subject or 'the message')} of {message.on} from {message.sender}"
    for path, entry in portal.entries.items():
        if any(mark.kind == "message" and mark.key == key for mark in find_marks(entry)):
            return Known(what, path)
    if is_owner(portal, None, message.sender):
        return Skipped(what, "you wrote it yourself")
    fitting = _find_applications(portal, message, target)
    if len(fitting) != 1:
        return _unclear(portal, fitting, what)
    application = fitting[0]
    known = people_with(portal, [message.sender])
    person = next((p for p in known if p.company == application.company), None)
    return _build_step(portal, message, application, person, target, what)


def _build_step(
    portal: Portal,
    message: Message,
    application: Application,
    person: Person | None,
    target: Target | None,
    what: str,
) -> NewMessage:
    heading = f"Message of {message.on}"
    logged = _find_event(portal, message, application, person, heading)
    entry = logged or _find_entry(portal, message, application, person)
    path = target.entry if target and target.entry else entry.path
    values = {
        "on": message.on,
        "event": Event.RECEIVED,
        "from": person.slug if person else None,
        "note": message.subject or None,
    }
    head = f"From {message.name} ({message.sender})" if message.name else f"From {message.sender}"
    lines = [f"{head}: {message.subject}" if message.subject else head]
    return NewMessage(
        path=path,
        item=None if logged else LogItem.model_validate(values),
        heading=heading,
        mark=render_mark("message", key_of(message.key)),
        lines=tuple([*lines, "", *message.lines] if message.lines else lines),
        what=what,
    )


def _find_applications(
    portal: Portal, message: Message, target: Target | None
) -> Sequence[Application]:
    """Those that may be meant: as told, else with the sender among its people, else at the domain."""
    if target:
        return [portal.applications[id_] for id_ in target.applications]
    people = people_with(portal, [message.sender]) or people_at_domain(portal, message.sender)
    all_ = applications_of(portal, people)
    live = [application for application in all_ if application.live]
    found = live or all_
    titles = {application.id: application.title for application in found if application.title}
    named = named_in(message.subject, titles)
    return [a for a in found if a.id in named] if len(named) == 1 else found


def _unclear(portal: Portal, fitting: Sequence[Application], what: str) -> Refused:
    names = tuple(
        ", ".join(filter(None, (portal.companies[a.company].name, a.title))) for a in fitting
    )
    why = "several applications fit" if fitting else "no application in your notes fits"
    return Refused(
        f"{what}: {why}",
        'name one with --to, by a note\'s path or by words: --to "acme analyst"',
        names,
        unclear=True,
    )


def _find_event(
    portal: Portal,
    message: Message,
    application: Application,
    person: Person | None,
    heading: str,
) -> Entry | None:
    """The note whose log has this message already, by hand or by a run that was ended half-way.

    An event beside which a message of that day is quoted is that one's.
    """
    sender = person.id if person else None
    for path in application.entries:
        entry = portal.entries[path]
        events = [
            event
            for event in application.events
            if event.entry == path
            and event.on == message.on
            and event.event is Event.RECEIVED
            and event.sender in (sender, None)
            and event.note in (message.subject, None)
        ]
        quoted = sum(section.heading == heading for section in entry.sections)
        if len(events) > quoted:
            return entry
    return None


def _find_entry(
    portal: Portal, message: Message, application: Application, person: Person | None
) -> Entry:
    """The note that the message belongs to: the latest before it, of those that name its sender."""
    entries = [portal.entries[path] for path in application.entries]
    naming = [entry for entry in entries if person and entry.path in person.sources]
    before = [e for e in naming or entries if (entry_day(e) or message.on) <= message.on]
    return latest_first(before or naming or entries)[0]
