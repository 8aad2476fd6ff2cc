"""What a search adds up to: how far applications came, how soon they were answered, what was done.

An *application* here is one that was sent: it has come to any stage after `saved`. An opening saved
for later and a networking chat are none. Everything is counted up to the portal's day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.campaign.promises import ANSWERS
from followup.campaign.touches import TOUCHES
from followup.notes.entry import Source
from followup.notes.schema import Event, Format, Role, Stage
from followup.portal.model import Application, Happening, Interview, Portal
from followup.portal.slugs import fold_name
from followup.portal.stages import STAGE_ORDER

RUNGS: Final = (
    Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER, Stage.ACCEPTED,
)  # fmt: skip
"""The steps of the funnel, in order."""

_PLACE: Final = {stage: place for place, stage in enumerate(RUNGS)}
_TALKS: Final = frozenset({Stage.SCREENING, Stage.INTERVIEWING})


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the funnel: how many applications came at least this far.

    Of those that came no further, `live` still stand there and `ended` came to their end there.
    """

    stage: Stage
    reached: int
    live: int
    ended: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some applications: how many there are, and how many of them got what.

    `name` is what they have in common: a source, a version of the résumé, or nothing.
    """

    name: str
    applied: int
    replied: int
    interviewed: int
    offered: int


@dataclass(frozen=True, slots=True)
class Passage:
    """How many days each application took from one stage to the one that came next, sorted."""

    before: Stage
    after: Stage
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What was done in the ISO week that begins on `monday`.

    `talks` are networking conversations. A message counts once for each person it went to.
    """

    monday: date
    applications: int = 0
    interviews: int = 0
    talks: int = 0
    messages: int = 0

    @property
    def total(self) -> int:
        """All of it together."""
        return self.applications + self.interviews + self.talks + self.messages


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole search in numbers.

    `stages` and `sources` count every opening, also what is only saved; all else counts
    applications. The first was sent on `first_on`; `waiting` of them are live without an answer.
    `first_reply_days` are sorted.
    `weeks` are those in which anything was done, in order.
    """

    stages: Mapping[Stage, int]
    sources: Mapping[str, int]
    total: Tally
    first_on: date | None
    live: int
    waiting: int
    funnel: tuple[Rung, ...]
    first_reply_days: tuple[int, ...]
    passages: tuple[Passage, ...]
    weeks: tuple[Week, ...]
    by_source: tuple[Tally, ...]
    by_resume: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one application; `furthest` is a place in `RUNGS`.

    `reply_days` is None where the day of the application or of the first answer is not known.
    """

    application: Application
    furthest: int
    reply_days: int | None
    replied: bool
    interviewed: bool

    @property
    def offered(self) -> bool:
        return self.furthest >= _PLACE[Stage.OFFER]


def build_statistics(portal: Portal, follow_ups: Iterable[FollowUp]) -> Statistics:
    """Everything that can be counted; `follow_ups` say to how many people a line of a log wrote."""
    applications = portal.applications.values()
    outcomes = [o for a in applications if (o := _outcome(portal, a)) is not None]
    days = (outcome.reply_days for outcome in outcomes)
    return Statistics(
        stages=_in_stage_order(Counter(a.stage for a in applications)),
        sources=_count_sources(applications),
        total=_tally("", outcomes),
        first_on=min((on for o in outcomes if (on := o.application.applied_on)), default=None),
        live=sum(outcome.application.live for outcome in outcomes),
        waiting=sum(outcome.application.live and not outcome.replied for outcome in outcomes),
        funnel=_build_funnel(outcomes),
        first_reply_days=tuple(sorted(day for day in days if day is not None)),
        passages=_build_passages(outcome.application for outcome in outcomes),
        weeks=_build_weeks(portal, follow_ups),
        by_source=_build_tallies(outcomes, lambda application: application.found_through),
        by_resume=_build_tallies(outcomes, lambda application: application.resume),
    )


