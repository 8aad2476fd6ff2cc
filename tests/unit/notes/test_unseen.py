"""Signs that cannot be seen, in what notes say."""

from __future__ import annotations

import pytest

from followup.notes.entry_parser import parse_entry

UNSEEN = [
    "\u00ad", "\u061c", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a",
    "\u202e", "\u2060", "\u2066", "\u2069", "\u206f", "\u3164", "\ufe0f", "\ufeff", "\U000e0041",
]  # fmt: skip
REORDERING = [
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
]


def told(company: str = "Acme", title: str = "Clerk", name: str = "Ana", email: str = "") -> str:
    """What is said of a note with these values, or nothing where it is right."""
    person = f"  - name: {name}\n" + (f"    email: {email}\n" if email else "")
    text = f"---\ncompany: {company}\ntitle: {title}\npeople:\n{person}---\n"
    _, problems = parse_entry("a.md", text.encode())
    return "\n".join(str(problem) for problem in problems)


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("address", ["n{}@acme.example", "n@ac{}me.example", "n@acme.example{}"])
def test_all_of_an_address_can_be_seen(sign: str, address: str) -> None:
    """An address that looks like another one would send a letter to somebody else."""
    assert f"invisible character U+{ord(sign):04X}" in told(email=address.format(sign))
    assert told(email=address.format("")) == ""


@pytest.mark.parametrize("sign", REORDERING)
@pytest.mark.parametrize("key", ["company", "title", "name"])
def test_nothing_shows_a_name_in_another_order(sign: str, key: str) -> None:
    """What is after such a sign reads backwards, on a page and in a letter."""
    said = told(**{key: f"Acme{sign}gpj"})
    assert f"invisible character U+{ord(sign):04X}" in said
    assert "delete it and type the text again" in said


@pytest.mark.parametrize(
    "name",
    [
        "שלום כהן",
        "محمد علی",
        "می\u200cخواهم",
        "\u200fשלום",
        "שלום\u200e (x)",
        "👩\u200d💻",
        "❤\ufe0f",
    ],
)
def test_every_script_has_its_names(name: str) -> None:
    """Names from right to left, and the joiners and marks that they are written with, are right."""
    assert told(company=name, title=name, name=name) == ""


def test_a_number_copied_from_a_phone_is_that_number() -> None:
    """Lists of contacts put marks of direction round it; the note keeps them, what is shown does not."""
    text = "---\ncompany: Acme\ntitle: Clerk\npeople: [{name: Ana, phone: \u202a+49 40 123456\u202c}]\n---\n"
    entry, problems = parse_entry("a.md", text.encode())
    assert (entry is not None, problems) == (True, ())
    assert entry
    assert isinstance(entry.front.people, tuple)
    assert entry.front.people[0].phone == "+49 40 123456"
