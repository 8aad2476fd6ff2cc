"""What a draft lacks: who to ask, where to write the answer, and the line to type there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from followup.campaign.facts import source_of
from followup.campaign.lines import Line
from followup.campaign.material import PREFERRED
from followup.campaign.model import Remark
from followup.campaign.salutation import Doubt
from followup.notes.categories import CATEGORIES, language_of_headings
from followup.notes.entry import Entry, Section, Source
from followup.portal.model import Company, Person
from followup.portal.names import family_name, reference_name

INCOMPLETE: Final = frozenset({"missing_fact", "missing_email", "third_person"})
"""The codes that keep a draft from being ready."""

_CATEGORY: Final = {"job": 2, "problem": 4, "project": 5}
_PROOF: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a fact is missing: the note, its reader, and why what the note has is of no use.

    `alone` says that nobody else was met, so that a bullet needs no `@id`; `for_others` that all the
    note has is marked for others. `source` is the line that asks for the message.
    """

    entry: Entry
    company: Company
    reader: Person | None
    alone: bool
    for_others: bool
    source: Source

    @property
    def who(self) -> str:
        """The reader as the questions name them."""
        return reference_name(self.reader) if self.reader else "they"


def missing_fact(slot: str, wanted: Wanted) -> Remark:
    """What to ask where the slot of a letter has nothing to say."""
    ask = {
        "specific": _missing_specific,
        "proof": _missing_proof,
        "thought": _missing_thought,
        "useful": _missing_use,
        "promise": _unclear_promise,
        "promise_too": _unclear_promise,
    }
    return ask[slot](wanted)


def _missing_specific(wanted: Wanted) -> Remark:
    """What they said about the work is not in the note, or was all said by others."""
    categories = _preferred(wanted)
    what = "All you noted about the work is marked for others" if wanted.for_others else (
        f"The note does not say what {wanted.who} told you about the work"
    )  # fmt: skip
    question = f"What did {wanted.who} tell you about the job, its problems or first projects?"
    return _missing_bullet(wanted, categories, what, question)


def _missing_thought(wanted: Wanted) -> Remark:
    """There is no problem or project to come back to with this reader."""
    categories = [number for number in _preferred(wanted) if number != _CATEGORY["job"]]
    what = "All problems and projects you noted are marked for others" if wanted.for_others else (
        f"The note has no problem or first project to write to {wanted.who} about"
    )  # fmt: skip
    question = f"Which problem or first project did {wanted.who} speak of?"
    return _missing_bullet(wanted, categories, what, question)


def _missing_proof(wanted: Wanted) -> Remark:
    """Nothing shows yet that the candidate can do the job, or all of it is meant for others."""
    what = "The note has nothing yet that shows you can do the job"
    if wanted.for_others and wanted.reader:
        what = (
            f"All that shows you can do the job is marked for somebody else, not for {wanted.who}"
        )
    question = "What have you done that shows you can do this job?"
    return _missing_bullet(wanted, [_PROOF], what, question)


def _missing_use(wanted: Wanted) -> Remark:
    """The useful thing itself is missing: what the note has went into the thanks already."""
    what = f"The note has nothing of use to {wanted.who} that your thanks did not say"
    question = (
        f"What could help {wanted.who} with it: something you made, tried or found, in a sentence?"
    )
    return _missing_bullet(wanted, [_PROOF], what, question)


def _unclear_promise(wanted: Wanted) -> Remark:
    """Which of several promises is meant cannot be told."""
    message = f"Which promise this keeps is not clear from line {wanted.source.line}"
    question = f"What did you promise {wanted.who}? Write each promise on a line of its own."
    line = f"- {{what: …, to: {_written_id(wanted.company, wanted.reader)}}}" if wanted.reader else (
        "- {what: …}"
    )  # fmt: skip
    return Remark("missing_fact", message, wanted.source, question, line)


def missing_outcome(line: Line, reader: Person | None) -> Remark:
    """A promise that nothing sent with the message can keep: what came of it is not in the note."""
    who = reference_name(reader) if reader else "them"
    message = (
        f"Line {line.source.line} says what you promised, not what came of it; write into `what:` "
        f"what you have to tell {who}, as a whole sentence"
    )
    question = "What came of it? Write it as you would say it."
    return Remark("missing_fact", message, line.source, question, "what: …")


def _preferred(wanted: Wanted) -> list[int]:
    role = wanted.reader.role if wanted.reader else None
    return [_CATEGORY[about] for about in PREFERRED[role]]


