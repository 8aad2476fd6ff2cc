"""Every page of the portal, and the files beside them: from values to HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from followup.campaign.build import divide_campaign
from followup.campaign.model import Campaign
from followup.notes.memory import Memory, Same
from followup.portal.model import Company
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
from followup.site.calendar_files import plan_event_files, plan_whole_calendars
from followup.site.company import build_companies, build_company
from followup.site.drafts import (
    build_draft_list,
    build_drafts_page,
    draft_pages,
    letters_title,
)
from followup.site.letters import eml_of
from followup.site.lookup import Lookup, build_lookup
from followup.site.mail import render_eml
from followup.site.new_note import build_new_note
from followup.site.note import build_note, build_notes, note_title
from followup.site.offers import build_offers
from followup.site.parts import Link
from followup.site.person import build_people, build_person
from followup.site.person_line import full_name
from followup.site.pipeline import build_pipeline
from followup.site.prepare import (
    Round,
    build_preparation,
    preparation_title,
    rounds_of,
)
from followup.site.report import build_report
from followup.site.review import build_review
from followup.site.statistics import build_statistics_page
from followup.site.today import build_today

Url = Callable[[Link], str]


@dataclass(frozen=True, eq=False)
class SitePage:
    """A page before it is HTML.

    `section` is the key of the landing page whose tab it belongs to. `build_view` gives what the
    page shows. One of a `company` is the same value again in the next run, unless something about
    that company has changed.
    """

    key: str
    title: str
    section: str
    template: str
    build_view: Callable[[], object]
    company: bool = False

    @cached_property
    def view(self) -> object:
        """What the page shows, built when it is first asked for."""
        return self.build_view()


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Everything that the portal consists of, to be made when it is asked for.

    `pages` are the landing pages in the order of the tabs, then those of each company. `files` says
    what renders every file that is no page, by its key: the mails of drafts that can be sent as
    they are, and the calendar files.
    """

    pages: tuple[SitePage, ...]
    files: Mapping[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class _CompanyPlan:
    """What one company adds to the site.

    A preparation draws on the notes about all of them: `rounds` is what there is to prepare, with
    the titles of the pages.
    """

    pages: tuple[SitePage, ...]
    rounds: tuple[tuple[Round, str], ...]
    files: Mapping[str, Callable[[], bytes]]


def plan_site(campaign: Campaign, memory: Memory | None = None) -> SitePlan:
    """All pages and files of a campaign.

    What belongs to one company is made of that company's part of the campaign alone, and taken from
    `memory` where that part is the same as in the run before.
    """
    memory = memory or Memory()
    look = cache(partial(build_lookup, campaign))
    plans = [
        memory.recall(("plan", slug, Same(part)), partial(_plan_company, slug, part))
        for slug, part in divide_campaign(campaign, memory).items()
    ]
    pages = [*_landing_pages(look), *(page for plan in plans for page in plan.pages)]
    pages += (_preparation(look, *found) for plan in plans for found in plan.rounds)
    # First what takes longest, so that nobody waits for it at the end.
    files = dict(plan_whole_calendars(look, campaign.portal.options.feed))
    files.update((key, render) for plan in plans for key, render in plan.files.items())
    return SitePlan(tuple(pages), files)


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
    """The content of the page's article.

    `prose` is the text of the note that the page is about (on Today: of the folder's own index page),
    as HTML that has been made safe.
    """
    values: dict[str, Any] = {"view": page.view, "url": url, "prose": prose or Markup()}
    return environment.get_template(page.template).render(values)


def _landing_pages(look: Callable[[], Lookup]) -> Iterator[SitePage]:
    """The pages about all companies, in the order of the tabs."""
    views: tuple[tuple[str, str, Callable[[Lookup], object]], ...] = (
        (TODAY, "Today", build_today),
        (DRAFTS, "Drafts", build_draft_list),
        (CALENDAR, "Calendar", build_calendar),
        (PIPELINE, "Pipeline", build_pipeline),
        (COMPANIES, "Companies", build_companies),
        (NOTES, "Notes", build_notes),
        (PEOPLE, "People", build_people),
        (REVIEW, "Review", build_review),
        (STATISTICS, "Statistics", build_statistics_page),
        (OFFERS, "Offers", build_offers),
        (REPORT, "Report", build_report),
    )
    for key, title, build in views:
        view = partial(_look_up, build, look)
        yield _page(key, title, key, title.lower(), view)
    yield _page(NEW, "New note", NOTES, "new", partial(_look_up, build_new_note, look))


def _look_up(build: Callable[[Lookup], object], look: Callable[[], Lookup]) -> object:
    return build(look())


def _preparation(look: Callable[[], Lookup], round_: Round, title: str) -> SitePage:
    view = partial(_look_up, partial(_prepare, round_), look)
    return _page(prepare_link(round_.note).key, title, COMPANIES, "prepare", view)


def _prepare(round_: Round, lookup: Lookup) -> object:
    return build_preparation(lookup, round_)


def _plan_company(slug: str, part: Campaign) -> _CompanyPlan:
    """The plan of one company, from its part of the campaign."""
    lookup = build_lookup(part)
    company = part.portal.companies[slug]
    mails: dict[str, Callable[[], bytes]] = {
        link.key: partial(render_eml, draft, lookup.portal)
        for follow_up in lookup.follow_ups
        if (draft := lookup.drafts.get(follow_up.uid))
        and (link := eml_of(lookup, follow_up, draft))
    }
    openings = [part.portal.applications[id_] for id_ in company.applications]
    return _CompanyPlan(
        pages=tuple(_pages_of_company(lookup, company)),
        rounds=tuple(
            (round_, preparation_title(lookup, round_))
            for opening in openings
            for round_ in rounds_of(lookup, opening)
        ),
        files={**mails, **plan_event_files(lookup, slug)},
    )


def _pages_of_company(lookup: Lookup, company: Company) -> Iterator[SitePage]:
    portal = lookup.portal
    view: Callable[[], object] = partial(build_company, lookup, company)
    page = partial(_page, company=True)
    yield page(company_link(company.slug).key, company.name, COMPANIES, "company", view)
    own = [path for path in portal.entries if lookup.company_of_note(path) is company]
    for path in own:
        view = partial(build_note, lookup, portal.entries[path])
        title = f"{note_title(lookup, portal.entries[path])} – {company.name}"
        yield page(note_link(path).key, title, NOTES, "note", view)
    for path in draft_pages(lookup):
        view = partial(build_drafts_page, lookup, portal.entries[path])
        title = f"Drafts: {letters_title(lookup, portal.entries[path])}"
        yield page(drafts_link(path).key, title, DRAFTS, "letters", view)
    for person in lookup.people(company.people):
        view = partial(build_person, lookup, person)
        title = f"{full_name(person)}, {company.name}"
        yield page(person_link(person).key, title, PEOPLE, "person", view)


def _page(
    key: str,
    title: str,
    section: str,
    template: str,
    build_view: Callable[[], object],
    *,
    company: bool = False,
) -> SitePage:
    template = f"pages/{template}.html"
    return SitePage(key, title, section, template, build_view, company)
