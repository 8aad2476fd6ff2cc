"""What the buttons of the local preview write into the notes, and take back again."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from followup.campaign.events_to_log import ToLog, plan_event
from followup.campaign.foresight import Foresight, foresee
from followup.campaign.model import Campaign, FollowUp, State
from followup.campaign.refreshing import refresh
from followup.mkdocs.serving import Action, RefusedError
from followup.notes.append import Refusal
from followup.notes.memory import Memory
from followup.notes.schema import Event, LogItem
from followup.recording import Recorded, RecordError, read_note, record, undo
from followup.site.buttons import PRESSED, PUT_OFF, put_off
from followup.site.logged import (
    Shift,
    build_shift,
    describe_consequences,
    describe_logged,
    describe_over,
)
from followup.site.lookup import Lookup, build_lookup
from followup.site.problems import in_sentences

_KEY: Final = re.compile(r"[0-9a-f]{24}", re.ASCII)
_STALE: Final = "This page is out of date. Reload it, then try again."
_NOTHING: Final = "Nothing was written."
_GONE: Final = (
    "That was taken back already, or was written before the preview was started anew. "
    "Change the note yourself."
)
_STUCK: Final = "The pages show it once your notes are mended."


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the buttons of one preview write to, and what they wrote since it was started.

    `campaign` is the one that the pages show, `today` the reader's day; `stuck` says whether the
    pages stay as they are because something is broken. `memory` is of the plans that presses needed.
    """

    notes: Path
    campaign: Callable[[], Campaign]
    today: Callable[[], date]
    stuck: Callable[[], bool]
    written: dict[str, Written] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class Written:
    """What one press wrote, the sentence that tells of it, and all that the page was told."""

    recorded: Recorded
    said: str
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button asks for: an event about the follow-up with this uid."""

    uid: str
    event: Event
    days: int | None


@dataclass(frozen=True, slots=True)
class Press:
    """The plan as it is, what in it is meant, what is to be written, and the plan as it will be."""

    campaign: Campaign
    follow_up: FollowUp
    to_log: ToLog
    foresight: Foresight


def build_log_actions(ledger: Ledger) -> Mapping[str, Action]:
    """The actions behind the buttons, by their names."""
    actions = {"log": log_event, "undo": undo_event, "told": repeat_answer}
    return {name: partial(action, ledger) for name, action in actions.items()}


def log_event(ledger: Ledger, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write one event about a follow-up into its note, and say what that changes.

    The plan is the one of the note as it is now: of two presses at once the second finds the first.
    What has the `id` of an earlier press is that press. Raises RefusedError where nothing was
    written.
    """
    key = _parse_key(given)
    if key in ledger.written:
        return ledger.written[key].answer
    asked = _parse_asked(given)
    try:
        press = _foresee(ledger, asked)
        said, answer = _describe(press, stuck=ledger.stuck())
        recorded = record(ledger.notes, press.to_log.path, press.to_log.item)
    except RecordError as error:
        raise _refused(error.message, error.hint) from error
    ledger.written[key] = Written(recorded, said, {**answer, "undo": key})
    return ledger.written[key].answer


