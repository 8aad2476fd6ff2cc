"""Invitations: what a calendar file says, and what it means for the notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from followup.importing.foreign import FileFault
from followup.importing.ics import Invitation, parse_invitations
from followup.importing.marks import find_marks, key_of, render_mark
from followup.importing.moving import find_differences, move_interview
from followup.importing.plan_invitation import Told, plan_invitation
from followup.importing.steps import Known, Moved, NewEvent, NewNote, Refused, Skipped, Step
from followup.notes.append import Refusal
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Event, Format, LogItem
from followup.portal.build import build_portal
from followup.portal.model import Portal
from followup.portal.options import Options
from tests.unit.notebook import TODAY, note

ZONE = ZoneInfo("America/New_York")
FIXTURES = Path(__file__).parents[2] / "golden" / "import"
ACME = """
company: Acme Logistics
title: Data Analyst
people:
  - {id: okafor, name: Ngozi Okafor, email: n.okafor@acme.example}
"""
ALL = Told("Acme Logistics", "Data Analyst")


def calendar(*lines: str, method: str = "REQUEST") -> bytes:
    """A calendar with one event of these lines."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", "UID:u1"]
    return "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def invitation(*lines: str, method: str = "REQUEST") -> Invitation:
    """The only event of a calendar file."""
    found = parse_invitations(calendar(*lines, method=method), ZONE)
    assert not isinstance(found, FileFault), found
    return found[0]


def fixture(name: str) -> Invitation:
    """The invitation in a file of the fixtures."""
    found = parse_invitations((FIXTURES / name).read_bytes(), ZONE)
    assert not isinstance(found, FileFault), found
    return found[0]


def portal_of(*entries: Entry) -> Portal:
    """Notes of an owner whose name and address are known."""
    me = {"name": "Alex Kim", "email": "alex@example.org"}
    return build_portal(entries, TODAY, Options.model_validate({"me": me}))


def step_of(portal: Portal, said: Invitation, told: Told = Told()) -> Step:  # noqa: B008
    """The one step that an invitation asks for."""
    (step,) = plan_invitation(portal, said, told, set())
    return step


def made(step: Step) -> Entry:
    """The note that a step makes; it has no error."""
    assert isinstance(step, NewNote), step
    entry, problems = parse_entry(step.path, step.text.encode())
    assert entry is not None, problems
    return entry


@pytest.mark.parametrize(
    ("lines", "start", "zone", "minutes"),
    [
        (["DTSTART:20261119T190000Z", "DTEND:20261119T194500Z"],
         "2026-11-19 14:00", "America/New_York", 45),
        (["DTSTART:20261120T020000Z"], "2026-11-19 21:00", "America/New_York", None),
        (["DTSTART;TZID=Europe/Berlin:20261119T140000", "DURATION:PT1H30M"],
         "2026-11-19 14:00", "Europe/Berlin", 90),
        (["DTSTART;TZID=W. Europe Standard Time:20261119T140000"],
         "2026-11-19 14:00", "Europe/Berlin", None),
        (["DTSTART;TZID=/example.org/20260101_1/Europe/Berlin:20261119T140000"],
         "2026-11-19 14:00", "Europe/Berlin", None),
        (["DTSTART:20261119T140000", "DTEND:20261119T150000"], "2026-11-19 14:00", None, 60),
        (["DTSTART;VALUE=DATE:20261119", "DTEND;VALUE=DATE:20261120"], "2026-11-19", None, None),
        (["DTSTART:20261119T140000Z", "DTEND:20261119T130000Z"],
         "2026-11-19 09:00", "America/New_York", None),
        (["DTSTART;TZID=Nowhere/Land:20261119T140000"], None, None, None),
        (["DTSTART:soon"], None, None, None),
        (["SUMMARY:No start"], None, None, None),
        (["DTSTART:19261119T140000Z"], None, None, None),
    ],
)  # fmt: skip
def test_a_moment_is_read(
    lines: list[str], start: str | None, zone: str | None, minutes: int | None
) -> None:
    """A zone's name stays, UTC becomes the owner's hour, a floating hour has no zone."""
    found = parse_invitations(calendar(*lines), ZONE)
    if start is None:
        assert isinstance(found, FileFault)
        assert found.message
        return
    assert not isinstance(found, FileFault)
    meeting = found[0].meeting
    assert (meeting.start, meeting.timezone, meeting.minutes) == (start, zone, minutes)


