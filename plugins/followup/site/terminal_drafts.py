"""The drafts for a terminal: what can be written now, or what a word may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followup.campaign.model import FollowUp, State
from followup.campaign.selecting import uid_length
from followup.notes.wording import show_controls
from followup.site.lookup import Lookup
from followup.site.rows import bucket_of, draft_chip, to_do

_BUCKETS: Final = {
    "late": ("Late", "yellow"),
    "today": ("Due today", "cyan"),
    "week": ("Next 7 days", ""),
    "later": ("Later", "dim"),
}


def waiting_drafts(lookup: Lookup) -> tuple[FollowUp, ...]:
    """The follow-ups whose message can be written now, the most urgent first."""
    return tuple(f for f in to_do(lookup, lookup.follow_ups) if f.uid in lookup.drafts)


def render_waiting(lookup: Lookup) -> RenderableType:
    """What can be written now, under how urgent it is; nothing told by colour alone."""
    waiting = waiting_drafts(lookup)
    if not waiting:
        return Text("Nothing waits to be written.")
    parts: list[RenderableType] = []
    for name, (title, style) in _BUCKETS.items():
        bucket = [f for f in waiting if bucket_of(f.due_on, lookup.today) == name]
        if bucket:
            above = "\n" if parts else ""
            parts.append(Text(f"{above}{title} ({len(bucket)})", f"bold {style}".strip()))
            parts.append(render_choice(lookup, bucket))
    return Group(*parts)


def render_choice(lookup: Lookup, follow_ups: Sequence[FollowUp]) -> RenderableType:
    """A line for each: the beginning of its uid, its day, how far it is, whom to write what."""
    length = uid_length(lookup.campaign)
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column()
    for follow_up in follow_ups:
        table.add_row(
            Text(follow_up.uid[:length], "bold"),
            lookup.day(follow_up.due_on),
            _state(lookup, follow_up),
            Text(show_controls(_what(lookup, follow_up))),
        )
    return Padding(table, (0, 0, 0, 2))


def _state(lookup: Lookup, follow_up: FollowUp) -> str:
    draft = lookup.drafts.get(follow_up.uid)
    if follow_up.state is State.CANCELLED:
        return "not needed"
    if draft is None:
        return "no draft"
    if follow_up.state is State.OPEN and lookup.awaited(follow_up):
        return "waits"
    return draft_chip(draft, follow_up.state).text.lower()


def _what(lookup: Lookup, follow_up: FollowUp) -> str:
    """`Thank Ms. Okafor, Acme Logistics`, with the title where they have another opening."""
    company = lookup.company(follow_up.application)
    title = lookup.portal.applications[follow_up.application].title
    what = lookup.title(follow_up, lookup.words(follow_up).todo)
    where = "" if company.name in what else f", {company.name}"
    return f"{what}{where} ({title})" if title and len(company.applications) > 1 else what + where
