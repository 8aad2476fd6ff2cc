"""Files and URLs for the keys of the portal's pages, in either style of URLs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from followup.site.parts import Link


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which address a page or file has: the one it is called by or, with `hide`, one that says nothing.

    A host sees what a browser asks for before anything is unlocked. The first page keeps its
    address, and whatever `is_open` says of.
    """

    hide: Callable[[str], str] | None = None
    is_open: Callable[[str], bool] = lambda _: False

    def of_page(self, key: str) -> str:
        """The key that a page's destination is made of."""
        return self.hide(key) if self.hide and key else key

    def of_file(self, path: str) -> str:
        """The destination of a file, which keeps the ending that says what it is."""
        if self.hide is None or self.is_open(path):
            return path
        return self.hide(path) + PurePosixPath(path).suffix.lower()


PLAIN = Addresses()
"""Every address as it is called."""


def page_destination(key: str, *, directory_urls: bool) -> str:
    """The file a page is written to, relative to the site: `calendar/index.html`."""
    if not key:
        return "index.html"
    return f"{key}/index.html" if directory_urls else f"{key}.html"


def address_of(destination: str) -> str:
    """The key that a file of the site answers to, whatever the style of URLs."""
    if destination == "index.html":
        return ""
    return destination.removesuffix("/index.html").removesuffix(".html")


def page_path(config: MkDocsConfig, key: str) -> str:
    """Where the page of a key stands on its host, also before it exists: `/search/notes/a/`."""
    file = File.generated(config, f"{key}.md", content="")
    file.dest_uri = page_destination(key, directory_urls=config.use_directory_urls)
    return urljoin(urlsplit(config.site_url or "/").path or "/", file.url)


def uses(key: str) -> str:
    """`key` as a file system may compare it: two keys that are equal here would meet."""
    return unicodedata.normalize("NFC", key).casefold()


def relative_urls(files: Mapping[str, File], page: File) -> Callable[[Link], str]:
    """The function from a link to its URL as `page` has to write it."""

    def url(link: Link) -> str:
        anchor = f"#{quote(link.anchor, safe=':.~')}" if link.anchor else ""
        target = files[link.key]
        if target is page and anchor:
            return anchor
        return target.url_relative_to(page) + anchor

    return url
