"""The subject of a message: its own, or that of the message it replies to."""

from __future__ import annotations

from collections.abc import Iterable

from followup.campaign.facts import Correspondence, Known
from followup.campaign.model import FollowUp
from followup.campaign.phrasebook import Form, fill, placeholders


def build_subject(letters: Correspondence, known: Known, form: Form) -> str:
    """The subject of the message that `known` is about, which is one of these letters."""
    uid = known.follow_up.uid
    if uid not in letters.subjects:
        letters.subjects[uid] = _find_subject(letters, known, form)
    return letters.subjects[uid]


def _find_subject(letters: Correspondence, known: Known, form: Form) -> str:
    for touch in form.replies_to:
        answered = _answered(known.follow_up, touch, letters.plan.values())
        before = letters.known(answered) if answered else None
        if before and before.form:
            reply = letters.voice.book.reply
            return reply + build_subject(letters, before, before.form).removeprefix(reply)
    return _own_subject(form, known)


def _answered(follow_up: FollowUp, touch: str, plan: Iterable[FollowUp]) -> FollowUp | None:
    """The message of that touch which the same reader gets about the same interview.

    Sent or not, its subject is kept: if it went out by another way, the check stays in its thread.
    """
    found = (
        other
        for other in plan
        if other.touch == touch
        and other.interview == follow_up.interview
        and other.to == follow_up.to
    )
    return next(found, None)


def _own_subject(form: Form, known: Known) -> str:
    """The first subject whose facts are all known; the last asks for none that may be missing."""
    for template in form.subject:
        asked = placeholders(template)
        if all(name in known.facts for name in asked):
            return fill(template, {name: known.facts[name].text for name in asked})
    raise ValueError(f"no subject of {known.follow_up.touch} fits {known.note.entry.path}")
