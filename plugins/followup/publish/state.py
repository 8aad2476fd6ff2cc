"""What a workspace keeps between two publishes, in `.followup/`.

`vault.json` holds the salt and the key of the pages' addresses, made once. It holds no passphrase, and
opens nothing: it belongs to the notes, and goes with them into a private repository.
`published.json` says what was published, and where to; it is only of use on this computer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from followup.notes.save import save_new_note, save_whole
from followup.publish.errors import PublishError
from followup.publish.vault import FEWEST_ITERATIONS, SALT_BYTES, Lock

FOLDER: Final = ".followup"
_KEPT: Final = "vault.json"
_PUBLISHED: Final = "published.json"
_FORMAT: Final = 1
_ADDRESS_KEY_BYTES: Final = 32
_ADDRESS_DIGITS: Final = 20
_IGNORED: Final = "*\n!.gitignore\n!vault.json\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """The salt of the passphrase, and the key under which addresses are hidden."""

    lock: Lock
    address_key: bytes

    def address(self, key: str) -> str:
        """What stands for the address `key`: the same at every publish, and nothing to others."""
        return self._mac(key)[:_ADDRESS_DIGITS]

    @property
    def canary(self) -> str:
        """A text that is in the site and, unless something leaks, in nothing that is published."""
        return self._mac("\0canary")

    def _mac(self, text: str) -> str:
        return hmac.new(self.address_key, text.encode(), hashlib.sha256).hexdigest()


class Sum(NamedTuple):
    """What tells one file from any other: the SHA-256 of its bytes, and how many there are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publish put in place: the sum of every file, by name. `build` rises."""

    mode: str
    build: int
    files: Mapping[str, Sum]


def sum_of(data: bytes) -> Sum:
    """The sum of a file with these bytes."""
    return Sum(hashlib.sha256(data).hexdigest(), len(data))


def load_kept(root: Path) -> tuple[Kept, bool]:
    """What the workspace at `root` keeps, and whether it was made just now."""
    file = state_folder(root) / _KEPT
    made = not file.exists()
    if made:
        kept = {
            "format": _FORMAT,
            "iterations": FEWEST_ITERATIONS,
            "salt": secrets.token_bytes(SALT_BYTES).hex(),
            "address_key": secrets.token_bytes(_ADDRESS_KEY_BYTES).hex(),
        }
        # Another publish may be making it at this moment: then that one counts.
        with suppress(FileExistsError):
            save_new_note(file, json.dumps(kept, indent=2) + "\n")
    return _read_kept(file), made


def load_published(root: Path, target: Path) -> tuple[Publication, ...]:
    """What was published to `target`: two where the last run ended before it could say which."""
    try:
        return tuple(
            Publication(
                str(item["mode"]),
                int(item["build"]),
                {str(name): Sum(*parts) for name, parts in item["files"].items()},
            )
            for item in _load_record(root).get(_name_of(root, target), ())
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable_record() from error


def save_published(root: Path, target: Path, publications: tuple[Publication, ...]) -> None:
    """Note what is, or is about to be, at `target`."""
    record = dict(_load_record(root))
    record[_name_of(root, target)] = [
        {"mode": item.mode, "build": item.build, "files": dict(item.files)} for item in publications
    ]
    save_whole(state_folder(root) / _PUBLISHED, json.dumps(record, sort_keys=True) + "\n")


def state_folder(root: Path) -> Path:
    """The folder `.followup/`, which exists now and which only its owner can open."""
    folder = root / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublishError(f"`{FOLDER}` is no folder", "move it away")
    folder.mkdir(mode=0o700, exist_ok=True)
    # It may have come from a repository, or stand where files have no permissions.
    with suppress(OSError):
        folder.chmod(0o700)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        with suppress(FileExistsError):
            save_new_note(ignored, _IGNORED)
    return folder


def _read_kept(file: Path) -> Kept:
    try:
        data = json.loads(file.read_bytes())
        lock = Lock(bytes.fromhex(data["salt"]), int(data["iterations"]))
        kept = Kept(lock, bytes.fromhex(data["address_key"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(file) from error
    if (
        data["format"] != _FORMAT
        or lock.iterations < FEWEST_ITERATIONS
        or len(lock.salt) < SALT_BYTES
        or len(kept.address_key) < _ADDRESS_KEY_BYTES
    ):
        raise _unusable(file)
    return kept


def _unusable(file: Path) -> PublishError:
    return PublishError(
        f"`{FOLDER}/{file.name}` cannot be used",
        "take it from a backup; without it links to your pages change, and devices ask again",
    )


def _load_record(root: Path) -> Mapping[str, Any]:
    try:
        record = json.loads((root / FOLDER / _PUBLISHED).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        record = None
    if not isinstance(record, dict):
        raise _unreadable_record()
    return record


def _unreadable_record() -> PublishError:
    return PublishError(f"`{FOLDER}/{_PUBLISHED}` cannot be read", "delete it, and publish again")


def _name_of(root: Path, target: Path) -> str:
    inside = target.is_relative_to(root)
    return (target.relative_to(root) if inside else target).as_posix()
