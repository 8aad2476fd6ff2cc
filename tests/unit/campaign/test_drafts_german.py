"""German letters: what the language asks for, and what a phrasebook of it must not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from followup.campaign.drafts import build_drafts
from followup.campaign.fact import write_date, write_on_day, write_time
from followup.campaign.missing_phrases import missing_phrases
from followup.campaign.model import Draft
from followup.campaign.phrasebook import LINE_SLOTS, Phrasebook
from followup.campaign.salutation import begin_after_comma, build_reference, build_salutation
from followup.campaign.schedule import build_follow_ups
from followup.campaign.third_person import (
    contains_word,
    ends_with_word,
    starts_with_word,
)
from followup.campaign.voice import Voice
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from tests.unit.campaign.letters import ALEX, english, shipped
from tests.unit.campaign.test_drafts_golden import GOLDEN
from tests.unit.campaign.test_salutation import person
from tests.unit.notebook import note, portal_of

NOTES = sorted(GOLDEN.glob("*-de.md"))
OKAFOR = (
    "{id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@a.example}"
)
LIND = "{id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@a.example}"
WEBER = "{id: weber, name: Carla Weber, honorific: Ms., role: recruiter, email: c@a.example}"

# Words of both languages: they mean the same in German, or something else.
SHARED = {"am", "an", "in", "november", "person", "problem", "so", "stand", "was"}


def german() -> Phrasebook:
    """The German phrasebook as it ships."""
    return shipped()["de"]


def drafts_of(
    *entries: Entry, today: date = date(2026, 11, 22), language: str = "de", **options: Any
) -> dict[tuple[str, ...], Draft]:
    """The drafts by touch and the slug of their reader, in a German workspace."""
    settings = {
        "me": ALEX, "country": "DE", "timezone": "Europe/Berlin", "language": language, **options,
    }  # fmt: skip
    portal = portal_of(*entries, today=today, **settings)
    plan = build_follow_ups(portal)
    drafts = build_drafts(portal, plan, shipped()).drafts
    return {
        (plan[uid].touch, *(portal.people[reader].slug for reader in plan[uid].to)): draft
        for uid, draft in drafts.items()
    }


def acme(
    *people: str, more: str = "", kind: str = "panel", start: str = "2026-11-19 14:00"
) -> Entry:
    """The note of an interview with these people."""
    listed = "\n".join(f"  - {person}" for person in people)
    front = (
        f"company: Acme\ntitle: Data Analyst\ninterview: {{format: {kind}, start: {start}}}\n"
        f"people:\n{listed}\n{more}"
    )
    return note("a.md", front)


def said(draft: Draft) -> str:
    """The paragraphs of a draft."""
    return "\n".join(" ".join(s.text for s in part) for part in draft.paragraphs)


def phrases(book: Phrasebook) -> Iterator[str]:
    """Every sentence that a book can put into a letter."""
    for wordings in book.slots.values():
        for wording in wordings:
            texts = (wording.text, wording.sentence, wording.fragment, wording.then)
            yield from (text for text in texts if text)


def subjects(book: Phrasebook) -> Iterator[str]:
    """Every subject of a book."""
    for forms in book.touches.values():
        for form in forms:
            yield from form.subject


def words(texts: Iterable[str]) -> set[str]:
    """The words of texts, without the places to fill in."""
    plain = re.sub(r"\{\w+\}", " ", " ".join(texts))
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", plain)}


# How a letter begins


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"name": "Ngozi Okafor", "salutation": "Liebe Frau Okafor!"}, "Liebe Frau Okafor!"),
        (
            {"name": "Ngozi Okafor", "honorific": "Ms.", "academic_title": "Dr."},
            "Sehr geehrte Frau Dr. Okafor,",
        ),
        (
            {"name": "Jonas Lind", "honorific": "Mr.", "academic_title": "Prof. Dr."},
            "Sehr geehrter Herr Prof. Dr. Lind,",
        ),
        ({"name": "Ngozi Okafor", "academic_title": "Dr."}, "Guten Tag Dr. Ngozi Okafor,"),
        (
            {"name": "Ngozi Okafor", "honorific": "Mx.", "academic_title": "Dr."},
            "Guten Tag Dr. Ngozi Okafor,",
        ),
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Sehr geehrte Frau Okafor,"),
        ({"name": "Ngozi Okafor", "honorific": "Mrs."}, "Sehr geehrte Frau Okafor,"),
        ({"name": "Ngozi Okafor", "honorific": "Miss"}, "Sehr geehrte Frau Okafor,"),
        ({"name": "Jonas Lind", "honorific": "Mr."}, "Sehr geehrter Herr Lind,"),
        ({"name": "Kim Brandt", "honorific": "Mx."}, "Guten Tag Kim Brandt,"),
        ({"name": "Ngozi Okafor"}, "Guten Tag Ngozi Okafor,"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Guten Tag Ana de la Vega,"),
        (
            {"name": "Ana de la Vega", "honorific": "Ms.", "family_name": "de la Vega"},
            "Sehr geehrte Frau de la Vega,",
        ),
        ({"honorific": "Ms."}, "Sehr geehrte Damen und Herren,"),
    ],
)
def test_formal_salutation(facts: dict[str, str], text: str) -> None:
    """Every row of the table; without an honorific nobody is a man or a woman."""
    assert build_salutation(person(**facts), german(), "formal").text == text


@pytest.mark.parametrize("honorific", ["Ms.", "Mr.", "Mx.", None])
def test_first_name_salutation(honorific: str | None) -> None:
    """By policy, and the same for everybody."""
    reader = person(name="Ngozi Okafor", honorific=honorific)
    assert build_salutation(reader, german(), "first_name").text == "Hallo Ngozi,"


def test_nobody() -> None:
    """A letter to nobody known."""
    found = build_salutation(None, german(), "formal")
    assert found.text == "Sehr geehrte Damen und Herren,"


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("Vielen Dank für unser Gespräch.", "vielen Dank für unser Gespräch."),
        (
            "Über unser Telefonat habe ich mich gefreut.",
            "über unser Telefonat habe ich mich gefreut.",
        ),
        ("Ihre Antwort habe ich erhalten.", "Ihre Antwort habe ich erhalten."),
        ("Ihnen danke ich.", "Ihnen danke ich."),
        ("Ihrem Team danke ich.", "Ihrem Team danke ich."),
        ("Sie haben mir geholfen.", "Sie haben mir geholfen."),
    ],
)
def test_first_word_after_the_comma(text: str, begun: str) -> None:
    """It is written in lower case, unless it is the polite word for the reader."""
    assert begin_after_comma(text, german()) == begun


FIRST_WORDS = {
    "vielen", "herzlichen", "noch", "ich", "es", "das", "dies", "ein", "über", "am", "bei", "nach",
    "seit", "etwas", "ihre",
}  # fmt: skip


@pytest.mark.parametrize("touch", sorted(english().touches))
def test_no_letter_begins_with_a_noun(touch: str) -> None:
    """A noun keeps its capital, so none may stand where a letter begins."""
    for form in german().touches[touch]:
        for wording in german().slots[form.slots[0]]:
            for text in filter(None, (wording.text, wording.sentence, wording.fragment)):
                assert text.split()[0].casefold() in FIRST_WORDS, text
                assert text[0].isupper(), text


@pytest.mark.parametrize(
    ("salutation", "lower"), [("", True), (", salutation: Liebe Frau Okafor!", False)]
)
def test_after_an_exclamation_mark_a_letter_begins_with_a_capital(
    salutation: str, *, lower: bool
) -> None:
    """A salutation of one's own may end in one; only after a comma the sentence goes on."""
    reader = OKAFOR.replace("}", f"{salutation}}}")
    draft = drafts_of(acme(reader))[("thank_you", "okafor")]
    assert said(draft)[0].islower() is lower


