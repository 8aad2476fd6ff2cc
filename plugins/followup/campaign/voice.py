"""A phrasebook at work: how it speaks to people and of them, for all letters in its language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from followup.campaign.choice import Case, Cases, Slot, choose_form
from followup.campaign.fact import write_date, write_on_day
from followup.campaign.phrasebook import Form, Phrasebook
from followup.campaign.salutation import Policy, Salutation, build_reference, build_salutation
from followup.campaign.third_person import contains_name, names_of, talks_in_third_person
from followup.portal.model import Person


@dataclass(frozen=True, slots=True)
class Called:
    """What letters call somebody: in their first line, in a sentence, and by which names at all."""

    salutation: Salutation
    reference: str
    names: tuple[str, ...]


class Voice:
    """The phrasebook of one language with the people of one portal.

    Each is written to and spoken of in many letters, so what they are called is found once.
    """

    def __init__(self, book: Phrasebook, policy: Policy) -> None:
        self.book = book
        self.nobody = build_salutation(None, book, policy)
        self.cases = Cases()
        self._policy = policy
        self._called: dict[str, Called] = {}
        self._slots: dict[str, Slot] = {}
        self._forms: dict[tuple[str, Case], Form | None] = {}
        self._talks: dict[tuple[str, str | None], bool] = {}
        self._days: dict[tuple[date, int | date], str] = {}

    def slot(self, name: str) -> Slot:
        """The wordings of a slot."""
        found = self._slots.get(name)
        if found is None:
            found = self._slots[name] = Slot(self.book.slots[name])
        return found

    def form(self, touch: str, case: Case) -> Form | None:
        """What the letters of a touch say in a case, if they say anything."""
        key = (touch, case)
        if key not in self._forms:
            self._forms[key] = choose_form(self.book.touches.get(touch, ()), case.situation)
        return self._forms[key]

    def called(self, person: Person) -> Called:
        """What letters call a person."""
        found = self._called.get(person.id)
        if found is None:
            found = Called(
                build_salutation(person, self.book, self._policy),
                build_reference(person, self.book),
                names_of(person, self.book),
            )
            self._called[person.id] = found
        return found

    def salutation(self, reader: Person | None) -> Salutation:
        """The line a letter begins with."""
        return self.called(reader).salutation if reader else self.nobody

    def reference(self, person: Person) -> str:
        """How a sentence names a person."""
        return self.called(person).reference

    def names(self, text: str, person: Person | None) -> bool:
        """Whether `text` has the name of a person in it, or a part of that which means nothing else."""
        return person is not None and contains_name(text, self.called(person).names)

    def talks_about(self, text: str, reader: Person | None) -> bool:
        """Whether `text` talks about its reader instead of to them."""
        key = (text, reader.id if reader else None)
        found = self._talks.get(key)
        if found is None:
            found = talks_in_third_person(text, self.book) or self.names(text, reader)
            self._talks[key] = found
        return found

    def date_of(self, day: date, year: int) -> str:
        """`19 November`, with the year where it is not `year`."""
        found = self._days.get((day, year))
        if found is None:
            found = self._days[day, year] = write_date(day, year, self.book)
        return found

    def on_day(self, day: date, written_on: date) -> str:
        """`on Thursday`, `on 19 November`: a day as a letter of `written_on` speaks of it."""
        found = self._days.get((day, written_on))
        if found is None:
            found = self._days[day, written_on] = write_on_day(day, written_on, self.book)
        return found
