"""The messages that are no thank-you and no check: each says its own thing, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from followup.campaign.drafts import build_drafts
from followup.campaign.model import Draft
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry, Source
from tests.unit.campaign.letters import codes, english, letters_of, result_of, shipped
from tests.unit.notebook import note, portal_of

RIVERA = (
    "{id: rivera, name: Elena Rivera, honorific: Ms., role: hiring_manager, email: e@acme.example}"
)
ODUYA = "{id: oduya, name: Samuel Oduya, honorific: Mr., role: interviewer, email: s@acme.example}"
DAHL = "{id: dahl, name: Karin Dahl, honorific: Ms., role: recruiter, email: k@acme.example}"
WHITCOMB = (
    "{id: whitcomb, name: Tess Whitcomb, honorific: Ms., role: referrer, email: t@acme.example}"
)


def acme(
    *people: str,
    more: str = "",
    body: str = "",
    start: str = "2026-11-18 10:00",
    path: str = "a.md",
    kind: str = "panel",
    title: str = "title: Data Analyst\n",
) -> Entry:
    """The note of an interview at Acme with these people."""
    listed = "\n".join(f"  - {person}" for person in people)
    front = (
        f"company: Acme\n{title}interview: {{format: {kind}, start: {start}}}\n"
        f"people:\n{listed}\n{more}"
    )
    return note(path, front, body)


def log(*items: str) -> str:
    """A log of these items."""
    return "log:\n" + "".join(f"  - {{{item}}}\n" for item in items)


def applied(*items: str, people: str = "", more: str = "", title: str = "Data Analyst") -> Entry:
    """The note of an application without an interview."""
    named = f"people: [{people}]\n" if people else ""
    front = f"company: Acme\ntitle: {title}\napplied_on: 2026-11-02\n{named}{more}"
    return note("a.md", front + (log(*items) if items else ""))


def said(draft: Draft) -> str:
    """The paragraphs of a draft."""
    return "\n".join(" ".join(s.text for s in part) for part in draft.paragraphs)


def lines(draft: Draft) -> set[Source]:
    """Every line that a draft stands on."""
    return {source for sentence in draft.sentences for source in sentence.sources}


# What was promised


def test_a_promise_is_named_and_comes_with_the_message() -> None:
    """The owner's words stand as they are, in the thread of the thank-you."""
    more = "promises: [{what: Send the notebook, by: 2026-11-24}]"
    draft = letters_of(acme(RIVERA, more=more))[("deliver_promise", "rivera")]
    assert ": Send the notebook. " in said(draft)
    assert "with this message" in said(draft)
    assert draft.ready
    assert draft.words <= 60
    assert draft.subject == "Re: Thank you – Data Analyst interview, 18 November"
    assert Source("a.md", 7) in lines(draft)


def test_a_promise_that_sends_nothing_asks_what_came_of_it() -> None:
    """To ask somebody is no attachment, and a message without an answer would say nothing."""
    more = "promises: [{what: Ask Ida about the tram, by: 2026-11-24}]"
    draft = letters_of(acme(RIVERA, more=more))[("deliver_promise", "rivera")]
    assert "[what came of your promise: “Ask Ida about the tram”]" in draft.body
    assert "with this message" not in draft.body
    remark = draft.remarks[0]
    assert (codes(draft), draft.ready) == (["missing_fact"], False)
    assert remark.question == "What came of it? Write it as you would say it."
    assert (remark.source, remark.line_to_add) == (Source("a.md", 7), "what: …")


@pytest.mark.parametrize(
    "what", ["I asked Ida; she likes the X200.", "Ida says that trams are blue."]
)
def test_what_came_of_a_promise_is_said_as_written(what: str) -> None:
    """A whole sentence is what the owner has to tell; whom it is about is theirs to say."""
    more = f"promises: [{{what: '{what}', by: 2026-11-24}}]"
    draft = letters_of(acme(RIVERA, more=more))[("deliver_promise", "rivera")]
    assert what in said(draft)
    assert draft.ready
    assert "with this message" not in draft.body


