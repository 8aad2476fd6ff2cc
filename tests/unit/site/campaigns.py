"""Small campaigns for tests of the pages, and what their pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from followup.campaign.build import build_campaign
from followup.campaign.model import Campaign
from followup.campaign.phrasebook import Phrasebook
from followup.notes.entry import Entry
from followup.resources import load_phrasebooks, page_loader
from followup.site.lookup import Lookup, build_lookup
from followup.site.pages import SitePage, make_environment, plan_site, render_page
from followup.site.parts import Link
from tests.unit.notebook import TODAY, note, portal_of

BODY = """## The job
- One analyst works for the nine stores. @rivera
## Why I can do it
- My capstone joined three messy sales files into one dashboard. @rivera
## Typical problems
- Every store names its products in its own way. @oduya
## First projects
- Replace eleven spreadsheets with one weekly report. @rivera
## What went right
- I asked about a good week.
## What went wrong
- I talked for five minutes.
## Royal screw-up
none
## Personal topics
none
## Closing words
- "You will hear from Karin."
"""

PANEL = """company: Harbor & Pine
title: Junior Data Analyst
applied_on: 2026-10-26
source: Referral
location: Portland, Maine
interview:
  format: panel
  round: 2
  start: 2026-11-20 13:30
  minutes: 60
people:
  - {id: rivera, name: Elena Rivera, honorific: Ms., role: hiring_manager,
     job_title: Head of Analytics, email: e.rivera@harborpine.example}
  - {id: oduya, name: Samuel Oduya, honorific: Mr., role: interviewer,
     job_title: Senior Analyst, email: s.oduya@harborpine.example}
  - {id: dahl, name: Karin Dahl, honorific: Ms., role: recruiter,
     job_title: Talent Partner, email: k.dahl@harborpine.example}
next_step: {what: next_round, by: 2026-12-01, said: "A case round."}
other_candidates: {answer: yes, count: 4}
log:
  - {on: 2026-11-20, event: sent, touch: thank_you, to: dahl}
"""

VIDEO_AHEAD = """company: Linden & Marsh
title: Insights Associate
interview: {format: video, start: 2026-11-24 10:00, minutes: 45}
people:
  - {id: abara, name: Ife Abara, honorific: Ms., role: hiring_manager, email: a@linden.example}
"""

APPLICATION = """company: Alder Street
title: Junior Analyst
applied_on: 2026-11-16
people: [{id: talent, job_title: Talent team, role: recruiter, email: jobs@alder.example}]
"""


def panel() -> Entry:
    """Two thank-yous late, one sent, a check to come; the day of the decision is not noted."""
    return note("2026-11-20-harbor-pine-panel.md", PANEL, BODY)


def video_ahead() -> Entry:
    """An interview on Tuesday."""
    return note("2026-11-24-linden-marsh-video.md", VIDEO_AHEAD)


def application() -> Entry:
    """An application that nobody has answered, to a team without a name."""
    return note("2026-11-16-alder-street.md", APPLICATION)


@cache
def _phrasebooks() -> dict[str, Phrasebook]:
    phrasebooks, problems = load_phrasebooks(None)
    assert not problems
    return dict(phrasebooks)


def campaign_of(*entries: Entry, today: date = TODAY, **options: Any) -> Campaign:
    """A campaign from these notes, signed by Alex Kim."""
    signed = {"me": {"name": "Alex Kim", "email": "alex@example.org"}, **options}
    campaign, problems = build_campaign(portal_of(*entries, today=today, **signed), _phrasebooks())
    assert not problems
    return campaign


def lookup_of(*entries: Entry, today: date = TODAY, **options: Any) -> Lookup:
    """The same, made ready for the pages."""
    return build_lookup(campaign_of(*entries, today=today, **options))


def address(link: Link) -> str:
    """A link as tests write it: `notes/a#L3`."""
    return f"/{link.key}" + (f"#{link.anchor}" if link.anchor else "")


def render_all(campaign: Campaign) -> dict[str, str]:
    """Every page as HTML, by key; a note's text is stood in for by the anchors of its lines."""
    environment = make_environment(page_loader(None))
    return {
        page.key: render_page(page, environment, address, _text(campaign, page))
        for page in plan_site(campaign).pages
    }


def _text(campaign: Campaign, page: SitePage) -> Markup:
    for path, entry in campaign.portal.entries.items():
        if page.key == f"notes/{path.removesuffix('.md')}":
            lines = range(entry.body_line, entry.body_line + entry.body.count("\n") + 1)
            return Markup("".join(f'<p id="L{line}"></p>' for line in lines))
    return Markup("")


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a page with its attributes."""
    parser = _Attributes()
    parser.feed(html)
    yield from parser.found


def values(html: str, attribute: str) -> Iterable[str]:
    """All values of an attribute in a page."""
    return [attributes[attribute] for _, attributes in tags(html) if attribute in attributes]
