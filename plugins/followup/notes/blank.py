"""A new note with all thirteen categories to fill in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.notes.categories import CATEGORIES
from followup.notes.entry_parser import parse_entry
from followup.notes.scalars import is_one_line, parse_email, parse_start
from followup.notes.schema import Format
from followup.notes.yaml_text import render_text


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to name in a new note; the facts are those of `people:`, under the same names."""

    name: str
    email: str | None = None
    id: str | None = None
    honorific: str | None = None
    academic_title: str | None = None
    family_name: str | None = None
    salutation: str | None = None
    job_title: str | None = None
    role: str | None = None
    phone: str | None = None


def parse_person(text: str) -> NewPerson:
    """The person in `Ngozi Okafor <n.okafor@acme.example>`; ValueError for anything else."""
    name, opened, rest = (part.strip() for part in text.partition("<"))
    address = rest.removesuffix(">").strip()
    if not name or ">" in name or (opened and (not address or not rest.endswith(">"))):
        raise ValueError("write a person as `Ngozi Okafor <n.okafor@acme.example>`")
    return NewPerson(name, parse_email(address) if opened else None)


def note_name(company: str, what: str, day: date) -> str:
    """The file name of a new note: `2026-11-19-acme-logistics-panel.md`."""
    return f"{day.isoformat()}-{_words(company)}-{_words(what)}.md"


def render_note(
    company: str,
    title: str | None,
    *,
    interview_format: Format | None = None,
    start: str | None = None,
    people: Sequence[NewPerson] = (),
    known: Sequence[NewPerson] = (),
    number: int | None = None,
    timezone: str | None = None,
    schema: str | None = None,
) -> str:
    """The text of a note that has no problem and answers what was given, and nothing else.

    `known` are others of the company, who are offered as comments. `number` and `timezone` are the
    interview's round and zone. `schema` is where editors find the schema, as seen from the note.

    ValueError for a text with a line break, for a start that is none, for a start without a format
    or a format without a start, and for anything else that would be a problem of the note.
    """
    if (interview_format is None) != (start is None):
        raise ValueError("an interview needs both its format and its start")
    front = [
        "---",
        *([f"{_MODELINE}{schema}"] if schema else []),
        f"company: {_scalar(company)}",
        *([f"title: {_scalar(title)}"] if title else []),
        *_interview_lines(interview_format, start, number, timezone),
        *_people_lines(people, known),
        *_OPTIONAL,
        "---",
    ]
    text = "\n".join([*front, *_body_lines()]) + "\n"
    _, problems = parse_entry("new.md", text.encode())
    if problems:
        raise ValueError(f"this would be no good note: {problems[0].message}")
    return text


_MODELINE: Final = "# yaml-language-server: $schema="
_OPTIONAL: Final = (
    "# Take away the # and the blank after it to use a line; n/a where a question does not apply.",
    '# next_step: {what: next_round, by: 2026-11-30, said: "what they said"}',
    "# decision: {by: 2026-12-04}",
    "# other_candidates: {answer: unknown}        # yes, no or unknown; count: 3",
    "# applied_on: 2026-11-02",
    "# source: Referral                           # where you found the opening",
    "# job_url: https://jobs.example/123",
    "# country: DE                                # whose holidays count",
    "# promises:",
    "#   - {what: Send the notebook, by: 2026-11-21}",
    "# log:",
    "#   - {on: 2026-11-02, event: applied}",
)


def _interview_lines(
    interview_format: Format | None, start: str | None, number: int | None, timezone: str | None
) -> Iterator[str]:
    if interview_format is None or start is None:
        yield "# interview:"
        yield f"#   format: video                            # {', '.join(Format)}"
        yield "#   start: 2026-11-19 14:00"
        return
    parse_start(start)
    yield "interview:"
    yield f"  format: {interview_format}"
    if number:
        yield f"  round: {number}"
    yield f"  start: {start.strip()}"
    yield "  # minutes: 60"
    yield f"  timezone: {_scalar(timezone)}" if timezone else "  # timezone: Europe/Berlin"
    yield "  # place: Speicherstadt 4, Hamburg"


def _people_lines(people: Sequence[NewPerson], known: Sequence[NewPerson]) -> Iterator[str]:
    if people:
        yield "people:"
        for person in people:
            yield from _person_lines(person)
        yield from (f"  # - {_in_one_line(other)}" for other in known)
    elif known:
        yield "# people:"
        yield from (f"#   - {_in_one_line(other)}" for other in known)
    else:
        yield "# people:"
        yield "#   - name: Ngozi Okafor"
        yield from (f"#     {line}" for line in _PERSON_KEYS.values())


def _person_lines(person: NewPerson) -> Iterator[str]:
    """One item of `people:` with what is known, and the other keys as comments."""
    facts = _facts(person)
    lines = [f"{key}: {value}" for key, value in facts.items()]
    lines += [f"# {line}" for key, line in _PERSON_KEYS.items() if key not in facts]
    yield f"  - {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _in_one_line(person: NewPerson) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in _facts(person).items()) + "}"


def _facts(person: NewPerson) -> dict[str, str]:
    """What is known of somebody, as YAML, by key in the order in which people write them."""
    given = {key: getattr(person, key) for key in _PERSON_FACTS}
    return {key: _scalar(value) for key, value in given.items() if value is not None}


_PERSON_FACTS: Final = (
    "id", "name", "honorific", "academic_title", "family_name", "salutation", "job_title", "role",
    "email", "phone",
)  # fmt: skip
_PERSON_KEYS: Final = {
    "email": "email: n.okafor@acme.example",
    "honorific": "honorific: Ms.                         # Mr., Ms., Mrs., Miss or Mx.",
    "job_title": "job_title: Head of Analytics",
    "role": "role: hiring_manager                   # interviewer, recruiter, coordinator, referrer",
    "hook": "hook: What only the two of you talked about, as you would say it to them.",
}


def _body_lines() -> Iterator[str]:
    for category in CATEGORIES:
        if category.heading is None:
            continue
        yield ""
        yield f"## {category.heading}"
        yield f"<!-- {category.question} -->"
        yield ""
        yield "- "


def _scalar(text: str) -> str:
    """`text` as YAML reads it back unchanged; ValueError for what is none, or of several lines."""
    stripped = text.strip()
    if not stripped:
        raise ValueError("a text is empty")
    if not is_one_line(stripped):
        raise ValueError("a text has a line break or an invisible character")
    return render_text(stripped)


def _words(text: str) -> str:
    """The words of `text` in small letters, joined by `-`, as part of a file name."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", folded.decode().lower())
    return "-".join(words)[:40].strip("-") or "note"