def test_a_zone_that_the_file_describes_is_believed() -> None:
    """A zone with a known name counts only where the file's own description agrees with it."""
    data = (FIXTURES / "invitation.ics").read_bytes()
    found = parse_invitations(data.replace(b"TZOFFSETTO:+0100", b"TZOFFSETTO:+0300"), ZONE)
    assert not isinstance(found, FileFault)
    meeting = found[0].meeting
    assert (meeting.start, meeting.timezone) == ("2026-11-26 06:00", "America/New_York")


@pytest.mark.parametrize(
    ("lines", "place", "link"),
    [
        (["LOCATION:Speicherstadt 4\\, Hamburg"], "Speicherstadt 4, Hamburg", None),
        (["LOCATION:https://acme.zoom.us/j/1?pwd=x"], None, "https://acme.zoom.us/j/1?pwd=x"),
        (["LOCATION:Microsoft Teams Meeting",
          "DESCRIPTION:Join (https://teams.microsoft.com/l/x)."],
         None, "https://teams.microsoft.com/l/x"),
        (["LOCATION:Room 4", "DESCRIPTION:see https://acme.example/jobs"], "Room 4", None),
        (["X-GOOGLE-CONFERENCE:https://meet.google.com/abc"], None, "https://meet.google.com/abc"),
        (["CONFERENCE;VALUE=URI:https://calls.acme.example/7"],
         None, "https://calls.acme.example/7"),
        (["URL:https://acme.example/event"], None, None),
        (["DESCRIPTION:https://evilzoom.us/x https://zoom.us.evil.example/"], None, None),
        (["LOCATION:javascript:alert(1)"], "javascript:alert(1)", None),
    ],
)  # fmt: skip
def test_where_it_is(lines: list[str], place: str | None, link: str | None) -> None:
    """A place is a place; a link is that of a service for meetings, wherever it stands."""
    meeting = invitation("DTSTART:20261119T140000Z", *lines).meeting
    assert (meeting.place, meeting.link) == (place, link)


def test_people_of_an_invitation() -> None:
    """The owner, rooms and doubles are left out; a name that is only an address is none."""
    step = step_of(portal_of(), fixture("invitation.ics"), ALL)
    people: Any = made(step).front.people
    assert [(person.name, person.email) for person in people] == [
        ("Ngozi Okafor", "n.okafor@acme.example"),
        (None, "j.lind@acme.example"),
    ]


def test_somebody_known_keeps_name_and_id() -> None:
    """An address that the notes know joins the new note to that person."""
    portal = portal_of(note("a.md", ACME))
    entry = made(step_of(portal, fixture("invitation.ics")))
    people: Any = entry.front.people
    assert (people[0].id, people[0].name) == ("okafor", "Ngozi Okafor")
    after = portal_of(note("a.md", ACME), entry)
    assert next(p for p in after.people.values() if p.name == "Ngozi Okafor").interviews
    assert not after.problems
    assert entry.front.log[0] == LogItem(
        on=date(2026, 11, 18), event=Event.INVITED, sender="okafor"
    )