def half_within(days: Sequence[int]) -> int:
    """The least number of days within which at least half of these, sorted, fall."""
    return days[(len(days) - 1) // 2]


def _in_stage_order(counts: Mapping[Stage, int]) -> Mapping[Stage, int]:
    return {stage: counts[stage] for stage in Stage if counts.get(stage)}


def _outcome(portal: Portal, application: Application) -> _Outcome | None:
    """What became of an application, or None for what is none."""
    furthest = _furthest(application)
    if furthest is None:
        return None
    held = [portal.interviews[path] for path in application.interviews]
    reached = {change.stage for change in application.history}
    talked = any(_PLACE[stage] <= furthest for stage in reached & _TALKS)
    interviewed = talked or any(_counts(interview) for interview in held)
    replied_on = _replied_on(portal, application, held)
    applied_on = application.applied_on
    return _Outcome(
        application=application,
        furthest=furthest,
        reply_days=(replied_on - applied_on).days if replied_on and applied_on else None,
        replied=bool(interviewed or furthest or replied_on or Stage.REJECTED in reached),
        interviewed=interviewed,
    )


def _furthest(application: Application) -> int | None:
    """The place in `RUNGS` an application came to, or None if it was never sent.

    A stage only advances, or is set by hand: what is live has come to where it stands. An end says
    nothing about that, but for an acceptance; a conversation that ended was no application.
    """
    if application.live:
        return _PLACE.get(application.stage)
    places = [_PLACE[change.stage] for change in application.history if change.stage in _PLACE]
    if places:
        return max(places)
    return 0 if application.title else None


def _counts(interview: Interview) -> bool:
    return not interview.cancelled and interview.format is not Format.NETWORKING


def _replied_on(portal: Portal, application: Application, held: Iterable[Interview]) -> date | None:
    """The day of the first answer: a message, or the meeting itself where no message was noted.

    What came before the application did not answer it.
    """
    days = [event.on for event in application.events if _is_answer(portal, event)]
    days += [i.start.date() for i in held if _counts(i) and i.over]
    if application.offer and application.offer.received_on <= portal.today:
        days.append(application.offer.received_on)
    earliest = application.applied_on or date.min
    return min((day for day in days if day >= earliest), default=None)


def _is_answer(portal: Portal, event: Happening) -> bool:
    """Whether the employer got in touch; a friend who referred you is not the employer."""
    if event.event not in ANSWERS:
        return False
    sender = portal.people.get(event.sender or "")
    return sender is None or sender.role is not Role.REFERRER


def _build_funnel(outcomes: Sequence[_Outcome]) -> tuple[Rung, ...]:
    live = Counter(o.furthest for o in outcomes if o.application.live)
    ended = Counter(o.furthest for o in outcomes if not o.application.live)
    rungs = []
    reached = 0
    for place in reversed(range(len(RUNGS))):
        reached += live[place] + ended[place]
        rungs.append(Rung(RUNGS[place], reached, live[place], ended[place]))
    return tuple(reversed(rungs))


def _build_passages(applications: Iterable[Application]) -> tuple[Passage, ...]:
    """The ways from stage to stage, in order; what was set back or reopened by hand is no way."""
    found: dict[tuple[Stage, Stage], list[int]] = {}
    for application in applications:
        for before, after in pairwise(application.history):
            if before.stage in _PLACE and STAGE_ORDER[before.stage] < STAGE_ORDER[after.stage]:
                days = (after.on - before.on).days
                found.setdefault((before.stage, after.stage), []).append(days)
    ordered = sorted(found.items(), key=lambda item: [STAGE_ORDER[stage] for stage in item[0]])
    return tuple(Passage(before, after, tuple(sorted(d))) for (before, after), d in ordered)


def _build_tallies(
    outcomes: Iterable[_Outcome], name: Callable[[Application], str | None]
) -> tuple[Tally, ...]:
    """A tally for each name, the most applications first; those without a name come last.

    Names are one however they are capitalised or spaced, and are shown as they are written most.
    """
    groups: dict[str, list[_Outcome]] = {}
    spellings: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        written = name(outcome.application) or ""
        folded = fold_name(written)
        groups.setdefault(folded, []).append(outcome)
        spellings.setdefault(folded, Counter())[written] += 1
    ordered = sorted(groups, key=lambda folded: (not folded, -len(groups[folded]), folded))
    return tuple(_tally(_usual(spellings[folded]), groups[folded]) for folded in ordered)


def _tally(name: str, outcomes: Sequence[_Outcome]) -> Tally:
    return Tally(
        name=name,
        applied=len(outcomes),
        replied=sum(outcome.replied for outcome in outcomes),
        interviewed=sum(outcome.interviewed for outcome in outcomes),
        offered=sum(outcome.offered for outcome in outcomes),
    )


def _count_sources(applications: Iterable[Application]) -> Mapping[str, int]:
    """How many openings were found through what, by the name as it is written most."""
    spellings: dict[str, Counter[str]] = {}
    for application in applications:
        if written := application.found_through:
            spellings.setdefault(fold_name(written), Counter())[written] += 1
    return {_usual(spellings[folded]): spellings[folded].total() for folded in sorted(spellings)}


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda written: (-spellings[written], written))


def _build_weeks(portal: Portal, follow_ups: Iterable[FollowUp]) -> tuple[Week, ...]:
    applied: Counter[date] = Counter()
    met: Counter[date] = Counter()
    talked: Counter[date] = Counter()
    sent: Counter[date] = Counter()
    for application in portal.applications.values():
        if application.applied_on and _furthest(application) is not None:
            applied[_monday(application.applied_on)] += 1
    for interview in portal.interviews.values():
        if interview.over:
            counter = talked if interview.format is Format.NETWORKING else met
            counter[_monday(interview.start.date())] += 1
    for on, number in _messages(portal, follow_ups):
        sent[_monday(on)] += number
    mondays = sorted({*applied, *met, *talked, *sent})
    return tuple(Week(d, applied[d], met[d], talked[d], sent[d]) for d in mondays)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _messages(portal: Portal, follow_ups: Iterable[FollowUp]) -> Iterator[tuple[date, int]]:
    """The day of each line that says something was sent, and to how many people.

    A line without `to` that closes the thank-yous to three people stands for three messages.
    """
    reached: dict[Source, set[tuple[str, ...]]] = {}
    for follow_up in follow_ups:
        if follow_up.closed_by and follow_up.state is State.DONE:
            reached.setdefault(follow_up.closed_by, set()).add(follow_up.to)
    for application in portal.applications.values():
        for event in application.events:
            if event.event is Event.SENT and _is_message(event.touch):
                yield event.on, len(reached.get(event.source, ())) or 1


def _is_message(touch: str | None) -> bool:
    return touch is None or TOUCHES[touch].is_message
