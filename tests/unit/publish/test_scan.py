"""The scan: what the notes say is found in every form, and nothing else is."""

from __future__ import annotations

import base64
import gzip
import random
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

import pytest

from followup.notes.entry_parser import parse_entry
from followup.portal.build import build_portal
from followup.portal.options import parse_options
from followup.publish.scan import find_leaks, harvest_words, withheld_words

NOTE = b"""---
company: Acme Logistics
title: Data Analyst
location: Hamburg
salary: {min: 52000, max: 60000, currency: EUR}
interview: {format: panel, start: 2026-11-19 14:00, place: "Speicherstadt 4"}
people:
  - {id: okafor, name: Ngozi Okafor, email: n.okafor@acme.example, phone: +49 40 123456, hook: The restaurant is Lotus Kitchen.}
offer: {received_on: 2026-11-20, salary: {min: 58000, currency: EUR}}
---
## What went wrong
- I mixed up two of their depots.
  - Why: I had not slept enough.
"""
WORDS = {"Ngozi Okafor": "a name", "52000": "pay", "n.okafor@acme.example": "an address"}


def found(data: bytes, words: Mapping[str, str] | None = None, name: str = "shell.js") -> set[str]:
    """The beginnings of the words that are found in a file."""
    return {leak.hint for leak in find_leaks([(name, data)], words or WORDS, {})}


def harvested() -> Mapping[str, str]:
    """The words of the note above."""
    entry, problems = parse_entry("2026-11-19-acme.md", NOTE)
    assert entry is not None, problems
    options, _ = parse_options({"me": {"name": "Alex Kim", "email": "alex@example.org"}})
    return harvest_words(build_portal((entry,), date(2026, 11, 22), options))


@pytest.mark.parametrize(
    "word",
    [
        "Acme Logistics",
        "acme-logistics",
        "Data Analyst",
        "Hamburg",
        "Speicherstadt 4",
        "Ngozi Okafor",
        "Ngozi",
        "Okafor",
        "n.okafor@acme.example",
        "+49 40 123456",
        "52000",
        "52,000",
        "60.000",
        "58 000",
        "The restaurant is Lotus Kitchen.",
        "I mixed up two of their depots.",
        "I had not slept enough.",
        "2026-11-19-acme",
        "Alex Kim",
        "alex@example.org",
    ],
)
def test_notes_are_harvested(word: str) -> None:
    """Names, addresses, pay, companies, and whole sentences are looked for."""
    assert word in harvested()


FORMS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "small": lambda word: word.lower().encode(),
    "capitals": lambda word: word.upper().encode(),
    "UTF-16 LE": lambda word: word.encode("utf-16-le"),
    "UTF-16 BE": lambda word: word.encode("utf-16-be"),
    "gzip": lambda word: gzip.compress(b"before " + word.encode() + b" after"),
    "base64, first place": lambda word: base64.b64encode(word.encode() + b"..."),
    "base64, second place": lambda word: base64.b64encode(b"." + word.encode() + b"."),
    "base64, third place": lambda word: base64.b64encode(b".." + word.encode() + b"."),
    "base64 in lines": lambda word: base64.encodebytes(b"." * 50 + word.encode() + b"." * 50),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(b"\xff\xef" + word.encode()),
    "base64 of UTF-16": lambda word: base64.b64encode(b"." + word.encode("utf-16-le")),
    "base64 of gzip": lambda word: base64.b64encode(gzip.compress(word.encode())),
    "gzip of gzip": lambda word: gzip.compress(gzip.compress(word.encode())),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", WORDS)
def test_word_is_found_in_every_form(word: str, form: str) -> None:
    """However it is written, a word between other bytes is found."""
    data = b"let a = '" + FORMS[form](word) + b"';"
    assert found(data) == {f"{word[:2]}…"}


@pytest.mark.parametrize("form", FORMS)
def test_word_is_found_among_a_thousand(form: str) -> None:
    """Many words are looked for in another way than few, and found as well."""
    words = {**WORDS, **{f"nobody{number}@x.example": "an address" for number in range(1000)}}
    assert found(b"' " + FORMS[form]("Ngozi Okafor") + b" '", words) == {"Ng…"}


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("gzip", "gzip of gzip")])
def test_word_is_found_in_noise(form: str) -> None:
    """In the middle of random bytes a word is found too."""
    data = bytes(range(256)) * 8
    assert found(data + FORMS[form]("Ngozi Okafor") + data, name="v-00.bin") == {"Ng…"}


@pytest.mark.parametrize("spelling", ["NFC", "NFD"])
def test_accents_are_found_as_they_are_composed(spelling: Literal["NFC", "NFD"]) -> None:
    """A letter with an accent is found as one sign and as two."""
    text = unicodedata.normalize(spelling, "<p>zoë brontë</p>")
    assert found(text.encode(), {"Zoë Brontë": "a name"}) == {"Zo…"}