def test_two_of_one_name_are_two() -> None:
    """Guests with one name and two addresses get ids of their own."""
    said = invitation(
        "DTSTART:20261119T140000Z",
        "LOCATION:Here",
        "ATTENDEE;CN=Jo Li:mailto:a@acme.example",
        "ATTENDEE;CN=Jo Li:mailto:b@acme.example",
    )
    entry = made(step_of(portal_of(), said, ALL))
    assert not portal_of(entry).problems
    hand = note("a.md", ACME.replace("id: okafor, name: Ngozi Okafor", "name: Jo Li"))
    known = invitation(
        "DTSTART:20261119T140000Z",
        "LOCATION:Here",
        "ATTENDEE;CN=Jo Li:mailto:a@acme.example",
        "ATTENDEE;CN=Jo Li:mailto:n.okafor@acme.example",
        'ATTENDEE;CN="JO LI":invalid:nowhere',
    )
    again = made(step_of(portal_of(hand), known, ALL))
    after = portal_of(hand, again)
    assert not after.problems
    assert {p.email for p in after.people.values()} == {"a@acme.example", "n.okafor@acme.example"}


COMPANIES = (
    note("a.md", ACME),
    note("b.md", "company: Acme\ntitle: Clerk"),
    note("c.md", "company: Linden & Marsh\ntitle: Clerk\nstatus: rejected"),
    note("d.md", "company: Linden & Marsh\ntitle: Senior Clerk"),
)


@pytest.mark.parametrize(
    ("summary", "company", "title"),
    [
        ("Interview with Acme Logistics", "Acme Logistics", "Data Analyst"),
        ("Interview ACME", "Acme", "Clerk"),
        ("linden & marsh: chat", "Linden & Marsh", "Senior Clerk"),
        ("Linden & Marsh, Clerk", "Linden & Marsh", "Clerk"),
        ("Linden & Marsh, Senior Clerk", "Linden & Marsh", "Senior Clerk"),
        ("Interview with Acmeology", None, None),
        ("Acme and Linden & Marsh", None, None),
        ("Interview", None, None),
    ],
)
def test_a_company_is_never_guessed(summary: str, company: str | None, title: str | None) -> None:
    """Its whole name stands in the summary, and only one; else the owner is asked."""
    said = invitation("DTSTART:20261119T140000Z", "LOCATION:Here", f"SUMMARY:{summary}")
    step = step_of(portal_of(*COMPANIES), said)
    if company is None:
        assert isinstance(step, Refused)
        assert "--company" in step.hint
        return
    front = made(step).front
    assert (front.company, front.title) == (company, title)


def test_a_job_is_never_guessed() -> None:
    """Where a company has two openings under way, the owner says which is meant."""
    portal = portal_of(note("a.md", ACME), note("b.md", "company: Acme Logistics\ntitle: Clerk"))
    said = invitation("DTSTART:20261119T140000Z", "LOCATION:Here", "SUMMARY:Acme Logistics")
    step = step_of(portal, said)
    assert isinstance(step, Refused)
    assert set(step.choices) == {"Data Analyst", "Clerk"}
    told = step_of(portal, said, Told(title="clerk"))
    assert made(told).front.title == "Clerk"


def test_a_note_joins_an_application_with_a_key_of_its_own() -> None:
    """Where notes are joined by `application`, the new one has it too."""
    other = note("a.md", ACME.replace("title:", "application: acme-2026\ntitle:"))
    entry = made(step_of(portal_of(other), fixture("invitation.ics")))
    assert len(portal_of(other, entry).applications) == 1


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        (["LOCATION:https://zoom.us/j/1"], Format.VIDEO),
        (["LOCATION:Speicherstadt 4"], Format.ONSITE),
        (["LOCATION:+49 40 123456"], Format.PHONE_SCREEN),
        (["SUMMARY:Phone screen", "LOCATION:https://zoom.us/j/1"], Format.PHONE_SCREEN),
        (["SUMMARY:Telefoninterview"], Format.PHONE_SCREEN),
        (["SUMMARY:Panel interview", "LOCATION:https://zoom.us/j/1"], Format.PANEL),
        (["SUMMARY:Chat"], None),
    ],
)
def test_how_it_is_held(lines: list[str], held: Format | None) -> None:
    """The invitation says how; where it does not, the owner is asked."""
    step = step_of(portal_of(), invitation("DTSTART:20261119T140000Z", *lines), ALL)
    if held is None:
        assert isinstance(step, Refused)
        assert "--format" in step.hint
        return
    block = made(step).front.interview
    assert block is not None
    assert block.format is held


