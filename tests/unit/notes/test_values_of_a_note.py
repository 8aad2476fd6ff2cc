"""What the front matter of a note means, where it is fine."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from followup.notes.entry import Entry, Mark, Source
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import (
    Decision,
    Event,
    Format,
    FrontMatter,
    InterviewBlock,
    LogItem,
    NextStep,
    NotApplicable,
    Offer,
    OtherCandidates,
    PersonBlock,
    Promise,
    Reminder,
    Role,
    Salary,
    Stage,
    Start,
)

COMPLETE = """\
---
company: Acme Logistics            # required
title: Data Analyst
application: acme-logistics-data-analyst
status: interviewing
applied_on: 2026-11-02
source: Referral                   # where the opening was found
job_url: https://jobs.example/acme/123
location: Hamburg
workplace: hybrid                  # onsite | hybrid | remote
salary: {min: 52000, max: 60000, currency: EUR, period: year}
resume: resume-2026-10.pdf
country: DE
language: en
interview:
  format: panel
  round: 2
  start: 2026-11-19 14:00
  minutes: 45
  timezone: Europe/Berlin
  place: Speicherstadt 4, Hamburg
  first_names_used: true
people:
  - id: okafor
    name: Ngozi Okafor
    honorific: Ms.
    academic_title: Dr.
    family_name: Okafor
    salutation: Dear Ms. Okafor,
    job_title: Head of Analytics
    role: hiring_manager
    email: n.okafor@acme.example
    phone: +49 40 123456
    hook: It was good to meet another Thai cook. The restaurant is Lotus Kitchen.   # as said
next_step: {what: next_round, by: 2026-11-30, ask_on: 2026-12-01, said: "A case round."}
decision: {by: 2026-12-04, said: "End of next week."}
other_candidates: {answer: yes, count: 3}
reminders:
  - {on: 2026-11-27, what: Ask Sam about the team}
promises:
  - {what: Send the forecast notebook, by: 2026-11-21, to: okafor}
offer: {received_on: 2026-12-07, deadline: 2026-12-11, salary: {min: 58000, currency: EUR}}
log:
  - {on: 2026-11-20, event: sent, touch: thank_you, to: okafor}
  - {on: 2026-11-24, event: received, from: okafor, note: Case round next week.}
