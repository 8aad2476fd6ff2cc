"""A portal with its follow-ups and drafts: `build_campaign`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from followup.campaign.drafts import build_drafts, missing_phrasebooks
from followup.campaign.model import Campaign, Draft, FollowUp
from followup.campaign.phrasebook import Phrasebook
from followup.campaign.schedule import build_follow_ups
from followup.notes.memory import Memory
from followup.notes.problems import Problem
from followup.portal.build import by_company, only_companies
from followup.portal.model import Portal


def build_campaign(
    portal: Portal, phrasebooks: Mapping[str, Phrasebook], memory: Memory | None = None
) -> tuple[Campaign, tuple[Problem, ...]]:
    """Everything the rules make of a portal, and what stood in the way of a draft.

    What has not changed since the run before is taken from `memory`.
    """
    memory = memory or Memory()
    follow_ups = build_follow_ups(portal, memory)
    drafts = _DraftsOnDemand(portal, follow_ups, phrasebooks, memory)
    return Campaign(portal, follow_ups, drafts), missing_phrasebooks(
        portal, follow_ups, phrasebooks
    )


@dataclass(frozen=True, eq=False)
class _DraftsOnDemand(Mapping[str, Draft]):
    """The drafts, written when one is first asked for: many a command shows none."""

    portal: Portal
    follow_ups: Mapping[str, FollowUp]
    phrasebooks: Mapping[str, Phrasebook]
    memory: Memory

    @cached_property
    def _written(self) -> Mapping[str, Draft]:
        return build_drafts(self.portal, self.follow_ups, self.phrasebooks, self.memory).drafts

    def __getitem__(self, uid: str) -> Draft:
        return self._written[uid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def divide_campaign(campaign: Campaign, memory: Memory | None = None) -> Mapping[str, Campaign]:
    """The campaign divided: by the slug of each company what is to be done and written there.

    The portal of a part has that company, and any other whose notes are quoted, such as the one
    where an offer was accepted. With a `memory` the part of a company about which nothing has
    changed is the same value as in the run before.
    """
    memory = memory or Memory()
    portal = campaign.portal
    follow_ups: dict[str, dict[str, FollowUp]] = {slug: {} for slug in portal.companies}
    drafts: dict[str, dict[str, Draft]] = {slug: {} for slug in portal.companies}
    for uid, follow_up in campaign.follow_ups.items():
        follow_ups[portal.applications[follow_up.application].company][uid] = follow_up
    for id_, draft in campaign.drafts.items():
        application = campaign.follow_ups[draft.follow_up].application
        drafts[portal.applications[application].company][id_] = draft
    company_of = {
        path: opening.company
        for opening in portal.applications.values()
        for path in opening.entries
    }
    parts = {}
    for slug, own in by_company(portal, memory).items():
        quoted = _quoted(follow_ups[slug].values(), drafts[slug].values()) - own.entries.keys()
        others = sorted({company_of[path] for path in quoted})
        seen = only_companies(portal, [slug, *others]) if others else own
        part = Campaign(seen, follow_ups[slug], drafts[slug])
        parts[slug] = memory.settle(("campaign", slug), part)
    return parts


def _quoted(follow_ups: Collection[FollowUp], drafts: Iterable[Draft]) -> set[str]:
    """The notes whose lines stand behind dates and sentences."""
    sources = {source for f in follow_ups for source in (f.origin, f.closed_by) if source}
    sources |= {f.reason.source for f in follow_ups}
    for draft in drafts:
        sources.update(source for sentence in draft.sentences for source in sentence.sources)
        sources.update(remark.source for remark in draft.remarks if remark.source)
    return {source.path for source in sources}