def test_the_same_invitation_is_known() -> None:
    """A note remembers its invitation, wherever the owner moved it and whatever they changed."""
    portal = portal_of()
    step = step_of(portal, fixture("invitation.ics"), ALL)
    entry = made(step)
    text = entry.body.replace("## The job", "## Die Stelle")
    assert isinstance(step, NewNote)
    moved, _ = parse_entry("deep/x.md", step.text.replace(entry.body, text).encode())
    assert moved is not None
    assert step_of(portal_of(moved), fixture("invitation.ics")) == Known(
        "`Interview Acme Logistics: Data Analyst` on 2026-11-26 14:00", "deep/x.md"
    )


def test_an_interview_written_by_hand_is_known() -> None:
    """The same company at the same moment is the same interview, in whatever zone it is told."""
    hand = note("hand.md", ACME + "interview: {format: video, start: 2026-11-26 08:00}")
    assert isinstance(step_of(portal_of(hand), fixture("invitation.ics")), Known)


def test_a_later_version_may_be_of_an_interview_written_by_hand() -> None:
    """Whether an interview ahead was moved the owner says, by a comment in its note."""
    front = ACME + "interview: {format: video, start: 2026-11-26 08:00}"
    asked = step_of(portal_of(note("hand.md", front)), fixture("moved.ics"))
    assert isinstance(asked, Refused)
    assert "hand.md" in asked.message
    comment = "<!-- invitation: 7c1e-%2D44@calendar.acme.example version 0 -->"
    assert comment in asked.hint
    connected = note("hand.md", front, f"{comment}\n")
    assert isinstance(step_of(portal_of(connected), fixture("moved.ics")), Moved)
    over = note("hand.md", front.replace("11-26", "11-20"))
    assert isinstance(step_of(portal_of(over), fixture("moved.ics")), NewNote)


def test_a_later_version_moves_the_interview() -> None:
    """What changed is told, the hour in the zone of the note; an older version changes nothing."""
    entry = made(step_of(portal_of(), fixture("invitation.ics"), ALL))
    step = step_of(portal_of(entry), fixture("moved.ics"))
    assert isinstance(step, Moved)
    (difference,) = step.differences
    assert (difference.key, difference.old, difference.new) == (
        "start", "2026-11-26 14:00", "2026-11-27 15:30",
    )  # fmt: skip
    data = move(step, made_text(fixture("invitation.ics")))
    assert isinstance(data, bytes)
    after, _ = parse_entry(step.path, data)
    assert after is not None
    assert isinstance(step_of(portal_of(after), fixture("moved.ics")), Known)
    assert isinstance(step_of(portal_of(after), fixture("invitation.ics")), Known)


def made_text(said: Invitation) -> bytes:
    """The bytes of the note that an invitation makes."""
    step = step_of(portal_of(), said, ALL)
    assert isinstance(step, NewNote)
    return step.text.encode()


