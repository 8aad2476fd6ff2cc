"""What the pages of companies, notes, people and drafts show, and their lists."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.touches import TOUCHES as TABLE
from followup.notes.schema import TOUCHES as NAMES
from followup.notes.schema import Event, Format, Role, Stage
from followup.site.company import build_companies, build_company
from followup.site.drafts import build_draft_list, build_drafts_page
from followup.site.facts import build_note_facts
from followup.site.letters import Letter
from followup.site.life import build_life
from followup.site.lookup import Lookup, build_lookup
from followup.site.note import build_note, build_notes
from followup.site.pages import plan_site
from followup.site.person import build_people, build_person
from followup.site.waiting import build_expected
from followup.site.wording import EVENTS, FORMATS, ROLES, STAGES, TOUCHES
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    BODY,
    PANEL,
    application,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    video_ahead,
)


def letters_of(lookup: Lookup, path: str) -> tuple[Letter, ...]:
    """The letters on a note's drafts page."""
    return build_drafts_page(lookup, lookup.portal.entries[path]).letters


def test_everything_has_words() -> None:
    """No touch, stage, format, role or event reaches the reader by its code name."""
    assert set(TABLE) <= set(TOUCHES)
    assert set(NAMES) <= set(TOUCHES)
    assert set(STAGES) == set(Stage)
    assert set(FORMATS) == set(Format)
    assert set(ROLES) == set(Role)
    assert set(EVENTS) | {Event.SENT, Event.SKIPPED, Event.SNOOZED} == set(Event)


def test_the_life_of_an_application_lifts_labels_that_would_cover_others() -> None:
    """From right to left a label stands at 0, or one above the highest it would cover."""
    lookup = lookup_of(panel())
    life = build_life(lookup, next(iter(lookup.portal.applications.values())))
    assert life is not None
    assert [(e.title, e.day_text, e.stage, e.ahead) for e in life.events] == [
        ("Applied", "26 Oct", True, False),
        ("Interviewing", "20 Nov", True, False),
        ("They answer by", "1 Dec", False, True),
        ("You ask", "3 Dec", False, True),
    ]
    assert [(event.at, event.level) for event in life.events] == [(0, 0), (53, 0), (76, 1), (80, 0)]
    assert life.levels == 2
    assert life.today_at == 57
    assert life.now == 2


def test_a_short_label_is_lifted_over_no_more_than_it_would_cover() -> None:
    """How wide a label is follows from its letters: two weeks beside a short one there is room."""
    front = "company: A\ntitle: T\napplied_on: 2026-10-01\nlog:\n"
    events = "  - {on: 2026-10-08, event: invited}\n  - {on: 2026-11-20, event: offer}\n"
    lookup = lookup_of(note("a.md", front + events))
    life = build_life(lookup, next(iter(lookup.portal.applications.values())))
    assert life is not None
    assert [(event.title, event.at, event.level) for event in life.events] == [
        ("Applied", 0, 0),
        ("Screening", 10, 0),
        ("Offer", 76, 0),
    ]


def test_an_offer_ends_the_waiting_for_a_decision() -> None:
    """What they said before about the day of their decision is no longer of interest."""
    lookup = lookup_of(panel())
    assert build_expected(lookup, next(iter(lookup.portal.applications.values())))
    offered = PANEL + "  - {on: 2026-11-21, event: offer, from: dahl}\n"
    lookup = lookup_of(note("a.md", offered, BODY))
    assert build_expected(lookup, next(iter(lookup.portal.applications.values()))) == ()


def test_an_application_that_has_ended_has_no_today() -> None:
    """Its line stops with the end, and nothing lies ahead."""
    ended = PANEL + "  - {on: 2026-11-21, event: rejected, from: dahl}\n"
    lookup = lookup_of(note("a.md", ended, BODY))
    life = build_life(lookup, next(iter(lookup.portal.applications.values())))
    assert life is not None
    assert life.now is None
    assert [event.title for event in life.events] == ["Applied", "Interviewing", "Rejected"]


def test_a_company_shows_what_is_open_what_was_done_and_whom() -> None:
    """Its rows leave its own name out."""
    lookup = lookup_of(panel())
    view = build_company(lookup, next(iter(lookup.portal.companies.values())))
    assert view.lede == "Junior Data Analyst in Portland, Maine"
    assert [row.title for row in view.to_do] == [
        "Thank Ms. Rivera",
        "Thank Mr. Oduya",
        "Ask Ms. Dahl where things stand",
    ]
    assert all(row.company is None for row in view.to_do)
    assert [line.text for line in view.done] == ["Thanked Ms. Dahl"]
    assert [line.title for line in view.people] == [
        "Ms. Elena Rivera",
        "Mr. Samuel Oduya",
        "Ms. Karin Dahl",
    ]
    assert view.interviews[0].notes[1] == "12 of 13 answered"


