"""Text that wants to stand in for a part of the portal, in a real browser; and a server of the tests."""

from __future__ import annotations

from pathlib import Path
from socket import create_connection
from unittest.mock import Mock

import pytest

from tests.browser.conftest import Open, Server, serve
from tests.building import CONFIG, build_site, plant

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
