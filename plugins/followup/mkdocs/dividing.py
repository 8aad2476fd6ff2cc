"""What a second process makes of a large site, while this one renders notes and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from followup.beside import Beside, may_divide
from followup.mkdocs.others import nobody_else
from followup.mkdocs.pages import PortalPage
from followup.mkdocs.sections import Section, is_unusual, read_sections

WORTH_DIVIDING: Final = 300
"""Pages of a site for which a second process saves more time than it costs."""
# Whoever takes part in these sees the pages before all of them are there.
_EVENTS: Final = ("page_content", "env")

_Article = tuple[str, Sequence[Section]]


def is_worth_dividing(config: MkDocsConfig, own: object, size: int) -> bool:
    """Whether a site of so many pages is sooner made by two; `own` is the portal's plugin."""
    return size >= WORTH_DIVIDING and may_divide() and nobody_else(config, own, _EVENTS)


class Division:
    """The pages of `placed` without a text of the owner's, while they are made elsewhere."""

    def __init__(self, placed: Iterable[File]) -> None:
        self._pages = {file.src_uri: file.page for file in placed if type(file.page) is PortalPage}
        for page in self._pages.values():
            page.elsewhere = True
        self._work = Beside(partial(_make, self._pages))

    def finish(self) -> None:
        """Give each page its article, once all are there."""
        for name, (article, sections) in self._work.take().items():
            self._pages[name].take_article(article, sections)

    def drop(self) -> None:
        """Give it up."""
        self._work.drop()


def _make(pages: Mapping[str, PortalPage]) -> Mapping[str, _Article]:
    return {name: _read(page.make_article()) for name, page in pages.items()}


def _read(article: str) -> _Article:
    """An article with its sections, unless the search has to look for itself."""
    sections = [] if is_unusual(article) else read_sections(article)
    for section in sections:
        section.join()
    return article, sections
