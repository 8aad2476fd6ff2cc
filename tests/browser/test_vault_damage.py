"""A vault of which something is wrong stays shut, and says what; a good copy from before still opens."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.vault_maker import PASSPHRASE, Recipe, hosting, make_vault, seal_metadata
from tests.browser.vaults import (
    DAMAGED,
    OLDER,
    UNREACHABLE,
    WRONG,
    field,
    message,
    open_context,
    open_page,
    outcome,
    site,
    unlock,
)

_FILES = sorted(make_vault(Recipe(site())))
_BLOB = next(name for name in _FILES if name.startswith("v-"))
_PLACES = (0.0, 0.31, 0.999)


def _flip(data: bytes, place: float) -> bytes:
    at = int(len(data) * place)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("name", _FILES)
def test_a_changed_byte_is_damage(browser: Browser, name: str) -> None:
    """A changed byte of any published file keeps the vault shut, and is called damage."""
    vault = make_vault(Recipe(site()))
    for place in _PLACES:
        with hosting(vault) as host, open_page(browser) as page:
            host.files[name] = _flip(vault[name], place)
            page.goto(f"{host.address}{'aa11/' if name == '404.html' else ''}")
            assert outcome(page) == DAMAGED, place
            assert page.locator(".lock").count() == 1


def test_the_same_vault_unchanged_opens(browser: Browser) -> None:
    """The test above can fail: without a changed byte the vault opens."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        assert outcome(page) == ""


_VALUES = ["build", "size", "sha256", "blob", "iv"]
_DEEPER = ["kdf.iterations", "kdf.salt", "kdf.name", "wrapped.iv", "wrapped.key", "check", "format"]


@pytest.mark.parametrize("value", _VALUES + _DEEPER)
def test_a_changed_value_of_the_metadata_is_damage(browser: Browser, value: str) -> None:
    """A changed character in any value is damage, and never called a wrong passphrase."""
    vault = make_vault(Recipe(site()))
    found: Any = json.loads(vault["vault.json"])
    for key in value.split("."):
        found = found[key]
    text = json.dumps(found).encode()
    at = vault["vault.json"].index(text) + len(text) // 2
    with hosting(vault) as host, open_page(browser) as page:
        host.files["vault.json"] = _flip(vault["vault.json"], at / len(vault["vault.json"]))
        page.goto(host.address)
        assert outcome(page) == DAMAGED


def _forge(vault: dict[str, bytes], **values: object) -> bytes:
    return seal_metadata({**json.loads(vault["vault.json"]), **values})


@pytest.mark.parametrize("place", [0.0, 0.5, 0.999])
def test_a_forged_file_does_not_open(browser: Browser, place: float) -> None:
    """A changed file whose sums were made to fit is still damage: the cipher knows."""
    vault = make_vault(Recipe(site()))
    blob = _flip(vault[_BLOB], place)
    digest = hashlib.sha256(blob).hexdigest()
    name = f"v-{digest[:32]}.bin"
    vault["vault.json"] = _forge(vault, sha256=digest, blob=name)
    vault[name] = blob
    with hosting(vault) as host, open_page(browser) as page:
        page.goto(host.address)
        assert outcome(page) == DAMAGED


def test_an_unknown_format_is_named(browser: Browser) -> None:
    """A format that this shell does not know is called that."""
    vault = make_vault(Recipe(site()))
    vault["vault.json"] = _forge(vault, format=3)
    with hosting(vault) as host, open_page(browser) as page:
        page.goto(host.address)
        assert "too old for what was published" in message(page)
        assert outcome(page) != ""


def test_another_salt_is_another_passphrase(browser: Browser) -> None:
    """A salt that was exchanged with its sum makes the right passphrase wrong, and opens nothing."""
    vault = make_vault(Recipe(site()))
    kdf = json.loads(vault["vault.json"])["kdf"]
    vault["vault.json"] = _forge(vault, kdf={**kdf, "salt": "b3RoZXIgc2FsdCBvZiAxNi4="})
    with hosting(vault) as host, open_page(browser) as page:
        page.goto(host.address)
        assert outcome(page) == WRONG