tags: [remote]
hide: [toc]
search: {exclude: true}
---
## The job
- The team forecasts how many trucks each depot needs. @okafor
"""


def read(*lines: str, first: str = "company: Acme\ntitle: Analyst") -> Entry:
    """The note with these lines of front matter, which must have no problem."""
    text = "\n".join(["---", first, *lines, "---", ""])
    entry, problems = parse_entry("a.md", text.encode())
    assert problems == ()
    assert entry is not None
    return entry


def test_a_complete_note_is_read_as_written() -> None:
    """Every key of the format arrives with its type, and nothing is a problem."""
    entry, problems = parse_entry("2026-11-19-acme.md", COMPLETE.encode())
    assert problems == ()
    assert entry is not None
    assert entry.front == FrontMatter(
        company="Acme Logistics",
        title="Data Analyst",
        application="acme-logistics-data-analyst",
        status=Stage.INTERVIEWING,
        applied_on=date(2026, 11, 2),
        source="Referral",
        job_url="https://jobs.example/acme/123",
        location="Hamburg",
        workplace="hybrid",
        salary=Salary(min=Decimal(52000), max=Decimal(60000), currency="EUR", period="year"),
        resume="resume-2026-10.pdf",
        country="DE",
        language="en",
        interview=InterviewBlock(
            format=Format.PANEL,
            round=2,
            start=Start(day=date(2026, 11, 19), clock=time(14)),
            minutes=45,
            timezone="Europe/Berlin",
            place="Speicherstadt 4, Hamburg",
            first_names_used=True,
        ),
        people=(
            PersonBlock(
                id="okafor",
                name="Ngozi Okafor",
                honorific="Ms.",
                academic_title="Dr.",
                family_name="Okafor",
                salutation="Dear Ms. Okafor,",
                job_title="Head of Analytics",
                role=Role.HIRING_MANAGER,
                email="n.okafor@acme.example",
                phone="+49 40 123456",
                hook="It was good to meet another Thai cook. The restaurant is Lotus Kitchen.",
            ),
        ),
        next_step=NextStep(
            what="next_round",
            by=date(2026, 11, 30),
            ask_on=date(2026, 12, 1),
            said="A case round.",
        ),
        decision=Decision(by=date(2026, 12, 4), said="End of next week."),
        other_candidates=OtherCandidates(answer="yes", count=3),
        reminders=(Reminder(on=date(2026, 11, 27), what="Ask Sam about the team"),),
        promises=(Promise(what="Send the forecast notebook", by=date(2026, 11, 21), to="okafor"),),
        offer=Offer(
            received_on=date(2026, 12, 7),
            deadline=date(2026, 12, 11),
            salary=Salary(min=Decimal(58000), currency="EUR"),
        ),
        log=(
            LogItem(on=date(2026, 11, 20), event=Event.SENT, touch="thank_you", to="okafor"),
            LogItem(
                on=date(2026, 11, 24),
                event=Event.RECEIVED,
                sender="okafor",
                note="Case round next week.",
            ),
        ),
        tags=("remote",),
        hide=("toc",),
        search={"exclude": True},
    )


def test_every_value_knows_its_line() -> None:
    """A source is the line of the key, of the item of a list, or of the nearest thing above."""
    entry, _ = parse_entry("x/acme.md", COMPLETE.encode())
    assert entry is not None
    assert entry.source("company") == Source("x/acme.md", 2)
    assert entry.source("interview", "start") == Source("x/acme.md", 18)
    assert entry.source("people", 0) == Source("x/acme.md", 24)
    assert entry.source("people", 0, "hook") == Source("x/acme.md", 34)
    assert entry.source("decision", "by") == Source("x/acme.md", 36)
    assert entry.source("log", 1, "event") == Source("x/acme.md", 45)
    assert entry.source("log", 1, "until") == Source("x/acme.md", 45)
    assert entry.source("description") == Source("x/acme.md", 1)
    assert entry.marks["interview", "start"] == Mark(18, 3)
    assert entry.body_line == 50
    assert entry.sections[0].bullets[0].line == 51


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("source: no", "source", "no"),
        ("source: 12:30", "source", "12:30"),
        ("source: 1_000", "source", "1_000"),
        ("source: 0x1F", "source", "0x1F"),
        ("source: 2026-11-19", "source", "2026-11-19"),
        ("source: Null", "source", "Null"),
        ("source: 'null'", "source", "null"),
        ("source: null", "source", None),
        ("source: ~", "source", None),
        ("source:", "source", None),
        ('source: "~"', "source", "~"),
        ("source: C#", "source", "C#"),
        ("source: 🦄", "source", "🦄"),
        ("source: ../../etc/passwd", "source", "../../etc/passwd"),
        ("source: CON", "source", "CON"),
        ("source: a\n  long line", "source", "a long line"),
        ("source: '  a  '", "source", "a"),
        ("description: |\n  a\n  b", "description", "a\nb"),
        ("tags: remote", "tags", ("remote",)),
        ("tags:\n  -\n  - a", "tags", ("a",)),
        ("people:", "people", ()),
        ("people: n/a", "people", NotApplicable.NOT_APPLICABLE),
        ("people: None.", "people", NotApplicable.NONE),
        ("decision: N/A", "decision", NotApplicable.NOT_APPLICABLE),
        ("decision: {}", "decision", Decision()),
        ("other_candidates: no", "other_candidates", OtherCandidates(answer="no")),
        ("other_candidates: True", "other_candidates", OtherCandidates(answer="yes")),
        ("other_candidates: {answer: unknown}", "other_candidates",
         OtherCandidates(answer="unknown")),
        ("country: NO", "country", "NO"),
        ("language: pt-BR", "language", "pt-BR"),
        ("search: {boost: 2, exclude: off}", "search", {"exclude": False, "boost": 2.0}),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_field_means_it(line: str, key: str, value: Any) -> None:
    """YAML's own ideas of types, times and truth do not touch what the owner wrote."""
    assert getattr(read(line).front, key) == value


