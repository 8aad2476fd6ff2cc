"""Pages that hand MkDocs finished HTML: those of the portal, and the owner's own made harmless."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from followup.mkdocs.addresses import relative_urls
from followup.mkdocs.loading import Site
from followup.mkdocs.no_addresses import tell_of_no_addresses
from followup.mkdocs.prose import NoteProse, finish_page, page_prose
from followup.mkdocs.sanitise import lower_headings
from followup.mkdocs.sections import Section
from followup.mkdocs.settings import read_settings
from followup.notes.entry import Entry
from followup.notes.memory import Memory, Same
from followup.notes.wording import show_controls
from followup.site.pages import SitePage, render_page

log = get_plugin_logger(__name__)

ARTICLE: Final = "fu-main"
_ICON: Final = re.compile(r"[\w-]+(?:/[\w-]+)*")
_TO_A_FILE: Final = re.compile(r'\s(?:href|src)="(?![a-z][a-z0-9+.-]*:|//|#)', re.IGNORECASE)
_ID: Final = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Press:
    """What every page of the portal needs to become HTML: the site, and where its files stand.

    Articles of pages that are the same as in the run before are taken from `memory`.
    """

    site: Site
    files: Mapping[str, File]
    memory: Memory


class PortalPage(Page):
    """A page of the portal; its content is an article from a template, not Markdown.

    `prose` is the HTML of the owner's text in it, which has been made harmless; `article` is the
    whole content, before any other plugin has had it. With `elsewhere`, another process makes it,
    and finds the `sections` in it.
    """

    prose = Markup()
    article = ""
    elsewhere = False
    sections: Sequence[Section] = ()

    def __init__(self, site_page: SitePage, press: Press, file: File, config: MkDocsConfig) -> None:
        super().__init__(str(escape(site_page.title)), file, config)
        self.site_page = site_page
        self.press = press

    def make_twin(self, file: File, press: Press) -> Self:
        """This page, on which no build has worked yet, for the build that has `file` and `press`."""
        twin = object.__new__(type(self))
        vars(twin).update(vars(self), file=file, press=press, meta={})
        file.page = twin
        return twin

    def _set_canonical_url(self, base: str | None) -> None:
        """Put the address below the site's, as MkDocs does, which has to reckon with any address."""
        self.canonical_url = self.abs_url = None
        if base:
            site = base if base.endswith("/") else f"{base}/"
            self.canonical_url = site + self.url
            self.abs_url = urlsplit(site).path + self.url

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take the page's settings for the theme; there is no text of the owner's."""
        self.markdown = ""
        self.meta = self._settings()

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the article."""
        self.render_prose(config, files)
        if self.elsewhere:
            self.content = ""
        else:
            self.render_article()

    def render_prose(self, config: MkDocsConfig, files: Files) -> None:
        """Render the owner's text, where there is one."""

    def render_article(self) -> None:
        """Put the prose into the article."""
        made_of = ("article", Same(self.site_page), Same(self.prose))
        self.take_article(self.press.memory.recall(made_of, self.make_article))

    def take_article(self, article: str, sections: Sequence[Section] = ()) -> None:
        """Have an article that is made, and perhaps divided into sections, already."""
        self.article = self.content = article
        self.sections = sections
        self.toc = _skip_to_article(self.title or "")

    @property
    def present_anchor_ids(self) -> set[str]:
        """What a link can lead to on this page."""
        return {unescape(name) for name in _ID.findall(self.content or self.make_article())}

    @present_anchor_ids.setter
    def present_anchor_ids(self, found: set[str] | None) -> None:
        """Pass over what MkDocs finds in the text that stands in the page."""

    def _settings(self) -> dict[str, Any]:
        return {"template": "portal.html", "hide": ["navigation", "toc"]}

    def make_article(self) -> str:
        """The article, made anew."""
        url = relative_urls(self.press.files, self.file)
        return render_page(self.site_page, self.press.site.environment, url, self.prose)


class ProsePage(PortalPage):
    """A page of the portal round a text of the owner's, which Python-Markdown has rendered.

    `leads_on` says whether the text leads to another file of the site, or shows one; who is named in
    it is not meant.
    """

    leads_on = False

    def render_prose(self, config: MkDocsConfig, files: Files) -> None:
        """Render the text and make it harmless."""
        with _in_words(self.file):
            super(PortalPage, self).render(config, files)
        tell_of_no_addresses(self.file, config)
        html = self.content or ""
        self.leads_on = _TO_A_FILE.search(html) is not None
        self.prose = Markup(self._finish(html))
        self.content = None

    @abstractmethod
    def _finish(self, html: str) -> str:
        """The harmless HTML of the text."""


