"""The portal's pages and files put among those that MkDocs found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from followup.mkdocs.addresses import PLAIN, Addresses, address_of, page_destination
from followup.mkdocs.late_file import LateFile
from followup.mkdocs.loading import Site
from followup.mkdocs.pages import HomePage, NotePage, OrdinaryPage, PortalPage, Press
from followup.mkdocs.prose import note_proses
from followup.notes.entry import Entry
from followup.notes.folder import NotesFolder
from followup.notes.memory import Memory
from followup.notes.wording import show_controls
from followup.site.addresses import TODAY, note_link

log = get_plugin_logger(__name__)


def place_site(
    site: Site,
    files: Files,
    config: MkDocsConfig,
    memory: Memory,
    addresses: Addresses = PLAIN,
    *,
    late: bool = False,
    empty: bool = False,
) -> Mapping[str, File]:
    """The file of every page and file of the portal by its key; all of them are in `files` now.

    A note keeps its place among the sources, so that links between notes and to what lies beside
    them resolve, and goes to the address of its page. `addresses` says what that is. With `late`,
    MkDocs is to make none of them; `empty` files that are no pages get their bytes later.
    """
    make = _Maker(config, memory) if late else _Maker(config)
    _withhold_unread(site.folder, files, config)
    entries = {note_link(path).key: entry for path, entry in site.campaign.portal.entries.items()}
    for entry in entries.values():
        _remove(files, entry.path)
    home = _take_home(files)
    taken = {*(entry.path for entry in entries.values()), *files.src_uris}
    ordinary = [
        file
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        if file.src_dir == config.docs_dir
    ]
    placed: dict[str, File] = {}
    for page in site.pages:
        source = _source(page.key, entries, home)
        address = addresses.of_page(page.key)
        file = make.page(source or _free(page.key, taken), address, own=source is not None)
        placed[page.key] = _add(files, file)
    for key in site.files:
        placed[key] = _add(files, make.file(key, addresses.of_file(key)))
    if not empty:
        fill_files(placed, site.files)
    _make_pages(Press(site, placed, memory), entries, config)
    for file in ordinary:
        if addresses.hide:
            _send(file, addresses.of_page(address_of(file.dest_uri)), config)
        OrdinaryPage(None, file, config)
    return placed


def _withhold_unread(folder: NotesFolder, files: Files, config: MkDocsConfig) -> None:
    """Keep out whatever was not read as a note, a page or a file: nobody has looked at it."""
    read = {*folder.notes, *folder.pages, *folder.files}
    for file in files:
        if file.src_dir != config.docs_dir or file.src_uri in read:
            continue
        if file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
            log.warning("%s", _not_read(file))
        file.inclusion = InclusionLevel.EXCLUDED


def _not_read(file: File) -> str:
    return (
        f"`{show_controls(file.src_uri)}` is not published: nothing below a name that begins with "
        "a dot, or in `templates`, is read\n"
        "  hint: move it, or take `!…` out of `exclude_docs`"
    )


def _take_home(files: Files) -> File | None:
    """The owner's own page at `/`, taken out: `index.md`, or `README.md` without one."""
    for file in files.documentation_pages():
        if file.dest_uri == "index.html":
            files.remove(file)
            return file
    return None


def _remove(files: Files, path: str) -> None:
    file = files.get_file_from_path(path)
    if file is not None:
        files.remove(file)


def _source(key: str, entries: Mapping[str, Entry], home: File | None) -> str | None:
    """The owner's file that a page is made of, if there is one."""
    if key == TODAY and home is not None:
        return home.src_uri
    return entries[key].path if key in entries else None


def _free(key: str, taken: AbstractSet[str]) -> str:
    """What stands for a generated page among the sources; a note may already be called so."""
    plain = f"{key or 'index'}.md"
    return f".portal/{plain}" if plain in taken else plain


class _Maker:
    """Makes the files of one build; with a `memory`, as copies of those of the run before.

    MkDocs is to make nothing of those.
    """

    def __init__(self, config: MkDocsConfig, memory: Memory | None = None) -> None:
        self._config = config
        self._memory = memory
        self._kind = LateFile if memory else File

    def page(self, source: str, address: str, *, own: bool) -> File:
        """The file of a page, made of the owner's `own` file or of one that there is not."""
        return self._take("page", source, address, own, make=self._page)

    def file(self, key: str, destination: str) -> File:
        """A file that is no page, and is still empty."""
        return self._take("file", key, destination, make=self._file)

    def _take(self, kind: str, *given: Any, make: Callable[..., File]) -> File:
        if self._memory is None:
            return make(*given)
        config = self._config
        folders = (config.docs_dir, config.site_dir, config.use_directory_urls)
        kept = self._memory.recall((kind, *folders, *given), partial(make, *given))
        kept.url, kept.abs_dest_path  # noqa: B018  # worked out once, for all copies
        # What a build makes of a file, such as its page, belongs to the copy alone.
        return copy(kept)

    def _page(self, source: str, address: str, own: bool) -> File:
        config = self._config
        if own:
            folders = (config.docs_dir, config.site_dir)
            file = self._kind(source, *folders, config.use_directory_urls)
        else:
            file = self._kind.generated(config, source, content="")
        _send(file, address, config)
        return file

    def _file(self, key: str, destination: str) -> File:
        file = self._kind.generated(self._config, key, content=b"")
        file.dest_uri = destination
        return file


def _send(file: File, key: str, config: MkDocsConfig) -> None:
    file.dest_uri = page_destination(key, directory_urls=config.use_directory_urls)


def _add(files: Files, file: File) -> File:
    # Not in the navigation: with a thousand notes in it a build takes six times as long.
    file.inclusion = InclusionLevel.NOT_IN_NAV
    files.append(file)
    return file


def _make_pages(press: Press, entries: Mapping[str, Entry], config: MkDocsConfig) -> None:
    proses = note_proses(press.site.campaign.portal)
    for page in press.site.pages:
        file = press.files[page.key]
        entry = entries.get(page.key)
        if entry is not None:
            NotePage(proses[entry.path], page, press, file, config)
        elif page.key == TODAY:
            HomePage(page, press, file, config)
        else:
            PortalPage(page, press, file, config)


def fill_files(placed: Mapping[str, File], renders: Mapping[str, Callable[[], bytes]]) -> None:
    """Give the files that were placed empty their bytes, or those made late the way to them."""
    for key, render in renders.items():
        file = placed[key]
        if isinstance(file, LateFile):
            file.render = render
        else:
            file.content_bytes = render()


def own_files(files: Iterable[File], config: MkDocsConfig) -> list[File]:
    """What lies in the notes folder and is no Markdown."""
    return [
        file
        for file in files
        if file.src_dir == config.docs_dir
        and file.page is None
        and not file.is_documentation_page()
        and file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
    ]