def move(step: Moved, data: bytes) -> bytes | Refusal:
    """The note with what a step changes."""
    return move_interview(step.path, data, step.differences, step.key, step.version)


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    "block",
    [
        b"interview:\n  timezone: Europe/Berlin\n  start: 2026-11-26 14:00   # be early\n  format: video\n",
        b'interview: {format: video, start: "2026-11-26 14:00", timezone: Europe/Berlin}\n',
        b"interview: {start: 2026-11-26T14:00:00, format: video, timezone: Europe/Berlin} # x\n",
    ],
)
def test_only_the_bytes_of_the_value_change(block: bytes, newline: bytes, head: bytes) -> None:
    """Comments, order, quotes and line ends of the note stay as they are."""
    body = f"## The job\n- x\n{render_mark('invitation', key_of('u1'), 0)}\n".encode()
    data = b"---\ncompany: Acme\ntitle: Clerk\n" + block + b"---\n" + body
    data = head + data.replace(b"\n", newline)
    entry, _ = parse_entry("a.md", data)
    assert entry is not None
    said = invitation("DTSTART;TZID=Europe/Berlin:20261127T153000", "SEQUENCE:2")
    step = step_of(portal_of(entry), said)
    assert isinstance(step, Moved)
    after = move(step, data)
    assert isinstance(after, bytes)
    for old in (b"2026-11-26 14:00", b"2026-11-26T14:00:00"):
        if old in data:
            expected = data.replace(old, b"2026-11-27 15:30").replace(b"version 0", b"version 2")
    assert after == expected


def test_a_link_with_a_comma_stays_in_its_braces() -> None:
    """A value that would end its place in braces is put in quotes."""
    link = "https://zoom.us/j/1,2"
    data = b"---\ncompany: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-26,"
    data += b" link: https://zoom.us/j/0}\n---\n<!-- invitation: u1 version 0 -->\n"
    entry, _ = parse_entry("a.md", data)
    assert entry is not None
    said = invitation("DTSTART;VALUE=DATE:20261127", f"LOCATION:{link}", "SEQUENCE:1")
    step = step_of(portal_of(entry), said)
    assert isinstance(step, Moved)
    after = move(step, data)
    assert isinstance(after, bytes)
    moved, _ = parse_entry("a.md", after)
    assert moved is not None
    assert moved.front.interview is not None
    assert moved.front.interview.link == link


def test_what_cannot_be_changed_safely_is_left_to_the_owner() -> None:
    """A value that is written over several lines stays as it is."""
    data = b"---\ncompany: Acme\ntitle: Clerk\ninterview:\n  format: video\n  start: >-\n"
    data += b"    2026-11-26\n---\n"
    entry, _ = parse_entry("a.md", data)
    assert entry is not None
    meeting = invitation("DTSTART;VALUE=DATE:20261127").meeting
    differences = find_differences(entry, meeting, "Europe/Berlin")
    assert [d.old for d in differences] == ["2026-11-26"]
    assert isinstance(move_interview("a.md", data, differences, "u1", 1), Refusal)


def test_a_line_to_add_is_left_to_the_owner() -> None:
    """Where the note has no such key, nothing is changed; the lines are told."""
    data = b"---\ncompany: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-26}\n---\n"
    entry, _ = parse_entry("a.md", data)
    assert entry is not None
    meeting = invitation("DTSTART;VALUE=DATE:20261127", "LOCATION:https://zoom.us/j/1").meeting
    differences = find_differences(entry, meeting, "Europe/Berlin")
    assert [d.key for d in differences] == ["start", "link"]
    assert isinstance(move_interview("a.md", data, differences, "u1", 1), Refusal)


def test_a_cancellation_is_logged_once() -> None:
    """The interview of the note is called off on the day of the message."""
    entry = made(step_of(portal_of(), fixture("invitation.ics"), ALL))
    step = step_of(portal_of(entry), fixture("cancelled.ics"))
    assert isinstance(step, NewEvent)
    assert step.item == LogItem(on=date(2026, 11, 21), event=Event.INTERVIEW_CANCELLED)
    log = f"log:\n  - {{on: 2026-11-21, event: {Event.INTERVIEW_CANCELLED}}}\n---\n<!--"
    text = made_text(fixture("invitation.ics")).decode()
    off, problems = parse_entry(
        entry.path, text.replace("---\n<!--", log.replace("log:\n", ""), 1).encode()
    )
    assert off is not None, problems
    for name in ("cancelled.ics", "invitation.ics"):
        assert isinstance(step_of(portal_of(off), fixture(name)), Known)
    later = invitation("DTSTART:20261201T140000Z", "SEQUENCE:5", "LOCATION:Here")
    renamed, _ = parse_entry(
        "x.md",
        text.replace("7c1e-%2D44@calendar.acme.example", "u1")
        .replace("---\n<!--", log.replace("log:\n", ""), 1)
        .encode(),
    )
    assert renamed is not None
    assert isinstance(step_of(portal_of(renamed), later, ALL), NewNote)


