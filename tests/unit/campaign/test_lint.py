"""Every remark: a letter that gets it, and one that does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from followup.campaign.drafts import build_drafts
from followup.campaign.lint import Shingles, share_in_common, shingles
from followup.campaign.model import Draft, Sentence
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from tests.unit.campaign.letters import codes, english, letters_of, shipped
from tests.unit.notebook import note, portal_of

ODUYA = "{id: oduya, name: Samuel Oduya, honorific: Mr., role: interviewer, email: s@acme.example}"
YU = "{id: yu, name: Ann Yu, honorific: Ms., role: interviewer, email: a@acme.example}"


FULL = "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n"


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
        (sentence(30).replace(" are late", " – are\u00a0: late"), []),
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
    """Four-word shingles of the shorter letter as it reads: its gaps are in both, too."""
    draft = letters_of(about("Trucks are late."))[("thank_you", "oduya")]

    def with_text(text: str, *, gap: bool = False) -> Shingles:
        return shingles(replace(draft, paragraphs=((Sentence(text, gap=gap),),)))

    one = with_text("a b c d e f")
    assert share_in_common(one, with_text("x a b c d")) == pytest.approx(1 / 2)
    assert share_in_common(one, with_text("A, B c d!")) == 1
    assert share_in_common(one, with_text("a b c d e f", gap=True)) == 1


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


@pytest.mark.parametrize(
    ("code", "people", "body"),
    [
        ("missing_fact", ODUYA, "## The job\n- Trucks are late.\n"),
        ("missing_fact", ODUYA, "## Why I can do it\n- I can count.\n"),
        ("missing_fact", "{id: x, email: x@acme.example}", FULL),
        ("missing_email", "{id: x, name: Ann Yu, honorific: Ms.}", FULL),
        ("third_person", ODUYA, FULL.replace("Trucks", "She said that trucks")),
        ("third_person", ODUYA, FULL.replace("Trucks", "Samuel's trucks")),
    ],
)
def test_what_keeps_a_draft_back(code: str, people: str, body: str) -> None:
    """These, and only these, make a draft incomplete; without them it is ready."""
    (draft,) = thanks_of(people, body)
    assert codes(draft) == [code]
    assert not draft.ready
    (ready,) = thanks_of(ODUYA, FULL)
    assert (codes(ready), ready.ready) == ([], True)


def thanks_of(people: str, body: str, *, written: str = "", **options: Any) -> list[Draft]:
    """The thank-yous about an interview with these people."""
    front = (
        f"company: Acme\ntitle: Data Analyst\npeople: [{people}]\n"
        "interview: {format: video, start: 2026-11-19 14:00}\n"
    )
    front += f"language: {written}\n" if written else ""
    letters = letters_of(note("a.md", front, body), books=shipped(), **options)
    return [draft for key, draft in letters.items() if key[0] == "thank_you"]


@pytest.mark.parametrize(
    ("language", "line", "code"),
    [
        ("en", "I would touch base with them.", "cliche"),
        ("de", "I would touch base with them.", None),
        ("de", "Er zeigte es mir.", "third_person"),
        ("de", "Sie zeigten es mir.", None),
        ("en", "Er zeigte es mir.", None),
        ("de", "Das weiß Frau Dahl.", "wrong_person"),
        ("de", "Das weiß Frau Duhl.", None),
        ("fr", "Mme Dahl le sait.", "wrong_person"),
        ("es", "Lo sabe la Sra. Dahl.", "wrong_person"),
    ],
)
def test_words_of_the_letters_language(language: str, line: str, code: str | None) -> None:
    """What is looked for in a letter are words of its own language; titles of any."""
    front = (
        f"company: Acme\ntitle: Data Analyst\nlanguage: {language}\npeople: [{ODUYA}]\n"
        "interview: {format: video, start: 2026-11-19 14:00}\n"
    )
    entry = note("a.md", front, f"## The job\n- {line}\n## Why I can do it\n- 1 + 1.\n")
    dahl = about("Books.", people="{id: dahl, name: Karin Dahl}", company="Quill", path="b.md")
    draft = letters_of(entry, dahl, books=shipped())[("thank_you", "oduya")]
    assert codes(draft) == ([code] if code else [])


@pytest.mark.parametrize("language", sorted(shipped()))
def test_every_cliche_is_found(language: str) -> None:
    """Each phrase on a language's list is found in a letter of that language."""
    for cliche in shipped()[language].watched.cliches:
        body = f"## The job\n- x {cliche} x.\n## Why I can do it\n- 1 + 1.\n"
        (draft,) = thanks_of(ODUYA, body, written=language)
        found = [r.message for r in draft.remarks if r.code == "cliche"]
        assert any(f"“{cliche}”" in message for message in found), cliche


MIXED = "## The job\n- Trucks are late.\n- They wait.\n## Why I can do it\n- I can count.\n"
GERMAN = "## Die Stelle\n- LKW sind spät.\n## Warum ich das kann\n- Ich kann zählen.\n"