def _missing_bullet(wanted: Wanted, categories: list[int], what: str, question: str) -> Remark:
    entry = wanted.entry
    section = _first_section(entry, categories)
    needs_mark = wanted.reader is not None and not wanted.alone
    mark = f" @{_written_id(wanted.company, wanted.reader)}" if needs_mark else ""
    bullet = f"- …{mark}"
    if section:
        source = Source(entry.path, section.line)
        message = f"{what}: add a bullet under “{section.heading}” in line {section.line}"
        return Remark("missing_fact", message, source, question, bullet)
    heading = CATEGORIES[categories[0] - 1].heading_in(language_of_headings(entry))
    message = f"{what}: add the heading “{heading}” with a bullet"
    lines = f"## {heading}\n{bullet}"
    return Remark("missing_fact", message, _last_heading(entry), question, lines)


def _first_section(entry: Entry, categories: list[int]) -> Section | None:
    found = (
        section
        for category in categories
        for section in entry.sections
        if section.category == category
    )
    return next(found, None)


def _last_heading(entry: Entry) -> Source:
    headings = [section.line for section in entry.sections if section.heading]
    return Source(entry.path, headings[-1]) if headings else entry.source("company")


def _written_id(company: Company, person: Person | None) -> str:
    """What to write after `@` for a person."""
    if person is None:
        return ""
    written = [name for name, id_ in company.ids.items() if id_ == person.id]
    return person.slug if person.slug in written or not written else written[0]


def third_person(slot: str, line: Line, reader: Person | None) -> Remark:
    """A line talks about its reader and would embarrass in a letter to them."""
    who = reference_name(reader) if reader else "its reader"
    message = (
        f"Line {line.source.line} talks about somebody instead of to {who}; "
        f"write it as you would say it to them: “{line.text}”"
    )
    question = f"How would you say this to {who}?"
    return Remark("third_person", message, line.source, question, _reworded(slot))


def _reworded(slot: str) -> str:
    words = {
        "hook": "hook: …",
        "recovery": "- Better answer: …",
        "promise": "what: …",
        "promise_too": "what: …",
    }
    return words.get(slot, "- …")


def missing_email(entry: Entry, reader: Person | None) -> Remark:
    """There is no address to send it to."""
    if reader is None:
        return Remark(
            "missing_email", "The note has no address to write to: name a person with `email:`",
            entry.source("people"), "Whom can you write to, and at which address?",
            "people: [{name: …, email: …}]",
        )  # fmt: skip
    source = source_of(reader, entry)
    who = reference_name(reader)
    return Remark(
        "missing_email", f"There is no address for {who}: add `email:` in line {source.line}",
        source, f"What is the e-mail address of {who}?", "email: …",
    )  # fmt: skip


def missing_signature() -> Remark:
    """The workspace does not say who signs."""
    return Remark(
        "missing_fact", "Nobody signs the drafts yet: set `me:` in `mkdocs.yml`", None,
        "What is your name?", "me: {name: …, email: …}",
    )  # fmt: skip


def doubtful_salutation(
    entry: Entry, reader: Person | None, doubts: tuple[Doubt, ...], *, met: bool
) -> tuple[Remark, ...]:
    """What to ask where a formal salutation was not certain; `met` says that it is for a meeting."""
    if Doubt.NAME in doubts:
        return (_missing_name(entry, reader, met=met),)
    if reader is None or not doubts:
        return ()
    source = source_of(reader, entry)
    where = f"in line {source.line}, or leave the full name"
    title = "Is it Ms. or Mr. {}?"
    part = "{} which part of “{}” is the family name?"
    name = reader.name or ""
    if doubts == (Doubt.HONORIFIC,):
        question = title.format(family_name(reader) or name)
        return (_confirm(f"{question} Add `honorific:` {where}", source, question, "honorific: …"),)
    if doubts == (Doubt.FAMILY_NAME,):
        question = _capital(part.format("", name).strip())
        add = "family_name: …"
        return (_confirm(f"{question} Add `family_name:` {where}", source, question, add),)
    question = f"Is it Ms. or Mr., and {part.format('', name).strip()}"
    add = "honorific: …, family_name: …"
    message = f"{question} Add `honorific:` and `family_name:` {where}"
    return (_confirm(message, source, question, add),)


def _confirm(message: str, source: Source, question: str, line_to_add: str) -> Remark:
    return Remark("confirm_honorific", message, source, question, line_to_add)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _missing_name(entry: Entry, reader: Person | None, *, met: bool) -> Remark:
    question = "Whom did you meet?" if met else "To whom do you write?"
    if reader is None:
        source, line = entry.source("people"), "people: [{name: …, email: …}]"
        what = "does not say whom you met" if met else "names nobody to write to"
        message = f"The note {what}: add `people:`"
    else:
        source, line = source_of(reader, entry), "name: …"
        message = f"The person in line {source.line} has no name: add `name:` there"
    return Remark("missing_fact", message, source, question, line)
