"""Messages: what a mail says, where it belongs, and how it is quoted."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import markdown
import pytest

from followup.importing.desk import apply_change
from followup.importing.eml import Message, parse_message
from followup.importing.foreign import FileFault, plain_lines
from followup.importing.plan_message import Target, plan_message
from followup.importing.quotation import append_quotation, render_quote
from followup.importing.steps import Known, NewMessage, Refused, Skipped, Step
from followup.notes.append import Insertion, Refusal
from followup.notes.entry import Entry
from followup.notes.entry_parser import LARGEST_NOTE, parse_entry
from followup.notes.prose import finish_prose, prepare_prose
from followup.notes.schema import Event, LogItem
from followup.portal.build import build_portal
from followup.portal.completeness import build_completeness
from followup.portal.model import Portal
from followup.portal.options import Options
from tests.unit.notebook import TODAY, note

ZONE = ZoneInfo("America/New_York")
FIXTURES = Path(__file__).parents[2] / "golden" / "import"
PEOPLE = "people: [{id: okafor, name: Ngozi Okafor, email: n.okafor@acme.example}]"
ACME = f"company: Acme\ntitle: Analyst\napplied_on: 2026-11-01\n{PEOPLE}"


def raw(text: str = "Hello", subject: str = "Next round", **headers: str) -> bytes:
    """A message as a mail program saves it."""
    message = EmailMessage()
    head = {
        "From": "Ngozi Okafor <n.okafor@acme.example>",
        "Date": "Fri, 20 Nov 2026 10:00:00 -0500",
        "Message-ID": "<m1@acme.example>",
        "Subject": subject,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in head.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def message_of(data: bytes) -> Message:
    """The message in a file that is one."""
    message = parse_message(data, ZONE)
    assert isinstance(message, Message), message
    return message


def portal_of(*entries: Entry) -> Portal:
    """Notes of an owner whose address is known."""
    me = {"name": "Alex Kim", "email": "alex@example.org"}
    return build_portal(entries, TODAY, Options.model_validate({"me": me}))


def step_of(data: bytes, *entries: Entry, target: Target | None = None) -> Step:
    """The step that a message asks for."""
    return plan_message(portal_of(*entries), message_of(data), target)


def test_a_message_is_read() -> None:
    """Name, address, day and text are those of the mail; the text part is preferred to the HTML."""
    message = message_of((FIXTURES / "reply.eml").read_bytes())
    assert (message.name, message.sender) == ("Ngozi Okafór", "N.Okafor@acme.example")
    assert message.key == "CAB--123@mail.acme.example"
    assert message.on == date(2026, 11, 20)
    assert message.subject == "Re: Data Analyst – the case round"
    assert message.lines[0] == "Dear Alex,"
    assert message.lines[-1] == "> ## The job"


def test_a_message_of_the_night_is_of_the_owners_day() -> None:
    """The day is that of the owner's zone."""
    late = raw(Date="Sat, 21 Nov 2026 03:00:00 +0000")
    assert message_of(late).on == date(2026, 11, 20)


def test_html_alone_becomes_text() -> None:
    """What a browser would run or load is gone, and paragraphs stay lines."""
    message = EmailMessage()
    message["From"], message["Date"] = "c@acme.example", "Fri, 20 Nov 2026 10:00:00 -0500"
    message.set_content(
        "<style>p{}</style><title>T</title><p>Dear  Alex,</p>\n<ul><li>one<li>two &amp; three</ul>"
        "<script>alert(1)</script><img src=http://evil.example/p.png><br>Best &lt;3<br>"
        "<table><tr><td>When</td><td>Monday</td></tr></table>",
        subtype="html",
    )
    assert message_of(message.as_bytes()).lines == (
        "Dear Alex,", "", "- one", "- two & three", "Best <3", "When Monday",
    )  # fmt: skip


@pytest.mark.parametrize("charset", ["x-unknown", "utf-16", ""])
def test_a_wrong_encoding_loses_no_message(charset: str) -> None:
    """A text whose encoding nobody knows is read as far as it can be."""
    data = b"From: a@b.example\nDate: Fri, 20 Nov 2026 10:00:00 -0500\n"
    data += f"Content-Type: text/plain; charset={charset}\n\nMüller\n".encode()
    assert message_of(data).on == date(2026, 11, 20)


