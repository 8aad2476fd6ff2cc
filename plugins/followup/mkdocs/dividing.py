"""What a second process makes of a large site, while this one renders the notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from followup.mkdocs.beside import Beside, may_divide
from followup.mkdocs.others import nobody_else
from followup.mkdocs.pages import PortalPage
from followup.mkdocs.sections import Section, is_unusual, read_sections

WORTH_DIVIDING: Final = 500
"""Pages and files of a site for which a second process saves more time than it costs."""
# Whoever takes part in these sees the pages before all of them are there.
_EVENTS: Final = ("page_content", "env")

_Renders = Mapping[str, Callable[[], bytes]]
_Article = tuple[str, Sequence[Section]]
_Made = tuple[Mapping[str, _Article], Mapping[str, bytes]]


def is_worth_dividing(config: MkDocsConfig, own: object, size: int) -> bool:
    """Whether a site of so many pages and files is sooner made by two; `own` is the portal's plugin."""
    return size >= WORTH_DIVIDING and may_divide() and nobody_else(config, own, _EVENTS)


class Division:
    """The files of a site, and its pages without a text of the owner's, which are made elsewhere.

    `placed` are all files of the site and `renders` gives the bytes of those that are no pages.
    """

    def __init__(self, placed: Mapping[str, File], renders: _Renders) -> None:
        self._placed = placed
        self._pages = {
            key: file.page for key, file in placed.items() if type(file.page) is PortalPage
        }
        for page in self._pages.values():
            page.elsewhere = True
        self._work = Beside(partial(_make, self._pages, renders))

    def finish(self) -> None:
        """Put everything in its place, once it is there."""
        articles, files = self._work.take()
        for key, (article, sections) in articles.items():
            self._pages[key].take_article(article, sections)
        for key, content in files.items():
            self._placed[key].content_bytes = content

    def drop(self) -> None:
        """Give it up."""
        self._work.drop()


def _make(pages: Mapping[str, PortalPage], renders: _Renders) -> _Made:
    articles = {key: _read(page.make_article()) for key, page in pages.items()}
    return articles, {key: render() for key, render in renders.items()}


def _read(article: str) -> _Article:
    """An article with its sections, unless the search has to look for itself."""
    sections = [] if is_unusual(article) else read_sections(article)
    for section in sections:
        section.join()
    return article, sections
