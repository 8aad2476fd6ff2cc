"""Promises the owner made: each is kept by a message, or by the thank-you of the same day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from followup.campaign.model import FollowUp, State
from followup.campaign.plans import Plan, settle_each
from followup.campaign.recipients import main_contact, manager
from followup.campaign.scene import Scene
from followup.notes.entry import Entry
from followup.portal.model import Person


def deliveries(scene: Scene, path: str) -> Iterator[FollowUp]:
    """A message for every promise of one note that has a day to be due on."""
    entry = scene.portal.entries[path]
    plans = (_plan(scene, entry, number) for number in range(len(entry.front.promises)))
    yield from settle_each((plan for plan in plans if plan), scene.workdays)


def _plan(scene: Scene, entry: Entry, number: int) -> Plan | None:
    promise = entry.front.promises[number]
    source = entry.source("promises", number)
    person = _receiver(scene, promise.to)
    name = "deliver_promise"
    if promise.by:
        due_on = scene.workdays.on_or_before(promise.by)
        return scene.plan(
            name, "by", due_on, source, person, number, said=promise.what, until=promise.by
        )
    if scene.interview is None:
        return None
    day = scene.interview.day
    due_on = scene.workdays.add(day, scene.table[name].waits["after_interview"])
    return scene.plan(name, "no_day", due_on, source, person, number, said=promise.what, day=day)


def kept_with_thanks(
    thanks: Sequence[FollowUp], promised: Sequence[FollowUp]
) -> Iterator[FollowUp]:
    """The thank-yous and deliveries of one note, a delivery due on the day of thanks joined to it.

    While that thank-you is open it keeps the promise too; once it was sent, it closed both.
    """
    joined: dict[str, FollowUp] = {}
    for delivery in promised:
        partner = _partner(delivery, thanks)
        if partner is None or partner.uid in joined:
            yield delivery
            continue
        joined[partner.uid] = delivery
        if partner.state is State.DONE:
            yield replace(
                delivery,
                state=State.DONE,
                closed_on=partner.closed_on,
                closed_by=partner.closed_by,
            )
    for follow_up in thanks:
        delivery_too = joined.get(follow_up.uid) if follow_up.state is State.OPEN else None
        yield replace(follow_up, promise=delivery_too.origin) if delivery_too else follow_up


def _partner(delivery: FollowUp, thanks: Sequence[FollowUp]) -> FollowUp | None:
    """The thank-you of the same day to the same person that takes a delivery with it."""
    if delivery.state is not State.OPEN or not delivery.to:
        return None
    same = (
        f
        for f in thanks
        if f.to == delivery.to
        and f.due_on == delivery.due_on
        and f.state in (State.OPEN, State.DONE)
    )
    return next(same, None)


def _receiver(scene: Scene, written: str | None) -> Person | None:
    company = scene.portal.companies[scene.application.company]
    if id_ := company.person(written):
        return scene.portal.people[id_]
    if scene.interview:
        return manager(scene.portal, scene.interview)
    return main_contact(scene.portal, scene.application)