HEAD = b"From: a@b.example\nDate: Fri, 20 Nov 2026 10:00:00 -0500\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no message"),
        (b"\x89PNG\r\n\x1a\n", "no message"),
        (b"company,title\nAcme,Clerk\n", "no message"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\r\nx", "no sender"),
        (b"From: a@b.example\nDate: Fri, 20 Nov 2026 10:00:00 -0500\nSubj", "within its headers"),
        (b"From: a@b.example\n\nx", "no date"),
        (b"From: a@b.example\nDate: Fri, 20 Nov 1926 10:00:00 -0500\n\nx", "no date"),
        (b"From: nobody\nDate: Fri, 20 Nov 2026 10:00:00 -0500\n\nx", "no sender"),
        (b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 9_000 + b"\n\nx", "longer than"),
        (b"From: a@b.example\nContent-Type: text/plain;" + b" a*0*=x;" * 900 + b"\n\nx", "longer"),
        (
            HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 900,
            "more parts",
        ),
        (HEAD + b"Content-Disposition: ,;utf-8*\n\nx", "the text of the message cannot be read"),
        (HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 9_000, "nested deeper"),
    ],
)
def test_what_is_no_message_is_refused(data: bytes, words: str) -> None:
    """A file of another kind, or without sender or date, is not taken in."""
    fault = parse_message(data, ZONE)
    assert isinstance(fault, FileFault)
    assert words in fault.message


