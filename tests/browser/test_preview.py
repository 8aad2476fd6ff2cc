"""The local preview in a real browser: what can be pressed there, and what another site can do."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Open, serve
from tests.building import plant
from tests.serving import Preview, Recorder, make_editor, serving

pytestmark = pytest.mark.xdist_group("browser-preview")

NOTE = "2026-11-19-acme.md"
DRAFTS = "drafts/2026-11-19-acme/"
# A gap that names its line, another that only names the note.
TEXT = """\
---
company: Acme Logistics
title: Data Analyst
interview: {format: panel, start: 2026-11-19 14:00}
people:
  - {id: okafor, name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n@acme.example}
  - {id: lind, name: Jonas Lind, role: interviewer, email: j@acme.example}
---
## The job
- Forecasts how many trucks each depot needs. @okafor
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview and the editor it opens."""

    preview: Preview
    editor: Recorder
    note: Path


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of one note with gaps."""
    root = plant(tmp_path_factory.mktemp("preview"), f"== entries/{NOTE}\n{TEXT}")
    editor = make_editor(root)
    with serving(root, FOLLOWUP_EDITOR=shlex.quote(str(editor.program))) as preview:
        yield Ground(preview, editor, root / "entries" / NOTE)


FILL = ".fu-draft#okafor .fu-btn--main"


def test_fill_the_gap_opens_the_editor(watch: Open, ground: Ground) -> None:
    """The button opens the line and says so where a screen reader hears it; the page stays."""
    before = len(ground.editor.calls)
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        said = page.locator("#okafor--said")
        expect(said).to_have_role("status")
        expect(said).to_have_text("Fill the gap opens line 9 in your editor.")
        expect(page.locator(FILL)).to_have_accessible_description(
            "Fill the gap opens line 9 in your editor."
        )
        page.locator(FILL).click()
        expect(said).to_have_text("Opened line 9 in code.")
        assert page.url == ground.preview.address + DRAFTS
    assert ground.editor.calls[before:] == [["--goto", f"{ground.note}:9"]]
    assert watching.complaints == []
    assert watching.left == []


def test_questions_and_remarks_lead_to_their_lines(watch: Open, ground: Ground) -> None:
    """Beside the letter each place opens in the editor too, by keyboard; its answer stands there."""
    before = len(ground.editor.calls)
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        for part, line in ((".fu-card--late", 9), ("section:has(.fu-advice)", 7)):
            box = page.locator(f".fu-draft#lind aside {part}")
            link = box.get_by_role("link", name=f"line {line} in your editor").first
            link.focus()
            page.keyboard.press("Enter")
            expect(box.get_by_role("status")).to_have_text(f"Opened line {line} in code.")
    assert [call[-1][-2:] for call in ground.editor.calls[before:]] == [":9", ":7"]


def test_a_note_is_edited_where_one_is(watch: Open, ground: Ground) -> None:
    """On a note's page the editor opens at its first line, or at the one a link has led to."""
    before = len(ground.editor.calls)
    for anchor, line in (("", 1), ("#L10", 10), ("#L10x", 1)):
        with watch(ground.preview.address) as watching:
            page = watching.page
            page.goto(f"{ground.preview.address}notes/2026-11-19-acme/{anchor}")
            page.get_by_role("button", name="Edit the note").press("Enter")
            said = page.locator(".fu-head").get_by_role("status")
            expect(said).to_have_text(f"Opened line {line} in code.")
        assert ground.editor.calls[before:] == [["--goto", f"{ground.note}:{line}"]]
        before += 1


def test_a_link_stays_a_link(watch: Open, ground: Ground) -> None:
    """Opened in another tab, or without JavaScript, it leads to the line on the note's page."""
    before = len(ground.editor.calls)
    with watch(ground.preview.address) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        with page.context.expect_page() as opened:
            page.locator(FILL).click(modifiers=["ControlOrMeta"])
        opened.value.wait_for_url("**/notes/2026-11-19-acme/#L9")
    with watch(ground.preview.address, java_script_enabled=False) as watching:
        page = watching.page
        page.goto(ground.preview.address + DRAFTS)
        expect(page.get_by_text("in your editor").filter(visible=True)).to_have_count(0)
        page.locator(FILL).click()
        assert page.url.endswith("/notes/2026-11-19-acme/#L9")
        expect(page.get_by_role("button", name="Edit the note")).to_be_hidden()
    assert len(ground.editor.calls) == before


