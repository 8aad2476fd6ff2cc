"""Single phrases in the settings: laid over the books of their language, and checked with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from followup.campaign.phrase_options import Phrased, lay_phrases
from followup.campaign.phrasebook_files import BookFile, build_books
from followup.portal.options import parse_options
from tests.unit.campaign.letters import ENGLISH, letters_of, shipped
from tests.unit.notebook import note

SHELF = build_books(
    tuple(
        BookFile(file.stem, file.name, file.read_bytes())
        for file in sorted(ENGLISH.parent.glob("*.yml"))
        if file.stem in ("en", "en-US", "en-GB", "de", "fr")
    )
)


def laid(phrases: Any) -> Phrased:
    """The books under these phrases, as the settings hand them on."""
    options, problems = parse_options({"phrases": phrases})
    assert problems == ()
    return lay_phrases(SHELF, options.phrases)


def test_no_phrases_at_all() -> None:
    """Without any, the books are those that ship."""
    assert laid(None) == laid({}) == laid({"en": None}) == Phrased(SHELF.books, ())


def test_phrases_of_a_language() -> None:
    """What is stated takes the place of what ships; the rest and the other languages stay."""
    slots = {"interest": "I remain very interested.", "hook": ["{line}", "And: {line}"]}
    found = laid({"en": {"sign_off": "Best regards,", "slots": slots}})
    assert found.problems == ()
    book = found.books["en"]
    assert book.sign_off == "Best regards,"
    assert [wording.text for wording in book.slots["interest"]] == ["I remain very interested."]
    assert [wording.fragment for wording in book.slots["hook"]] == ["{line}.", "And: {line}."]
    assert book.slots["thanks"] == shipped()["en"].slots["thanks"]
    assert found.books["de"] == shipped()["de"]


def test_phrases_reach_the_regions_of_a_language() -> None:
    """What is said for `en` holds for `en-US`, unless that has a phrase of its own."""
    phrases = {"en": {"sign_off": "Best,", "reply": "Re:"}, "en-US": {"sign_off": "Sincerely,"}}
    found = laid(phrases)
    assert found.problems == ()
    written = {name: (book.sign_off, book.reply) for name, book in found.books.items()}
    assert written["en"] == written["en-GB"] == ("Best,", "Re:")
    assert written["en-US"] == ("Sincerely,", "Re:")
    assert found.books["en-US"].dates == shipped()["en-US"].dates
    assert written["fr"][0] not in ("Best,", "Sincerely,")


def test_phrases_of_a_region_without_a_book() -> None:
    """`en-AU` does with the book of its language, and has its own phrases over it."""
    found = laid({"en": {"reply": "Re:"}, "en-AU": {"sign_off": "Cheers,"}})
    assert found.problems == ()
    book = found.books["en-AU"]
    assert (book.language, book.sign_off, book.reply) == ("en-AU", "Cheers,", "Re:")
    assert found.books["en"].sign_off == "Kind regards,"


def test_what_yaml_makes_of_words() -> None:
    """A bare `yes`, `no` or number in `mkdocs.yml` is read as it stands there."""
    when = {"title": True, "met": [True, False]}
    phrases = {
        "de": {"dates": {"days": {1: "1."}}, "opening": {"lower_case": False}},
        "fr": {"also": {"interest": [{"text": "Oui.", "when": when}]}, "reply": 7},
    }
    found = laid(phrases)
    assert found.problems == ()
    assert found.books["de"].dates.days == {1: "1."}
    assert found.books["de"].opening.lower_case == "no"
    assert found.books["fr"].reply == "7"
    added = found.books["fr"].slots["interest"][-1]
    assert added.when == {"title": {"yes"}, "met": {"yes", "no"}}


@pytest.mark.parametrize(
    ("phrases", "key", "words"),
    [
        ({"nl": {"sign_off": "Groet,"}}, "phrases.nl", "there is no phrasebook for `nl`"),
        ({"no": {"sign_off": "Hilsen,"}}, "phrases.no", "there is no phrasebook for `no`"),
        ({False: {"sign_off": "Hilsen,"}}, "phrases.no", "there is no phrasebook for `no`"),
        ({"en": {"sign_of": "x"}}, "phrases.en.sign_of", "unknown phrase `sign_of`"),
        ({"en": {"extends": "de"}}, "phrases.en.extends", "unknown phrase `extends`"),
        ({"en": {"language": "en"}}, "phrases.en.language", "unknown phrase `language`"),
        ({"en": {"sign_off": ["a"]}}, "phrases.en.sign_off", "this must be one text"),
        ({"en": {"sign_off": ""}}, "phrases.en.sign_off", "there is no text"),
        ({"en": {"sign_off": "Bye {name}"}}, "phrases.en.sign_off", "`{name}` is no place"),
        ({"en": {"slots": {"intrest": "x"}}}, "phrases.en.slots.intrest", "slot `intrest`"),
        ({"en": {"slots": {"interest": "{job}"}}}, "phrases.en.slots.interest", "`{job}` is no place"),
        ({"en": {"slots": {"hook": "So."}}}, "phrases.en.slots.hook", "no wording for every case"),
        ({"en": {"slots": {"interest": 7, "hook": []}}}, "phrases.en.slots.hook", "there is nothing in it"),
        ({"en": {"slots": "x"}}, "phrases.en.slots", "this must be a group of phrases"),
        ({"en": {"also": {"intrest": "x"}}}, "phrases.en.also.intrest", "slot `intrest`"),
        ({"en": {"also": {"interest": "{x}"}}}, "phrases.en.also.interest", "`{x}` is no place"),
        ({"en": {"also": "x"}}, "phrases.en.also", "unknown phrase `also`"),
        (
            {"en": {"slots": {"liked_the_work": {"text": "Nice.", "when": {"title": True}}}}},
            "phrases.en.slots.liked_the_work", "no wording of `liked_the_work` for",
        ),
        (
            {"en": {"touches": {"withdraw": {"subject": "Bye", "paragraphs": [["no"]]}}}},
            "phrases.en.touches.withdraw", "uses the slot `no`",
        ),
        (
            {"en": {"touches": {"thank_you": {
                "when": {"short": True}, "subject": "Thanks", "paragraphs": [["thanks"]],
            }}}},
            "phrases.en.touches.thank_you", "no form of `thank_you` for",
        ),
        (
            {"en": {"salutations": {"name": {"Mr.": "Sir,", "other": "Madam,"}}}},
            "phrases.en.salutations.name", "there is no text for `Mx.`",
        ),
        ({"en-US": {"reply": "a", "x": "b"}}, "phrases.en-US.x", "unknown phrase `x`"),
        ({"en-AU": {"x": "b"}, "en": {"reply": "a"}}, "phrases.en-AU.x", "unknown phrase `x`"),
    ],
)  # fmt: skip
def test_wrong_phrases(phrases: Mapping[Any, Any], key: str, words: str) -> None:
    """A fault is an error of the settings, named by the key that has it, with a hint."""
    found = laid(phrases)
    told = [p for p in found.problems if p.key == key or p.key.startswith(f"{key}.")]
    assert any(words in problem.message for problem in told), found.problems
    assert all(problem.hint for problem in found.problems)
    assert len(set(found.problems)) == len(found.problems)


@pytest.mark.parametrize(
    ("raw", "message", "hint"),
    [
        (["sign_off"], "`['sign_off']` does not fit", "name the language first"),
        (7, "`7` does not fit", "name the language first"),
        ("Best regards,", "`Best regards,` does not fit", "name the language first"),
        (True, "`True` does not fit", "name the language first"),
        ({"en": "Best,"}, "`Best,` is no group of phrases of `en`", "name the phrase"),
        ({"en": ["a"]}, "`['a']` is no group of phrases of `en`", "name the phrase"),
        ({"en": 3}, "`3` is no group of phrases of `en`", "name the phrase"),
    ],
)
def test_phrases_that_are_none(raw: object, message: str, hint: str) -> None:
    """What is no phrases by language at all is told in plain words, before any book is opened."""
    options, problems = parse_options({"phrases": raw})
    assert options.phrases == {}
    assert [(problem.key, problem.message) for problem in problems] == [("phrases", message)]
    assert hint in problems[0].hint


def test_phrases_within_themselves() -> None:
    """An alias in `mkdocs.yml` that leads back to itself is an error and no endless way."""
    phrases: dict[str, Any] = {}
    phrases["en"] = phrases
    _, problems = parse_options({"phrases": phrases})
    assert [problem.message for problem in problems] == ["the phrases are nested too deep"]


def test_a_letter_in_the_owners_words() -> None:
    """The phrases of the settings are what a letter says."""
    entry = note(
        "a.md",
        "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-19 14:00}\n"
        "people: [{name: Samuel Oduya, honorific: Mr., email: s@acme.example}]\n",
        "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n",
    )
    said = {"thanks": "Thanks a lot for {on_day}.", "specific": "You said: {line}"}
    books = laid({"en": {"sign_off": "Best,", "slots": said}}).books
    draft = letters_of(entry, books=books)[("thank_you", "samuel-oduya")]
    assert draft.body.startswith(
        "Dear Mr. Oduya,\n\nThanks a lot for on Thursday.\n\nYou said: Trucks are late. I can count."
    )
    assert draft.signature == ("Best,", "Alex Kim")


@pytest.mark.parametrize(
    "braced",
    [
        "{Title}",
        "{ title }",
        "{job title}",
        "{title",
        "{title!r}",
        "{{title}}",
        "{title}}",
        "{titel}",
    ],
)
def test_braces_that_are_no_place(braced: str) -> None:
    """They are one error, which knows what was meant; nothing is ever printed with its braces."""
    found = laid({"en": {"slots": {"interest": f"I like the {braced} work."}}})
    assert [problem.hint for problem in found.problems] == ["did you mean `{title}`?"]
    assert "en" not in found.books


@pytest.mark.parametrize(
    ("phrases", "key", "message", "hint"),
    [
        ({"EN": {}}, "phrases.EN", "no phrasebook for `EN`", "did you mean `en`?"),
        ({"en_US": {}}, "phrases.en_US", "no phrasebook for `en_US`", "did you mean `en-US`?"),
        ({"English": {}}, "phrases.English", "no phrasebook", "did you mean `en`?"),
        ({"en": {"signoff": "x"}}, "phrases.en.signoff", "unknown", "did you mean `sign_off`?"),
        ({"en": {"interest": "x"}}, "phrases.en.interest", "unknown", "write it under `slots`"),
        ({"en": {"honorific": "x"}}, "phrases.en.honorific", "unknown", "under `salutations`"),
        ({"en": {"sign_off": 5}}, "phrases.en.sign_off", "`5` is no text", "in"),
        ({"en": {"sign_off": None}}, "phrases.en.sign_off", "there is no text", "take the line"),
        ({"en": {"slots": {"interest": True}}}, "phrases.en.slots.interest", "`yes` is no", '"yes"'),
        ({"en": {"slots": {"interest": None}}}, "phrases.en.slots.interest", "no text", "write"),
        ({"en": {"slots": {"interest": " "}}}, "phrases.en.slots.interest", "no text", "write"),
        (
            {"en": {"slots": {"interest": {"title": None}}}},
            "phrases.en.slots.interest", "unknown phrase `title`", "must stand in double quotes",
        ),
    ],
)  # fmt: skip
def test_slips_have_one_error_that_says_what_to_write(
    phrases: Mapping[str, Any], key: str, message: str, hint: str
) -> None:
    """No word of it is one that only a programmer knows."""
    (problem,) = laid(phrases).problems
    assert problem.key.startswith(key)
    assert message in problem.message
    assert hint in problem.hint
    for jargon in ("valid", "string", "tuple", "dict", "instance", "at least"):
        assert jargon not in f"{problem.message} {problem.hint}"


def test_a_language_that_is_no_language() -> None:
    """Whoever leaves the language out is told to name it first."""
    _, problems = parse_options({"phrases": {"sign_off": "Best,"}})
    assert [problem.message for problem in problems] == ["`sign_off` is no language"]
    assert "name the language first" in problems[0].hint