def test_thanks_ask_what_came_of_a_promise_too() -> None:
    """The thank-you of the same day keeps the promise, and so has the same gap."""
    more = "promises: [{what: Ask Ida about the tram, by: 2026-11-18}]"
    letters = letters_of(acme(RIVERA, more=more), today=date(2026, 11, 18))
    draft = letters[("thank_you", "rivera")]
    assert "[what came of your promise: “Ask Ida about the tram”]" in draft.body
    assert not draft.ready


def test_a_promise_about_its_reader_is_a_gap() -> None:
    """Words that talk about the reader are quoted as a gap, with the line to mend."""
    more = "promises:\n  - what: Send Ms. Rivera the notebook\n    by: 2026-11-24\n"
    draft = letters_of(acme(RIVERA, more=more))[("deliver_promise", "rivera")]
    gap = next(s for s in draft.sentences if s.gap)
    assert "“Send Ms. Rivera the notebook”" in gap.text
    assert codes(draft) == ["third_person"]
    assert (draft.remarks[0].source, draft.remarks[0].line_to_add) == (
        Source("a.md", 8),
        "what: …",
    )
    assert not draft.ready


def test_each_promise_has_its_own_message() -> None:
    """Of several promises each message names the one it keeps; others stay out of it."""
    more = (
        "promises:\n  - {what: Send the notebook, by: 2026-11-24, to: rivera}\n"
        "  - {what: Send the map, by: 2026-11-25, to: rivera}\n"
        "  - {what: Send the song, by: 2026-11-24, to: oduya}\n"
    )
    _, result = result_of(acme(RIVERA, ODUYA, more=more))
    texts = [said(d) for d in result.drafts.values() if "Send the" in said(d)]
    named = [[word for word in ("notebook", "map", "song") if word in text] for text in texts]
    assert sorted(named) == [["map"], ["notebook"], ["song"]]


def test_two_promises_on_one_line_are_not_mixed_up() -> None:
    """Which of them a message keeps is not guessed."""
    more = (
        "promises: [{what: Send the notebook, by: 2026-11-24}, "
        "{what: Send the map, by: 2026-11-25}]\n"
    )
    _, result = result_of(acme(RIVERA, more=more))
    kept = [d for d in result.drafts.values() if "[what you promised Ms. Rivera]" in said(d)]
    assert len(kept) == 2
    assert [codes(draft) for draft in kept] == [["missing_fact"], ["missing_fact"]]
    assert "line of its own" in kept[0].remarks[0].question


def test_a_promise_of_the_same_day_is_kept_with_the_thanks() -> None:
    """It stands where the hook stands, after the job; there is no second message."""
    hooked = RIVERA.replace("}", ', hook: "Back Cove takes beginners."}')
    more = "promises: [{what: Send the notebook, by: 2026-11-18}]\n"
    body = "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n"
    letters = letters_of(acme(hooked, more=more, body=body), today=date(2026, 11, 18))
    text = said(letters[("thank_you", "rivera")])
    places = [text.index(word) for word in ("I can count.", "Send the notebook.", "Back Cove")]
    assert places == sorted(places)
    assert ("deliver_promise", "rivera") not in letters
    assert letters[("thank_you", "rivera")].ready


def test_thanks_never_drop_a_promise() -> None:
    """A promise that cannot be told from another leaves a gap in the thanks."""
    more = (
        "promises: [{what: Send the notebook, by: 2026-11-18}, "
        "{what: Send the map, by: 2026-11-25}]\n"
    )
    letters = letters_of(acme(RIVERA, more=more), today=date(2026, 11, 18))
    assert "[what you promised Ms. Rivera]" in said(letters[("thank_you", "rivera")])


def test_a_promise_that_was_put_off() -> None:
    """Its reason names the line that put it off; the promise is found all the same."""
    more = "promises: [{what: Send the notebook, by: 2026-11-20}]\n" + log(
        "on: 2026-11-20, event: snoozed, touch: deliver_promise, until: 2026-11-27"
    )
    draft = letters_of(acme(RIVERA, more=more))[("deliver_promise", "rivera")]
    assert "Send the notebook." in said(draft)


def test_a_promise_in_an_application_without_an_interview() -> None:
    """It speaks of no conversation."""
    entry = applied(people=DAHL, more="promises: [{what: Send the notebook, by: 2026-11-24}]\n")
    draft = letters_of(entry)[("deliver_promise", "dahl")]
    assert "Send the notebook." in said(draft)
    assert "conversation" not in said(draft) + draft.subject
    assert draft.ready


