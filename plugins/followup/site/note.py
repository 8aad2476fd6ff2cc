"""The Notes list, and the page of one note: the text as written, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from followup.campaign.model import FollowUp, State
from followup.notes.categories import CATEGORIES, Answer, answers, language_of_headings
from followup.notes.entry import Entry
from followup.portal.facts import entry_day
from followup.portal.model import Interview
from followup.site.addresses import company_link, drafts_link, note_link
from followup.site.buttons import build_menu
from followup.site.events import interview_file
from followup.site.facts import build_note_facts
from followup.site.folding import fold_text
from followup.site.lookup import (
    Lookup,
    ahead,
    interview_short,
    interview_title,
    stage_chip,
    when,
    zone,
)
from followup.site.parts import Chip, Fact, Line, Link, Reference
from followup.site.rows import build_action, build_done, build_why
from followup.site.wording import PLACE_AT_TOP, PLACE_IN_BODY, count_of, sentence


@dataclass(frozen=True, slots=True)
class Check:
    """One of the thirteen: `said` tells its state in words."""

    title: str
    missing: bool
    said: str


@dataclass(frozen=True, slots=True)
class Questions:
    """How complete a note is, and what to answer next: the question, and the line to type."""

    said: str
    checks: tuple[Check, ...]
    question: str
    place: str
    line_to_type: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What the page of a note shows beside its text; `file` is its interview for a calendar."""

    path: str
    title: str
    company: Reference
    lede: str
    answered: str
    open_count: str
    drafts: Link | None
    file: Link | None
    questions: Questions | None
    follow_ups: tuple[Line, ...]
    follow_ups_said: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class NotesView:
    """The list of all notes: those of interviews ahead, then the others, the latest first."""

    lede: str
    count: str
    ahead: tuple[Line, ...]
    written: tuple[Line, ...]


def note_title(lookup: Lookup, entry: Entry) -> str:
    """What a note is called on its own page: `Panel interview, round 2`."""
    interview = lookup.portal.interviews.get(entry.path)
    if interview:
        return interview_title(interview)
    application = lookup.application(entry.path)
    title = entry.front.title or application.title or "an opening"
    return f"Application for {title}" if application.applied_on else f"Opening: {title}"


def build_note(lookup: Lookup, entry: Entry) -> NoteView:
    """The page of a note."""
    company = lookup.company(lookup.application_of[entry.path])
    interview = lookup.portal.interviews.get(entry.path)
    shown = [f for f in lookup.by_entry.get(entry.path, ()) if f.state is not State.CANCELLED]
    listed = [f for f in shown if f.touch != "debrief"]
    count = sum(follow_up.state is State.OPEN for follow_up in listed)
    complete = interview.completeness if interview else None
    return NoteView(
        path=entry.path,
        title=note_title(lookup, entry),
        company=Reference(company.name, company_link(company.slug)),
        lede=_lede(lookup, entry, interview),
        answered=f"{complete.answered} of {complete.of} answered" if complete else "",
        open_count=_open_count(count) if listed else "",
        drafts=_drafts(lookup, entry),
        file=interview_file(lookup, interview) if interview else None,
        questions=_questions(entry, interview) if complete else None,
        follow_ups=tuple(_follow_up(lookup, follow_up) for follow_up in listed),
        follow_ups_said=f"{count} open" if count else "none open",
        facts=build_note_facts(lookup, entry),
    )


def build_notes(lookup: Lookup) -> NotesView:
    """The list of all notes."""
    entries = list(lookup.portal.entries.values())
    coming = [e for e in entries if _is_ahead(lookup, e)]
    written = [e for e in entries if not _is_ahead(lookup, e)]
    coming.sort(key=lambda e: (lookup.portal.interviews[e.path].start, e.path))
    written.sort(key=lambda e: _latest(lookup, e), reverse=True)
    interviews = sum(1 for i in lookup.portal.interviews.values() if i.over)
    return NotesView(
        lede=_list_lede(len(entries), interviews),
        count=count_of(len(entries), "note", "notes"),
        ahead=tuple(_line(lookup, entry) for entry in coming),
        written=tuple(_line(lookup, entry) for entry in written),
    )


def _list_lede(notes: int, interviews: int) -> str:
    """`35 notes, 26 interviews so far.`."""
    count = sentence(count_of(notes, "note", "notes"))
    if notes == 0:
        return f"{count} yet."
    return f"{count}, {count_of(interviews, 'interview', 'interviews')} so far."


def _is_ahead(lookup: Lookup, entry: Entry) -> bool:
    interview = lookup.portal.interviews.get(entry.path)
    return interview is not None and not interview.over and ahead(lookup, interview)