def test_a_company_may_be_called_no() -> None:
    """`company: NO` is a company of that name."""
    assert read(first="company: NO\ntitle: Analyst").front.company == "NO"


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2026-11-19", date(2026, 11, 19), None),
        ("2026-11-19 14:00", date(2026, 11, 19), time(14)),
        ("2026-11-19T09:30", date(2026, 11, 19), time(9, 30)),
        ("2026-11-19  9:30:15", date(2026, 11, 19), time(9, 30, 15)),
        ("'2026-11-19 00:00'", date(2026, 11, 19), time(0)),
    ],
)
def test_a_start_is_a_day_with_or_without_a_time(text: str, day: date, clock: time | None) -> None:
    """All ways to write a start that the format allows mean the same moment."""
    block = read(f"interview: {{format: video, start: {text}}}").front.interview
    assert block is not None
    assert block.start == Start(day=day, clock=clock)
    assert block.minutes == 60


@pytest.mark.parametrize("word", ["yes", "true", "on", "Yes", "TRUE"])
def test_yes_has_several_spellings(word: str) -> None:
    """What other programs write for yes is yes."""
    line = f"interview: {{format: video, start: 2026-11-19, first_names_used: {word}}}"
    block = read(line).front.interview
    assert block is not None
    assert block.first_names_used is True


@pytest.mark.parametrize(
    "address", ["o'brien@acme.example", "ngozi+jobs@xn--bcher-kva.example", "jürgen@bücher.example"]
)
def test_an_unusual_address_is_an_address(address: str) -> None:
    """Apostrophes, plus signs and letters beyond ASCII stand in real addresses."""
    front = read(f'people: [{{email: "{address}"}}]').front
    assert not isinstance(front.people, NotApplicable)
    assert front.people[0].email == address


@pytest.mark.parametrize("link", ["https://meet.example/x?y=1#z", "tel:+49-40-123", "mailto:a@b.c"])
def test_a_meeting_is_joined_by_web_telephone_or_mail(link: str) -> None:
    """The schemes that a meeting is joined by are allowed."""
    line = f'interview: {{format: video, start: 2026-11-19, link: "{link}"}}'
    block = read(line).front.interview
    assert block is not None
    assert block.link == link


def test_networking_needs_no_title() -> None:
    """A conversation that is about no opening has no job title."""
    entry = read("interview: {format: networking, start: 2026-11-19}", first="company: Acme")
    assert entry.front.title is None


def test_a_date_may_be_the_day_of_the_interview() -> None:
    """They may decide, answer and be asked on the very day."""
    front = read(
        "interview: {format: video, start: 2026-11-19}",
        "decision: {by: 2026-11-19}",
        "next_step: {by: 2026-11-19, ask_on: 2026-11-19}",
    ).front
    assert front.decision == Decision(by=date(2026, 11, 19))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("close", ["---", "...", "--- \t"])
def test_line_ends_and_byte_order_mark_change_nothing(ending: str, mark: bytes, close: str) -> None:
    """The same note from another editor means the same, line by line."""
    lines = ["---  ", "company: Acme", "title: Analyst", close, "## The job", "- é @a"]
    entry, problems = parse_entry("a.md", mark + ending.join(lines).encode())
    assert problems == ()
    assert entry is not None
    assert entry.body == "## The job\n- é @a"
    assert entry.sections[0].bullets[0].line == 6


def test_a_note_may_end_with_its_front_matter() -> None:
    """A closing fence at the very end of the file closes."""
    entry, problems = parse_entry("a.md", b"---\ncompany: A\ntitle: B\n---")
    assert problems == ()
    assert entry is not None
    assert (entry.body, entry.sections) == ("", ())
