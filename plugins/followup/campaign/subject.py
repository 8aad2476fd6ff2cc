"""The subject of a message: its own, or that of the message it replies to."""

from __future__ import annotations

from collections.abc import Mapping

from followup.campaign.choice import choose_form
from followup.campaign.facts import Known, build_known
from followup.campaign.model import FollowUp
from followup.campaign.phrasebook import Form, Phrasebook, fill, placeholders
from followup.portal.model import Portal


def build_subject(
    portal: Portal, known: Known, form: Form, book: Phrasebook, plan: Mapping[str, FollowUp]
) -> str:
    """The subject of the message that `known` is about, which is one of the `plan`."""
    for touch in form.replies_to:
        answered = _answered(known.follow_up, touch, plan)
        if answered is None:
            continue
        before = build_known(portal, answered, plan, book)
        its_form = choose_form(book.touches.get(touch, ()), before.situation)
        if its_form:
            subject = build_subject(portal, before, its_form, book, plan)
            return book.reply + subject.removeprefix(book.reply)
    return _own_subject(form, known)


def _answered(follow_up: FollowUp, touch: str, plan: Mapping[str, FollowUp]) -> FollowUp | None:
    """The message of that touch which the same reader gets about the same interview.

    Sent or not, its subject is kept: if it went out by another way, the check stays in its thread.
    """
    found = (
        other
        for other in plan.values()
        if other.touch == touch
        and other.interview == follow_up.interview
        and other.to == follow_up.to
    )
    return next(found, None)


def _own_subject(form: Form, known: Known) -> str:
    """The first subject whose facts are all known; the last asks for none that may be missing."""
    for template in form.subject:
        if set(placeholders(template)) <= set(known.facts):
            return fill(template, {name: fact.text for name, fact in known.facts.items()})
    raise ValueError(f"no subject of {known.follow_up.touch} fits {known.entry.path}")