def undo_event(ledger: Ledger, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take back the very bytes of one press; RefusedError where they are no longer there."""
    written = _find_written(ledger, given)
    try:
        undo(ledger.notes, written.recorded)
    except RecordError as error:
        raise RefusedError(in_sentences(error.message, error.hint)) from error
    del ledger.written[written.answer["undo"]]
    return {"said": f"Taken back: {written.said}"}


def repeat_answer(ledger: Ledger, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a press was answered, for a page that was made anew before the answer came."""
    return _find_written(ledger, given).answer


def _find_written(ledger: Ledger, given: Mapping[str, Any]) -> Written:
    key = given.get("id")
    written = ledger.written.get(key) if isinstance(key, str) else None
    if written is None:
        raise RefusedError(_GONE)
    return written


def _parse_key(given: Mapping[str, Any]) -> str:
    """The name of a press, of the page's choice or a new one."""
    key = given.get("id")
    good = isinstance(key, str) and _KEY.fullmatch(key)
    return str(key) if good else secrets.token_hex(12)


def _parse_asked(given: Mapping[str, Any]) -> Asked:
    """What a page has sent; one of the buttons, or it is refused."""
    uid, event, days = given.get("uid"), given.get("event"), given.get("days")
    if not isinstance(uid, str) or event not in list(PRESSED):
        raise RefusedError(_STALE)
    if event != Event.SNOOZED:
        return Asked(uid, Event(event), None)
    if isinstance(days, bool) or days not in PUT_OFF:
        raise RefusedError(_STALE)
    return Asked(uid, Event(event), days)


def _foresee(ledger: Ledger, asked: Asked) -> Press:
    """What a button asks for, thought through; RefusedError where it cannot be."""
    known, today = ledger.campaign(), ledger.today()
    shown = known.follow_ups.get(asked.uid)
    if shown is None:
        raise RefusedError(_STALE)
    path = shown.interview or shown.entry
    data = read_note(ledger.notes, path)
    campaign = refresh(known, path, data, today, ledger.memory)
    follow_up = campaign.follow_ups.get(asked.uid, shown)
    _refuse_over(campaign, follow_up, asked.event)
    until = _until(campaign, follow_up, asked.days, today)
    to_log = plan_event(campaign, asked.uid, asked.event, today, until)
    if isinstance(to_log, Refusal):
        raise _refused(to_log.message, to_log.hint)
    _refuse_twice(campaign, to_log.path, to_log.item)
    foresight = foresee(campaign, to_log, data, ledger.memory)
    ledger.memory.end_run()
    if isinstance(foresight, Refusal):
        raise _refused(foresight.message, foresight.hint)
    return Press(campaign, follow_up, to_log, foresight)


def _describe(press: Press, *, stuck: bool) -> tuple[str, Mapping[str, Any]]:
    """What was pressed as a sentence, and all that the page is told."""
    before, after = build_lookup(press.campaign), build_lookup(press.foresight.after)
    said = describe_logged(before, press.follow_up, press.to_log.item, after)
    more = [*describe_consequences(after, press.follow_up, press.foresight.changes)]
    more += [in_sentences(warning) for warning in press.foresight.warnings]
    more += [_STUCK] if stuck else []
    shift = build_shift(before, after)
    return said, {"said": " ".join([said, *more]), **_shift_json(after, shift)}


def _refuse_over(campaign: Campaign, follow_up: FollowUp, event: Event) -> None:
    late = event is Event.SENT and follow_up.state is State.MISSED
    if follow_up.state is not State.OPEN and not late:
        raise RefusedError(f"{describe_over(build_lookup(campaign), follow_up)} {_NOTHING}")


def _refuse_twice(campaign: Campaign, path: str, item: LogItem) -> None:
    """Refuse what they did if it is there already; of the owner's deeds the plan knows."""
    if item.touch is None and item in campaign.portal.entries[path].front.log:
        raise RefusedError(f"The note says so already. {_NOTHING}")


def _until(campaign: Campaign, follow_up: FollowUp, days: int | None, today: date) -> date | None:
    if days is None:
        return None
    until = put_off(follow_up, days, today)
    if until <= follow_up.due_on:
        day = build_lookup(campaign).day(follow_up.due_on)
        raise RefusedError(f"That is not due before {day}. {_NOTHING}")
    return until


def _shift_json(after: Lookup, shift: Shift) -> Mapping[str, Any]:
    moved = {
        one.uid: {"on": one.due_on.isoformat(), "text": after.day(one.due_on)}
        for one in shift.moved
    }
    return {"over": list(shift.over), "moved": moved}


def _refused(message: str, hint: str) -> RefusedError:
    return RefusedError(f"{in_sentences(message, hint)} {_NOTHING}")
