"""Whole publishes of the sample search and of small ones, in both modes."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from followup.mkdocs.building import BuiltSite, build_site
from followup.mkdocs.progress import Progress
from followup.mkdocs.workspace import load_workspace
from followup.notes import folder
from followup.notes.entry_parser import parse_entry
from followup.notes.folder import load_entries
from followup.portal.build import build_portal
from followup.publish import build
from followup.publish.build import (
    Report,
    Workplace,
    check_place,
    opens_published,
    publish_plain,
    publish_vault,
)
from followup.publish.errors import PublishError
from followup.publish.scan import find_leaks, harvest_words
from followup.publish.state import load_kept
from followup.publish.swap import locked
from followup.publish.vault import (
    Pack,
    derive_key,
    open_vault,
    parse_metadata,
    read_lock,
    seal_vault,
)
from followup.resources import load_shell
from tests.building import CONFIG, plant

PASSPHRASE = "acorn bridge candle dolphin ember falcon"
TOKEN = "b7Kq2xV9mR4tL8pZ3nW6sY"
NAMES = {
    "404.html",
    "_headers",
    "icon.png",
    "index.html",
    "manifest.webmanifest",
    "robots.txt",
    "shell.css",
    "shell.js",
    "sw.js",
    "vault.json",
}
OTHER = """\
---
company: Birch & Sons
title: Night Porter
people: [{id: vance, name: Theodora Vance, email: t.vance@birch.example}]
---
## What went wrong
- I forgot the name of their founder twice.
"""


@dataclass(frozen=True, slots=True)
class Published:
    """A workspace that was published: where, what was said, and what lies there."""

    place: Workplace
    report: Report

    @property
    def files(self) -> dict[str, bytes]:
        """Every published file."""
        return read(self.place.target)

    @property
    def pack(self) -> Pack:
        """What the passphrase opens."""
        files = self.files
        metadata = parse_metadata(files["vault.json"])
        key = derive_key(PASSPHRASE, read_lock(metadata))
        return open_vault(metadata, files[metadata["blob"]], key)


def read(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def place_of(root: Path, to: str = "public") -> Workplace:
    """The workspace at `root`, to be published into a folder of it."""
    return Workplace(root, root / "entries", root / "site_templates", root / to, None)


def vault(root: Path) -> Published:
    """The workspace, published as a vault."""
    place = place_of(root)
    return Published(place, publish_vault(place, PASSPHRASE, Progress()))


def plain(root: Path) -> Published:
    """The workspace, published as it is."""
    place = place_of(root, "plain")
    return Published(place, publish_plain(place, Progress()))


@pytest.fixture(scope="module")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample search with a feed, below a path of its host."""
    copy = tmp_path_factory.mktemp("sample")
    shutil.copytree(root / "entries", copy / "entries")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("      me:\n", f"      feed: {TOKEN}\n      me:\n")
    (copy / "mkdocs.yml").write_text(
        f"site_url: https://me.example/repo/\n{config}", encoding="utf-8"
    )
    return copy


@pytest.fixture(scope="module")
def published(sample: Path) -> Published:
    """The sample search as a vault."""
    return vault(sample)


@pytest.fixture(scope="module")
def words(sample: Path, published: Published) -> Mapping[str, str]:
    """What the sample's notes say, and the canary."""
    assert published.report.feed
    entries = load_entries(sample / "entries").entries
    options = load_workspace(sample).options
    assert options.today
    portal = build_portal(entries, options.today, options)
    return {**harvest_words(portal), load_kept(sample)[0].canary: "the canary"}


def test_only_these_files_are_published(published: Published) -> None:
    """The host gets the files of the format, the feed that was asked for, and nothing else."""
    feed = f"calendar/feed-{TOKEN}.ics"
    blobs = published.files.keys() - NAMES - {feed}
    assert published.files.keys() == NAMES | {feed} | blobs
    (blob,) = blobs
    assert re.fullmatch(r"v-[0-9a-f]{32}\.bin", blob)
    assert published.files["404.html"] == published.files["index.html"]


def test_nothing_of_the_notes_can_be_read(published: Published, words: Mapping[str, str]) -> None:
    """No name, address, sum or sentence is in a published file, in any form, nor the canary."""
    assert len(words) > 500
    files = {
        name: data
        for name, data in published.files.items()
        if name.startswith(("v-", "_", "vault"))
    }
    assert find_leaks(files.items(), words, {}) == ()
    assert find_leaks(published.files.items(), words, published.files) == ()


