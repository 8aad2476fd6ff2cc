"""The text of a new note."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.notes.blank import NewPerson, note_name, parse_person, render_note
from followup.notes.categories import Answer, answers
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.problems import Severity
from followup.notes.schema import Format, NotApplicable

PRINTABLE = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"], exclude_characters="\ufeff"
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() != "")


def read(text: str) -> Entry:
    """The note, which must have no error."""
    entry, problems = parse_entry("a.md", text.encode())
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    assert entry is not None
    return entry


def test_a_new_note_answers_nothing_that_was_not_given() -> None:
    """Company and title alone leave all thirteen to be filled in."""
    entry = read(render_note("Acme Logistics", "Data Analyst"))
    assert (entry.front.company, entry.front.title) == ("Acme Logistics", "Data Analyst")
    assert set(answers(entry)) == {Answer.MISSING}
    assert [section.category for section in entry.sections] == [2, 3, 4, 5, 6, 7, 8, 9, 13]


def test_a_new_note_of_an_interview_has_what_was_given() -> None:
    """Format, start and people are there, and only category 1 is answered."""
    text = render_note(
        "Acme",
        "Analyst",
        interview_format=Format.VIDEO,
        start="2026-11-19 14:00",
        people=[parse_person("Ngozi Okafor <n.okafor@acme.example>"), NewPerson("Jonas: Lind")],
    )
    entry = read(text)
    assert entry.front.interview is not None
    assert entry.front.interview.format is Format.VIDEO
    assert entry.front.interview.start.day == date(2026, 11, 19)
    assert not isinstance(entry.front.people, NotApplicable)
    assert [(p.name, p.email) for p in entry.front.people] == [
        ("Ngozi Okafor", "n.okafor@acme.example"),
        ("Jonas: Lind", None),
    ]
    assert answers(entry)[0] is Answer.ANSWERED
    assert set(answers(entry)[1:]) == {Answer.MISSING}


def test_every_hint_in_a_new_note_is_right_once_its_sign_is_taken_away() -> None:
    """A note with all comments made keys is a note without a problem."""
    lines = render_note("Acme", "Analyst").split("\n")
    keys = [
        line.removeprefix("# ") if line.startswith("# ") and ":" in line.split("#")[1] else line
        for line in lines
        if not line.startswith("# Take")
    ]
    front = read("\n".join(keys)).front
    assert front.interview is not None
    assert front.log
    assert front.promises


@given(company=PRINTABLE, title=PRINTABLE)
def test_any_text_is_safe_in_a_new_note(company: str, title: str) -> None:
    """Colons, quotes, hashes, dashes and emoji come back as they were given."""
    front = read(render_note(company, title)).front
    assert (front.company, front.title) == (company.strip(), title.strip())


@pytest.mark.parametrize(
    "text",
    ["- a", "#1", "a: b", "yes", "null", "~", "'x'", '"', "\\", "[a]", "{", "@x", "*", "12:30",
     "n/a", "2026-11-19", "a #b", "🦄", "--- x", "...", "!x", "%", "|"],
)  # fmt: skip
def test_a_text_that_yaml_would_misread_is_quoted(text: str) -> None:
    """The note holds the very text."""
    assert read(render_note(text, text)).front.company == text


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\rb", "a\x00", "a\u2028b", "a\u202eb"])
def test_a_text_that_is_not_one_line_is_refused(text: str) -> None:
    """Line breaks and invisible characters raise an error before anything is written."""
    with pytest.raises(ValueError, match="a text"):
        render_note(text, "Analyst")


def test_a_format_needs_a_start() -> None:
    """Half an interview is refused."""
    with pytest.raises(ValueError, match="both"):
        render_note("Acme", "Analyst", start="2026-11-19")


@pytest.mark.parametrize("start", ["tomorrow", "2026-13-01", "2026-11-19 2pm"])
def test_a_start_that_is_none_is_refused(start: str) -> None:
    """The same words as for a note say why."""
    with pytest.raises(ValueError, match=r"is not a|month"):
        render_note("Acme", "Analyst", interview_format=Format.VIDEO, start=start)


@pytest.mark.parametrize(
    "text",
    [
        "", "<a@b.example>", "A <not an address>", "A <a@b> c", "A <>", "A > <a@b.example>",
        "A <a@b.example", "a" + " " * 20_000 + "<", "A <" + " " * 20_000,
    ],
)  # fmt: skip
def test_a_person_that_is_none_is_refused(text: str) -> None:
    """A name is needed, and what stands in angle brackets is an address."""
    begin = time.process_time()
    with pytest.raises(ValueError, match=r"person|address"):
        parse_person(text)
    assert time.process_time() - begin < 1.0


def test_what_would_make_no_good_note_is_refused() -> None:
    """A company that the note cannot hold is refused before anything is written."""
    with pytest.raises(ValueError, match="the front matter has"):
        render_note("x" * 100_000, "Analyst")
    with pytest.raises(ValueError, match="this would be no good note"):
        render_note("\ufeff", "Analyst")


@pytest.mark.parametrize(
    ("company", "what", "name"),
    [
        ("Acme Logistics", "panel", "2026-11-19-acme-logistics-panel.md"),
        ("Möwe & Söhne GmbH", "Data Analyst", "2026-11-19-mowe-sohne-gmbh-data-analyst.md"),
        ("🦄", "../../etc", "2026-11-19-note-etc.md"),
        ("CON", "C++", "2026-11-19-con-c.md"),
    ],
)
def test_a_note_has_a_name_for_every_file_system(company: str, what: str, name: str) -> None:
    """Day, company and what it is, in small Latin letters."""
    assert note_name(company, what, date(2026, 11, 19)) == name


def test_what_is_known_of_somebody_is_written_down() -> None:
    """Every fact has its key, and only what is not known is left to fill in."""
    known = NewPerson(
        "Ngozi Okafor",
        email="n.okafor@acme.example",
        id="okafor",
        honorific="Ms.",
        academic_title="Dr.",
        family_name="Okafor",
        salutation="Dear Dr. Okafor,",
        job_title="Head of: Analytics {all}",
        role="hiring_manager",
        phone="+49 40 1",
    )
    text = render_note("Acme", "Analyst", people=[known])
    people = read(text).front.people
    assert not isinstance(people, NotApplicable)
    facts = {key: str(getattr(people[0], key)) for key in known.__slots__}
    assert facts == {key: getattr(known, key) for key in known.__slots__}
    assert "    # hook:" in text
    assert "    # email:" not in text


def test_others_are_offered_as_comments() -> None:
    """Who is known answers nothing, and stands on one line that is right without its sign."""
    known = [NewPerson('Ana "A" {Lind}, x', role="recruiter"), NewPerson("Jonas Lind")]
    text = render_note("Acme", "Analyst", known=known)
    assert answers(read(text))[0] is Answer.MISSING
    opened = text.replace("# people:", "people:").replace("#   - {", "  - {", 2)
    people = read(opened).front.people
    assert not isinstance(people, NotApplicable)
    assert [person.name for person in people] == ['Ana "A" {Lind}, x', "Jonas Lind"]


def test_round_zone_and_schema_are_written_down() -> None:
    """They stand where they belong, and without an interview the first two are left out."""
    given = {"number": 3, "timezone": "Europe/Berlin", "schema": "../x.json"}
    text = render_note("Acme", "A", interview_format=Format.VIDEO, start="2026-11-19", **given)  # type: ignore[arg-type]
    block = read(text).front.interview
    assert block is not None
    assert (block.round, block.timezone) == (3, "Europe/Berlin")
    assert text.startswith("---\n# yaml-language-server: $schema=../x.json\ncompany: Acme\n")
    assert read(render_note("Acme", "A", **given)).front.interview is None  # type: ignore[arg-type]
