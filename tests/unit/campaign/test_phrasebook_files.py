"""Phrasebooks of several files: what is not stated comes from the one that is extended."""

from __future__ import annotations

import pytest

from followup.campaign.missing_phrases import missing_phrases
from followup.campaign.phrasebook_files import BookFile, Books, build_books
from tests.unit.campaign.letters import ENGLISH, english, shipped

WHOLE = ENGLISH.read_bytes()
GERMAN = (ENGLISH.parent / "de.yml").read_bytes()
SHIPPED = (BookFile("en", "en.yml", WHOLE), BookFile("de", "de.yml", GERMAN))


def books_with(**own: str) -> Books:
    """What ships in English and German, and files of the workspace; `_` stands for `-`."""
    files = (
        BookFile(name, f"own/{name}.yml", text.encode(), own=True)
        for name, text in ((key.replace("_", "-"), text) for key, text in own.items())
    )
    return build_books((*SHIPPED, *files))


def faults(books: Books) -> list[tuple[str, int, str]]:
    """File, line and message of every fault."""
    return [(problem.path, problem.line, problem.message) for problem in books.problems]


def test_what_is_not_stated_comes_from_below() -> None:
    """Mappings are joined key by key, at every depth; a list or a text replaces."""
    own = """\
extends: en
language: en-AU
sign_off: "Regards,"
dates: {date: "{month} {day}"}
watched: {thanks: [cheers]}
slots: {interest: "I remain very interested."}
"""
    books = books_with(en_AU=own)
    assert books.problems == ()
    book, base = books.books["en-AU"], english()
    assert (book.language, book.sign_off) == ("en-AU", "Regards,")
    assert (book.dates.date, book.dates.on_day) == ("{month} {day}", base.dates.on_day)
    assert (book.watched.thanks, book.watched.speaker) == (("cheers",), base.watched.speaker)
    assert [wording.text for wording in book.slots["interest"]] == ["I remain very interested."]
    assert book.slots["thanks"] == base.slots["thanks"]
    assert books.books["en"] == base


def test_wordings_beside_those_there_are() -> None:
    """Under `also` a slot keeps its wordings and gets others."""
    own = "extends: en\nlanguage: en\nalso: {interest: [I am keen.], thanks: Thank you}\n"
    books = books_with(en=own)
    assert books.problems == ()
    texts = [wording.text for wording in books.books["en"].slots["interest"]]
    assert texts == [*(wording.text for wording in english().slots["interest"]), "I am keen."]
    assert books.books["en"].slots["thanks"][-1].text == "Thank you"


def test_a_book_of_the_workspace_on_the_one_that_ships() -> None:
    """A file that extends its own name means the one that ships, also by way of another."""
    own = {
        "en": 'extends: en-AU\nlanguage: en\nsign_off: "Mine,"\n',
        "en_AU": "extends: en\nlanguage: en-AU\nreply: 'Aw: '\n",
    }
    books = books_with(**own)
    assert books.problems == ()
    assert (books.books["en"].sign_off, books.books["en"].reply) == ("Mine,", "Aw: ")
    assert (books.books["en-AU"].sign_off, books.books["en-AU"].reply) == ("Kind regards,", "Aw: ")
    books = books_with(en='extends: en\nsign_off: "Mine,"\n', en_AU=own["en_AU"])
    assert (books.books["en-AU"].sign_off, books.books["en-AU"].reply) == ("Mine,", "Aw: ")


@pytest.mark.parametrize(
    ("own", "line", "words"),
    [
        ("language: xx\nextends: nl", 2, "there is no phrasebook `nl` to extend"),
        ("language: xx\nextends: xx", 2, "this leads in a circle: xx → xx"),
        ("language: xx\nextends: [en]", 2, "there is no phrasebook"),
        ("extends: en", 1, "does not say which language"),
        ("extends: en\nlanguage: en", 2, "named `xx.yml` but says that its language is `en`"),
        ("language: xx\nextends: en\nsign_of: x", 3, "unknown phrase `sign_of`"),
        ("language: xx\nextends: en\ndates:\n  date: '{title}'", 4, "`{title}` is no place to fill in"),
        ("language: xx\nextends: en\ngaps: none", 3, "`gaps`: this must be a group of phrases"),
        (
            "language: xx\nextends: en\nslots:\n  intrest: x",
            4,
            "no message says the slot `intrest`",
        ),
        ("language: xx\nextends: en\nalso:\n  intrest: x", 4, "no message says the slot `intrest`"),
        ("language: xx\nextends: en\nalso:\n  interest:\n  - '{job}'", 5, "`{job}` is no place to fill in"),
        (
            "language: xx\nextends: en\nslots:\n  interest:\n  - Yes.\n  - '{job}'",
            6, "`{job}` is no place to fill in",
        ),
        ("language: xx\nextends: en\nalso: x", 3, "unknown phrase `also`"),
        (
            "language: xx\nextends: en\ntouches:\n  thank_you: x",
            4,
            "`thank_you`: this must be a group of phrases",
        ),
        ("language: xx\nextends: en\nslots:\n  hook: 'So.'", 4, "no wording for every case"),
    ],
)  # fmt: skip
def test_fault_in_a_file_that_extends(own: str, line: int, words: str) -> None:
    """A fault is told at its place in the file that has it."""
    books = books_with(xx=own)
    found = faults(books)
    assert ("own/xx.yml", line) in {fault[:2] for fault in found if words in fault[2]}, found
    assert "xx" not in books.books
    assert "xx" in books.names


