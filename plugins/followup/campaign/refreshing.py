"""A campaign brought up to date after one of its notes has changed, or the day."""

from __future__ import annotations

from datetime import date

from followup.campaign.model import Campaign
from followup.campaign.schedule import build_follow_ups
from followup.notes.entry_parser import parse_entry
from followup.notes.memory import Memory
from followup.portal.build import build_portal


def refresh(
    campaign: Campaign, path: str, data: bytes, today: date, memory: Memory | None = None
) -> Campaign:
    """The campaign, without drafts, with what the note at `path` says now, on the day `today`.

    A note that cannot be read counts as it was. Other companies are taken from `memory`.
    """
    memory = memory or Memory()
    portal = campaign.portal
    entry = parse_entry(path, data)[0] or portal.entries[path]
    if (entry, today) == (portal.entries[path], portal.today):
        return campaign
    entries = {**portal.entries, path: entry}
    fresh = build_portal(entries.values(), today, portal.options, memory)
    return Campaign(fresh, build_follow_ups(fresh, memory), {})
