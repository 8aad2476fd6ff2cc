"""Pages that hand MkDocs finished HTML: those of the portal, and the owner's own made harmless."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any, Final

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from followup.mkdocs.addresses import relative_urls
from followup.mkdocs.loading import Site
from followup.mkdocs.prose import NoteProse, own_text
from followup.mkdocs.sanitise import sanitise
from followup.notes.entry import Entry
from followup.site.pages import SitePage, render_page

ARTICLE: Final = "fu-main"
_ID: Final = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Press:
    """What every page of the portal needs to become HTML: the site, and where its files stand."""

    site: Site
    files: Mapping[str, File]


class PortalPage(Page):
    """A page of the portal; its content is an article from a template, not Markdown."""

    def __init__(self, site_page: SitePage, press: Press, file: File, config: MkDocsConfig) -> None:
        super().__init__(str(escape(site_page.title)), file, config)
        self.site_page = site_page
        self.press = press

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take the page's settings for the theme; there is no text of the owner's."""
        self.markdown = ""
        self.meta = self._settings()

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Make the article."""
        self._render_article(Markup(""))

    def _settings(self) -> dict[str, Any]:
        return {"template": "portal.html", "hide": ["navigation", "toc"]}

    def _render_article(self, prose: Markup) -> None:
        url = relative_urls(self.press.files, self.file)
        self.content = render_page(self.site_page, self.press.site.environment, url, prose)
        self.toc = _skip_to_article(self.title or "")
        self.present_anchor_ids = {unescape(name) for name in _ID.findall(self.content)}


class ProsePage(PortalPage):
    """A page of the portal round a text of the owner's, which Python-Markdown has rendered."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the text, make it harmless, put it into the article."""
        super(PortalPage, self).render(config, files)
        self._render_article(Markup(self._finish(self.content or "")))

    def _finish(self, html: str) -> str:
        return own_text(html)


class NotePage(ProsePage):
    """The page of a note: its body as written, beside what the portal knows of it."""

    def __init__(
        self,
        entry: Entry,
        prose: NoteProse,
        site_page: SitePage,
        press: Press,
        file: File,
        config: MkDocsConfig,
    ) -> None:
        super().__init__(site_page, press, file, config)
        self.entry = entry
        self._prose = prose

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take the note's body as it was parsed; its front matter never passes through MkDocs."""
        self.markdown = self._prose.markdown
        self.meta = self._settings() | _own_settings(self.entry)

    def _finish(self, html: str) -> str:
        return self._prose.finish(html, relative_urls(self.press.files, self.file))


class HomePage(ProsePage):
    """Today, with the text of the owner's `index.md` below."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the owner's text; of its front matter only what it says about search is taken."""
        super(PortalPage, self).read_source(config)
        search = self.meta.get("search")
        self.meta = self._settings() | ({"search": search} if isinstance(search, dict) else {})


class OrdinaryPage(Page):
    """A Markdown page of the owner's that is no note."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page and make it harmless, also where the theme takes text for HTML."""
        super().render(config, files)
        self.content = sanitise(self.content or "")
        title = str(self.title or "")
        self.meta = _escaped({key: self.meta[key] for key in self.meta if key != "template"})
        self.title = str(escape(Markup(title).striptags()))
        if "title" in self.meta:
            self.meta["title"] = self.title


def set_dates(files: Files, today: date) -> None:
    """Date every page by the portal's day: the day of the run would make every build another."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.page is not None:
            file.page.update_date = today.isoformat()


def _skip_to_article(title: str) -> TableOfContents:
    """A table of contents that shows nothing; the theme makes its skip link of the first item."""
    return TableOfContents([AnchorLink(title, ARTICLE, 1)])


def _own_settings(entry: Entry) -> dict[str, Any]:
    """What a note says to MkDocs and its plugins."""
    front = entry.front
    settings: dict[str, Any] = {}
    if front.tags:
        settings["tags"] = list(front.tags)
    if front.description:
        settings["description"] = str(escape(front.description))
    if front.search:
        settings["search"] = dict(front.search)
    return settings


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value
