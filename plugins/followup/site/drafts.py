"""The Drafts list, and the page with the drafts of one note: a letter each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from followup.campaign.model import Draft, FollowUp, State
from followup.notes.entry import Entry
from followup.site.addresses import company_link, drafts_link, note_link
from followup.site.folding import fold_text
from followup.site.letters import UPCOMING, Letter, build_letter, build_said, is_later
from followup.site.lookup import Lookup, name_of, when
from followup.site.note import note_title
from followup.site.parts import Chip, Line, Link, Reference
from followup.site.rows import count_gaps, draft_chip
from followup.site.wording import FORMATS, count_of, sentence

_SHOWN = (State.OPEN, State.DONE, State.SKIPPED, State.MISSED)


@dataclass(frozen=True, slots=True)
class DraftsView:
    """What the drafts page of one note shows."""

    title: str
    company: Reference
    lede: str
    note: Link
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class DraftListView:
    """The list of all notes with drafts: those that wait, the next date first, then the others."""

    lede: str
    count: str
    waiting: tuple[Line, ...]
    over: tuple[Line, ...]


def draft_pages(lookup: Lookup) -> tuple[str, ...]:
    """The paths of the notes that have a drafts page, in order."""
    return tuple(path for path in lookup.portal.entries if _shown(lookup, path))


def letters_title(lookup: Lookup, entry: Entry) -> str:
    """`Panel interview at Acme`, or what the note is called where there was no interview."""
    interview = lookup.portal.interviews.get(entry.path)
    if interview is None:
        return note_title(lookup, entry)
    company = lookup.company(lookup.application_of[entry.path])
    return f"{FORMATS[interview.format].title} at {company.name}"


def build_drafts_page(lookup: Lookup, entry: Entry) -> DraftsView:
    """The drafts page of one note."""
    company = lookup.company(lookup.application_of[entry.path])
    shown = sorted(_shown(lookup, entry.path), key=lambda pair: _place(lookup, pair[0]))
    first_open = next((f.uid for f, _ in shown if f.state is State.OPEN), "")
    said = build_said(lookup, (draft for _, draft in shown))
    letters = tuple(
        build_letter(lookup, follow_up, draft, said, first=follow_up.uid == first_open)
        for follow_up, draft in shown
    )
    return DraftsView(
        title=letters_title(lookup, entry),
        company=Reference(company.name, company_link(company.slug)),
        lede=_lede(lookup, entry, letters),
        note=note_link(entry.path),
        letters=letters,
    )


def build_draft_list(lookup: Lookup) -> DraftListView:
    """The list of all drafts, by note."""
    lines = [_line(lookup, path) for path in reversed(draft_pages(lookup))]
    waiting = sorted(
        (line for line in lines if line.due_on),
        key=lambda line: (line.due_on or date.max, line.search),
    )
    over = [line for line in lines if not line.due_on]
    return DraftListView(
        lede=_list_lede(
            lookup, [pair for p in draft_pages(lookup) for pair in _waiting(lookup, p)]
        ),
        count=count_of(len(lines), "page of drafts", "pages of drafts"),
        waiting=tuple(waiting),
        over=tuple(over),
    )


def _list_lede(lookup: Lookup, waiting: Sequence[tuple[FollowUp, Draft]]) -> str:
    """`Two drafts are ready to send, one has a gap, five come later.`."""
    if not waiting:
        return "Nothing waits to be sent."
    now = _due(lookup, waiting)
    later = len(waiting) - len(now)
    ready = sum(draft.ready for draft in now)
    gaps = len(now) - ready
    answer = f"{count_of(ready, 'draft is', 'drafts are')} ready to send"
    parts = (
        answer if now else "nothing is to be sent now",
        count_of(gaps, "has a gap", "have gaps") if gaps else "",
        count_of(later, "comes later", "come later") if later else "",
    )
    return f"{sentence(', '.join(filter(None, parts)))}."


def _shown(lookup: Lookup, path: str) -> tuple[tuple[FollowUp, Draft], ...]:
    return tuple(
        (follow_up, lookup.drafts[follow_up.uid])
        for follow_up in lookup.by_entry.get(path, ())
        if follow_up.uid in lookup.drafts and follow_up.state in _SHOWN
    )


def _waiting(lookup: Lookup, path: str) -> tuple[tuple[FollowUp, Draft], ...]:
    """The drafts that wait to be sent, and for no other follow-up."""
    return tuple(
        (follow_up, draft)
        for follow_up, draft in _shown(lookup, path)
        if follow_up.state is State.OPEN and not lookup.awaited(follow_up)
    )


def _due(lookup: Lookup, waiting: Iterable[tuple[FollowUp, Draft]]) -> list[Draft]:
    """The drafts that are to be sent now, of those that wait."""
    return [draft for follow_up, draft in waiting if not is_later(lookup, follow_up)]


def _place(lookup: Lookup, follow_up: FollowUp) -> tuple[int, bool]:
    """What is to be sent, then what was, then what comes later; thanks first in each."""
    over = follow_up.state is not State.OPEN
    return (1 if over else 2 * is_later(lookup, follow_up)), follow_up.touch != "thank_you"


def _lede(lookup: Lookup, entry: Entry, letters: Sequence[Letter]) -> str:
    interview = lookup.portal.interviews.get(entry.path)
    title = entry.front.title
    role = f", for {title}" if title else ""
    messages = sentence(count_of(len(letters), "message", "messages"))
    return f"{when(lookup, interview)}{role}. {messages}." if interview else f"{messages}."


def _line(lookup: Lookup, path: str) -> Line:
    entry = lookup.portal.entries[path]
    interview = lookup.portal.interviews.get(path)
    company = lookup.company(lookup.application_of[path]).name
    what = FORMATS[interview.format].short if interview else note_title(lookup, entry)
    shown = _shown(lookup, path)
    waiting = _waiting(lookup, path)
    listed = waiting or shown
    names = [name_of(person) for f, _ in listed for person in lookup.people(f.to)]
    return Line(
        title=company,
        link=drafts_link(path),
        text=f"{what}{f', {when(lookup, interview)}' if interview else ''}",
        notes=(f"To {', '.join(dict.fromkeys(names))}",) if names else (),
        chips=_waiting_chips(lookup, waiting) if waiting else _over_chips(shown),
        due_on=waiting[0][0].due_on if waiting else None,
        due_text=lookup.day(waiting[0][0].due_on) if waiting else "",
        search=fold_text(company, what, *names),
    )


def _waiting_chips(lookup: Lookup, waiting: Sequence[tuple[FollowUp, Draft]]) -> tuple[Chip, ...]:
    """How many drafts are ready and what gaps they have; else that those that wait come later."""
    now = _due(lookup, waiting)
    ready = sum(draft.ready for draft in now)
    gaps = sum(map(count_gaps, now))
    chips = []
    if ready:
        chips.append(Chip("mail", "Ready" if ready == 1 else f"{ready} ready", "accent"))
    if gaps:
        chips.append(Chip("pen", f"{gaps} {'gap' if gaps == 1 else 'gaps'}", "late"))
    return tuple(chips) or (UPCOMING,)


def _over_chips(shown: Sequence[tuple[FollowUp, Draft]]) -> tuple[Chip, ...]:
    """What became of drafts of which none waits."""
    states = [draft_chip(draft, follow_up.state) for follow_up, draft in shown]
    sent = sum(follow_up.state is State.DONE for follow_up, _ in shown)
    if sent:
        return (Chip("check", "Sent" if sent == 1 else f"{sent} sent"),)
    return tuple(dict.fromkeys(states))