def test_a_promise_is_open_until_the_log_says_it_was_kept() -> None:
    """A kept promise leaves the list."""
    promised = PANEL + "promises: [{what: Send the notebook, by: 2026-11-24, to: rivera}]\n"
    lookup = lookup_of(note("a.md", promised, BODY))
    company = next(iter(lookup.portal.companies.values()))
    promise = build_company(lookup, company).promises[0]
    assert (promise.text, promise.due_text) == ("Send the notebook, for Ms. Rivera", "Tue 24 Nov")
    kept = promised.replace(
        "log:", "log:\n  - {on: 2026-11-21, event: sent, touch: deliver_promise, to: rivera}"
    )
    lookup = lookup_of(note("a.md", kept, BODY))
    assert build_company(lookup, next(iter(lookup.portal.companies.values()))).promises == ()


def test_of_several_openings_each_has_its_title_above_its_facts() -> None:
    """The title is not repeated below; a conversation without facts has no heading."""
    chat = note(
        "c.md", "company: Harbor & Pine\ninterview: {format: networking, start: 2026-10-08}\n"
    )
    lookup = lookup_of(panel(), chat)
    view = build_company(lookup, next(iter(lookup.portal.companies.values())))
    assert view.lede == "One application and one conversation."
    assert [opening.title for opening in view.openings] == [
        "Junior Data Analyst",
        "A conversation",
    ]
    assert [opening.title for opening in view.known] == ["Junior Data Analyst"]
    assert "Role" not in [fact.label for fact in view.known[0].facts]
    alone = lookup_of(panel())
    view = build_company(alone, next(iter(alone.portal.companies.values())))
    assert view.known[0].facts[0].label == "Role"


def test_the_lives_of_many_applications_are_folded_after_the_third() -> None:
    """A company with five openings shows three of them and unfolds two."""
    many = [
        note(f"{n}.md", f"company: birch\ntitle: Clerk {n}\napplied_on: 2026-11-0{n}")
        for n in range(1, 6)
    ]
    html = render_all(campaign_of(*many))["companies/birch"]
    above, _, below = html.partition('<details class="fu-more fu-opening__more">')
    assert (above.count('class="fu-opening"'), below.count('class="fu-opening"')) == (3, 2)
    assert "<summary>2 more</summary>" in below


def test_companies_stand_by_their_next_date_and_closed_ones_apart() -> None:
    """What is due first comes first."""
    closed = note("z.md", "company: Ended\ntitle: Clerk\nstatus: rejected\napplied_on: 2026-10-01")
    view = build_companies(lookup_of(application(), closed, panel(), video_ahead()))
    assert [(line.title, line.next[0].on_text, line.next[0].text) for line in view.live] == [
        ("Harbor & Pine", "Fri 20 Nov", "Thank Ms. Rivera"),
        ("Linden & Marsh", "Mon 23 Nov", "Prepare for Linden & Marsh"),
        ("Alder Street", "Tue 1 Dec", "Ask about your application"),
    ]
    assert [(line.title, line.chips[0].text, line.due_text) for line in view.closed] == [
        ("Ended", "Rejected", "Since Thu 1 Oct")
    ]
    assert view.lede == "Four companies, three live."


def test_a_note_asks_the_next_question_with_the_line_to_type() -> None:
    """The first missing one of the thirteen stands with its line; the rest is a list."""
    lookup = lookup_of(panel())
    view = build_note(lookup, next(iter(lookup.portal.entries.values())))
    assert view.title == "Panel interview, round 2"
    assert view.lede == "Fri 20 Nov, 13:30 to 14:30, for Junior Data Analyst."
    assert view.questions is not None
    assert view.questions.said == "12 of 13 answered"
    assert view.questions.question == "When will they decide?"
    assert view.questions.line_to_type.startswith("decision:")
    assert [check.said for check in view.questions.checks if check.missing] == [
        "The decision date, missing"
    ]
    assert view.questions.checks[7].said == "Royal screw-up: none"
    assert view.open_count == "4 follow-ups open"