def test_scan_finds_what_is_in_the_site(published: Published, words: Mapping[str, str]) -> None:
    """A control: in the pages before they are encrypted, the same scan finds most of it."""
    leaks = find_leaks(((f"p/{n}", data) for n, data in published.pack.files.items()), words, {})
    assert {"a name", "a company", "an address", "pay", "a sentence", "the canary"} <= {
        leak.kind for leak in leaks
    }
    assert len({leak.hint for leak in leaks}) > 100


def test_whole_site_is_in_the_vault(published: Published) -> None:
    """Every link of every page leads to a file of the vault, wherever the host serves it."""
    pack = published.pack
    assert pack.home in pack.files
    pages = [name for name in pack.files if name.endswith(".html") and name != "404.html"]
    assert len(pages) > 80
    for name in pages:
        base = urljoin("https://me.example/repo/", name.removesuffix("index.html"))
        for value in re.findall(r'\s(?:href|src)="([^"]*)"', pack.files[name].decode()):
            target = urlsplit(urljoin(base, unescape(value)))
            if target.netloc != "me.example":
                continue
            path = unquote(target.path).removeprefix("/repo/")
            found = path + "index.html" if path.endswith("/") or not path else path
            assert found in pack.files or found in NAMES, f"{name} leads to {path}"


def test_addresses_in_the_vault_say_nothing(published: Published) -> None:
    """Apart from the home page and the look, every address is a hash, and none a name of anything."""
    kept, _ = load_kept(published.place.root)
    files = published.pack.files
    assert f"{kept.address('companies')}/index.html" in files
    feed = published.report.feed
    secret = [
        name
        for name in files
        if not re.fullmatch(r"[0-9a-f]{20}(/index\.html|\.(ics|eml|pdf|txt))", name)
    ]
    usual = {"index.html", "404.html", "canary.txt", "robots.txt", "sitemap.xml", feed}
    assert {n for n in secret if not n.startswith(("assets/", "search/"))} == usual


def test_shell_and_pages_know_the_base(published: Published) -> None:
    """The page that unlocks finds its files from every address below the host's path."""
    page = published.files["index.html"].decode()
    assert '"/repo/shell.js"' in page
    assert "{{" not in page
    assert published.report.base == "/repo/"


def test_pages_come_with_the_policy(published: Published) -> None:
    """The worker is told the headers, and the sums of what lies round the vault."""
    pack = published.pack
    assert "'sha256-" in pack.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in re.sub("style-src-attr [^;]*", "", str(pack.headers))
    assert pack.headers["Content-Security-Policy"] in published.files["_headers"].decode()
    assert pack.shell.keys() == NAMES - {"_headers", "vault.json"}


def test_feed_is_the_same_inside_and_outside(published: Published) -> None:
    """Calendar programs read the feed at its address; a reader inside gets the same."""
    feed = f"calendar/feed-{TOKEN}.ics"
    assert published.files[feed] == published.pack.files[feed]
    assert published.files[feed].startswith(b"BEGIN:VCALENDAR")


def test_second_publish_holds_the_same_in_other_bytes(published: Published) -> None:
    """Salt and addresses stay; keys, cipher text and the build's number do not."""
    before, pack = published.files, published.pack
    again = vault(published.place.root)
    old, new = (parse_metadata(files["vault.json"]) for files in (before, again.files))
    assert again.pack == pack
    assert old["kdf"] == new["kdf"]
    assert new["build"] > old["build"]
    for part in ("blob", "sha256", "iv", "wrapped"):
        assert old[part] != new[part]
    assert again.files.keys() - before.keys() == {new["blob"]}


def test_vault_is_small(published: Published) -> None:
    """It is under a quarter of the plain site."""
    assert published.report.size < published.report.site_size / 4


def test_plain_site_has_headers_for_hosts(sample: Path) -> None:
    """The plain site is the site as built, at its plain addresses, and three files for hosts."""
    site = plain(sample)
    assert {"companies/index.html", "_headers", "_headers.caddy", "_headers.nginx"} <= set(
        site.files
    )
    assert not any(name.endswith(".md") for name in site.files)
    assert "canary.txt" not in site.files
    assert site.report.size >= site.report.site_size