# Something useful, half way to the decision

LATER = "decision: {by: 2026-12-18}\n"
WORK = (
    "## The job\n- Trucks are late. @rivera\n"
    "## First projects\n- Count the trucks. @rivera\n- Name the depots. @rivera\n"
    "## Why I can do it\n- I can count. @rivera\n- I can read a map. @rivera\n"
)


def test_what_is_useful_is_not_what_the_thanks_said() -> None:
    """Another project and another proof than the thank-you used."""
    letters = letters_of(acme(RIVERA, more=LATER, body=WORK))
    thanks, draft = letters[("thank_you", "rivera")], letters[("value_add", "rivera")]
    assert "Count the trucks." in said(thanks)
    assert "I can count." in said(thanks)
    assert "Name the depots." in said(draft)
    assert "Count the trucks." not in said(draft)
    assert "I can read a map." in said(draft)
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]
    assert "I look forward to hearing" in said(draft)


def test_a_project_that_the_thanks_only_touched() -> None:
    """Where the thanks spoke of all of them, the one they began with is not taken again."""
    body = WORK.removeprefix("## The job\n- Trucks are late. @rivera\n")
    letters = letters_of(acme(RIVERA, more=LATER, body=body))
    assert "Name the depots." in said(letters[("thank_you", "rivera")])
    assert "Name the depots." in said(letters[("value_add", "rivera")])
    assert "Count the trucks." not in said(letters[("value_add", "rivera")])


def test_the_only_project_may_come_again() -> None:
    """Another project is preferred, not required; a proof that was said is useful no more."""
    body = "## First projects\n- Count the trucks.\n## Why I can do it\n- I can count.\n"
    draft = letters_of(acme(RIVERA, more=LATER, body=body))[("value_add", "rivera")]
    assert "Count the trucks." in said(draft)
    assert "I can count." not in said(draft)
    assert "[something of use to Ms. Rivera" in said(draft)
    assert codes(draft) == ["missing_fact"]
    assert draft.remarks[0].source == Source("a.md", 11)
    assert draft.remarks[0].line_to_add == "- …"


def test_after_thanks_that_were_never_sent_everything_is_new() -> None:
    """A thank-you that was missed has said nothing."""
    body = "## First projects\n- Count the trucks.\n## Why I can do it\n- I can count.\n"
    entry = acme(RIVERA, more=LATER, body=body)
    draft = letters_of(entry, today=date(2026, 12, 1))[("value_add", "rivera")]
    assert "I can count." in said(draft)
    assert draft.ready


def test_what_others_said_is_not_told_to_the_manager() -> None:
    """A project marked for somebody else leaves a gap; a bullet of one's own fills it."""
    body = "## First projects\n- Count the trucks. @oduya\n## Why I can do it\n- I can count.\n"
    draft = letters_of(acme(RIVERA, ODUYA, more=LATER, body=body))[("value_add", "rivera")]
    assert "Count the trucks." not in said(draft)
    assert "[one problem or first project Ms. Rivera spoke of]" in said(draft)
    assert "marked for others" in draft.remarks[0].message
    assert draft.remarks[0].line_to_add == "- … @rivera"


# An invitation


@pytest.mark.parametrize(
    ("start", "kind", "zone", "expected"),
    [
        ("2026-11-27 09:30", "onsite", "", "on Friday, 27 November, at 09:30."),
        ("2026-11-27 09:30", "video", "", "ready on Friday, 27 November, at 09:30."),
        ("2026-11-27", "onsite", "", "at what time you expect me"),
        ("2027-01-05 09:30", "onsite", "", "on Tuesday, 5 January 2027, at 09:30."),
        ("2026-11-27 15:00", "panel", "Europe/Berlin", "at 15:00 your time."),
    ],
)
def test_confirming_an_invitation(start: str, kind: str, zone: str, expected: str) -> None:
    """It confirms the day and the hour as the note has them, in the employer's time."""
    timezone = f", timezone: {zone}" if zone else ""
    entry = note(
        "a.md",
        f"company: Acme\ntitle: Clerk\ninterview: {{format: {kind}, start: {start}{timezone}}}\n"
        f"people: [{DAHL}]\n" + log("on: 2026-11-20, event: invited, from: dahl"),
    )
    draft = letters_of(entry, timezone="America/New_York")[("confirm_invitation", "dahl")]
    assert expected in said(draft)
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]
    assert {source.line for source in lines(draft)} >= {3, 4, 7}


