"""Notes that want to run as scripts: none does, in a plain site, in the vault, in the preview.

Two things stop them, and each of them alone: what the notes say is made harmless, and the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from unittest import mock
from urllib.parse import quote

import pytest
from jinja2 import Environment
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from followup.mkdocs.policy import find_inline, script_hashes
from followup.mkdocs.progress import Progress
from followup.publish.build import Workplace, publish_vault
from followup.publish.vault import derive_key, open_vault, parse_metadata, read_lock
from followup.site.headers import build_policy, page_headers
from tests.browser.conftest import search
from tests.browser.injections import NAMES, START, TREE, USE
from tests.browser.test_policy import guarded
from tests.browser.vault_maker import PASSPHRASE, hosting
from tests.browser.vaults import open_page, unlock
from tests.building import CONFIG, Built, build_site, plant
from tests.serving import serving

pytestmark = pytest.mark.xdist_group("injections")

_CONFIG = CONFIG.replace(
    "plugins:\n  - search\n",
    "markdown_extensions: [attr_list, tables]\nplugins:\n  - search\n  - tags\n",
)


class _Raw(Markup):
    """Text out of which nothing is taken."""

    def striptags(self) -> str:
        """All of it."""
        return str(self)


def _as_it_is(text: object) -> object:
    return text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with all the payloads."""
    return plant(tmp_path_factory.mktemp("hostile"), TREE, _CONFIG)


@pytest.fixture(scope="module")
def harmless(hostile: Path) -> Built:
    """Its site."""
    built = build_site(hostile)
    assert built.error is None, built.text
    return built


@pytest.fixture(scope="module")
def undefended(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Its site as it would be if nothing were made harmless."""
    with ExitStack() as patches:
        for place, instead in {
            "mkdocs.nav.escape": _as_it_is,
            "mkdocs.pages.Markup": _Raw,
            "mkdocs.pages.escape": _as_it_is,
            "mkdocs.plugin.check_pages": lambda *_: None,
            "mkdocs.prose.sanitise": _as_it_is,
            "mkdocs.settings.escape": _as_it_is,
            "site.pages.Environment": lambda **given: Environment(**{**given, "autoescape": False}),
        }.items():
            patches.enter_context(mock.patch(f"followup.{place}", instead))
        built = build_site(hostile, tmp_path_factory.mktemp("undefended") / "site")
    assert built.error is None, built.text
    return built


def ran(page: Page, origin: str, names: Iterable[str]) -> set[str]:
    """Which payloads ran on any of these pages, or in what the search shows of them."""
    found: set[str] = set()
    for name in names:
        page.goto(origin + quote(name))
        found |= set(page.evaluate(USE))
    page.goto(origin)
    search(page, "guide panel")
    page.locator(".md-search-result .md-tag").nth(1).wait_for(state="attached")
    return found | set(page.evaluate(USE))


def pages(names: Iterable[str]) -> list[str]:
    """The pages among the files of a site."""
    found = sorted(name for name in names if name.endswith(".html"))
    assert len(found) > 15
    return found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser in which payloads can tell that they ran."""
    with open_page(browser, viewport={"width": 1280, "height": 900}) as opened:
        opened.add_init_script(START)
        yield opened


def headers(built: Built) -> Mapping[str, str]:
    """What a site is served with when it is published."""
    return page_headers(build_policy(script_hashes(find_inline(built.page("404.html")))))


def test_what_is_made_harmless_does_not_run(page: Page, harmless: Built) -> None:
    """A plain site stays quiet even where a host sends none of its headers."""
    with guarded(harmless.site, {}) as origin:
        assert ran(page, origin, pages(harmless.names)) == set()


def test_under_the_policy_none_of_it_runs(page: Page, undefended: Built) -> None:
    """Even where nothing was made harmless."""
    with guarded(undefended.site, headers(undefended)) as origin:
        assert ran(page, origin, pages(undefended.names)) == set()


def test_without_both_each_of_them_runs(page: Page, undefended: Built) -> None:
    """The tests above can fail."""
    with guarded(undefended.site, {}) as origin:
        assert ran(page, origin, pages(undefended.names)) == NAMES
    assert len(NAMES) > 50


def test_none_of_it_runs_in_the_vault(page: Page, hostile: Path) -> None:
    """It is published whole, and every page of it is quiet."""
    place = Workplace(hostile, hostile / "entries", hostile / "none", hostile / "public", None)
    publish_vault(place, PASSPHRASE, Progress())
    files = {file.name: file.read_bytes() for file in place.target.iterdir()}
    metadata = parse_metadata(files["vault.json"])
    key = derive_key(PASSPHRASE, read_lock(metadata))
    inside = open_vault(metadata, files[metadata["blob"]], key).files
    with hosting(files) as host:
        page.goto(host.address)
        unlock(page)
        assert ran(page, host.address, pages(inside)) == set()


def test_none_of_it_runs_in_the_preview(page: Page, hostile: Path, harmless: Built) -> None:
    """Nor where the pages have buttons and reload themselves."""
    with serving(hostile) as preview:
        assert ran(page, preview.address, pages(harmless.names)) == set()