# Names, days and hours


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"name": "Jonas Lind", "honorific": "Mr."}, "Herrn Lind"),
        ({"name": "Jonas Lind", "honorific": "Mr.", "academic_title": "Dr."}, "Herrn Dr. Lind"),
        ({"name": "Ngozi Okafor", "honorific": "Mrs."}, "Frau Okafor"),
        ({"name": "Ngozi Okafor", "honorific": "Miss", "academic_title": "Dr."}, "Frau Dr. Okafor"),
        ({"name": "Ngozi Okafor", "academic_title": "Dr."}, "Dr. Ngozi Okafor"),
        ({"name": "Kim Brandt", "honorific": "Mx."}, "Kim Brandt"),
        ({"name": "Kim Brandt", "honorific": "Mx.", "academic_title": "Dr."}, "Dr. Kim Brandt"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Ana de la Vega"),
        ({"name": "Carla Weber"}, "Carla Weber"),
        ({}, "jemandem"),
    ],
)
def test_somebody_in_a_sentence(facts: dict[str, str], text: str) -> None:
    """The dative, which every sentence of the book asks for."""
    assert build_reference(person(**facts), german()) == text


def test_every_sentence_asks_for_the_dative() -> None:
    """The names of others stand after a word that takes the dative, whatever the sentence."""
    asking = [text for text in phrases(german()) if "{others}" in text]
    before = r"(\bmit|\bmit Ihnen und|[Rr]ichten Sie|[Rr]ichten Sie auch) \{others\}"
    assert asking
    assert [text for text in asking if not re.search(before, text)] == []


