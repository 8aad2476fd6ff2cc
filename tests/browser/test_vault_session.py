"""How long the vault stays open: remembered, locked, without a connection, after a new publish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.vault_maker import PASSPHRASE, Host, Recipe, hosting, make_vault
from tests.browser.vaults import (
    DAMAGED,
    field,
    message,
    open_context,
    open_page,
    outcome,
    site,
    submit,
    unlock,
)

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def _opened(browser: Browser, base: str = "/") -> Iterator[tuple[Host, BrowserContext, Page]]:
    vault = make_vault(Recipe(site(base), base=base))
    with hosting(vault, base) as host, open_context(browser) as context:
        page = context.new_page()
        page.goto(host.address)
        unlock(page)
        yield host, context, page


def _stop_workers(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def _heading(page: Page, words: str) -> None:
    page.locator("h1", has_text=words).wait_for()


def _lock(page: Page) -> None:
    page.get_by_role("button", name="Lock").click()
    field(page).wait_for()


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_a_worker_that_was_ended_gets_its_key_back(browser: Browser, base: str) -> None:
    """After the browser ended the worker, a click still leads to its page and nobody is asked."""
    with _opened(browser, base) as (host, _, page):
        for words in ("Second", "Home"):
            host.asked.clear()
            _stop_workers(page)
            page.locator("a", has_text=words).click()
            _heading(page, words)
            assert host.blob not in " ".join(host.asked)


def test_the_locked_page_hands_the_key_over_too(browser: Browser) -> None:
    """A worker that ends between unlocking and the first page has the key back at once."""
    with hosting(make_vault(Recipe(site()))) as host, open_context(browser) as context:
        page, other = context.new_page(), context.new_page()
        page.goto(host.address)
        session = context.new_cdp_session(other)
        session.send("ServiceWorker.enable")
        # The browser waits with leaving the page, and so with asking for the next.
        page.evaluate("addEventListener('beforeunload', event => event.preventDefault())")
        with page.expect_event("dialog") as leaving:
            submit(page)
        session.send("ServiceWorker.stopAllWorkers")
        leaving.value.accept()
        _heading(page, "Home")


def test_without_an_open_page_nobody_has_the_key(browser: Browser) -> None:
    """When the last page is closed and the worker ended, the passphrase is asked for again."""
    with _opened(browser) as (host, context, page):
        other = context.new_page()
        page.close()
        _stop_workers(other)
        other.goto(host.address)
        assert other.title() == "Locked"
        assert other.locator("h1").inner_text() == "Locked"


def test_a_key_is_never_readable(browser: Browser) -> None:
    """What is remembered is a key that cannot be read out, and no plain text is stored anywhere."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        page.locator("#remember").check()
        unlock(page)
        found = page.evaluate(
            """async () => {
              const [{name}] = await indexedDB.databases();
              const base = await new Promise(done => {
                const opening = indexedDB.open(name); opening.onsuccess = () => done(opening.result); });
              const [record] = await new Promise(done => {
                const all = base.transaction('keys').objectStore('keys').getAll();
                all.onsuccess = () => done(all.result); });
              base.close();
              const exported = await crypto.subtle.exportKey('raw', record.key).catch(error => error.name);
              const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
              for (const store of await caches.keys()) {
                const cache = await caches.open(store);
                for (const request of await cache.keys()) {
                  texts.push(request.url + await (await cache.match(request)).text());
                }
              }
              return [record.key.extractable, record.key.usages, exported, texts.join('\\n')];
            }"""
        )
        assert found[:3] == [False, ["unwrapKey"], "InvalidAccessError"]
        for plain in ("Line seven", "aa11", "VCALENDAR", PASSPHRASE, "acorn"):
            assert plain not in found[3]
        assert "These pages are private" in found[3]


def test_a_remembered_device_opens_by_itself_until_its_time_is_over(browser: Browser) -> None:
    """For thirty days the page opens by itself, and on the thirtieth it asks again."""
    with hosting(make_vault(Recipe(site()))) as host, open_context(browser) as context:
        page = context.new_page()
        page.clock.set_fixed_time(_NOON)
        page.goto(host.address)
        page.locator("#remember").check()
        unlock(page)
        for later, opens in [(timedelta(days=30, seconds=-1), True), (timedelta(days=30), False)]:
            page.close()
            page = context.new_page()
            page.clock.set_fixed_time(_NOON + later)
            _stop_workers(page)
            # What was remembered is looked at before the page asks for anything.
            with page.expect_response("**/sw.js"):
                page.goto(f"{host.address}aa11/")
            _heading(page, "Second" if opens else "Locked")
        page.close()
        page = context.new_page()
        page.clock.set_fixed_time(_NOON)
        _stop_workers(page)
        page.goto(host.address)
        field(page).wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").inner_text() == "Locked"


