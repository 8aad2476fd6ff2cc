"""Text that wants to run as a script, in a real browser with everything on that could show it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from socket import create_connection
from unittest.mock import Mock

import pytest

from tests.browser.conftest import Open, Server, search, serve
from tests.building import CONFIG, NOTE, Built, build_site, plant

_RUNS = "<img src=x onerror=window.RAN=1>"
_TAGS = CONFIG.replace("  - search\n", "  - search\n  - tags\n")
_TREE = f"""\
== entries/acme.md
---
tags: ['{_RUNS}']
{NOTE.removeprefix("---")}
== entries/folder {_RUNS}/page.md
---
tags: ['{_RUNS}']
title: '{_RUNS}'
description: '{_RUNS}'
subtitle: '{_RUNS}'
status: '{_RUNS}'
---
# Trucks
"""


def _hostile_site(tmp_path: Path) -> Built:
    built = build_site(plant(tmp_path, _TREE, _TAGS))
    assert built.error is None, built.text
    return built


def test_no_setting_and_no_folder_name_runs(watch: Open, tmp_path: Path) -> None:
    """Tags, titles and names of folders are shown as text, in pages and in the search."""
    built = _hostile_site(tmp_path)
    addresses = [name for name in sorted(built.names) if name.endswith("index.html")]
    with serve(built.site) as origin, watch(origin) as watching:
        for address in addresses:
            watching.page.goto(f"{origin}{address}")
            assert watching.page.evaluate("window.RAN") is None, address
        watching.page.goto(origin)
        search(watching.page, "Trucks")
        watching.page.locator(".md-tag", has_text="onerror").first.wait_for()
        assert watching.page.evaluate("window.RAN") is None
    assert watching.complaints == []


def _spoil_search(site: Path) -> None:
    index = site / "search" / "search_index.json"
    data = json.loads(index.read_text(encoding="utf-8"))
    for entry in data["docs"]:
        entry["tags"] = [_RUNS]
    index.write_text(json.dumps(data), encoding="utf-8")


def _spoil_navigation(site: Path) -> None:
    page = site / "index.html"
    html = page.read_text(encoding="utf-8")
    assert "folder &lt;img" in html.lower()
    page.write_text(html.replace("&lt;", "<").replace("&gt;", ">"), encoding="utf-8")


@pytest.mark.parametrize("spoil", [_spoil_search, _spoil_navigation])
def test_the_same_text_would_run(
    watch: Open, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """The test above can fail: where the text is put in as it is, it runs."""
    built = _hostile_site(tmp_path)
    spoil(built.site)
    with serve(built.site) as origin, watch(origin) as watching:
        watching.page.goto(origin)
        search(watching.page, "Trucks")
        watching.page.wait_for_function("window.RAN === 1")


_NAMED = '<span id="followupPortal"></span>'
_LATER = "2026-11-30T12:00:00+00:00"


def test_no_element_stands_in_for_the_portals_script(watch: Open, tmp_path: Path) -> None:
    """The id is taken off the owner's text, and would not stop the script if it were not."""
    tree = f"== entries/acme.md\n<NOTE>\n== entries/index.md\n{_NAMED} Hello\n"
    config = CONFIG.replace("      today: 2026-11-22\n", "")
    built = build_site(plant(tmp_path, tree, config))
    assert built.error is None, built.text
    home = built.site / "index.html"
    html = home.read_text(encoding="utf-8")
    assert "Hello" in html
    assert "followupPortal" not in html
    home.write_text(html.replace("Hello", f"{_NAMED} Hello"), encoding="utf-8")
    with serve(built.site) as origin, watch(origin, timezone_id="UTC") as watching:
        watching.page.clock.set_fixed_time(_LATER)
        watching.page.goto(origin)
        watching.page.locator("[data-fu-asof]", has_text="30 November").wait_for()


def test_a_browser_that_goes_away_is_no_fault(capfd: pytest.CaptureFixture[str]) -> None:
    """The server of these tests says nothing of a closed connection, and speaks of all else."""
    assert _said_of(BrokenPipeError("gone"), capfd) == ""
    assert _said_of(ConnectionResetError("gone"), capfd) == ""
    assert "Exception occurred" in _said_of(ValueError("ours"), capfd)


def _said_of(fault: Exception, capfd: pytest.CaptureFixture[str]) -> str:
    with Server(("127.0.0.1", 0), Mock(side_effect=fault)) as server:
        server.daemon_threads = False  # so that closing it waits for the answer
        create_connection(("127.0.0.1", server.server_port)).close()
        server.handle_request()
        server.server_close()
    return capfd.readouterr().err