def test_one_letter_for_everybody_names_the_others() -> None:
    """Without addresses one letter goes to the manager, and its thanks to the others."""
    silent = [re.sub(r", email: \S+\}", "}", who) for who in (OKAFOR, LIND, WEBER)]
    draft = drafts_of(acme(*silent))[("thank_you", "weber")]
    assert "Bitte richten Sie auch Frau Okafor und Herrn Lind meinen Dank aus." in said(draft)


@pytest.mark.parametrize(
    ("day", "due_on", "on_day", "by_itself"),
    [
        (date(2026, 11, 19), date(2026, 11, 20), "am Donnerstag", "19. November"),
        (date(2026, 11, 19), date(2026, 12, 8), "am 19. November", "19. November"),
        (date(2026, 10, 1), date(2026, 10, 30), "am 1. Oktober", "1. Oktober"),
        (date(2026, 3, 1), date(2026, 3, 1), "am Sonntag", "1. März"),
        (date(2025, 12, 30), date(2026, 1, 15), "am 30. Dezember 2025", "30. Dezember 2025"),
        (date(2026, 11, 24), date(2026, 11, 20), "am Dienstag, dem 24. November", "24. November"),
        (date(2027, 1, 1), date(2026, 12, 1), "am Freitag, dem 1. Januar 2027", "1. Januar 2027"),
    ],
)
def test_days(day: date, due_on: date, on_day: str, by_itself: str) -> None:
    """Soon after, later, in another year, ahead; the first of a month is one like the others."""
    assert write_on_day(day, due_on, german()) == on_day
    assert write_date(day, due_on.year, german()) == by_itself


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (time(14), "14 Uhr"),
        (time(14, 30), "14:30 Uhr"),
        (time(9), "9 Uhr"),
        (time(9, 5), "9:05 Uhr"),
        (time(0), "0 Uhr"),
    ],
)
def test_hours(at: time, text: str) -> None:
    """Minutes are left out on the hour."""
    assert write_time(at, german()) == text


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-24 14:00", "am Dienstag, dem 24. November, um 14 Uhr"),
        ("2027-01-01 09:30", "am Freitag, dem 1. Januar 2027, um 9:30 Uhr"),
        ("2026-11-24", "am Dienstag, dem 24. November; bitte sagen Sie mir noch, um wie viel Uhr"),
    ],
)
def test_an_invitation_names_day_and_hour(start: str, expected: str) -> None:
    """With the commas that the day asks for."""
    more = "log:\n  - {on: 2026-11-20, event: invited, from: weber}\n"
    draft = drafts_of(acme(WEBER, more=more, start=start))[("confirm_invitation", "weber")]
    assert expected in said(draft)
    assert draft.target[0] <= draft.words <= draft.target[1]


# What a book in German must and must not say


