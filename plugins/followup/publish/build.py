"""A publish from beginning to end: build, pack, encrypt, look for leaks, put in place.

Until the last step nothing of what is published now is touched.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from followup.mkdocs.building import BuildFailedError, BuiltSite, build_site
from followup.mkdocs.progress import Progress
from followup.notes.folder import load_entries
from followup.notes.locks import BusyError
from followup.portal.build import build_portal
from followup.portal.model import Portal
from followup.publish.envelope import build_pack, load_envelope
from followup.publish.errors import PublishError
from followup.publish.headers import FOR_HOSTS, HEADERS_FILE, render_headers
from followup.publish.inspection import (
    Inspection,
    find_faults,
    known_metadata,
    known_words,
    refuse_leaks,
    refuse_sources,
)
from followup.publish.scan import harvest_words, withheld_words
from followup.publish.state import (
    Kept,
    Publication,
    load_kept,
    load_published,
    save_published,
    state_folder,
    sum_of,
)
from followup.publish.swap import complete_swap, locked, new_folder, swap_in
from followup.publish.target import check_target, list_files, vault_metadata
from followup.publish.vault import (
    IV_BYTES,
    KEY_BYTES,
    METADATA,
    Chance,
    Pack,
    Vault,
    VaultError,
    derive_key,
    open_vault,
    pack_site,
    parse_metadata,
    read_lock,
    seal_vault,
    unwrap_key,
)
from followup.resources import load_shell
from followup.site.headers import build_policy, page_headers

VAULT: Final = "vault"
PLAIN: Final = "plain"
_TRIES: Final = 2
_WORKING: Final = "build"


@dataclass(frozen=True, slots=True)
class Workplace:
    """What is published, and where to: the workspace, its notes and templates, the target, the day."""

    root: Path
    notes: Path
    templates: Path
    target: Path
    today: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was published: files with their bytes, those of the site itself, and what was warned of.

    `base` is the path below which a host has to serve it. `made_key` says that the key of the
    addresses was made now: it has to be kept.
    """

    mode: str
    files: Mapping[str, int]
    site_size: int
    base: str
    feed: str | None
    warnings: tuple[str, ...]
    made_key: bool

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(self.files.values())


@dataclass(frozen=True, slots=True)
class _Contents:
    """What is published in a vault: what goes in, what lies around, and what that says anyway.

    `size` are the bytes of the site before it was packed.
    """

    site: BuiltSite
    size: int
    pack: Pack
    around: Mapping[str, bytes]
    known: Mapping[str, bytes]


def check_place(place: Workplace) -> None:
    """Raise PublishError where the target may not be replaced."""
    check_target(place.root, place.notes, place.target, load_published(place.root, place.target))


def opens_published(target: Path, passphrase: str) -> bool | None:
    """Whether a passphrase opens what is published in `target` now; None where no vault is there."""
    metadata = vault_metadata(target)
    if metadata is None:
        return None
    try:
        return unwrap_key(metadata, derive_key(passphrase, read_lock(metadata))) is not None
    except VaultError:
        return None


def publish_vault(place: Workplace, passphrase: str, progress: Progress) -> Report:
    """Publish the site as one encrypted file that `passphrase` opens.

    Raises PublishError where anything is wrong; then the target is as it was.
    """
    with _begun(place) as new:
        kept, made_key = load_kept(place.root)
        contents = _prepare(place, kept, progress)
        secret = {kept.canary: "what only the vault holds", passphrase: "the passphrase"}
        words = {**harvest_words(_all_notes(place, contents.site)), **secret}
        key = derive_key(passphrase, kept.lock)
        build = _next_build(place)
        progress.stage("Encrypting")
        for left in reversed(range(_TRIES)):
            vault = seal_vault(pack_site(contents.pack), key, kept.lock, build, _draw())
            _fill(new, vault, contents.around)
            names = frozenset({vault.name, METADATA, *contents.around})
            known = {**contents.known, METADATA: known_metadata(kept.lock, build, vault)}
            faults = find_faults(new, Inspection(names, frozenset(), words, {}, known))
            if not faults or not left:
                break
            # Random bytes can say anything by chance, but not twice.
            (new / vault.name).unlink()
        refuse_leaks(faults)
        _open_again(new, vault.name, key, contents.pack)
        publication = _publication(VAULT, new, build)
        _put_in_place(place, new, publication, progress)
        return _report(publication, contents.site, contents.size, made_key=made_key)


def publish_plain(place: Workplace, progress: Progress) -> Report:
    """Publish the site as it is, for a host that asks for a login.

    Raises PublishError where anything is wrong; then the target is as it was.
    """
    with _begun(place) as new:
        site = _build(place, new, None, progress)
        size = _size(new)
        pages = frozenset(list_files(new)) - {"robots.txt", site.feed}
        for name, text in render_headers(build_policy(site.scripts)).items():
            _write(new / name, text.encode())
        progress.stage("Looking for leaks")
        _inspect_plain(place, new, site, pages)
        publication = _publication(PLAIN, new, _next_build(place))
        _put_in_place(place, new, publication, progress)
        return _report(publication, site, size, made_key=False)


