"""A draft as a letter: how it will read, what is missing, and where each sentence comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from followup.campaign.model import Draft, FollowUp, Remark, Sentence, State
from followup.notes.entry import Bullet, Source
from followup.site.addresses import eml_link, note_link
from followup.site.buttons import build_menu
from followup.site.facts import build_plain_facts
from followup.site.lookup import Lookup, occupation
from followup.site.mail import mailto_url
from followup.site.parts import Chip, FactItem, Link, Menu, Reference, Why
from followup.site.rows import GAPS, MISSED, bucket_of, build_why, draft_chip, refer
from followup.site.wording import sentence, spell

UPCOMING = Chip("next", "Upcoming")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence in the letter; `number` refers to the list of sources, a gap has none."""

    text: str
    gap: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """The lines of the note behind one sentence: what they say, and where they are."""

    number: int
    places: tuple[tuple[str, Reference], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: what to answer, the line to go to, and the very line to add.

    `source` is that line in the note's file.
    """

    question: str
    line: Reference | None
    source: Source | None
    line_to_add: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A remark that does not keep the message from being sent; `source` is its line in the file."""

    message: str
    line: Reference | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft as it will read, and what stands beside it.

    `folded` ones are sent, missed or later. Of the ways out exactly one is the main one: filling
    the gap, else the mail program, else copying. `fill_at` is where the file has that gap.
    """

    anchor: str
    heading: str
    jump_title: str
    jump_text: str
    chip: Chip
    who: str
    open: bool
    due_on: date | None
    due_text: str
    closed: str
    closed_line: Reference | None
    folded: bool
    to_names: str
    to_addresses: str
    subject: str
    salutation: Piece
    paragraphs: tuple[tuple[Piece, ...], ...]
    signature: tuple[str, ...]
    body: str
    words: int
    length: tuple[int, int]
    length_said: str
    why: Why
    after_that: str
    gaps: tuple[Gap, ...]
    gaps_said: str
    fill: Link | None
    fill_at: Source | None
    advice: tuple[Advice, ...]
    origins: tuple[Origin, ...]
    mailto: str
    eml: Link | None
    reply: str
    menu: Menu | None


def build_letter(
    lookup: Lookup, follow_up: FollowUp, draft: Draft, said: Mapping[Source, str], *, first: bool
) -> Letter:
    """A draft as a letter; the `first` open one of a page is never folded.

    `said` is what the lines say that its sentences stand on.
    """
    words = lookup.words(follow_up)
    people = lookup.people(draft.to)
    names = lookup.names(draft.to) or lookup.company(follow_up.application).name
    later = is_later(lookup, follow_up)
    is_open = follow_up.state is State.OPEN
    todo = lookup.title(follow_up, words.todo)
    gaps = tuple(_gaps(lookup, follow_up, draft))
    who = occupation(people[0], both=True) if len(people) == 1 else ""
    job = occupation(people[0]) if len(people) == 1 else ""
    thanks = follow_up.touch == "thank_you"
    numbers = _numbers(draft)
    return Letter(
        anchor=lookup.anchors[follow_up.uid],
        heading=_heading(names, todo, thanks=thanks, later=is_open and later),
        jump_title=names if thanks else todo,
        jump_text=job if thanks else lookup.day(follow_up.closed_on or follow_up.due_on),
        chip=UPCOMING if is_open and later else draft_chip(draft, follow_up.state),
        who=f"{who}." if who else "",
        open=is_open,
        due_on=follow_up.due_on if is_open else None,
        due_text=lookup.day(follow_up.due_on),
        closed=_closed(lookup, follow_up),
        closed_line=refer(lookup, follow_up.closed_by, follow_up.entry)
        if follow_up.closed_by
        else None,
        folded=not is_open or (later and not first),
        to_names=", ".join(filter(None, (person.name for person in people))) or names,
        to_addresses=", ".join(filter(None, (person.email for person in people))),
        subject=draft.subject,
        salutation=_piece(draft.salutation, numbers),
        paragraphs=tuple(
            tuple(_piece(item, numbers) for item in paragraph) for paragraph in draft.paragraphs
        ),
        signature=draft.signature,
        body=draft.body,
        words=draft.words,
        length=draft.target,
        length_said=_length_said(draft.target, words.message),
        why=build_why(lookup, follow_up, own=follow_up.entry),
        after_that="After that, the thanks go into the check-in." if thanks else "",
        gaps=gaps if is_open else (),
        gaps_said=f"{sentence(spell(len(gaps)))} {'gap' if len(gaps) == 1 else 'gaps'} to fill",
        fill=_fill(follow_up, gaps),
        fill_at=(gaps[0].source or Source(follow_up.entry, 1)) if gaps else None,
        advice=tuple(_advice(lookup, follow_up, draft)) if is_open else (),
        origins=tuple(_origins(lookup, follow_up, draft, said)),
        mailto=mailto_url(draft, lookup.portal) or "",
        eml=eml_of(lookup, follow_up, draft),
        reply=_reply(lookup, follow_up, draft),
        menu=build_menu(lookup, follow_up),
    )


def is_later(lookup: Lookup, follow_up: FollowUp) -> bool:
    """Whether a follow-up is due in more than a week, or waits for another."""
    return bucket_of(follow_up.due_on, lookup.today) == "later" or lookup.awaited(follow_up)


def eml_of(lookup: Lookup, follow_up: FollowUp, draft: Draft) -> Link | None:
    """The mail file of a draft that can still be sent as it is."""
    if not draft.ready or follow_up.state is not State.OPEN:
        return None
    return eml_link(follow_up.entry, lookup.anchors[follow_up.uid])


def _heading(names: str, todo: str, *, thanks: bool, later: bool) -> str:
    if thanks:
        return f"To {names}"
    return f"Later: {todo[:1].lower()}{todo[1:]}" if later else todo


def _closed(lookup: Lookup, follow_up: FollowUp) -> str:
    day = lookup.day(follow_up.closed_on) if follow_up.closed_on else ""
    words = {State.DONE: f"Sent {day}", State.SKIPPED: f"Skipped {day}", State.MISSED: MISSED}
    return words.get(follow_up.state, "").strip()


def _numbers(draft: Draft) -> dict[Sentence, int]:
    """The number of each sentence that stands on a line of the notes, in reading order."""
    numbers: dict[Sentence, int] = {}
    for item in draft.sentences:
        if item.sources and not item.gap:
            numbers.setdefault(item, len(numbers) + 1)
    return numbers


def _length_said(target: tuple[int, int], message: str) -> str:
    low, high = target
    return (
        f"{low} to {high} is right for {message}."
        if low
        else f"Up to {high} is right for {message}."
    )


def _piece(item: Sentence, numbers: dict[Sentence, int]) -> Piece:
    return Piece(item.text, item.gap, numbers.get(item))


def _origins(
    lookup: Lookup, follow_up: FollowUp, draft: Draft, said: Mapping[Source, str]
) -> Iterator[Origin]:
    for item, number in _numbers(draft).items():
        yield Origin(
            number,
            tuple(
                (said.get(source, ""), refer(lookup, source, follow_up.entry))
                for source in item.sources
            ),
        )


def build_said(lookup: Lookup, drafts: Iterable[Draft]) -> Mapping[Source, str]:
    """What each line says that these drafts stand on.

    A line of the text says what its bullet or heading says, one of the front matter its facts.
    """
    paths = {source.path for draft in drafts for item in draft.sentences for source in item.sources}
    said: dict[Source, str] = {}
    for path in sorted(paths):
        entry = lookup.portal.entries[path]
        for fact in build_plain_facts(lookup, entry):
            for item in fact.items:
                if item.line is not None and not item.code:
                    words = f"{fact.label}: {_in_words(item)}"
                    source = Source(path, item.line)
                    said[source] = "; ".join(filter(None, (said.get(source), words)))
        for section in entry.sections:
            said[Source(path, section.line)] = section.heading
            said |= {Source(path, b.line): b.text for b in _all_bullets(section.bullets)}
    return said


def _in_words(item: FactItem) -> str:
    """`The next round, by Tue 1 Dec: “A case round.”`; what they said stands in quotation marks."""
    if not item.said:
        return item.text
    colon = f"{item.text.removesuffix(':')}: " if item.text else ""
    return f"{colon}“{item.said}”"


def _all_bullets(bullets: Sequence[Bullet]) -> Iterator[Bullet]:
    for bullet in bullets:
        yield bullet
        yield from _all_bullets(bullet.children)


def _gaps(lookup: Lookup, follow_up: FollowUp, draft: Draft) -> Iterator[Gap]:
    for remark in draft.remarks:
        if remark.code in GAPS:
            line = _line_of(lookup, follow_up, remark)
            question = sentence(remark.question or remark.message)
            yield Gap(question, line, remark.source, remark.line_to_add)


def _advice(lookup: Lookup, follow_up: FollowUp, draft: Draft) -> Iterator[Advice]:
    for remark in draft.remarks:
        if remark.code not in GAPS:
            line = _line_of(lookup, follow_up, remark)
            yield Advice(sentence(_without_line(remark)), line, remark.source)


def _without_line(remark: Remark) -> str:
    """What a remark says, but for its line, which stands behind it as a link."""
    where = f" in line {remark.source.line}" if remark.source else ""
    return remark.message.replace(where, "", 1)


def _line_of(lookup: Lookup, follow_up: FollowUp, remark: Remark) -> Reference | None:
    return refer(lookup, remark.source, follow_up.entry) if remark.source else None


def _fill(follow_up: FollowUp, gaps: Sequence[Gap]) -> Link | None:
    """Where the first gap is filled."""
    if not gaps:
        return None
    return gaps[0].line.link if gaps[0].line else note_link(follow_up.entry)


def _reply(lookup: Lookup, follow_up: FollowUp, draft: Draft) -> str:
    """The day of the message that a check answers, where the log has one to the same person."""
    if not draft.subject.startswith("Re:"):
        return ""
    days = [
        other.closed_on
        for other in lookup.by_application[follow_up.application]
        if other.state is State.DONE
        and other.closed_on
        and other.uid != follow_up.uid
        and set(other.to) & set(follow_up.to)
    ]
    return lookup.day(max(days)) if days else ""
