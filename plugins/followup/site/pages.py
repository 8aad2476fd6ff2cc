"""Every page of the portal, and the files beside them: from values to HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from followup.campaign.model import Campaign
from followup.site.addresses import (
    CALENDAR,
    COMPANIES,
    DRAFTS,
    FOLLOW_UPS,
    MISSING,
    NEW,
    NOTES,
    OFFERS,
    PEOPLE,
    PIPELINE,
    REPORT,
    REVIEW,
    STATISTICS,
    TODAY,
    WHOLE_CALENDAR,
    company_link,
    drafts_link,
    note_link,
    person_link,
    prepare_link,
)
from followup.site.calendar import build_calendar
from followup.site.calendar_files import plan_calendar_files
from followup.site.company import build_companies, build_company
from followup.site.drafts import build_draft_list, build_drafts_page, draft_pages
from followup.site.letters import eml_of
from followup.site.lookup import Lookup, build_lookup
from followup.site.mail import render_eml
from followup.site.new_note import build_new_note
from followup.site.note import build_note, build_notes
from followup.site.offers import build_offers
from followup.site.parts import Link
from followup.site.person import build_people, build_person
from followup.site.pipeline import build_pipeline
from followup.site.prepare import build_preparation, build_rounds
from followup.site.report import build_report
from followup.site.review import build_review
from followup.site.statistics import build_statistics_page
from followup.site.today import build_today

Url = Callable[[Link], str]


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page before it is HTML.

    `section` is the key of the landing page whose tab it belongs to. With `needs_prose`, the text
    of a note (on Today: of the folder's own index page) is to be handed to `render_page`.
    """

    key: str
    title: str
    section: str
    template: str
    view: object
    needs_prose: bool = False


def build_pages(campaign: Campaign) -> tuple[SitePage, ...]:
    """All pages, landing pages first, in the order of the tabs."""
    lookup = build_lookup(campaign)
    return (*_landing_pages(lookup), *_detail_pages(lookup))


def plan_files(campaign: Campaign) -> Mapping[str, Callable[[], bytes]]:
    """What renders every file of the portal that is no page, by its key.

    These are the mails of drafts that can be sent as they are, and the calendar files. Whoever asks
    only which addresses there are need not wait for thousands of them to be rendered.
    """
    lookup = build_lookup(campaign)
    mails: dict[str, Callable[[], bytes]] = {
        link.key: partial(render_eml, lookup.drafts[follow_up.uid], lookup.portal)
        for follow_up in lookup.follow_ups
        if follow_up.uid in lookup.drafts
        and (link := eml_of(lookup, follow_up, lookup.drafts[follow_up.uid]))
    }
    return {**mails, **plan_calendar_files(lookup)}


def build_files(campaign: Campaign) -> Mapping[str, bytes]:
    """Every file of the portal that is no page, by its key."""
    return {key: render() for key, render in plan_files(campaign).items()}


def make_environment(loader: BaseLoader, *, preview: bool = False) -> Environment:
    """The templates, escaping everything, and failing on a name that no view has.

    In the local preview there are things to press that only it can do.
    """
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["preview"] = preview
    environment.globals["landing"] = {
        key: Link(key) for key in (DRAFTS, CALENDAR, COMPANIES, NOTES, PEOPLE, REVIEW, NEW)
    }
    environment.globals["whole_calendar"] = WHOLE_CALENDAR
    environment.globals["anchors"] = {"missing": MISSING, "follow_ups": FOLLOW_UPS}
    return environment


def render_page(
    page: SitePage, environment: Environment, url: Url, prose: Markup | None = None
) -> str:
    """The content of the page's article; `prose` is HTML that has been made safe."""
    values: dict[str, Any] = {"view": page.view, "url": url, "prose": prose or Markup()}
    return environment.get_template(page.template).render(values)


def _landing_pages(lookup: Lookup) -> Iterator[SitePage]:
    yield _page(TODAY, "Today", TODAY, "today", build_today(lookup), needs_prose=True)
    yield _page(DRAFTS, "Drafts", DRAFTS, "drafts", build_draft_list(lookup))
    yield _page(CALENDAR, "Calendar", CALENDAR, "calendar", build_calendar(lookup))
    yield _page(PIPELINE, "Pipeline", PIPELINE, "pipeline", build_pipeline(lookup))
    yield _page(COMPANIES, "Companies", COMPANIES, "companies", build_companies(lookup))
    yield _page(NOTES, "Notes", NOTES, "notes", build_notes(lookup))
    yield _page(PEOPLE, "People", PEOPLE, "people", build_people(lookup))
    yield _page(REVIEW, "Review", REVIEW, "review", build_review(lookup))
    yield _page(STATISTICS, "Statistics", STATISTICS, "statistics", build_statistics_page(lookup))
    yield _page(OFFERS, "Offers", OFFERS, "offers", build_offers(lookup))
    yield _page(REPORT, "Report", REPORT, "report", build_report(lookup))


def _detail_pages(lookup: Lookup) -> Iterator[SitePage]:
    portal = lookup.portal
    yield _page(NEW, "New note", NOTES, "new", build_new_note(lookup))
    for path in draft_pages(lookup):
        letters = build_drafts_page(lookup, portal.entries[path])
        title = f"Drafts: {letters.title}"
        yield _page(drafts_link(path).key, title, DRAFTS, "letters", letters)
    for company in portal.companies.values():
        key = company_link(company.slug).key
        yield _page(key, company.name, COMPANIES, "company", build_company(lookup, company))
    for round_ in build_rounds(lookup):
        preparation = build_preparation(lookup, round_)
        key = prepare_link(round_.note).key
        yield _page(key, preparation.title, COMPANIES, "prepare", preparation)
    for path, entry in portal.entries.items():
        note = build_note(lookup, entry)
        title = f"{note.title} – {note.company.text}"
        yield _page(note_link(path).key, title, NOTES, "note", note, needs_prose=True)
    for person in portal.people.values():
        page = build_person(lookup, person)
        title = f"{page.name}, {page.company.text}"
        yield _page(person_link(person).key, title, PEOPLE, "person", page)


def _page(
    key: str, title: str, section: str, template: str, view: object, *, needs_prose: bool = False
) -> SitePage:
    return SitePage(key, title, section, f"pages/{template}.html", view, needs_prose)
