"""The whole plan: every follow-up that the notes ask for, with its day, state and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from followup.campaign.checks import while_waiting
from followup.campaign.deliveries import deliveries, kept_with_thanks
from followup.campaign.model import FollowUp, State
from followup.campaign.plans import cancelled, settle
from followup.campaign.promises import INBOUND
from followup.campaign.recipients import main_contact
from followup.campaign.replies import (
    acceptances,
    confirmations,
    offer_thanks,
    referrer_updates,
    rejection_replies,
    withdrawal,
)
from followup.campaign.scene import Scene, build_scene
from followup.campaign.tasks import interview_tasks, offer_decision, reminders
from followup.campaign.thanks import thank_yous
from followup.campaign.touches import Touch, build_table
from followup.notes.entry import Source
from followup.notes.schema import Event, Format, Stage
from followup.portal.model import Interview, Portal, StageChange


def build_follow_ups(portal: Portal) -> Mapping[str, FollowUp]:
    """Every follow-up by its uid, in the order of their days; each has a reason."""
    table, _ = build_table(portal.options.touches)
    profile = portal.options.profile
    table = {name: touch for name, touch in table.items() if profile in touch.profiles}
    order = {name: place for place, name in enumerate(table)}
    accepted = acceptances(portal)
    found = [
        follow_up
        for application in portal.applications.values()
        for follow_up in _of_application(build_scene(portal, table, application), accepted, order)
    ]
    found.sort(key=lambda f: (f.due_on, f.before or "24:00", f.entry, order[f.touch], f.to))
    return {follow_up.uid: follow_up for follow_up in found}


def _of_application(
    scene: Scene, accepted: Mapping[str, StageChange], order: Mapping[str, int]
) -> Iterator[FollowUp]:
    """Everything about one application; its end cancels all but what the end itself asks for."""
    found = [f for interview in scene.held for f in _of_interview(scene, interview)]
    for path in scene.application.entries:
        if path not in scene.application.interviews:
            found += deliveries(scene, path)
    found += _application_check(scene)
    found += reminders(scene)
    found += confirmations(scene)
    found += offer_thanks(scene)
    found += offer_decision(scene)
    updates = list(referrer_updates(scene))
    found += (update for update in updates if update.interview)
    end = None if scene.application.live else scene.application.history[-1]
    for follow_up in _one_a_day(found, scene, order):
        yield cancelled(follow_up, end.on, end.source) if end else follow_up
    yield from (update for update in updates if not update.interview)
    yield from rejection_replies(scene)
    others = [change for id_, change in accepted.items() if id_ != scene.application.id]
    latest = max(others, key=lambda change: (change.on, change.source), default=None)
    yield from withdrawal(scene, latest)


def _of_interview(scene: Scene, interview: Interview) -> Iterator[FollowUp]:
    scene = scene.about(interview)
    thanks = list(thank_yous(scene, interview))
    if interview.format is Format.NETWORKING:
        found = thanks
    else:
        waiting = [_with_missed_thanks(f, thanks) for f in while_waiting(scene, interview, thanks)]
        promised = list(deliveries(scene, interview.path))
        found = [*kept_with_thanks(thanks, promised), *waiting]
        found += interview_tasks(scene, interview)
    off = next((item for item in scene.log if item.event is Event.INTERVIEW_CANCELLED), None)
    for follow_up in found:
        yield cancelled(follow_up, off.on, off.source) if off else follow_up


def _with_missed_thanks(check: FollowUp, thanks: Sequence[FollowUp]) -> FollowUp:
    """The first check, which also thanks somebody who should have been thanked long ago."""
    owed = any(f.state is State.MISSED and f.to == check.to for f in thanks)
    return replace(check, thanks_too=owed and check.touch == "status_check_1")


def _one_a_day(
    found: Iterable[FollowUp], scene: Scene, order: Mapping[str, int]
) -> Iterator[FollowUp]:
    """The follow-ups, with nobody getting two open messages about one interview on one day.

    What comes later in the table waits for the next business day.
    """
    taken: set[tuple[str | None, tuple[str, ...], date]] = set()
    for follow_up in sorted(found, key=lambda f: (f.due_on, order[f.touch], f.uid)):
        if not _is_open_message(follow_up, scene.table):
            yield follow_up
            continue
        due_on = follow_up.due_on
        while (follow_up.interview, follow_up.to, due_on) in taken:
            due_on = scene.workdays.add(due_on, 1)
        taken.add((follow_up.interview, follow_up.to, due_on))
        yield _moved(follow_up, due_on)


def _is_open_message(follow_up: FollowUp, table: Mapping[str, Touch]) -> bool:
    about_one = follow_up.interview is not None and bool(follow_up.to)
    return about_one and follow_up.state is State.OPEN and table[follow_up.touch].is_message


def _moved(follow_up: FollowUp, due_on: date) -> FollowUp:
    if due_on == follow_up.due_on:
        return follow_up
    after = follow_up.reason.after.removesuffix(".") + "; one message a day is enough."
    reason = replace(follow_up.reason, after=after)
    return replace(follow_up, due_on=due_on, before=None, reason=reason)


def _application_check(scene: Scene) -> Iterator[FollowUp]:
    """The question after ten business days of silence; without an address, the task to find one."""
    application = scene.application
    if application.applied_on is None or application.applied_source is None:
        return
    if application.stage is Stage.SAVED:
        return
    contact = main_contact(scene.portal, application)
    wait = scene.table["application_check"].waits["after_applying"]
    plan = scene.plan(
        "application_check",
        "applied",
        scene.workdays.add(application.applied_on, wait),
        application.applied_source,
        contact if contact and contact.email else None,
        day=application.applied_on,
    )
    check = settle(plan, scene.workdays)
    answered = _answer(scene)
    yield cancelled(check, *answered) if answered else check


def _answer(scene: Scene) -> tuple[date, Source] | None:
    """The first thing that came back to an application: a message, or an interview."""
    heard = [(e.on, e.source) for e in scene.application.events if e.event in INBOUND]
    heard += [(c.on, c.source) for c in scene.application.history if c.stage is Stage.OFFER]
    met = [(interview.start.date(), interview.source) for interview in scene.real_interviews]
    return min(heard + met, default=None)
