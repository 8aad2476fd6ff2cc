"""What notes mean together."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.build import build_campaign
from followup.notes.entry_parser import parse_entry
from followup.notes.schema import Stage
from followup.portal.build import build_portal
from followup.portal.options import Options
from followup.resources import load_phrasebooks
from followup.site.pages import plan_site
from tests.unit.notebook import note, portal_of


def test_companies_by_folded_name() -> None:
    """Case, width and white space do not tell companies apart; accents and punctuation do."""
    portal = portal_of(
        note("1.md", "company: Acme  Logistics\ntitle: Clerk\napplied_on: 2026-11-01"),
        note("2.md", "company: ACME logistics\ntitle: Clerk\napplied_on: 2026-11-02"),
        note("3.md", "company: Acmé Logistics\ntitle: Clerk"),
    )
    assert [company.name for company in portal.companies.values()] == [
        "ACME logistics",
        "Acmé Logistics",
    ]


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("title: Clerk", "title: CLERK", ["acme-clerk"]),
        ("title: Clerk", "title: Cook", ["acme-clerk", "acme-cook"]),
        ("title: Clerk\napplication: job-1", "title: Clerk", ["job-1"]),
        ("title: Clerk\napplication: job-1", "title: Cook\napplication: job-1", ["job-1"]),
        ("title: Clerk\napplication: a", "title: Clerk\napplication: b", ["a", "b"]),
    ],
)
def test_joining_applications(first: str, second: str, ids: list[str]) -> None:
    """`application` joins notes; without it an equal title does."""
    portal = portal_of(
        note("1.md", f"company: Acme\n{first}"), note("2.md", f"company: Acme\n{second}")
    )
    assert list(portal.applications) == ids


def test_default_ids_never_meet() -> None:
    """Where company and title come to the same id, the later note's ends in a hash."""
    portal = portal_of(
        note("1.md", "company: Acme Logistics\ntitle: Data"),
        note("2.md", "company: Acme\ntitle: Logistics Data"),
    )
    first, second = sorted(portal.applications, key=len)
    assert first == "acme-logistics-data"
    assert second.startswith("acme-logistics-data-")
    assert portal.applications[first].entries == ("1.md",)
    assert portal.problems == ()


def test_two_companies_cannot_share_an_application() -> None:
    """An id that the owner gave to two companies is an error at the second note."""
    portal = portal_of(
        note("1.md", "company: Acme\ntitle: Clerk\napplication: job"),
        note("2.md", "company: Other\ntitle: Clerk\napplication: job"),
    )
    assert [(p.path, p.line, p.code) for p in portal.problems] == [("2.md", 4, "application_clash")]
    first, second = sorted(portal.applications, key=len)
    assert portal.applications[first].entries == ("1.md",)
    assert portal.applications[second].entries == ("2.md",)
    plans = plan_site(build_campaign(portal, load_phrasebooks(None)[0])[0])
    assert {page.key for page in plans.pages} >= {"companies/acme", "companies/other"}


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("{id: ana, name: Ana Roth, email: r@acme.example}", True),
        ("{id: ana, name: Roth Mia}", True),
        ("{id: ana, name: Dr. Ana Lind}", False),
        ("{id: ana, name: A. L., email: L@acme.example}", False),
        ("{id: ana, name: TODO}", False),
        ("{id: ana}", False),
    ],
)
def test_two_names_under_one_id_are_told(second: str, *, told: bool) -> None:
    """They count as one person, so that a letter to one could go to the other."""
    portal = portal_of(
        note(
            "1.md",
            "company: Acme\ntitle: A\npeople: [{id: ana, name: Lind, email: l@acme.example}]",
        ),
        note("2.md", f"company: Acme\ntitle: B\npeople: [{second}]"),
    )
    assert len(portal.people) == 1
    found = [(p.path, p.line, p.code, p.severity.value) for p in portal.problems]
    assert found == ([("2.md", 4, "another_person", "warning")] if told else [])