def test_a_note_is_asked_for_headings_in_its_own_language() -> None:
    """A note that is headed in French is not told to add an English heading, nor is its letter."""
    front = (
        "company: Maison Verte\ntitle: Analyste\ninterview: {format: video, start: 2026-11-20 10:00}\n"
        "people: [{name: Claire Roy, honorific: Ms., email: c.roy@maison.example}]\nlanguage: fr"
    )
    lookup = lookup_of(note("a.md", front, "## Problèmes typiques\n- Les retards de livraison.\n"))
    (entry,) = lookup.portal.entries.values()
    view = build_note(lookup, entry)
    assert view.questions
    assert view.questions.line_to_type == "## Le poste\n- …"
    remarks = [remark for letter in lookup.drafts.values() for remark in letter.remarks]
    asked = {r.line_to_add for r in remarks if r.line_to_add.startswith("## ")}
    assert asked == {"## Pourquoi je peux le faire\n- …"}


def test_an_application_without_an_interview_has_no_completeness() -> None:
    """Nor has an interview that is still to come."""
    lookup = lookup_of(application(), video_ahead())
    views = {path: build_note(lookup, entry) for path, entry in lookup.portal.entries.items()}
    assert [view.questions for view in views.values()] == [None, None]
    assert views["2026-11-16-alder-street.md"].title == "Application for Junior Analyst"


def test_every_line_of_the_front_matter_is_an_anchor_once() -> None:
    """Whatever line a date or a sentence points to can be linked to."""
    lookup = lookup_of(panel())
    entry = next(iter(lookup.portal.entries.values()))
    anchors = [
        line
        for fact in build_note_facts(lookup, entry)
        for item in fact.items
        for line in item.anchors
    ]
    assert sorted(anchors) == sorted({mark.line for mark in entry.marks.values()} | {1})
    start = next(fact for fact in build_note_facts(lookup, entry) if fact.label == "When")
    assert start.items[0].anchors == (10, 11, 12)


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("salary: {min: 58000, max: 64000, currency: USD}", "Pay", "58,000 to 64,000 USD a year"),
        ("salary: {min: 23, currency: USD, period: hour}", "Pay", "23 USD an hour"),
        ("workplace: onsite", "Workplace", "On site"),
        ("resume: r.pdf", "Résumé", "r.pdf"),
        ("job_url: https://jobs.example/1", "Job ad", "jobs.example"),
        ("status: offer", "Stage", "Offer"),
    ],
)
def test_facts_are_written_for_people(line: str, label: str, text: str) -> None:
    """No value stands as the code writes it."""
    entry = note("a.md", PANEL + line, BODY)
    facts = {fact.label: fact.items[0].text for fact in build_note_facts(lookup_of(entry), entry)}
    assert facts[label] == text


def test_notes_ahead_come_first_and_the_others_latest_first() -> None:
    """Each says how far it is."""
    view = build_notes(lookup_of(application(), panel(), video_ahead()))
    assert [(line.title, line.chips[0].text) for line in view.ahead] == [
        ("Linden & Marsh", "Planned")
    ]
    assert [(line.title, line.chips[0].text) for line in view.written] == [
        ("Harbor & Pine", "12 of 13"),
        ("Alder Street", "Applied"),
    ]


def test_notes_of_one_day_stand_by_the_time() -> None:
    """The latest interview of a day comes first, whatever its file is called."""
    early = PANEL.replace("company: Harbor & Pine", "company: Early").replace("13:30", "09:00")
    view = build_notes(lookup_of(note("z.md", early, BODY), panel()))
    assert [line.title for line in view.written] == ["Harbor & Pine", "Early"]


def test_somebody_who_is_still_to_be_met_is_not_said_to_be_met() -> None:
    """The people of a planned interview are just people."""
    lookup = lookup_of(panel(), video_ahead())
    labels = {
        path: {fact.label for fact in build_note_facts(lookup, entry)}
        for path, entry in lookup.portal.entries.items()
    }
    assert ["Met" in found for found in labels.values()] == [True, False]
    assert all("People" in found or "Met" in found for found in labels.values())


