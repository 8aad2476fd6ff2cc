"""The list of people and the page of one: contact, and everything that was said."""

from __future__ import annotations

from datetime import date

from followup.notes.entry import Entry
from followup.site.lookup import Lookup
from followup.site.person import Listed, PersonView, build_people, build_person
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    BODY,
    PANEL,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    tags,
    video_ahead,
)

ALONE = """company: Birch
title: Analyst
interview: {format: video, start: 2026-11-12 10:00}
people: [{id: lee, name: Ada Lee, honorific: Ms., hook: The night train to Riga.}]
next_step: {what: next_round, said: "Somebody will ring."}
decision: {said: "Before the holidays."}
log:
  - {on: 2026-11-13, event: received, from: lee, note: "Thank you for the link."}
"""
SAID = """## The job
- Nobody counts the returns. @lee
  - They fill a cupboard.
  - Why: too few people
- …  @lee
## What went wrong
- No answer on seasonality. @lee
  - Better answer: I would look at three years.
## Closing words
- "You will hear from us."
## The team
- Six people, two of them new. @lee
"""


def alone() -> Entry:
    """A talk with one person."""
    return note("birch.md", ALONE, SAID)


def page_of(lookup: Lookup, slug: str) -> PersonView:
    """The page of the person with this slug."""
    return build_person(lookup, next(p for p in lookup.portal.people.values() if p.slug == slug))


def listed(lookup: Lookup, title: str) -> Listed:
    """One line of the list."""
    return next(line for line in build_people(lookup).people if line.title == title)


def test_everything_somebody_said_stands_on_their_page() -> None:
    """Facts that quote, bullets and those below them, closing words, headings of the owner's own."""
    view = page_of(lookup_of(alone()), "lee")
    assert [(quote.about, quote.text) for quote in view.quotes] == [
        ("The next step", "Somebody will ring."),
        ("The decision date", "Before the holidays."),
        ("The job", "Nobody counts the returns."),
        ("The job", "They fill a cupboard."),
        ("Closing words", "You will hear from us."),
        ("The team", "Six people, two of them new."),
    ]
    assert [quote.text for quote in view.hooks] == ["The night train to Riga."]
    assert [line.notes for line in view.messages] == [("Fri 13 Nov", "“Thank you for the link.”")]


def test_what_it_showed_about_the_owner_stands_apart() -> None:
    """It came up between the two, but is nothing they said."""
    view = page_of(lookup_of(alone()), "lee")
    assert [(q.about, q.text) for q in view.about_you] == [
        ("What went wrong", "No answer on seasonality.")
    ]


def test_of_several_people_nobody_is_taken_to_have_said_what_names_none() -> None:
    """Closing words and the next step without a name are not put into anybody's mouth."""
    lookup = lookup_of(panel())
    said = [quote.text for slug in ("rivera", "oduya", "dahl")
            for quote in page_of(lookup, slug).quotes]  # fmt: skip
    assert "You will hear from Karin." not in said
    assert "A case round." not in said
    assert "Every store names its products in its own way." in said


def test_what_another_note_of_the_company_quotes_is_theirs_too() -> None:
    """An id means the same person in all notes of a company, named there or not."""
    phone = note(
        "2026-11-04-phone.md",
        "company: Harbor & Pine\ntitle: Junior Data Analyst\n"
        "interview: {format: phone_screen, start: 2026-11-04}",
        "## The job\n- Elena builds it from nothing. @rivera\n",
    )
    quotes = [quote.text for quote in page_of(lookup_of(panel(), phone), "rivera").quotes]
    assert quotes == [
        "One analyst works for the nine stores.",
        "Replace eleven spreadsheets with one weekly report.",
        "Elena builds it from nothing.",
    ]


def test_the_list_can_be_searched_for_what_was_said() -> None:
    """Names, titles and companies; hooks, quotes and the notes of messages."""
    line = listed(lookup_of(alone()), "Ms. Ada Lee")
    assert line.search == "ms. ada lee birch"
    assert line.said.split("\n")[0] == "The night train to Riga."
    for words in ("They fill a cupboard.", "No answer on seasonality.", "Thank you for the link."):
        assert words in line.said.split("\n")


def test_the_list_knows_the_day_of_the_last_contact() -> None:
    """For ordering by it; somebody not met yet has none."""
    lookup = lookup_of(panel(), video_ahead())
    rivera, abara = listed(lookup, "Ms. Elena Rivera"), listed(lookup, "Ms. Ife Abara")
    assert (rivera.contact_on, rivera.contact) == (date(2026, 11, 20), "Fri 20 Nov")
    assert (abara.contact_on, abara.contact) == (None, "")
    html = render_all(campaign_of(panel(), video_ahead()))["people"]
    items = [a for _, a in tags(html) if a.get("class") == "fu-item"]
    assert [item.get("data-on", "") for item in items] == [
        "", "2026-11-20", "2026-11-20", "2026-11-20",
    ]  # fmt: skip
    assert "No contact yet" in html


def test_a_quote_in_the_list_stays_text() -> None:
    """Marks of HTML and quotation marks in a note neither end an attribute nor become a tag."""
    said = 'x" onclick="alert(1)"><img src=x>'
    hooked = PANEL.replace("job_title: Head of Analytics", f"hook: '{said}'")
    html = render_all(campaign_of(note("a.md", hooked, BODY)))["people"]
    found = list(tags(html))
    assert not any(tag == "img" or "onclick" in attributes for tag, attributes in found)
    assert any(attributes.get("data-fu-said", "").startswith(said) for _, attributes in found)
