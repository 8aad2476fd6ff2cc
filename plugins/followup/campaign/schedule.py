"""The whole plan: every follow-up that the notes ask for, with its day, state and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from followup.campaign.checks import status_checks
from followup.campaign.model import FollowUp, State
from followup.campaign.plans import Plan, cancelled, settle
from followup.campaign.promises import INBOUND
from followup.campaign.reasons import MEETING, explain
from followup.campaign.recipients import main_contact
from followup.campaign.thanks import thank_yous
from followup.campaign.touches import Touch, build_table
from followup.campaign.workdays import Workdays
from followup.notes.entry import Source
from followup.notes.schema import Event, Format, Stage
from followup.portal.days import day_in_sentence
from followup.portal.model import Application, Happening, Interview, Portal


def build_follow_ups(portal: Portal) -> Mapping[str, FollowUp]:
    """Every follow-up by its uid, in the order of their days; each has a reason."""
    table, _ = build_table(portal.options.touches)
    profile = portal.options.profile
    table = {name: touch for name, touch in table.items() if profile in touch.profiles}
    order = {name: place for place, name in enumerate(table)}
    found = [
        follow_up
        for application in portal.applications.values()
        for follow_up in _of_application(portal, application, table)
    ]
    found.sort(key=lambda f: (f.due_on, f.before or "24:00", f.entry, order[f.touch], f.to))
    return {follow_up.uid: follow_up for follow_up in found}


def _of_application(
    portal: Portal, application: Application, table: Mapping[str, Touch]
) -> Iterator[FollowUp]:
    held = [portal.interviews[path] for path in application.interviews]
    found = [
        follow_up
        for interview in held
        for follow_up in _of_interview(
            portal, application, interview, _later(interview, held), table
        )
    ]
    found += _application_check(portal, application, held, table["application_check"])
    end = None if application.live else application.history[-1]
    for follow_up in found:
        yield cancelled(follow_up, end.on, end.source) if end else follow_up


def _later(interview: Interview, held: Sequence[Interview]) -> Interview | None:
    """The next interview of the application that has not been called off."""
    key = (interview.start, interview.path)
    after = (
        other
        for other in held
        if (other.start, other.path) > key
        and not other.cancelled
        and other.format is not Format.NETWORKING
    )
    return next(after, None)


def _of_interview(
    portal: Portal,
    application: Application,
    interview: Interview,
    later: Interview | None,
    table: Mapping[str, Touch],
) -> Iterator[FollowUp]:
    workdays = Workdays(interview.country, interview.subdivision)
    log = tuple(item for item in application.events if item.entry == interview.path)
    thanks = list(thank_yous(portal, application, interview, log, table["thank_you"], workdays))
    found = list(thanks)
    if interview.format is not Format.NETWORKING:
        found += _own_tasks(portal, application, interview, log, table, workdays)
        checks = status_checks(portal, application, interview, later, table, workdays)
        found += (_with_missed_thanks(check, thanks) for check in checks)
    off = next((item for item in log if item.event is Event.INTERVIEW_CANCELLED), None)
    for follow_up in found:
        yield cancelled(follow_up, off.on, off.source) if off else follow_up


def _with_missed_thanks(check: FollowUp, thanks: Sequence[FollowUp]) -> FollowUp:
    """The first check, which also thanks somebody who should have been thanked long ago."""
    owed = any(f.state is State.MISSED and f.to == check.to for f in thanks)
    return replace(check, thanks_too=owed and check.touch == "status_check_1")


def _own_tasks(
    portal: Portal,
    application: Application,
    interview: Interview,
    log: Sequence[Happening],
    table: Mapping[str, Touch],
    workdays: Workdays,
) -> Iterator[FollowUp]:
    """To prepare for an interview that is ahead, and to finish its notes once it is over."""
    start = interview.start.date()
    if start > portal.today:
        touch = table["prepare"]
        due_on = workdays.add(start, -touch.waits["before_interview"])
        yield _task(touch, "ahead", application, interview, due_on, log, workdays)
    if interview.completeness is None or interview.completeness.missing:
        touch = table["debrief"]
        yield _task(touch, "over", application, interview, interview.day, log, workdays)


def _task(
    touch: Touch,
    why: str,
    application: Application,
    interview: Interview,
    due_on: date,
    log: Sequence[Happening],
    workdays: Workdays,
) -> FollowUp:
    words = {
        "meeting": MEETING[interview.format],
        "day": day_in_sentence(interview.day, due_on.year),
    }
    plan = Plan(
        touch=touch,
        application=application,
        interview=interview,
        entry=interview.path,
        to=(),
        due_on=due_on,
        reason=explain(touch, why, interview.source, **words),
        closing=log,
    )
    return settle(plan, workdays)


def _application_check(
    portal: Portal, application: Application, held: Sequence[Interview], touch: Touch
) -> Iterator[FollowUp]:
    """The question after ten business days of silence; without an address, the task to find one."""
    if application.applied_on is None or application.applied_source is None:
        return
    if application.stage is Stage.SAVED:
        return
    contact = main_contact(portal, application)
    workdays = Workdays(application.country, application.subdivision)
    source = application.applied_source
    due_on = workdays.add(application.applied_on, touch.waits["after_applying"])
    plan = Plan(
        touch=touch,
        application=application,
        interview=None,
        entry=source.path,
        to=(contact.id,) if contact and contact.email else (),
        due_on=due_on,
        reason=explain(
            touch, "applied", source, day=day_in_sentence(application.applied_on, due_on.year)
        ),
        closing=application.events,
    )
    check = settle(plan, workdays)
    answered = _answer(application, held)
    yield cancelled(check, *answered) if answered else check


def _answer(application: Application, held: Sequence[Interview]) -> tuple[date, Source] | None:
    """The first thing that came back to an application: a message, or an interview."""
    heard = [(e.on, e.source) for e in application.events if e.event in INBOUND]
    heard += [(c.on, c.source) for c in application.history if c.stage is Stage.OFFER]
    met = [
        (interview.start.date(), interview.source)
        for interview in held
        if not interview.cancelled and interview.format is not Format.NETWORKING
    ]
    return min(heard + met, default=None)
