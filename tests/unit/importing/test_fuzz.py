"""Whatever a file holds: steps that make good notes, or a reason; never an exception."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.importing.columns import LAYOUTS
from followup.importing.desk import Desk
from followup.importing.files import Kind, Plan, Wishes, find_kind, plan_file
from followup.importing.foreign import FileFault
from followup.importing.note_text import render_opening, render_scalar
from followup.importing.openings import Opening
from followup.importing.plan_invitation import Told
from followup.importing.steps import Known, NewNote, Refused, Skipped
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Format
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.unit.notebook import note

FIXTURES = Path(__file__).parents[2] / "golden" / "import"
FILES = sorted(FIXTURES.iterdir())
TODAY = date(2026, 11, 22)
FRONT = """company: Acme Logistics
title: Data Analyst
people: [{name: Ngozi Okafor, email: n.okafor@acme.example}]"""
NOTE = f"---\n{FRONT}\n---\n".encode()
PIECES = (
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n", b"DTSTART;TZID=", b"--b1",
    b"--b1--", b"\r\n\r\n", b'"', b";", b",", b"\0", b"\xff", b"=?utf-8?q?", b"?=", b"<![",
    b"<!--", b"-->", b"base64", b"charset=", b"multipart/mixed", b"20261126T", b"RRULE:FREQ=",
    b"\xe2\x80\xae", b"\\n", b"\x85", b"\xed\xa0\x80", b":", b"@", b"<", b">", b"(", b"[]",
    b"DURATION:P9999999999W", b"99999999999", b"\n---\n", b": ", b" #", b"{{", b"'", b"\xef\xbb\xbf",
)  # fmt: skip


def plan(kind: Kind, data: bytes, desk: Desk | None = None) -> Plan | FileFault:
    """What a file asks for, beside one note."""
    told = Told("Acme Logistics", "Data Analyst", Format.VIDEO)
    return plan_file(kind, data, desk or fresh_desk(), Wishes(told), lambda steps: steps)


def fresh_desk() -> Desk:
    """A desk with one note."""
    options = Options.model_validate({"me": {"name": "Alex Kim", "email": "alex@example.org"}})
    portal = build_portal([note("a.md", FRONT)], TODAY, options)
    return Desk(portal, ["a.md"], lambda _: NOTE)


def spoil(dice: random.Random, data: bytes) -> bytes:
    """A file with a few bytes put in, taken out, doubled or exchanged."""
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(spoilt) + 1)
        how = dice.random()
        if how < 0.4:
            spoilt[at:at] = dice.choice(PIECES)
        elif how < 0.6:
            del spoilt[at : at + dice.randint(1, 40)]
        elif how < 0.8:
            spoilt[at : at + 1] = bytes([dice.randrange(256)])
        elif how < 0.95:
            other = dice.randrange(len(spoilt) + 1)
            spoilt[at:at] = spoilt[other : other + dice.randint(1, 60)]
        else:
            del spoilt[at:]
    return bytes(spoilt)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_spoilt_file_makes_good_notes_or_none(file: Path) -> None:
    """Files with errors in them are refused, or what comes of them can be taken in again in peace."""
    dice = random.Random(file.name)
    kind = find_kind(file.name, file.read_bytes())
    assert isinstance(kind, Kind)
    taken_in = 0
    for _ in range(300):
        data = spoil(dice, file.read_bytes())
        desk = fresh_desk()
        done = plan(kind, data, desk)
        if isinstance(done, FileFault) or any(isinstance(step, Refused) for step in done.steps):
            continue
        taken_in += 1
        assert not desk.portal.problems
        again = plan(kind, data, desk)
        assert isinstance(again, Plan)
        assert all(isinstance(step, Known | Skipped) for step in again.steps), data
    assert taken_in


@settings(max_examples=200)
@given(st.sampled_from(list(Kind)), st.binary(max_size=400))
def test_any_bytes_are_taken_or_refused(kind: Kind, data: bytes) -> None:
    """Bytes of any kind raise no exception."""
    plan(kind, data)


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(max_examples=300)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=3))
def test_any_cells_make_good_notes(rows: list[tuple[str, str, str]]) -> None:
    """Whatever company, title and notes hold, each row is a note without a problem, or is left out."""
    quoted = ("|".join('"' + c.replace('"', '""') + '"' for c in row) for row in rows)
    data = ("company|title|notes\n" + "\n".join(quoted) + "\n").encode()
    desk = fresh_desk()
    done = plan(Kind.TABLE, data, desk)
    if isinstance(done, FileFault):
        return
    for step in done.steps:
        assert isinstance(step, NewNote | Known | Skipped)
        if isinstance(step, NewNote):
            assert step.path == step.path.replace("/", "").replace("\\", "").lstrip(".")
        if isinstance(step, Skipped):
            assert step.reason.startswith(("no ", "the "))
    assert not desk.portal.problems
    again = plan(Kind.TABLE, data, desk)
    assert isinstance(again, Plan)
    assert not any(isinstance(step, NewNote) for step in again.steps)


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1))
def test_a_scalar_is_read_back(text: str) -> None:
    """A text in the front matter is the text that was meant."""
    text = " ".join(text.split()) or "x"
    entry, _ = parse_entry("a.md", f"---\ncompany: {render_scalar(text)}\ntitle: x\n---\n".encode())
    assert entry is not None
    assert entry.front.company == text


@pytest.mark.parametrize("eighth", range(8))
@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".csv"], ids=lambda f: f.name)
def test_a_cut_table_is_refused_or_says_less(file: Path, eighth: int) -> None:
    """Of a table that was cut off, only rows that are whole become notes."""
    data = file.read_bytes()
    whole = plan(Kind.TABLE, data)
    part = plan(Kind.TABLE, data[: len(data) * eighth // 8])
    assert isinstance(whole, Plan)
    if isinstance(part, Plan):
        assert {s for s in part.steps if isinstance(s, NewNote)} <= set(whole.steps)


def test_a_cut_table_is_refused_in_a_row() -> None:
    """Cut anywhere inside a row, the tables of LinkedIn are refused."""
    for layout in LAYOUTS[:2]:
        name = "Job Applications.csv" if len(layout.head) > 4 else "Saved Jobs.csv"
        data = (FIXTURES / name).read_bytes()
        for end in range(1, len(data)):
            refused = isinstance(plan(Kind.TABLE, data[:end]), FileFault)
            assert refused == (not data[:end].endswith(b"\n"))


def test_the_kind_of_a_file() -> None:
    """The ending of the name tells, else the first words; other kinds are named with what to do."""
    assert find_kind("x.ICS", b"") is Kind.CALENDAR
    assert find_kind("invite", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n") is Kind.CALENDAR
    for name, data in (("x.msg", b""), ("x.csv", b"PK\x03\x04"), ("x.pdf", b"%PDF-"), ("x", b"")):
        assert isinstance(find_kind(name, data), FileFault)
    large = find_kind("x.csv", b"x" * (32 * 1024 * 1024 + 1))
    assert isinstance(large, FileFault)


def test_an_opening_without_anything_is_a_note() -> None:
    """Company and title are enough."""
    entry, problems = parse_entry("a.md", render_opening(Opening(2, "A", "B")).encode())
    assert entry is not None
    assert problems == ()
