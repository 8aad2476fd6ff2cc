"""A note, read once for all its letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from followup.campaign.fact import Fact, title_as_said, write_time, yes
from followup.campaign.lines import Line, Material, as_said, better_answers_of, from_top, points_of
from followup.campaign.promises import Promised, promised_for, promised_in_log
from followup.campaign.third_person import contains_word
from followup.campaign.voice import Voice
from followup.notes.entry import Entry, Source
from followup.portal.model import Application, Company, Happening, Interview, Person, Portal

_JOB, _PROOF, _PROBLEMS, _PROJECTS, _WRONG, _SCREW_UP, _PERSONAL = 2, 3, 4, 5, 7, 8, 9
_NAMED_STEPS: Final = frozenset({"next_round", "decision", "offer"})


@dataclass(frozen=True)
class Briefing:
    """What a note says to all its letters in one language, whoever they go to and whenever.

    `interview` is None for letters that answer something else; `met` are the people met there.
    What is asked for more than once is worked out once and kept, such as the lines `dealt` to the
    same readers, by the ids of those, and the facts about `people` by that of the reader.
    """

    portal: Portal
    voice: Voice
    entry: Entry
    application: Application
    company: Company
    interview: Interview | None
    met: tuple[Person, ...]
    dealt: dict[tuple[tuple[str | None, ...], bool], tuple[Material, ...]] = field(
        default_factory=dict
    )
    people: dict[str | None, Mapping[str, Fact]] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether exactly one person was met: then everything unmarked was said by them."""
        return len(self.met) == 1

    @cached_property
    def work(self) -> Sequence[Line]:
        """What was said about the job, its problems and first projects, from top to bottom."""
        about = {_JOB: "job", _PROBLEMS: "problem", _PROJECTS: "project"}
        return from_top(
            line for number, word in about.items() for line in self._points(number, word)
        )

    @cached_property
    def proofs(self) -> Sequence[Line]:
        """What shows that the candidate can do it."""
        return self._points(_PROOF)

    @cached_property
    def topics(self) -> Sequence[Line]:
        """What was spoken of beside the job."""
        return self._points(_PERSONAL)

    @cached_property
    def better_answers(self) -> Sequence[Line]:
        """What one would rather have said."""
        return better_answers_of(self.entry, self.company, _WRONG, _SCREW_UP)

    def _points(self, category: int, about: str = "") -> Sequence[Line]:
        return points_of(self.entry, self.company, category, about)

    @cached_property
    def said(self) -> Line | None:
        """The next step as they put it, where the words can be said back to them.

        *You will hear from us* would turn round in a letter: such words stay in the note.
        """
        step = self.interview.next_step if self.interview else None
        if step is None or not step.said:
            return None
        text = as_said(step.said)
        if not text or contains_word(text, self.voice.book.watched.speaker):
            return None
        return Line(text, self.entry.source("next_step", "said"))

    @cached_property
    def promised(self) -> Promised | None:
        """The day by which the notes say that one would hear."""
        if self.interview is None:
            return None
        return promised_for(self.portal, self.application, self.interview)

    @cached_property
    def moves(self) -> Sequence[Happening]:
        """What came later and named another day for that."""
        return [item for item in self.application.events if promised_in_log(item)]

    @cached_property
    def happened(self) -> Collection[Source]:
        """The lines of the log, but for what puts something off."""
        return {item.source for item in self.application.events if not item.until}

    @cached_property
    def step(self) -> Fact | None:
        """What lets a letter speak of a next step or decision at all."""
        interview = self.interview
        if interview is None or not (interview.next_step or interview.decision):
            return None
        home = "next_step" if interview.next_step else "decision"
        return Fact("", (self.entry.source(home),))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """What may be said in the same words on every day."""
        facts = {}
        interview = self.interview
        if title := interview.title if interview else self.application.title:
            facts["title"] = Fact(title_as_said(title), (self._source_of_title(title),))
        if interview:
            time = write_time(interview.start.time(), self.voice.book)
            facts["time"] = Fact(time, (self.entry.source("interview", "start"),))
            form = self.entry.source("interview", "format")
            facts["format"] = Fact(interview.format, (form,))
        return facts

    def _source_of_title(self, title: str) -> Source:
        """The line of the title, in another note of the application where this one has none."""
        others = (self.portal.entries[path] for path in self.application.entries)
        notes = chain([self.entry], others)
        return next(note.source("title") for note in notes if note.front.title == title)

    @cached_property
    def situation(self) -> Mapping[str, str]:
        """What the conditions of the phrasebook ask about the interview."""
        interview = self.interview
        if interview is None:
            return {"interview": "no"}
        return {
            "interview": "yes",
            "format": interview.format.value,
            "first_round": yes(interview.round in (None, 1)),
            "clock": yes(interview.has_clock),
            "elsewhere": yes(interview.timezone != self.portal.options.timezone),
        }

    @cached_property
    def next(self) -> str:
        """What comes next, by the names the phrasebook knows; empty where nothing is noted."""
        if self.interview is None:
            return ""
        step = self.interview.next_step
        if step and step.what:
            return step.what if step.what in _NAMED_STEPS else "other"
        return "decision" if step or self.interview.decision else ""
