"""What somebody may type to mean a follow-up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup.campaign.model import Campaign
from followup.campaign.selecting import (
    fitting_applications,
    fitting_uids,
    select,
    suggest,
    uid_length,
)
from tests.unit.notebook import note, plan_of, portal_of

INTERVIEW = "interview: {format: video, start: 2026-11-19 14:00}\n"
ENTRIES = (
    note("acme.md", f"company: Acme Logistics\ntitle: Data Analyst\n{INTERVIEW}"),
    note("2026/cafe\u0301.md", f"company: Café Müller & Søn\ntitle: C++ Developer\n{INTERVIEW}"),
    note(
        "data.md", f"company: Dáta O’Brien\ntitle: Analyst\napplication: night-shift\n{INTERVIEW}"
    ),
    note("saved.md", "company: Acme Logistics\ntitle: Clerk\n"),
    note("ten.md", "company: Team 10\ntitle: Clerk of Works\n"),
    note("one.md", "company: Team 1\ntitle: Clerk\n"),
    note("works.md", "company: Team 1\ntitle: Clerk of Works\n"),
)
PORTAL = portal_of(*ENTRIES)
CAMPAIGN = Campaign(PORTAL, {follow_up.uid: follow_up for follow_up in plan_of(*ENTRIES)}, {})


def entries(text: str, *paths: str) -> set[str]:
    """The notes whose follow-ups are selected."""
    return {follow_up.entry for follow_up in select(CAMPAIGN, text, paths)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("acme", ["acme-logistics-clerk", "acme-logistics-data-analyst"]),
        ("ACME anal", ["acme-logistics-data-analyst"]),
        ("analyst logistics", ["acme-logistics-data-analyst"]),
        ("data analyst", ["acme-logistics-data-analyst", "night-shift"]),
        ("cme", []),
        ("acme nobody", []),
        ("", []),
        ("  ", []),
        ("c++", ["CAFE"]),
        ("cafe muller", ["CAFE"]),
        ("CAFÉ MÜLLER", ["CAFE"]),
        ("cafe mueller", ["CAFE"]),
        ("soen", ["CAFE"]),
        ("søn", ["CAFE"]),
        ("son &", ["CAFE"]),
        ("cafe\u0301", ["CAFE"]),
        ("o'brien", ["night-shift"]),
        ("brien", ["night-shift"]),
        ("night-sh", ["night-shift"]),
        # A name typed in full is not the beginning of a longer one.
        ("team 1", ["team-1-clerk", "team-1-clerk-of-works"]),
        ("Team 1 clerk", ["team-1-clerk"]),
        ("clerk team 1", ["team-1-clerk", "team-1-clerk-of-works", "team-10-clerk-of-works"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    """Every word begins a word of company, title or id; case, accents and signs do not matter."""
    cafe = next(id_ for id_ in PORTAL.applications if id_.startswith("cafe"))
    fitting = fitting_applications(PORTAL, text)
    assert sorted(application.id for application in fitting) == [
        cafe if id_ == "CAFE" else id_ for id_ in found
    ]


def test_words_select_the_follow_ups_of_the_application() -> None:
    """All that is planned for it is selected, in the order of the plan."""
    found = select(CAMPAIGN, "acme data", ())
    assert {follow_up.entry for follow_up in found} == {"acme.md"}
    assert list(found) == [f for f in CAMPAIGN.follow_ups.values() if f.entry == "acme.md"]
    assert len(found) > 2


def test_a_name_selects_what_goes_to_that_person() -> None:
    """Where no application fits; words of the company may stand beside the name."""
    people = "people: [{name: Ana Müller}, {name: Bo Acme, id: bo}]\n"
    entries = (
        note("birch.md", f"company: Birch\ntitle: Clerk\n{INTERVIEW}{people}"),
        note(
            "cedar.md", f"company: Cedar\ntitle: Clerk\n{INTERVIEW}people: [{{name: Ana Lind}}]\n"
        ),
        note("acme.md", f"company: Acme\ntitle: Driver\n{INTERVIEW}"),
    )
    portal = portal_of(*entries)
    campaign = Campaign(portal, {follow_up.uid: follow_up for follow_up in plan_of(*entries)}, {})

    def found(text: str) -> set[tuple[str, tuple[str, ...]]]:
        return {(f.entry, f.to) for f in select(campaign, text, ())}

    assert {entry for entry, _ in found("ana")} == {"birch.md", "cedar.md"}
    assert found("mueller") == found("ana mull") == found("ana birch") == found("clerk muller")
    assert all(entry == "birch.md" and "birch/bo" not in to for entry, to in found("mueller"))
    assert len(found("mueller")) > 0
    assert {entry for entry, _ in found("acme")} == {"acme.md"}
    assert found("ana nobody") == found("") == set()
    assert suggest(campaign, "ana linnd")[0] == "Ana Lind"


def test_a_path() -> None:
    """A note's path selects what it asks for, whichever way its accents are written."""
    assert entries("x", "acme.md") == {"acme.md"}
    assert entries("x", "2026/caf\u00e9.md") == {"2026/cafe\u0301.md"}
    assert entries("x", "nothing.md", "data.md") == {"data.md"}
    assert entries("x", "acme.md", "data.md") == {"acme.md", "data.md"}


def test_a_path_comes_before_words() -> None:
    """A note that asks for nothing is still what was meant."""
    assert entries("acme", "saved.md") == set()
    assert entries("acme", "saved") == {"acme.md"}


def test_a_uid() -> None:
    """Few first characters are enough where they begin no word, and case does not matter."""
    for uid, follow_up in CAMPAIGN.follow_ups.items():
        assert select(CAMPAIGN, uid, ()) == (follow_up,)
        assert follow_up in select(CAMPAIGN, f" {uid[:4].upper()}", ())
        assert follow_up in select(CAMPAIGN, uid[:3], ())
        assert fitting_uids(CAMPAIGN, uid[:3]) == ()


def test_a_uid_comes_before_words() -> None:
    """What is the beginning of a uid is not looked for among the words."""
    first = next(iter(CAMPAIGN.follow_ups.values()))
    campaign = replace(CAMPAIGN, follow_ups={"acme0": replace(first, uid="acme0")})
    assert [follow_up.uid for follow_up in select(campaign, "acme", ())] == ["acme0"]


def test_the_length_of_a_uid() -> None:
    """Four characters, or as many as it takes to tell two apart."""
    first = next(iter(CAMPAIGN.follow_ups.values()))
    assert uid_length(replace(CAMPAIGN, follow_ups={})) == 4
    assert uid_length(replace(CAMPAIGN, follow_ups={"abcdef1": first, "abcdef2": first})) == 7


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acme logistc", "Acme Logistics"),
        ("acme logistics data analist", "Acme Logistics Data Analyst"),
        ("2026/cafe.m", "2026/cafe\u0301.md"),
        ("dta.md", "data.md"),
        ("muler cafe", None),
        ("zzzz", None),
    ],
)
def test_what_may_have_been_meant(typed: str, meant: str | None) -> None:
    """Something near is suggested as it could be typed; where nothing is near, nothing."""
    found = suggest(CAMPAIGN, typed)
    assert (found[0] if found else None) == meant
