"""The packer and the shell agree: what is written twice says the same."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from followup.publish.content_types import content_type
from followup.publish.envelope import load_envelope
from followup.publish.vault import (
    FEWEST_ITERATIONS,
    Chance,
    Lock,
    Pack,
    derive_key,
    normalize_passphrase,
    open_vault,
    pack_site,
    parse_metadata,
    read_lock,
    seal_vault,
)
from tests.browser.vault_maker import PASSPHRASE, SHELL, Recipe, integrity, make_vault, type_of

_FILES = {"404.html": b"<h1>None", "aa/index.html": b"<h1>A", "index.html": b"<h1>Home"}
_HEADERS = {"Content-Security-Policy": "default-src 'none'"}


def test_another_packer_makes_the_same_vault() -> None:
    """A second packer, written from the format alone, makes what the product's own makes."""
    made = make_vault(Recipe(_FILES, build=7, headers=_HEADERS))
    lock = Lock(b"salt of sixteen.")
    chance = Chance(
        hashlib.sha256(b"key 7").digest(),
        key_iv=hashlib.sha256(b"9").digest()[:12],
        blob_iv=hashlib.sha256(b"8").digest()[:12],
    )
    around = {name: data for name, data in made.items() if not name.startswith(("v-", "vault"))}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in around.items()}
    packed = pack_site(Pack(_FILES, "index.html", _HEADERS, sums))
    vault = seal_vault(packed, derive_key(PASSPHRASE, lock), lock, 7, chance)
    assert json.loads(vault.metadata) == json.loads(made["vault.json"])
    assert vault.metadata == made["vault.json"]
    assert vault.blob == made[vault.name]


def test_each_opens_the_other() -> None:
    """The product opens what the second packer made."""
    made = make_vault(Recipe(_FILES, build=7, headers=_HEADERS))
    metadata = parse_metadata(made["vault.json"])
    blob = made[metadata["blob"]]
    pack = open_vault(metadata, blob, derive_key(f" {PASSPHRASE}", read_lock(metadata)))
    assert (pack.files, pack.home, pack.headers) == (_FILES, "index.html", _HEADERS)


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_the_page_round_the_vault(base: str) -> None:
    """The page knows its base path and takes its script, sheet and worker as they were published."""
    files = load_envelope(None, base)
    page = files["index.html"].decode()
    assert "{{" not in page
    assert files["404.html"] == files["index.html"]
    for name in ("shell.js", "shell.css", "sw.js"):
        assert integrity(files[name]).decode() in page
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page)) == {
        f"{base}{name}" for name in ("shell.js", "shell.css", "icon.png", "manifest.webmanifest")
    }
    made = make_vault(Recipe(_FILES, base=base))
    assert {name: made[name] for name in files} == files


def test_the_shell_takes_no_weaker_lock() -> None:
    """The worker's least number of rounds is the packer's."""
    worker = (SHELL / "sw.js").read_text(encoding="utf-8")
    assert f"const LEAST_ROUNDS = {FEWEST_ITERATIONS};" in worker


def test_blanks_are_the_same_in_both_languages() -> None:
    """Every character that Python takes for a blank is one for the script, and no other."""
    script = (SHELL / "shell.js").read_text(encoding="utf-8")
    found = re.search(r"const SPACE = /(\[.*\])\+/g;", script)
    assert found
    pattern = re.compile(found[1])
    for code in range(0x11000):
        if not 0xD800 <= code < 0xE000:
            assert bool(pattern.fullmatch(chr(code))) == chr(code).isspace(), hex(code)
    assert normalize_passphrase("\x1fa\u3000\x85b ") == "a b"


def test_types_are_the_same() -> None:
    """What the second packer says of a file, the product says too."""
    for name in ("a.html", "a.css", "a.js", "a.ics", "a.eml", "a.json", "a.woff2", "a.unknown"):
        assert type_of(name) == content_type(name)


def test_every_message_is_explained(root: Path) -> None:
    """Whatever the locked page can say is in the table of the document, and nothing else is."""
    script = (SHELL / "shell.js").read_text(encoding="utf-8")
    words = script.partition("const WORDS = {")[2].partition("};")[0]
    said = re.findall(r'\["([^"]+)",', words)
    table = (root / "docs" / "vault.md").read_text(encoding="utf-8").partition("| it says |")[2]
    rows = re.findall(r"^\| ([^|]+) \|", table, re.M)
    assert len(said) > 8
    assert sorted(said) == sorted(row for row in rows if row.endswith("."))
