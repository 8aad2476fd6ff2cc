"""A portal with its follow-ups and drafts: `build_campaign`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from followup.campaign.drafts import build_drafts, missing_phrasebooks
from followup.campaign.model import Campaign, Draft, FollowUp
from followup.campaign.on_demand import OnDemand
from followup.campaign.parts import (
    companies_by_note,
    paths_of,
    plans_by_company,
    with_quoted,
)
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.memory import DoAll, Memory, Same, do_alone
from followup.notes.problems import Problem
from followup.portal.build import by_company
from followup.portal.model import Portal


def build_campaign(
    portal: Portal,
    phrasebooks: Mapping[str, Phrasebook],
    memory: Memory | None = None,
    do_all: DoAll = do_alone,
) -> tuple[Campaign, tuple[Problem, ...]]:
    """Everything the rules make of a portal, and what stood in the way of a draft.

    What has not changed since the run before is taken from `memory`; `do_all` writes the letters.
    """
    memory = memory or Memory()
    follow_ups = build_follow_ups(portal, memory)
    drafts = OnDemand(partial(_write, portal, follow_ups, phrasebooks, memory, do_all))
    return Campaign(portal, follow_ups, drafts), missing_phrasebooks(
        portal, follow_ups, phrasebooks
    )


def _write(
    portal: Portal,
    follow_ups: Mapping[str, FollowUp],
    phrasebooks: Mapping[str, Phrasebook],
    memory: Memory,
    do_all: DoAll,
) -> Mapping[str, Draft]:
    return build_drafts(portal, follow_ups, phrasebooks, memory, do_all).drafts


def divide_campaign(campaign: Campaign, memory: Memory | None = None) -> Mapping[str, Campaign]:
    """The campaign divided: by the slug of each company what is to be done and written there.

    The portal of a part has that company, and any other whose notes are quoted, such as the one
    where an offer was accepted. With a `memory` the part of a company about which nothing has
    changed is the same value as in the run before.
    """
    memory = memory or Memory()
    portal = campaign.portal
    follow_ups = plans_by_company(portal, campaign.follow_ups)
    drafts: dict[str, dict[str, Draft]] = {slug: {} for slug in portal.companies}
    for id_, draft in campaign.drafts.items():
        application = campaign.follow_ups[draft.follow_up].application
        drafts[portal.applications[application].company][id_] = draft
    company_of = companies_by_note(portal)
    parts = {}
    for slug, own in by_company(portal, memory).items():
        plan = memory.settle(("plan", slug), follow_ups[slug])
        letters = memory.settle(("drafts", slug), drafts[slug])
        paths = memory.recall(
            ("paths", Same(plan), Same(letters)), partial(_paths_in, plan, letters)
        )
        part = Campaign(with_quoted(portal, own, paths, company_of), plan, letters)
        parts[slug] = memory.settle(("campaign", slug), part)
    return parts


def _paths_in(plan: Mapping[str, FollowUp], drafts: Mapping[str, Draft]) -> frozenset[str]:
    """The notes that a plan stands on, and that drafts have their words and remarks from."""
    sentences = (sentence for draft in drafts.values() for sentence in draft.sentences)
    remarks = (remark for draft in drafts.values() for remark in draft.remarks)
    said = (source.path for sentence in sentences for source in sentence.sources)
    missed = (remark.source.path for remark in remarks if remark.source)
    return paths_of(plan.values()).union(said, missed)