def test_a_person_has_meetings_messages_and_what_they_said() -> None:
    """The page of Ms. Rivera quotes her, but not what went wrong."""
    lookup = lookup_of(panel())
    person = next(p for p in lookup.portal.people.values() if p.slug == "rivera")
    view = build_person(lookup, person)
    assert (view.name, view.lede) == ("Ms. Elena Rivera", "Head of Analytics, hiring manager")
    assert [quote.text for quote in view.quotes] == [
        "One analyst works for the nine stores.",
        "Replace eleven spreadsheets with one weekly report.",
    ]
    assert [(row.title, row.who, row.company) for row in view.to_do] == [
        ("Thank Ms. Rivera", "", None)
    ]
    dahl = next(p for p in lookup.portal.people.values() if p.slug == "dahl")
    assert [line.text for line in build_person(lookup, dahl).messages] == ["You thanked Ms. Dahl"]


def test_people_stand_by_family_name() -> None:
    """A team without a name stands under what it is called."""
    view = build_people(lookup_of(panel(), application()))
    assert [line.title for line in view.people] == [
        "Ms. Karin Dahl",
        "Mr. Samuel Oduya",
        "Ms. Elena Rivera",
        "Talent team",
    ]


def test_a_team_without_a_name_is_called_what_it_is_once() -> None:
    """Its job title is its name, and does not stand beside it as well."""
    lookup = lookup_of(application())
    line = build_people(lookup).people[0]
    assert (line.title, line.text) == ("Talent team", "Recruiter, Alder Street")
    person = next(iter(lookup.portal.people.values()))
    assert build_person(lookup, person).lede == "Recruiter"
    entry = next(iter(lookup.portal.entries.values()))
    facts = {fact.label: fact.items[0].text for fact in build_note_facts(lookup, entry)}
    assert facts["People"] == "Talent team"


def test_people_are_found_where_a_reader_looks_for_them() -> None:
    """Marks on letters do not move a name to the end of the list."""
    front = "company: A\ntitle: T\npeople: [{name: Jale Özanlı}, {name: Ada Zorn}, {name: Bo Ott}, {name: Liv Ødegård}]"
    view = build_people(lookup_of(note("a.md", front)))
    names = [line.title for line in view.people]
    assert names == ["Liv Ødegård", "Bo Ott", "Jale Özanlı", "Ada Zorn"]


def test_lists_of_nothing_and_of_one_are_said_in_plain_words() -> None:
    """Nobody was in contact with all of nobody."""
    empty = lookup_of()
    assert build_companies(empty).lede == "No companies yet."
    assert build_notes(empty).lede == "No notes yet."
    assert build_people(empty).lede == "No people yet."
    assert build_draft_list(empty).lede == "Nothing waits to be sent."
    one = lookup_of(application())
    assert build_companies(one).lede == "One company."
    assert build_notes(one).lede == "One note, no interviews so far."
    assert build_people(one).lede == "One person."
    three = build_people(lookup_of(panel()))
    assert three.lede == "Three people; you were in contact with all of them."


def test_a_task_of_ones_own_is_no_message() -> None:
    """Getting ready for somebody is not writing to them, nor is letting a message go."""
    prepared = (
        f"{PANEL}  - {{on: 2026-11-19, event: sent, touch: prepare}}\n"
        "  - {on: 2026-11-21, event: skipped, touch: thank_you, to: rivera}\n"
    )
    lookup = lookup_of(note("a.md", prepared, BODY))
    rivera = next(p for p in lookup.portal.people.values() if p.slug == "rivera")
    assert build_person(lookup, rivera).messages == ()


def test_each_letter_has_one_main_way_out() -> None:
    """A ready one opens in mail, one with a gap leads to the place to fill, a sent one is folded."""
    letters = letters_of(lookup_of(panel()), "2026-11-20-harbor-pine-panel.md")
    rivera, oduya, dahl, check, second = letters
    assert (rivera.heading, rivera.chip.text, rivera.folded) == ("To Ms. Rivera", "Ready", False)
    assert rivera.mailto.startswith("mailto:e.rivera@harborpine.example?")
    assert rivera.fill is None
    assert (oduya.chip.text, oduya.mailto, oduya.eml) == ("1 gap", "", None)
    assert oduya.fill is not None
    assert (dahl.chip.text, dahl.folded, dahl.closed) == ("Sent", True, "Sent Fri 20 Nov")
    assert (check.heading, check.chip.text) == (
        "Later: ask Ms. Dahl where things stand",
        "Upcoming",
    )
    assert check.reply == "Fri 20 Nov"
    assert (second.anchor, second.folded) == ("check-2-dahl", True)
    html = render_all(campaign_of(panel()))["drafts/2026-11-20-harbor-pine-panel"]
    assert html.count("fu-btn--main") == sum(letter.open for letter in letters)


