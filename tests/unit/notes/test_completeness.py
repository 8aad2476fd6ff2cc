"""Which of the thirteen categories a note answers."""

from __future__ import annotations

import pytest

from followup.notes.categories import CATEGORIES, Answer, answers
from followup.notes.entry_parser import parse_entry

ANSWERED, NOT_APPLICABLE, MISSING = Answer.ANSWERED, Answer.NOT_APPLICABLE, Answer.MISSING


def answer(number: int, *lines: str, body: str = "") -> Answer:
    """What the note with these lines says to one category."""
    text = "\n".join(["---", "company: Acme", "title: Analyst", *lines, "---", body])
    entry, problems = parse_entry("a.md", text.encode())
    assert problems == ()
    assert entry is not None
    return answers(entry)[number - 1]


def test_there_are_thirteen_in_order() -> None:
    """The categories are numbered from 1 to 13, each with a question and what to type."""
    assert [category.number for category in CATEGORIES] == list(range(1, 14))
    assert all(category.question.endswith("?") for category in CATEGORIES)
    assert all(category.title and category.example for category in CATEGORIES)


def test_every_example_answers_its_category_once_it_is_filled_in() -> None:
    """What the owner is told to type is the very thing that is missing."""
    for category in CATEGORIES:
        filled = category.example.replace("…", "Something")
        where = {"body": filled} if category.headings else {}
        lines = [] if category.headings else [filled]
        assert answer(category.number, *lines, **where) is ANSWERED


def test_an_empty_note_misses_all() -> None:
    """A company and a title answer nothing."""
    assert [answer(number) for number in range(1, 14)] == [MISSING] * 13


@pytest.mark.parametrize(
    ("number", "line", "expected"),
    [
        (1, "people: [{name: Ngozi Okafor}]", ANSWERED),
        (1, "people: [{id: okafor}, {role: recruiter}]", MISSING),
        (1, "people: [{name: '?'}, {name: TODO}]", MISSING),
        (1, "people: n/a", NOT_APPLICABLE),
        (1, "people:", MISSING),
        (9, "people: [{name: A B, hook: We both row.}]", ANSWERED),
        (9, "people: [{name: A B, hook: n/a}]", NOT_APPLICABLE),
        (9, "people: [{name: A B, hook: …}]", MISSING),
        (10, "next_step: {what: next_round}", ANSWERED),
        (10, "next_step: {by: 2026-11-30}", ANSWERED),
        (10, "next_step: {said: TODO}", MISSING),
        (10, "next_step: {}", MISSING),
        (10, "next_step: none", NOT_APPLICABLE),
        (11, "other_candidates: unknown", ANSWERED),
        (11, "other_candidates: {answer: no}", ANSWERED),
        (11, "other_candidates: n/a", NOT_APPLICABLE),
        (11, "other_candidates:", MISSING),
        (12, "decision: {by: 2026-12-04}", ANSWERED),
        (12, "decision: {said: Next week.}", ANSWERED),
        (12, "decision: N/A", NOT_APPLICABLE),
        (12, "decision: ~", MISSING),
    ],
)
def test_the_front_matter_answers(number: int, line: str, expected: Answer) -> None:
    """A block answers with a value that says something; a key without a value is absent."""
    assert answer(number, line) is expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("- They forecast trucks. @okafor", ANSWERED),
        ("A sentence.", ANSWERED),
        ("> quoted", ANSWERED),
        ("```\ncode\n```", ANSWERED),
        ("- …\n- Something", ANSWERED),
        ("### Team\n- nine people", ANSWERED),
        ("👍", ANSWERED),
        ("- n/a\n- but this", ANSWERED),
        ("None", NOT_APPLICABLE),
        ("- none.", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("- *keine*", NOT_APPLICABLE),
        ("Aucun.", NOT_APPLICABLE),
        ("ninguno", NOT_APPLICABLE),
        ("- …\n- n/a", NOT_APPLICABLE),
        ("", MISSING),
        ("- ", MISSING),
        ("- …", MISSING),
        ("...", MISSING),
        ("- ?\n- ???\n- -", MISSING),
        ("TODO", MISSING),
        ("- tbd.", MISSING),
        ("<!-- What did you find out? -->", MISSING),
        ("<!-- two\n\nlines -->\n\n- ", MISSING),
        ("- @okafor #evidence", MISSING),
        ("- …\n  - Why: …\n  - Better answer: TODO", MISSING),
        ("***", MISSING),
    ],
)
def test_a_section_answers(below: str, expected: Answer) -> None:
    """Text answers, `n/a` and its relatives do not apply, and placeholders are nothing."""
    assert answer(6, body=f"## What went right\n{below}\n\n## Else\n- x") is expected


def test_two_sections_of_one_category_answer_together() -> None:
    """It is enough that one of them says something."""
    assert answer(2, body="## The job\n- …\n## About the job\n- x") is ANSWERED


def test_a_hook_or_a_section_answers_the_personal_topic() -> None:
    """Category 9 has two homes, and the fuller one counts."""
    body = "## Personal topics\n- rowing"
    assert answer(9, "people: [{name: A B, hook: n/a}]", body=body) is ANSWERED
    assert answer(9, "people: [{name: A B}]", body="## Personal topics\nnone") is NOT_APPLICABLE


def test_bullets_that_say_nothing_are_not_read() -> None:
    """Whoever asks an entry for bullets gets none that are `…` or `n/a`, at any depth."""
    text = (
        "---\ncompany: A\ntitle: B\n---\n## The job\n- …\n- n/a\n- real\n"
        "  - TODO\n  - Why: also real\n- \n  - child of nothing\n"
    )
    entry, _ = parse_entry("a.md", text.encode())
    assert entry is not None
    found = [(b.text, [child.text for child in b.children]) for b in entry.bullets(2)]
    assert found == [("real", ["also real"]), ("", ["child of nothing"])]
    assert entry.bullets(3) == ()
