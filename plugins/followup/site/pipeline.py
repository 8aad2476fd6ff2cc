"""The Pipeline: every application as a card in the column of its stage, and as a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.notes.schema import Stage
from followup.portal.model import Application
from followup.portal.stages import STAGE_ORDER
from followup.site.addresses import company_link
from followup.site.coming import build_coming, with_weekday
from followup.site.folding import fold_text
from followup.site.lookup import Lookup, is_talk, stage_chip
from followup.site.parts import Chip, Line, Next, Reference
from followup.site.wording import STAGES, count_of, only_saved, sentence, spell

_CLOSED: Final = "closed"
_COLUMNS: Final = (
    Stage.SAVED, Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One application. Of `next` the first that makes sense on the reader's day is shown.

    `place` is the number of its stage on the way, for sorting.
    """

    company: Reference
    title: str
    stage: Chip
    place: int
    live: bool
    since: date | None
    since_day: str
    since_text: str
    next: tuple[Next, ...]
    search: str

    @property
    def next_on(self) -> date | None:
        """The day of what comes next, if it has one."""
        return min((item.on for item in self.next if item.on), default=None)


@dataclass(frozen=True, slots=True)
class Column:
    """A stage and its cards, the next date first."""

    key: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PipelineView:
    """The board; `talks` are the conversations that no application has come of yet."""

    lede: str
    count: str
    columns: tuple[Column, ...]
    cards: tuple[Card, ...]
    talks: tuple[Line, ...]


def build_pipeline(lookup: Lookup) -> PipelineView:
    """Every application by its stage; those that ended stand together in the last column."""
    applications = [a for a in lookup.portal.applications.values() if not is_talk(a)]
    columns: dict[str, list[Card]] = {stage.value: [] for stage in _COLUMNS}
    columns[_CLOSED] = []
    for application in applications:
        key = application.stage.value if application.live else _CLOSED
        columns[key].append(_card(lookup, application))
    titles = {stage.value: STAGES[stage].text for stage in _COLUMNS} | {_CLOSED: "Closed"}
    built = tuple(Column(key, titles[key], _in_order(cards)) for key, cards in columns.items())
    return PipelineView(
        lede=_lede(applications),
        count=count_of(len(applications), "application", "applications"),
        columns=built,
        cards=tuple(card for column in built for card in column.cards),
        talks=tuple(_talks(lookup)),
    )


def _lede(applications: Sequence[Application]) -> str:
    """`Fourteen applications, eleven of them live.`."""
    total = len(applications)
    if total and all(application.stage is Stage.SAVED for application in applications):
        return only_saved(total)
    live = sum(application.live for application in applications)
    counted = sentence(count_of(total, "application", "applications"))
    if total == 0:
        return "No applications yet."
    if total == 1:
        return f"{counted}, {'live' if live else 'closed'}."
    part = str(live) if spell(total).isdigit() else spell(live)
    if live in (0, total):
        part = "none" if live == 0 else "both" if total == 2 else "all"
    return f"{counted}, {part} of them live."


def _card(lookup: Lookup, application: Application) -> Card:
    company = lookup.company(application.id)
    title = application.title or ""
    change = application.history[-1] if application.history else None
    chip = stage_chip(application)
    return Card(
        company=Reference(company.name, company_link(company.slug)),
        title=title,
        stage=chip,
        place=STAGE_ORDER[application.stage],
        live=application.live,
        since=change.on if change else None,
        since_day=lookup.short_day(change.on) if change else "",
        since_text=_since(lookup, application, chip),
        next=_next(lookup, application),
        search=fold_text(company.name, title),
    )


def _since(lookup: Lookup, application: Application, chip: Chip) -> str:
    """`Since 10 Nov`, or `Rejected, 17 Nov` where it is over."""
    if not application.history:
        return ""
    day = lookup.short_day(application.history[-1].on)
    return f"Since {day}" if application.live else f"{chip.text}, {day}"


def _next(lookup: Lookup, application: Application) -> tuple[Next, ...]:
    return build_coming(lookup, [application]) + _without_day(lookup, application)


def _without_day(lookup: Lookup, application: Application) -> tuple[Next, ...]:
    """What is said where nothing has a day: that it waits, or what was done last."""
    if application.stage is Stage.SAVED and not application.interviews:
        return (Next("pen", "Apply, or let it go"),)
    if application.live:
        return (Next("next", "Nothing to do; you are waiting for them"),)
    last = _last_done(lookup.by_application.get(application.id, ()), application)
    if last is None:
        return ()
    return (Next("check", lookup.title(last, lookup.words(last).done)),)


def _last_done(follow_ups: Iterable[FollowUp], application: Application) -> FollowUp | None:
    """The last message that went out since it ended."""
    ended = application.history[-1].on if application.history else date.min
    done = [
        follow_up
        for follow_up in follow_ups
        if follow_up.state is State.DONE and (follow_up.closed_on or date.min) >= ended
    ]
    return max(done, key=lambda f: (f.closed_on or date.min, f.uid), default=None)


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The next date first; closed ones by the day they closed, the latest first."""
    return tuple(sorted(cards, key=_order))


def _order(card: Card) -> tuple[bool, date, int, str]:
    since = -card.since.toordinal() if card.since and not card.live else 0
    return card.next_on is None, card.next_on or date.max, since, card.search


def _talks(lookup: Lookup) -> Iterable[Line]:
    for application in lookup.portal.applications.values():
        if not is_talk(application):
            continue
        company = lookup.company(application.id)
        days = [lookup.portal.interviews[path].start.date() for path in application.interviews]
        past = [day for day in days if day <= lookup.today]
        yield Line(
            title=company.name,
            link=company_link(company.slug),
            text=f"Last talked on {lookup.day(max(past))}" if past else "",
            next=with_weekday(lookup, build_coming(lookup, [application])),
        )