def test_a_clock_that_was_put_back_ends_remembering(browser: Browser) -> None:
    """A day before the one of unlocking counts as one after the last."""
    with hosting(make_vault(Recipe(site()))) as host, open_context(browser) as context:
        page = context.new_page()
        page.clock.set_fixed_time(_NOON)
        page.goto(host.address)
        page.locator("#remember").check()
        unlock(page)
        page.close()
        page = context.new_page()
        page.clock.set_fixed_time(_NOON - timedelta(seconds=1))
        _stop_workers(page)
        page.goto(host.address)
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").inner_text() == "Locked"


def test_unless_asked_nothing_is_remembered(browser: Browser) -> None:
    """Without the tick, a closed browser has forgotten the key."""
    with _opened(browser) as (host, context, first):
        first.close()
        page = context.new_page()
        _stop_workers(page)
        page.goto(host.address)
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").inner_text() == "Locked"


def test_lock_forgets_in_every_tab(browser: Browser) -> None:
    """*Lock* shuts every tab at once, a saved picture's too, and forgets a remembered key."""
    pages = {**site(), "bb.txt": b"plain text"}
    with hosting(make_vault(Recipe(pages))) as host, open_context(browser) as context:
        first = context.new_page()
        first.goto(host.address)
        first.locator("#remember").check()
        unlock(first)
        second, third = context.new_page(), context.new_page()
        second.goto(f"{host.address}aa11/")
        _heading(second, "Second")
        third.goto(f"{host.address}bb.txt")
        assert "plain text" in third.content()
        _lock(first)
        for other in (second, third):
            field(other).wait_for()
        _stop_workers(first)
        for page in (first, second, third):
            page.goto(host.address)
            page.wait_for_load_state("networkidle")
            assert page.locator("h1").inner_text() == "Locked"


def test_lock_forgets_what_pages_wrote_down(browser: Browser) -> None:
    """What was typed and not saved is gone from every tab, and which tabs of a text were chosen."""
    typed = (
        "sessionStorage.setItem('typed', 'plain text'); localStorage.setItem('/.__tabs', 'plain')"
    )
    left = "JSON.stringify([Object.keys(sessionStorage), Object.keys(localStorage)])"
    with _opened(browser) as (host, context, page):
        second, third = context.new_page(), context.new_page()
        for other in (second, third):
            other.goto(f"{host.address}aa11/")
            _heading(other, "Second")
        third.evaluate(typed)
        _lock(page)
        for other in (page, second, third):
            field(other).wait_for()
            assert "typed" not in other.evaluate(left)
            assert "__tabs" not in other.evaluate(left)
        page.evaluate(typed)
        assert "typed" in page.evaluate(left)
        unlock(second)
        assert "typed" in page.evaluate(left)
        _lock(second)
        for _ in range(300):
            if "typed" not in page.evaluate(left):
                break
            page.wait_for_timeout(20)
        assert "typed" not in page.evaluate(left)


def test_back_shows_the_locked_page(browser: Browser) -> None:
    """After *Lock*, Back and Forward show the locked page, not what was read before."""
    with _opened(browser) as (_, _, page):
        page.locator("a", has_text="Second").click()
        _heading(page, "Second")
        page.locator("a", has_text="Home").click()
        _heading(page, "Home")
        _lock(page)
        for step in (page.go_back, page.go_back, page.go_forward):
            step()
            _heading(page, "Locked")
            assert "Line seven" not in page.content()


def test_a_worker_that_was_ended_locks_too(browser: Browser) -> None:
    """*Lock* works where the browser has ended the worker meanwhile."""
    with _opened(browser) as (host, context, page):
        other = context.new_page()
        other.goto(f"{host.address}aa11/")
        _heading(other, "Second")
        _stop_workers(page)
        _lock(page)
        field(other).wait_for()


