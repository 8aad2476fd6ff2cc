"""A vault in a real browser: what it weighs, how soon it opens, how soon one of its pages is seen.

As a program: `python -m tests.bench.vault FOLDER PLAIN FILE` opens the vault in FOLDER with the
passphrase in FILE, and prints as JSON the seconds that it and its pages take, and those that the same
pages take in PLAIN, where nothing is encrypted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.figures import (
    VAULT_OPENS,
    VAULT_PAGE,
    VAULT_PLAIN_PAGE,
    VAULT_SHARE,
    VAULT_SIZE,
    Figures,
)
from tests.bench.running import run
from tests.bench.workspaces import Kind, Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT: Final = Path(__file__).resolve().parents[2]
_PAGES: Final = 7
"""Of how many pages the median is one run's."""


def measure_vault(workspaces: Sequence[Workspace], runs: int, figures: Figures) -> Iterator[str]:
    """Publish each portal once, and open it anew in each run; yields what comes next."""
    for workspace in workspaces:
        if workspace.kind is not Kind.PORTAL or not workspace.size:
            continue
        kind, size = workspace.kind, workspace.size
        yield f"{size:,} notes: publishing, as a vault and plain"
        folder, plain, file = (workspace.root / name for name in ("vault", "plain", "words.txt"))
        publish = [str(Path(sys.executable).with_name("followup")), "publish"]
        run([*publish, "--to", folder.name, "--save-passphrase", file.name], workspace.root)
        run([*publish, "--to", plain.name, "--mode", "plain"], workspace.root)
        weight = _weight(folder)
        figures.add(VAULT_SIZE, kind, size, weight)
        figures.add(VAULT_SHARE, kind, size, weight / _weight(plain))
        for number in range(runs):
            yield f"run {number + 1} of {runs}: {size:,} notes, the vault"
            command = [sys.executable, "-m", "tests.bench.vault", *map(str, (folder, plain, file))]
            for what, seconds in json.loads(run(command, _ROOT).output).items():
                figures.add(what, kind, size, seconds)


def _weight(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main(folder: Path, plain: Path, file: Path) -> None:
    """Print the seconds of a first visit with a fresh browser; a page of the vault and then its like."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import serve, start_browser
    from tests.browser.vaults import opening, painted

    with (
        sync_playwright() as playwright,
        start_browser(playwright) as browser,
        serve(folder) as vault,
        serve(plain) as site,
    ):
        page, other = _visitor(browser), _visitor(browser)
        opened = opening(page, vault, file.read_text(encoding="utf-8").strip())
        other.goto(site)
        seen: dict[Page, list[float]] = {page: [], other: []}
        for addresses in zip(_companies(page), _companies(other), strict=True):
            for visitor, address in zip((page, other), addresses, strict=True):
                visitor.goto(address, wait_until="commit")
                seen[visitor].append(painted(visitor))
                visitor.wait_for_load_state("networkidle")
        found = {
            VAULT_OPENS: opened,
            VAULT_PAGE: median(seen[page]),
            VAULT_PLAIN_PAGE: median(seen[other]),
        }
    sys.stdout.write(json.dumps(found))


def _visitor(browser: Browser) -> Page:
    return browser.new_context().new_page()


def _companies(page: Page) -> list[str]:
    """The addresses of the first companies, by the page that lists them."""
    page.wait_for_load_state("networkidle")
    page.locator(".md-tabs__link", has_text="Companies").click()
    page.locator("h1", has_text="Companies").wait_for()
    links = page.locator(".fu-lines a").evaluate_all("all => all.map(link => link.href)")
    page.wait_for_load_state("networkidle")
    return list(links[:_PAGES])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
