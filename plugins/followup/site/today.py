"""The Today page: what to do, in the order of its days, and what stands round it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from followup.campaign.model import FollowUp, State
from followup.notes.categories import CATEGORIES
from followup.portal.days import day_in_full, day_in_list
from followup.portal.model import Interview
from followup.site.addresses import MISSING, note_link
from followup.site.facts import host_of
from followup.site.lookup import Lookup, ahead, clock, interview_short, name_of, way_to, when
from followup.site.parts import Leaf, Line, Reference, Row
from followup.site.rows import WEEK, build_done, build_row, shown, to_do
from followup.site.waiting import build_waiting
from followup.site.wording import FORMATS, sentence, spell

_FEW = 5
_PARTS = ("late", "today", "week", "later", "long")
LONG = 30
"""Days after which what is late is folded away, so that a new morning begins with what is new."""
# Characters of a uid that tell follow-ups apart.
_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of the plan: `late`, `today`, `week` or `later`, as of the build's day.

    `count` is how many of its rows show on that day. What has been late for more than a month is
    the part `long`.
    """

    name: str
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A short list beside the plan; `count` is how many of its lines show on the build's day."""

    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """What the Today page shows; `first_note` is set while there is no note at all.

    `complete` says that there are notes of interviews and that none of them lacks an answer, also
    where nobody is asked to finish them any more.
    `open` names everything still to be done, shown or not, by the beginnings of the uids.
    """

    as_of: str
    lede: str
    next_interview: Reference | None
    late: Bucket
    long: Bucket
    due: Bucket
    week: Bucket
    later: Bucket
    ahead: tuple[Leaf, ...]
    waiting: Shelf
    unfinished: Shelf
    unfinished_more: tuple[Line, ...]
    complete: bool
    done: Shelf
    open: str
    first_note: bool


def build_today(lookup: Lookup) -> Today:
    """The Today page for the day of the build; a script moves it to the reader's day."""
    rows = [build_row(lookup, follow_up) for follow_up in to_do(lookup, lookup.follow_ups)]
    month_ago = lookup.today - timedelta(days=LONG)
    placed = [("long" if row.due_on < month_ago else row.bucket, row) for row in rows]
    parts = {name: tuple(row for part, row in placed if part == name) for name in _PARTS}
    buckets = {name: Bucket(name, part, shown(part)) for name, part in parts.items()}
    coming = _coming(lookup)
    notes = _unfinished(lookup)
    unfinished = tuple(line for line in notes if not line.hidden)
    planned = tuple(line for line in notes if line.hidden)
    return Today(
        as_of=f"As of {day_in_full(lookup.today)}, when this was built",
        lede=_lede(buckets["late"].count + buckets["long"].count, buckets["today"].count),
        next_interview=_next_interview(lookup, coming),
        late=buckets["late"],
        long=buckets["long"],
        due=buckets["today"],
        week=buckets["week"],
        later=buckets["later"],
        ahead=tuple(_leaf(lookup, interview) for interview in coming),
        waiting=_shelf(build_waiting(lookup)),
        unfinished=Shelf((*unfinished[:_FEW], *planned), len(unfinished)),
        unfinished_more=unfinished[_FEW:],
        complete=_complete(lookup),
        done=_shelf(_done(lookup)),
        open=" ".join(f.uid[:_ENOUGH] for f in lookup.follow_ups if f.state is State.OPEN),
        first_note=not lookup.portal.entries,
    )


def _lede(late: int, due: int) -> str:
    """The answer in one line: `Two are late, three are due today.`."""
    parts = []
    if late:
        parts.append(f"{spell(late)} {'is' if late == 1 else 'are'} late")
    if due:
        parts.append(f"{spell(due)} {'is' if due == 1 else 'are'} due today")
    elif late:
        parts.append("nothing is due today")
    return sentence(", ".join(parts) or "nothing is due today") + "."


def _coming(lookup: Lookup) -> tuple[Interview, ...]:
    interviews = [i for i in lookup.portal.interviews.values() if ahead(lookup, i)]
    return tuple(sorted(interviews, key=lambda interview: (interview.start, interview.path)))


def _next_interview(lookup: Lookup, coming: Sequence[Interview]) -> Reference | None:
    if not coming:
        return None
    return Reference(_in_a_line(lookup, coming[0]), note_link(coming[0].path))


