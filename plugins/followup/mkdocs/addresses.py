"""Files and URLs for the keys of the portal's pages, in either style of URLs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote

from mkdocs.structure.files import File

from followup.site.parts import Link


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
