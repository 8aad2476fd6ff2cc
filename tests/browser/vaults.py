"""What the tests of the vault do with a locked page, and the small site behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

from tests.browser.vault_maker import PASSPHRASE

WRONG = "That passphrase does not open it. Check for a missing word or a space."
DAMAGED = "The file is damaged. Publish again, then reload."
OLDER = "This copy is older than the one you saw last. Ask who changed it before you go on."
UNREACHABLE = "The pages could not be fetched. Check the connection, then try again."

_PAGE = """\
<!doctype html>
<html lang="en"><title>{title}</title><script src="{base}shell.js" data-fu-open defer></script>
<button data-fu-lock>Lock</button>
<h1>{title}</h1>
<ul><li><a href="{base}">Home</a><li><a href="{base}aa11/">Second</a>
<li><a href="{base}c.ics">Calendar</a><li><a href="{base}d.eml">Mail</a></ul>
<p id="L7">Line seven
"""
# What a page says when its script has not come is shown late, so that it does not flash.
_LATE = "document.getAnimations().forEach(animation => animation.finish())"
_PAINTED = """() => new Promise(resolve => new PerformanceObserver(list => {
  const [found] = list.getEntriesByName("first-contentful-paint");
  if (found) resolve(found.startTime);
}).observe({type: "paint", buffered: true}))"""
_STATE = """() => {
  const unready = document.querySelector("#unready");
  if (unready) return getComputedStyle(unready).visibility === "visible" ? unready.innerText : null;
  const said = ["#say", "#stop"].map(place => document.querySelector(place)?.innerText || "").join("");
  const locked = document.querySelector(".lock");
  if (!locked) return document.querySelector("h1") ? "" : null;
  return said || null;
}"""


def site(base: str = "/", mark: str = "") -> dict[str, bytes]:
    """A small site: two pages, a 404, a calendar file, a mail, a sound."""

    def page(title: str) -> bytes:
        return _PAGE.format(title=title + mark, base=base).encode()

    return {
        "index.html": page("Home"),
        "aa11/index.html": page("Second"),
        "404.html": page("No such page"),
        "c.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "d.eml": b"Subject: Thank you\r\n\r\nHello\r\n",
        "sound.mp3": b"0123456789",
    }


@contextmanager
def open_context(browser: Browser, **settings: object) -> Iterator[BrowserContext]:
    """A browser as on its first day; it ends with the test."""
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    try:
        yield context
    finally:
        context.close()


@contextmanager
def open_page(browser: Browser, **settings: object) -> Iterator[Page]:
    """A page of such a browser."""
    with open_context(browser, **settings) as context:
        yield context.new_page()


def field(page: Page) -> Locator:
    """Where the passphrase is typed."""
    return page.get_by_label("Passphrase", exact=True)


def submit(page: Page, passphrase: str = PASSPHRASE) -> None:
    """Type a passphrase and press the button."""
    field(page).fill(passphrase)
    page.get_by_role("button", name="Unlock").click()


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    """Unlock, and be where that leads."""
    submit(page, passphrase)
    page.locator("h1").filter(has_not_text="Locked").wait_for()


def message(page: Page) -> str:
    """What the locked page says beside its field."""
    page.locator("#say b").wait_for()
    return page.locator("#say").inner_text()


def state(page: Page) -> str:
    """What the page says once it says something, or nothing if it is a page of the site."""
    for _ in range(300):
        # A page that is being left answers no questions.
        with suppress(Error):
            page.evaluate(_LATE)
            found: str | None = page.evaluate(_STATE)
            if found is not None:
                return found
        page.wait_for_timeout(50)
    raise AssertionError("the page says nothing: " + page.content())


def outcome(page: Page, passphrase: str = PASSPHRASE) -> str:
    """What it says to the right passphrase; nothing if that opens it."""
    page.evaluate(_LATE)
    ready = page.locator("#unready").count() == 0
    if ready and not page.locator("#say").inner_text():
        submit(page, passphrase)
    return state(page)


def opening(page: Page, address: str, passphrase: str = PASSPHRASE) -> float:
    """The seconds from the right passphrase to the home page."""
    page.goto(address)
    page.locator(".lock").wait_for()
    begun = time.monotonic()
    submit(page, passphrase)
    page.locator(".fu-head h1").wait_for()
    return time.monotonic() - begun


def painted(page: Page) -> float:
    """The seconds from asking for a page to seeing its first words."""
    return float(page.evaluate(_PAINTED)) / 1000