def _in_a_line(lookup: Lookup, interview: Interview) -> str:
    return f"{when(lookup, interview)}, {lookup.company(interview.application).name}"


def _leaf(lookup: Lookup, interview: Interview) -> Leaf:
    words = FORMATS[interview.format].within
    length = f", {interview.minutes} min" if interview.has_clock else ""
    time = clock(lookup, interview)
    people = [name_of(person) for person in lookup.people(interview.people)]
    return build_leaf(
        interview,
        title=lookup.company(interview.application).name,
        notes=(
            f"{time} · {words}{length}" if time else sentence(words),
            interview.place or "",
            ", ".join(people),
        ),
        button=Reference("Prepare", way_to(lookup, interview)),
        line=_in_a_line(lookup, interview),
    )


def build_leaf(
    interview: Interview,
    *,
    title: str = "",
    notes: tuple[str, ...],
    button: Reference | None = None,
    line: str = "",
) -> Leaf:
    """An interview with its calendar leaf; its own name is the title where none is given."""
    day = interview.start.date()
    weekday, _, rest = day_in_list(day, day.year).partition(" ")
    ahead_at = interview.link if line else None
    return Leaf(
        starts=f"{interview.start:%Y-%m-%dT%H:%M}" if interview.has_clock else day.isoformat(),
        weekday=weekday,
        day=day.day,
        month=rest.partition(" ")[2],
        title=title or interview_short(interview),
        link=note_link(interview.path),
        notes=tuple(filter(None, notes)),
        day_on=day,
        button=button,
        when=line,
        href=ahead_at or "",
        host=host_of(ahead_at) if ahead_at else "",
    )


def _unfinished(lookup: Lookup) -> tuple[Line, ...]:
    """A line for every interview whose notes are incomplete, the latest first.

    One that is planned is there too, hidden until its day has come.
    """
    open_ones = [f for f in lookup.follow_ups if f.touch == "debrief" and f.state is State.OPEN]
    return tuple(
        line
        for follow_up in sorted(open_ones, key=lambda f: (f.due_on, f.entry), reverse=True)
        if (line := _unfinished_line(lookup, follow_up))
    )


def _complete(lookup: Lookup) -> bool:
    found = [i.completeness for i in lookup.portal.interviews.values() if i.completeness]
    return bool(found) and not any(complete.missing for complete in found)


def _unfinished_line(lookup: Lookup, follow_up: FollowUp) -> Line | None:
    if follow_up.interview is None:
        return None
    interview = lookup.portal.interviews[follow_up.interview]
    company = lookup.company(follow_up.application).name
    complete = interview.completeness
    if complete is None:
        return Line(
            title=company,
            link=note_link(interview.path),
            text=f"{interview_short(interview)}, {lookup.day(follow_up.due_on)}",
            notes=("Write down all you remember",),
            shown_from=follow_up.due_on,
            hidden=follow_up.due_on > lookup.today,
        )
    if not complete.missing:
        return None
    return Line(
        title=company,
        link=note_link(interview.path, MISSING),
        text=f"{interview_short(interview)}, {complete.answered} of {complete.of} answered",
        notes=(f"Ask yourself: {ask(complete.missing[0])}",),
    )


def ask(number: int) -> str:
    """The question of a category, to stand within a sentence."""
    question = CATEGORIES[number - 1].question
    return question[:1].lower() + question[1:]


def _done(lookup: Lookup) -> tuple[Line, ...]:
    """What was done in the last seven days, the latest first."""
    since = lookup.today - timedelta(days=WEEK - 1)
    recent = [
        (follow_up.closed_on, follow_up)
        for follow_up in lookup.follow_ups
        if follow_up.state is State.DONE and follow_up.closed_on and follow_up.closed_on >= since
    ]
    recent.sort(key=lambda item: item[0], reverse=True)
    return tuple(_done_line(lookup, follow_up, day) for day, follow_up in recent)


def _done_line(lookup: Lookup, follow_up: FollowUp, day: date) -> Line:
    line = build_done(lookup, follow_up, named=True)
    return Line(
        title="",
        text=line.text,
        icon=line.icon,
        notes=(lookup.day(day),),
        shown_until=day + timedelta(days=WEEK - 1),
    )


def _shelf(lines: tuple[Line, ...]) -> Shelf:
    return Shelf(lines, sum(not line.hidden for line in lines))