def test_a_cancellation_of_the_unknown_is_left_out() -> None:
    """What no note speaks of need not be called off; what was noted by hand is."""
    assert isinstance(step_of(portal_of(), fixture("cancelled.ics")), Skipped)
    hand = note("hand.md", ACME + "interview: {format: video, start: 2026-11-27 09:30}")
    assert isinstance(step_of(portal_of(hand), fixture("cancelled.ics")), NewEvent)


@pytest.mark.parametrize("eighth", range(8))
@pytest.mark.parametrize("name", ["invitation.ics", "moved.ics", "cancelled.ics"])
def test_a_cut_calendar_is_refused(name: str, eighth: int) -> None:
    """A calendar without its end is not taken in."""
    data = (FIXTURES / name).read_bytes()
    fault = parse_invitations(data[: len(data) * eighth // 8], ZONE)
    assert isinstance(fault, FileFault)
    assert ("has no end" if eighth else "no calendar file") in fault.message


def test_an_answer_is_no_invitation() -> None:
    """A reply to an invitation is refused."""
    found = parse_invitations(calendar("DTSTART:20261119T140000Z", method="REPLY"), ZONE)
    assert isinstance(found, FileFault)


def test_a_key_cannot_end_its_comment() -> None:
    """Whatever an identity holds, it stands in one comment and is found again."""
    for identity in ("a--b", "x --> <script>", "\n\n# Heading", "-", "é" * 300, "u1"):
        text = f"---\ncompany: A\ntitle: B\n---\n{render_mark('invitation', key_of(identity), 3)}\n"
        entry, _ = parse_entry("a.md", text.encode())
        assert entry is not None
        assert [(m.key, m.version) for m in find_marks(entry)] == [(key_of(identity), 3)]
        assert not entry.sections
    assert key_of("a b") != key_of("a%20b ") or key_of("a b") == "a%20b"


def test_hostile_texts_stay_texts() -> None:
    """A summary, a name and a place that would be YAML or Markdown are neither in the note."""
    said = invitation(
        "DTSTART:20261119T140000Z",
        'ORGANIZER;CN="a: [b], {c} # d":mailto:x@acme.example',
        "LOCATION:- 'x': {y}\\n---\\n# z",
    )
    evil = Told('x"\\ny: #', "- [ ] *a* # b: c")
    entry = made(step_of(portal_of(), said, evil))
    people: Any = entry.front.people
    assert people[0].name == "a: [b], {c} # d"
    assert (entry.front.company, entry.front.title) == (evil.company, evil.title)
    assert entry.front.interview is not None
    assert entry.front.interview.place == "'x': {y} --- # z"


def test_names_of_a_directory_are_names_of_a_note() -> None:
    """The family name first, a department or a title keep no invitation out."""
    said = invitation(
        "DTSTART:20261119T140000Z",
        'ORGANIZER;CN="van Dijk, Marie (HR)":mailto:m@acme.example',
        "ATTENDEE;CN=Dr. Jonas Lind:mailto:j@acme.example",
        'ATTENDEE;CN="One, Two, Three":mailto:o@acme.example',
        "LOCATION:Here",
    )
    entry = made(step_of(portal_of(), said, Told("Acme", "Clerk")))
    people: Any = entry.front.people
    marie, lind, other = people
    assert (marie.name, marie.family_name) == ("Marie van Dijk", "van Dijk")
    assert (lind.name, lind.academic_title) == ("Jonas Lind", "Dr.")
    assert other.name == "One, Two, Three"
