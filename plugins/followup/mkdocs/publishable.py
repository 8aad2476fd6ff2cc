"""Which of the files beside the notes are published: those that something leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from followup.mkdocs.drawing import is_only_a_drawing
from followup.mkdocs.pages import PortalPage
from followup.mkdocs.placing import own_files
from followup.notes.wording import show_controls

log = get_plugin_logger(__name__)

_REFERENCE: Final = re.compile(r'\s(?:href|src)="([^"]*)"')
_SITE: Final = "https://site.invalid/"
# What a browser shows or saves, and never runs as part of the portal next to all the notes. A list
# of what it would run could not be complete: anything that a host calls XML is.
_PASSIVE: Final = frozenset(
    f".{ending}"
    for ending in """7z aac avif bmp c cpp csv diff doc docx eml epub flac gif go gz heic heif ico
    ics ipynb java jpeg jpg json key log m4a m4v mov mp3 mp4 msg numbers odp ods odt oga ogg ogv
    opus otf pages pdf png ppt pptx py r rb rs rtf sql tar tex text tif tiff toml tsv ttf txt vcf
    wav webm webp woff woff2 xls xlsx yaml yml zip""".split()
)
_KEPT_BACK: Final = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
_OF_THE_LOOK: Final = frozenset({".css", ".js", ".mjs"})


def withhold_unlinked(files: Files, config: MkDocsConfig) -> None:
    """Keep files out of the site that no page leads to, and those that a browser would run."""
    beside = own_files(files, config)
    if not beside:
        return
    own = files_of_the_look(beside, config)
    wanted = _linked(files) | own
    unlinked = []
    for file in beside:
        if file.dest_uri not in wanted:
            unlinked.append(show_controls(file.src_uri))
            file.inclusion = InclusionLevel.EXCLUDED
        elif not _is_harmless(file, own):
            log.warning("%s", _refusal(file))
            file.inclusion = InclusionLevel.EXCLUDED
    if unlinked:
        log.info("not published, since no note links to them: %s", ", ".join(unlinked))


def files_of_the_look(beside: Iterable[File], config: MkDocsConfig) -> AbstractSet[str]:
    """The destinations of those that `mkdocs.yml` names, or that stand in for one of the theme's."""
    return {*_configured(config), *_of_the_theme(beside, config)}


def _is_harmless(file: File, own: AbstractSet[str]) -> bool:
    kind = Path(file.src_uri).suffix.lower()
    if kind == ".svg":
        return is_only_a_drawing(file.content_bytes)
    return kind in _PASSIVE or (kind in _OF_THE_LOOK and file.dest_uri in own)


def _refusal(file: File) -> str:
    return (
        f"`{show_controls(file.src_uri)}` is not published: "
        "a browser could run such a file, and read your notes with it\n"
        "  hint: print it to PDF, or save it as text or a picture, and link to that"
    )


def _linked(files: Files) -> set[str]:
    """The destination of everything that a text of the owner's leads to or shows."""
    return {
        target
        for file in files
        if file.page is not None and file.inclusion not in _KEPT_BACK
        for target in _targets(_own_text(file.page), file.url)
    }


def _own_text(page: Page) -> str:
    return page.prose if isinstance(page, PortalPage) else page.content or ""


def _targets(html: str, url: str) -> Iterator[str]:
    base = urljoin(_SITE, url)
    for value in _REFERENCE.findall(html):
        try:
            target = urljoin(base, unescape(value))
        except ValueError:  # no address at all
            continue
        if target.startswith(_SITE):
            yield unquote(urlsplit(target).path).removeprefix("/")


def _configured(config: MkDocsConfig) -> Iterable[str]:
    """What `mkdocs.yml` names itself."""
    yield from (str(path) for path in (*config.extra_css, *config.extra_javascript))
    yield from (str(config.theme[name]) for name in ("logo", "favicon") if config.theme.get(name))
    yield from config.extra_templates


def _of_the_theme(files: Iterable[File], config: MkDocsConfig) -> Iterable[str]:
    """Files that stand in for one of the theme's, such as its picture for the browser's tab."""
    for file in files:
        if any((Path(folder) / file.src_uri).is_file() for folder in config.theme.dirs):
            yield file.dest_uri