def test_nothing_is_missing() -> None:
    """All that the English book says, this one says too, in as many ways."""
    assert missing_phrases(german(), english()) == ()
    for slot, wordings in english().slots.items():
        assert len(german().slots[slot]) >= len(wordings), slot


def test_no_english_in_the_book() -> None:
    """No word of the English phrases is left in the German ones."""
    own, theirs = (
        words([*phrases(book), *subjects(book), book.sign_off, *book.gaps.model_dump().values()])
        for book in (german(), english())
    )
    assert own & theirs - SHARED == set()


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_no_english_in_a_letter(path: Path) -> None:
    """Nor in a letter, whoever wrote it: names, days, titles, subject, salutation and close."""
    entry, problems = parse_entry(path.name, path.read_bytes())
    assert entry is not None, problems
    book = english()
    theirs = words([*phrases(book), *subjects(book), book.sign_off, *book.weekdays, *book.months])
    theirs |= {"ms", "mrs", "mx", "somebody"}
    drafts = drafts_of(entry)
    assert drafts
    for draft in drafts.values():
        text = (draft.subject, draft.salutation.text, said(draft), *draft.signature)
        assert words(text) & theirs - SHARED == set()


def test_nobody_is_a_man_or_a_woman() -> None:
    """No phrase says so of the candidate, the reader or anybody else."""
    gendered = (
        r"\b(er|ihm|ihn|Herrn?|Frau|der Richtige|die Richtige|Kollegen|Kolleginnen|Bewerber(in)?"
        r"|Kandidat(in)?|Mitarbeiter(in)?|jemand(en)?, der|jeder|einer von)\b"
    )
    texts = [*phrases(german()), *subjects(german()), *german().gaps.model_dump().values()]
    assert [text for text in texts if re.search(gendered, text)] == []


def test_no_article_before_a_title() -> None:
    """A title is any text: nothing agrees with it."""
    texts = [text for text in (*phrases(german()), *subjects(german())) if "{title}" in text]
    before = r"((Stelle|Stelle als|Bewerbung als) \{title\}|Stelle „\{title\}“)"
    assert [text for text in texts if not re.search(before, text)] == []


def test_no_phrase_of_the_book_is_one_that_it_warns_of() -> None:
    """What nobody means well is not said, and nothing that scolds."""
    assert [t for t in phrases(german()) if contains_word(t, german().watched.cliches)] == []


def test_every_thanks_is_known_as_thanks() -> None:
    """In each slot that gives a letter its thanks, every wording has a word for it."""
    slots = [slot for slot in german().slots if slot.startswith("thanks")] + ["leave_well"]
    for slot in slots:
        for wording in german().slots[slot]:
            assert contains_word(wording.text or "", german().watched.thanks), wording.text


@pytest.mark.parametrize(
    "text",
    [
        "Ich war am Ende froh, noch gefragt zu haben.",
        "Der Gedanke gefällt mir.",
    ],
)
def test_what_is_no_thanks(text: str) -> None:
    """A thought is none, though its word is near."""
    assert not contains_word(text, german().watched.thanks)


def test_quotation_marks_open_below() -> None:
    """A gap quotes a line as German does."""
    assert "„{line}“" in german().gaps.third_person
    assert not any('"' in text or "”" in text for text in phrases(german()))


def test_a_line_of_the_note_follows_a_colon() -> None:
    """Whatever the owner wrote stands by itself: no sentence is built round it."""
    for slot in LINE_SLOTS:
        for wording in german().slots[slot]:
            for text in filter(None, (wording.sentence, wording.fragment)):
                assert re.search(r"(^|: |\. )\{line\}\.?$", text), text


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_letter_is_long_enough_where_the_english_one_is(path: Path) -> None:
    """The same lines bring a letter to its length in both languages."""
    text = path.read_text(encoding="utf-8")
    notes = [text, text.replace("language: de", "language: en")]
    own, theirs = (drafts_of(*filter(None, parse_entry("a.md", t.encode())[:1])) for t in notes)
    assert own.keys() == theirs.keys()
    for key, draft in own.items():
        fewest, most = draft.target
        if fewest <= theirs[key].words <= most:
            assert fewest <= draft.words <= most, (key, draft.words)


