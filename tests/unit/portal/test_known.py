"""What a new note can take over from the others."""

from __future__ import annotations

from datetime import date

import pytest

from followup.notes.entry_parser import parse_entry
from followup.portal.build import build_portal
from followup.portal.known import (
    find_application,
    find_company,
    find_people,
    near_names,
    next_round,
    same_name,
    usual_timezone,
)
from followup.portal.model import Application, Company, Portal
from followup.portal.options import Options

PEOPLE = """people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., email: n.okafor@acme.example}
  - {name: Jonas Lind}
  - {id: ana-l, name: Ana Lind, email: a.lind@acme.example}
  - {id: ana-2, name: Ana Lind, email: ana@acme.example}
  - {role: coordinator, email: jobs@acme.example}"""


def note(*lines: str, title: str = "Data Analyst") -> str:
    """A note of Acme Logistics."""
    return "\n".join(["---", "company: Acme Logistics", f"title: {title}", *lines, "---", ""])


def portal_of(*notes: str) -> Portal:
    """What these notes mean together."""
    entries = []
    for number, text in enumerate(notes):
        entry, problems = parse_entry(f"{number}.md", text.encode())
        assert entry is not None, problems
        entries.append(entry)
    portal = build_portal(entries, date(2026, 11, 22), Options())
    assert portal.problems == ()
    return portal


def held(start: str, *more: str, form: str = "video") -> str:
    """A note of an interview."""
    return note(
        "interview:", *(f"  {line}" for line in (f"format: {form}", f"start: {start}", *more))
    )


def acme(portal: Portal) -> Company:
    """The only company."""
    (company,) = portal.companies.values()
    return company


def only(portal: Portal) -> Application:
    """The only application."""
    (application,) = portal.applications.values()
    return application


@pytest.mark.parametrize("text", ["acme logistics", "  ACME   Logistics ", "Ａcme Logistics"])
def test_same_name(text: str) -> None:
    """Capitals and spaces are no difference, and the name stays as it is written already."""
    assert same_name(["Beta", "Acme Logistics"], text) == "Acme Logistics"
    assert find_company(portal_of(note()), text) is not None


@pytest.mark.parametrize(
    "text",
    ["acme", "Acme Logistics GmbH", "Acme Logistic", "Amce Logistics", "Logistics", "Ácme"],
)
def test_near_name(text: str) -> None:
    """Fewer words, more words and slips of the fingers are near, and not the same."""
    assert near_names(["Beta Works", "Acme Logistics"], text) == ("Acme Logistics",)
    assert same_name(["Acme Logistics"], text) is None


@pytest.mark.parametrize("text", ["Acne Studios", "A", "", "🦄", "Log", "Beta Logistics"])
def test_another_name(text: str) -> None:
    """One word in common is not enough, nor is the beginning of one."""
    assert near_names(["Acme Logistics", "🦄🦄"], text) == ()


def test_the_open_application_comes_first() -> None:
    """Of two with one title, that which has not ended is meant."""
    portal = portal_of(
        note("application: a-first", "status: rejected"), note("application: b-second")
    )
    company = acme(portal)
    for title in ("data analyst", "Data  Analyst"):
        found = find_application(portal, company, title)
        assert found is not None
        assert found.id == "b-second"
    assert find_application(portal, company, "Clerk") is None


@pytest.mark.parametrize(
    ("text", "email", "ids"),
    [
        ("okafor", None, ["okafor"]),
        ("@okafor", None, ["okafor"]),
        ("Okafor", None, ["okafor"]),
        ("ngozi", None, ["okafor"]),
        ("Okafor Ngozi", None, ["okafor"]),
        ("jonas-lind", None, ["jonas-lind"]),
        ("Lind", None, ["jonas-lind", "ana-l", "ana-2"]),
        ("Ana Lind", None, ["ana-l", "ana-2"]),
        ("Ana Lind", "A.Lind@acme.example", ["ana-l"]),
        ("Ana Lind", "new@acme.example", ["ana-l", "ana-2"]),
        ("ngozi okafor", "new@acme.example", ["okafor"]),
        ("Okafor", "n.okafor@acme.example", []),
        ("Ngozi Adaeze Okafor", None, []),
        ("Okaf", None, []),
        ("", None, []),
        ("coordinator", None, []),
    ],
)
def test_people(text: str, email: str | None, ids: list[str]) -> None:
    """An id, whole words of a name, or a name with an address; never the beginning of a word."""
    portal = portal_of(note(PEOPLE))
    assert [person.slug for person in find_people(portal, acme(portal), text, email)] == ids


@pytest.mark.parametrize(
    ("notes", "day", "number"),
    [
        ([note()], date(2026, 11, 19), None),
        ([held("2026-11-05")], date(2026, 11, 19), 2),
        ([held("2026-11-05"), held("2026-11-12")], date(2026, 11, 19), 3),
        ([held("2026-11-05", "round: 3")], date(2026, 11, 19), 4),
        ([held("2026-11-05"), held("2026-12-01")], date(2026, 11, 19), 2),
        ([held("2026-12-01")], date(2026, 11, 19), None),
        ([held("2026-11-05", form="networking")], date(2026, 11, 19), None),
        (
            [held("2026-11-05") .replace("---\n", "---\nlog: [{on: 2026-11-04, event: interview_cancelled}]\n", 1)],
            date(2026, 11, 19),
            None,
        ),
    ],
)  # fmt: skip
def test_round(notes: list[str], day: date, number: int | None) -> None:
    """The interviews before count, and the rounds they name; those called off do not."""
    portal = portal_of(*notes)
    assert next_round(portal, only(portal), day) == number


def test_time_zone() -> None:
    """That of the last interview, where it is not what the setting says anyway."""
    portal = portal_of(held("2026-11-05", "timezone: Europe/Berlin"), held("2026-11-04"))
    assert usual_timezone(portal, only(portal)) == "Europe/Berlin"
    for notes in ([held("2026-11-05", "timezone: America/New_York")], [note()]):
        portal = portal_of(*notes)
        assert usual_timezone(portal, only(portal)) is None
