"""Every remark: a letter that gets it, and one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup.campaign.drafts import build_drafts
from followup.campaign.lint import share_in_common
from followup.campaign.model import Draft, Sentence
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from tests.unit.campaign.letters import codes, english, letters_of
from tests.unit.notebook import note, portal_of

ODUYA = "{id: oduya, name: Samuel Oduya, honorific: Mr., role: interviewer, email: s@acme.example}"
YU = "{id: yu, name: Ann Yu, honorific: Ms., role: interviewer, email: a@acme.example}"


def about(
    *jobs: str, people: str = ODUYA, company: str = "Acme", path: str = "a.md", start: str = "19"
) -> Entry:
    """The note of an interview at which these things were said about the job."""
    front = (
        f"company: {company}\ntitle: Data Analyst\n"
        f"interview: {{format: video, start: 2026-11-{start} 14:00}}\npeople: [{people}]\n"
    )
    said = "".join(f"- {job}\n" for job in jobs)
    return note(path, front, f"## The job\n{said}## Why I can do it\n- I can count.\n")


def remarks(*entries: Entry, reader: str = "oduya") -> list[str]:
    """The codes of the thank-you to one reader."""
    return codes(letters_of(*entries)[("thank_you", reader)])


def sentence(words: int) -> str:
    """A sentence of that many words."""
    return " ".join(["Trucks", *["are"] * (words - 2), "late."])


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ("Trucks are late.", []),
        ("Trucks are late! They wait.", []),
        ("Trucks are late! They wait!", ["exclamation"]),
        ("I would Touch Base with the depots.", ["cliche"]),
        ("I would touch baseball with the depots.", []),
        (sentence(30), []),
        (sentence(31), ["long_sentence"]),
        (f"{sentence(20)} {sentence(20)}", []),
        (" ".join([sentence(20)] * 6), []),
        (" ".join([sentence(20)] * 8), ["too_long"]),
    ],
)
def test_one_letter(job: str, expected: list[str]) -> None:
    """What a single letter shows by itself; it stays ready."""
    letters = letters_of(about(job))
    draft = letters[("thank_you", "oduya")]
    assert codes(draft) == expected
    assert draft.ready


def test_too_long_says_how_much() -> None:
    """Over 250 words the words are stronger."""
    much = letters_of(about(" ".join([sentence(20)] * 12)))[("thank_you", "oduya")]
    more = letters_of(about(" ".join([sentence(20)] * 8)))[("thank_you", "oduya")]
    assert "nobody reads to the end" in much.remarks[0].message
    assert "long for a message" in more.remarks[0].message


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ("We buy from Quillworks.", ["wrong_company"]),
        ("We buy from Tern Point Shop.", ["wrong_company"]),
        ("We buy from Acme.", []),
        ("We work with quills.", []),
        ("Karin Dahl would like it.", ["wrong_person"]),
        ("I know Ms. Dahl.", ["wrong_person"]),
        ("The dahl in the canteen is good.", []),
    ],
)
def test_names_of_other_notes(job: str, expected: list[str]) -> None:
    """Another note's company or person does not belong into this letter."""
    dahl = "{id: dahl, name: Karin Dahl, honorific: Ms., email: k@q.example}"
    others = [
        about("Books.", people=dahl, company="Quillworks", path="b.md"),
        about("Boats.", people="{id: x, name: Kim}", company="Tern Point Shop", path="c.md"),
    ]
    assert remarks(about(job), *others) == expected


def test_a_company_within_the_name_of_the_own() -> None:
    """`Acme` is no other company in a letter to `Acme Logistics`."""
    own = about("Acme Logistics moves trucks.", company="Acme Logistics")
    assert remarks(own, about("Books.", company="Acme", path="b.md", people=YU)) == []


def test_same_name_at_two_companies() -> None:
    """Somebody of the same name works here too."""
    here = about("Ms. Yu plans it.", people=f"{ODUYA}, {YU}")
    there = about("Books.", people=YU, company="Quillworks", path="b.md")
    assert "wrong_person" not in remarks(here, there)