class NotePage(ProsePage):
    """The page of a note: its body as written, beside what the portal knows of it."""

    def __init__(
        self,
        note: NoteProse,
        site_page: SitePage,
        press: Press,
        file: File,
        config: MkDocsConfig,
    ) -> None:
        super().__init__(site_page, press, file, config)
        self.note = note

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take the note's body as it was parsed; its front matter never passes through MkDocs."""
        self.markdown = self.note.markdown
        self.read_settings()

    def read_settings(self) -> None:
        """Take what the note says to MkDocs and its plugins."""
        self.meta = self._settings() | _own_settings(self.note.entry)

    def _finish(self, html: str) -> str:
        return self.note.finish(html, relative_urls(self.press.files, self.file))


class HomePage(ProsePage):
    """Today, with the text of the owner's `index.md` below."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the owner's text; of its front matter only what it says about search is taken."""
        super(PortalPage, self).read_source(config)
        own = {key: value for key, value in self.meta.items() if key == "search"}
        self.meta = self._settings() | _read_settings(own, self.file, config)

    def render_prose(self, config: MkDocsConfig, files: Files) -> None:
        """Prepare the text, after other plugins had it, and render it."""
        self._prose = page_prose(self.markdown or "")
        self.markdown = self._prose.text
        super().render_prose(config, files)

    def _finish(self, html: str) -> str:
        return lower_headings(finish_page(html, self._prose))


class OrdinaryPage(Page):
    """A Markdown page of the owner's that is no note."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page; of its settings those are taken that cannot break or change the site."""
        super().read_source(config)
        self.meta = _read_settings(self.meta, self.file, config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page and make it harmless, also where the theme takes text for HTML."""
        prose = page_prose(self.markdown or "")
        self.markdown = prose.text
        with _in_words(self.file):
            super().render(config, files)
        self.content = finish_page(self.content or "", prose)
        self.title = str(escape(Markup(self.title or "").striptags()))


def set_dates(files: Files, today: date) -> None:
    """Date every page by the portal's day: the day of the run would make every build another."""
    for file in files:
        if file.page is not None:
            file.page.update_date = today.isoformat()


def count_pages(files: Files, *, preview: bool) -> int:
    """How many pages are to be rendered; drafts are for the preview alone."""
    level = InclusionLevel.is_in_serve if preview else InclusionLevel.is_included
    return len(files.documentation_pages(inclusion=level))


def _skip_to_article(title: str) -> TableOfContents:
    """A table of contents that shows nothing; the theme makes its skip link of the first item."""
    return TableOfContents([AnchorLink(title, ARTICLE, 1)])


def _own_settings(entry: Entry) -> dict[str, Any]:
    """What a note says to MkDocs and its plugins."""
    front = entry.front
    settings: dict[str, Any] = {}
    if front.tags:
        settings["tags"] = [str(escape(tag)) for tag in front.tags]
    if front.description:
        settings["description"] = str(escape(front.description))
    if front.search:
        settings["search"] = dict(front.search)
    return settings


def _read_settings(meta: Mapping[str, Any], file: File, config: MkDocsConfig) -> dict[str, Any]:
    """The settings that can be used; of the others the owner is told."""

    def is_icon(name: str) -> bool:
        folders = (Path(folder) / ".icons" for folder in config.theme.dirs)
        return bool(_ICON.fullmatch(name)) and any(
            (folder / f"{name}.svg").is_file() for folder in folders
        )

    settings = read_settings(meta, is_icon)
    for key in settings.refused:
        log.warning(
            "`%s`: `%s` is ignored: the theme cannot use this value\n  hint: correct it",
            show_controls(file.src_uri),
            show_controls(key),
        )
    return settings.values


@contextmanager
def _in_words(file: File) -> Iterator[None]:
    """Tell the owner of a text that no renderer can get through."""
    try:
        yield
    except RecursionError:
        raise PluginError(
            f"`{show_controls(file.src_uri)}` is nested too deeply to be shown\n  hint: indent less"
        ) from None
