"""What the form for a new note shows: the thirteen questions, and what is known already."""

from __future__ import annotations

import json
from typing import Any

from followup.notes.blank import render_note
from followup.notes.categories import CATEGORIES
from followup.notes.entry import Entry
from followup.notes.scalars import parse_person_id
from followup.notes.schema import Format, Role
from followup.site.new_note import NewNote, build_new_note
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    application,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    tags,
    video_ahead,
)


def form(*entries: Entry) -> NewNote:
    """The form of these notes."""
    return build_new_note(lookup_of(*entries))


def known(*entries: Entry) -> list[dict[str, Any]]:
    """The companies that the form's script knows."""
    found: list[dict[str, Any]] = json.loads(form(*entries).known)
    return found


def test_all_thirteen_are_asked_in_order_and_in_their_words() -> None:
    """Under four headings, each question once."""
    groups = form().groups
    assert [group.title for group in groups] == [
        "Who and when",
        "What you learned",
        "How it went",
        "What comes next",
    ]
    questions = [question for group in groups for question in group.questions]
    assert [(q.number, q.key, q.text) for q in questions] == [
        (category.number, category.key, category.question) for category in CATEGORIES
    ]


def test_a_reason_is_asked_where_the_coach_asks_for_one() -> None:
    """What went right, what went wrong and the screw-up; the better answer to the last two."""
    questions = [question for group in form().groups for question in group.questions]
    assert [q.number for q in questions if q.kind == "items"] == [6, 7, 8]
    assert [q.number for q in questions if q.better] == [7, 8]
    assert [q.kind for q in questions if q.number in (1, 10, 11, 12)] == [
        "people",
        "next_step",
        "other_candidates",
        "decision",
    ]


def test_every_format_and_role_can_be_chosen() -> None:
    """What a note may say is offered, under the names that the portal has for it."""
    assert [choice.value for choice in form().formats] == list(Format)
    assert [choice.value for choice in form().roles] == list(Role)
    assert form().roles[0].text == "Hiring manager"
    assert form().honorifics == ("Mr.", "Ms.", "Mrs.", "Miss", "Mx.")


def test_companies_are_known_with_their_jobs_and_people() -> None:
    """Everybody with a name, with what their notes say and nothing more."""
    harbor, alder = (
        company
        for company in known(panel(), video_ahead(), application())
        if company["name"] != "Linden & Marsh"
    )
    if harbor["name"] != "Harbor & Pine":
        harbor, alder = alder, harbor
    assert harbor["jobs"] == [{"title": "Junior Data Analyst", "round": "3"}]
    assert harbor["people"][0] == {
        "id": "rivera",
        "name": "Elena Rivera",
        "honorific": "Ms.",
        "role": "hiring_manager",
        "job_title": "Head of Analytics",
        "email": "e.rivera@harborpine.example",
    }
    assert harbor["ids"] == ["dahl", "oduya", "rivera"]
    assert (alder["people"], alder["ids"]) == ([], ["talent"])


def test_a_job_is_offered_once() -> None:
    """However many notes are about it."""
    again = note("b.md", "company: Harbor & Pine\ntitle: Junior Data Analyst")
    other = note("c.md", "company: Harbor & Pine\ntitle: Clerk")
    (company,) = known(panel(), again, other)
    assert sorted(job["title"] for job in company["jobs"]) == ["Clerk", "Junior Data Analyst"]


def test_a_job_abroad_keeps_its_time_zone() -> None:
    """It is offered for the next interview, beside the one of the settings."""
    front = (
        "company: A\ntitle: B\ninterview: {format: video, start: 2026-11-02 10:00, timezone: %s}"
    )
    abroad, home = note("a.md", front % "Europe/Berlin"), note("b.md", front % "UTC")
    (company,) = known(abroad)
    assert company["jobs"] == [{"title": "B", "round": "2", "timezone": "Europe/Berlin"}]
    assert form(abroad).timezone == "America/New_York"
    assert form(abroad, home).timezones == ("Europe/Berlin", "UTC")
    assert form(panel()).timezones == ()


def test_an_id_is_one_that_a_note_can_have() -> None:
    """A slug that begins with a digit is none; then the name alone says who it is."""
    people = "people:\n  - {name: 3 Musketeers}\n  - {id: Ünal, name: Ö Ünal}\n"
    (company,) = known(note("a.md", f"company: A\ntitle: B\n{people}"))
    ids = [person.get("id") for person in company["people"]]
    assert ids[0] is None
    assert parse_person_id(ids[1]) == ids[1]


def test_without_script_there_is_an_empty_note() -> None:
    """The same that `followup new` makes."""
    assert form(panel()).template == render_note("Company", "Job title")


def test_the_page_keeps_to_what_the_portal_allows() -> None:
    """No script or style in it; every label belongs to a field, and no id stands there twice."""
    html = render_all(campaign_of(panel()))["new"]
    elements = list(tags(html))
    assert not {"script", "style"} & {name for name, _ in elements}
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {a["for"] for name, a in elements if name == "label" and "for" in a}
    assert labelled <= set(ids)
    named = [a for name, a in elements if name in ("input", "select", "textarea") and "name" in a]
    assert {a["id"] for a in named if a["name"] != "na"} == labelled


def test_names_are_text_wherever_they_stand() -> None:
    """A company that is called like markup, or ends the attribute it stands in, stays a name."""
    name = '<b>"x" onload=y \'&amp;'
    evil = note("a.md", f"company: {json.dumps(name)}\ntitle: B")
    html = render_all(campaign_of(evil))["new"]
    (attributes,) = (attributes for _, attributes in tags(html) if "data-known" in attributes)
    assert json.loads(attributes["data-known"])[0]["name"] == name
    assert [a["value"] for tag, a in tags(html) if tag == "option" and a.get("value") == name]
    assert "onload" not in {key for _, found in tags(html) for key in found}
