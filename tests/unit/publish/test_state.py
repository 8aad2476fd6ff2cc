"""What a workspace keeps between two publishes."""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from followup.publish.errors import PublishError
from followup.publish.state import (
    Publication,
    Sum,
    load_kept,
    load_published,
    save_published,
    state_folder,
)

FIRST = Publication("vault", 1, {"index.html": Sum("00", 3)})
SECOND = Publication("vault", 2, {"index.html": Sum("11", 4)})


def test_kept_is_made_once(tmp_path: Path) -> None:
    """The second time the same salt and key are there."""
    kept, made = load_kept(tmp_path)
    assert made
    assert load_kept(tmp_path) == (kept, False)


def test_two_workspaces_keep_different_things(tmp_path: Path) -> None:
    """Salt and key are drawn by lot."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one, other = load_kept(tmp_path / "a")[0], load_kept(tmp_path / "b")[0]
    assert one.lock.salt != other.lock.salt
    assert one.address("companies/acme") != other.address("companies/acme")


def test_address_is_a_hash_under_the_key(tmp_path: Path) -> None:
    """An address is the beginning of an HMAC, so nobody without the key can try names."""
    kept, _ = load_kept(tmp_path)
    mac = hmac.new(kept.address_key, b"companies/acme", hashlib.sha256).hexdigest()
    assert kept.address("companies/acme") == mac[:20]
    assert kept.canary not in (mac, kept.address("canary"))


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """Folder and file are closed to others, and no passphrase is in them."""
    load_kept(tmp_path)
    assert stat.S_IMODE((tmp_path / ".followup").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / ".followup" / "vault.json").stat().st_mode) == 0o600
    kept = json.loads((tmp_path / ".followup" / "vault.json").read_text(encoding="utf-8"))
    assert set(kept) == {"format", "iterations", "salt", "address_key"}


def test_a_folder_that_is_open_is_closed(tmp_path: Path) -> None:
    """A checkout of the repository makes it as any other folder; the next publish closes it."""
    (tmp_path / ".followup").mkdir(mode=0o755)
    state_folder(tmp_path)
    assert stat.S_IMODE((tmp_path / ".followup").stat().st_mode) == 0o700


def test_a_disk_without_permissions_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that knows of no owner takes the folder all the same."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert load_kept(tmp_path)[1]


def test_repository_takes_the_key_and_nothing_else(tmp_path: Path) -> None:
    """Of the folder only what the next publish needs elsewhere goes into a repository."""
    state_folder(tmp_path)
    ignored = (tmp_path / ".followup" / ".gitignore").read_text(encoding="utf-8").split()
    assert ignored == ["*", "!.gitignore", "!vault.json"]


GOOD: Mapping[str, object] = {
    "format": 1,
    "iterations": 600_000,
    "salt": "00" * 16,
    "address_key": "00" * 32,
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({**GOOD, "format": 2}),
        json.dumps({**GOOD, "iterations": 599_999}),
        json.dumps({**GOOD, "salt": "00" * 15}),
        json.dumps({**GOOD, "address_key": "00"}),
    ],
)
def test_broken_key_is_never_replaced(tmp_path: Path, text: str) -> None:
    """A file that cannot be used is an error: a new one would break every link and device."""
    state_folder(tmp_path)
    file = tmp_path / ".followup" / "vault.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PublishError, match="cannot be used"):
        load_kept(tmp_path)
    assert file.read_text(encoding="utf-8") == text


def test_published_is_noted_by_folder(tmp_path: Path) -> None:
    """Each folder has its own record, whether it lies in the workspace or not."""
    save_published(tmp_path, tmp_path / "public", (FIRST,))
    save_published(tmp_path, Path("/elsewhere"), (SECOND, FIRST))
    assert load_published(tmp_path, tmp_path / "public") == (FIRST,)
    assert load_published(tmp_path, Path("/elsewhere")) == (SECOND, FIRST)
    assert load_published(tmp_path, tmp_path / "other") == ()


@pytest.mark.parametrize("text", ["", "[]", '{"public": [1]}', '{"public": [{"mode": "vault"}]}'])
def test_broken_record_is_told(tmp_path: Path, text: str) -> None:
    """A record that cannot be read is an error in words."""
    state_folder(tmp_path)
    (tmp_path / ".followup" / "published.json").write_text(text, encoding="utf-8")
    with pytest.raises(PublishError, match=r"published\.json` cannot be read"):
        load_published(tmp_path, tmp_path / "public")