def _prepare(place: Workplace, kept: Kept, progress: Progress) -> _Contents:
    """The site, built and read; the folder that it was built in is gone again."""
    with _emptied(state_folder(place.root) / _WORKING) as folder:
        site = _build(place, folder, kept.address, progress)
        progress.stage("Packing")
        policy = build_policy(site.scripts)
        envelope = load_envelope(place.templates, site.base)
        pack = build_pack(site, kept.canary, page_headers(policy), envelope)
        around = {**envelope, HEADERS_FILE: render_headers(policy)[HEADERS_FILE].encode()}
        if site.feed:
            around[site.feed] = (folder / site.feed).read_bytes()
        known = known_words(site.feed, load_envelope(None, site.base))
        return _Contents(site, _size(folder), pack, around, known)


def _inspect_plain(place: Workplace, new: Path, site: BuiltSite, pages: frozenset[str]) -> None:
    """Refuse an output that says what the owner left out of it, or says anything before the login."""
    refuse_sources(pages)
    names = pages | {"robots.txt", *FOR_HOSTS} | ({site.feed} if site.feed else set())
    everything = _all_notes(place, site)
    shown = site.campaign.portal.entries
    inspection = Inspection(
        names,
        behind_login=pages,
        words=harvest_words(everything),
        withheld=withheld_words(everything, shown.keys(), _texts(place, site)),
        known=known_words(site.feed, load_shell(None)),
    )
    refuse_leaks(find_faults(new, inspection))


@contextmanager
def _begun(place: Workplace) -> Iterator[Path]:
    """An empty folder to publish from, while no other publish has the workspace or the target.

    What a run before this one left undone is completed first.
    """
    check_place(place)
    place.target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(place.root, place.target.parent):
            complete_swap(place.target)
            check_place(place)
            with new_folder(place.target) as new:
                yield new
    except BusyError:
        raise PublishError(
            "another `followup publish` is under way", "wait until it has ended"
        ) from None
    except OSError as error:
        raise PublishError(
            f"{error.filename or place.target.name}: {error.strerror or error}",
            "is the disk full, or the folder write-protected?",
        ) from error


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """A folder that only its owner can open, empty now, and gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(
    place: Workplace, folder: Path, hide: Callable[[str], str] | None, progress: Progress
) -> BuiltSite:
    try:
        return build_site(place.root, folder, place.today, hide, progress)
    except BuildFailedError as error:
        raise PublishError(str(error), "mend this first; `followup check` tells more") from error


def _all_notes(place: Workplace, site: BuiltSite) -> Portal:
    """What all notes say, those too that their owner leaves out of the site."""
    portal = site.campaign.portal
    entries = load_entries(place.notes, site.memory).entries
    return build_portal(entries, portal.today, portal.options, site.memory)


def _texts(place: Workplace, site: BuiltSite) -> str:
    """Every text in the notes folder but those of the notes that are left out of the site."""
    shown = site.campaign.portal.entries
    folder = load_entries(place.notes, site.memory)
    paths = (*folder.pages, *(path for path in folder.notes if path in shown))
    return "\n".join((place.notes / path).read_text("utf-8", "replace") for path in paths)


def _draw() -> Chance:
    return Chance(
        secrets.token_bytes(KEY_BYTES), secrets.token_bytes(IV_BYTES), secrets.token_bytes(IV_BYTES)
    )


def _next_build(place: Workplace) -> int:
    """The number of this publish: the second, and more than any before it, whatever the clock says."""
    published = load_published(place.root, place.target)
    metadata = vault_metadata(place.target) or {}
    before = [int(metadata.get("build", 0)), *(publication.build for publication in published)]
    return max(int(time.time()), *(number + 1 for number in before))


def _fill(folder: Path, vault: Vault, around: Mapping[str, bytes]) -> None:
    """Write everything, the pages before what leads to them."""
    _write(folder / vault.name, vault.blob)
    for name, data in around.items():
        _write(folder / name, data)
    _write(folder / METADATA, vault.metadata)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _open_again(folder: Path, name: str, key: bytes, pack: Pack) -> None:
    """Raise PublishError unless what was written opens, and holds what was put in."""
    try:
        metadata = parse_metadata((folder / METADATA).read_bytes())
        same = open_vault(metadata, (folder / name).read_bytes(), key) == pack
    except VaultError:
        same = False
    if not same:
        raise PublishError(
            "the encrypted file does not open again", "the disk may be faulty: try another"
        )


def _put_in_place(
    place: Workplace, new: Path, publication: Publication, progress: Progress
) -> None:
    """Swap the new folder in; what is at the target is known at every moment of it."""
    progress.stage("Putting it in place")
    before = load_published(place.root, place.target)
    save_published(place.root, place.target, (publication, *before))
    swap_in(new, place.target)
    # The new site is in place, whether or not the old one can be forgotten.
    with suppress(OSError):
        save_published(place.root, place.target, (publication,))


def _publication(mode: str, new: Path, build: int) -> Publication:
    sums = {name: sum_of((new / name).read_bytes()) for name in sorted(list_files(new))}
    return Publication(mode, build, sums)


def _report(publication: Publication, site: BuiltSite, size: int, *, made_key: bool) -> Report:
    sizes = {name: one.size for name, one in publication.files.items()}
    return Report(publication.mode, sizes, size, site.base, site.feed, site.warnings, made_key)


def _size(folder: Path) -> int:
    return sum((folder / name).stat().st_size for name in list_files(folder))