def test_name_of_a_file_is_looked_at() -> None:
    """A word in a file's name is a leak too."""
    assert found(b"", name="ngozi okafor.txt") == {"Ng…"}


@pytest.mark.parametrize("data", [b"a152000f", b"520001", b"52,0,00", b"Ngo zi", b""])
def test_what_only_looks_alike_is_no_leak(data: bytes) -> None:
    """A sum within another number, and half a name, are nothing."""
    assert found(data) == set()


def test_what_a_file_says_anyway_is_no_leak() -> None:
    """A company may be called like a word of the page that asks for the passphrase."""
    words = {"Passphrase": "a company", "Okafor": "a name"}
    known = {"index.html": b"<label>Passphrase</label>"}
    page = [("index.html", b"<label>Passphrase</label>")]
    assert find_leaks(page, words, known) == ()
    assert [leak.kind for leak in find_leaks(page, words, {})] == ["a company"]
    other = [("index.html", b"<label>Passphrase of Okafor</label>")]
    assert [leak.kind for leak in find_leaks(other, words, known)] == ["a name"]


@pytest.mark.parametrize("others", [0, 1000], ids=["few words", "many words"])
@pytest.mark.parametrize("known_word", ["Pass", "Passphrase", "phrase In", "Passphrase Inc"])
def test_what_a_file_says_anyway_hides_no_longer_word(known_word: str, others: int) -> None:
    """A leak is found where a word that the file says anyway begins it, lies in it, or is in a part."""
    words = {known_word: "a company", "Passphrase Inc. of Hamburg": "a place"}
    words |= {f"nobody{number}@x.example": "an address" for number in range(others)}
    page = b"<p>PASSPHRASE INC. OF HAMBURG</p> " + base64.b64encode(b"Passphrase Inc. of Hamburg")
    said = {"index.html": b"<label>Passphrase Inc</label>"}
    leaks = find_leaks([("index.html", page)], words, said)
    assert [(leak.kind, leak.form) for leak in leaks] == [
        ("a place", "base64"),
        ("a place", "plain text"),
    ]


def test_what_one_file_says_anyway_is_a_leak_in_another() -> None:
    """Files are looked at one after the other, each with what it says itself."""
    words = {"Passphrase": "a company", "Okafor": "a name"}
    page = b"<p>passphrase</p>"
    leaks = find_leaks([("a.html", page), ("b.html", page)], words, {"a.html": page})
    assert [(leak.file, leak.kind) for leak in leaks] == [("b.html", "a company")]


def test_word_is_told_once_however_often_it_is_written() -> None:
    """Of two words that differ in capital letters alone, the first is told."""
    words = {"Okafor": "a name", "okafor": "a company"}
    assert [leak.kind for leak in find_leaks([("a.txt", b"OKAFOR")], words, {})] == ["a name"]


@pytest.mark.parametrize("spelling", ["NFC", "NFD"])
def test_known_word_hides_no_other_with_a_form_in_common(spelling: Literal["NFC", "NFD"]) -> None:
    """Two words that are one when composed are two here: either is a leak where the other is known."""
    words = {unicodedata.normalize("NFC", "Zoë Brontë"): "a name"}
    words[unicodedata.normalize("NFD", "Zoë Brontë")] = "a sentence"
    known, leaked = list(words) if spelling == "NFC" else reversed(list(words))
    page = unicodedata.normalize("NFD", known).encode()
    leaks = find_leaks([("a.html", page)], words, {"a.html": known.encode()})
    assert [leak.kind for leak in leaks] == [words[leaked]]


def test_noise_says_nothing() -> None:
    """In a megabyte of random bytes none of many words is found."""
    words = dict(harvested()) | {f"name{number}": "a name" for number in range(2000)}
    assert found(random.Random(7).randbytes(1 << 20), words, "v-00.bin") == set()


def test_leak_names_file_kind_and_form() -> None:
    """A leak says where and what, and of the word itself only how it begins."""
    (leak,) = find_leaks([("sw.js", "Okafor".encode("utf-16-le"))], {"Okafor": "a name"}, {})
    assert (leak.file, leak.kind, leak.form, leak.hint) == ("sw.js", "a name", "UTF-16", "Ok…")


def test_what_a_shown_note_says_too_is_not_withheld() -> None:
    """However it stands there: over two lines, or with who said it in the middle."""
    head = "---\ncompany: Acme\ntitle: Analyst\n---\n## The job\n"
    shown = f"{head}- The planners decide\n  at six.\n- Trucks @yu are late today.\n"
    kept = f"{head}- The planners decide at six.\n- Trucks are late today.\n- Mine alone is this.\n"
    entries = [
        parse_entry(name, text.encode())[0] for name, text in (("a.md", shown), ("b.md", kept))
    ]
    options, _ = parse_options({})
    portal = build_portal([e for e in entries if e], date(2026, 11, 22), options)
    assert withheld_words(portal, {"a.md"}, shown) == {"Mine alone is this.": "a sentence"}
