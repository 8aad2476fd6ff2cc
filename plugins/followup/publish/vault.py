"""The whole site as one encrypted file, and the metadata with which a passphrase opens it.

Format 2, as `shell.js` and `sw.js` read it. The content key is fresh in every vault and wrapped under
a key made of the passphrase; all that is random comes in as an argument.

The files are compressed some at a time, so that a browser unpacks no more than it shows: all of a
large search at once took it a second, at each opening.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from followup.publish.content_types import content_type

FORMAT: Final = 2
KDF: Final = "PBKDF2-HMAC-SHA256"
FEWEST_ITERATIONS: Final = 600_000
"""What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA256; the shell takes no fewer."""
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
IV_BYTES: Final = 12
METADATA: Final = "vault.json"
BLOCK_BYTES: Final = 1 << 19
"""How much is compressed together: less unpacks faster, more compresses better, as pages are alike."""
_LENGTH_BYTES: Final = 4
_NAME_DIGITS: Final = 32


class VaultError(Exception):
    """Why a vault stays shut."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What makes a key of a passphrase: the same at every publish, so that devices stay unlocked."""

    salt: bytes
    iterations: int = FEWEST_ITERATIONS


@dataclass(frozen=True, slots=True)
class Chance:
    """What is drawn by lot for one vault, and never used again."""

    content_key: bytes
    key_iv: bytes
    blob_iv: bytes


@dataclass(frozen=True, slots=True)
class Vault:
    """The two files of a vault; `name` is that of the blob."""

    name: str
    blob: bytes
    metadata: bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a site by path, and which of them is its home page.

    `headers` go with each of them when the worker serves it. `shell` are the SHA-256 of the files
    round the vault: a host that serves another one is found out by whoever opens the vault.
    """

    files: Mapping[str, bytes]
    home: str
    headers: Mapping[str, str] = field(default_factory=dict)
    shell: Mapping[str, str] = field(default_factory=dict)


def normalize_passphrase(text: str) -> str:
    """The passphrase as it is used: however a keyboard composes it, and whatever blanks are typed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def derive_key(passphrase: str, lock: Lock) -> bytes:
    """The key that wraps the content key."""
    if lock.iterations < FEWEST_ITERATIONS or len(lock.salt) < SALT_BYTES:
        raise ValueError("a lock that is too weak")
    kdf = PBKDF2HMAC(SHA256(), KEY_BYTES, lock.salt, lock.iterations)
    return kdf.derive(normalize_passphrase(passphrase).encode())


def pack_site(pack: Pack) -> bytes:
    """An index with its length before it, then blocks of files by path; each is compressed alone.

    The index says for each file in which block it is, where in it, how long it is, and of what kind.
    """
    places: dict[str, list[int | str]] = {}
    blocks: list[bytes] = []
    for number, names in enumerate(_group_files(pack.files)):
        offset = 0
        for path in names:
            places[path] = [number, offset, len(pack.files[path]), content_type(path)]
            offset += len(pack.files[path])
        blocks.append(_compress(b"".join(pack.files[path] for path in names)))
    index = _compress(
        _json(
            {
                "files": places,
                "blocks": [len(block) for block in blocks],
                "home": pack.home,
                "headers": dict(pack.headers),
                "shell": dict(pack.shell),
            }
        )
    )
    return b"".join((_length(index), index, *blocks))


def unpack_site(data: bytes) -> Pack:
    """The files that `pack_site` put together; raises VaultError where it did not."""
    try:
        start = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
        index = json.loads(gzip.decompress(data[_LENGTH_BYTES:start]))
        blocks = []
        for length in index["blocks"]:
            blocks.append(gzip.decompress(data[start : start + length]))
            start += length
        files = {
            path: blocks[number][offset : offset + length]
            for path, (number, offset, length, _) in index["files"].items()
        }
        return Pack(files, index["home"], index["headers"], index["shell"])
    except (
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        zlib.error,
    ) as error:
        raise VaultError("it does not hold a site") from error


