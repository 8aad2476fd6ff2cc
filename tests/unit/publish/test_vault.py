"""The vault: what is put in comes out, and nothing comes out for anybody else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from followup.publish.vault import (
    BLOCK_BYTES,
    Chance,
    Lock,
    Pack,
    Vault,
    VaultError,
    derive_key,
    normalize_passphrase,
    open_vault,
    pack_site,
    padded_length,
    parse_metadata,
    read_lock,
    seal_vault,
    unpack_site,
    unwrap_key,
)

PASSPHRASE = "acorn bridge candle dolphin ember falcon"
LOCK = Lock(b"salt of sixteen.")
KEY = derive_key(PASSPHRASE, LOCK)
CHANCE = Chance(b"c" * 32, b"k" * 12, b"b" * 12)
PACK = Pack(
    {"index.html": b"<p>Acme</p>", "a1/index.html": b"", "\u00e9.txt": b"\x00\xff"},
    "index.html",
    {"X-Robots-Tag": "noindex"},
    {"sw.js": "00"},
)


def seal(pack: Pack = PACK, build: int = 1_700_000_000, chance: Chance = CHANCE) -> Vault:
    """A vault of the pack."""
    return seal_vault(pack_site(pack), KEY, LOCK, build, chance)


def test_what_is_put_in_comes_out() -> None:
    """The passphrase alone, with what is published, gives every file back."""
    vault = seal()
    metadata = parse_metadata(vault.metadata)
    key = derive_key(PASSPHRASE, read_lock(metadata))
    assert open_vault(metadata, vault.blob, key) == PACK


def test_format_is_what_is_written_down() -> None:
    """Opened step by step as the format says, with nothing of the packer's code."""
    vault = seal()
    meta = json.loads(vault.metadata)
    key = hashlib.pbkdf2_hmac(
        "sha256",
        PASSPHRASE.encode(),
        base64.b64decode(meta["kdf"]["salt"]),
        meta["kdf"]["iterations"],
    )
    wrapped, iv = (base64.b64decode(meta["wrapped"][name]) for name in ("key", "iv"))
    content_key = AESGCM(key).decrypt(iv, wrapped, b"private-page|2|key")
    context = b"private-page|2|blob|1700000000"
    payload = AESGCM(content_key).decrypt(base64.b64decode(meta["iv"]), vault.blob, context)
    start = 4 + int.from_bytes(payload[:4], "big")
    index = json.loads(gzip.decompress(payload[4:start]))
    (length,) = index["blocks"]
    assert payload[start + length :].strip(b"\0") == b""
    number, offset, size, kind = index["files"]["index.html"]
    block = gzip.decompress(payload[start : start + length])
    assert (number, block[offset : offset + size]) == (0, b"<p>Acme</p>")
    assert (kind, index["home"]) == ("text/html; charset=utf-8", "index.html")
    assert meta["kdf"]["name"] == "PBKDF2-HMAC-SHA256"
    assert meta["kdf"]["iterations"] >= 600_000
    assert meta["blob"] == f"v-{hashlib.sha256(vault.blob).hexdigest()[:32]}.bin" == vault.name
    assert (meta["size"], meta["format"]) == (len(vault.blob), 2)
    check = meta.pop("check")
    rest = json.dumps(meta, sort_keys=True, separators=(",", ":")).encode()
    assert check == hashlib.sha256(rest).hexdigest()


def test_another_passphrase_opens_nothing() -> None:
    """A key of another passphrase does not unwrap the content key."""
    vault = seal()
    metadata = parse_metadata(vault.metadata)
    other = derive_key(PASSPHRASE + "s", LOCK)
    assert unwrap_key(metadata, other) is None
    with pytest.raises(VaultError, match="the passphrase is another"):
        open_vault(metadata, vault.blob, other)


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_flipped_bit_is_found(place: int, bit: int) -> None:
    """With any bit of the blob changed, nothing opens."""
    vault = seal()
    data = bytearray(vault.blob)
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(VaultError, match="damaged"):
        open_vault(parse_metadata(vault.metadata), bytes(data), KEY)


def test_any_changed_byte_of_the_metadata_is_found() -> None:
    """With any byte of the metadata changed, it cannot be read, or what it leads to does not open."""
    vault = seal()
    for place in range(len(vault.metadata)):
        data = bytearray(vault.metadata)
        data[place] ^= 1
        with pytest.raises(VaultError):
            open_vault(parse_metadata(bytes(data)), vault.blob, KEY)


def test_blob_of_another_build_does_not_open() -> None:
    """The same key and the same bytes under another build's number are refused."""
    old, new = seal(build=1_700_000_000), seal(build=1_700_000_001)
    with pytest.raises(VaultError, match="damaged"):
        open_vault(parse_metadata(new.metadata), old.blob, KEY)