def test_it_opens_without_a_connection(browser: Browser) -> None:
    """What was opened once opens again offline: with the passphrase, and every page of it."""
    with _opened(browser, "/repo/") as (host, context, first):
        first.close()
        host.down = True
        page = context.new_page()
        _stop_workers(page)
        page.goto(f"{host.address}aa11/")
        assert page.title() == "Locked"
        submit(page, "another one")
        assert "does not open it" in message(page)
        unlock(page)
        _heading(page, "Second")
        page.locator("a", has_text="Home").click()
        _heading(page, "Home")


def test_a_spoilt_copy_is_fetched_again(browser: Browser) -> None:
    """Where the kept copy has gone bad, the host's takes its place."""
    with _opened(browser) as (host, _, page):
        spoil = """async name => {
          const store = await caches.open((await caches.keys())[0]);
          await store.put('/' + name, new Response('spoilt'));
        }"""
        page.evaluate(spoil, host.blob)
        _lock(page)
        unlock(page)
        host.down = True
        _lock(page)
        unlock(page)


def test_a_host_in_trouble_is_no_damage(browser: Browser) -> None:
    """An error page of the host's own counts as no connection: the kept copy opens."""
    with _opened(browser) as (host, _, page):
        _lock(page)
        host.status = 503
        page.goto(host.address)
        unlock(page)


def test_a_new_publish_is_opened_with_the_remembered_key(browser: Browser) -> None:
    """The salt is kept: a remembered device opens what was published since."""
    with hosting(make_vault(Recipe(site(), build=100))) as host, open_context(browser) as context:
        page = context.new_page()
        page.goto(host.address)
        page.locator("#remember").check()
        unlock(page)
        page.close()
        host.files = make_vault(Recipe(site(mark=" new"), build=200))
        page = context.new_page()
        _stop_workers(page)
        page.goto(host.address)
        _heading(page, "Home new")


def test_a_new_publish_is_noticed_while_reading(browser: Browser) -> None:
    """An open page finds a new publish by itself, a page or two later; a damaged one changes nothing."""
    with _opened(browser) as (host, _, page):
        broken = make_vault(Recipe(site(mark=" bad"), build=1_700_000_100))
        name = next(file for file in broken if file.startswith("v-"))
        host.files = {**broken, name: broken[name][:-1]}
        _stop_workers(page)
        for _ in range(3):
            page.reload()
            page.wait_for_load_state("networkidle")
            assert page.locator("h1").inner_text() == "Home"
        host.files = make_vault(Recipe(site(mark=" new"), build=1_700_000_200))
        _stop_workers(page)
        page.reload()
        for _ in range(20):
            page.reload()
            if page.locator("h1").inner_text() == "Home new":
                break
        _heading(page, "Home new")


def test_a_changed_passphrase_is_asked_for(browser: Browser) -> None:
    """A remembered key that no longer fits is forgotten, and the page says why it asks."""
    for salt in (b"salt of sixteen.", b"another sixteen."):
        with (
            hosting(make_vault(Recipe(site(), build=100))) as host,
            open_context(browser) as context,
        ):
            page = context.new_page()
            page.goto(host.address)
            page.locator("#remember").check()
            unlock(page)
            page.close()
            changed = Recipe(site(mark=" new"), build=200, passphrase="a new one", salt=salt)
            host.files = make_vault(changed)
            page = context.new_page()
            _stop_workers(page)
            page.goto(host.address)
            assert message(page) == "The passphrase has changed. Type the new one."
            unlock(page, "a new one")
            _heading(page, "Home new")


def test_an_altered_worker_is_not_started(browser: Browser) -> None:
    """A new worker with another sum than the page says is not asked for anything."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        host.files["sw.js"] = b"self.onmessage = () => {};" + host.files["sw.js"]
        page.goto(host.address)
        assert outcome(page) == DAMAGED
        started = "navigator.serviceWorker.getRegistrations().then(found => found.length)"
        assert page.evaluate(started) == 0


def test_an_altered_script_is_not_started(browser: Browser) -> None:
    """A script with another sum than the page says never sees the passphrase."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        host.files["shell.js"] = b"window.RAN = 1;" + host.files["shell.js"]
        page.goto(host.address)
        assert page.evaluate("window.RAN") is None
        assert outcome(page) == DAMAGED


def test_a_browser_that_goes_round_the_worker_is_not_left_turning(browser: Browser) -> None:
    """Where unlocking leads to the locked page again, it says so and stops."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        page.locator("#remember").check()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBypassServiceWorker", {"bypass": True})
        submit(page)
        page.locator("#say b", has_text="cannot open private pages here").wait_for()
