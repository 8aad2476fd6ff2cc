"""What is known for one letter: the facts it may name, each with its lines, and its situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.briefing import Briefing
from followup.campaign.choice import Case
from followup.campaign.fact import Fact, day_of_writing, join_names, yes
from followup.campaign.keeping import promise_line
from followup.campaign.lines import Line
from followup.campaign.model import FollowUp
from followup.campaign.occasions import Occasion, build_occasion, facts_of_occasion, interview_of
from followup.campaign.phrasebook import Form
from followup.campaign.promises import Promised, last_promised, promised_in_log
from followup.campaign.recipients import MOST_SINGLE_THANKS, people_met
from followup.campaign.salutation import is_named
from followup.campaign.voice import Voice
from followup.notes.entry import Entry, Source
from followup.portal.model import Interview, Person, Portal

_CHECKS: Final = frozenset({"status_check_1", "status_check_2", "closing_note"})


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known for one letter.

    `case` answers the conditions of the phrasebook, and `form` is the one that fits it; `said` is
    the next step in their words, `promise` what the letter brings. `occasion` is what happened,
    where the letter answers that and no interview.
    """

    follow_up: FollowUp
    note: Briefing
    occasion: Occasion | None
    reader: Person | None
    facts: Mapping[str, Fact]
    case: Case
    form: Form | None
    said: Line | None
    promise: Line | None


class Correspondence:
    """The letters of one note in one language, with what is known for each.

    `plan` are the follow-ups of the note. What is known for a letter is asked for again by those
    that reply to it, and so is its subject; `subjects` are those found so far, by uid.
    """

    def __init__(self, portal: Portal, plan: Mapping[str, FollowUp], voice: Voice) -> None:
        self.portal = portal
        self.plan = plan
        self.voice = voice
        self._known: dict[str, Known] = {}
        self.subjects: dict[str, str] = {}
        self._briefings: dict[tuple[str, bool], Briefing] = {}

    def known(self, follow_up: FollowUp) -> Known:
        """What the notes know for the letter of `follow_up`, which is one of the plan."""
        found = self._known.get(follow_up.uid)
        if found is None:
            occasion = build_occasion(self.portal, follow_up)
            interview = interview_of(self.portal, follow_up, occasion)
            note = self._briefing(follow_up, interview)
            found = _build_known(note, follow_up, occasion, self.plan)
            self._known[follow_up.uid] = found
        return found

    def _briefing(self, follow_up: FollowUp, interview: Interview | None) -> Briefing:
        """The note as it is read for letters about its interview, or for the others."""
        key = (follow_up.entry, interview is not None)
        found = self._briefings.get(key)
        if found is None:
            application = self.portal.applications[follow_up.application]
            found = Briefing(
                portal=self.portal,
                voice=self.voice,
                entry=self.portal.entries[follow_up.entry],
                application=application,
                company=self.portal.companies[application.company],
                interview=interview,
                met=people_met(self.portal, interview) if interview else (),
            )
            self._briefings[key] = found
        return found


def _build_known(
    note: Briefing, follow_up: FollowUp, occasion: Occasion | None, plan: Mapping[str, FollowUp]
) -> Known:
    reader = note.portal.people[follow_up.to[0]] if follow_up.to else None
    written_on = day_of_writing(follow_up, note.portal.today)
    facts = {**note.facts, **_facts_of_applying(note, written_on)}
    facts |= _people_in(note, reader)
    situation = {
        "reader": yes(reader is not None),
        "short": yes(follow_up.short),
        "thanks_too": yes(follow_up.thanks_too),
    }
    if occasion:
        found = facts_of_occasion(note, follow_up, occasion, reader)
        facts |= found[0]
        situation |= found[1]
    situation |= note.situation
    if note.interview:
        facts |= _facts_of_day(note.interview, written_on, note.voice)
    said = None
    if note.interview and not occasion:
        facts |= _facts_of_next_step(note, follow_up, written_on, plan)
        situation |= _meeting(note, follow_up, reader)
        if note.said and not note.voice.talks_about(note.said.text, reader):
            said = note.said
        situation["next"] = note.next
    if reader and reader.role:
        situation["role"] = reader.role
    situation |= {
        "title": yes("title" in facts), "by": yes("by" in facts), "said": yes(said is not None),
    }  # fmt: skip
    case = note.voice.cases.of(situation, facts)
    form = note.voice.form(follow_up.touch, case)
    promise = promise_line(note, follow_up, reader)
    return Known(follow_up, note, occasion, reader, facts, case, form, said, promise)


