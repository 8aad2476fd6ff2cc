"""The preview's pages and files, made when they are asked for, and of what has changed alone.

MkDocs builds the whole site after each edit. Here it gets to know where everything stands and builds
the owner's ordinary pages; notes are rendered once for as long as they stay the same, and all else
waits for a browser to ask. What is then made is what a whole build would have made, to the byte: the
same functions of MkDocs are called, with what the last build left.
"""

from __future__ import annotations

import gc
import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, Final, Self
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import Environment
from markupsafe import Markup
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.commands.build import _build_page, _build_theme_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import log as link_log
from mkdocs.utils import write_file

from followup.mkdocs.answers import Head
from followup.mkdocs.late_file import LateFile
from followup.mkdocs.others import nobody_else
from followup.mkdocs.pages import NotePage, PortalPage
from followup.mkdocs.progress import Progress
from followup.mkdocs.search import search_of
from followup.notes.garbage import no_search_for_cycles
from followup.notes.memory import Memory, Same

_WAITING: Final = "/livereload/"
_INDEX: Final = "search/search_index.json"
_NOTHING: Final = "404.html"
"""What is shown in place of a page that there is not."""
# A plugin that takes part in one of these may change any page, and in ways nobody can foresee.
_EVENTS: Final = (
    "files", "nav", "env", "pre_page", "page_read_source", "page_markdown", "page_content",
    "page_context", "post_page", "pre_template", "template_context", "post_template",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _RenderedNote:
    """The harmless HTML of a note's body, and all else that rendering it has brought.

    `places` is where everything stood then, which only matters to a note `with_links`. `anchors`
    are the places in pages that it links to, by source; `said` is what MkDocs had to say of it.
    """

    html: Markup
    places: object
    with_links: bool
    anchors: Mapping[str, Mapping[str, str]]
    said: tuple[logging.LogRecord, ...]


def hold_back_theme(files: Files, config: MkDocsConfig) -> frozenset[str]:
    """Let the theme's own files wait as well, and its templates, whose names are returned.

    A browser has most of the files already, and hardly ever asks for a page that there is not.
    """
    folders = {*config.theme.dirs}
    for file in [file for file in files if file.src_dir in folders]:
        late = LateFile(
            file.src_uri, file.src_dir, config.site_dir, config.use_directory_urls,
            dest_uri=file.dest_uri, inclusion=file.inclusion,
        )  # fmt: skip
        late.render = Path(str(file.abs_src_path)).read_bytes
        files.remove(file)
        files.append(late)
    templates = frozenset(config.theme.static_templates)
    config.theme.static_templates = set()
    return templates


def render_notes(files: Files, config: MkDocsConfig, memory: Memory, progress: Progress) -> None:
    """Give every note's page its prose, rendered now or in a run before; tell what is wrong again."""
    places = memory.settle("places", tuple((file.src_uri, file.dest_uri) for file in files))
    late = [file.page for file in files if isinstance(file, LateFile) and file.page]
    progress.stage("Rendering notes", len(late))
    for page in late:
        progress.step()
        if isinstance(page, NotePage):
            page.read_settings()
            _take_prose(page, files, config, memory, places)
        elif isinstance(page, PortalPage):
            page.read_source(config)
            page.render_prose(config, files)


def _take_prose(
    page: NotePage, files: Files, config: MkDocsConfig, memory: Memory, places: object
) -> None:
    made_of = ("prose", Same(page.note.entry), Same(page.note.people))
    render = partial(_render, page, files, config, places)
    found = memory.recall(made_of, render)
    if found.with_links and found.places is not places:
        found = memory.recall((*made_of, Same(places)), render)
    page.prose = found.html
    page.links_to_anchors = {
        target: dict(anchors)
        for source, anchors in found.anchors.items()
        if (target := files.get_file_from_path(source))
    }
    for record in found.said:
        link_log.handle(record)


def _render(page: NotePage, files: Files, config: MkDocsConfig, places: object) -> _RenderedNote:
    page.read_source(config)
    with _Hearing(link_log) as heard:
        page.render_prose(config, files)
    anchors = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    with_links = bool(anchors or heard.said) or page.leads_on
    return _RenderedNote(page.prose, places, with_links, anchors, tuple(heard.said))


class _Hearing(logging.Filter):
    """Takes down what a logger has to say, instead of letting it be said at once."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__()
        self.said: list[logging.LogRecord] = []
        self._logger = logger

    def filter(self, record: logging.LogRecord) -> bool:
        """Take it down, and stop it."""
        self.said.append(record)
        return False

    def __enter__(self) -> Self:
        self._logger.addFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeFilter(self)


class LateSite:
    """What one build has left to be made, for as long as it is the last one that went well."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: Files,
        nav: Navigation,
        env: Environment,
        templates: frozenset[str],
        memory: Memory,
    ) -> None:
        self.config, self.files = config, files
        self._nav, self._env, self._memory = nav, env, memory
        self._late = {file.dest_uri: file for file in files if isinstance(file, LateFile)}
        self._pages = pages_of(files)
        # An owner's page at the address of a template, such as `404.md`, stands in its place.
        self._templates = templates - {file.dest_uri for file in self._pages}
        self._search = search_of(config)
        # So far it has what MkDocs has built: the ordinary pages, which are the first of all.
        self._found = list(self._search.search_index.entries) if self._search else []
        self._written: set[str] = set()

    def check_anchors(self, files: Files) -> None:
        """Tell of links in notes to places that are not there."""
        level = self.config.validation.links.anchors
        for file in self._late.values():
            if file.page is not None:
                file.page.validate_anchor_links(files=files, log_level=level)

    def write(self, address: str) -> bool:
        """Make the file at `address` below the site's folder, if it is one of ours and not yet made."""
        if address in self._written:
            return False
        if address == _INDEX and self._search:
            self._write_index(self._search)
        elif file := self._late.get(address):
            self._write_file(file)
        elif address in self._templates:
            _build_theme_template(address, self._env, self.files, self.config, self._nav)
            drop_packed_sitemap(self.config)
        else:
            return False
        self._written.add(address)
        return True

    def write_all(self) -> None:
        """Make everything."""
        for address in (*self._late, *self._templates, _INDEX):
            self.write(address)

    def _write_file(self, file: LateFile) -> None:
        if file.render:
            write_file(file.render(), file.abs_dest_path)
        if isinstance(file.page, PortalPage):
            file.page.render_article()
            _build_page(file.page, self.config, self._pages, self._nav, self._env)

    def _write_index(self, search: SearchPlugin) -> None:
        index = SearchIndex(**search.config)
        index.entries = [*self._found, *(e for file in self._pages for e in self._entries(file))]
        path = Path(self.config.site_dir, _INDEX)
        write_file(index.generate_search_index(None).encode(), str(path))

    def _entries(self, file: File) -> list[dict[str, Any]]:
        """What the search knows of one page of the portal."""
        page = file.page
        if not isinstance(page, PortalPage):
            return []
        made_of = ("found", Same(page.site_page), Same(page.prose))
        return self._memory.recall(made_of, partial(self._find, page))

    def _find(self, page: PortalPage) -> list[dict[str, Any]]:
        assert self._search
        page.render_article()
        index = type(self._search.search_index)(**self._search.config)
        index.add_entry_from_context(page)
        return list(index.entries)


