"""A search company by company, each with what is quoted there of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from followup.campaign.model import FollowUp
from followup.notes.entry import Source
from followup.notes.memory import Memory
from followup.portal.build import by_company, only_companies
from followup.portal.model import Portal


def plans_by_company(
    portal: Portal, follow_ups: Mapping[str, FollowUp]
) -> Mapping[str, dict[str, FollowUp]]:
    """The follow-ups of each company, by its slug and in their order."""
    plans: dict[str, dict[str, FollowUp]] = {slug: {} for slug in portal.companies}
    for uid, follow_up in follow_ups.items():
        plans[portal.applications[follow_up.application].company][uid] = follow_up
    return plans


def companies_by_note(portal: Portal) -> Mapping[str, str]:
    """The slug of the company that each note is about."""
    openings = portal.applications.values()
    return {path: opening.company for opening in openings for path in opening.entries}


def sources_of(follow_ups: Iterable[FollowUp]) -> Iterable[Source]:
    """The lines that follow-ups stand on: of a withdrawal that of what was accepted elsewhere."""
    for follow_up in follow_ups:
        yield follow_up.origin
        yield follow_up.reason.source
        if follow_up.closed_by:
            yield follow_up.closed_by


def with_quoted(
    portal: Portal, own: Portal, sources: Iterable[Source], company_of: Mapping[str, str]
) -> Portal:
    """The part `own` of a portal, and the companies whose notes hold some of the `sources`."""
    quoted = {source.path for source in sources} - own.entries.keys()
    others = sorted({company_of[path] for path in quoted})
    return only_companies(portal, [*own.companies, *others]) if others else own


def parts_to_write_from(
    portal: Portal, plans: Mapping[str, Mapping[str, FollowUp]], memory: Memory
) -> Mapping[str, Portal]:
    """What the letters to each company are written from, by its slug; settled in `memory`."""
    company_of = companies_by_note(portal)
    parts = {
        slug: with_quoted(portal, own, sources_of(plans[slug].values()), company_of)
        for slug, own in by_company(portal, memory).items()
    }
    return {slug: memory.settle(("part with quoted", slug), part) for slug, part in parts.items()}
