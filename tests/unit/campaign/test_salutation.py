"""How a letter begins."""

from __future__ import annotations

from typing import Any

import pytest

from followup.campaign.phrasebook import Phrasebook
from followup.campaign.salutation import (
    Doubt,
    begin_after_comma,
    build_reference,
    build_salutation,
    given_name,
)
from followup.portal.model import Person
from followup.portal.names import reference_name
from tests.unit.campaign.letters import english, shipped

BLANK: dict[str, Any] = dict.fromkeys(Person.__dataclass_fields__)


def person(**facts: Any) -> Person:
    """A person of whom only these facts are known."""
    return Person(**{**BLANK, "sources": {}, "hooks": {}, "interviews": (), **facts})


@pytest.mark.parametrize(
    ("facts", "text", "doubts"),
    [
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Dear Ms. Okafor,", ()),
        ({"name": "Ngozi Okafor", "academic_title": "Dr."}, "Dear Dr. Okafor,", ()),
        (
            {"name": "Ngozi Okafor", "honorific": "Ms.", "academic_title": "Prof. Dr."},
            "Dear Prof. Dr. Okafor,",
            (),
        ),
        ({"name": "Carla Weber"}, "Dear Carla Weber,", (Doubt.HONORIFIC,)),
        (
            {"name": "Ana de la Vega", "honorific": "Ms."},
            "Dear Ana de la Vega,",
            (Doubt.FAMILY_NAME,),
        ),
        (
            {"name": "Ana de la Vega", "honorific": "Ms.", "family_name": "de la Vega"},
            "Dear Ms. de la Vega,",
            (),
        ),
        ({"name": "Suryanto"}, "Dear Suryanto,", (Doubt.HONORIFIC, Doubt.FAMILY_NAME)),
        ({"honorific": "Ms.", "family_name": "Okafor"}, "Dear Ms. Okafor,", ()),
        ({"family_name": "Okafor"}, "Dear Hiring Manager,", (Doubt.NAME,)),
        ({"honorific": "Ms."}, "Dear Hiring Manager,", (Doubt.NAME,)),
        ({"salutation": "Dear all at {Acme},"}, "Dear all at {Acme},", ()),
        ({"name": "{family_name} {name}", "honorific": "Mx."}, "Dear Mx. {name},", ()),
    ],
)
def test_formal_salutation(facts: dict[str, str], text: str, doubts: tuple[Doubt, ...]) -> None:
    """The first row that fits, and what was not certain."""
    found = build_salutation(person(**facts), english(), "formal")
    assert (found.text, found.doubts) == (text, doubts)


def test_nobody() -> None:
    """A letter to nobody known asks for the name."""
    found = build_salutation(None, english(), "formal")
    assert (found.text, found.doubts) == ("Dear Hiring Manager,", (Doubt.NAME,))


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Dear Ngozi,"),
        ({"name": "Ana de la Vega"}, "Dear Ana,"),
        ({"name": "Nguyen Van An", "family_name": "Nguyen"}, "Dear Van,"),
        ({"name": "Suryanto"}, "Dear Suryanto,"),
        ({"name": "Ngozi Okafor", "salutation": "Hello Ngozi,"}, "Hello Ngozi,"),
    ],
)
def test_first_name_salutation(facts: dict[str, str], text: str) -> None:
    """With the policy `first_name` nothing is doubtful."""
    found = build_salutation(person(**facts), english(), "first_name")
    assert (found.text, found.doubts) == (text, ())


def test_given_name_of_nobody() -> None:
    """A family name alone is no first name."""
    assert given_name(person(name="Okafor", family_name="Okafor")) is None


AGREEING = {
    "Mr.": "Estimado {academic_title} {family_name}:",
    "Mx.": "Hola, {name}:",
    "other": "Estimada {academic_title} {family_name}:",
}
TITLES = {"Dr.": {"Mr.": "Dr.", "Mx.": "Dr.", "other": "Dra."}}


@pytest.mark.parametrize(
    ("honorific", "letter", "sentence"),
    [
        ("Mr.", "Estimado Dr. Okafor:", "el Dr. Okafor"),
        ("Mrs.", "Estimada Dra. Okafor:", "la Dra. Okafor"),
        ("Mx.", "Hola, Ngozi Okafor:", "Dr. Okafor"),
        (None, "Hola, Ngozi Okafor:", "Dr. Okafor"),
    ],
)
def test_languages_that_agree(honorific: str | None, letter: str, sentence: str) -> None:
    """A row by honorific, and titles that agree with it, are the phrasebook's business alone."""
    raw = english().model_dump()
    raw["salutations"] |= dict.fromkeys(("academic", "academic_without_honorific"), AGREEING)
    articles = {
        "Mr.": "el {academic_title} {family_name}",
        "other": "la {academic_title} {family_name}",
    }
    agreeing = {**articles, "Mx.": "{academic_title} {family_name}"}
    raw["references"] |= dict.fromkeys(("academic", "academic_without_honorific"), agreeing)
    raw["academic_titles"] = TITLES
    book = Phrasebook.model_validate(raw)
    reader = person(name="Ngozi Okafor", honorific=honorific, academic_title="Dr.")
    assert build_salutation(reader, book, "formal").text == letter
    assert build_reference(reader, book) == sentence


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"name": "Ngozi Okafor", "honorific": "Ms."}, "Ms. Okafor"),
        ({"name": "Ngozi Okafor", "honorific": "Ms.", "academic_title": "Dr."}, "Dr. Okafor"),
        ({"name": "Ngozi Okafor", "academic_title": "Dr."}, "Dr. Okafor"),
        ({"name": "Ngozi Okafor"}, "Ngozi Okafor"),
        ({"name": "Ana de la Vega", "honorific": "Ms."}, "Ana de la Vega"),
        ({"family_name": "Okafor", "honorific": "Ms."}, "Ms. Okafor"),
        ({"family_name": "Okafor"}, "Okafor"),
        ({"honorific": "Ms."}, "somebody"),
        ({"name": "{family_name} {name}"}, "{family_name} {name}"),
    ],
)
def test_reference(facts: dict[str, str], text: str) -> None:
    """In English a letter names somebody just as the portal does."""
    assert build_reference(person(**facts), english()) == text
    assert reference_name(person(**facts)) == text