class LatePreview:
    """What the preview keeps from one build to the next.

    While it is `active`, the portal's pages are made late; `memory` holds what was worked out for
    them so far. The `lock` is held by whoever builds or makes something.
    """

    def __init__(self) -> None:
        self.active = False
        self.memory = Memory()
        self.lock = RLock()
        self._site: LateSite | None = None
        self._built_with: object = None
        self._settled = False
        self._templates: frozenset[str] = frozenset()

    def begin(self, config: MkDocsConfig, own: object, templates: object, *, wanted: bool) -> None:
        """Get ready for a build; what the last one has kept only holds with the same settings."""
        self.active = wanted and nobody_else(config, own, _EVENTS)
        settings = (
            repr((config.markdown_extensions, config.mdx_configs, config.validation)),
            config.use_directory_urls,
            templates,
        )
        if not self.active or settings != self._built_with:
            self.memory = Memory()
            self._settled = False
            gc.unfreeze()
        self._built_with = settings

    def hold_back(self, files: Files, config: MkDocsConfig) -> None:
        """Let the theme wait, too, of a build whose pages are made late."""
        self._templates = hold_back_theme(files, config) if self.active else frozenset()

    def end(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        """Take over what the build that went well has left."""
        left = (config, files, nav, env, self._templates, self.memory)
        self._site = LateSite(*left) if self.active else None
        if self._site:
            self._site.check_anchors(files)
            self._settle()
        self.memory.end_run()

    def _settle(self) -> None:
        """Let Python look for unused things among what comes from now on.

        Going through all that is kept of a thousand notes took it half a second at any time, most
        often while a browser waited.
        """
        if not self._settled:
            gc.collect()
            gc.freeze()
        self._settled = True

    def build_alone(self, build: Callable[[], None]) -> Callable[[], None]:
        """`build`, while nothing is made of what the build before has left."""

        def rebuild() -> None:
            # What the last build leaves is looked for while nobody waits.
            with self.lock, no_search_for_cycles():
                build()

        return rebuild

    def write(self, path: str) -> bool:
        """Make whatever a browser may mean by `path`, below the site's own; say if anything was."""
        with self.lock:
            return self._site is not None and any([*map(self._site.write, _addresses(path))])

    def files_of(self, config: MkDocsConfig) -> Files | None:
        """The files of what was built with `config`, if that has something left to be made."""
        site = self._site
        return site.files if site and site.config is config else None

    def write_all(self) -> None:
        """Make everything."""
        with self.lock:
            if self._site:
                self._site.write_all()


def serve_late(
    site: WSGIApplication, late: LatePreview, mount: str, fail: Callable[[Exception], None]
) -> WSGIApplication:
    """`site` below the path `mount`, in which everything is made before it is sent.

    It waits for a build that is under way. What was made for the site before is gone with that, and
    is made again for the new one. `fail` hears what stood in the way of a page, as a template may.
    """

    def make(path: str) -> bool:
        try:
            return late.write(path.removeprefix(mount))
        except Exception as error:  # noqa: BLE001  # the owner reads it, and goes on
            fail(error)
            return False

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(mount) or path.startswith(_WAITING):
            return site(environ, start)
        make(path)
        head = Head()
        body = site(environ, head.take)
        if head.is_of_a_failure:
            # A build took the file away between two looks at it; this waits for its end.
            make(path)
            body = site(environ, head.take)
        while head.is_of_nothing and (make(path) or make(mount + _NOTHING)):
            body = site(environ, head.take)
        start(head.status, head.fields)
        return body

    return answer


def _addresses(path: str) -> Iterator[str]:
    """The files that a path may mean: with a slash at the end, or one that is still to be put there."""
    plain = posixpath.normpath(f"/{path}").lstrip("/")
    if path and not path.endswith("/"):
        yield plain
    yield posixpath.join(plain, "index.html")


def drop_packed_sitemap(config: MkDocsConfig) -> None:
    """Take away what search engines ask for; the time in it would make builds differ."""
    Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)


def pages_of(files: Files) -> list[File]:
    """All pages of the site in the order in which a whole build makes them."""
    return [
        file
        for file in files
        if file.page is not None and file.inclusion is not InclusionLevel.EXCLUDED
    ]


def published_pages(files: Files) -> list[File]:
    """Those of them that a published site has too."""
    return [file for file in pages_of(files) if file.inclusion is not InclusionLevel.DRAFT]
