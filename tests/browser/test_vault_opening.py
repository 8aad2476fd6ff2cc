"""The locked page in a real browser: who gets in, where to, and what it says to everybody else."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.vault_maker import PASSPHRASE, ROUNDS, SHELL, Recipe, hosting, make_vault
from tests.browser.vaults import (
    WRONG,
    field,
    message,
    open_page,
    outcome,
    site,
    submit,
    unlock,
)


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_the_passphrase_opens_the_home_page(browser: Browser, base: str) -> None:
    """At the root of a host and below it, the passphrase leads to the home page."""
    with (
        hosting(make_vault(Recipe(site(base), base=base)), base) as host,
        open_page(browser) as page,
    ):
        page.goto(host.address)
        assert page.title() == "Locked"
        unlock(page)
        assert page.locator("h1").inner_text() == "Home"
        assert page.url == host.address


def test_another_passphrase_does_not(browser: Browser) -> None:
    """A wrong passphrase is called wrong, the field keeps the focus, and the right one still opens."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        submit(page, PASSPHRASE + "s")
        assert message(page) == WRONG
        assert field(page).get_attribute("aria-invalid") == "true"
        assert page.evaluate("document.activeElement.id") == "pass"
        assert page.locator("#say").get_attribute("role") == "status"
        unlock(page)
        assert page.locator("h1").inner_text() == "Home"


@pytest.mark.parametrize(
    "typed",
    [
        f"  {PASSPHRASE} ",
        PASSPHRASE.replace(" ", "\u00a0 \u3000"),
        PASSPHRASE.replace("f", "\uff46"),
    ],
)
def test_how_it_is_typed_does_not_matter(browser: Browser, typed: str) -> None:
    """Blanks more or less, and other forms of the same letters, open the same vault."""
    assert typed != PASSPHRASE
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page, typed)


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_a_link_leads_to_its_page_after_unlocking(browser: Browser, base: str) -> None:
    """A page's own address opens that page, at its anchor, once the passphrase is there."""
    with (
        hosting(make_vault(Recipe(site(base), base=base)), base) as host,
        open_page(browser) as page,
    ):
        page.goto(f"{host.address}aa11/#L7")
        unlock(page)
        assert page.locator("h1").inner_text() == "Second"
        assert page.url == f"{host.address}aa11/#L7"


def test_addresses_below_the_scope(browser: Browser) -> None:
    """A page without its slash is found, an unknown one gets the site's own 404, Range is kept to."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(f"{host.address}aa11")
        unlock(page)
        assert page.url == f"{host.address}aa11/"
        missing = page.goto(f"{host.address}nothing/here")
        assert missing
        assert missing.status == 404
        assert page.locator("h1").inner_text() == "No such page"
        part = page.evaluate(
            """() => fetch('/sound.mp3', {headers: {Range: 'bytes=2-4'}}).then(async answer =>
              [answer.status, answer.headers.get('Content-Range'), await answer.text()])"""
        )
        assert part == [206, "bytes 2-4/10", "234"]
        for method, status in [("HEAD", 200), ("POST", 405)]:
            sent = "([method]) => fetch('/aa11/', {method}).then(answer => answer.status)"
            assert page.evaluate(sent, [method]) == status
        odd = "() => fetch('/constructor').then(answer => answer.status)"
        assert page.evaluate(odd) == 404


def test_headers_of_every_answer(browser: Browser) -> None:
    """Pages are not stored, not sniffed, not indexed, and come under the policy of their publisher."""
    headers = {"Content-Security-Policy": "default-src 'self'", "Permissions-Policy": "camera=()"}
    with hosting(make_vault(Recipe(site(), headers=headers))) as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page)
        answer = page.goto(f"{host.address}aa11/")
        assert answer
        assert answer.from_service_worker
        found = answer.headers
        assert found["cache-control"] == "private, no-store"
        assert found["x-content-type-options"] == "nosniff"
        assert found["referrer-policy"] == "no-referrer"
        assert found["x-robots-tag"] == "noindex, nofollow, noarchive"
        assert found["content-type"] == "text/html; charset=utf-8"
        assert found["content-security-policy"] == "default-src 'self'"
        assert found["permissions-policy"] == "camera=()"


def test_without_a_policy_nothing_inline_runs(browser: Browser) -> None:
    """Where the publisher gives no policy, the worker's own lets no inline script run."""
    pages = site()
    pages["index.html"] += b"<script>window.RAN = 1</script>"
    loose = {"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"}
    for headers, ran in [({}, None), (loose, 1)]:
        with (
            hosting(make_vault(Recipe(pages, headers=headers))) as host,
            open_page(browser) as page,
        ):
            page.goto(host.address)
            unlock(page)
            assert page.evaluate("window.RAN") == ran