def test_an_invitation_without_a_day() -> None:
    """Where the note has no interview, the day is asked for; nothing is made up."""
    entry = applied("on: 2026-11-20, event: invited, from: dahl", people=DAHL)
    draft = letters_of(entry)[("confirm_invitation", "dahl")]
    assert "which day and time" in said(draft)
    assert draft.subject == "Interview for the Data Analyst position"
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_an_invitation_to_the_next_round_in_the_note_of_the_last() -> None:
    """The interview of that note is over: its day is not confirmed again."""
    more = log("on: 2026-11-20, event: invited, from: rivera")
    draft = letters_of(acme(RIVERA, more=more))[("confirm_invitation", "rivera")]
    assert "18 November" not in said(draft) + draft.subject
    assert "which day and time" in said(draft)


def test_each_invitation_is_answered_for_itself() -> None:
    """Two invitations in one note have two answers, each with its own line and wording."""
    more = log(
        "on: 2026-11-19, event: invited, from: dahl",
        "on: 2026-11-20, event: invited, from: dahl",
    )
    entry = acme(DAHL, start="2026-11-27 10:00", more=more)
    _, result = result_of(entry)
    answers = list(result.drafts.values())
    assert [Source("a.md", 8) in lines(a) for a in answers] == [True, False]
    assert [Source("a.md", 9) in lines(a) for a in answers] == [False, True]
    assert said(answers[0]) != said(answers[1])


# A rejection


@pytest.mark.parametrize(
    ("people", "sender", "expected"),
    [
        ((RIVERA, ODUYA, DAHL), "dahl", "that you and your colleagues gave me."),
        ((RIVERA, DAHL), "dahl", "that you and Ms. Rivera gave me."),
        ((DAHL,), "dahl", "for the time that you gave me."),
        ((DAHL, "{id: x, role: interviewer}"), "dahl", "for the time that you gave me."),
    ],
)
def test_whose_time_is_thanked_for(people: tuple[str, ...], sender: str, expected: str) -> None:
    """Colleagues are thanked for where some were met, and by name where it was one."""
    more = log(f"on: 2026-11-20, event: rejected, from: {sender}")
    draft = letters_of(acme(*people, more=more))[("rejection_reply", sender)]
    assert said(draft).startswith("Thank you for letting me know, and for the time")
    assert expected in said(draft)
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_a_rejection_by_somebody_who_was_not_there() -> None:
    """Time is thanked for in the name of those who gave it."""
    coordinator = DAHL.replace("recruiter", "coordinator")
    more = log("on: 2026-11-20, event: rejected, from: dahl")
    text = said(
        letters_of(acme(RIVERA, ODUYA, coordinator, more=more))[("rejection_reply", "dahl")]
    )
    assert "the time that your colleagues gave me" in text


def test_a_rejection_that_nobody_signed() -> None:
    """The main contact is not thanked for letting one know: who did is not noted."""
    more = log("on: 2026-11-20, event: rejected")
    draft = letters_of(acme(RIVERA, DAHL, more=more))[("rejection_reply", "dahl")]
    assert said(draft).startswith("I have received your answer about the Data Analyst position.")
    assert "that you and Ms. Rivera gave me" in said(draft)


def test_a_rejection_without_an_interview() -> None:
    """Nobody's time is thanked for, and no work was seen."""
    entry = applied("on: 2026-11-20, event: rejected, from: dahl", people=DAHL)
    draft = letters_of(entry)[("rejection_reply", "dahl")]
    assert "considering me for the Data Analyst position" in said(draft)
    assert "saw" not in said(draft)
    assert "interviews" not in said(draft)
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_an_earlier_interview_in_another_note_counts() -> None:
    """Who was met at the application is known from all of its notes."""
    first = acme(RIVERA, ODUYA, path="a.md")
    more = log("on: 2026-11-20, event: rejected, from: dahl")
    last = acme(DAHL, path="b.md", start="2026-11-19 10:00", more=more)
    draft = letters_of(first, last)[("rejection_reply", "dahl")]
    assert "you and your colleagues" in said(draft)
    assert {source.path for source in lines(draft)} == {"a.md", "b.md"}


