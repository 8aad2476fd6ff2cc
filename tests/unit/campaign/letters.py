"""Drafts for tests: notes in, the letters about them out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from followup.campaign.drafts import DraftResult, build_drafts
from followup.campaign.model import Draft, FollowUp, Sentence
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry import Entry
from followup.notes.render import render_problem
from followup.portal.model import Portal
from followup.resources import load_phrasebooks
from tests.unit.notebook import TODAY, portal_of

ENGLISH = Path(__file__).parents[3] / "site_templates" / "drafts" / "en.yml"
ALEX = {"name": "Alex Kim", "email": "alex@example.org"}


@cache
def shipped() -> Mapping[str, Phrasebook]:
    """Every phrasebook that ships by its language, free of problems."""
    books, problems = load_phrasebooks(None)
    assert not problems, "\n" + "\n".join(render_problem(found, "entries/") for found in problems)
    return books


def english() -> Phrasebook:
    """The phrasebook in English."""
    return shipped()["en"]


def result_of(
    *entries: Entry,
    today: date = TODAY,
    books: Mapping[str, Phrasebook] | None = None,
    **options: Any,
) -> tuple[Portal, DraftResult]:
    """The portal of these notes and its drafts, signed by Alex Kim unless told otherwise."""
    portal = portal_of(*entries, today=today, **{"me": ALEX, **options})
    return portal, build_drafts(portal, build_follow_ups(portal), books or {"en": english()})


def letters_of(
    *entries: Entry, today: date = TODAY, **options: Any
) -> dict[tuple[str, ...], Draft]:
    """The drafts by touch and the slug of their reader."""
    portal, result = result_of(*entries, today=today, **options)
    plan = build_follow_ups(portal)
    return {_name(portal, plan[uid]): draft for uid, draft in result.drafts.items()}


def _name(portal: Portal, follow_up: FollowUp) -> tuple[str, ...]:
    return (follow_up.touch, *(portal.people[person].slug for person in follow_up.to))


def as_text(draft: Draft) -> str:
    """A draft as the golden files hold it: with the lines behind each sentence."""
    head = [f"Subject: {draft.subject}"]
    head += [f"{remark.code}: {remark.message}" for remark in draft.remarks]
    paragraphs = (" ".join(map(_with_lines, part)) for part in draft.paragraphs)
    return "\n\n".join(
        ["\n".join(head), draft.salutation.text, *paragraphs, "\n".join(draft.signature)]
    )


def _with_lines(sentence: Sentence) -> str:
    if not sentence.sources:
        return sentence.text
    return f"{sentence.text} [{', '.join(str(source.line) for source in sentence.sources)}]"


def codes(draft: Draft) -> list[str]:
    """The codes of a draft's remarks, in order."""
    return [remark.code for remark in draft.remarks]
