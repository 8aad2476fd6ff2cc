"""A vault of format 2, made without the product's own packer, and a host that serves it.

What is written here says a second time what the files of a vault are; where the two differ, one of
them is wrong.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.browser.conftest import Server

ROOT = Path(__file__).resolve().parents[2]
SHELL = ROOT / "site_templates" / "vault"
PASSPHRASE = "acorn bridge candle dolphin ember falcon"
ROUNDS = 600_000
BLOCK = 524_288
_NONE = "application/octet-stream"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "eml": "message/rfc822",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
    "xml": "text/xml; charset=utf-8",
}


def type_of(path: str) -> str:
    """What a browser is told that the file at `path` is."""
    return _TYPES.get(path.rpartition(".")[2], _NONE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that makes a vault; nothing in it is drawn by lot, so that tests repeat."""

    files: Mapping[str, bytes]
    build: int = 1_700_000_000
    passphrase: str = PASSPHRASE
    base: str = "/"
    home: str = "index.html"
    salt: bytes = b"salt of sixteen."
    rounds: int = ROUNDS
    headers: Mapping[str, str] = field(default_factory=dict)


def make_vault(recipe: Recipe) -> dict[str, bytes]:
    """Every published file by its name."""
    shell = _shell(recipe.base)
    content_key = hashlib.sha256(b"key %d" % recipe.build).digest()
    blob_iv, key_iv = (hashlib.sha256(b"%d" % (recipe.build + n)).digest()[:12] for n in (1, 2))
    context = f"private-page|2|blob|{recipe.build}".encode()
    blob = AESGCM(content_key).encrypt(blob_iv, _pad(_pack(recipe, shell)), context)
    digest = hashlib.sha256(blob).hexdigest()
    key = _derive(recipe.passphrase, recipe.salt, recipe.rounds)
    metadata = {
        "format": 2,
        "build": recipe.build,
        "blob": f"v-{digest[:32]}.bin",
        "size": len(blob),
        "sha256": digest,
        "kdf": {
            "name": "PBKDF2-HMAC-SHA256",
            "iterations": recipe.rounds,
            "salt": _text(recipe.salt),
        },
        "wrapped": {
            "iv": _text(key_iv),
            "key": _text(AESGCM(key).encrypt(key_iv, content_key, b"private-page|2|key")),
        },
        "iv": _text(blob_iv),
    }
    return {**shell, "vault.json": seal_metadata(metadata), f"v-{digest[:32]}.bin": blob}


def seal_metadata(metadata: Mapping[str, Any]) -> bytes:
    """`vault.json` with these values: the sum over the others tells damage from a wrong passphrase."""
    rest = {key: value for key, value in metadata.items() if key != "check"}
    return _json({**rest, "check": hashlib.sha256(_json(rest)).hexdigest()})


@cache
def _derive(passphrase: str, salt: bytes, rounds: int) -> bytes:
    words = " ".join(unicodedata.normalize("NFKC", passphrase).split())
    return hashlib.pbkdf2_hmac("sha256", words.encode(), salt, rounds)


def _shell(base: str) -> dict[str, bytes]:
    files = {file.name: file.read_bytes() for file in SHELL.iterdir()}
    page = files["index.html"].replace(b"{{ base }}", base.encode())
    for name in ("shell.css", "shell.js", "sw.js"):
        page = page.replace(b"{{ %s }}" % name.encode(), integrity(files[name]))
    return {**files, "index.html": page, "404.html": page}


def integrity(data: bytes) -> bytes:
    """What a page says of a file that it will take as it is, or not at all."""
    return b"sha256-" + base64.b64encode(hashlib.sha256(data).digest())


def _pack(recipe: Recipe, shell: Mapping[str, bytes]) -> bytes:
    places = {}
    blocks = [b""]
    for path, data in recipe.files.items():
        if blocks[-1] and len(blocks[-1]) + len(data) > BLOCK:
            blocks.append(b"")
        places[path] = [len(blocks) - 1, len(blocks[-1]), len(data), type_of(path)]
        blocks[-1] += data
    small = [gzip.compress(block, mtime=0) for block in blocks]
    index = _json(
        {
            "files": places,
            "blocks": [len(block) for block in small],
            "home": recipe.home,
            "headers": dict(recipe.headers),
            "shell": {name: hashlib.sha256(data).hexdigest() for name, data in shell.items()},
        }
    )
    told = gzip.compress(index, mtime=0)
    return b"".join((len(told).to_bytes(4, "big"), told, *small))


def _pad(pack: bytes) -> bytes:
    exponent = len(pack).bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return pack.ljust((len(pack) + mask) & ~mask, b"\0")


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(slots=True)
class Host:
    """A static host: what it has, what was asked of it, and what goes wrong with it."""

    files: dict[str, bytes]
    base: str
    origin: str = ""
    asked: list[str] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    down: bool = False
    status: int = 0

    @property
    def address(self) -> str:
        """The address of the home page."""
        return self.origin + self.base

    @property
    def blob(self) -> str:
        """The name of the file with the pages."""
        return next(name for name in self.files if name.startswith("v-"))


@contextmanager
def hosting(files: Mapping[str, bytes], base: str = "/") -> Iterator[Host]:
    """A running host on this machine; what nobody has is answered with `404.html`."""
    host = Host(dict(files), base)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def do_GET(self) -> None:
            """Answer as static hosts do."""
            path = self.path.partition("?")[0]
            if host.down:
                self.close_connection = True
                return
            host.asked.append(self.path)
            name = path.removeprefix(base) if path.startswith(base) else "?"
            name = name or "index.html"
            found = host.files.get(name)
            data = host.files["404.html"] if found is None else found
            self.send_response(host.status or (404 if found is None else 200))
            self.send_header("Content-Type", type_of(name if found is not None else "404.html"))
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=600")
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if name in host.cut else data)
            self.close_connection = name in host.cut

    server = Server(("127.0.0.1", 0), Handler)
    host.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
