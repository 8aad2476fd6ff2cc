"""The portal's pages and files put among those that MkDocs found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

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
) -> Mapping[str, File]:
    """The file of every page and file of the portal by its key; all of them are in `files` now.

    A note keeps its place among the sources, so that links between notes and to what lies beside
    them resolve, and goes to the address of its page. `addresses` says what that is. With `late`,
    MkDocs is to make none of them.
    """
    kind = LateFile if late else File
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
        placed[page.key] = _page_file(page, entries.get(page.key), home, taken, config, kind)
        _send(placed[page.key], addresses.of_page(page.key), config)
        _add(files, placed[page.key])
    for key, render in site.files.items():
        placed[key] = _add(files, _file(key, render, config, late=late))
        placed[key].dest_uri = addresses.of_file(key)
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


def _page_file(
    page: SitePage,
    entry: Entry | None,
    home: File | None,
    taken: AbstractSet[str],
    config: MkDocsConfig,
    kind: type[File],
) -> File:
    if page.key == TODAY and home is not None:
        source = home.src_uri
    elif entry is not None:
        source = entry.path
    else:
        return kind.generated(config, _source(page.key or "index", taken), content="")
    return kind(source, config.docs_dir, config.site_dir, config.use_directory_urls)


def _send(file: File, key: str, config: MkDocsConfig) -> None:
    file.dest_uri = page_destination(key, directory_urls=config.use_directory_urls)


def _source(key: str, taken: AbstractSet[str]) -> str:
    """What stands for a generated page among the sources; a note may already be called so."""
    plain = f"{key}.md"
    return f".portal/{plain}" if plain in taken else plain


def _file(key: str, render: Callable[[], bytes], config: MkDocsConfig, *, late: bool) -> File:
    """A file of the portal that is no page."""
    if not late:
        return File.generated(config, key, content=render())
    file = LateFile.generated(config, key, content=b"")
    assert isinstance(file, LateFile)
    file.render = render
    return file


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
