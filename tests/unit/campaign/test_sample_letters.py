"""The thank-yous of the sample search, read side by side as their readers could."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from followup.campaign.build import build_campaign
from followup.campaign.model import Campaign, Draft
from followup.notes.entry import Entry
from followup.notes.folder import load_entries
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.unit.campaign.letters import shipped

ENTRIES = Path(__file__).parents[3] / "entries"
LANGUAGES = ("en", "en-US", "de", "fr", "es")


@cache
def campaign(language: str) -> Campaign:
    """The sample as if all its letters were written in one language."""
    options = Options.model_validate({"me": {"name": "Alex Kim"}, "language": language})
    entries = [in_the_language_of_the_workspace(entry) for entry in load_entries(ENTRIES).entries]
    return build_campaign(build_portal(entries, date(2026, 11, 22), options), shipped())[0]


def in_the_language_of_the_workspace(entry: Entry) -> Entry:
    """The note without a language of its own."""
    return replace(entry, front=entry.front.model_copy(update={"language": None}))


def thanks(language: str) -> Mapping[str, list[Draft]]:
    """The thank-yous by interview."""
    built = campaign(language)
    found: dict[str, list[Draft]] = {}
    for draft in built.drafts.values():
        follow_up = built.follow_ups[draft.follow_up]
        if follow_up.touch == "thank_you" and follow_up.interview:
            found.setdefault(follow_up.interview, []).append(draft)
    return found


def shingles(draft: Draft) -> set[tuple[str, ...]]:
    """The runs of four words between salutation and close."""
    middle = "\n\n".join(draft.body.split("\n\n")[1:-1])
    words = re.findall(r"\w+", middle.lower())
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def opening(draft: Draft, title: str) -> str:
    """The first sentence, but for the job and the day in it."""
    text = draft.paragraphs[0][0].text.replace(title, "…")
    return re.sub(r"\d+\w*", "…", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_of_one_interview_gets_what_another_got(language: str) -> None:
    """No two letters share more than 60 % of the shorter one's runs of four words."""
    worst = 0.0
    for drafts in thanks(language).values():
        for one, other in combinations([draft for draft in drafts if draft.ready], 2):
            first, second = shingles(one), shingles(other)
            worst = max(worst, len(first & second) / min(len(first), len(second)))
    assert 0 < worst <= 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_begins_like_a_third_of_all(language: str) -> None:
    """The openings vary, weekday by weekday and also when the days are left aside."""
    built = campaign(language)
    openings: Counter[str] = Counter()
    for drafts in thanks(language).values():
        for draft in drafts:
            application = built.follow_ups[draft.follow_up].application
            openings[opening(draft, built.portal.applications[application].title or "…")] += 1
    days = re.compile("|".join(shipped()[language].weekdays))
    aside = Counter[str]()
    for text, count in openings.items():
        aside[days.sub("…", text)] += count
    assert aside.total() > 30
    assert max(openings.values()) <= openings.total() / 3
    assert max(aside.values()) <= aside.total() / 3