def test_near_duplicate() -> None:
    """One long shared line in two letters is remarked in both; a line for each is not."""
    people = f"{ODUYA}, {YU}"
    line = (
        "The planners decide at six each morning how many trucks every depot will get. "
        "A depot that gets too few calls before eight, and one that gets too many never calls. "
        "So the forecast is judged by those who lost, and never by those who won from it."
    )
    letters = letters_of(about(line, people=people))
    assert [codes(letters[("thank_you", who)]) for who in ("oduya", "yu")] == [
        ["near_duplicate"]
    ] * 2
    assert "Ms. Yu" in letters[("thank_you", "oduya")].remarks[0].message
    apart = letters_of(about(f"{line} @oduya", "Trucks are late. @yu", people=people))
    assert codes(apart[("thank_you", "yu")]) == []


def test_share_in_common() -> None:
    """Four-word shingles of the shorter letter, without gaps."""
    draft = letters_of(about("Trucks are late."))[("thank_you", "oduya")]

    def with_text(text: str, *, gap: bool = False) -> Draft:
        return replace(draft, paragraphs=((Sentence(text, gap=gap),),))

    one = with_text("a b c d e f")
    assert share_in_common(one, with_text("x a b c d")) == pytest.approx(1 / 2)
    assert share_in_common(one, with_text("A, B c d!")) == 1
    assert share_in_common(one, with_text("a b c d e f", gap=True)) == 0


def test_reused_hook() -> None:
    """A hook is personal once: the later letter with it is remarked."""
    hooked = ODUYA.replace("}", ', hook: "Back Cove takes beginners."}')
    first = about("Trucks are late.", people=hooked)
    again = about("Cranes are slow.", people=hooked, path="b.md", start="20")
    plain = about("Cranes are slow.", people=ODUYA, path="b.md", start="20")
    portal = portal_of(again, first, me={"name": "Alex Kim"})
    plan = build_follow_ups(portal)
    drafts = build_drafts(portal, plan, {"en": english()}).drafts
    found = {
        plan[uid].entry: codes(draft)
        for uid, draft in drafts.items()
        if plan[uid].touch == "thank_you"
    }
    assert found == {"a.md": [], "b.md": ["reused_hook"]}
    assert remarks(plain) == []


def test_no_thanks() -> None:
    """A phrasebook without a word of thanks is told so in every letter that gives some."""
    raw = english().model_dump()
    raw["watched"]["thanks"] = ["merci"]
    portal = portal_of(about("Trucks are late."), me={"name": "Alex Kim"})
    plan = build_follow_ups(portal)
    drafts = build_drafts(portal, plan, {"en": Phrasebook.model_validate(raw)}).drafts
    found = {plan[uid].touch: codes(draft) for uid, draft in drafts.items()}
    assert found == {"thank_you": ["no_thanks"], "status_check_1": [], "status_check_2": []}


def test_what_ships_never_scolds() -> None:
    """No wording of the phrasebook is one that the checks would remark on."""
    book = english()
    for wordings in book.slots.values():
        for wording in wordings:
            for text in (wording.text, wording.sentence, wording.fragment, wording.then):
                bad = [c for c in book.watched.cliches if text and c in text.casefold()]
                assert not bad
                assert "!" not in (text or "")


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("name: Ngozi Okafor, honorific: Ms.", None),
        (
            "name: Carla Weber",
            "Is it Ms. or Mr. Weber? Add `honorific:` in line 5, or leave the full name",
        ),
        (
            "name: Ana de la Vega, honorific: Ms.",
            (
                "Which part of “Ana de la Vega” is the family name? "
                "Add `family_name:` in line 5, or leave the full name"
            ),
        ),
        (
            "name: Suryanto",
            (
                "Is it Ms. or Mr., and which part of “Suryanto” is the family name? "
                "Add `honorific:` and `family_name:` in line 5, or leave the full name"
            ),
        ),
    ],
)
def test_confirm_honorific(person: str, message: str | None) -> None:
    """What is not certain of a name is asked, with the line where to answer."""
    entry = about("Trucks are late.", people=f"{{id: x, email: x@acme.example, {person}}}")
    draft = letters_of(entry)[("thank_you", "x")]
    assert [r.message for r in draft.remarks] == ([message] if message else [])
    assert draft.ready