@pytest.mark.parametrize("name", ["c.ics", "d.eml"])
def test_files_for_other_programs_are_saved(browser: Browser, name: str) -> None:
    """A calendar file and a mail are saved under their names, and the host is not asked for them."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page)
        with page.expect_download() as saving:
            page.locator(f'a[href="/{name}"]').click()
        assert saving.value.suggested_filename == name
        told = "name => fetch(name).then(answer => answer.headers.get('Content-Disposition'))"
        assert page.evaluate(told, name) == f"attachment; filename*=UTF-8''{name}"
        assert saving.value.path().read_bytes() == site()[name]
        assert f"/{name}" not in host.asked


def test_the_host_learns_no_address(browser: Browser) -> None:
    """What the host is asked for has the names of published files, whatever is read."""
    vault = make_vault(Recipe(site("/repo/"), base="/repo/"))
    with hosting(vault, "/repo/") as host, open_page(browser) as page:
        page.goto(host.address)
        unlock(page)
        for address in ("aa11/", "nothing", "c.ics?x=1", "aa11"):
            page.evaluate("address => fetch(address).then(answer => answer.text())", address)
        page.locator("a", has_text="Second").click()
        page.locator("h1", has_text="Second").wait_for()
        published = {"/repo/", *(f"/repo/{name}" for name in vault)}
        assert set(host.asked) - {"/favicon.ico"} <= published


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "begins with https"),
        ("delete Navigator.prototype.serviceWorker", "Leave its private mode"),
        ("delete window.DecompressionStream", "too old"),
        ("delete AbortSignal.timeout", "too old"),
        ("Object.defineProperty(window, 'crypto', {value: {}})", "too old"),
    ],
)
def test_a_browser_that_cannot_is_told_so(browser: Browser, change: str, words: str) -> None:
    """Without a secure address, workers or what decrypts, the page says so and asks for nothing."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.add_init_script(change)
        page.goto(host.address)
        stopped = page.get_by_role("alert").filter(has_text=words)
        stopped.wait_for()
        assert not field(page).is_visible()


def test_without_storage_the_box_cannot_be_ticked(browser: Browser) -> None:
    """Where a browser stores nothing, remembering is not on offer; opening is."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.add_init_script(
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
        )
        page.goto(host.address)
        page.locator("#remember[disabled]").wait_for()
        unlock(page)


def test_a_lock_that_is_too_weak_is_refused(browser: Browser) -> None:
    """Fewer rounds than 600,000 are refused before anybody types a passphrase."""
    for rounds, stays_shut in [(ROUNDS - 1, True), (ROUNDS, False)]:
        with (
            hosting(make_vault(Recipe(site(), rounds=rounds))) as host,
            open_page(browser) as page,
        ):
            page.goto(host.address)
            if stays_shut:
                assert "protects its passphrase too little" in message(page)
            assert (outcome(page) != "") == stays_shut


def test_a_passphrase_is_sent_nowhere(browser: Browser) -> None:
    """Where the script does not come, the form sends nothing, and the page says what is wrong."""
    vault = make_vault(Recipe(site()))
    vault["shell.js"] = b"("
    with hosting(vault) as host, open_page(browser) as page:
        page.goto(host.address)
        page.wait_for_load_state("networkidle")
        before = list(host.asked)
        field(page).fill(PASSPHRASE)
        field(page).press("Enter")
        page.get_by_role("button", name="Unlock").click()
        page.wait_for_load_state()
        assert page.url == host.address
        assert host.asked == before
        assert "damaged" in outcome(page)


def test_the_keyboard_is_enough(browser: Browser) -> None:
    """The field has the focus, Tab reaches show, remember and the button, Enter unlocks."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        # The browser gives the focus once it has drawn the page.
        page.locator("#pass:focus").wait_for()
        assert page.evaluate("document.activeElement.id") == "pass"
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert field(page).get_attribute("type") == "text"
        page.keyboard.press("Space")
        assert field(page).get_attribute("type") == "password"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.locator("#remember").is_checked()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("h1", has_text="Home").wait_for()


def test_it_says_that_it_is_at_work(browser: Browser) -> None:
    """While it works the button says so and cannot be pressed again."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(browser) as page:
        page.goto(host.address)
        page.evaluate(
            """() => new MutationObserver(() => { window.SAID ??= document.querySelector('button').textContent
              + document.querySelector('button').disabled; }).observe(document.querySelector('button'),
              {attributes: true})"""
        )
        submit(page, "another one")
        assert message(page) == WRONG
        assert page.evaluate("window.SAID") == "Unlocking…true"
        assert page.get_by_role("button").inner_text() == "Unlock"


_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_everybody_can_use_the_locked_page(browser: Browser, scheme: str, width: int) -> None:
    """An automatic check finds nothing to mend, nothing scrolls sideways, targets are large."""
    with (
        hosting(make_vault(Recipe(site()))) as host,
        open_page(browser, color_scheme=scheme, viewport={"width": width, "height": 700}) as page,
    ):
        page.goto(host.address)
        submit(page, "another one")
        assert message(page) == WRONG
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
        assert page.evaluate(_OVERFLOW) == 0
        for part in ("#pass", "button", ".lock__check >> nth=0", ".lock__check >> nth=1"):
            box = page.locator(part).bounding_box()
            assert box
            assert box["height"] >= 44, part
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


def test_a_phone_can_install_it(whole_browser: Browser) -> None:
    """The browser has nothing against it but that a test's window is a private one."""
    with hosting(make_vault(Recipe(site()))) as host, open_page(whole_browser) as page:
        page.goto(host.address)
        page.wait_for_load_state("networkidle")
        session = page.context.new_cdp_session(page)
        told = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [fault["errorId"] for fault in told] == ["in-incognito"]


def test_nothing_tells_what_the_pages_are() -> None:
    """No file of the shell has a word about what it hides."""
    words = re.compile(r"job|interview|applic|compan|employ|recruit|career|hiring|follow-?up", re.I)
    for file in SHELL.iterdir():
        text = file.read_bytes().decode("latin-1").replace("application/", "")  # of media types
        assert words.findall(text) == [], file.name
    assert words.findall("Your job applications")
