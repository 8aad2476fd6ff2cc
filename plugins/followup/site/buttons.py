"""What can be pressed beside a follow-up, in the order of the menu."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.notes.schema import Event
from followup.site.lookup import Lookup
from followup.site.parts import Button, Menu
from followup.site.wording import TOUCHES

_DAY: Final = 1
_WEEK: Final = 7
PUT_OFF: Final = (_DAY, _WEEK)
"""By how many days a button puts a follow-up off."""

_SENT: Final = Button("I sent it", Event.SENT)
_DID: Final = Button("I did it", Event.SENT)
_TOMORROW: Final = Button("Snooze until tomorrow", Event.SNOOZED, _DAY)
_NEXT_WEEK: Final = Button("Snooze for a week", Event.SNOOZED, _WEEK)
_WROTE: Final = Button("They wrote back", Event.RECEIVED)
_INVITED: Final = Button("They invited me", Event.INVITED)
_SAID_NO: Final = Button("They said no", Event.REJECTED)
_SKIP: Final = Button("Skip it", Event.SKIPPED)

PRESSED: Final = frozenset(
    Event(button.event) for button in (_SENT, _TOMORROW, _WROTE, _INVITED, _SAID_NO, _SKIP)
)
"""The events that a button can log."""


def build_menu(lookup: Lookup, follow_up: FollowUp) -> Menu | None:
    """What can be pressed beside a follow-up; None unless it is open and its turn has come."""
    if follow_up.state is not State.OPEN or lookup.awaited(follow_up):
        return None
    return Menu(
        uid=follow_up.uid,
        title=lookup.title(follow_up, lookup.words(follow_up).todo),
        done=_DID if TOUCHES[follow_up.touch].own else _SENT,
        more=tuple(_more(lookup, follow_up)),
    )


def put_off(follow_up: FollowUp, days: int, today: date) -> date:
    """The day to which a button puts a follow-up off; a week counts from its own day, if later."""
    start = max(today, follow_up.due_on) if days == _WEEK else today
    return start + timedelta(days)


def _more(lookup: Lookup, follow_up: FollowUp) -> Iterator[Button]:
    for button in (_TOMORROW, _NEXT_WEEK):
        if _is_of_use(lookup, follow_up, put_off(follow_up, button.days, lookup.today)):
            yield button
    if not TOUCHES[follow_up.touch].own:
        yield _WROTE
    if lookup.portal.applications[follow_up.application].live:
        yield _INVITED
        yield _SAID_NO
    yield _SKIP


def _is_of_use(lookup: Lookup, follow_up: FollowUp, until: date) -> bool:
    """Whether the follow-up is still there on that day: from its own day on an interview counts as over."""
    if follow_up.touch != "prepare" or follow_up.interview is None:
        return True
    return until < lookup.portal.interviews[follow_up.interview].start.date()
