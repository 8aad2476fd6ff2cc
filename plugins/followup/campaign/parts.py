"""A search company by company, each with what is quoted there of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from followup.campaign.model import FollowUp
from followup.notes.entry import Source
from followup.notes.memory import Memory, Same
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


def paths_of(follow_ups: Iterable[FollowUp]) -> frozenset[str]:
    """The notes that follow-ups stand on: of a withdrawal that of what was accepted elsewhere."""
    return frozenset(source.path for source in chain.from_iterable(map(_sources, follow_ups)))


def _sources(follow_up: FollowUp) -> Iterator[Source]:
    yield follow_up.origin
    yield follow_up.reason.source
    if follow_up.closed_by:
        yield follow_up.closed_by


def with_quoted(
    portal: Portal, own: Portal, paths: frozenset[str], company_of: Mapping[str, str]
) -> Portal:
    """The part `own` of a portal, and the companies that other notes of these `paths` are about."""
    quoted = paths - own.entries.keys()
    others = sorted({company_of[path] for path in quoted})
    return only_companies(portal, [*own.companies, *others]) if others else own


def parts_to_write_from(
    portal: Portal, plans: Mapping[str, Mapping[str, FollowUp]], memory: Memory
) -> Iterator[tuple[Portal, Mapping[str, FollowUp]]]:
    """What the letters to each company are written from, and its plan; both settled in `memory`."""
    company_of = companies_by_note(portal)
    for slug, own in by_company(portal, memory).items():
        plan = memory.settle(("plan", slug), plans[slug])
        paths = memory.recall(("paths", Same(plan)), partial(paths_of, plan.values()))
        part = with_quoted(portal, own, paths, company_of)
        yield memory.settle(("part with quoted", slug), part), plan