def test_nobody_to_write_to() -> None:
    """Without a person the message begins with a guess at nobody and is incomplete."""
    entry = applied("on: 2026-11-20, event: rejected")
    draft = letters_of(entry)[("rejection_reply",)]
    assert draft.salutation.text == "Dear Hiring Manager,"
    assert not draft.ready
    assert {remark.line_to_add for remark in draft.remarks} == {"people: [{name: …, email: …}]"}


# An offer


@pytest.mark.parametrize(
    ("deadline", "expected", "asks"),
    [
        (", deadline: 2026-12-04", "by 4 December", False),
        ("", "By when do you need my answer?", True),
    ],
)
def test_thanks_for_an_offer(deadline: str, expected: str, *, asks: bool) -> None:
    """The answer is announced by the deadline; where none is known it is asked for."""
    more = f"offer: {{received_on: 2026-11-20{deadline}, notes: 30 days off}}\n" + log(
        "on: 2026-11-20, event: offer, from: rivera"
    )
    draft = letters_of(acme(RIVERA, ODUYA, DAHL, more=more))[("offer_thanks", "rivera")]
    assert expected in said(draft)
    assert ("By when" in said(draft)) is asks
    assert "everybody who took the time" in said(draft)
    assert "30 days" not in draft.body
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_thanks_for_an_offer_know_only_what_was_before_it() -> None:
    """Who was met after the offer is not thanked for it."""
    more = log("on: 2026-11-16, event: offer, from: rivera")
    before = acme(RIVERA, start="2026-11-12 10:00", more=more)
    after = acme(RIVERA, ODUYA, start="2026-11-18 10:00", path="b.md")
    draft = letters_of(before, after)[("offer_thanks", "rivera")]
    assert "Oduya" not in said(draft)


def test_an_offer_without_a_log() -> None:
    """The facts of the note are enough, and name the line."""
    more = "offer: {received_on: 2026-11-20}\n"
    draft = letters_of(acme(RIVERA, more=more))[("offer_thanks", "rivera")]
    assert Source("a.md", 7) in lines(draft)
    assert draft.ready


def test_thanks_for_an_offer_without_an_interview() -> None:
    """Where nobody was met, nobody's thanks are passed on."""
    entry = applied("on: 2026-11-20, event: offer, from: dahl", people=DAHL)
    draft = letters_of(entry)[("offer_thanks", "dahl")]
    assert "pass my thanks" not in said(draft)
    assert draft.target[0] <= draft.words <= draft.target[1]


# The other ends


def taken(on: str = "2026-11-20") -> Entry:
    """The note of an offer that was accepted elsewhere."""
    return note(
        "q.md",
        "company: Quillworks\ntitle: Data Assistant\n" + log(f"on: {on}, event: accepted"),
    )


@pytest.mark.parametrize(
    ("language", "said_of_it"),
    [
        ("en", "did the assessment"),
        ("de", "am Auswahlverfahren teilgenommen"),
        ("fr", "passé l'évaluation"),
        ("es", "hice la prueba"),
    ],
)
def test_nobody_was_met_at_an_assessment(language: str, said_of_it: str) -> None:
    """Each question after one calls it what it was."""
    entry = acme(RIVERA, kind="assessment", more=f"language: {language}\n")
    drafts = result_of(entry, books=shipped(), profile="persistent")[1].drafts.values()
    # Two questions and the closing note.
    assert sum(said_of_it in draft.body for draft in drafts) == 3


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "I promised to come back to you: I asked Sam."),
        ("de", "habe ich versprochen, Ihnen Bescheid zu geben: I asked Sam."),
        ("fr", "j'ai promis de vous tenir au courant\N{NO-BREAK SPACE}: I asked Sam."),
        ("es", "prometí darle una respuesta: I asked Sam."),
    ],
)
def test_what_came_of_a_promise(language: str, lead: str) -> None:
    """What there was to find out is told, and not called the promise itself."""
    promise = "promises: [{what: I asked Sam., by: 2026-11-24, to: rivera}]\n"
    entry = acme(RIVERA, more=f"language: {language}\n{promise}")
    bodies = [d.body for d in result_of(entry, books=shipped())[1].drafts.values()]
    assert [lead in body for body in bodies].count(True) == 1