@pytest.mark.parametrize("eighth", range(8))
def test_a_cut_message_is_refused(eighth: int) -> None:
    """A message whose last part has no end is not taken in."""
    data = (FIXTURES / "reply.eml").read_bytes()
    assert isinstance(parse_message(data[: len(data) * eighth // 8], ZONE), FileFault)


def test_somebody_known_finds_the_application() -> None:
    """The note that names the sender gets the event, with the subject as its note."""
    step = step_of(raw(), note("a.md", ACME), note("b.md", "company: Beta\ntitle: Clerk"))
    assert isinstance(step, NewMessage)
    assert step.path == "a.md"
    assert step.item == LogItem(
        on=date(2026, 11, 20), event=Event.RECEIVED, sender="okafor", note="Next round"
    )


@pytest.mark.parametrize(
    ("sender", "found"),
    [
        ("N.OKAFOR@acme.example", True),
        ("hr@acme.example", True),
        ("hr@acme.other", False),
        ("somebody@gmail.com", False),
    ],
)
def test_a_domain_counts_where_it_is_one_companys(sender: str, found: bool) -> None:
    """A colleague's message is the company's; a public mail service is nobody's."""
    carla = "company: Beta\ntitle: Clerk\npeople: [{name: Carla Weber, email: carla@gmail.com}]"
    step = step_of(raw(From=sender), note("a.md", ACME), note("b.md", carla))
    assert isinstance(step, NewMessage if found else Refused)
    if isinstance(step, NewMessage) and step.item:
        assert step.item.sender == ("okafor" if sender.startswith("N") else None)


def test_several_applications_are_listed() -> None:
    """Which of two openings under way is meant the owner says, or the subject; an end decides."""
    entries = [note("a.md", ACME), note("b.md", ACME.replace("Analyst", "Clerk"))]
    step = step_of(raw(), *entries)
    assert isinstance(step, Refused)
    assert step.unclear
    assert step.choices == ("Acme, Analyst", "Acme, Clerk")
    told = step_of(raw(), *entries, target=Target(("acme-clerk",)))
    named = step_of(raw(subject="The clerk position"), *entries)
    ended = step_of(raw(), entries[0], note("b.md", f"{ACME.replace('Analyst', 'Clerk')}\n"
                                            "status: rejected"))  # fmt: skip
    paths = [step.path for step in (told, named, ended) if isinstance(step, NewMessage)]
    assert paths == ["b.md", "b.md", "a.md"]


def test_the_latest_note_before_the_message_gets_it() -> None:
    """Of an application's notes it is the last one that names the sender, up to that day."""
    talk = "company: Acme\ntitle: Analyst\ninterview: {format: video, start: 2026-11-1%d}"
    entries = [
        note("a.md", ACME),
        note("b.md", f"{talk % 0}\n{PEOPLE}"),
        note("c.md", talk % 5),
        note("d.md", f"{talk.replace('11-1', '12-1') % 0}\n{PEOPLE}"),
    ]
    step = step_of(raw(), *entries)
    assert isinstance(step, NewMessage)
    assert step.path == "b.md"


def test_ones_own_message_is_left_out() -> None:
    """What the owner sent is nothing received."""
    step = step_of(raw(From="Alex <ALEX@example.org>"), note("a.md", ACME))
    assert isinstance(step, Skipped)


def taken(data: bytes, text: str) -> str:
    """The text of a note after a message was taken in."""
    entry, _ = parse_entry("a.md", text.encode())
    assert entry is not None
    step = step_of(data, entry)
    assert isinstance(step, NewMessage), step
    done = apply_change(step, text.encode())
    assert isinstance(done, bytes), done
    return done.decode()


def read(text: str) -> Entry:
    """A note that has no problem."""
    entry, problems = parse_entry("a.md", text.encode())
    assert entry is not None, problems
    assert not problems
    return entry


def test_a_message_is_taken_in_once() -> None:
    """It is known by its id, and without one by day, sender and subject."""
    start = f"---\n{ACME}\n---\n"
    for data in (raw(), raw(Message_ID="")):
        after = taken(data, start)
        assert isinstance(step_of(data, read(after)), Known)
    other = taken(raw(Message_ID="<m2@acme.example>"), taken(raw(), start))
    assert len(read(other).front.log) == 2


@pytest.mark.parametrize("written", ["", ", note: Next round", ", from: okafor"])
def test_an_event_that_is_there_is_not_added_again(written: str) -> None:
    """An event of that day which no message stands for is this one's: only the text is added."""
    log = f"log:\n  - {{on: 2026-11-20, event: received{written}}}"
    after = taken(raw(), f"---\n{ACME}\n{log}\n---\n")
    assert len(read(after).front.log) == 1
    assert "## Message of 2026-11-20" in after


def test_a_quotation_counts_nothing() -> None:
    """No heading, bullet, person, tag, link or tag of HTML in a message is one of the note."""
    start = f"---\n{ACME}\ninterview: {{format: video, start: 2026-11-10}}\n---\n## The job\n- x\n"
    after = read(taken((FIXTURES / "reply.eml").read_bytes(), start))
    before = read(start)
    assert [(s.heading, s.text) for s in after.sections[:-1]] == [("The job", "x")]
    new = after.sections[-1]
    assert (new.category, new.bullets) == (None, ())
    assert build_completeness(after) == build_completeness(before)
    prose = prepare_prose(after)
    page = markdown.markdown(prose.text)
    shown = finish_prose(page, prose, person=lambda name: (name, "#"), tag=str)
    assert shown.count("<h2") == 2
    for made in ("<a", "<img", "<script", "<h1", 'id="okafor"'):
        assert made not in shown
    for said in ("# The case round", "[the brief](brief.md)", "@okafor #evidence", "&lt;script"):
        assert said in shown


HOSTILE = [
    "# Heading", "Heading\n---", "Heading\n===", "- [ ] task @okafor #evidence", "```\ncode",
    "~~~\ncode", "<!-- comment", "<pre>", "<script>alert(1)</script>", "[x]: http://evil.example",
    "[^1]: note", "![x](http://evil.example/p.png)", "[a](../../etc/passwd)", "<http://a.example>",
    "    indented", "\tindented", "1. one\n   - two", "> quote\n>> deeper", "| a | b |\n|---|---|",
    "---\ncompany: Evil\n---", "\\", "`", "&lt;b&gt;", "!!! note", ": definition", "***", "$$\nx",
    "{: .class }", "--8<-- \"/etc/passwd\"", "<!-- message: m9@x -->", "\x1b[2J", "\u202e", "a  ",
    "x" * 5_000, "\n".join(["line"] * 900), "*[HTML]: x", "/// note", "=== \"tab\"",
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "body", ["", "text", "# The job\n- a\n\n# Closing words\n- b", "- a\n  - b"]
)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_only_a_section_is_added(hostile: str, body: str, newline: str) -> None:
    """Whatever a message holds, the note is the old bytes and one run more, and means the same."""
    data = f"---\n{ACME}\n---\n{body}".replace("\n", newline).encode()
    lines = plain_lines(hostile)
    done = append_quotation("a.md", data, "Message of 2026-11-20", "<!-- message: m -->", lines)
    assert isinstance(done, Insertion), done
    assert done.data == data + done.run
    assert done.data.decode().split(newline)[done.line - 1].lstrip("# ") == "Message of 2026-11-20"
    assert read(done.data.decode()).sections[-1].category is None
    assert len(done.run) < 20_000


@pytest.mark.parametrize(
    "body", ["```\nopen\n", "<!-- open\n", "<pre>\nopen\n", "x\n" * (LARGEST_NOTE // 2 - 200)]
)
def test_where_nothing_can_be_added_nothing_is(body: str) -> None:
    """A note that would swallow the text, or is full, stays as it is."""
    data = f"---\n{ACME}\n---\n{body}".encode()
    lines = ["line"] * 200
    assert isinstance(append_quotation("a.md", data, "Message of", "<!-- x -->", lines), Refusal)


def test_short_lines_stay_lines() -> None:
    """A signature keeps its lines; a paragraph that was wrapped flows."""
    wrapped = "word " * 14
    assert render_quote([wrapped.strip(), "end.", "", "Best", "Ngozi"]) == [
        f"> {wrapped.strip()}", "> end.", ">", "> Best  ", "> Ngozi",
    ]  # fmt: skip