def seal_vault(packed: bytes, key: bytes, lock: Lock, build: int, chance: Chance) -> Vault:
    """The vault of a packed site; `key` is the one that `lock` makes of the passphrase.

    The blob is bound to `build`: with the metadata of another it does not open.
    """
    blob = AESGCM(chance.content_key).encrypt(
        chance.blob_iv, _pad(packed), _blob_context(FORMAT, build)
    )
    digest = hashlib.sha256(blob).hexdigest()
    wrapped = AESGCM(key).encrypt(chance.key_iv, chance.content_key, _key_context(FORMAT))
    name = f"v-{digest[:_NAME_DIGITS]}.bin"
    metadata = open_metadata(lock, build, len(blob))
    metadata |= {"blob": name, "sha256": digest, "iv": _text(chance.blob_iv)}
    metadata["kdf"]["salt"] = _text(lock.salt)
    metadata["wrapped"] = {"iv": _text(chance.key_iv), "key": _text(wrapped)}
    return Vault(name, blob, _json({**metadata, "check": _sum(metadata)}))


def open_metadata(lock: Lock, build: int, size: int) -> dict[str, Any]:
    """The metadata of a vault with a blob of `size` bytes, without what is drawn by lot or made of it."""
    return {
        "format": FORMAT,
        "build": build,
        "blob": "",
        "size": size,
        "sha256": "",
        "kdf": {"name": KDF, "iterations": lock.iterations, "salt": ""},
        "wrapped": {"iv": "", "key": ""},
        "iv": "",
    }


def parse_metadata(data: bytes) -> Mapping[str, Any]:
    """The metadata of a vault of this format; raises VaultError for anything else."""
    try:
        metadata = json.loads(data)
    except ValueError as error:
        raise VaultError("its metadata cannot be read") from error
    if not isinstance(metadata, dict) or metadata.get("format") != FORMAT:
        raise VaultError("it has another format")
    if metadata.pop("check", None) != _sum(metadata):
        raise VaultError("its metadata is damaged")
    return metadata


def read_lock(metadata: Mapping[str, Any]) -> Lock:
    """The lock of a vault; raises VaultError where it is too weak to be one."""
    try:
        lock = Lock(_bytes(metadata["kdf"]["salt"]), int(metadata["kdf"]["iterations"]))
    except (KeyError, TypeError, ValueError) as error:
        raise VaultError("its metadata cannot be read") from error
    if lock.iterations < FEWEST_ITERATIONS or len(lock.salt) < SALT_BYTES:
        raise VaultError("its lock is too weak")
    return lock


def unwrap_key(metadata: Mapping[str, Any], key: bytes) -> bytes | None:
    """The content key of a vault, or None where `key` is of another passphrase."""
    try:
        iv, wrapped = (_bytes(metadata["wrapped"][name]) for name in ("iv", "key"))
        return AESGCM(key).decrypt(iv, wrapped, _key_context(metadata["format"]))
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise VaultError("its metadata cannot be read") from error


def open_vault(metadata: Mapping[str, Any], blob: bytes, key: bytes) -> Pack:
    """The site in a vault; raises VaultError where the key or a byte of it is wrong."""
    content_key = unwrap_key(metadata, key)
    if content_key is None:
        raise VaultError("the passphrase is another")
    try:
        context = _blob_context(metadata["format"], metadata["build"])
        payload = AESGCM(content_key).decrypt(_bytes(metadata["iv"]), blob, context)
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise VaultError("it is damaged") from error
    return unpack_site(payload)


def padded_length(length: int) -> int:
    """`length` rounded up by Padmé, so that it tells little: at most 12 % more, and less when large.

    From "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (2019).
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def _group_files(files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """The paths in order, some at a time: as many as fill a block, and at least one."""
    group: list[str] = []
    size = 0
    for path, data in sorted(files.items()):
        if group and size + len(data) > BLOCK_BYTES:
            yield group
            group, size = [], 0
        group.append(path)
        size += len(data)
    if group:
        yield group


def _compress(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _pad(packed: bytes) -> bytes:
    """What is encrypted: the packed site, and zeros that hide how long that is."""
    return packed.ljust(padded_length(len(packed)), b"\0")


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(_LENGTH_BYTES, "big")


def _key_context(version: int) -> bytes:
    return f"private-page|{version}|key".encode()


def _blob_context(version: int, build: int) -> bytes:
    return f"private-page|{version}|blob|{build}".encode()


def _sum(metadata: object) -> str:
    """What tells damaged metadata from a wrong passphrase; it protects against no one."""
    return hashlib.sha256(_json(metadata)).hexdigest()


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
