"""What a draft lacks: who to ask, where to write the answer, and the line to type there."""

from __future__ import annotations

from typing import Final

from followup.campaign.facts import source_of
from followup.campaign.material import PREFERRED, Line
from followup.campaign.model import Remark
from followup.campaign.salutation import Doubt
from followup.notes.categories import CATEGORIES
from followup.notes.entry import Entry, Section, Source
from followup.portal.model import Company, Person
from followup.portal.names import family_name, reference_name

INCOMPLETE: Final = frozenset({"missing_fact", "missing_email", "third_person"})
"""The codes that keep a draft from being ready."""

_CATEGORY: Final = {"job": 2, "problem": 4, "project": 5}
_PROOF: Final = 3


def missing_specific(
    entry: Entry, company: Company, reader: Person | None, *, alone: bool, for_others: bool
) -> Remark:
    """What they said about the work is not in the note, or was all said by others."""
    who = reference_name(reader) if reader else "they"
    wanted = [_CATEGORY[about] for about in PREFERRED[reader.role if reader else None]]
    what = "All you noted about the work is marked for others" if for_others else (
        f"The note does not say what {who} told you about the work"
    )  # fmt: skip
    question = f"What did {who} tell you about the job, its problems or first projects?"
    return _missing_bullet(entry, company, reader, wanted, what, question, alone=alone)


def missing_proof(
    entry: Entry, company: Company, reader: Person | None, *, alone: bool, for_others: bool
) -> Remark:
    """Nothing shows yet that the candidate can do the job, or all of it is meant for others."""
    what = "The note has nothing yet that shows you can do the job"
    if for_others and reader:
        what = f"All that shows you can do the job is marked for somebody else, not for {reference_name(reader)}"
    question = "What have you done that shows you can do this job?"
    return _missing_bullet(entry, company, reader, [_PROOF], what, question, alone=alone)


def _missing_bullet(
    entry: Entry,
    company: Company,
    reader: Person | None,
    categories: list[int],
    what: str,
    question: str,
    *,
    alone: bool,
) -> Remark:
    section = _first_section(entry, categories)
    mark = "" if alone or reader is None else f" @{_written_id(company, reader)}"
    bullet = f"- …{mark}"
    if section:
        source = Source(entry.path, section.line)
        message = f"{what}: add a bullet under “{section.heading}” in line {section.line}"
        return Remark("missing_fact", message, source, question, bullet)
    heading = CATEGORIES[categories[0] - 1].heading
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


def _written_id(company: Company, person: Person) -> str:
    """What to write after `@` for a person."""
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
    return {"hook": "hook: …", "recovery": "- Better answer: …"}.get(slot, "- …")


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
    entry: Entry, reader: Person | None, doubts: tuple[Doubt, ...]
) -> tuple[Remark, ...]:
    """What to ask where a formal salutation was not certain."""
    if Doubt.NAME in doubts:
        return (_missing_name(entry, reader),)
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


def _missing_name(entry: Entry, reader: Person | None) -> Remark:
    if reader is None:
        source, line = entry.source("people"), "people: [{name: …, email: …}]"
        message = "The note does not say whom you met: add `people:`"
    else:
        source, line = source_of(reader, entry), "name: …"
        message = f"The person in line {source.line} has no name: add `name:` there"
    return Remark("missing_fact", message, source, "Whom did you meet?", line)
