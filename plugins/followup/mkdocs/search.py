"""What the theme's search finds on the portal's pages, taken from them faster than the theme does."""

from __future__ import annotations

from typing import Final

from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from followup.mkdocs.pages import PortalPage
from followup.mkdocs.sections import is_unusual, read_sections

_PLUGIN: Final = "material/search"


class PortalIndex(SearchIndex):  # type: ignore[misc]
    """The theme's index, the same to the byte."""

    def add_entry_from_context(self, page: Page) -> None:
        """Add what can be found on a page; one that another plugin changed is read by the theme."""
        html = page.content or ""
        if not isinstance(page, PortalPage) or html is not page.article or is_unusual(html):
            super().add_entry_from_context(page)
        elif not (page.meta.get("search") or {}).get("exclude"):
            for section in page.sections or read_sections(html):
                if not section.left_out:
                    self.create_entry_for_section(section, page.toc, page.url, page)


def take_over_search(config: MkDocsConfig) -> None:
    """Let the theme's search, where it is on, read the portal's pages in the fast way."""
    plugin = config.plugins.get(_PLUGIN)
    if isinstance(plugin, SearchPlugin) and type(plugin.search_index) is SearchIndex:
        plugin.search_index = PortalIndex(**plugin.config)