# What the checks look for


@pytest.mark.parametrize(
    "text",
    [
        "Er hat nach meiner Abschlussarbeit gefragt.",
        "Das Team, das er leitet, sitzt in Altona.",
        "ich soll ihn im Januar anrufen",
        "Ihm ist wichtig, dass die Zahlen stimmen.",
        "Sein Team besteht aus sechs Leuten.",
        "Seine Tochter studiert auch Statistik.",
        "In seiner Abteilung arbeiten vier Leute.",
        "Sie sagte, dass die Prognose am Monatsende falsch ist.",
        "Sie hat selbst Statistik studiert.",
        "Sie möchte die Prognose bis März umstellen",
        "Laut eigener Aussage möchte sie die Handtabelle loswerden.",
        "sie leitet das Team seit März",
        "Ihr ist wichtig, dass jemand die Depots besucht.",
        "Das Projekt liegt ihr am Herzen.",
        "Die Offenheit in ihrem Team hat mir gefallen.",
        "Mit ihr habe ich über das Rudern gesprochen.",
    ],
)
def test_lines_that_talk_about_somebody(text: str) -> None:
    """Her and him are found at the beginning of a line and within it."""
    assert Voice(german(), "formal").talks_about(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Die Stelle soll ab Januar besetzt sein.",
        "Sie haben das gut erklärt.",
        "Sie sagten, dass die Prognose am Monatsende falsch ist.",
        "Ihr Team plant die Touren von Hand.",
        "Ich habe mit Ihrem Team in Hamburg gesprochen.",
        "Ihre Tochter studiert also auch Statistik; meine Schwester ebenso.",
        "Mir gefällt Ihr Ansatz, erst zu zählen und dann zu planen.",
        "Ich möchte Sie gern einmal zum Rudern einladen.",
        "Falls es Sie interessiert: Das Boot liegt in Altona.",
        "Wo liegt Ihr Lieblingsrestaurant?",
        "Das Team plant seine Touren selbst.",
        "Jedes Depot hat seine eigene Tabelle.",
        "Die Depots melden ihre Zahlen zu spät.",
        "Die Abteilung hat ihr Lager nach Harburg verlegt.",
        "Die Prognose stimmt nicht, wenn sie auf alten Daten läuft.",
        "Zwei der Systeme werden von Hand gepflegt, und niemand prüft sie.",
        "Ich habe Kunden beraten und ihnen Angebote geschrieben.",
    ],
)
def test_lines_that_talk_about_things_or_to_the_reader(text: str) -> None:
    """To be, the polite you, and what stands for a thing or for many are nobody's business."""
    assert not Voice(german(), "formal").talks_about(text, None)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Wir melden uns bis Montag.", True),
        ("Sie hören von uns.", True),
        ("Ich schicke Ihnen eine Aufgabe.", True),
        ("Eine Fallaufgabe mit dem Planungsteam.", False),
        ("Zweites Gespräch in Altona, dann die Entscheidung.", False),
    ],
)
def test_their_words_that_turn_round(text: str, *, turns: bool) -> None:
    """What they said of themselves or of you is not said back to them."""
    assert contains_word(text, german().watched.speaker) is turns


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("Ich schicke Ihnen das Foto vom Dock.", True),
        ("Schicken: das Notebook", True),
        ("die Zahlen prüfen", False),
        ("Ich frage bei der Bahn nach.", False),
    ],
)
def test_promises_to_send(text: str, *, sends: bool) -> None:
    """Only where it is certain: a letter must not say that something is with it which is not."""
    assert starts_with_word(text, german().watched.sends) is sends


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("Das Notebook schicken", True),
        ("Die Liste noch zusenden.", True),
        ("Die Zahlen prüfen", False),
        ("Alle, die etwas schicken, fragen", False),
    ],
)
def test_promises_that_end_in_their_verb(text: str, *, sends: bool) -> None:
    """As one jots them down in German."""
    assert ends_with_word(text, german().watched.sends_at_end) is sends
