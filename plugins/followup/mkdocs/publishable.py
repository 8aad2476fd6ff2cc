"""Which of the files beside the notes are published: those that something leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from followup.mkdocs.drawing import is_only_a_drawing
from followup.mkdocs.placing import own_files

log = get_plugin_logger(__name__)

_REFERENCE: Final = re.compile(r'\s(?:href|src)="([^"]*)"')
_SITE: Final = "https://site.invalid/"
# A browser would run what is in these as part of the portal, next to all the notes.
_ACTIVE: Final = frozenset(
    {".htm", ".html", ".mht", ".mhtml", ".shtml", ".svgz", ".xht", ".xhtml", ".xml", ".xsl"}
)


def withhold_unlinked(files: Files, config: MkDocsConfig) -> None:
    """Keep files out of the site that no page leads to, and those that a browser would run."""
    beside = own_files(files, config)
    if not beside:
        return
    wanted = _linked(files) | set(_configured(config)) | set(_of_the_theme(beside, config))
    unlinked = []
    for file in beside:
        if file.dest_uri not in wanted:
            unlinked.append(file.src_uri)
            file.inclusion = InclusionLevel.EXCLUDED
        elif _can_act(file):
            log.warning("%s", _refusal(file))
            file.inclusion = InclusionLevel.EXCLUDED
    if unlinked:
        log.info("not published, since no note links to them: %s", ", ".join(unlinked))


def _can_act(file: File) -> bool:
    kind = Path(file.src_uri).suffix.lower()
    return kind in _ACTIVE or (kind == ".svg" and not is_only_a_drawing(file.content_bytes))


def _refusal(file: File) -> str:
    return (
        f"`{file.src_uri}` is not published: such a file can run scripts that read your notes\n"
        "  hint: print it to PDF, or save it as a picture, and link to that"
    )


def _linked(files: Files) -> set[str]:
    """The destination of everything that a page of the site leads to or shows."""
    return {
        target
        for file in files.documentation_pages()
        if file.page is not None
        for target in _targets(file.page.content or "", file.url)
    }


def _targets(html: str, url: str) -> Iterator[str]:
    base = urljoin(_SITE, url)
    for value in _REFERENCE.findall(html):
        target = urljoin(base, unescape(value))
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
