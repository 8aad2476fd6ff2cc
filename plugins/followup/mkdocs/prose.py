"""The owner's text round Python-Markdown: a note's body prepared before, all made harmless after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from followup.mkdocs.sanitise import lower_headings, sanitise
from followup.notes.entry import Entry
from followup.notes.memory import Memory
from followup.notes.prose import Prose, finish_prose, prepare_body, prepare_prose
from followup.portal.model import Company, Portal
from followup.portal.names import reference_name
from followup.site.addresses import person_link
from followup.site.parts import Link

People = Mapping[str, tuple[str, Link]]
"""Who is meant by an `@id`, in small letters: what they are called, and their page."""


@dataclass(frozen=True)
class NoteProse:
    """A note's body for Python-Markdown, and how its HTML becomes part of the note's page."""

    entry: Entry
    people: People

    @cached_property
    def markdown(self) -> str:
        """The text to render."""
        return self._prose.text

    def finish(self, html: str, url: Callable[[Link], str]) -> str:
        """The harmless HTML, with an anchor on each line and people and tags marked."""

        def person(written: str) -> tuple[str, str] | None:
            found = self.people.get(written.casefold())
            return (found[0], url(found[1])) if found else None

        return own_text(finish_prose(html, self._prose, person=person, tag=_tag_words))

    @cached_property
    def _prose(self) -> Prose:
        return prepare_prose(self.entry)


def note_proses(portal: Portal, memory: Memory) -> Mapping[str, NoteProse]:
    """The body of every note, by path; the people of a company are settled in `memory`."""
    people = {
        slug: memory.settle(("people in notes", slug), _people(company, portal))
        for slug, company in portal.companies.items()
    }
    return {
        path: NoteProse(portal.entries[path], people[application.company])
        for application in portal.applications.values()
        for path in application.entries
    }


def _people(company: Company, portal: Portal) -> People:
    known = {written: portal.people[id_] for written, id_ in company.ids.items()}
    return {
        written: (reference_name(person), person_link(person)) for written, person in known.items()
    }


def page_prose(markdown: str) -> Prose:
    """A text that belongs to no note, for Python-Markdown, which some texts would keep for hours."""
    prose = prepare_body(markdown, 1)
    # MkDocs takes a page's title from the first block, which must not be a marker.
    return replace(prose, text=re.sub(rf"^{prose.alphabet.pattern}\n\n(?=# )", "", prose.text))


def finish_page(html: str, prose: Prose) -> str:
    """The harmless HTML of such a text; an `@id` in it is nobody's, a `#tag` stays as written."""
    return sanitise(finish_prose(html, prose, person=_nobody, tag=_hashed))


def own_text(html: str) -> str:
    """A text that stands within a page of the portal, below that page's own title."""
    return lower_headings(sanitise(html))


def _nobody(_: str) -> None:
    return None


def _hashed(tag: str) -> str:
    return f"#{tag}"


def _tag_words(tag: str) -> str:
    return tag.replace("_", " ")
