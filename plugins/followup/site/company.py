"""The Companies list, and the page of one company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from followup.campaign.model import FollowUp, State
from followup.portal.model import Application, Company, Interview, Person
from followup.site.addresses import company_link
from followup.site.coming import build_coming, with_weekday
from followup.site.facts import ROLE, build_application_facts
from followup.site.folding import fold_text
from followup.site.life import Life, build_life
from followup.site.lookup import Lookup, clock, stage_chip
from followup.site.parts import Chip, Fact, Leaf, Line, Row
from followup.site.person_line import build_person_line
from followup.site.prepare import Briefing, build_briefing, rounds_of
from followup.site.promises import build_promises
from followup.site.rows import build_done, build_row, shown, to_do
from followup.site.today import build_leaf
from followup.site.wording import count_of, enumerate_names, sentence, spell


@dataclass(frozen=True, slots=True)
class Opening:
    """One application on its company's page: its line, its stage, its facts.

    One of several has its title above its facts, and not among them.
    """

    title: str
    anchor: str
    chip: Chip
    since: str
    life: Life | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CompanyView:
    """What the page of a company shows; `known` are the openings that have facts."""

    name: str
    lede: str
    openings: tuple[Opening, ...]
    briefings: tuple[Briefing, ...]
    known: tuple[Opening, ...]
    to_do: tuple[Row, ...]
    to_do_count: int
    done: tuple[Line, ...]
    interviews: tuple[Leaf, ...]
    people: tuple[Line, ...]
    promises: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CompaniesView:
    """The list of all companies: those with something live, the next date first, then the others."""

    lede: str
    count: str
    live: tuple[Line, ...]
    closed: tuple[Line, ...]


def build_company(lookup: Lookup, company: Company) -> CompanyView:
    """The page of a company."""
    applications = [lookup.portal.applications[name] for name in company.applications]
    follow_ups = lookup.about(applications)
    interviews = [lookup.portal.interviews[path] for a in applications for path in a.interviews]
    interviews.sort(key=lambda interview: (interview.start, interview.path), reverse=True)
    rows = tuple(build_row(lookup, f, named=False) for f in to_do(lookup, follow_ups))
    openings = _openings(lookup, applications)
    return CompanyView(
        name=company.name,
        lede=_lede(applications),
        openings=openings,
        briefings=tuple(
            build_briefing(lookup, found)
            for application in applications
            for found in rounds_of(lookup, application)[:1]
        ),
        known=tuple(opening for opening in openings if opening.facts),
        to_do=rows,
        to_do_count=shown(rows),
        done=tuple(_done(lookup, follow_ups)),
        interviews=tuple(_leaf(lookup, interview) for interview in interviews),
        people=tuple(_person(lookup, person) for person in lookup.people(company.people)),
        promises=tuple(build_promises(lookup, applications)),
    )


def build_companies(lookup: Lookup) -> CompaniesView:
    """The list of all companies."""
    live: list[Line] = []
    closed: list[Line] = []
    for company in lookup.portal.companies.values():
        applications = [lookup.portal.applications[name] for name in company.applications]
        is_live = any(application.live for application in applications)
        (live if is_live else closed).append(_company_line(lookup, company, applications))
    live.sort(key=lambda line: (_next_on(line), line.search))
    closed.sort(key=lambda line: line.search)
    total = len(live) + len(closed)
    return CompaniesView(
        lede=_list_lede(len(live), total),
        count=count_of(total, "company", "companies"),
        live=tuple(live),
        closed=tuple(closed),
    )


def _next_on(line: Line) -> date:
    return min((item.on for item in line.next if item.on), default=date.max)


def _list_lede(live: int, total: int) -> str:
    """`17 companies, 12 live.`: the part in letters or digits, as the whole is."""
    count = sentence(count_of(total, "company", "companies"))
    if total < 2:
        return f"{count}." if total else f"{count} yet."
    part = str(live) if spell(total).isdigit() else spell(live)
    return f"{count}, {part if live else 'none'} live."


def leaf_notes(lookup: Lookup, interview: Interview) -> tuple[str, ...]:
    """What stands below the title of an interview in a list: time, length, people, how complete."""
    length = f"{interview.minutes} min" if interview.has_clock else ""
    time = ", ".join(filter(None, (clock(lookup, interview), length)))
    names = lookup.names(interview.people)
    complete = interview.completeness
    if interview.cancelled:
        state = "Cancelled"
    else:
        state = f"{complete.answered} of {complete.of} answered" if complete else "Planned"
    return (" ".join(filter(None, (time, f"with {names}" if names else ""))), state)


def _newest_first(applications: Iterable[Application]) -> list[Application]:
    """Live ones first, then by the day of their last change."""
    return sorted(
        applications,
        key=lambda a: (a.live, a.history[-1].on if a.history else date.min, a.id),
        reverse=True,
    )


def _lede(applications: list[Application]) -> str:
    if len(applications) > 1:
        titled = sum(bool(application.title) for application in applications)
        talks = len(applications) - titled
        counts = (
            count_of(titled, "application", "applications") if titled else "",
            count_of(talks, "conversation", "conversations") if talks else "",
        )
        return f"{sentence(' and '.join(filter(None, counts)))}."
    only = applications[0]
    place = f" in {only.location}" if only.location else ""
    return f"{only.title or 'A conversation'}{place}"


def _openings(lookup: Lookup, applications: list[Application]) -> tuple[Opening, ...]:
    openings = [
        _opening(lookup, application, number)
        for number, application in enumerate(_newest_first(applications), start=1)
    ]
    if len(openings) == 1:
        return tuple(openings)
    return tuple(
        replace(one, facts=tuple(fact for fact in one.facts if fact.label != ROLE))
        for one in openings
    )


def _opening(lookup: Lookup, application: Application, number: int) -> Opening:
    changes = [change for change in application.history if change.stage is application.stage]
    return Opening(
        title=application.title or "A conversation",
        anchor=f"opening-{number}",
        chip=stage_chip(application),
        since=f"since {lookup.day(changes[-1].on)}" if changes else "",
        life=build_life(lookup, application),
        facts=build_application_facts(lookup, application),
    )


def _done(lookup: Lookup, follow_ups: Iterable[FollowUp]) -> Iterator[Line]:
    """What is over, the latest first; what was cancelled is of no interest to anybody."""
    over = [
        follow_up
        for follow_up in follow_ups
        if follow_up.state in (State.DONE, State.SKIPPED, State.MISSED)
        and follow_up.touch != "debrief"
    ]
    over.sort(key=lambda f: (f.closed_on or f.due_on, f.uid), reverse=True)
    for follow_up in over:
        yield build_done(lookup, follow_up, named=False)


def _leaf(lookup: Lookup, interview: Interview) -> Leaf:
    return build_leaf(interview, notes=leaf_notes(lookup, interview))


def _person(lookup: Lookup, person: Person) -> Line:
    return build_person_line(lookup, person)


def _company_line(lookup: Lookup, company: Company, applications: list[Application]) -> Line:
    coming = build_coming(lookup, (a for a in applications if a.live))
    titles = enumerate_names([a.title for a in applications if a.title])
    return Line(
        title=company.name,
        link=company_link(company.slug),
        text=titles,
        chips=tuple(dict.fromkeys(stage_chip(a) for a in _newest_first(applications))),
        next=with_weekday(lookup, coming),
        due_text=_since(lookup, applications),
        search=fold_text(company.name, titles),
    )


def _since(lookup: Lookup, applications: Iterable[Application]) -> str:
    """Since when all applications of a company have been closed; empty where one is not."""
    if any(application.live for application in applications):
        return ""
    days = [application.history[-1].on for application in applications if application.history]
    return f"Since {lookup.day(max(days))}" if days else ""