@pytest.mark.parametrize(
    "people",
    [
        "[{name: Pat Doe}, {name: Xu Li, id: pat-doe}]",
        "[{name: Pat Doe, email: a@b.example}, {name: Pat Doe, email: c@d.example}]",
    ],
)
def test_two_people_of_one_note_do_not_become_one(people: str) -> None:
    """Somebody who would vanish in another is an error at their line."""
    portal = portal_of(note("1.md", f"company: Acme\ntitle: Clerk\npeople: {people}"))
    assert [(p.line, p.code) for p in portal.problems] == [(4, "duplicate_person")]


@pytest.mark.parametrize("name", ["TODO", "'?'", "unknown", "n/a", "…"])
def test_a_placeholder_is_no_name(name: str) -> None:
    """Nobody is written to as `Dear TODO`."""
    front = f"company: Acme\ntitle: Clerk\npeople: [{{name: {name}, email: jobs@acme.example}}]"
    (person,) = portal_of(note("1.md", front)).people.values()
    assert (person.name, person.slug) == (None, "jobs")


def test_latest_note_wins() -> None:
    """Where facts conflict the latest dated note has the last word; what it leaves out stays."""
    portal = portal_of(
        note(
            "b.md",
            "company: Acme\ntitle: Clerk\nlocation: Berlin\nsource: Fair\napplied_on: 2026-11-01",
        ),
        note("a.md", "company: Acme\ntitle: Clerk\nlocation: Bonn\napplied_on: 2026-11-05"),
    )
    application = portal.applications["acme-clerk"]
    assert (application.location, application.found_through) == ("Bonn", "Fair")
    assert application.applied_on == date(2026, 11, 5)


def person(*facts: str) -> str:
    """Front matter with one person."""
    return f"company: Acme\ntitle: Clerk\npeople: [{{{', '.join(facts)}}}]"


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (["name: Jo Lind"], ["name: jo  LIND"], 1),
        (["name: Jo Lind", "id: lind"], ["id: lind", "email: l@a.example"], 1),
        (
            ["name: Jo Lind", "email: x@a.example"],
            ["name: JO LIND", "id: lind", "email: X@a.example"],
            1,
        ),
        (["name: Jo Lind", "email: jobs@a.example"], ["name: Al Berg", "email: jobs@a.example"], 2),
        (["name: Jo Lind"], ["name: Jo Lind", "id: lind"], 2),
    ],
)
def test_same_person(first: list[str], second: list[str], count: int) -> None:
    """Equal ids are one person; a shared address joins only where the names agree."""
    portal = portal_of(note("1.md", person(*first)), note("2.md", person(*second)))
    assert len(portal.people) == count


def test_people_of_two_companies_stay_apart() -> None:
    """The same name at another company is another person."""
    portal = portal_of(
        note("1.md", person("name: Jo Lind")),
        note("2.md", person("name: Jo Lind").replace("Acme", "Other")),
    )
    assert list(portal.people) == ["acme/jo-lind", "other/jo-lind"]


def test_last_contact() -> None:
    """The last day of a meeting or message with that person, not of a planned one."""
    front = """
company: Acme
title: Clerk
interview: {format: panel, start: 2026-11-10 09:00}
people: [{id: a, name: Ann Abel}, {id: b, name: Ben Berg}]
log:
  - {on: 2026-11-11, event: sent, touch: thank_you, to: a}
  - {on: 2026-11-13, event: received, from: b}
"""
    later = front.replace("2026-11-10", "2026-12-10").partition("log:")[0]
    portal = portal_of(note("1.md", front), note("2.md", later))
    contacts = {person.slug: person.last_contact_on for person in portal.people.values()}
    assert contacts == {"a": date(2026, 11, 11), "b": date(2026, 11, 13)}


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("log: [{on: 2026-11-20, event: sent, touch: thank_you, to: nobody}]", "unknown_person"),
        ("log: [{on: 2026-11-20, event: received, from: nobody}]", "unknown_person"),
        ("promises: [{what: Send it, to: nobody}]", "unknown_person"),
        ("log: [{on: 2026-11-23, event: received}]", "event_ahead"),
        ("subdivision: BY", "unknown_subdivision"),
        ("applied_on: 2026-11-23", "event_ahead"),
        ("offer: {received_on: 2026-11-23}", "event_ahead"),
    ],
)
def test_problems_between_notes(front: str, code: str) -> None:
    """An id that nobody has and an event that is yet to come are told at their line."""
    portal = portal_of(note("1.md", f"company: Acme\ntitle: Clerk\n{front}"))
    assert [(p.line, p.code) for p in portal.problems] == [(4, code)]


