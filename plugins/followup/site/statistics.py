"""The Statistics page: how the search goes, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from followup.campaign.statistics import (
    Passage,
    Rung,
    Statistics,
    Tally,
    Week,
    build_statistics,
    half_within,
)
from followup.notes.schema import Stage
from followup.portal.days import day_in_sentence, month_name
from followup.portal.model import ENDS
from followup.site.charts import (
    Chart,
    Stack,
    build_day_chart,
    build_funnel_chart,
    build_stack_chart,
)
from followup.site.lookup import Lookup
from followup.site.wording import STAGES, count_of, enumerate_names, only_saved, sentence, spell

# Under this many a percentage would say more than is known.
_ENOUGH: Final = 10
_WEEKS: Final = 12
# So many numbers can be read in a sentence.
_LISTED: Final = 14
_TEXTURES: Final = ("a", "b", "c")
_UNNAMED: Final = "Not noted"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and what is counted."""

    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under their headings; the first cell of a row is its name."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture under what it shows, with a sentence below it and its numbers."""

    title: str
    chart: Chart
    caption: str
    table: Table


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What the Statistics page shows; a part that has nothing yet is None.

    `undated` says that there were answers, though nobody knows after how long. `passages` lead from
    stage to stage, `ends` to where an application was over.
    """

    lede: str
    begun: bool
    empty: bool
    figures: tuple[Figure, ...]
    funnel: Plot | None
    weeks: Plot | None
    replies: Plot | None
    undated: bool
    passages: Table | None
    ends: Table | None
    sources: Table | None
    resumes: Table | None


def build_statistics_page(lookup: Lookup) -> StatisticsView:
    """The Statistics page."""
    found = build_statistics(lookup.portal, lookup.follow_ups)
    return StatisticsView(
        lede=_lede(lookup, found),
        begun=bool(lookup.portal.entries),
        empty=not found.total.applied and not found.weeks,
        figures=tuple(_figures(found)),
        funnel=_funnel(found) if found.total.applied else None,
        weeks=_weeks(lookup, found.weeks) if found.weeks else None,
        replies=_replies(found) if found.first_reply_days else None,
        undated=bool(found.total.replied),
        passages=_passages([p for p in found.passages if p.after not in ENDS]),
        ends=_passages([p for p in found.passages if p.after in ENDS]),
        sources=_tallies("Where they came from", "Source", found.by_source),
        resumes=_tallies("By résumé", "Résumé", found.by_resume),
    )


def _lede(lookup: Lookup, found: Statistics) -> str:
    """`17 applications since Mon 2 February, 11 of them live.`."""
    total = found.total.applied
    if total == 0:
        return _none_yet(lookup)
    counted = sentence(count_of(total, "application", "applications"))
    since = ""
    if found.first_on:
        since = f" since {day_in_sentence(found.first_on, lookup.today.year)}"
    if total == 1:
        return f"{counted}{since}, {'live' if found.live else 'closed'}."
    return f"{counted}{since}, {_part(found.live, total)} of them live."


def _none_yet(lookup: Lookup) -> str:
    """That nothing was applied for; what was saved is said in the words of the Pipeline."""
    saved = sum(
        application.stage is Stage.SAVED and application.title is not None
        for application in lookup.portal.applications.values()
    )
    return only_saved(saved) if saved else "No applications yet."


def _part(part: int, whole: int) -> str:
    """A part in letters or digits, as the whole is: `11` of 17, `eleven` of thirteen."""
    if part == 0:
        return "none"
    if part == whole:
        return "both" if whole == 2 else "all"
    return str(part) if spell(whole).isdigit() else spell(part)


def _of(part: int, whole: int) -> str:
    """`11 of 17`, `Eight of nine`, `All nine`, `None`; a single one is `It`."""
    if whole == 1:
        return "It"
    if part == whole:
        return "Both" if whole == 2 else f"All {spell(whole)}"
    return f"{sentence(_part(part, whole))} of {spell(whole)}" if part else "None"


def _figures(found: Statistics) -> Sequence[Figure]:
    held = sum(week.interviews for week in found.weeks)
    talks = sum(week.talks for week in found.weeks)
    sent = sum(week.messages for week in found.weeks)
    total = found.total
    words = (
        (total.applied, "application", "applications"),
        (total.replied, "reply", "replies"),
        (held, "interview", "interviews"),
        *([(talks, "networking conversation", "networking conversations")] if talks else []),
        (sent, "message sent", "messages sent"),
        (total.offered, "offer", "offers"),
    )
    return [Figure(count, one if count == 1 else many) for count, one, many in words]


def _funnel(found: Statistics) -> Plot:
    rungs = [(STAGES[rung.stage].text, rung.reached) for rung in found.funnel]
    counts = ", ".join(f"{label.lower()} {count}" for label, count in rungs)
    return Plot(
        title=_how_far(found),
        chart=build_funnel_chart(f"How far your applications got: {counts}", rungs),
        caption="Each application counts in every stage up to the furthest it reached.",
        table=_funnel_table(found),
    )


def _how_far(found: Statistics) -> str:
    """`15 of 17 got beyond applying, three to an offer`."""
    whole = found.total.applied
    beyond = found.funnel[1].reached
    if beyond == 0:
        return (
            "It has not got beyond applying yet" if whole == 1 else "None got beyond applying yet"
        )
    offers = found.total.offered
    offered = "" if whole == 1 else f"{spell(offers)} "
    tail = f", {offered}to an offer" if offers else ""
    return f"{_of(beyond, whole)} got beyond applying{tail}"


def _funnel_table(found: Statistics) -> Table:
    whole = found.total.applied
    head = ("Stage", "Got this far", "Still there", "Ended there")
    shares = whole >= _ENOUGH
    return Table(
        caption="How far applications got",
        head=(*head, "Share") if shares else head,
        rows=tuple(_funnel_row(rung, whole, shares=shares) for rung in found.funnel),
    )


def _funnel_row(rung: Rung, whole: int, *, shares: bool) -> tuple[str, ...]:
    counts = (STAGES[rung.stage].text, str(rung.reached), str(rung.live), str(rung.ended))
    return (*counts, f"{100 * rung.reached / whole:.0f}%") if shares else counts


def _weeks(lookup: Lookup, weeks: Sequence[Week]) -> Plot:
    shown = _last_weeks(weeks, lookup.today)
    stacks = [_stack(shown, place) for place in range(len(shown))]
    counts = ", ".join(f"{_week(week, lookup.today)} {week.total}" for week in shown)
    earlier = [week for week in weeks if week.monday < shown[0].monday]
    fold = " Earlier weeks are in the table." if earlier else ""
    return Plot(
        title=_busiest(shown),
        chart=build_stack_chart(f"What you did each week: {counts}", stacks, _TEXTURES),
        caption=f"Weeks begin on Monday.{fold}",
        table=Table(
            caption="What you did each week",
            head=("Week of", "Applied", _met(weeks), "Messages"),
            rows=tuple(_week_row(week, lookup.today) for week in (*earlier, *shown)),
        ),
    )


def _met(weeks: Sequence[Week]) -> str:
    return "Interviews and networking" if any(week.talks for week in weeks) else "Interviews"


def _last_weeks(weeks: Sequence[Week], today: date) -> list[Week]:
    """The last twelve weeks up to this one, or fewer in a younger search; also the idle ones."""
    by_monday = {week.monday: week for week in weeks}
    last = today - timedelta(days=today.weekday())
    count = min((last - weeks[0].monday).days // 7 + 1, _WEEKS)
    mondays = [last - timedelta(weeks=back) for back in reversed(range(count))]
    return [by_monday.get(monday) or Week(monday) for monday in mondays]


def _stack(weeks: Sequence[Week], place: int) -> Stack:
    """A week under its day, with its month where another begins.

    The first one has its own only if the next has none: two names would meet on a phone.
    """
    week = weeks[place]
    months = [one.monday.month for one in weeks[max(place - 1, 0) : place + 2]]
    named = months[0] != week.monday.month if place else len(set(months)) == 1
    return Stack(
        label=str(week.monday.day),
        sublabel=month_name(week.monday.month)[:3] if named else "",
        parts=(week.applications, week.interviews + week.talks, week.messages),
    )


def _busiest(weeks: Sequence[Week]) -> str:
    most = max(weeks, key=lambda week: (week.total, week.monday))
    if most.total == 0:
        return f"Nothing in the last {spell(len(weeks))} weeks"
    if len(weeks) == 1:
        return "Your first week"
    busiest = f"the week of {most.monday.day} {month_name(most.monday.month)}"
    alone = most.total == sum(week.total for week in weeks)
    return f"All of it in {busiest}" if alone else f"You did most in {busiest}"


def _week(week: Week, today: date) -> str:
    year = f" {week.monday.year}" if week.monday.year != today.year else ""
    return f"{week.monday.day} {month_name(week.monday.month)[:3]}{year}"


def _week_row(week: Week, today: date) -> tuple[str, ...]:
    counts = (week.applications, week.interviews + week.talks, week.messages)
    return (_week(week, today), *map(str, counts))


def _replies(found: Statistics) -> Plot:
    days = found.first_reply_days
    half = half_within(days)
    count = count_of(len(days), "application", "applications")
    spread = f"{days[0]} to {_days(days[-1])}, half of them within {half}"
    if days[0] == days[-1]:
        spread = _days(half)
    title = f"Days until the first reply to {count}: {spread}"
    return Plot(
        title=_answered(found, half),
        chart=build_day_chart(title, days, half),
        caption=_reply_caption(found, half),
        table=Table(
            caption="Days until the first reply",
            head=("Days until the reply", "Applications"),
            rows=tuple((str(day), str(number)) for day, number in sorted(Counter(days).items())),
        ),
    )


def _answered(found: Statistics, half: int) -> str:
    """`15 of 17 got an answer, half of them within 9 days`; only where all the days are known."""
    total = found.total
    days = found.first_reply_days
    tail = ""
    if total.replied == len(days) > 1:
        how = "each after" if days[0] == days[-1] else "half of them within"
        tail = f", {how} {_days(half)}"
    return f"{_of(total.replied, total.applied)} got an answer{tail}"


def _reply_caption(found: Statistics, half: int) -> str:
    """`Nine replies: 2, 3, … and 16 days. Half came within 5. Two are still waiting.`."""
    days = found.first_reply_days
    counted = sentence(count_of(len(days), "reply", "replies"))
    listed = enumerate_names([str(day) for day in days[:-1]] + [_days(days[-1])])
    if days[0] == days[-1]:
        text = f"{counted}, {'each ' if len(days) > 1 else ''}after {_days(days[0])}."
    elif len(days) <= _LISTED:
        text = f"{counted}: {listed}. Half came within {half}."
    else:
        text = f"{counted}, after {days[0]} to {_days(days[-1])}. Half came within {half}."
    waiting = found.waiting
    if waiting:
        text += f" {sentence(spell(waiting))} {'is' if waiting == 1 else 'are'} still waiting."
    return text


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def _passages(passages: Sequence[Passage]) -> Table | None:
    if not passages:
        return None
    return Table(
        caption="Days from stage to stage",
        head=("From one to the next", "Times", "Half within", "All within"),
        rows=tuple(
            (
                f"{STAGES[passage.before].text} to {_word(passage.after)}",
                str(len(passage.days)),
                _days(half_within(passage.days)),
                _days(passage.days[-1]),
            )
            for passage in passages
        ),
    )


def _word(stage: Stage) -> str:
    """A stage within a phrase: `no response`, not `You withdrew`."""
    return stage.value.replace("_", " ")


def _tallies(caption: str, name: str, tallies: Sequence[Tally]) -> Table | None:
    """A table of what became of each group, or None where nothing tells groups apart."""
    if not any(tally.name for tally in tallies):
        return None
    return Table(
        caption=caption,
        head=(name, "Applied", "Replies", "Interviews", "Offers"),
        rows=tuple(
            (
                tally.name or _UNNAMED,
                *map(str, (tally.applied, tally.replied, tally.interviewed, tally.offered)),
            )
            for tally in tallies
        ),
    )
