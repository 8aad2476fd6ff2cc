"""What the owner does alone: prepare, finish notes, remember, decide."""

from __future__ import annotations

from collections.abc import Iterator

from followup.campaign.model import FollowUp
from followup.campaign.plans import Plan, settle, settle_each
from followup.campaign.scene import Scene
from followup.notes.entry import Source
from followup.notes.schema import Reminder
from followup.portal.model import Interview


def interview_tasks(scene: Scene, interview: Interview) -> Iterator[FollowUp]:
    """To prepare for an interview that is ahead, and to finish its notes once it is over."""
    start = interview.start.date()
    if start > scene.portal.today:
        due_on = scene.workdays.add(start, -scene.table["prepare"].waits["before_interview"])
        yield settle(scene.plan("prepare", "ahead", due_on, interview.source), scene.workdays)
    if interview.completeness is None or interview.completeness.missing:
        plan = scene.plan("debrief", "over", interview.day, interview.source, day=interview.day)
        yield settle(plan, scene.workdays)


def reminders(scene: Scene) -> Iterator[FollowUp]:
    """The reminders in the application's notes, each on its day."""
    for path in scene.application.entries:
        entry = scene.portal.entries[path]
        interview = scene.portal.interviews.get(path)
        place = scene.about(interview) if interview else scene
        plans = [
            _reminder(place, item, entry.source("reminders", number), number)
            for number, item in enumerate(entry.front.reminders)
        ]
        yield from settle_each(plans, scene.workdays)


def _reminder(scene: Scene, item: Reminder, source: Source, number: int) -> Plan:
    said = item.what
    return scene.plan("reminder", "noted", item.on, source, cycle=number, said=said, day=item.on)


def offer_decision(scene: Scene) -> Iterator[FollowUp]:
    """To decide in time on an offer that ends."""
    application = scene.application
    if not application.offer or not application.offer.deadline or not application.offer_source:
        return
    deadline = application.offer.deadline
    entry = scene.portal.entries[application.offer_source.path]
    due_on = scene.workdays.add(deadline, -scene.table["offer_decide"].waits["before_deadline"])
    plan = scene.plan(
        "offer_decide", "deadline", due_on, entry.source("offer", "deadline"), until=deadline
    )
    yield settle(plan, scene.workdays)