def source_of(person: Person, entry: Entry) -> Source:
    """The line that names a person, in this note where it does."""
    return person.sources.get(entry.path) or next(iter(person.sources.values()))


def is_for_all(note: Briefing, follow_up: FollowUp) -> bool:
    """Whether a thank-you speaks to everybody through one person."""
    if follow_up.touch != "thank_you":
        return False
    unreachable = len(note.met) > MOST_SINGLE_THANKS or not any(p.email for p in note.met)
    return unreachable and any(person.id not in follow_up.to for person in note.met)


def _facts_of_applying(note: Briefing, written_on: date) -> dict[str, Fact]:
    application = note.application
    if application.applied_on is None or application.applied_source is None:
        return {}
    text = note.voice.date_of(application.applied_on, written_on.year)
    applied = Fact(text, (application.applied_source,))
    return {"applied": applied} if note.interview else {"applied": applied, "date": applied}


def _people_in(note: Briefing, reader: Person | None) -> Mapping[str, Fact]:
    """The facts of people, the same in all letters of a note to one reader."""
    key = reader.id if reader else None
    if key not in note.people:
        note.people[key] = _facts_of_people(note, reader)
    return note.people[key]


def _facts_of_people(note: Briefing, reader: Person | None) -> dict[str, Fact]:
    facts = {}
    voice = note.voice
    if reader:
        facts["person"] = Fact(voice.reference(reader), (source_of(reader, note.entry),))
    others = [person for person in note.met if reader is None or person.id != reader.id]
    # A letter cannot speak of *somebody*: it names all of them or says *everybody*.
    if others and all(is_named(person) for person in others):
        names = join_names([voice.reference(person) for person in others], voice.book)
        facts["others"] = Fact(names, tuple(source_of(person, note.entry) for person in others))
    return facts


def _facts_of_day(interview: Interview, written_on: date, voice: Voice) -> dict[str, Fact]:
    day, sources = interview.day, (interview.source,)
    return {
        "on_day": Fact(voice.on_day(day, written_on), sources),
        "date": Fact(voice.date_of(day, written_on.year), sources),
    }


def _facts_of_next_step(
    note: Briefing, follow_up: FollowUp, written_on: date, plan: Mapping[str, FollowUp]
) -> dict[str, Fact]:
    facts = {}
    if note.step:
        facts["next_step"] = note.step
    promised = _promised(note, follow_up, plan)
    # A check that is allowed sooner must not speak of the day as past, nor thanks of it as ahead.
    is_check = follow_up.touch in _CHECKS
    if promised and (promised.by < written_on) == is_check:
        text = note.voice.date_of(promised.by, written_on.year)
        facts["by"] = Fact(text, (promised.source,))
    return facts


def _promised(note: Briefing, follow_up: FollowUp, plan: Mapping[str, FollowUp]) -> Promised | None:
    """The day by which they said one would hear, as the date of this follow-up knows it.

    A check's reason names the line; where it names none, or a day for asking, the last day named
    before the check is due counts.
    """
    interview = note.interview
    assert interview is not None
    line = _first_of_cycle(follow_up, plan).origin
    for promised in [note.promised, *map(promised_in_log, note.moves)]:
        if promised and promised.source == line:
            return promised
    if follow_up.touch in _CHECKS and (line == interview.source or line in note.happened):
        return None
    early = (item for item in note.moves if item.on <= follow_up.due_on)
    return last_promised(early, interview) or note.promised


def _first_of_cycle(follow_up: FollowUp, plan: Mapping[str, FollowUp]) -> FollowUp:
    """The check that the others of its cycle wait for."""
    while before := plan.get(follow_up.after or ""):
        follow_up = before
    return follow_up


def _meeting(note: Briefing, follow_up: FollowUp, reader: Person | None) -> dict[str, str]:
    for_all = is_for_all(note, follow_up)
    situation = {
        "group": yes(for_all),
        "met": yes(reader is not None and any(person.id == reader.id for person in note.met)),
    }
    return situation if for_all else {**situation, "alone": yes(len(note.met) < 2)}