def test_metadata_moved_to_another_build_does_not_open() -> None:
    """Whoever writes another number into the metadata, with its sum, opens nothing."""
    vault = seal()
    metadata = dict(parse_metadata(vault.metadata)) | {"build": 1_800_000_000}
    with pytest.raises(VaultError, match="damaged"):
        open_vault(metadata, vault.blob, KEY)


@pytest.mark.parametrize("lock", [Lock(b"salt of sixteen.", 599_999), Lock(b"short salt", 600_000)])
def test_weak_lock_is_refused(lock: Lock) -> None:
    """Too few rounds or too short a salt make no key, and none is taken from published metadata."""
    with pytest.raises(ValueError, match="too weak"):
        derive_key(PASSPHRASE, lock)
    salt = base64.b64encode(lock.salt).decode()
    with pytest.raises(VaultError, match="too weak"):
        read_lock({"kdf": {"iterations": lock.iterations, "salt": salt}})


def test_only_chance_differs() -> None:
    """Two vaults of one site differ in every part that is encrypted, and hold the same."""
    one, other = seal(), seal(chance=Chance(b"C" * 32, b"K" * 12, b"B" * 12))
    assert len(one.blob) == len(other.blob)
    assert sum(a == b for a, b in zip(one.blob, other.blob, strict=True)) < len(one.blob) / 8
    assert open_vault(parse_metadata(other.metadata), other.blob, KEY) == PACK


@pytest.mark.parametrize(
    "typed",
    [
        "  acorn  bridge candle dolphin\tember falcon \n",
        "acorn\u00a0bridge\u3000candle dolphin ember falcon",
        "\uff41corn bridge candle dolphin ember falcon",
    ],
)
def test_blanks_and_composition_do_not_matter(typed: str) -> None:
    """A passphrase is the same however a keyboard writes it."""
    assert normalize_passphrase(typed) == PASSPHRASE


def test_capitals_matter() -> None:
    """A passphrase in other letters is another one."""
    assert derive_key(PASSPHRASE.title(), LOCK) != KEY


@given(st.integers(0, 1 << 40))
def test_padding_tells_little_and_costs_little(length: int) -> None:
    """A padded length is no shorter, at most 12 % longer, and padding it again changes nothing."""
    padded = padded_length(length)
    assert length <= padded <= length * 1.12 + 1
    assert padded_length(padded) == padded


@pytest.mark.parametrize(
    ("length", "padded"), [(0, 0), (1, 1), (9, 10), (1000, 1024), (786_001, 786_432)]
)
def test_padded_lengths(length: int, padded: int) -> None:
    """Lengths of about the same size become one."""
    assert padded_length(length) == padded


def test_files_are_compressed_some_at_a_time() -> None:
    """A block holds the files that fit into it, in order; one that is larger has its own."""
    sizes = {"a": 1, "b": BLOCK_BYTES - 1, "c": 1, "d": BLOCK_BYTES + 1, "e": 1, "f": 1}
    pack = Pack({name: name.encode() * size for name, size in sizes.items()}, "a")
    packed = pack_site(pack)
    index = json.loads(gzip.decompress(packed[4 : 4 + int.from_bytes(packed[:4], "big")]))
    assert [index["files"][name][0] for name in sizes] == [0, 0, 1, 2, 3, 3]
    assert len(index["blocks"]) == 4
    assert unpack_site(packed) == pack


def told(**index: object) -> bytes:
    """A pack that is only this index."""
    data = gzip.compress(json.dumps(index).encode(), mtime=0)
    return len(data).to_bytes(4, "big") + data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"\0\0\0\x02{}",
        b"\0\0\0\x01x",
        told(),
        told(files={"a": [0, 0, 1, ""]}, blocks=[], home="a", headers={}, shell={}),
        told(files={}, blocks=[9], home="a", headers={}, shell={}) + b"no gzip!!",
    ],
)
def test_what_is_no_pack_is_refused(data: bytes) -> None:
    """Bytes that no packer wrote end in words."""
    with pytest.raises(VaultError):
        unpack_site(data)


def test_content_key_is_bound_to_its_use() -> None:
    """The wrapped key does not open as a blob, nor under another format."""
    meta = json.loads(seal().metadata)
    iv, wrapped = (base64.b64decode(meta["wrapped"][name]) for name in ("iv", "key"))
    for context in (b"private-page|1|key", b"private-page|2|blob|1700000000", None):
        with pytest.raises(InvalidTag):
            AESGCM(KEY).decrypt(iv, wrapped, context)