def test_withdrawing_after_another_offer() -> None:
    """It says why, thanks, and does not say where one goes instead."""
    draft = letters_of(acme(RIVERA, ODUYA, DAHL), taken())[("withdraw", "dahl")]
    assert "I have accepted another offer" in said(draft)
    assert "withdraw my application for the Data Analyst position" in said(draft)
    assert "you and your colleagues" in said(draft)
    assert "Quillworks" not in draft.body + draft.subject
    assert Source("q.md", 5) in lines(draft)
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_withdrawing_an_application_without_an_interview() -> None:
    """There is nobody's time to thank for but theirs."""
    entry = applied("on: 2026-11-10, event: received, from: dahl", people=DAHL)
    draft = letters_of(entry, taken())[("withdraw", "dahl")]
    assert "your time and for considering me" in said(draft)
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_withdrawing_was_put_off() -> None:
    """The letter still stands on the line that accepts the other offer, not on the one that puts off."""
    entry = applied(
        "on: 2026-11-10, event: received, from: dahl",
        "on: 2026-11-21, event: snoozed, touch: withdraw, until: 2026-11-25",
        people=DAHL,
    )
    draft = letters_of(entry, taken())[("withdraw", "dahl")]
    assert "I have accepted another offer" in said(draft)
    assert Source("q.md", 5) in lines(draft)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("accepted", "I have accepted the offer."),
        ("declined", "There was an offer, and I have declined it."),
        ("rejected", "This time the answer was no."),
        ("withdrew", "I have withdrawn my application."),
        ("no_response", "No answer has come"),
    ],
)
def test_the_referrer_hears_how_it_ended(event: str, expected: str) -> None:
    """Each end is told in its own words, with the line that says so."""
    more = log(f"on: 2026-11-20, event: {event}")
    _, result = result_of(acme(RIVERA, WHITCOMB, more=more))
    told = [d for d in result.drafts.values() if d.subject.startswith("News about")]
    assert len(told) == 1
    assert expected in said(told[0])
    assert Source("a.md", 7) in lines(told[0])
    assert "Thank you again for your referral" in said(told[0])
    assert told[0].target[0] <= told[0].words <= told[0].target[1]


def test_the_referrer_hears_of_the_first_interview() -> None:
    """It tells the day and claims no outcome."""
    draft = letters_of(acme(RIVERA, WHITCOMB))[("referrer_update", "whitcomb")]
    assert "the first interview" in said(draft).casefold()
    assert "on Wednesday" in said(draft)
    assert "Rivera" not in draft.body
    assert draft.ready
    assert draft.target[0] <= draft.words <= draft.target[1]


def test_the_referrer_is_not_told_of_an_interview_ahead() -> None:
    """Before it has taken place there is nothing to tell."""
    entry = acme(RIVERA, WHITCOMB, start="2026-11-27 10:00")
    assert [key for key in letters_of(entry) if key[0] == "referrer_update"] == []


def test_an_event_of_a_planned_interview_is_answered() -> None:
    """A rejection before the interview took place is answered; the interview is not thanked for."""
    more = log("on: 2026-11-20, event: rejected, from: dahl")
    letters = letters_of(acme(DAHL, start="2026-11-27 10:00", more=more))
    assert list(letters) == [("rejection_reply", "dahl")]
    assert "considering me" in said(letters[("rejection_reply", "dahl")])


# The last word


@pytest.mark.parametrize("kind", ["panel", "phone_screen", "onsite"])
@pytest.mark.parametrize("people", [(DAHL,), (RIVERA, DAHL.replace("recruiter", "coordinator"))])
def test_the_closing_note(kind: str, people: tuple[str, ...]) -> None:
    """It is short, thanks, is the last, and stays in the thread."""
    title = "title: Junior Business Data Analyst\n"
    letters = letters_of(acme(*people, kind=kind, title=title), profile="persistent")
    draft = letters[("closing_note", "dahl")]
    assert any(word in said(draft) for word in ("last message", "one last time"))
    assert "Thank you" in said(draft)
    assert draft.ready
    assert draft.words <= 60
    assert draft.subject.startswith("Re: ")


