"""The whole plan: every follow-up that the notes ask for, with its day, state and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from followup.campaign.checks import while_waiting
from followup.campaign.deliveries import deliveries, kept_with_thanks
from followup.campaign.model import FollowUp, State
from followup.campaign.plans import busy_days, cancelled, settle, spaced
from followup.campaign.promises import ANSWERS, INBOUND
from followup.campaign.recipients import main_contact
from followup.campaign.replies import (
    acceptances,
    confirmations,
    offer_thanks,
    referrer_updates,
    rejection_replies,
    was_under_way,
    withdrawal,
)
from followup.campaign.scene import Scene, build_scene
from followup.campaign.tasks import interview_tasks, offer_decision, reminders
from followup.campaign.thanks import thank_yous
from followup.campaign.touches import Touch, build_table
from followup.notes.entry import Source
from followup.notes.memory import Memory, Same
from followup.notes.schema import Event, Format, Stage
from followup.portal.build import by_company
from followup.portal.model import Interview, Portal, StageChange

# Stages that nobody comes to without an answer; the owner may have set one by hand.
_BEYOND: Final = frozenset({Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER})


def build_follow_ups(portal: Portal, memory: Memory | None = None) -> Mapping[str, FollowUp]:
    """Every follow-up by its uid, in the order of their days; each has a reason.

    Companies about which nothing has changed since the run before are taken from `memory`.
    """
    memory = memory or Memory()
    table, _ = build_table(portal.options.touches)
    profile = portal.options.profile
    table = {name: touch for name, touch in table.items() if profile in touch.profiles}
    order = {name: place for place, name in enumerate(table)}
    accepted = memory.settle("accepted", acceptances(portal))
    found = [
        follow_up
        for part in by_company(portal, memory).values()
        for follow_up in memory.recall(
            ("follow-ups", Same(part), Same(accepted)),
            partial(_of_company, part, table, accepted),
        )
    ]
    found.sort(key=lambda f: (f.due_on, f.before or "24:00", f.entry, order[f.touch], f.to))
    return {follow_up.uid: follow_up for follow_up in found}


def _of_company(
    part: Portal, table: Mapping[str, Touch], accepted: Mapping[str, StageChange]
) -> tuple[FollowUp, ...]:
    """Everything about one company; of others only what was `accepted` there matters."""
    return tuple(
        follow_up
        for application in part.applications.values()
        for follow_up in _of_application(build_scene(part, table, application), accepted)
    )


def _of_application(scene: Scene, accepted: Mapping[str, StageChange]) -> Iterator[FollowUp]:
    """Everything about one application; its end cancels all but what the end itself asks for.

    So does the acceptance of another one, unless they wrote since: what is left is to withdraw.
    """
    updates = list(referrer_updates(scene))
    besides = [*confirmations(scene), *(update for update in updates if update.interview)]
    found = [f for interview in scene.held for f in _of_interview(scene, interview, besides)]
    found += (f for f in besides if f.interview is None)
    for path in scene.application.entries:
        if path not in scene.application.interviews:
            found += deliveries(scene, path)
    found += _application_check(scene)
    found += reminders(scene)
    found += offer_thanks(scene)
    found += offer_decision(scene)
    others = [change for id_, change in accepted.items() if id_ != scene.application.id]
    latest = max(others, key=lambda change: (change.on, change.source), default=None)
    end = None if scene.application.live else scene.application.history[-1]
    if end is None and latest and _is_left(scene, latest.on):
        end = latest
    for follow_up in found:
        yield cancelled(follow_up, end.on, end.source) if end else follow_up
    yield from (update for update in updates if not update.interview)
    yield from rejection_replies(scene)
    yield from withdrawal(scene, latest)


def _is_left(scene: Scene, accepted_on: date) -> bool:
    """Whether the owner leaves an application for the offer accepted on that day elsewhere.

    It was under way by then; if they have written since, the owner decides anew.
    """
    signs = ANSWERS | {Event.DATE_CHANGED}
    wrote = any(e.event in signs and e.on > accepted_on for e in scene.application.events)
    return was_under_way(scene.application, accepted_on) and not wrote


def _of_interview(
    scene: Scene, interview: Interview, besides: Sequence[FollowUp]
) -> Iterator[FollowUp]:
    """Everything about one interview; nobody gets two messages about it on one day.

    `besides` are answers to invitations and words to the referrer, of whatever interview.
    """
    scene = scene.about(interview)
    thanks = list(thank_yous(scene, interview))
    own = [f for f in besides if f.interview == interview.path]
    is_real = interview.format is not Format.NETWORKING
    promised = list(deliveries(scene, interview.path)) if is_real else []
    written = sorted([*kept_with_thanks(thanks, promised), *own], key=_by_day)
    busy = busy_days(written)
    found = [spaced(f, busy, scene.workdays, interview.day) for f in written]
    if is_real:
        waiting = while_waiting(scene, interview, thanks, busy)
        found += [_with_missed_thanks(f, thanks) for f in waiting]
        found += interview_tasks(scene, interview)
    off = next((item for item in scene.log if item.event is Event.INTERVIEW_CANCELLED), None)
    for follow_up in found:
        # An invitation may have come again since.
        if off and follow_up.touch != "confirm_invitation":
            follow_up = cancelled(follow_up, off.on, off.source)  # noqa: PLW2901
        yield follow_up


def _by_day(follow_up: FollowUp) -> tuple[date, bool, str]:
    """By day; of one day the thank-you first, which keeps its hour."""
    return follow_up.due_on, follow_up.touch != "thank_you", follow_up.uid


def _with_missed_thanks(check: FollowUp, thanks: Sequence[FollowUp]) -> FollowUp:
    """The first check, which also thanks somebody who should have been thanked long ago."""
    is_first = check.touch == "status_check_1"
    owed = is_first and any(f.state is State.MISSED and f.to == check.to for f in thanks)
    return replace(check, thanks_too=True) if owed else check


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
    """The first thing that came back to an application: a message, an interview, or what says so."""
    heard = [(e.on, e.source) for e in scene.application.events if e.event in INBOUND]
    heard += [(c.on, c.source) for c in scene.application.history if c.stage in _BEYOND]
    met = [(interview.start.date(), interview.source) for interview in scene.real_interviews]
    return min(heard + met, default=None)
