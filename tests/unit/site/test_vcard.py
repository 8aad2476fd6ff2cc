"""People as an address book takes them in, read back by a program that knows nothing of ours."""

from __future__ import annotations

from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from followup.notes.entry import Entry
from followup.notes.scalars import parse_line
from followup.site.vcard import render_vcard
from tests.unit.notebook import note
from tests.unit.site.campaigns import BODY, PANEL, application, lookup_of


def cards_of(*entries: Entry) -> list[Any]:
    """The cards as an address book reads them."""
    text = render_vcard(lookup_of(*entries))
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return list(vobject.readComponents(text))


def person(**facts: str) -> Entry:
    """A note that names one person."""
    quoted = "\n".join(
        f"    {key}: '{value.replace(chr(39), chr(39) * 2)}'" for key, value in facts.items()
    )
    return note("a.md", f"company: Ash; Elm, Inc\npeople:\n  - id: x\n{quoted}\ntitle: Analyst")


def card_of(**facts: str) -> Any:
    """The card of this person."""
    (card,) = cards_of(person(**facts))
    return card


def test_who_somebody_is_and_how_to_reach_them() -> None:
    """Name, employer, job, address and phone; the note says why they are in the address book."""
    card = card_of(
        name="Ngozi Okafor",
        honorific="Ms.",
        job_title="Head of Analytics",
        role="hiring_manager",
        email="n.okafor@ash.example",
        phone="+49 40 123456",
    )
    assert card.version.value == "3.0"
    assert card.fn.value == "Ngozi Okafor"
    assert (card.n.value.family, card.n.value.given, card.n.value.prefix) == (
        "Okafor",
        "Ngozi",
        "Ms.",
    )
    assert card.org.value == ["Ash; Elm, Inc"]
    assert card.title.value == "Head of Analytics"
    assert card.email.value == "n.okafor@ash.example"
    assert card.tel.value == "+49 40 123456"
    assert card.note.value == "Hiring manager, Analyst"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"name": "Jonas Lind"}, ("Lind", "Jonas")),
        ({"name": "María de la Vega"}, ("", "")),
        ({"name": "María de la Vega", "family_name": "de la Vega"}, ("de la Vega", "María")),
        ({"name": "María de la Vega", "family_name": "Vega"}, ("Vega", "")),
        ({"name": "Anna Maria Weber", "family_name": "Weber"}, ("Weber", "Anna Maria")),
        ({"name": "Tanaka Yuki", "family_name": "Tanaka"}, ("Tanaka", "Yuki")),
        ({"name": "Okafor, Ngozi", "family_name": "Okafor"}, ("Okafor", "Ngozi")),
        ({"name": "Okafor, Ngozi"}, ("", "")),
        ({"name": "Dr. Okafor"}, ("Okafor", "")),
        ({"name": "Suharto"}, ("", "")),
        ({"name": "Ben Berg PhD", "family_name": "Berg"}, ("Berg", "")),
        ({"name": "Ben Weinberg", "family_name": "Berg"}, ("Berg", "")),
        ({"family_name": "Okafor"}, ("Okafor", "")),
    ],
)
def test_a_name_is_never_guessed(facts: dict[str, str], expected: tuple[str, str]) -> None:
    """What is not surely the family or given name stands only in the full name."""
    card = card_of(**facts)
    assert (card.n.value.family, card.n.value.given) == expected
    assert card.fn.value == facts.get("name", "Okafor")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"job_title": "Talent team"}, "Talent team"),
        ({"role": "recruiter"}, "Recruiter"),
        ({"family_name": "Okafor", "honorific": "Ms."}, "Ms. Okafor"),
        ({"email": "jobs@ash.example"}, "Ash; Elm, Inc"),
    ],
)
def test_somebody_without_a_name(facts: dict[str, str], expected: str) -> None:
    """A card has a full name, be it what the person is, or the company."""
    assert card_of(**facts).fn.value == expected


def test_nothing_candid_leaves_the_notes() -> None:
    """No hook, no promise, no log and nothing of the text is in a card; the address is."""
    rivera = "role: hiring_manager, hook: We both cook Thai food., salutation: Hi Elena!,"
    front = PANEL.replace("role: hiring_manager,", rivera)
    text = render_vcard(lookup_of(note("2026-11-20-harbor-pine-panel.md", front, BODY)))
    plain = text.replace("\r\n ", "").replace("\\", "")
    assert "e.rivera@harborpine.example" in plain
    written = [line.removeprefix("- ").partition(" @")[0] for line in BODY.splitlines()]
    secrets = (*written, "Thai", "Hi Elena", "case round", "thank_you", "2026")
    assert [secret for secret in secrets if secret in plain] == []


def test_a_person_keeps_their_uid() -> None:
    """Whatever else is noted about somebody, their card replaces the one before."""
    first = card_of(name="Ngozi Okafor").uid.value
    assert card_of(name="Ngozi Okafor-Lind", email="n@ash.example").uid.value == first
    others = cards_of(person(name="Ngozi Okafor"), application())
    assert len({card.uid.value for card in others}) == 2


def _is_a_line(text: str) -> bool:
    try:
        return parse_line(text) == text
    except ValueError:
        return False


@given(
    st.lists(
        st.sampled_from(
            ["\\", ";", ",", ":", "\\n", "\\N", '"', "END:VCARD", " ", "é", "日本語" * 9, "🦄", "=0A",
             "\u200d", "a", "'", "\u00a0"]
        ),
        min_size=1,
        max_size=30,
    ).map(lambda parts: "x" + "".join(parts) + "x")
)  # fmt: skip
def test_any_name_comes_back(name: str) -> None:
    """Whatever a name is made of, an address book shows it as it was written."""
    if _is_a_line(name):
        card = card_of(name=name, job_title=name)
        assert (card.fn.value, card.title.value) == (name, name)