def _latest(lookup: Lookup, entry: Entry) -> tuple[date, time, str]:
    """What notes are sorted by: their day, on it the time of the interview, then the path."""
    interview = lookup.portal.interviews.get(entry.path)
    at = interview.start.time() if interview else time.min
    return entry_day(entry) or date.min, at, entry.path


def _line(lookup: Lookup, entry: Entry) -> Line:
    company = lookup.company(lookup.application_of[entry.path]).name
    interview = lookup.portal.interviews.get(entry.path)
    day = entry_day(entry)
    what = interview_short(interview) if interview else note_title(lookup, entry)
    people = lookup.names(interview.people) if interview else ""
    return Line(
        title=company,
        link=note_link(entry.path),
        text=", ".join(filter(None, (what, entry.front.title if interview else ""))),
        notes=(f"With {people}",) if people else (),
        chips=(_chip(lookup, entry, interview),),
        due_on=day if interview and _is_ahead(lookup, entry) else None,
        due_text=when(lookup, interview) if interview else lookup.day(day) if day else "",
        search=fold_text(company, what, entry.front.title, people),
    )


def _chip(lookup: Lookup, entry: Entry, interview: Interview | None) -> Chip:
    if interview is None:
        return stage_chip(lookup.application(entry.path))
    if interview.cancelled:
        return Chip("end", "Cancelled")
    complete = interview.completeness
    if complete is None:
        return Chip("next", "Planned")
    if complete.missing:
        return Chip("pen", f"{complete.answered} of {complete.of}", "late")
    return Chip("check", "Complete")


def _lede(lookup: Lookup, entry: Entry, interview: Interview | None) -> str:
    title = entry.front.title
    if interview is None:
        day = entry_day(entry)
        return f"{lookup.day(day)}." if day else ""
    start = lookup.day(interview.start.date())
    if interview.has_clock:
        span = f"{interview.start:%H:%M} to {interview.end:%H:%M}{zone(lookup, interview)}"
        start = f"{start}, {span}"
    cancelled = " It was cancelled." if interview.cancelled else ""
    role = f", for {title}" if title else ""
    return f"{start}{role}.{cancelled}"


def _open_count(count: int) -> str:
    if count == 0:
        return "no follow-up open"
    return f"{count} follow-up{'' if count == 1 else 's'} open"


def _drafts(lookup: Lookup, entry: Entry) -> Link | None:
    """The drafts page of the note, if there is anything on it to send."""
    waiting = any(
        follow_up.state is State.OPEN and follow_up.uid in lookup.drafts
        for follow_up in lookup.by_entry.get(entry.path, ())
    )
    return drafts_link(entry.path) if waiting else None


def _questions(entry: Entry, interview: Interview | None) -> Questions | None:
    complete = interview.completeness if interview else None
    if complete is None:
        return None
    found = answers(entry)
    missing = CATEGORIES[complete.missing[0] - 1] if complete.missing else None
    return Questions(
        said=f"{complete.answered} of {complete.of} answered",
        checks=tuple(
            _check(category.title, answer)
            for category, answer in zip(CATEGORIES, found, strict=True)
        ),
        question=missing.question if missing else "",
        place=(PLACE_IN_BODY if missing.heading else PLACE_AT_TOP) if missing else "",
        line_to_type=missing.example_in(language_of_headings(entry)) if missing else "",
    )


def _check(title: str, answer: Answer) -> Check:
    if answer is Answer.MISSING:
        return Check(title, missing=True, said=f"{title}, missing")
    none = ": none" if answer is Answer.NOT_APPLICABLE else ""
    return Check(title, missing=False, said=f"{title}{none}")


def _follow_up(lookup: Lookup, follow_up: FollowUp) -> Line:
    if follow_up.state is not State.OPEN:
        return build_done(lookup, follow_up, named=False, own=follow_up.entry)
    words = lookup.words(follow_up)
    _, link = build_action(lookup, follow_up)
    here = link == note_link(follow_up.entry)
    return Line(
        title=lookup.title(follow_up, words.todo),
        link=None if here else link,
        due_on=follow_up.due_on,
        due_text=lookup.day(follow_up.due_on),
        why=build_why(lookup, follow_up, own=follow_up.entry),
        menu=build_menu(lookup, follow_up) if _has_begun(lookup, follow_up) else None,
    )


def _has_begun(lookup: Lookup, follow_up: FollowUp) -> bool:
    """Whether it can be done already: nobody sends thanks for an interview that is to come."""
    return lookup.words(follow_up).own or not lookup.planned(follow_up)