SMALL = CONFIG + "exclude_docs: other.md\n"
TREE = f"== entries/acme.md\n<NOTE>\n== entries/other.md\n{OTHER}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace with one note, and one that its owner leaves out."""
    return plant(tmp_path / "search", TREE, SMALL)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The small workspace, built once, without what the theme brings along."""
    root = plant(tmp_path_factory.mktemp("ready"), TREE, SMALL)
    site = build_site(root, root / "site", None, "hidden-{}".format)
    shutil.rmtree(site.folder / "assets")
    return site


@pytest.fixture
def quick(small: Path, ready: BuiltSite, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small workspace where building the pages takes no time."""

    def copy(_root: Path, folder: Path, *_: object) -> BuiltSite:
        shutil.copytree(ready.folder, folder, dirs_exist_ok=True)
        return replace(ready, folder=folder)

    monkeypatch.setattr(build, "build_site", copy)
    return small


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Acme Logistics", "a company"),
        ("n@acme.example", "an address"),
        ("Theodora Vance", "a name"),
        ("bkBhY21lLmV4YW1wbGU=", "an address"),
        ("Ada Lovelace", None),
    ],
)
def test_leaky_shell_is_refused(quick: Path, said: str, kind: str | None) -> None:
    """With a name in the workspace's own shell nothing is published, and the old site stays."""
    before = vault(quick).files
    own = quick / "site_templates" / "vault" / "shell.js"
    own.parent.mkdir(parents=True)
    own.write_bytes(load_shell(None)["shell.js"] + f"// {said}\n".encode())
    if kind is None:
        assert vault(quick).files.keys() - before.keys()
        return
    with pytest.raises(PublishError, match=f"`shell.js` tells {kind}"):
        vault(quick)
    assert read(quick / "public") == before