def test_swapped_files_of_two_publishes(browser: Browser) -> None:
    """The file of one publish under the metadata of another is damage, even with sums made to fit."""
    first = make_vault(Recipe(site(), build=100))
    second = make_vault(Recipe(site(mark="!"), build=200))
    old, new = (json.loads(vault["vault.json"]) for vault in (first, second))
    taken = {name: old[name] for name in ("blob", "size", "sha256")}
    whole = {**taken, "iv": old["iv"], "wrapped": old["wrapped"]}
    for values in (taken, whole):
        files = {**first, **second, "vault.json": seal_metadata({**new, **values})}
        with hosting(files) as host, open_page(browser) as page:
            page.goto(host.address)
            assert outcome(page) == DAMAGED
    exchanged = {**second, new["blob"]: first[old["blob"]]}
    with hosting(exchanged) as host, open_page(browser) as page:
        page.goto(host.address)
        assert outcome(page) == DAMAGED


def test_a_rolled_back_vault_is_older(browser: Browser) -> None:
    """A copy older than one that was opened here is called older before a passphrase is typed."""
    first, second = (make_vault(Recipe(site(mark=str(n)), build=n)) for n in (100, 200))
    with hosting(second) as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page)
        page.get_by_role("button", name="Lock").click()
        field(page).wait_for()
        host.files = dict(first)
        page.goto(host.address)
        assert message(page) == OLDER
        assert outcome(page) == OLDER
        host.files = {**second, "vault.json": first["vault.json"]}
        page.goto(host.address)
        assert message(page) == OLDER
        host.files = dict(second)
        page.goto(host.address)
        unlock(page)
        assert page.locator("h1").inner_text() == "Home200"


def test_what_the_worker_kept_counts_too(browser: Browser) -> None:
    """A rolled-back copy is noticed where the page's own memory of the last one was cleared."""
    first, second = (make_vault(Recipe(site(mark=str(n)), build=n)) for n in (100, 200))
    with hosting(second) as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page)
        page.evaluate("localStorage.clear()")
        page.get_by_role("button", name="Lock").click()
        field(page).wait_for()
        host.files = dict(first)
        page.goto(host.address)
        assert outcome(page) == OLDER


def test_a_shorter_file_is_damage(browser: Browser) -> None:
    """A file that lacks its end, or is not there, is damage."""
    vault = make_vault(Recipe(site()))
    for cut in ({_BLOB: vault[_BLOB][:-1]}, {_BLOB: b""}, {"vault.json": vault["vault.json"][:-1]}):
        with hosting({**vault, **cut}) as host, open_page(browser) as page:
            page.goto(host.address)
            assert outcome(page) == DAMAGED
    del vault[_BLOB]
    with hosting(vault) as host, open_page(browser) as page:
        page.goto(host.address)
        assert outcome(page) == DAMAGED


@pytest.mark.parametrize("name", [_BLOB, "vault.json"])
def test_a_download_that_breaks_off(browser: Browser, name: str) -> None:
    """A connection that breaks off is called that; the next try, on a better one, opens."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        host.cut = {name}
        page.goto(host.address)
        assert outcome(page) == UNREACHABLE
        host.cut = set()
        unlock(page)


def _spoil(files: dict[str, bytes], name: str) -> None:
    files[name] = _flip(files[name], 0.5)


@pytest.mark.parametrize("name", ["v-", "vault.json", "index.html", "shell.js", "sw.js"])
def test_damage_does_not_replace_a_good_copy(browser: Browser, name: str) -> None:
    """After a damaged publish the good copy from before still opens where there is no connection."""
    first = make_vault(Recipe(site(mark=" good"), build=100))
    second = make_vault(Recipe(site(mark=" bad"), build=200))
    with hosting(first) as host, open_context(browser) as context:
        page = context.new_page()
        page.goto(host.address)
        unlock(page)
        page.get_by_role("button", name="Lock").click()
        field(page).wait_for()
        host.files = dict(second)
        _spoil(host.files, next(file for file in second if file.startswith(name)))
        page.goto(host.address)
        assert outcome(page) == DAMAGED
        page.close()
        host.down = True
        page = context.new_page()
        page.goto(f"{host.address}aa11/")
        unlock(page, PASSPHRASE)
        assert page.locator("h1").inner_text() == "Second good"
