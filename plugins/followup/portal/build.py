"""From notes to their meaning: `build_portal`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from followup.notes.entry import Entry
from followup.notes.memory import Memory, Same
from followup.notes.places import is_subdivision
from followup.notes.problems import Problem, Severity
from followup.notes.schema import Event, Stage
from followup.portal.completeness import build_completeness
from followup.portal.events import (
    build_events,
    facts_ahead,
    unknown_person,
    unknown_speakers,
)
from followup.portal.facts import entry_day, first_of, latest, latest_first
from followup.portal.grouping import ApplicationGroup, CompanyGroup, group_companies
from followup.portal.interviews import build_interview, is_cancelled
from followup.portal.model import (
    Application,
    Company,
    Happening,
    Interview,
    Person,
    Portal,
    StageChange,
)
from followup.portal.options import Options
from followup.portal.people import (
    Group,
    Mention,
    build_person,
    group_people,
    is_contact,
    met_in_one_note,
    under_one_id,
    written_ids,
)
from followup.portal.stages import (
    STAGE_OF_FORMAT,
    Signal,
    signal_of,
    stage_history,
    with_status,
)


@dataclass(frozen=True, slots=True)
class _CompanyParts:
    """All that is derived from one company's notes."""

    company: Company
    applications: tuple[Application, ...]
    interviews: tuple[Interview, ...]
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]


def build_portal(
    entries: Iterable[Entry], today: date, options: Options, memory: Memory | None = None
) -> Portal:
    """Everything that the notes say together on the day `today`; pure, and the same every time.

    A company whose notes are those of the run before, the very same values, is taken from `memory`.
    """
    memory = memory or Memory()
    options = memory.settle("options", options)
    notes = sorted(entries, key=lambda entry: entry.path)
    groups, problems = group_companies(notes)
    parts = [
        memory.recall(
            ("company", _made_of(group), today, Same(options)),
            partial(_build_company, group, today, options),
        )
        for group in groups
    ]
    for part in parts:
        problems += part.problems
    return Portal(
        today=today,
        options=options,
        entries={entry.path: entry for entry in notes},
        companies={part.company.slug: part.company for part in parts},
        applications={
            application.id: application for part in parts for application in part.applications
        },
        interviews=_by_path(parts),
        people={person.id: person for part in parts for person in part.people},
        problems=tuple(sorted(problems)),
    )


def _made_of(group: CompanyGroup) -> tuple[object, ...]:
    openings = ((one.id, tuple(map(Same, one.entries))) for one in group.applications)
    return group.slug, group.name, *openings


def by_company(portal: Portal, memory: Memory | None = None) -> Mapping[str, Portal]:
    """The portal divided: one with a single company for each, by its slug.

    With a `memory` the part of a company about which nothing has changed is the same value as in
    the run before.
    """
    memory = memory or Memory()
    # Plan, letters and pages all ask for the same parts.
    return memory.recall(("parts", Same(portal)), partial(_divide, portal, memory))


def _divide(portal: Portal, memory: Memory) -> Mapping[str, Portal]:
    return {
        slug: memory.settle(("part", slug), only_companies(portal, [slug]))
        for slug in portal.companies
    }


def only_companies(portal: Portal, slugs: Collection[str]) -> Portal:
    """The part of the portal that is about these companies."""
    companies = [_with_own(portal, portal.companies[slug]) for slug in slugs]
    openings = {
        id_: portal.applications[id_] for company in companies for id_ in company.applications
    }
    paths = sorted(path for opening in openings.values() for path in opening.entries)
    return replace(
        portal,
        entries={path: portal.entries[path] for path in paths},
        companies={company.slug: company for company in companies},
        applications=openings,
        interviews={path: portal.interviews[path] for path in paths if path in portal.interviews},
        people={id_: portal.people[id_] for company in companies for id_ in company.people},
        problems=(),
    )


def _with_own(portal: Portal, company: Company) -> Company:
    """A company with its own applications: of one that two claim, an error, it is only one's."""
    own = tuple(
        id_ for id_ in company.applications if portal.applications[id_].company == company.slug
    )
    return company if own == company.applications else replace(company, applications=own)


def _by_path(parts: Iterable[_CompanyParts]) -> Mapping[str, Interview]:
    found = {interview.path: interview for part in parts for interview in part.interviews}
    return dict(sorted(found.items()))