@pytest.mark.parametrize(
    ("option", "language", "body", "message"),
    [
        (
            "en", "de", MIXED,
            "This message is in `de`; lines 9, 10 and 12 stay in the language you wrote them in",
        ),
        (
            "en-GB", "fr", "### Job\n- Trucks are late.\n### My fit\n",
            "This message is in `fr`; line 9 stays in the language you wrote it in",
        ),
        ("de", "en-US", GERMAN, "This message is in `en-US`; lines 9 and 11 stay"),
        # A heading below one of the thirteen, and one that means nothing by itself.
        ("en", "de", "## The job\n### Team\n- Six people.\n", "`de`; line 10 stays"),
        # The note is written in the language of its letters.
        ("en", "de", GERMAN, None),
        ("en", "de", "## Die Stelle\n### Team\n- Sechs Leute.\n", None),
        ("en", "es", "## Personal\n- Back Cove. @oduya\n", None),
        # One heading tells.
        ("en", "de", "## The job\n- Spät.\n## Warum ich das kann\n- Zählen.\n", None),
        # Only one of the two languages was chosen, or both are the same.
        (None, "de", MIXED, None),
        ("de", "", MIXED, None),
        ("en", "en", GERMAN, None),
        ("en-GB", "en-US", GERMAN, None),
        ("de", "de", MIXED, None),
        # Nothing of the owner's is in it, or nothing that stands under a heading.
        ("en", "de", "## What went right\n- All of it.\n", None),
        ("en", "de", "", None),
    ],
)  # fmt: skip
def test_mixed_language(option: str | None, language: str, body: str, message: str | None) -> None:
    """Lines in another language are remarked where the owner chose both languages."""
    options = {"language": option} if option else {}
    person = ODUYA.replace("}", ", hook: Back Cove takes beginners.}")
    (draft,) = thanks_of(person, body, written=language, **options)
    found = [r for r in draft.remarks if r.code == "mixed_language"]
    assert len(found) == (1 if message else 0), codes(draft)
    assert not message or message in found[0].message
    assert draft.ready == ("missing_fact" not in codes(draft))


def test_a_language_without_names_for_headings() -> None:
    """Where the headings cannot be in the language of the letter, they tell nothing."""
    raw = english().model_dump() | {"language": "nl"}
    books = {"en": english(), "nl": Phrasebook.model_validate(raw)}
    entry = about("Trucks are late.")
    dutch = replace(entry, front=entry.front.model_copy(update={"language": "nl"}))
    draft = letters_of(dutch, books=books, language="en")[("thank_you", "oduya")]
    assert (draft.language, codes(draft)) == ("nl", [])


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ("Gap analysis was my job.", []),
        ("Two things. Gap analysis was one.", []),
        ("They buy from Gap.", ["wrong_company"]),
        ("Globex does it by hand.", ["wrong_company"]),
    ],
)
def test_a_company_that_is_an_ordinary_word(job: str, expected: list[str]) -> None:
    """Where a sentence begins, it is taken for the word; any other name counts everywhere."""
    others = [about(people=YU, company=name, path=f"{name}.md") for name in ("Gap", "Globex")]
    assert remarks(about(job), *others) == expected


def test_a_cliche_in_the_title_is_theirs() -> None:
    """The title that the job has is no phrase of the owner's."""
    front = (
        "company: Acme\ntitle: Team player coach\n"
        f"interview: {{format: video, start: 2026-11-19 14:00}}\npeople: [{ODUYA}]\n"
    )
    assert remarks(note("a.md", front.replace("coach", "Coach"), FULL)) == []
    own = FULL.replace("I can count.", "I am a team player.")
    assert remarks(note("a.md", front, own)) == ["cliche"]


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("May Field", "I may start in May.", []),
        ("Will Page", "Will the check run at night?", []),
        ("May Field", "May Field counts by hand.", ["third_person"]),
        ("Jo May", "Ms. May counts by hand.", ["third_person"]),
        ("Jo Lind", "Lind counts by hand.", ["third_person"]),
    ],
)
def test_a_name_that_is_an_ordinary_word(name: str, line: str, expected: list[str]) -> None:
    """Alone it names nobody; the full name and the title with the family name do."""
    reader = f"{{id: r, name: {name}, honorific: Ms., role: interviewer, email: r@acme.example}}"
    assert remarks(about(line, people=reader), reader="r") == expected


def test_two_promises_that_say_the_same() -> None:
    """The advice fits what can be changed: a promise has no bullet to mark."""
    people = f"{ODUYA}, {YU}"
    promises = "promises: [{what: Send the list of all depots in the north, to: oduya}, "
    promises += "{what: Send the list of all depots in the north, to: yu}]\n"
    front = (
        "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-16 09:00}\n"
        f"people: [{people}]\n{promises}"
    )
    draft = letters_of(note("a.md", front, FULL))[("deliver_promise", "yu")]
    told = [remark.message for remark in draft.remarks if remark.code == "near_duplicate"]
    assert told == [] or ("`what:`" in told[0] and "@id" not in told[0])
