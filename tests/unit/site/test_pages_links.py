"""What holds on every page: links lead somewhere, and text of the owner's stays text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from followup.campaign.model import Campaign
from followup.notes.folder import load_entries
from followup.site.addresses import FIRST_PARTS
from followup.site.pages import plan_site
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    application,
    campaign_of,
    panel,
    render_all,
    tags,
    values,
    video_ahead,
)

HOSTILE = "<script>alert(1)</script>\"'&"


@cache
def sample(root: Path) -> Campaign:
    """The sample search."""
    return campaign_of(*load_entries(root / "entries").entries)


@cache
def sample_pages(root: Path) -> dict[str, str]:
    """Every page of the sample search."""
    return render_all(sample(root))


@pytest.mark.parametrize("name", ["notebook", "sample"])
def test_no_link_is_dead(name: str, root: Path) -> None:
    """Every link within the portal leads to a page or file, and every anchor is on its page."""
    small = campaign_of(panel(), video_ahead(), application())
    campaign = small if name == "notebook" else sample(root)
    pages = render_all(campaign) if name == "notebook" else sample_pages(root)
    files = plan_site(campaign).files
    anchors = {key: set(values(html, "id")) | {"fu-main"} for key, html in pages.items()}
    for key, html in pages.items():
        for href in values(html, "href"):
            if href.startswith("#"):
                assert href[1:] in anchors[key], (key, href)
            elif href.startswith("/"):
                target, _, anchor = href[1:].partition("#")
                assert target in pages or target in files, (key, href)
                assert not anchor or anchor in anchors[target], (key, href)


def test_every_address_begins_as_it_may(root: Path) -> None:
    """A file of the owner's whose address begins with anything else can meet nothing of the portal."""
    entries = load_entries(root / "entries").entries
    plan = plan_site(campaign_of(*entries, feed="b7Kq2xV9mR4tL8pZ3nW6sY"))
    keys = [*(page.key for page in plan.pages), *plan.files]
    assert {key.partition("/")[0] for key in keys} == FIRST_PARTS


def test_ids_are_unique_on_a_page(root: Path) -> None:
    """No id stands twice on any page of the sample."""
    for key, html in sample_pages(root).items():
        ids = list(values(html, "id"))
        assert len(ids) == len(set(ids)), key


def test_labels_and_headings_exist(root: Path) -> None:
    """One h1 a page; whatever is labelled by an id is labelled by something that is there."""
    for key, html in sample_pages(root).items():
        assert sum(tag == "h1" for tag, _ in tags(html)) == 1, key
        ids = set(values(html, "id"))
        assert {*values(html, "aria-labelledby"), *values(html, "for")} <= ids, key
        assert set(values(html, "data-fu-copy")) <= ids, key


def test_text_of_the_owners_stays_text() -> None:
    """A hostile name, title, place, note or bullet is shown as it was written, on every page."""
    quoted = HOSTILE.replace('"', '\\"')
    front = f"""company: "{quoted}"
title: "{quoted}"
applied_on: 2026-11-02
source: "{quoted}"
location: "{quoted}"
interview: {{format: onsite, start: 2026-11-20 10:00, place: "{quoted}"}}
people:
  - {{id: x, name: "{quoted}", job_title: "{quoted}", role: hiring_manager, email: x@x.example,
     hook: "{quoted}"}}
next_step: {{what: "{quoted}", by: 2026-12-01, said: "{quoted}"}}
promises: [{{what: "{quoted}", to: x}}]
reminders: [{{on: 2026-11-25, what: "{quoted}"}}]
log: [{{on: 2026-11-21, event: received, from: x, note: "{quoted}"}}]
"""
    body = f"## The job\n- `{HOSTILE}` @x\n## Why I can do it\n- `{HOSTILE}`\n"
    pages = render_all(campaign_of(note("a.md", front, body)))
    shown = [key for key, html in pages.items() if "&lt;script&gt;" in html]
    assert {"", "calendar", "companies", "notes", "people", "drafts/a", "notes/a"} <= set(shown)
    for key, html in pages.items():
        assert not [tag for tag, _ in tags(html) if tag == "script"], key
        assert "<script" not in html, key


def test_pages_hold_no_inline_code(root: Path) -> None:
    """No style element, no event attribute, no download; style attributes carry numbers only."""
    for key, html in sample_pages(root).items():
        for tag, attributes in tags(html):
            assert tag not in {"style", "script", "iframe", "form"}, key
            assert not [name for name in attributes if name.startswith("on")], key
            assert "download" not in attributes, key
            for part in filter(None, attributes.get("style", "").split(";")):
                name, _, value = part.partition(":")
                assert name.startswith("--"), (key, part)
                assert value.isdigit(), (key, part)


def test_lists_can_be_filtered(root: Path) -> None:
    """Every line of a list has the words that the filter looks at, in lower case."""
    pages = sample_pages(root)
    for key in ("companies", "notes", "people", "drafts"):
        words = list(values(pages[key], "data-fu-text"))
        assert words, key
        assert all(text == text.lower() for text in words)
        assert "data-fu-none" in pages[key]
