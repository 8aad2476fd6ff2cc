"""A portal with its follow-ups and drafts: `build_campaign`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from followup.campaign.drafts import build_drafts
from followup.campaign.model import Campaign, Draft, FollowUp
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.memory import Memory
from followup.notes.problems import Problem
from followup.portal.build import by_company
from followup.portal.model import Portal


def build_campaign(
    portal: Portal, phrasebooks: Mapping[str, Phrasebook], memory: Memory | None = None
) -> tuple[Campaign, tuple[Problem, ...]]:
    """Everything the rules make of a portal, and what stood in the way of a draft.

    What has not changed since the run before is taken from `memory`.
    """
    memory = memory or Memory()
    planned = build_follow_ups(portal, memory)
    result = build_drafts(portal, planned, phrasebooks)
    follow_ups = {
        uid: replace(follow_up, draft=result.drafts[uid].id) if uid in result.drafts else follow_up
        for uid, follow_up in planned.items()
    }
    drafts = {draft.id: draft for draft in result.drafts.values()}
    return Campaign(portal, follow_ups, drafts), result.problems


def divide_campaign(campaign: Campaign, memory: Memory | None = None) -> tuple[Campaign, ...]:
    """The campaign divided: one with a single company for each, in their order.

    With a `memory` the part of a company about which nothing has changed is the same value as in
    the run before.
    """
    memory = memory or Memory()
    company_of = {opening.id: opening.company for opening in campaign.portal.applications.values()}
    follow_ups: dict[str, dict[str, FollowUp]] = {}
    drafts: dict[str, dict[str, Draft]] = {}
    for uid, follow_up in campaign.follow_ups.items():
        follow_ups.setdefault(company_of[follow_up.application], {})[uid] = follow_up
    for id_, draft in campaign.drafts.items():
        company = company_of[campaign.follow_ups[draft.follow_up].application]
        drafts.setdefault(company, {})[id_] = draft
    return tuple(
        memory.settle(
            ("campaign", slug), Campaign(part, follow_ups.get(slug, {}), drafts.get(slug, {}))
        )
        for part in by_company(campaign.portal, memory)
        for slug in part.companies
    )
