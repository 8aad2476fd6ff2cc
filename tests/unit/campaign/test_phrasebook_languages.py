"""Every phrasebook that ships: nothing is missing, nothing is there twice, nothing is said unfounded.

A language is added by its file alone: it is looked for in the folder, and all of this is then asked
of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest

from followup.campaign.choice import Case, Slot
from followup.campaign.fact import write_date, write_on_day, write_time
from followup.campaign.missing_phrases import missing_phrases
from followup.campaign.model import Draft
from followup.campaign.phrasebook import CONDITIONS, Phrasebook, placeholders
from followup.campaign.third_person import contains_word, talks_in_third_person
from followup.campaign.touches import TOUCHES
from followup.notes.categories import HEADING_LANGUAGES
from tests.unit.campaign.letters import letters_of, shipped
from tests.unit.notebook import note

LANGUAGES = sorted(shipped())
EVENTS = (
    "thanks_for_invitation", "thanks_for_answer", "thanks_for_offer", "about_withdrawing",
    "how_it_ended",
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def book(request: pytest.FixtureRequest) -> Phrasebook:
    """Each phrasebook that ships."""
    return shipped()[request.param]


def test_the_languages_that_ship() -> None:
    """Every language in which a note may have its headings has a phrasebook, English has three."""
    assert set(LANGUAGES) >= {*HEADING_LANGUAGES, "en-GB", "en-US"}


def test_nothing_is_missing(book: Phrasebook) -> None:
    """Whatever the English book can say, in whatever case, the book can say too."""
    assert missing_phrases(book, shipped()["en"]) == ()


def test_nothing_is_missing_in_english(book: Phrasebook) -> None:
    """What the other books can say, the English one can, which they are measured by."""
    assert missing_phrases(shipped()["en"], book) == ()


@pytest.mark.parametrize(
    ("language", "jotting", "message"),
    [
        ("en", "Asked about SQL.", "You asked about SQL."),
        ("en", "wants someone with SQL", "Somebody who wants SQL asked for it."),
        ("en", "Nice office. Told me about the depots.", "I was told about the depots."),
        ("en", "The interviewer loved sailing.", "Suggested a layout that cut errors by half."),
        ("de", "Fragte nach SQL", "Der Kunde fragte nach SQL."),
        ("de", "sucht jemanden mit Geduld", "Das Lager sucht jemanden mit Geduld."),
        ("fr", "A demandé si je connais SQL", "Le client a demandé un rapport."),
        ("fr", "Aime la voile", "La demande est forte en été."),
        ("es", "preguntó por SQL", "Un cliente preguntó por SQL."),
        ("es", "Buen ambiente. Quiere a alguien con SQL", "El cliente quiere un informe."),
    ],
)
def test_a_jotting_without_a_name_tells_of_somebody(
    language: str, jotting: str, message: str
) -> None:
    """A sentence that begins with what somebody did is about them; with a name in it, it may be sent."""
    book = shipped()[language]
    assert talks_in_third_person(jotting, book)
    assert not talks_in_third_person(message, book)


def test_every_message_has_a_form(book: Phrasebook) -> None:
    """Each touch that goes to somebody is written, and what is written is a touch."""
    assert set(book.touches) == {name for name, touch in TOUCHES.items() if touch.is_message}


def test_every_touch_uses_the_same_slots(book: Phrasebook) -> None:
    """What a letter carries is the same in every language."""
    slots = {
        touch: {slot for form in forms for slot in form.slots}
        for touch, forms in book.touches.items()
    }
    assert slots == {
        touch: {slot for form in forms for slot in form.slots}
        for touch, forms in shipped()["en"].touches.items()
    }


@pytest.mark.parametrize("outcome", sorted(CONDITIONS["outcome"] - {"interview"}))
def test_every_end_is_told_to_the_referrer(book: Phrasebook, outcome: str) -> None:
    """Each way an application can end has its own sentence."""
    slot = Slot(book.slots["how_it_ended"])
    case = Case({"outcome": outcome, "title": "yes"}, frozenset({"event", "title"}))
    chosen = slot.choose(case, (), ("x",), "text")
    assert chosen
    assert chosen.wording.when["outcome"] == {outcome}


@pytest.mark.parametrize("slot", EVENTS)
def test_what_happened_stands_on_its_line(book: Phrasebook, slot: str) -> None:
    """No wording says that something happened without the line of the note that does."""
    assert all("event" in wording.rests_on for wording in book.slots[slot])


def test_wordings_are_told_apart(book: Phrasebook) -> None:
    """No slot says the same twice for one case."""
    for slot, wordings in book.slots.items():
        said = [
            (text, frozenset(wording.when.items()))
            for wording in wordings
            for text in (wording.text, wording.sentence, wording.fragment)
            if text
        ]
        assert len(said) == len(set(said)), slot


def test_what_ships_never_scolds(book: Phrasebook) -> None:
    """No wording is one that the checks would remark on."""
    for text in texts(book):
        assert not contains_word(text, book.watched.cliches), text
        assert "!" not in text


def test_gaps_are_marked(book: Phrasebook) -> None:
    """What must be filled before a letter goes out stands in square brackets."""
    for name, text in book.gaps.model_dump().items():
        assert (text.startswith("[") and text.endswith("]")) == (name != "nobody"), name


def test_sentences_end(book: Phrasebook) -> None:
    """Every wording is a sentence, or ends where the owner's own line stands."""
    for text in texts(book):
        assert text.endswith((".", "?", "{line}")), text
        assert text == text.strip()
        assert "  " not in text


