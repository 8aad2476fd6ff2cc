"""What the owner waits for: from whom, by when, and since when there has been silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from followup.campaign.model import State
from followup.campaign.promises import ANSWERS, INBOUND, promised_before
from followup.notes.schema import Event, Format, Stage
from followup.portal.model import Application, Interview
from followup.site.addresses import company_link
from followup.site.lookup import Lookup, ahead, held
from followup.site.parts import Line
from followup.site.wording import NEXT_STEPS, sentence, unquoted

_SIGNS = ANSWERS | {Event.DATE_CHANGED}
_WAITING = frozenset({Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING})
_FAR = date.max
_CHECKS = frozenset({"status_check_1", "status_check_2", "closing_note"})
_MOST_CHECKS = 2
CLOSE_IT = "You asked twice. To close it, add to the note’s log: {on: the day, event: no_response}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What they said would come, by when, in their words; `decides` if it is the decision."""

    what: str
    by: date
    said: str
    decides: bool


def build_expected(lookup: Lookup, application: Application) -> tuple[Expected, ...]:
    """What a live application may expect on which days, the earliest first.

    The latest interview that is over counts; a day that the log brought later replaces its days.
    Of two answers on one day only the decision is of interest. With an offer they have answered.
    """
    interview = latest_held(lookup, application)
    if interview is None or not application.live or application.stage is Stage.OFFER:
        return ()
    moved = tuple(_moved(application, interview.day))
    found = moved or tuple(_promised(interview)) or tuple(_before(lookup, application, interview))
    by_day = {expected.by: expected for expected in sorted(found, key=lambda e: e.decides)}
    return tuple(by_day[day] for day in sorted(by_day))


def latest_held(lookup: Lookup, application: Application) -> Interview | None:
    """The last interview of an application after which somebody owes an answer."""
    interviews = (lookup.portal.interviews[path] for path in application.interviews)
    return max(
        (interview for interview in interviews if held(interview)),
        key=lambda interview: (interview.start, interview.path),
        default=None,
    )


def build_waiting(lookup: Lookup) -> tuple[Line, ...]:
    """A line for every live application that is theirs to move, the earliest promise first."""
    found = []
    for application in lookup.portal.applications.values():
        planned = _next_interview(lookup, application)
        if application.stage not in _WAITING and not planned:
            continue
        since = planned.start.date() if planned else silent_since(lookup, application)
        if since is None:
            continue
        expected = () if planned else build_expected(lookup, application)
        by = expected[0].by if expected else _FAR
        found.append((by, since, _line(lookup, application, expected, since, planned)))
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


def silent_since(lookup: Lookup, application: Application) -> date | None:
    """The last day on which anything came from them: a message, or an interview."""
    days = [event.on for event in application.events if event.event in _SIGNS]
    if last := latest_held(lookup, application):
        days.append(last.day)
    return max(days, default=application.applied_on)


def asked_in_vain(lookup: Lookup, application: Application, expected: tuple[Expected, ...]) -> bool:
    """Whether they were asked twice since they last wrote, and no day of theirs is still ahead."""
    heard = max((e.on for e in application.events if e.event in INBOUND), default=date.min)
    asked = [f for f in lookup.by_application.get(application.id, ()) if f.touch in _CHECKS]
    sent = [f for f in asked if f.closed_on and f.closed_on >= heard and f.state is State.DONE]
    is_done = len(sent) >= _MOST_CHECKS and not any(f.state is State.OPEN for f in asked)
    return is_done and not any(item.by >= lookup.today for item in expected)


def _line(
    lookup: Lookup,
    application: Application,
    expected: tuple[Expected, ...],
    since: date,
    planned: Interview | None,
) -> Line:
    company = lookup.company(application.id)
    return Line(
        title=company.name,
        link=company_link(company.slug),
        text=_words(lookup, application, expected, planned),
        since=since,
        since_text=f"Silent since {lookup.day(since)}",
        notes=(CLOSE_IT,) if asked_in_vain(lookup, application, expected) else (),
        # Until its day is over there is an interview to come, and nothing to wait for.
        shown_from=date.fromordinal(since.toordinal() + 1) if planned else None,
        hidden=planned is not None,
    )


def _words(
    lookup: Lookup,
    application: Application,
    expected: tuple[Expected, ...],
    planned: Interview | None,
) -> str:
    if expected:
        promised = "promised by" if expected[0].by < lookup.today else "by"
        return f"{expected[0].what}, {promised} {lookup.day(expected[0].by)}"
    if planned or latest_held(lookup, application) or application.stage is not Stage.APPLIED:
        return "What comes next; no date was given"
    return "A reply to your application"


def _next_interview(lookup: Lookup, application: Application) -> Interview | None:
    interviews = (lookup.portal.interviews[path] for path in application.interviews)
    coming = [i for i in interviews if ahead(lookup, i) and i.format is not Format.NETWORKING]
    return max(coming, key=lambda interview: interview.start, default=None)


def _promised(interview: Interview) -> Iterator[Expected]:
    step, decision = interview.next_step, interview.decision
    if step and step.by:
        what = NEXT_STEPS.get(step.what or "", sentence((step.what or "news").replace("_", " ")))
        yield Expected(what, step.by, unquoted(step.said), decides=False)
    if decision and decision.by:
        yield Expected(NEXT_STEPS["decision"], decision.by, unquoted(decision.said), decides=True)


def _before(lookup: Lookup, application: Application, interview: Interview) -> Iterator[Expected]:
    if named := promised_before(lookup.portal, application, interview):
        yield Expected(NEXT_STEPS["decision"], named.by, "", decides=True)


def _moved(application: Application, after: date) -> Iterator[Expected]:
    """The days that the last such event of the log brought."""
    for event in reversed(application.events):
        if event.on < after or not (event.decision_by or event.next_step_by):
            continue
        said = unquoted(event.note)
        if event.next_step_by:
            yield Expected(NEXT_STEPS["next_round"], event.next_step_by, said, decides=False)
        if event.decision_by:
            yield Expected(NEXT_STEPS["decision"], event.decision_by, said, decides=True)
        return
