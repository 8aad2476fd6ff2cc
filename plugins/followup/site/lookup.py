"""A campaign with what every page looks up in it, found once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from followup.campaign.model import Campaign, Draft, FollowUp, State
from followup.campaign.patterns import Pattern, build_patterns
from followup.notes.schema import Format, Stage
from followup.portal.days import day_in_cell, day_in_list
from followup.portal.model import Application, Company, Interview, Person, Portal
from followup.portal.names import reference_name
from followup.site.addresses import build_anchors, note_link, prepare_link
from followup.site.parts import Chip, Link
from followup.site.wording import (
    FORMATS,
    IN_TOUCH,
    NOBODY,
    ROLES,
    STAGES,
    TOUCHES,
    TouchWords,
    enumerate_names,
    sentence,
)

K = TypeVar("K")

_ORDER = {touch: number for number, touch in enumerate(TOUCHES)}


@dataclass(frozen=True)
class Lookup:
    """The campaign, its follow-ups in order of their dates, and their drafts and anchors by uid."""

    campaign: Campaign
    follow_ups: tuple[FollowUp, ...]
    drafts: Mapping[str, Draft]
    anchors: Mapping[str, str]
    by_entry: Mapping[str, tuple[FollowUp, ...]]
    by_application: Mapping[str, tuple[FollowUp, ...]]
    by_recipients: Mapping[tuple[str, ...], tuple[FollowUp, ...]]
    company_of: Mapping[str, str]
    application_of: Mapping[str, str]

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What two or three interviews read together show; few pages ask for it."""
        return build_patterns(self.portal, self.follow_ups)

    @property
    def portal(self) -> Portal:
        """All that is derived from the notes."""
        return self.campaign.portal

    @property
    def today(self) -> date:
        """The day of the build."""
        return self.portal.today

    def day(self, day: date) -> str:
        """A day as lists write it."""
        return day_in_list(day, self.today.year)

    def short_day(self, day: date) -> str:
        """A day where there is little room."""
        return day_in_cell(day, self.today.year)

    def application(self, path: str) -> Application:
        """The application that a note is about."""
        return self.portal.applications[self.application_of[path]]

    def about(self, applications: Iterable[Application]) -> tuple[FollowUp, ...]:
        """The follow-ups of these applications, in order."""
        found = (f for a in applications for f in self.by_application.get(a.id, ()))
        return tuple(sorted(found, key=partial(_order, self.portal)))

    def company(self, application: str) -> Company:
        """The company of an application."""
        return self.portal.companies[self.company_of[application]]

    def company_of_note(self, path: str) -> Company:
        """The company that a note is about."""
        return self.company(self.application_of[path])

    def people(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """The people with these ids."""
        return tuple(self.portal.people[person] for person in ids)

    def names(self, ids: Iterable[str]) -> str:
        """These people as they are written about: `Ms. Rivera and Mr. Oduya`."""
        return enumerate_names([name_of(person) for person in self.people(ids)])

    def awaited(self, follow_up: FollowUp) -> bool:
        """Whether it waits for another follow-up that is still open."""
        before = self.campaign.follow_ups.get(follow_up.after) if follow_up.after else None
        return before is not None and before.state not in (State.DONE, State.SKIPPED)

    def planned(self, follow_up: FollowUp) -> bool:
        """Whether the interview it belongs to is still to come."""
        return (
            follow_up.interview is not None and not self.portal.interviews[follow_up.interview].over
        )

    def words(self, follow_up: FollowUp) -> TouchWords:
        """What the portal calls the touch; without anybody to write to it is a search for one."""
        words = TOUCHES[follow_up.touch]
        return words if words.own or self._has_address(follow_up) else NOBODY

    def title(self, follow_up: FollowUp, pattern: str) -> str:
        """`pattern` with the people and the company of the follow-up."""
        company = self.company(follow_up.application).name
        return pattern.format(
            name=self.names(follow_up.to) or company,
            company=company,
            what=follow_up.said,
        )

    def meeting(self, interview: Interview) -> str:
        """An interview, for a reader who is at no company's page: `Harbor & Pine, Fri 20 Nov`."""
        return f"{self.company(interview.application).name}, {self.day(interview.start.date())}"

    def note_name(self, path: str) -> str:
        """A note in few words, for a reader who is on another page: `Panel, Fri 20 Nov`."""
        interview = self.portal.interviews.get(path)
        if interview is None:
            return "the application"
        return f"{FORMATS[interview.format].short}, {self.day(interview.start.date())}"

    def _has_address(self, follow_up: FollowUp) -> bool:
        if follow_up.touch != "application_check":
            return True
        return any(person.email for person in self.people(follow_up.to))


def name_of(person: Person) -> str:
    """Somebody as they are written about; without a name, what they are: `Talent team`."""
    if person.name or person.family_name:
        return reference_name(person)
    return occupation(person) or reference_name(person)


def occupation(person: Person, *, both: bool = False) -> str:
    """What somebody is: their job title, else their role; `both` where there is room for it."""
    role = ROLES[person.role] if person.role else ""
    if both and person.job_title and role and role != person.job_title.lower():
        return f"{person.job_title}, {role}"
    return person.job_title or sentence(role)


def is_talk(application: Application) -> bool:
    """Whether it is a conversation so far, with a networking contact, about no opening."""
    return application.stage is Stage.SAVED and application.title is None


def stage_chip(application: Application) -> Chip:
    """The stage of an application as a state."""
    if application.interviews and is_talk(application):
        return IN_TOUCH
    return STAGES[application.stage]


def build_lookup(campaign: Campaign) -> Lookup:
    """The campaign made ready for the pages."""
    portal = campaign.portal
    ordered = tuple(sorted(campaign.follow_ups.values(), key=partial(_order, portal)))
    return Lookup(
        campaign=campaign,
        follow_ups=ordered,
        drafts=campaign.drafts,
        anchors=build_anchors(portal, ordered),
        by_entry=_group(ordered, lambda follow_up: follow_up.entry),
        by_application=_group(ordered, lambda follow_up: follow_up.application),
        by_recipients=_group(ordered, lambda follow_up: follow_up.to),
        company_of={a.id: a.company for a in portal.applications.values()},
        application_of={path: a.id for a in portal.applications.values() for path in a.entries},
    )


def interview_title(interview: Interview) -> str:
    """`Panel interview, round 2`."""
    return _with_round(FORMATS[interview.format].title, interview)


def interview_short(interview: Interview) -> str:
    """`Panel, round 2`."""
    return _with_round(FORMATS[interview.format].short, interview)


def clock(lookup: Lookup, interview: Interview) -> str:
    """`13:30`, with the city of the time zone where it is not the owner's; empty if unknown."""
    if not interview.has_clock:
        return ""
    return f"{interview.start:%H:%M}{zone(lookup, interview)}"


def zone(lookup: Lookup, interview: Interview) -> str:
    """` Berlin time`, to stand behind a time; nothing in the owner's own time zone."""
    if interview.timezone == lookup.portal.options.timezone:
        return ""
    return f" {interview.timezone.rpartition('/')[2].replace('_', ' ')} time"


def when(lookup: Lookup, interview: Interview) -> str:
    """`Tue 24 Nov, 10:00`."""
    return ", ".join(filter(None, (lookup.day(interview.start.date()), clock(lookup, interview))))


def held(interview: Interview) -> bool:
    """Whether somebody is waited for after it: a networking chat leads to no decision."""
    return interview.over and not interview.cancelled and interview.format is not Format.NETWORKING


def ahead(lookup: Lookup, interview: Interview) -> bool:
    """Whether the interview is today or later, and neither called off nor past an end."""
    live = lookup.portal.applications[interview.application].live
    return live and not interview.cancelled and interview.start.date() >= lookup.today


def way_to(lookup: Lookup, interview: Interview) -> Link:
    """Where an interview leads: to its preparation while it is ahead, else to its note."""
    return (prepare_link if ahead(lookup, interview) else note_link)(interview.path)


def _with_round(words: str, interview: Interview) -> str:
    counted = interview.round and interview.format is not Format.FINAL
    return f"{words}, round {interview.round}" if counted else words


def _order(portal: Portal, follow_up: FollowUp) -> tuple[date, str, int, str, list[int], str]:
    """By day and hour; within them people in the order of their note."""
    before = follow_up.before or "24:00"
    interview = portal.interviews.get(follow_up.interview or "")
    met = interview.people if interview else ()
    places = [met.index(person) if person in met else len(met) for person in follow_up.to]
    touch = _ORDER[follow_up.touch]
    return follow_up.due_on, before, touch, follow_up.entry, places, follow_up.uid


def _group(
    follow_ups: Iterable[FollowUp], key: Callable[[FollowUp], K]
) -> Mapping[K, tuple[FollowUp, ...]]:
    groups: dict[K, list[FollowUp]] = {}
    for follow_up in follow_ups:
        groups.setdefault(key(follow_up), []).append(follow_up)
    return {name: tuple(group) for name, group in groups.items()}