def test_leak_of_a_vault_that_does_not_encrypt(
    quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the encryption did nothing, the scan would stop the publish."""

    def seal_nothing(packed: bytes, *rest: object) -> object:
        return replace(seal_vault(packed, *rest), blob=packed)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "seal_vault", seal_nothing)
    with pytest.raises(PublishError, match=r"tells .* as gzip"):
        vault(quick)
    assert not (quick / "public").exists()


def test_vault_that_does_not_open_is_not_published(
    quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is opened again before anything is replaced."""
    before = vault(quick).files
    fill = build._fill

    def fill_badly(folder: Path, *rest: object) -> None:
        fill(folder, *rest)  # type: ignore[arg-type]
        (blob,) = folder.glob("v-*.bin")
        data = bytearray(blob.read_bytes())
        data[-1] ^= 1
        blob.write_bytes(data)

    monkeypatch.setattr(build, "_fill", fill_badly)
    with pytest.raises(PublishError, match="does not open again"):
        vault(quick)
    assert read(quick / "public") == before


def test_strange_file_of_a_shell_is_refused(quick: Path) -> None:
    """Nothing else is published because it lies in the templates."""
    plant(quick, "== site_templates/vault/notes.txt\nx\n", SMALL)
    with pytest.raises(PublishError, match=r"`vault/notes\.txt`"):
        vault(quick)


def test_unexpected_file_is_refused(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file more than the format has stops the publish."""
    fill = build._fill

    def fill_more(folder: Path, *rest: object) -> None:
        fill(folder, *rest)  # type: ignore[arg-type]
        (folder / "more.txt").write_bytes(b"")

    monkeypatch.setattr(build, "_fill", fill_more)
    with pytest.raises(PublishError, match=r"`more\.txt` was not expected"):
        vault(quick)


@pytest.mark.parametrize("way", [vault, plain])
def test_error_in_a_note_changes_nothing(small: Path, way: Callable[[Path], Published]) -> None:
    """With a broken note the old site stays byte for byte, and the error is told with its place."""
    before = way(small).files
    plant(small, "== entries/broken.md\n---\ncompany: Acme\nformat: [\n---\n", SMALL)
    target = "public" if way is vault else "plain"
    with pytest.raises(PublishError, match=r"entries/broken\.md:"):
        way(small)
    assert read(small / target) == before
    assert {f.name for f in small.iterdir()} == {"entries", "mkdocs.yml", ".followup", target}
    assert not (small / ".followup" / "build").exists()


def test_note_that_is_left_out_stays_out(small: Path) -> None:
    """What only a note says that its owner leaves out is not in a plain site; a control has it there."""
    assert b"Theodora" not in b"".join(plain(small).files.values())
    config = SMALL + "extra_css: [own.css]\n"
    css = "== entries/own.css\n/* i FORGOT the name of their founder twice. */\n"
    plant(small, css, config)
    with pytest.raises(PublishError, match=r"`own\.css` tells a sentence"):
        plain(small)


@pytest.mark.parametrize("way", [vault, plain])
def test_no_note_is_parsed_again(
    small: Path, way: Callable[[Path], Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look for leaks, notes are read as the build has parsed them, also those left out."""
    parsed: list[str] = []

    def parse(path: str, data: bytes) -> object:
        parsed.append(path)
        return parse_entry(path, data)

    monkeypatch.setattr(folder, "parse_entry", parse)
    way(small)
    assert sorted(parsed) == ["acme.md", "other.md"]


def test_linked_file_has_an_address_that_says_nothing(small: Path) -> None:
    """A file that a note links to is in the vault under a hash, and the link leads there."""
    note = (small / "entries" / "acme.md").read_text(encoding="utf-8")
    tree = f"== entries/acme.md\n{note}\n[offer](acme-offer.txt)\n== entries/acme-offer.txt\nx\n"
    plant(small, tree, SMALL)
    site = vault(small)
    kept, _ = load_kept(small)
    name = f"{kept.address('acme-offer.txt')}.txt"
    assert site.pack.files[name] == b"x\n"
    page = site.pack.files[f"{kept.address('notes/acme')}/index.html"].decode()
    assert f'href="../{name}"' in page


@pytest.mark.parametrize("url_style", ["true", "false"])
def test_ordinary_page_has_one_too(small: Path, url_style: str) -> None:
    """An ordinary page of the owner's is found under a hash, in both styles of addresses."""
    config = f"{SMALL}use_directory_urls: {url_style}\n"
    plant(small, "== entries/salary-talk.md\n# Talk\n\nSee [Acme](acme.md).\n", config)
    files = vault(small).pack.files
    kept, _ = load_kept(small)
    key = kept.address("salary-talk")
    page = files[f"{key}/index.html" if url_style == "true" else f"{key}.html"].decode()
    note = kept.address("notes/acme")
    assert f'href="../{note}/"' in page or f'href="{note}.html"' in page


def test_number_of_a_build_rises_whatever_the_clock_says(
    quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was set back does not make a new vault look older than the last."""
    first = parse_metadata(vault(quick).files["vault.json"])["build"]
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    assert parse_metadata(vault(quick).files["vault.json"])["build"] == first + 1


def test_passphrase_can_be_changed(quick: Path) -> None:
    """After a change only the new one opens what is published."""
    place = place_of(quick)
    assert opens_published(place.target, PASSPHRASE) is None
    vault(quick)
    other = "gravel harbor iceberg juniper kettle lantern"
    assert opens_published(place.target, PASSPHRASE) is True
    assert opens_published(place.target, other) is False
    publish_vault(place, other, Progress())
    assert opens_published(place.target, other) is True
    assert opens_published(place.target, PASSPHRASE) is False


def test_folder_with_other_files_is_refused(quick: Path) -> None:
    """Nothing of somebody else's is replaced."""
    plant(quick, "== public/thesis.txt\nmine\n", SMALL)
    with pytest.raises(PublishError, match=r"`thesis\.txt`"):
        check_place(place_of(quick))
    with pytest.raises(PublishError, match=r"`thesis\.txt`"):
        vault(quick)
    assert read(quick / "public") == {"thesis.txt": b"mine\n"}


def test_words_of_the_feed_are_no_leak(tmp_path: Path) -> None:
    """A company may be called like a word that the feed says anyway."""
    note = "---\ncompany: Calendar\ntitle: Interview\ninterview: {format: video, start: 2026-11-19}\n---\n"
    config = CONFIG.replace("      today", f"      feed: {TOKEN}\n      today")
    root = plant(tmp_path, f"== entries/a.md\n{note}", config)
    assert vault(root).report.feed


@pytest.mark.parametrize("way", [vault, plain])
def test_words_that_every_publish_says_are_no_leak(
    tmp_path: Path, way: Callable[[Path], Published]
) -> None:
    """A company may be called like a file that is published, or like a word in one; pay like a number."""
    words = (
        "Shell Salt Build Vault Check Robots Icon Index Iterations Wrapped Headers Manifest Caddy "
        "Nginx Format Size Blob SHA256 PBKDF2 Passphrase Private Disallow Camera Unlock Worker 404.html"
    ).split()
    notes = "".join(
        f"== entries/{number}.md\n---\ncompany: {word}\ntitle: {word} Engineer\n"
        f"people: [{{name: John {word}}}]\n"
        "salary: {min: 600000, currency: INR, period: year}\n---\n"
        for number, word in enumerate(words)
    )
    assert way(plant(tmp_path, notes, CONFIG)).files


def test_two_publishes_do_not_meet(quick: Path) -> None:
    """While one is under way, another is refused."""
    with locked(quick), pytest.raises(PublishError, match="is under way"):
        vault(quick)
