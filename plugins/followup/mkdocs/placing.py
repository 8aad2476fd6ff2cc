"""The portal's pages and files put among those that MkDocs found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from followup.mkdocs.addresses import PLAIN, Addresses, address_of, page_destination
from followup.mkdocs.late_file import LateFile
from followup.mkdocs.loading import Site
from followup.mkdocs.pages import HomePage, NotePage, OrdinaryPage, PortalPage, Press
from followup.mkdocs.prose import NoteProse, note_proses
from followup.notes.entry import Entry
from followup.notes.folder import NotesFolder
from followup.notes.memory import Memory, Same
from followup.notes.wording import show_controls
from followup.site.addresses import TODAY, note_link
from followup.site.pages import SitePage

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
    placed: dict[str, File] = {}
    press = Press(site, placed, memory)
    make = _Maker(config, press, memory) if late else _Maker(config, press)
    _withhold_broken(site, files)
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
    proses = note_proses(site.campaign.portal, memory)
    for page in site.pages:
        about = entries.get(page.key)
        note = None if about is None else proses[about.path]
        source = _source(page.key, about, home)
        address = addresses.of_page(page.key)
        file = make.page(
            page, note, source or _free(page.key, taken), address, own=source is not None
        )
        placed[page.key] = _add(files, file)
    for key in site.files:
        placed[key] = _add(files, make.file(key, addresses.of_file(key)))
    if not empty:
        fill_files(placed, site.files)
    for file in ordinary:
        if addresses.hide:
            _send(file, addresses.of_page(address_of(file.dest_uri)), config)
        OrdinaryPage(None, file, config)
    return placed


def _withhold_broken(site: Site, files: Files) -> None:
    """Keep out the notes with errors that the site is made without."""
    for problem in site.left_out:
        if file := files.get_file_from_path(problem.path):
            file.inclusion = InclusionLevel.EXCLUDED


def _withhold_unread(folder: NotesFolder, files: Files, config: MkDocsConfig) -> None:
    """Keep out whatever was not read as a note, a page or a file: nobody has looked at it."""
    read = {*folder.notes, *folder.pages, *folder.files}
    notes = config.docs_dir
    for file in files:
        if file.src_dir != notes or file.src_uri in read:
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


def _source(key: str, entry: Entry | None, home: File | None) -> str | None:
    """The owner's file that a page is made of, if there is one."""
    if key == TODAY and home is not None:
        return home.src_uri
    return None if entry is None else entry.path


def _free(key: str, taken: AbstractSet[str]) -> str:
    """What stands for a generated page among the sources; a note may already be called so."""
    plain = f"{key or 'index'}.md"
    return f".portal/{plain}" if plain in taken else plain


class _Maker:
    """Makes the files of one build; with a `memory`, as copies of those of the run before.

    MkDocs is to make nothing of those.
    """

    def __init__(self, config: MkDocsConfig, press: Press, memory: Memory | None = None) -> None:
        self._config = config
        self._press = press
        self._memory = memory
        self._kind = LateFile if memory else File
        folders = (config.docs_dir, config.site_dir, config.use_directory_urls)
        urls = (config.site_url, config.repo_url, config.edit_uri, config.edit_uri_template)
        self._settings = (*folders, *urls)

    def page(
        self, page: SitePage, note: NoteProse | None, source: str, address: str, *, own: bool
    ) -> File:
        """The file of a page, which knows the page.

        It is made of the owner's file `source`, which is their `own`, or of one that there is not.
        """
        make = partial(self._page, page, note, source, address, own)
        if self._memory is None or not page.company:
            return make().file
        key = ("page", self._settings, Same(page), note is None, source, address, own)
        kept = self._memory.recall(key, partial(_page_to_keep, make))
        file = _twin(kept.file)
        twin = kept.make_twin(file, self._press)
        if note is not None and isinstance(twin, NotePage):
            twin.note = note
        return file

    def file(self, key: str, destination: str) -> File:
        """A file that is no page, and is still empty."""
        make = partial(self._file, key, destination)
        if self._memory is None:
            return make()
        made_of = ("file", self._settings, key, destination)
        return _twin(self._memory.recall(made_of, partial(_file_to_keep, make)))

    def _page(
        self, page: SitePage, note: NoteProse | None, source: str, address: str, own: bool
    ) -> PortalPage:
        config, press = self._config, self._press
        if own:
            folders = (config.docs_dir, config.site_dir)
            file = self._kind(source, *folders, config.use_directory_urls)
        else:
            file = self._kind.generated(config, source, content="")
        _send(file, address, config)
        if note is not None:
            return NotePage(note, page, press, file, config)
        if page.key == TODAY:
            return HomePage(page, press, file, config)
        return PortalPage(page, press, file, config)

    def _file(self, key: str, destination: str) -> File:
        file = self._kind.generated(self._config, key, content=b"")
        file.dest_uri = destination
        return file


def _page_to_keep(make: Callable[[], PortalPage]) -> PortalPage:
    """A page for the builds to come, without the site of its own."""
    page = make()
    _work_out(page.file)
    del page.press
    return page


def _file_to_keep(make: Callable[[], File]) -> File:
    """A file for the builds to come."""
    file = make()
    _work_out(file)
    return file


def _work_out(file: File) -> None:
    """Work out the addresses of a file once for all its twins."""
    file.url, file.abs_dest_path  # noqa: B018


def _twin(file: File) -> File:
    """A copy: what a build makes of a file, such as its page, belongs to that copy alone.

    The library's `copy`, which has to reckon with objects of any kind, takes six times as long.
    """
    twin = object.__new__(type(file))
    vars(twin).update(vars(file))
    return twin


def _send(file: File, key: str, config: MkDocsConfig) -> None:
    file.dest_uri = page_destination(key, directory_urls=config.use_directory_urls)


def _add(files: Files, file: File) -> File:
    # Not in the navigation: with a thousand notes in it a build takes six times as long.
    file.inclusion = InclusionLevel.NOT_IN_NAV
    files.append(file)
    return file


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
