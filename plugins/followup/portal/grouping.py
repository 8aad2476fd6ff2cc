"""Which notes speak of one company, and which of one application."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from followup.notes.entry import Entry
from followup.notes.problems import Problem, Severity
from followup.portal.facts import latest_first
from followup.portal.slugs import fold_name, slug_of, slug_of_id


@dataclass(frozen=True, slots=True)
class ApplicationGroup:
    """The notes about one opening, by path."""

    id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CompanyGroup:
    """The notes about one employer, by path, and its openings."""

    slug: str
    name: str
    entries: tuple[Entry, ...]
    applications: tuple[ApplicationGroup, ...]


def group_companies(entries: Iterable[Entry]) -> tuple[tuple[CompanyGroup, ...], list[Problem]]:
    """The companies in the order of their slugs, and where two openings would share one id."""
    by_name: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        by_name.setdefault(fold_name(entry.front.company), []).append(entry)
    problems: list[Problem] = []
    companies = []
    for folded, found in by_name.items():
        slug = slug_of(folded)
        openings, faults = _group_applications(slug, found)
        problems += faults
        name = latest_first(found)[0].front.company
        companies.append(CompanyGroup(slug, name, tuple(found), openings))
    companies, clashes = _told_apart(companies)
    problems += clashes
    return tuple(sorted(companies, key=lambda company: company.slug)), problems


def _group_applications(
    company: str, entries: Sequence[Entry]
) -> tuple[tuple[ApplicationGroup, ...], list[Problem]]:
    """Openings of one company: `application` joins notes, else the same title does."""
    named = _named_by_title(entries)
    groups: dict[str, list[Entry]] = {}
    problems = []
    for entry in entries:
        joined = named.get(_folded_title(entry), ())
        if entry.front.application:
            id_ = slug_of_id(entry.front.application)
        elif joined:
            id_ = joined[0]
            if len(joined) > 1:
                problems.append(_ambiguous(entry, joined))
        else:
            id_ = default_id(company, entry.front.title)
        groups.setdefault(id_, []).append(entry)
    found = (ApplicationGroup(id_, tuple(members)) for id_, members in sorted(groups.items()))
    return tuple(found), problems


def _named_by_title(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """The ids given by `application`, for each folded title."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        if entry.front.application:
            ids = found.setdefault(_folded_title(entry), {})
            ids[slug_of_id(entry.front.application)] = None
    return {title: tuple(sorted(ids)) for title, ids in found.items()}


def _folded_title(entry: Entry) -> str:
    return fold_name(entry.front.title or "")


def default_id(company: str, title: str | None) -> str:
    """`<company slug>-<title slug>`; networking without a title ends in `-networking`."""
    return f"{company}-{slug_of(title) if title else 'networking'}"


def _ambiguous(entry: Entry, ids: Sequence[str]) -> Problem:
    mark = entry.marks.get(("title",)) or entry.marks[("company",)]
    return Problem(
        entry.path, mark.line, mark.column, Severity.WARNING, "ambiguous_application",
        f"several applications have the title `{entry.front.title}`; this note was put to `{ids[0]}`",
        f"add `application:` with one of {', '.join(ids)}",
    )  # fmt: skip


def _told_apart(companies: Iterable[CompanyGroup]) -> tuple[list[CompanyGroup], list[Problem]]:
    """The companies with a hash behind an id that an earlier one's opening has already.

    `Acme` with `Data Analyst` and `Acme Data` with `Analyst` come to the same id; the note whose
    path comes first keeps it. An id that the owner gave twice is an error, and hides nothing.
    """
    owner: dict[str, CompanyGroup] = {}
    problems = []
    found = []
    for company in companies:
        openings = []
        for group in company.applications:
            other = owner.setdefault(group.id, company)
            if other is company:
                openings.append(group)
                continue
            openings.append(replace(group, id=_hashed(company, group)))
            if any(entry.front.application for entry in group.entries):
                problems.append(_clash(group, other))
        found.append(replace(company, applications=tuple(openings)))
    return found, problems


def _hashed(company: CompanyGroup, group: ApplicationGroup) -> str:
    """An id with a hash of what a default one is made of."""
    made_of = f"{fold_name(company.name)}\0{fold_name(group.entries[0].front.title or '')}"
    return f"{group.id}-{hashlib.sha256(made_of.encode()).hexdigest()[:8]}"


def _clash(group: ApplicationGroup, other: CompanyGroup) -> Problem:
    entry = group.entries[0]
    mark = entry.marks.get(("application",)) or entry.marks[("company",)]
    return Problem(
        entry.path, mark.line, mark.column, Severity.ERROR, "application_clash",
        f"the application `{group.id}` belongs to `{other.name}` already",
        "give this note an `application:` of its own",
    )  # fmt: skip