def test_sentences_begin_with_a_capital(book: Phrasebook) -> None:
    """The file writes sentences with a capital; where a letter wants none, that is done for it."""
    for text in texts(book):
        first = text.lstrip("«“„¿¡ ")[0]
        assert first.isupper() or first == "{", text


def test_nobody_is_given_a_gender(book: Phrasebook) -> None:
    """For an honorific that is not known, and for `Mx.`, there is one and the same text."""
    rows = {**book.salutations.model_dump(), **book.references.model_dump()}
    titled = {"Mr.", "Herr", "Herrn", "Frau", "Monsieur", "Madame", "Mme", "Sr.", "Sra.", "señor"}
    for row in rows.values():
        if isinstance(row, dict):
            assert not titled & set(row["Mx."].replace(",", " ").split())


@pytest.mark.parametrize(
    ("language", "days", "hours"),
    [
        ("en", "on 19 November | 1 November 2025", "09:05 | 14:00"),
        ("en-GB", "on 19 November | 1 November 2025", "09:05 | 14:00"),
        ("en-US", "on November 19 | November 1, 2025,", "9:05 a.m. | 2:00 p.m."),
        ("de", "am 19. November | 1. November 2025", "9:05 Uhr | 14 Uhr"),
        ("fr", "le 19 novembre | 1er novembre 2025", "9\u00a0h\u00a005 | 14\u00a0h"),
        ("es", "el 19 de noviembre | 1 de noviembre de 2025", "9:05 h | 14:00 h"),
    ],
)
def test_days_and_hours(language: str, days: str, hours: str) -> None:
    """Days and hours stand in a letter as the language writes them."""
    book = shipped()[language]
    long_after = date(2026, 12, 8)
    written = (
        write_on_day(date(2026, 11, 19), long_after, book),
        write_date(date(2025, 11, 1), 2026, book),
    )
    assert " | ".join(written) == days
    assert " | ".join(write_time(at, book) for at in (time(9, 5), time(14))) == hours


@pytest.mark.parametrize(("hour", "written"), [(0, "12:30 a.m."), (12, "12:30 p.m.")])
def test_noon_and_midnight(hour: int, written: str) -> None:
    """The twelfth hour begins each half of a day."""
    assert write_time(time(hour, 30), shipped()["en-US"]) == written


def texts(book: Phrasebook) -> Iterator[str]:
    """Every text of every wording."""
    for wordings in book.slots.values():
        for wording in wordings:
            said = (wording.text, wording.sentence, wording.fragment, wording.then)
            yield from (text for text in said if text)


def test_the_places_of_a_wording_are_the_same_kind(book: Phrasebook) -> None:
    """A sentence and a fragment of one wording rest on the same facts."""
    for wordings in book.slots.values():
        for wording in wordings:
            if wording.sentence and wording.fragment:
                assert set(placeholders(wording.sentence)) == set(placeholders(wording.fragment))


def letters(language: str, *, start: str = "2026-11-19 14:00", **person: str) -> dict[str, Draft]:
    """The letters about an interview with Ms. Dahl, a recruiter, and somebody else, by touch."""
    facts = {"name": "Karin Dahl", "honorific": "Ms.", "role": "recruiter", **person}
    reader = ", ".join(f"{key}: {value}" for key, value in facts.items())
    front = (
        f"company: Acme\ntitle: Data Analyst\nlanguage: {language}\napplied_on: 2025-10-30\n"
        f"interview: {{format: panel, start: {start}}}\n"
        f"people: [{{id: dahl, email: k@acme.example, {reader}}}, {{id: x, name: Jo Lind}}]\n"
    )
    body = "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n"
    log = "log: [{on: 2026-11-12, event: invited, from: dahl}]\n"
    found = letters_of(note("a.md", front + log, body), books=shipped())
    return {key[0]: draft for key, draft in found.items() if key[1:] == ("dahl",)}


