"""The buttons in a real browser: pressed, taken back, by keyboard, on a phone, and on a device alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, serve
from tests.building import CONFIG, build_site, plant
from tests.serving import Preview, serving, until

pytestmark = pytest.mark.xdist_group("browser-buttons")

NOTE = "2026-11-19-acme.md"
TEXT = """\
---
company: Acme Logistics
title: Data Analyst
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
  - {id: lind, name: Jonas Lind, honorific: Mr., role: interviewer, email: j@acme.example}
decision: {by: 2026-12-04}
reminders: [{on: 2026-11-22, what: Ask Sam about the team}]
---
## The job
- Forecasts how many trucks each depot needs. @okafor
- Ms. Okafor leads nine people. @lind
"""
SENT = "  - {on: 2026-11-22, event: sent, touch: thank_you, to: okafor}\n"
TWO_SECONDS = 2_000
DRAFTS = "drafts/2026-11-19-acme/"
# A page that has been made anew has no trace of this.
_MARK = "document.body.dataset.old = ''"


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview, and the note it shows, which is as it was before every test."""

    preview: Preview
    note: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of one note."""
    root = plant(
        tmp_path_factory.mktemp("buttons"), f"== entries/{NOTE}\n{TEXT}== entries/about.md\n# x\n"
    )
    with serving(root) as preview:
        yield Ground(preview, root / "entries" / NOTE)


@pytest.fixture
def ground(running: Ground, request: pytest.FixtureRequest) -> Ground:
    """The same, with the note as it is above, and no page about to be made anew."""
    name = request.node.name
    running.note.write_text(TEXT, encoding="utf-8", newline="\n")
    (running.note.parent / "about.md").write_text(f"# {name}\n", encoding="utf-8")
    while f"<h1>{name}</h1>" not in re.sub(r"<h1 [^>]*>", "<h1>", running.preview.get("about/")):
        until(running.preview.said, "Reloading browsers")
    return running


def row(page: Page, title: str) -> Locator:
    """The row of a follow-up."""
    return page.locator(".fu-row", has=page.get_by_role("heading", name=title, exact=True))


def open_menu(page: Page, title: str) -> Locator:
    """The menu beside a follow-up, opened."""
    menu = page.locator(".fu-menu", has_text=f"More for: {title}")
    menu.locator("summary").click()
    return menu


def made_anew(page: Page) -> None:
    """Wait until the page has been made anew since `_MARK` was put on it."""
    expect(page.locator("body")).not_to_have_attribute("data-old", "", timeout=30_000)
    page.wait_for_load_state("load")


def test_a_press_changes_today_at_once(watch: Open, ground: Ground) -> None:
    """Before the page is made anew the row is gone, and the counts and the first line say so."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.route("**/livereload/**", lambda route: route.abort())
        page.goto(ground.preview.address)
        open_menu(page, "Thank Ms. Okafor").get_by_role("button", name="I sent it").click()
        expect(page.get_by_role("status")).to_have_text("Thanked Ms. Okafor.")
        expect(row(page, "Thank Ms. Okafor")).to_be_hidden()
        expect(page.locator(".fu-sec--late .fu-count")).to_have_text("1")
        expect(page.locator("[data-fu-lede]")).to_have_text("One is late, one is due today.")
        assert ground.note.read_text(encoding="utf-8").count(SENT) == 1


def test_the_page_that_is_made_anew_says_what_was_done(watch: Open, ground: Ground) -> None:
    """The thanks stand among what was done this week, and the sentence is still there."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        page.evaluate(_MARK)
        open_menu(page, "Thank Ms. Okafor").get_by_role("button", name="I sent it").click()
        made_anew(page)
        expect(page.get_by_text("Thanked Ms. Okafor, Acme Logistics")).to_be_visible()
        expect(row(page, "Thank Ms. Okafor")).to_have_count(0)
        expect(page.get_by_role("status")).to_have_text("Thanked Ms. Okafor.")
    assert watching.complaints == []
    assert watching.left == []


def test_undo_takes_it_back_after_the_page_was_made_anew(watch: Open, ground: Ground) -> None:
    """The note has its bytes again, and Today its row."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        page.evaluate(_MARK)
        open_menu(page, "Thank Ms. Okafor").get_by_role("button", name="I sent it").click()
        made_anew(page)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_have_text("Taken back: Thanked Ms. Okafor.")
        assert ground.note.read_text(encoding="utf-8") == TEXT
        expect(row(page, "Thank Ms. Okafor")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("status")).to_have_text("")


def test_what_is_put_off_goes_to_its_day_at_once(watch: Open, ground: Ground) -> None:
    """The row stands among those of the next seven days, with its new date."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.route("**/livereload/**", lambda route: route.abort())
        page.goto(ground.preview.address)
        open_menu(page, "Thank Mr. Lind").get_by_role(
            "button", name="Snooze until tomorrow"
        ).click()
        moved = page.locator('[data-bucket="week"] .fu-row', has_text="Thank Mr. Lind")
        expect(moved).to_be_visible()
        expect(moved.locator("time")).to_have_text("Mon 23 Nov")
        expect(moved.locator(".fu-rel")).to_have_text("tomorrow")
        moved.locator("summary").click()
        expect(moved.get_by_role("button", name="Snooze for a week")).to_be_visible()
        expect(moved.get_by_role("button", name="Snooze until tomorrow")).to_be_hidden()


def test_it_works_by_keyboard_alone(watch: Open, ground: Ground) -> None:
    """Escape gives the focus back; after a press it is on the next row, and stays there."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        first = row(page, "Thank Ms. Okafor").locator("summary")
        first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".fu-menu[open]")).to_have_count(1)
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="I sent it")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".fu-menu[open]")).to_have_count(0)
        expect(first).to_be_focused()
        page.evaluate(_MARK)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        second = row(page, "Thank Mr. Lind").locator("summary")
        expect(second).to_be_focused()
        made_anew(page)
        expect(second).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(10):
            page.keyboard.press("Tab")
        expect(page.locator(".fu-menu[open]")).to_have_count(0)


def test_a_menu_closes_when_something_else_is_wanted(watch: Open, ground: Ground) -> None:
    """A click outside closes it, and so does another menu."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        open_menu(page, "Thank Ms. Okafor")
        page.get_by_role("heading", name="Today", exact=True).click()
        expect(page.locator(".fu-menu[open]")).to_have_count(0)
        open_menu(page, "Ask Sam about the team")
        expect(page.get_by_role("button", name="I did it")).to_be_visible()
        open_menu(page, "Thank Mr. Lind")
        expect(page.locator(".fu-menu[open]")).to_have_count(1)
        expect(page.get_by_role("button", name="I did it")).to_be_hidden()


def test_the_place_is_kept(watch: Open, ground: Ground) -> None:
    """What was scrolled to stands where it stood, and what was unfolded stays so."""
    with watch(ground.preview.address, viewport={"width": 900, "height": 500}) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        page.locator("summary", has_text="Later").click()
        later = page.locator('[data-bucket="later"] .fu-row:visible').last
        later.scroll_into_view_if_needed()
        top = later.bounding_box()
        page.evaluate(_MARK)
        text = TEXT.replace("nine people", "ten people")
        ground.note.write_text(text, encoding="utf-8")
        made_anew(page)
        expect(later).to_be_visible()
        now = later.bounding_box()
        assert top
        assert now
        assert abs(now["y"] - top["y"]) < 2


def test_several_can_be_pressed_in_a_row(watch: Open, ground: Ground) -> None:
    """A menu that was opened while the page was made anew is open again."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        page.evaluate(_MARK)
        open_menu(page, "Thank Ms. Okafor").get_by_role("button", name="I sent it").click()
        expect(page.get_by_role("status")).to_have_text("Thanked Ms. Okafor.")
        menu = open_menu(page, "Thank Mr. Lind")
        made_anew(page)
        menu.get_by_role("button", name="I sent it").click()
        expect(page.get_by_role("status")).to_have_text("Thanked Mr. Lind.")
        assert ground.note.read_text(encoding="utf-8").count("event: sent") == 2


def test_an_answer_that_was_missed_is_told_again(watch: Open, ground: Ground) -> None:
    """The page may be made anew while a press is on its way; it can still be taken back."""
    press = "button => { button.click(); location.reload(); }"
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        menu = open_menu(page, "Thank Ms. Okafor")
        menu.get_by_role("button", name="I sent it").evaluate(press)
        expect(page.get_by_role("status")).to_have_text("Thanked Ms. Okafor.", timeout=30_000)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_have_text("Taken back: Thanked Ms. Okafor.")
        assert ground.note.read_text(encoding="utf-8") == TEXT


def test_every_page_with_an_open_follow_up_has_them(watch: Open, ground: Ground) -> None:
    """Drafts show the first as a button; all of them also ask how it went on."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        letter = page.locator(".fu-draft#lind")
        expect(letter.get_by_role("button", name="I sent it")).to_be_visible()
        expect(open_menu(page, "Thank Mr. Lind").get_by_role("button")).to_have_text(
            [
                "Snooze until tomorrow",
                "Snooze for a week",
                "They wrote back",
                "They invited me",
                "They said no",
                "Skip it",
            ]
        )
        for address in ("", "notes/2026-11-19-acme/", "companies/acme-logistics/"):
            page.goto(ground.preview.address + address)
            menu = open_menu(page, "Thank Mr. Lind")
            for words in ("I sent it", "They invited me", "They said no"):
                expect(menu.get_by_role("button", name=words)).to_be_visible()
        page.evaluate(_MARK)
        menu.get_by_role("button", name="They said no").click()
        expect(page.get_by_role("status")).to_contain_text("Noted that Acme Logistics said no. ")
        expect(row(page, "Thank Mr. Lind")).to_be_hidden()
        made_anew(page)
        expect(page.locator(".fu-head .fu-chip")).to_have_text("Rejected")


def test_a_letter_says_that_it_was_sent(watch: Open, ground: Ground) -> None:
    """After the press the drafts page is made anew, and the focus has somewhere to be."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        page.evaluate(_MARK)
        page.locator(".fu-draft#okafor").get_by_role("button", name="I sent it").press("Enter")
        expect(page.get_by_role("status").last).to_have_text("Thanked Ms. Okafor.")
        made_anew(page)
        expect(page.locator(".fu-draft#okafor .fu-chip").first).to_have_text("Sent")
        expect(page.get_by_role("button", name="Undo")).to_be_focused()


def test_what_is_refused_is_said_on_the_page(watch: Open, ground: Ground) -> None:
    """The sentence stands where the answer would, and nothing was written."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.route("**/livereload/**", lambda route: route.abort())
        page.goto(ground.preview.address)
        ground.note.write_text(TEXT.replace("format: panel", "format: pannel"), encoding="utf-8")
        open_menu(page, "Thank Ms. Okafor").get_by_role("button", name="I sent it").click()
        expect(page.locator(".fu-toast")).to_contain_text("The note has an error in line 4.")
        expect(row(page, "Thank Ms. Okafor")).to_be_visible()
        assert "event: sent" not in ground.note.read_text(encoding="utf-8")
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_broken_note_reaches_an_open_page(watch: Open, ground: Ground) -> None:
    """The banner comes by itself, also to a reader far below it, and goes by itself."""
    with watch(ground.preview.address, viewport={"width": 900, "height": 300}) as watching:
        page = watching.page
        page.goto(ground.preview.address)
        page.get_by_role("heading", name="Notes to finish").scroll_into_view_if_needed()
        ground.note.write_text(TEXT.replace("format: panel", "format: pannel"), encoding="utf-8")
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("One problem in your notes", timeout=30_000)
        expect(banner).to_contain_text("unknown interview format “pannel”")
        expect(page.locator(".fu-toast")).to_contain_text("One problem in your notes. ")
        expect(row(page, "Thank Ms. Okafor")).to_be_attached()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        ground.note.write_text(TEXT, encoding="utf-8")
        expect(banner).to_have_count(0, timeout=30_000)
    assert watching.left == []


LOOKS = [("light", 1280), ("dark", 390), ("light", 320)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_everybody_can_use_the_buttons(
    watch: Open, ground: Ground, scheme: str, width: int
) -> None:
    """An automatic check finds nothing to mend; on a phone all is 44 pixels high and fits."""
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watch(ground.preview.address, reduced_motion="reduce", **looks) as watching:
        page = watching.page
        page.route("**/livereload/**", lambda route: route.abort())
        for address in ("", DRAFTS, "notes/2026-11-19-acme/", "companies/acme-logistics/"):
            page.goto(ground.preview.address + address)
            menu = open_menu(page, "Thank Mr. Lind")
            menu.get_by_role("button", name="They wrote back").click()
            expect(page.locator(".fu-toast")).to_contain_text("Acme Logistics wrote back.")
            menu.locator("summary").click()
            check(page, width)
            if width < 900:
                for part in (menu.locator("summary"), *menu.locator("button:visible").all()):
                    fits(part, width)
            page.get_by_role("button", name="Undo").click()
            expect(page.locator(".fu-toast")).to_contain_text("Taken back: ")
            assert ground.note.read_text(encoding="utf-8") == TEXT


def fits(part: Locator, width: int) -> None:
    """Fail unless this can be hit with a finger, on a screen of this width."""
    box = part.bounding_box()
    assert box
    assert box["height"] >= 44, part
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def check(page: Page, width: int) -> None:
    """Fail if an automatic check finds something, or the page can be moved sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_sample_changes_within_two_seconds(watch: Open, root: Path, tmp_path: Path) -> None:
    """From the click to Today without the row, on the search that ships."""
    shutil.copytree(root / "entries", tmp_path / "entries")
    shutil.copy(root / "mkdocs.yml", tmp_path)
    with serving(tmp_path) as preview, watch(preview.address) as watching:
        page = watching.page
        page.goto(preview.address)
        count = page.locator(".fu-sec--late .fu-count")
        before = int(count.inner_text())
        first = page.locator(".fu-sec--late .fu-row:visible").first
        first.locator("summary").click()
        first.get_by_role("button", name="I sent it").click()
        expect(count).to_have_text(str(before - 1), timeout=TWO_SECONDS)


# ---- any other copy: kept on the device -------------------------------------------------------

_KEPT = "Object.keys(localStorage).filter(key => key.startsWith('followup'))"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same note in a built site below an address of its own."""
    root = plant(tmp_path_factory.mktemp("copy"), f"== entries/{NOTE}\n{TEXT}")
    built = build_site(root, root / "out" / "search")
    assert built.error is None, built.text
    with serve(root / "out") as origin:
        yield f"{origin}search/"


def keep(page: Page, title: str, words: str) -> None:
    """Press a button beside a row that is kept on the device."""
    open_menu(page, title).get_by_role("button", name=words).click()


def test_a_copy_keeps_it_on_the_device(watch: Open, copy: str) -> None:
    """The item is hidden on every page, without a request; only uid, event and day are kept."""
    with watch(copy) as watching:
        page = watching.page
        page.goto(copy, wait_until="networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        keep(page, "Thank Ms. Okafor", "I sent it")
        keep(page, "Thank Mr. Lind", "Snooze for a week")
        expect(page.locator("[data-fu-lede]")).to_have_text("One is due today.")
        assert asked == []
        assert page.evaluate(_KEPT) == ["followup-kept:/search/"]
        kept = page.evaluate("JSON.parse(localStorage['followup-kept:/search/'])")
        assert [sorted(one) for one in kept] == [
            ["event", "on", "uid"],
            ["event", "on", "uid", "until"],
        ]
        assert [(one["event"], one["on"]) for one in kept] == [
            ("sent", "2026-11-22"),
            ("snoozed", "2026-11-22"),
        ]
        page.reload()
        expect(page.get_by_text("Hidden on this device: 2")).to_be_visible()
        expect(row(page, "Thank Ms. Okafor")).to_be_hidden()
        page.goto(copy + DRAFTS)
        expect(page.locator(".fu-draft#okafor")).to_be_hidden()
        expect(page.locator(".fu-jump").get_by_text("Ms. Okafor", exact=True)).to_be_hidden()
        for address in ("", "notes/2026-11-19-acme/", "companies/acme-logistics/"):
            page.goto(copy + address)
            expect(
                page.get_by_text("Thank Ms. Okafor", exact=True).filter(visible=True)
            ).to_have_count(0)
    assert watching.complaints == []
    assert watching.left == []


def test_the_lines_for_the_notes_are_what_the_command_takes(watch: Open, copy: str) -> None:
    """They can be read and copied; each is a `followup log` with the day."""
    with watch(copy, permissions=["clipboard-read", "clipboard-write"]) as watching:
        page = watching.page
        page.goto(copy)
        lind = row(page, "Thank Mr. Lind").get_attribute("data-fu-uid")
        keep(page, "Thank Mr. Lind", "Snooze until tomorrow")
        keep(page, "Ask Sam about the team", "I did it")
        page.get_by_role("button", name="Copy the lines for your notes").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        first, second = copied.splitlines()
        assert lind
        assert first == f"followup log {lind[:8]} snoozed --until 2026-11-23 --on 2026-11-22"
        assert re.fullmatch(r"followup log [0-9a-f]{8} sent --on 2026-11-22", second)
        expect(page.locator(".fu-kept pre")).to_be_hidden()
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".fu-kept pre")).to_have_text(copied)
        check(page, 1280)


def test_what_is_hidden_can_be_put_back(watch: Open, copy: str) -> None:
    """At once by Undo, and any time later from the list."""
    with watch(copy) as watching:
        page = watching.page
        page.goto(copy)
        keep(page, "Thank Ms. Okafor", "I sent it")
        page.get_by_role("button", name="Undo").click()
        expect(row(page, "Thank Ms. Okafor")).to_be_visible()
        keep(page, "Thank Ms. Okafor", "I sent it")
        page.reload()
        page.get_by_role("button", name="Show").click()
        page.get_by_role("button", name="Put it back").click()
        expect(row(page, "Thank Ms. Okafor")).to_be_visible()
        expect(page.get_by_text("Hidden on this device")).to_have_count(0)
        assert page.evaluate(_KEPT) == []


def test_what_a_newer_copy_knows_of_is_let_go(watch: Open, tmp_path: Path) -> None:
    """Once the note says that it was sent, the device need not; what was put off comes on its day."""
    root = plant(tmp_path, f"== entries/{NOTE}\n{TEXT}")
    site = build_site(root, root / "out").site
    with serve(site) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(origin)
        keep(page, "Thank Ms. Okafor", "I sent it")
        keep(page, "Thank Mr. Lind", "Snooze until tomorrow")
        text = TEXT.replace("---\n## The job", f"log:\n{SENT}---\n## The job")
        (root / "entries" / NOTE).write_text(text, encoding="utf-8")
        build_site(root, site)
        page.goto(origin)
        expect(page.get_by_text("Hidden on this device: 1")).to_be_visible()
        (root / "mkdocs.yml").write_text(CONFIG.replace("11-22", "11-23"), encoding="utf-8")
        build_site(root, site)
        page.goto(origin)
        expect(page.get_by_text("Hidden on this device")).to_have_count(0)
        expect(row(page, "Thank Mr. Lind")).to_be_visible()
        assert page.evaluate(_KEPT) == []


@pytest.mark.parametrize("stored", ["x", "{}", "[null]", '[{"uid": "<b>", "event": "sent"}]'])
def test_what_is_no_entry_is_ignored(watch: Open, copy: str, stored: str) -> None:
    """Whatever stands in the browser's store, the page works."""
    with watch(copy) as watching:
        page = watching.page
        page.goto(copy)
        page.evaluate("text => localStorage.setItem('followup-kept:/search/', text)", stored)
        page.reload()
        keep(page, "Thank Ms. Okafor", "I sent it")
        expect(page.get_by_text("Hidden on this device: 1")).to_be_visible()
    assert watching.complaints == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_everybody_can_use_what_is_kept(watch: Open, copy: str, scheme: str, width: int) -> None:
    """An automatic check finds nothing to mend in the menu, the sentence and the list."""
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watch(copy, reduced_motion="reduce", **looks) as watching:
        page = watching.page
        for address in ("", DRAFTS, "notes/2026-11-19-acme/", "companies/acme-logistics/"):
            page.goto(copy + address)
            open_menu(page, "Thank Mr. Lind").get_by_role("button", name="I sent it").click()
            page.get_by_role("button", name="Show").click()
            open_menu(page, "Thank Ms. Okafor")
            check(page, width)
            page.keyboard.press("Escape")
            page.get_by_role("button", name="Undo").click()


def test_without_a_script_there_is_nothing_to_press(watch: Open, copy: str, ground: Ground) -> None:
    """A copy is whole without its script, and the preview shows no button that would do nothing."""
    for address in (copy, ground.preview.address, ground.preview.address + DRAFTS):
        with watch("http://127.0.0.1", java_script_enabled=False) as watching:
            page = watching.page
            page.goto(address)
            expect(page.locator(".fu-menu:visible, [data-fu-log]:visible")).to_have_count(0)
            expect(page.get_by_text("Okafor").filter(visible=True).first).to_be_visible()


def test_the_sample_has_nothing_to_press_that_writes(sample_site: Path) -> None:
    """No page of the built sample has a button of the preview."""
    for page in sample_site.rglob("*.html"):
        assert "data-fu-log" not in page.read_text(encoding="utf-8"), page
