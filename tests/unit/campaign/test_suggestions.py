"""Tags suggested for untagged bullets: only where there is no doubt."""

from __future__ import annotations

import pytest

from followup.campaign.observations import observations
from followup.campaign.suggestions import build_suggestions, fitting_tags
from followup.campaign.vocabulary import HABITS, VOCABULARY, tag_of
from followup.notes.entry import Entry
from tests.unit.notebook import note

FRONT = "company: Acme\ntitle: Analyst\ninterview: {format: video, start: 2026-11-19 14:00}\n"


def judged(body: str) -> Entry:
    """A note with this text."""
    return note("acme.md", FRONT, body)


def suggested(body: str) -> list[tuple[int, str]]:
    """The lines of the text, counted from 1, and the tags suggested for them."""
    entry = judged(body)
    first = entry.body_line - 1
    return [(found.source.line - first, found.tag) for found in build_suggestions([entry])]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("I rambled.", "conciseness"),
        ("I talked about the capstone for five minutes before anyone could ask.", "conciseness"),
        ("Mr. Brandt looked at the clock twice.", "conciseness"),
        ("Hatte viel zu lange geredet.", "conciseness"),
        ("J’ai parlé trop longtemps.", "conciseness"),
        ("Me enrollé otra vez.", "conciseness"),
        ("Tell me about yourself? I froze.", None),
        ("My MIND WENT BLANK at the second one.", "composure"),
        ("Ich war nervös.", "composure"),
        ("Salary came up and I named a number first.", "salary_talk"),
        ("Beim Gehalt war ich zu schnell.", "salary_talk"),
        ("Arrived ten minutes late.", "logistics"),
        ("Je suis arrivée en retard.", "logistics"),
        ("Interrumpí a la directora.", "listening"),
        ("Forgot to ask when they decide.", "questions_asked"),
        ("No concrete example for teamwork.", "evidence"),
        ("Ich konnte kein konkretes Beispiel nennen.", "evidence"),
        ("I complained about my last boss.", "negativity"),
        ("They laughed.", None),
        ("The lecture on salads was fine.", None),
        ("He told me about their own problems with being late.", None),
        ("I was nervous and rambled.", None),
        ("They talked too long about themselves.", None),
        ("The interviewers really rambled.", None),
        ("Ms. Rivera was nervous.", None),
        ("Er hat viel zu lange geredet.", None),
        ("Elle a parlé trop longtemps.", None),
        ("They rambled, and I rambled too.", "conciseness"),
        ("They liked my short answers.", "conciseness"),
        ("The director asked about salary.", "salary_talk"),
        (
            "Forgot the decision date. I rambled on and on, far too long.",
            "conciseness",
        ),
    ],
)
def test_what_fits_a_bullet(text: str, tag: str | None) -> None:
    """A cue of any of the languages suggests its tag; two tags, or none, suggest nothing."""
    found = suggested(f"## What went wrong\n- {text}\n")
    assert found == ([(2, tag)] if tag else [])


@pytest.mark.parametrize("heading", ["What went right", "What went wrong", "Royal screw-up"])
def test_headings_that_judge(heading: str) -> None:
    """Bullets under the three headings that judge get suggestions."""
    assert suggested(f"## {heading}\n- Short answers.\n") == [(2, "conciseness")]


def test_headings_that_do_not_judge() -> None:
    """A bullet about the job is not about the candidate."""
    assert suggested("## The job\n- Good for somebody who rambled.\n") == []


def test_tagged_bullets_are_left_alone() -> None:
    """A tag anywhere in the item, in any spelling, is the owner's word."""
    body = """## What went wrong
- I rambled. #energy
- I rambled again.
  - Why: no plan. #my_own
- Two things: #energy
  - I rambled.
- I rambled a third time.
"""
    assert suggested(body) == [(7, "conciseness")]


def test_reasons_suggest_nothing() -> None:
    """What stands in a reason or a better answer is not what happened."""
    body = """## What went wrong
- The second question.
  - Why: I was nervous.
  - Better answer: No concrete example comes to mind, so I would ask for a minute.
"""
    assert suggested(body) == []


def test_nested_bullets_are_read() -> None:
    """A bullet below a bullet is one of its own."""
    assert suggested("## What went wrong\n- First part:\n  - I rambled.\n") == [(3, "conciseness")]


def test_every_cue_points_to_one_tag() -> None:
    """A bullet that is nothing but a cue gets its tag, and no other cue is in the way."""
    wrong = [
        (tag.name, cue, fitting)
        for tag in VOCABULARY
        for words in tag.cues.values()
        for cue in words
        if (fitting := fitting_tags(cue.replace("*", "").replace("…", "any three words")))
        != (tag.name,)
    ]
    assert wrong == []


def test_every_language_has_cues() -> None:
    """Each tag can be suggested in each of the four languages."""
    for tag in VOCABULARY:
        assert list(tag.cues) == ["en", "de", "fr", "es"], tag.name
        assert all((tag.title, tag.trouble, tag.helps)), tag.name


def test_own_tag_has_a_title() -> None:
    """A tag that is in no vocabulary is called by its own words."""
    assert (tag_of("small_talk").title, tag_of("small_talk").trouble) == (
        "Small talk",
        "small talk",
    )
    assert {tag.name for tag in HABITS} == {"decision_not_asked", "no_address", "late_thank_you"}


def test_bullets_without_words_are_no_trouble() -> None:
    """An empty bullet and one that says n/a are no observations."""
    entry = judged("## What went wrong\n- n/a\n-\n- …\n")
    assert list(observations(entry)) == []