def test_every_sentence_with_a_number_has_its_lines() -> None:
    """The numbers in the letter are those of the list; a gap has none."""
    letters = letters_of(lookup_of(panel()), "2026-11-20-harbor-pine-panel.md")
    for letter in letters:
        pieces = [piece for paragraph in letter.paragraphs for piece in paragraph]
        numbers = [piece.number for piece in pieces if piece.number]
        assert sorted(set(numbers)) == [origin.number for origin in letter.origins]
        assert all(piece.number is None for piece in pieces if piece.gap)
        assert all(text for origin in letter.origins for text, _ in origin.places)


def test_what_a_sentence_stands_on_is_told_apart_from_what_they_said() -> None:
    """A fact that quotes them has their words in quotation marks."""
    letters = letters_of(lookup_of(panel()), "2026-11-20-harbor-pine-panel.md")
    said = {text for letter in letters for origin in letter.origins for text, _ in origin.places}
    assert "Next step: The next round, by Tue 1 Dec: “A case round.”" in said


def test_advice_names_its_line_once() -> None:
    """The line is the link behind it, and what to type is marked as such."""
    nameless = PANEL.replace("Karin Dahl, honorific: Ms.", "Karin Dahl")
    campaign = campaign_of(note("a.md", nameless, BODY))
    check = letters_of(build_lookup(campaign), "a.md")[3]
    assert [one.message for one in check.advice] == [
        "Is it Ms. or Mr. Dahl? Add `honorific:`, or leave the full name"
    ]
    assert check.advice[0].line is not None
    html = render_all(campaign)["drafts/a"]
    assert "Add <code>honorific:</code>, or leave the full name (<a " in html


def test_the_list_of_drafts_counts_what_is_ready() -> None:
    """What waits stands by its day, with how many are ready and how many have gaps."""
    view = build_draft_list(lookup_of(panel()))
    assert [chip.text for chip in view.waiting[0].chips] == ["Ready", "1 gap"]
    assert view.waiting[0].due_text == "Fri 20 Nov"
    assert view.over == ()
    assert view.lede == "One draft is ready to send, one has a gap, one comes later."
    earlier = build_draft_list(lookup_of(application()))
    assert earlier.lede == "Nothing is to be sent now, one comes later."


def test_what_is_to_be_sent_stands_above_what_was() -> None:
    """Once all thanks are sent, the check that is due comes first."""
    sent = "".join(
        f"  - {{on: 2026-11-20, event: sent, touch: thank_you, to: {name}}}\n"
        for name in ("rivera", "oduya")
    )
    lookup = lookup_of(note("a.md", PANEL + sent, BODY), today=date(2026, 12, 3))
    assert [(letter.heading, letter.folded) for letter in letters_of(lookup, "a.md")] == [
        ("Ask Ms. Dahl where things stand", False),
        ("To Ms. Rivera", True),
        ("To Mr. Oduya", True),
        ("To Ms. Dahl", True),
        ("Later: ask Ms. Dahl once more", True),
    ]


def test_only_a_draft_that_can_be_sent_has_a_mail_file() -> None:
    """The files are those that the pages link to."""
    campaign = campaign_of(panel())
    files = plan_site(campaign).files
    assert "drafts/2026-11-20-harbor-pine-panel/rivera.eml" in files
    assert "drafts/2026-11-20-harbor-pine-panel/oduya.eml" not in files
    assert "drafts/2026-11-20-harbor-pine-panel/dahl.eml" not in files
    assert (
        b"e.rivera@harborpine.example" in files["drafts/2026-11-20-harbor-pine-panel/rivera.eml"]()
    )


def test_a_missed_thank_you_says_where_its_thanks_went() -> None:
    """After three business days of grace it is no longer to be done."""
    lookup = lookup_of(panel(), today=date(2026, 11, 27))
    company = next(iter(lookup.portal.companies.values()))
    view = build_company(lookup, company)
    assert [row.title for row in view.to_do] == ["Ask Ms. Dahl where things stand"]
    assert ("Missed; its thanks are in the check-in",) in [line.notes for line in view.done]


def test_a_time_abroad_names_its_city() -> None:
    """An interview in another zone says whose clock it is."""
    front = PANEL.replace("  minutes: 60", "  minutes: 60\n  timezone: Europe/Berlin")
    lookup = lookup_of(note("a.md", front, BODY))
    view = build_note(lookup, next(iter(lookup.portal.entries.values())))
    assert view.lede.startswith("Fri 20 Nov, 13:30 to 14:30 Berlin time")