# All of them


def test_a_message_that_was_put_off_is_about_the_same_thing() -> None:
    """Its reason names the line that put it off, the message the line that it answers."""
    more = log(
        "on: 2026-11-19, event: rejected, from: dahl",
        "on: 2026-11-20, event: snoozed, touch: rejection_reply, until: 2026-11-27",
    )
    draft = letters_of(acme(RIVERA, DAHL, more=more))[("rejection_reply", "dahl")]
    assert "letting me know" in said(draft)
    assert Source("a.md", 9) in lines(draft)
    assert Source("a.md", 10) not in lines(draft)


def test_the_same_notes_give_the_same_messages() -> None:
    """Neither the order of the files nor another company's note changes a word."""
    more = log("on: 2026-11-20, event: offer, from: rivera") + LATER
    own = acme(RIVERA, ODUYA, WHITCOMB, more=more, body=WORK)
    other = note(
        "z.md", "company: Other\ntitle: Clerk\ninterview: {format: video, start: 2026-11-19}"
    )
    alone = letters_of(own)
    beside = letters_of(other, own)
    assert {key: beside[key] for key in alone} == alone


def test_a_letter_without_title_says_none() -> None:
    """Where no position is known, no message speaks of one."""
    portal = portal_of(acme(RIVERA, title="", kind="networking"), me={"name": "Alex Kim"})
    plan = build_follow_ups(portal)
    first = next(f for f in plan.values() if f.touch == "thank_you")
    for touch in ("closing_note", "offer_thanks", "rejection_reply", "withdraw", "referrer_update"):
        made = replace(first, touch=touch, interview=None if touch != "closing_note" else "a.md")
        drafts = build_drafts(portal, {made.uid: made}, {"en": english()}).drafts
        text = said(drafts[made.uid])
        assert text
        assert "position" not in text.replace("a similar position", ""), text


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("title", ["Data Analyst", None])
def test_withdrawing_where_there_is_an_offer(language: str, title: str | None) -> None:
    """Whoever made an offer is thanked for it once more, and told that another was taken."""
    taken = note("b.md", "company: B\ntitle: C\nlog: [{on: 2026-11-19, event: accepted}]")
    named = f"title: {title}\n" if title else ""
    held = "interview: {format: networking, start: 2026-11-10 10:00}\n" if not title else ""
    front = f"company: Acme\n{named}{held}applied_on: 2026-11-02\npeople: [{RIVERA}]\n"
    called = "log: [{on: 2026-11-10, event: call}, {on: 2026-11-16, event: OFFER}]\n"
    offered = {"en": "offer", "de": "ngeboten", "fr": "proposé", "es": "ofrecerme"}[language]
    texts = []
    for event in ("offer", "received"):
        entry = note("a.md", front + called.replace("OFFER", event))
        portal, result = result_of(entry, taken, books=shipped(), language=language)
        plan = build_follow_ups(portal)
        drafts = {plan[uid].touch: draft for uid, draft in result.drafts.items()}
        texts.append(drafts["withdraw"])
    first = texts[0].paragraphs[0][0]
    assert texts[0].body != texts[1].body
    assert len(first.sources) >= 2
    if title:
        assert offered in first.text


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_later_round_is_not_called_the_first(language: str) -> None:
    """The referrer hears of an interview, where the notes begin with the second round."""
    first = {"en": "first", "de": "erste", "fr": "premier", "es": "primera"}[language]
    referrer = "{id: r, name: Joe Doe, honorific: Mr., role: referrer, email: r@e.example}"
    for number in (1, 2):
        text = f"company: Acme\ntitle: Clerk\npeople: [{RIVERA}, {referrer}]\n"
        held = f"interview: {{format: video, round: {number}, start: 2026-11-18 10:00}}\n"
        entry = note("a.md", text + held)
        portal, result = result_of(entry, books=shipped(), language=language)
        plan = build_follow_ups(portal)
        found = [d for uid, d in result.drafts.items() if plan[uid].touch == "referrer_update"]
        written = f"{found[0].subject}\n{found[0].body}".casefold()
        assert (first in written) is (number == 1), written
