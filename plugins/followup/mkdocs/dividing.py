"""A large site made by two processes: a second one begins, while this one still renders notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from followup.beside import InTurn, may_divide
from followup.mkdocs.others import nobody_else
from followup.mkdocs.pages import PortalPage
from followup.mkdocs.sections import Section, is_unusual, read_sections

WORTH_DIVIDING: Final = 300
"""Pages of a site for which a second process saves more time than it costs."""
# Whoever takes part in these sees the pages before all of them are there.
_EVENTS: Final = ("page_content", "env")


def is_worth_dividing(config: MkDocsConfig, own: object, size: int) -> bool:
    """Whether a site of so many pages is sooner made by two; `own` is the portal's plugin."""
    return size >= WORTH_DIVIDING and may_divide() and nobody_else(config, own, _EVENTS)


class Division:
    """The articles and files of `placed` that are made elsewhere, as long as notes are rendered here.

    Those are all pages without a text of the owner's, and what `renders` says how to make.
    """

    def __init__(
        self, placed: Mapping[str, File], renders: Mapping[str, Callable[[], bytes]]
    ) -> None:
        pages = [file.page for file in placed.values() if isinstance(file.page, PortalPage)]
        self._here = [page for page in pages if type(page) is not PortalPage]
        self._pages = [page for page in pages if type(page) is PortalPage]
        self._files = [placed[key] for key in renders]
        for page in self._pages:
            page.elsewhere = True
        self._work: InTurn[Any] = InTurn(
            [*renders.values(), *(partial(_make, page) for page in self._pages)]
        )

    def finish(self) -> None:
        """Make with the other process what is left, and give each page and file its content."""
        for page in self._here:
            _, page.sections = _read(page.article)
        made = self._work.finish()
        for file, content in zip(self._files, made[: len(self._files)], strict=True):
            file.content_bytes = content
        for page, (article, sections) in zip(self._pages, made[len(self._files) :], strict=True):
            page.take_article(article, sections)

    def drop(self) -> None:
        """Give it up."""
        self._work.drop()


def _make(page: PortalPage) -> tuple[str, Sequence[Section]]:
    return _read(page.make_article())


def _read(article: str) -> tuple[str, Sequence[Section]]:
    """An article with its sections, unless the search has to look for itself."""
    sections = [] if is_unusual(article) else read_sections(article)
    for section in sections:
        section.join()
    return article, sections