def test_what_went_wrong_is_said_beside_a_way_on(watch: Open, tmp_path: Path) -> None:
    """Without an editor, and without a preview, the page says why and links to the note's page."""
    root = plant(tmp_path, f"== entries/{NOTE}\n{TEXT}")
    with watch("http://127.0.0.1") as watching:
        page = watching.page
        said = page.locator("#okafor--said")
        with serving(root, FOLLOWUP_EDITOR="no-such-editor") as preview:
            page.goto(preview.address + DRAFTS)
            page.locator(FILL).click()
            expect(said).to_contain_text("The editor no-such-editor was not found.")
            expect(said.get_by_role("link")).to_have_attribute("href", re.compile(r"/#L9$"))
        page.locator(FILL).click()
        expect(said).to_contain_text("The preview does not answer.")
        expect(said.get_by_role("link")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_it(watch: Open, ground: Ground, scheme: str, width: int) -> None:
    """An automatic check finds nothing to mend, also once something has been said."""
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watch(ground.preview.address, reduced_motion="reduce", **looks) as watching:
        page = watching.page
        for address in (DRAFTS, "notes/2026-11-19-acme/#L10"):
            page.goto(ground.preview.address + address)
            page.locator("[data-fu-open]").first.click()
            expect(page.get_by_text("in code.").filter(visible=True)).to_have_count(1)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


# Everything a page of another site can send without being asked to, and then some.
_ATTACK = """async address => {
  const asked = JSON.stringify({path: "2026-11-19-acme.md", line: 3});
  const put = (headers, mode) => fetch(address + ".followup/open", {
    method: "POST", body: asked, headers, mode, credentials: "include" }).catch(() => {});
  await put({"Content-Type": "text/plain"}, "no-cors");
  await put({"Content-Type": "application/json"}, "cors");
  await put({"Content-Type": "application/json", "X-Followup-Token": "x"}, "cors");
  navigator.sendBeacon(address + ".followup/open", asked);
  const read = await fetch(address).then(answer => answer.text(), () => "");
  const loads = (name, url) => new Promise(done => {
    const element = document.createElement(name);
    element.onload = () => done(true);
    element.onerror = () => done(false);
    element.src = url;
    document.body.append(element);
  });
  const script = await loads("script", address + "companies/acme-logistics/");
  const image = await loads("img", address + "assets/images/favicon.png");
  await loads("iframe", address + "drafts/2026-11-19-acme/");
  return [read, script, image];
}"""


def test_another_site_can_do_nothing(watch: Open, ground: Ground, tmp_path: Path) -> None:
    """A page elsewhere neither reads the notes, nor learns which there are, nor shows or opens one."""
    (tmp_path / "index.html").write_text("<!doctype html><title>t</title>", encoding="utf-8")
    before = len(ground.editor.calls)
    with serve(tmp_path) as evil, watch("http://127.0.0.1") as watching:
        page = watching.page
        page.goto(evil)
        assert page.evaluate(_ATTACK, ground.preview.address) == ["", False, False]
        frame = page.frames[-1]
        assert frame != page.main_frame
        assert frame.locator("article").count() == 0
        page.goto(ground.preview.address + DRAFTS)
        page.locator(FILL).click()
        expect(page.locator("#okafor--said")).to_have_text("Opened line 9 in code.")
    assert len(ground.editor.calls) == before + 1


def test_the_attack_can_succeed(watch: Open, ground: Ground) -> None:
    """From the preview's own address the same page reads, loads and shows everything."""
    with watch("http://127.0.0.1") as watching:
        page = watching.page
        page.goto(ground.preview.address)
        read, _, image = page.evaluate(_ATTACK, ground.preview.address)
        assert "Acme Logistics" in read
        assert image is True