def _build_company(group: CompanyGroup, today: date, options: Options) -> _CompanyParts:
    people = group_people(group.slug, group.entries)
    ids = written_ids(people)
    problems = [fault for entry in group.entries for fault in _unknown_ids(entry, ids)]
    problems += [fault for entry in group.entries for fault in _unknown_part(entry, options)]
    problems += [fault for entry in group.entries for fault in facts_ahead(entry, today)]
    problems += [_doubled(mention) for mention in met_in_one_note(people)]
    problems += [_another(*pair) for pair in under_one_id(people)]
    named = _people_by_entry(people)
    applications = []
    interviews: list[Interview] = []
    for opening in group.applications:
        events, faults = build_events(opening.entries, ids, today)
        problems += faults
        held = _build_interviews(opening, group.slug, named, today, options)
        interviews += held
        applications.append(
            _build_application(opening, group.slug, named, events, held, today, options)
        )
    return _CompanyParts(
        company=Company(
            slug=group.slug,
            name=group.name,
            applications=tuple(application.id for application in applications),
            people=tuple(found.id for found in people),
            ids=ids,
        ),
        applications=tuple(applications),
        interviews=tuple(interviews),
        people=_build_people(group.slug, people, applications, interviews),
        problems=tuple(problems),
    )


def _unknown_ids(entry: Entry, ids: Mapping[str, str]) -> Iterable[Problem]:
    for place, promise in enumerate(entry.front.promises):
        if promise.to and promise.to.casefold() not in ids:
            yield unknown_person(entry, ("promises", place, "to"), promise.to, ids)
    yield from unknown_speakers(entry, ids)


def _doubled(mention: Mention) -> Problem:
    mark = mention.entry.marks["people", mention.place]
    return Problem(
        mention.entry.path, mark.line, mark.column, Severity.ERROR, "duplicate_person",
        f"`{mention.block.name or mention.slug}` would be the same person as one above",
        "give each an `id` of their own, or delete one",
    )  # fmt: skip


def _another(earlier: Mention, mention: Mention) -> Problem:
    mark = mention.entry.marks["people", mention.place]
    return Problem(
        mention.entry.path, mark.line, mark.column, Severity.WARNING, "another_person",
        f"`{mention.slug}` is `{mention.block.name}` here and `{earlier.block.name}` in "
        f"{earlier.entry.path}:{earlier.source.line}; both count as one person",
        "give one of them another `id`, if they are two",
    )  # fmt: skip


def _unknown_part(entry: Entry, options: Options) -> Iterable[Problem]:
    """The error for a subdivision that is none of the workspace's country, where a note names none."""
    front = entry.front
    part = front.subdivision
    if part and not front.country and not is_subdivision(options.country, part):
        mark = entry.marks["subdivision",]
        yield Problem(
            entry.path, mark.line, mark.column, Severity.ERROR, "unknown_subdivision",
            f"`{part}` is no part of `{options.country}` with holidays of its own",
            "add the `country` it belongs to, or leave it out",
        )  # fmt: skip


def _build_interviews(
    opening: ApplicationGroup,
    company: str,
    people: Mapping[str, tuple[str, ...]],
    today: date,
    options: Options,
) -> tuple[Interview, ...]:
    country, subdivision = _place(opening.entries, options)
    title = latest(opening.entries, lambda entry: entry.front.title)
    language = latest(opening.entries, lambda entry: entry.front.language) or options.language
    found = []
    for entry in opening.entries:
        block = entry.front.interview
        if block is None:
            continue
        own_country, own_subdivision = (
            _place([entry], options) if entry.front.country else (country, subdivision)
        )
        cancelled = is_cancelled(entry, today)
        over = block.start.day <= today and not cancelled
        found.append(
            build_interview(
                entry,
                application=opening.id,
                company=company,
                title=entry.front.title or title,
                timezone=options.timezone,
                country=own_country,
                subdivision=own_subdivision,
                language=entry.front.language or language,
                people=people.get(entry.path, ()),
                over=over,
                cancelled=cancelled,
                completeness=build_completeness(entry) if over else None,
            )
        )
    return tuple(sorted(found, key=lambda interview: (interview.start, interview.path)))


def _place(entries: Iterable[Entry], options: Options) -> tuple[str, str | None]:
    """Country and subdivision: of the latest note that names a country, else the workspace's.

    A subdivision belongs to the country beside it: the workspace's does not go with another.
    """
    found = latest(entries, lambda entry: entry.front.country and entry)
    if isinstance(found, Entry) and found.front.country:
        return found.front.country, found.front.subdivision
    part = latest(entries, lambda entry: entry.front.subdivision)
    return options.country, part or options.subdivision


