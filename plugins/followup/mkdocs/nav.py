"""The navigation: the landing pages, and whatever ordinary pages the owner keeps beside the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key
from mkdocs.structure.nav import Link, Section
from mkdocs.utils import nest_paths

from followup.mkdocs.pages import OrdinaryPage, PortalPage
from followup.site.addresses import (
    CALENDAR,
    COMPANIES,
    DRAFTS,
    NOTES,
    OFFERS,
    PEOPLE,
    PIPELINE,
    REPORT,
    REVIEW,
    STATISTICS,
    TODAY,
)

# By frequency of use.
_LANDING: Final = (
    TODAY, DRAFTS, CALENDAR, PIPELINE, COMPANIES, NOTES, PEOPLE, REVIEW, STATISTICS, OFFERS, REPORT,
)  # fmt: skip
_REST: Final = "More"


def complete_nav(config: MkDocsConfig, pages: Mapping[str, File], files: Files) -> None:
    """Set the navigation, unless the owner wrote one; then theirs stands, with their titles."""
    if config.nav is None:
        config.nav = _build_nav(pages, files)
    else:
        _take_titles(config.nav, files)


def escape_titles(items: Iterable[Any]) -> None:
    """Make text of the titles that are names of folders; the theme takes every title for HTML."""
    for item in items:
        if isinstance(item, Section | Link):
            item.title = str(escape(item.title))
        escape_titles(item.children or ())


def set_parents(pages: Mapping[str, File]) -> None:
    """Hang every detail page below its landing page, which marks that page's tab."""
    for key, file in pages.items():
        page = file.page
        if isinstance(page, PortalPage) and page.site_page.section != key:
            page.parent = pages[page.site_page.section].page  # type: ignore[assignment]


def _build_nav(pages: Mapping[str, File], files: Files) -> list[Any]:
    nav: list[Any] = [{_title(pages[key]): pages[key].src_uri} for key in _LANDING]
    rest = [
        file.src_uri
        for file in sorted(files.documentation_pages(), key=file_sort_key)
        if isinstance(file.page, OrdinaryPage) and file.inclusion is not InclusionLevel.NOT_IN_NAV
    ]
    return [*nav, {_REST: nest_paths(rest)}] if rest else nav  # type: ignore[no-untyped-call]


def _title(file: File) -> str:
    return str(file.page.title) if file.page else file.name


def _take_titles(nav: Any, files: Files) -> None:
    """Give pages that exist already the titles of the navigation, as MkDocs does for new ones."""
    if isinstance(nav, Mapping):
        for title, item in nav.items():
            file = files.get_file_from_path(item) if isinstance(item, str) else None
            if file is not None and file.page is not None and title:
                file.page.title = str(escape(title))
            _take_titles(item, files)
    elif isinstance(nav, Sequence) and not isinstance(nav, str):
        for item in nav:
            _take_titles(item, files)