def test_two_files_that_extend_each_other() -> None:
    """A circle is told once, where it closes."""
    books = books_with(xx="language: xx\nextends: yy", yy="language: yy\nextends: xx")
    assert sorted(faults(books)) == [
        ("own/xx.yml", 2, "this leads in a circle: yy → xx → yy"),
        ("own/yy.yml", 2, "this leads in a circle: xx → yy → xx"),
    ]


def test_a_fault_below_is_told_where_it_is() -> None:
    """What rests on a broken book is not there either, but only the broken one is at fault."""
    books = books_with(en="language: [", en_AU="language: en-AU\nextends: en")
    assert {path for path, _, _ in faults(books)} == {"own/en.yml"}
    assert {"en", "en-AU"} & set(books.books) == set()
    books = books_with(en="extends: en\nlanguage: en\nnew: 1", en_AU="language: en-AU\nextends: en")
    assert faults(books) == [("own/en.yml", 3, "unknown phrase `new`")]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"language: en\nreply: \xff\n", 2, "no text in UTF-8"),
        (b"\x00", 1, "this is no YAML"),
        (b"[" * 100_000, 1, "nested too deep"),
        (b"- " * 100_000, 1, "nested too deep"),
    ],
)
def test_file_that_cannot_be_read(data: bytes, line: int, words: str) -> None:
    """Whatever a file holds, it is a fault at its line and never a crash."""
    books = build_books((BookFile("en", "en.yml", data),))
    assert [problem.line for problem in books.problems] == [line]
    assert words in books.problems[0].message


def test_a_file_with_a_byte_order_mark() -> None:
    """Windows editors put one in front."""
    assert build_books((BookFile("en", "en.yml", b"\xef\xbb\xbf" + WHOLE),)).problems == ()


LAST_THANKS = """\
    - subject: ["Thank you – {title} interview, {date}", "Thank you – interview, {date}"]
      paragraphs: [[thanks], [specific, more"""

# What is cut out of a whole book, and what is then missing.
CUTS = [
    ("  closing_note:\n", "  # Half way to", "touches", "no form for `closing_note`"),
    (
        LAST_THANKS, "  status_check_1:\n", "touches", "no form of `thank_you` for `{",
    ),
    (
        "    - text: \"There was an offer, and I have declined it.\"\n",
        "    - text: \"This time the answer was no.\"\n",
        "slots", "no wording of `how_it_ended` for `{outcome: declined}`",
    ),
    (
        "    - text: \"Thank you for taking the time to talk with me {on_day}.\"\n",
        "    - text: \"Thank you for the call",
        "slots", "no wording of `thanks` for `{title: no}`",
    ),
    (
        "    - text: \"I would be glad to hear where things stand, and when",
        "  interest:\n",
        "slots", "no wording of `where_things_stand` for `{by: no}`",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "part", "expected"), CUTS)
def test_what_a_whole_book_lacks(start: str, end: str, part: str, expected: str) -> None:
    """A workspace's own book that lacks a form or a wording is an error that knows the way out."""
    text = WHOLE.decode()
    cut = text.index(start)
    text = text[:cut] + text[text.index(end, cut + len(start)) :]
    books = books_with(en=text)
    found = [problem for problem in books.problems if problem.message.startswith(expected)]
    assert found, books.problems
    line = text[: text.index(f"\n{part}:\n") + 1].count("\n") + 1
    assert {problem.path for problem in found} == {"own/en.yml"}
    assert all(problem.line >= line for problem in found)
    assert "extends: en" in found[0].hint
    assert "en" not in books.books


def test_what_a_file_that_extends_takes_away() -> None:
    """A slot whose new wording fits fewer cases than the old ones is told as well."""
    own = 'extends: en\nlanguage: en\nslots:\n  has_it_arrived: "Has the {title} file arrived?"\n'
    assert faults(books_with(en=own)) == [
        (
            "own/en.yml",
            4,
            "no wording of `has_it_arrived` for the general case that does without `title`",
        )
    ]


def test_missing_slot() -> None:
    """A slot that the reference has and the book has not is named."""
    raw = english().model_dump()
    del raw["slots"]["pass_on"]
    raw["touches"]["offer_thanks"][0]["paragraphs"] = [["thanks_for_offer"]]
    book = type(english()).model_validate(raw)
    assert "no wordings for `pass_on`" in missing_phrases(book, english())
    assert missing_phrases(english(), book) == ()


def test_all_that_ships_is_taken_by_a_workspace() -> None:
    """Each book that ships may be copied as it is into a workspace."""
    names = sorted(shipped())
    files = [BookFile(n, n, (ENGLISH.parent / f"{n}.yml").read_bytes(), own=own)
             for n in names for own in (True, False)]  # fmt: skip
    books = build_books(tuple(files))
    assert books.problems == ()
    assert dict(books.books) == dict(shipped())