def _people_by_entry(people: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    """The ids of the people each note names, in its order, each once."""
    named: dict[str, dict[int, str]] = {}
    for group in people:
        for mention in group.mentions:
            named.setdefault(mention.entry.path, {})[mention.place] = group.id
    return {
        path: tuple(dict.fromkeys(id_ for _, id_ in sorted(places.items())))
        for path, places in named.items()
    }


def _build_application(
    opening: ApplicationGroup,
    company: str,
    people: Mapping[str, tuple[str, ...]],
    events: tuple[Happening, ...],
    interviews: Sequence[Interview],
    today: date,
    options: Options,
) -> Application:
    entries = opening.entries
    newest = latest_first(entries)
    country, subdivision = _place(entries, options)
    history = _history(entries, events, today)
    applied = next((e for e in newest if _has_applied(e, today)), None)
    said = next((event for event in events if event.event is Event.APPLIED), None)
    offered = next((e for e in newest if _has_offer(e, today)), None)
    fact = {
        name: first_of(newest, lambda entry, name=name: getattr(entry.front, name))  # type: ignore[misc]
        for name in ("title", "source", "job_url", "location", "workplace", "salary", "resume")
    }
    return Application(
        id=opening.id,
        company=company,
        title=fact["title"],
        stage=history[-1].stage if history else Stage.SAVED,
        history=history,
        entries=tuple(entry.path for entry in entries),
        interviews=tuple(interview.path for interview in interviews),
        people=tuple(dict.fromkeys(id_ for entry in entries for id_ in people.get(entry.path, ()))),
        events=events,
        applied_on=applied.front.applied_on if applied else said.on if said else None,
        applied_source=(applied.source("applied_on") if applied else said.source if said else None),
        found_through=fact["source"],
        job_url=fact["job_url"],
        location=fact["location"],
        workplace=fact["workplace"],
        salary=fact["salary"],
        resume=fact["resume"],
        country=country,
        subdivision=subdivision,
        language=first_of(newest, lambda entry: entry.front.language) or options.language,
        offer=offered.front.offer if offered else None,
        offer_source=offered.source("offer") if offered else None,
    )


def _has_applied(entry: Entry, today: date) -> bool:
    return entry.front.applied_on is not None and entry.front.applied_on <= today


def _has_offer(entry: Entry, today: date) -> bool:
    return entry.front.offer is not None and entry.front.offer.received_on <= today


def _history(
    entries: Sequence[Entry], events: Sequence[Happening], today: date
) -> tuple[StageChange, ...]:
    held = {entry.path: entry.front.interview for entry in entries}
    signals = [signal for event in events if (signal := signal_of(event, held[event.entry]))]
    for entry in entries:
        signals += _signals_of_facts(entry, today)
    history = stage_history(signal for signal in signals if signal.on <= today)
    newest = latest_first(entries)[0]
    status = newest.front.status
    if status is None:
        return history
    since = min(entry_day(newest) or today, today)
    return with_status(history, status, since, newest.source("status"))


def _signals_of_facts(entry: Entry, today: date) -> Iterable[Signal]:
    """What the front matter says outside the log: applied, interviewed, offered."""
    front = entry.front
    if front.applied_on:
        yield Signal(front.applied_on, Event.APPLIED, Stage.APPLIED, entry.source("applied_on"))
    if front.offer:
        source = entry.source("offer")
        yield Signal(front.offer.received_on, Event.OFFER, Stage.OFFER, source, reopens=True)
    if front.interview and not is_cancelled(entry, today):
        stage = STAGE_OF_FORMAT[front.interview.format]
        if stage:
            source = entry.source("interview", "start")
            yield Signal(front.interview.start.day, Event.INVITED, stage, source)


def _build_people(
    company: str,
    groups: Sequence[Group],
    applications: Sequence[Application],
    interviews: Sequence[Interview],
) -> tuple[Person, ...]:
    by_start = sorted(interviews, key=lambda interview: (interview.start, interview.path))
    events = [event for application in applications for event in application.events]
    found = []
    for group in groups:
        met = [interview for interview in by_start if group.id in interview.people]
        contacts = [interview.start.date() for interview in met if interview.over]
        paths = [interview.path for interview in met]
        contacts += [event.on for event in events if is_contact(event, group.id, paths)]
        found.append(build_person(company, group, paths, max(contacts, default=None)))
    return tuple(found)
