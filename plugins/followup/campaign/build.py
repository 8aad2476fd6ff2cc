"""A portal with its follow-ups and drafts: `build_campaign`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from followup.campaign.drafts import build_drafts
from followup.campaign.model import Campaign
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.problems import Problem
from followup.portal.model import Portal


def build_campaign(
    portal: Portal, phrasebooks: Mapping[str, Phrasebook]
) -> tuple[Campaign, tuple[Problem, ...]]:
    """Everything the rules make of a portal, and what stood in the way of a draft."""
    planned = build_follow_ups(portal)
    result = build_drafts(portal, planned, phrasebooks)
    follow_ups = {
        uid: replace(follow_up, draft=result.drafts[uid].id) if uid in result.drafts else follow_up
        for uid, follow_up in planned.items()
    }
    drafts = {draft.id: draft for draft in result.drafts.values()}
    return Campaign(portal, follow_ups, drafts), result.problems