def test_unknown_speaker_is_a_warning() -> None:
    """An `@id` in the body that nobody has is told, but stops nothing."""
    portal = portal_of(note("1.md", "company: Acme\ntitle: Clerk", "## The job\n- Fun. @jo\n"))
    assert [(p.line, p.severity.value) for p in portal.problems] == [(6, "warning")]


@pytest.mark.parametrize(
    ("front", "stage"),
    [
        ("", Stage.SAVED),
        ("applied_on: 2026-11-01", Stage.APPLIED),
        ("applied_on: 2026-12-01", Stage.SAVED),
        ("interview: {format: phone_screen, start: 2026-11-02}", Stage.SCREENING),
        ("interview: {format: networking, start: 2026-11-02}", Stage.SAVED),
        (
            "interview: {format: networking, start: 2026-12-02}\nlog: [{on: 2026-11-02, event: invited}]",
            Stage.SAVED,
        ),
        (
            "interview: {format: networking, start: 2026-11-02}\nlog: [{on: 2026-11-02, event: invited}]",
            Stage.SCREENING,
        ),
        ("interview: {format: assessment, start: 2026-11-02}", Stage.INTERVIEWING),
        ("interview: {format: final, start: 2026-12-02}", Stage.SAVED),
        (
            "interview: {format: final, start: 2026-12-02}\nlog: [{on: 2026-11-02, event: invited}]",
            Stage.INTERVIEWING,
        ),
        (
            """
interview: {format: final, start: 2026-11-02}
log: [{on: 2026-11-01, event: interview_cancelled}]""",
            Stage.SAVED,
        ),
        ("offer: {received_on: 2026-11-02}", Stage.OFFER),
        (
            "offer: {received_on: 2026-11-02}\nlog: [{on: 2026-11-03, event: accepted}]",
            Stage.ACCEPTED,
        ),
        (
            """
interview: {format: video, start: 2026-11-09}
log: [{on: 2026-11-03, event: rejected}]""",
            Stage.REJECTED,
        ),
        ("status: withdrawn\napplied_on: 2026-11-01", Stage.WITHDRAWN),
    ],
)
def test_stage(front: str, stage: Stage) -> None:
    """The stage follows from what happened up to today; a status set by hand overrides it."""
    portal = portal_of(note("1.md", f"company: Acme\ntitle: Clerk\n{front}"))
    assert portal.applications["acme-clerk"].stage is stage


def test_time_over_a_change_of_the_clock() -> None:
    """An hour over the end of summer time is an hour, not two."""
    front = (
        "company: Acme\ntitle: Clerk\n"
        "interview: {format: video, start: 2026-10-25 02:30, timezone: Europe/Berlin}"
    )
    interview = portal_of(note("1.md", front)).interviews["1.md"]
    assert interview.start.isoformat() == "2026-10-25T02:30:00+02:00"
    assert interview.end.isoformat() == "2026-10-25T02:30:00+01:00"


def test_country_abroad_leaves_the_home_state_behind() -> None:
    """A note's country does not go with the workspace's subdivision."""
    entry = note("1.md", "company: Acme\ntitle: Clerk\ncountry: DE")
    portal = build_portal([entry], date(2026, 11, 22), Options(country="US", subdivision="NY"))
    application = portal.applications["acme-clerk"]
    assert (application.country, application.subdivision) == ("DE", None)


def test_order_of_notes_does_not_matter() -> None:
    """The same notes in another order give the same portal."""
    entries = [note(f"{n}.md", f"company: C{n % 3}\ntitle: T{n % 2}") for n in range(6)]
    assert portal_of(*entries) == portal_of(*reversed(entries))


def test_completeness_is_for_interviews_that_are_over() -> None:
    """An interview of today counts as over; a planned one has nothing to complete."""
    for start, known in (("2026-11-22", True), ("2026-11-23", False)):
        front = f"company: Acme\ntitle: Clerk\ninterview: {{format: video, start: {start}}}"
        entry, _ = parse_entry("1.md", f"---\n{front}\n---\n".encode())
        assert entry is not None
        found = portal_of(entry).interviews["1.md"].completeness
        assert (found is not None) is known
