"""How a letter begins."""

from __future__ import annotations

from typing import Any

import pytest

from followup.campaign.phrasebook import Phrasebook
from followup.campaign.salutation import Doubt, build_salutation, given_name
from followup.portal.model import Person
from tests.unit.campaign.letters import english

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


def test_languages_that_agree() -> None:
    """A row by honorific, and titles that agree with it, are the phrasebook's business alone."""
    raw = english().model_dump()
    raw["salutations"]["academic"] = {
        "Mr.": "Estimado {academic_title} {family_name}:",
        "other": "Estimada {academic_title} {family_name}:",
    }
    raw["academic_titles"] = {"Dr.": {"Mr.": "Dr.", "other": "Dra."}}
    book = Phrasebook.model_validate(raw)
    texts = [
        build_salutation(
            person(name="Ngozi Okafor", honorific=honorific, academic_title="Dr."), book, "formal"
        ).text
        for honorific in ("Mr.", "Mrs.")
    ]
    assert texts == ["Estimado Dr. Okafor:", "Estimada Dra. Okafor:"]