# The table of addresses that the drafts keep to, by language and by what is known.
KNOWN = {"name": "Ngozi Okafor"}
WOMAN, MAN = {**KNOWN, "honorific": "Ms."}, {**KNOWN, "honorific": "Mr."}


@pytest.mark.parametrize(
    ("language", "facts", "text"),
    [
        ("de", {**WOMAN, "academic_title": "Dr."}, "Sehr geehrte Frau Dr. Okafor,"),
        ("de", {**KNOWN, "academic_title": "Dr."}, "Guten Tag Dr. Ngozi Okafor,"),
        ("de", WOMAN, "Sehr geehrte Frau Okafor,"),
        ("de", MAN, "Sehr geehrter Herr Okafor,"),
        ("de", KNOWN, "Guten Tag Ngozi Okafor,"),
        ("de", {**KNOWN, "honorific": "Mx."}, "Guten Tag Ngozi Okafor,"),
        ("de", {}, "Sehr geehrte Damen und Herren,"),
        ("fr", {**WOMAN, "academic_title": "Dr."}, "Madame,"),
        ("fr", {**KNOWN, "academic_title": "Dr."}, "Bonjour Ngozi Okafor,"),
        ("fr", WOMAN, "Madame,"),
        ("fr", MAN, "Monsieur,"),
        ("fr", KNOWN, "Bonjour Ngozi Okafor,"),
        ("fr", {**KNOWN, "honorific": "Mx."}, "Bonjour Ngozi Okafor,"),
        ("fr", {}, "Madame, Monsieur,"),
        ("es", {**WOMAN, "academic_title": "Dr."}, "Estimada Dra. Okafor:"),
        ("es", {**KNOWN, "academic_title": "Dr."}, "Hola, Ngozi Okafor:"),
        ("es", WOMAN, "Estimada Sra. Okafor:"),
        ("es", MAN, "Estimado Sr. Okafor:"),
        ("es", KNOWN, "Hola, Ngozi Okafor:"),
        ("es", {**KNOWN, "honorific": "Mx."}, "Hola, Ngozi Okafor:"),
        ("es", {}, "A quien corresponda:"),
    ],
)
def test_formal_salutation_in_other_languages(
    language: str, facts: dict[str, str], text: str
) -> None:
    """Each language has its own row for what is known, and none of them guesses."""
    assert build_salutation(person(**facts), shipped()[language], "formal").text == text


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Hallo Ngozi,"), ("fr", "Bonjour Ngozi,"), ("es", "Hola, Ngozi:")]
)
def test_first_name_in_other_languages(language: str, text: str) -> None:
    """The policy `first_name` has a row in each language."""
    assert build_salutation(person(**WOMAN), shipped()[language], "first_name").text == text


@pytest.mark.parametrize(
    ("lower_case", "text", "expected"),
    [
        ("yes", "Vielen Dank dafür.", "vielen Dank dafür."),
        ("yes", "Ihr Beispiel war gut.", "Ihr Beispiel war gut."),
        ("yes", "Ihretwegen war es gut.", "ihretwegen war es gut."),
        ("yes", "Über Ihr Beispiel.", "über Ihr Beispiel."),
        ("yes", "[etwas]", "[etwas]"),
        ("no", "Vielen Dank dafür.", "Vielen Dank dafür."),
    ],
)
def test_first_word_after_a_comma(lower_case: str, text: str, expected: str) -> None:
    """Where the language wants it, a letter goes on in lower case, but for some words."""
    raw = english().model_dump()
    raw["opening"] = {"lower_case": lower_case, "except": ["Ihr"]}
    assert begin_after_comma(text, Phrasebook.model_validate(raw)) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dr. Ngozi Okafor", "Dear Dr. Ngozi Okafor,"),
        ("Ms. Okafor", "Dear Ms. Okafor,"),
        ("Frau Okafor", "Dear Frau Okafor,"),
        ("Okafor, Ngozi", "Dear Okafor, Ngozi,"),
        ("Björk", "Dear Björk,"),
        ("Ngozi Okafor", "Dear Ngozi,"),
    ],
)
def test_a_title_or_a_comma_is_no_given_name(name: str, text: str) -> None:
    """By first name or not: which part is the given name is not guessed, and the draft asks."""
    salutation = build_salutation(person(name=name), english(), "first_name")
    assert salutation.text == text
    certain = name in ("Björk", "Ngozi Okafor")
    assert (Doubt.HONORIFIC in salutation.doubts) is not certain
