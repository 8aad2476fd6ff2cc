"""`@ids` and `#tags` in the front matter: they are for the owner, and never reach a letter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.campaign.lines import as_said
from tests.unit.campaign.letters import letters_of
from tests.unit.notebook import note

MARKS = st.sampled_from(["@reed", "#rapport", "@nobody", "#tag-canary", "@reed #tag-canary"])
WORDS = st.sampled_from(["Call", "me", "under", "a@b.example", "#1", "50% {title}", "it's"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good to meet a Thai cook. @reed #rapport", "Good to meet a Thai cook."),
        ("#rapport Good to meet a cook", "Good to meet a cook"),
        ("Good @reed, to meet a cook #rapport.", "Good, to meet a cook."),
        ("Write to a@b.example about #1", "Write to a@b.example about #1"),
        ("C# & <b>*this*</b>  stays", "C# & <b>*this*</b>  stays"),
        ("@reed", ""),
    ],
)
def test_marks_are_taken_out_and_the_rest_stays(text: str, expected: str) -> None:
    """As in bullets; nothing else is read as Markdown."""
    assert as_said(text) == expected


@given(st.lists(WORDS, min_size=1, max_size=4), MARKS, st.integers(0, 4))
@example(["Call"], "@reed", 0)
def test_no_mark_of_the_front_matter_reaches_a_letter(
    words: list[str], mark: str, place: int
) -> None:
    """Hook, promise, next step and decision, with a mark anywhere."""
    text = " ".join([*words[:place], mark, *words[place:]]).replace("'", "''")
    front = (
        "company: Acme\ntitle: Clerk\ninterview: {format: panel, start: 2026-11-19 14:00}\n"
        "people:\n  - {id: reed, name: Anna Reed, role: recruiter, email: a@acme.example, "
        f"hook: '{text}'}}\n  - {{id: lind, name: Jo Lind, email: j@acme.example}}\n"
        f"next_step: {{what: next_round, said: '{text}'}}\n"
        f"decision: {{said: '{text}'}}\n"
        f"promises: [{{what: 'Send the map {text}', to: reed, by: 2026-11-25}}]\n"
    )
    letters = letters_of(note("a.md", front))
    assert ("deliver_promise", "reed") in letters
    for draft in letters.values():
        for sign in mark.split():
            assert sign not in f"{draft.subject}\n{draft.body}"
        assert all(word in letters[("thank_you", "reed")].body for word in words)