def gone(language: str, kind: str) -> str:
    """The answer to a rejection that followed an interview of this kind."""
    front = (
        f"company: Acme\ntitle: Data Analyst\nlanguage: {language}\n"
        f"interview: {{format: {kind}, start: 2026-11-10 14:00}}\n"
        "people: [{id: dahl, email: k@acme.example, name: Karin Dahl, role: recruiter}]\n"
        "log: [{on: 2026-11-19, event: rejected, from: dahl}]\n"
    )
    return letters_of(note("a.md", front), books=shipped())[("rejection_reply", "dahl")].body


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_only_telephoned_saw_nothing(language: str) -> None:
    """The work was seen by those who came to see it; the others learned of it."""
    seen = [w.text or "" for w in shipped()[language].slots["liked_the_work"] if "format" in w.when]
    assert seen
    assert any(text in gone(language, "onsite") for text in seen)
    assert not any(text in gone(language, "phone_screen") for text in seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_letter_for_everybody_calls_nobody_somebody(language: str) -> None:
    """It names all the others, or says *everybody* where the note does not know a name."""
    front = (
        f"company: Acme\ntitle: Data Analyst\nlanguage: {language}\n"
        "interview: {format: panel, start: 2026-11-19 14:00}\n"
        "people:\n  - {id: dahl, name: Karin Dahl, honorific: Ms., role: recruiter}\n"
        "  - {id: lind, name: Jo Lind, role: hiring_manager}\n"
    )
    for more, named in (("  - {id: x, name: Ann Sore}\n", True), ("  - {id: x}\n", False)):
        found = letters_of(note("a.md", front + more), books=shipped())
        body = next(draft.body for key, draft in found.items() if key[0] == "thank_you")
        thanks = body.split("\n\n")[1]
        assert ("Jo Lind" in thanks) is named
        assert shipped()[language].gaps.nobody not in thanks
        everybody = [w for w in shipped()[language].slots["thanks"] if set(w.when) == {"group"}]
        tail = (everybody[0].text or "").rpartition("{on_day}")[2].lstrip(".; ")
        assert (tail in thanks) is not named


def test_a_subject_in_american_english() -> None:
    """The month comes first, with the year between commas only where it stands in a sentence."""
    draft = letters("en-US")["thank_you"]
    assert draft.subject == "Thank you – Data Analyst interview, November 19"
    assert (
        letters("en-GB")["thank_you"].subject == "Thank you – Data Analyst interview, 19 November"
    )


def test_another_year_in_american_english() -> None:
    """A year is followed by a comma within a sentence, and by nothing else before another mark."""
    old = letters("en-US", start="2025-12-22 14:00")
    assert old["thank_you"].subject == "Thank you – Data Analyst interview, December 22, 2025"
    assert "on December 22, 2025, about the Data Analyst position. " in old["status_check_1"].body
    assert " on December 22, 2025. If " in old["status_check_2"].body


def test_hours_of_an_invitation() -> None:
    """An answer to an invitation says when, as the language does."""
    ahead = {"start": "2026-11-24 14:00"}
    assert (
        "on Tuesday, November 24, at 2:00 p.m."
        in letters("en-US", **ahead)["confirm_invitation"].body
    )
    assert (
        "on Tuesday, 24 November, at 14:00" in letters("en-GB", **ahead)["confirm_invitation"].body
    )
    for language in LANGUAGES:
        assert ".." not in letters(language, **ahead)["confirm_invitation"].body


@pytest.mark.parametrize(
    ("language", "spelling"), [("en-US", "organizing"), ("en-GB", "organising")]
)
def test_spelling(language: str, spelling: str) -> None:
    """A word that is spelled in two ways stands in the book of each region, and not in English."""
    here = " ".join(texts(shipped()[language]))
    assert spelling in here
    assert not {"organizing", "organising"} & set(" ".join(texts(shipped()["en"])).split())


@pytest.mark.parametrize(
    ("salutation", "lower"),
    [("", True), ("Liebe Karin,", True), ("Liebe Karin!", False), ("Hallo", False)],
)
def test_first_word_of_a_german_letter(salutation: str, lower: bool) -> None:
    """After a comma a German letter goes on in lower case, and after anything else with a capital."""
    given = {"salutation": f'"{salutation}"'} if salutation else {}
    body = letters("de", **given)["thank_you"].body.split("\n\n")[1]
    exceptions = shipped()["de"].opening.but
    assert body[0].islower() == (lower and body.split()[0] not in exceptions)
    assert not body.startswith(exceptions)


def test_an_opening_of_the_owners_is_never_changed() -> None:
    """A letter that begins with a line of the note begins as that was written."""
    raw = shipped()["de"].model_dump()
    for form in raw["touches"]["thank_you"]:
        form["paragraphs"] = [["proof"], ["thanks"]]
        form["required"] = form["spare"] = form["extra"] = ()
    raw["slots"]["proof"] = ["{line}"]
    books = {"de": Phrasebook.model_validate(raw)}
    front = (
        "company: Acme\ntitle: Clerk\nlanguage: de\n"
        "interview: {format: video, start: 2026-11-19 14:00}\n"
        "people: [{name: Karin Dahl, honorific: Ms., email: k@acme.example}]\n"
    )
    entry = note("a.md", front, "## Warum ich das kann\n- Trucks fahre ich gern.\n")
    draft = letters_of(entry, books=books)[("thank_you", "karin-dahl")]
    assert draft.body.split("\n\n")[:2] == ["Sehr geehrte Frau Dahl,", "Trucks fahre ich gern."]
