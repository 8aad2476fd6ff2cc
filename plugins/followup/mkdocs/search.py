"""What the theme's search finds on the portal's pages, taken from them faster than the theme does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from followup.mkdocs.pages import PortalPage
from followup.mkdocs.sections import Section, is_unusual, read_sections

# What the theme takes out of a page once it is in the index; it stands in hardly any.
_TO_TAKE_OUT: Final = re.compile(r'data-search-\w+="[^"]+"')


class PortalIndex(SearchIndex):  # type: ignore[misc]
    """The theme's index, the same to the byte."""

    def add_entry_from_context(self, page: Page) -> None:
        """Add what can be found on a page; one that another plugin changed is read by the theme."""
        html = page.content or ""
        sections: Sequence[Section] = ()
        if isinstance(page, PortalPage) and html is page.article and not is_unusual(html):
            sections = page.sections or read_sections(html)
        if not sections:
            super().add_entry_from_context(page)
        elif not (page.meta.get("search") or {}).get("exclude"):
            for section in sections:
                if not section.left_out:
                    self.create_entry_for_section(section, page.toc, page.url, page)

    def add_page(
        self, plugin: SearchPlugin, context: TemplateContext, *, page: Page, **more: Any
    ) -> None:
        """Do what the theme's `plugin` does with a page, but for looking in vain."""
        if _TO_TAKE_OUT.search(page.content or ""):
            plugin.on_page_context(context, page=page, **more)
        else:
            self.add_entry_from_context(page)


def search_of(config: MkDocsConfig) -> SearchPlugin | None:
    """The theme's search, where it is on."""
    found = (one for one in config.plugins.values() if isinstance(one, SearchPlugin))
    return next((search for search in found if search.config.enabled), None)


def take_over_search(config: MkDocsConfig) -> None:
    """Let the theme's search, where it is on, read the portal's pages in the fast way."""
    plugin = search_of(config)
    if plugin and type(plugin.search_index) is SearchIndex:
        index = plugin.search_index = PortalIndex(**plugin.config)
        handlers = config.plugins.events["page_context"]
        place = handlers.index(plugin.on_page_context)
        handlers[place] = partial(index.add_page, plugin)
