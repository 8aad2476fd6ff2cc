"""Messages that answer something that happened: an invitation, an offer, a rejection, an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from followup.campaign.model import FollowUp, State
from followup.campaign.plans import Plan, cancelled, settle, settle_each
from followup.campaign.promises import INBOUND
from followup.campaign.recipients import (
    main_contact,
    referrer,
    sender_or_contact,
    sender_or_manager,
)
from followup.campaign.scene import Scene
from followup.notes.entry import Source
from followup.notes.schema import Event, Stage
from followup.portal.model import Application, Happening, Portal, StageChange
from followup.portal.stages import is_to_a_talk


def confirmations(scene: Scene) -> Iterator[FollowUp]:
    """An answer to every invitation, the same day; pointless once the interview's day has come."""
    for path in scene.application.entries:
        interview = scene.portal.interviews.get(path)
        place = scene.about(interview) if interview else scene
        invited = [
            item
            for item in scene.application.events
            if item.entry == path
            and item.event is Event.INVITED
            and not (interview and is_to_a_talk(item, interview.format, interview.start.date()))
        ]
        plans = [_confirmation(place, item, number) for number, item in enumerate(invited)]
        moot = {plan.uid: _moot(place, item) for plan, item in zip(plans, invited, strict=True)}
        for follow_up in settle_each(plans, scene.workdays):
            end = moot[follow_up.uid]
            yield cancelled(follow_up, *end) if end else follow_up


def _moot(scene: Scene, item: Happening) -> tuple[date, Source] | None:
    """What makes it pointless to answer an invitation: called off, or the day has come.

    It is about the first interview after it: that of its own note, else the application's next.
    """
    interview = scene.interview
    if interview is None or interview.start.date() <= item.on:
        later = (other for other in scene.held if other.start.date() > item.on)
        interview = next(later, None)
    if interview is None:
        return None
    log = scene.about(interview).log
    off = (e for e in log if e.event is Event.INTERVIEW_CANCELLED and e.on >= item.on)
    if called_off := next(off, None):
        return called_off.on, called_off.source
    return (interview.start.date(), interview.source) if interview.over else None


def _confirmation(scene: Scene, item: Happening, number: int) -> Plan:
    wait = scene.table["confirm_invitation"].waits["after_invitation"]
    return scene.plan(
        "confirm_invitation",
        "invited",
        scene.workdays.add(item.on, wait),
        item.source,
        sender_or_contact(scene.portal, scene.application, item),
        number,
        day=item.on,
    )


def offer_thanks(scene: Scene) -> Iterator[FollowUp]:
    """Thanks for every offer, to who made it."""
    offers: list[tuple[date, Source, Happening | None]] = [
        (item.on, item.source, item)
        for item in scene.application.events
        if item.event is Event.OFFER
    ]
    block = scene.application.offer
    if not offers and block and scene.application.offer_source:
        offers.append((block.received_on, scene.application.offer_source, None))
    plans = [
        _offer_plan(scene, on, source, item, number)
        for number, (on, source, item) in enumerate(offers)
        if on <= scene.portal.today
    ]
    yield from settle_each(plans, scene.workdays)


def _offer_plan(
    scene: Scene, on: date, source: Source, item: Happening | None, number: int
) -> Plan:
    due_on = scene.workdays.add(on, scene.table["offer_thanks"].waits["after_offer"])
    person = sender_or_manager(scene.portal, scene.application, item)
    return scene.plan("offer_thanks", "offered", due_on, source, person, number, day=on)


def withdrawal(scene: Scene, accepted: StageChange | None) -> Iterator[FollowUp]:
    """What the acceptance of another application asks of one that was under way."""
    if accepted is None or not scene.application.live or not _was_in_contact(scene, accepted.on):
        return
    wait = scene.table["withdraw"].waits["after_acceptance"]
    plan = scene.plan(
        "withdraw",
        "accepted",
        scene.workdays.add(accepted.on, wait),
        accepted.source,
        main_contact(scene.portal, scene.application),
        day=accepted.on,
    )
    yield settle(replace(plan, entry=scene.application.entries[-1]), scene.workdays)


def rejection_replies(scene: Scene) -> Iterator[FollowUp]:
    """The answer to a rejection; one that was taken back is answered no more."""
    application = scene.application
    rejected = [item for item in application.events if item.event is Event.REJECTED]
    wait = scene.table["rejection_reply"].waits["after_rejection"]
    plans = [
        scene.plan(
            "rejection_reply",
            "rejected",
            scene.workdays.add(item.on, wait),
            item.source,
            sender_or_contact(scene.portal, application, item),
            number,
            day=item.on,
        )
        for number, item in enumerate(rejected)
    ]
    stands = plans[-1].uid if plans and application.stage is Stage.REJECTED else None
    for follow_up in settle_each(plans, scene.workdays):
        if follow_up.uid == stands or follow_up.state is not State.OPEN:
            yield follow_up


def referrer_updates(scene: Scene) -> Iterator[FollowUp]:
    """A word to the referrer after the first interview, and one at the outcome."""
    first = next(iter(scene.real_interviews), None)
    plans = []
    if first:
        plans.append(_referrer_plan(scene.about(first), "interview", first.day, first.source, 0))
    if not scene.application.live:
        end = scene.application.history[-1]
        plans.append(_referrer_plan(scene, "outcome", end.on, end.source, 1))
    log = scene.log
    yield from settle_each((replace(p, closing=log) for p in plans if p), scene.workdays)


def _referrer_plan(scene: Scene, why: str, on: date, source: Source, number: int) -> Plan | None:
    person = referrer(scene.portal, scene.application)
    if person is None:
        return None
    due_on = scene.workdays.add(on, scene.table["referrer_update"].waits["after_event"])
    return scene.plan("referrer_update", why, due_on, source, person, number, day=on)


def was_under_way(application: Application, on: date) -> bool:
    """Whether somebody had applied by that day, or was interviewed."""
    return any(c.on <= on and c.stage is not Stage.SAVED for c in application.history)


def _was_in_contact(scene: Scene, on: date) -> bool:
    """Whether an application was under way on that day, and somebody had been in contact."""
    heard = any(item.event in INBOUND and item.on <= on for item in scene.application.events)
    return was_under_way(scene.application, on) and (heard or bool(scene.real_interviews))


def acceptances(portal: Portal) -> Mapping[str, StageChange]:
    """When each accepted application was accepted, and the line that says so."""
    return {
        application.id: change
        for application in portal.applications.values()
        if application.stage is Stage.ACCEPTED
        for change in application.history
        if change.stage is Stage.ACCEPTED
    }
