"""What the theme puts round an article, rendered once for all pages that share it.

Rendering the theme's templates for every page took a fifth of a build. What they say round the
articles of one section differs in nothing but title and description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from followup.mkdocs.others import nobody_else
from followup.mkdocs.pages import PortalPage
from followup.resources import theme_folders

_TEMPLATE: Final = "article.html"
# By these another plugin could let what stands round an article depend on more of the page.
_EVENTS: Final = (
    *("env", "pre_page", "page_read_source"),
    *("page_markdown", "page_content", "page_context"),
)
_TITLE, _DESCRIPTION, _CONTENT = (f"\ue000{name}\ue000" for name in "tdc")
_GAP: Final = re.compile("(\ue000[tdc]\ue000)")

Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Frame:
    """The HTML round an article in pieces; between two of them stands something of the page's own."""

    pieces: tuple[str, ...]

    def fill(self, page: Page) -> str:
        """The HTML of a page."""
        own = {
            _TITLE: page.title,
            _DESCRIPTION: page.meta.get("description"),
            _CONTENT: page.content,
        }
        return "".join(str(own.get(piece, piece)) for piece in self.pieces)


class Frames:
    """What `portal.html` calls for the HTML of a page; pages may `share` a frame or not."""

    def __init__(self, env: Environment, config: MkDocsConfig, *, share: bool) -> None:
        self._env = env
        self._share = share
        self._look = tuple(_files_of_the_look(config))
        self._frames: dict[Key, Frame | None] = {}

    @pass_context
    def __call__(self, context: Context) -> str:
        """The HTML of the context's page."""
        page = context["page"]
        key = self._key(page, context["nav"]) if self._share else None
        if key is None:
            return self._render(context, page)
        if key not in self._frames:
            self._frames[key] = self._make_frame(context, page)
        frame = self._frames[key]
        return frame.fill(page) if frame else self._render(context, page)

    def _key(self, page: Page, nav: Navigation) -> Key | None:
        """What two pages have in common that share a frame; None for a page that shares none.

        The folder is part of it, since links are relative. From a page that something in the frame
        leads to, or to something below, they are others.
        """
        if not isinstance(page, PortalPage) or page.site_page.section == page.site_page.key:
            return None
        if any(url.startswith(page.url) for url in (*self._look, *_urls(nav.items))):
            return None
        folder = page.url.rstrip("/").rpartition("/")[0]
        return page.site_page.section, folder, "description" in page.meta

    def _make_frame(self, context: Context, page: Page) -> Frame | None:
        """The frame of a page, if it makes of this page what the theme does."""
        anyone = copy(page)
        anyone.title, anyone.content = _TITLE, _CONTENT
        if "description" in page.meta:
            anyone.meta = {**page.meta, "description": _DESCRIPTION}
        frame = Frame(tuple(_GAP.split(self._render(context, anyone))))
        return frame if frame.fill(page) == self._render(context, page) else None

    def _render(self, context: Context, page: Page) -> str:
        return self._env.get_template(_TEMPLATE).render({**context.get_all(), "page": page})


def may_share(config: MkDocsConfig, own: Path, plugin: BasePlugin[Any]) -> bool:
    """Whether all that is said round an article is said by the theme and the portal's `plugin`."""
    alone = nobody_else(config, plugin, _EVENTS)
    return alone and not config.theme.custom_dir and len(theme_folders(own)) == 1


def _files_of_the_look(config: MkDocsConfig) -> Iterator[str]:
    yield from map(str, (*config.extra_css, *config.extra_javascript))
    yield from (str(config.theme[name]) for name in ("logo", "favicon") if config.theme.get(name))


def _urls(items: Iterable[Any]) -> Iterator[str]:
    for item in items:
        yield from _urls(item.children) if item.children else (getattr(item, "url", ""),)
