"""How far an application has come, and since when.

Stages only advance; an end holds until a later invitation or offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.notes.entry import Source
from followup.notes.schema import Event, Format, InterviewBlock, Stage
from followup.portal.model import ENDS, Happening, StageChange

STAGE_OF_FORMAT: Final[Mapping[Format, Stage | None]] = {
    Format.PHONE_SCREEN: Stage.SCREENING,
    Format.RECRUITER_CHAT: Stage.SCREENING,
    Format.VIDEO: Stage.INTERVIEWING,
    Format.ONSITE: Stage.INTERVIEWING,
    Format.PANEL: Stage.INTERVIEWING,
    Format.FINAL: Stage.INTERVIEWING,
    Format.ASSESSMENT: Stage.INTERVIEWING,
    Format.NETWORKING: None,
}

STAGE_OF_EVENT: Final[Mapping[Event, Stage]] = {
    Event.APPLIED: Stage.APPLIED,
    Event.OFFER: Stage.OFFER,
    Event.ACCEPTED: Stage.ACCEPTED,
    Event.DECLINED: Stage.DECLINED,
    Event.REJECTED: Stage.REJECTED,
    Event.WITHDREW: Stage.WITHDRAWN,
    Event.NO_RESPONSE: Stage.NO_RESPONSE,
}
"""The stage to which an event of the log brings an application."""

STAGE_ORDER: Final = {stage: place for place, stage in enumerate(Stage)}
"""How far each stage is on the way."""
_EVENT_ORDER: Final = {event: place for place, event in enumerate(Event)}


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that may move an application: an event, or an interview counted like one.

    Signals of one day apply in the order of their `event`. Only some reopen what has ended.
    """

    on: date
    event: Event
    stage: Stage
    source: Source
    reopens: bool = False


def event_order(item: Happening) -> tuple[date, int, Source]:
    """The key by which log items apply: day, then the order of the events, then the place."""
    return item.on, _EVENT_ORDER[item.event], item.source


def is_to_a_talk(invited: Happening, held: Format, on: date) -> bool:
    """Whether an invitation is to the conversation of its own note, on that day: that is no interview."""
    return held is Format.NETWORKING and invited.on < on


def signal_of(item: Happening, held: InterviewBlock | None) -> Signal | None:
    """What a log item says of the stage; `held` is its note's interview, if any.

    An invitation to an interview counts as that interview; one without, or after a conversation
    that counts as nothing, says at least that they want to talk.
    """
    if item.event is Event.INVITED:
        if held and is_to_a_talk(item, held.format, held.start.day):
            return None
        stage = (STAGE_OF_FORMAT[held.format] if held else None) or Stage.SCREENING
        return Signal(item.on, item.event, stage, item.source, reopens=True)
    found = STAGE_OF_EVENT.get(item.event)
    if found is None:
        return None
    return Signal(item.on, item.event, found, item.source, reopens=item.event is Event.OFFER)


def stage_history(signals: Iterable[Signal]) -> tuple[StageChange, ...]:
    """Every stage an application reached, in order of time."""
    history: list[StageChange] = []
    reached = Stage.SAVED
    current = Stage.SAVED
    for signal in sorted(signals, key=_signal_order):
        after = _next_stage(current, reached, signal)
        if after not in ENDS:
            reached = max(reached, after, key=STAGE_ORDER.__getitem__)
        if after is not current:
            history.append(StageChange(after, signal.on, signal.source))
            current = after
    return tuple(history)


def _signal_order(signal: Signal) -> tuple[date, int, int, Source]:
    return signal.on, _EVENT_ORDER[signal.event], STAGE_ORDER[signal.stage], signal.source


def _next_stage(current: Stage, reached: Stage, signal: Signal) -> Stage:
    if current in ENDS and not signal.reopens:
        return current
    if signal.stage in ENDS:
        return signal.stage
    return max(reached, signal.stage, key=STAGE_ORDER.__getitem__)


def with_status(
    history: Sequence[StageChange], status: Stage, on: date, source: Source
) -> tuple[StageChange, ...]:
    """The history with the stage the owner set by hand at its end."""
    if history and history[-1].stage is status:
        return tuple(history)
    since = max(on, history[-1].on) if history else on
    return (*history, StageChange(status, since, source))
