"""The preview under its policy: all of it works, and a script that somebody planted does not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Open, search
from tests.browser.test_policy import LISTEN
from tests.building import CONFIG, plant
from tests.serving import Preview, serving

pytestmark = pytest.mark.xdist_group("browser-preview")

# A page of the owner's own, in which a template puts a script: as if nothing had been taken out of it.
TREE = """\
== entries/2026-11-19-acme.md
<NOTE>
== entries/planted.md
# Planted
== site_templates/theme/partials/copyright.html
{% if page.title is eq("Planted") %}<script>window.RAN = 1; livereload(1, 2);</script>{% endif %}
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview, and the folder of its notes."""

    preview: Preview
    notes: Path


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of one note and one page."""
    root = plant(tmp_path_factory.mktemp("policy"), TREE, CONFIG)
    with serving(root, FOLLOWUP_EDITOR="true") as preview:
        yield Ground(preview, root / "entries")


def test_everything_works(watch: Open, ground: Ground) -> None:
    """Palette, search, instant navigation, a button, live reload and the form violate nothing."""
    address = ground.preview.address
    with watch(address, viewport={"width": 1280, "height": 900}) as watching:
        page = watching.page
        page.add_init_script(LISTEN)
        page.goto(address)
        page.locator("label[title='Switch to dark']").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.evaluate("window.SAME = true")
        page.locator(".md-tabs__link", has_text="Notes").click()
        expect(page.locator(".md-content h1")).to_have_text("Notes")
        search(page, "trucks")
        page.locator(".md-search-result__link").first.click()
        page.wait_for_url(re.compile(r"/\?h=tru"))
        assert page.evaluate("window.SAME") is True
        page.goto(address)
        row = page.locator(".fu-row", has=page.get_by_role("heading", name="Thank Ms. Okafor"))
        row.locator("summary").click()
        row.get_by_role("button", name="I sent it").click()
        # Live reload makes the page anew.
        expect(page.get_by_text("Thanked Ms. Okafor, Acme Logistics")).to_be_visible(timeout=30_000)
        page.goto(f"{address}new/")
        page.fill("#new-company", "Birch")
        page.fill("#new-title", "Clerk")
        page.locator("[data-fu-note=save]").click()
        expect(page.locator(".md-content h1")).to_contain_text("Clerk", timeout=30_000)
        assert page.evaluate("window.VIOLATIONS") == []
    # The form asks for the note's page until it is there. A violation would be told of here too.
    assert [text for text in watching.complaints if "404 (Not Found)" not in text] == []
    assert watching.left == []


def without_policy(route: Route) -> None:
    """Let a page through as it would come without its policy."""
    answer = route.fetch()
    kept = {n: v for n, v in answer.headers.items() if n != "content-security-policy"}
    route.fulfill(response=answer, headers=kept)


@pytest.mark.parametrize("guarded", [True, False])
def test_a_planted_script_does_not_run(watch: Open, ground: Ground, *, guarded: bool) -> None:
    """It is the policy that stops it and says so; live reload runs beside it."""
    with watch(ground.preview.address) as watching:
        page = watching.page
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.add_init_script(LISTEN)
        if not guarded:
            page.route("**/planted/", without_policy)
        page.goto(f"{ground.preview.address}planted/")
        page.wait_for_load_state()
        assert page.evaluate("window.RAN") == (None if guarded else 1)
        violations = page.evaluate("window.VIOLATIONS")
        assert [one.split()[0] for one in violations] == ["script-src-elem"] * guarded
        assert "Enabled live reload" in said
