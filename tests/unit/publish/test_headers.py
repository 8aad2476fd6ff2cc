"""The headers: the policy letter by letter, and the files that tell a host of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from followup.publish.headers import (
    CADDY_FILE,
    FOR_HOSTS,
    HEADERS_FILE,
    NGINX_FILE,
    render_headers,
)
from followup.publish.verify import parse_headers
from followup.site.headers import build_policy, page_headers

POLICY = (
    "default-src 'none'; script-src 'self' 'sha256-a=' 'sha256-b='; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# What some hosts take no longer lines than.
LONGEST = 2_000


def test_the_policy_letter_by_letter() -> None:
    """It allows this site, and of inline scripts only those named, whatever their order."""
    assert build_policy(["sha256-b=", "sha256-a="]) == POLICY
    assert "script-src 'self';" in build_policy([])


def test_the_worker_of_the_vault_has_the_same_policy(root: Path) -> None:
    """The worker serves its own pages under the policy of a site without inline scripts."""
    worker = (root / "site_templates" / "vault" / "sw.js").read_text(encoding="utf-8")
    found = re.search(r"const POLICY = ((?:\"[^\"]*\"[\s+]*)+);", worker)
    assert found
    assert "".join(re.findall(r'"([^"]*)"', found[1])) == build_policy([])


def test_every_page_has_every_header() -> None:
    """What keeps a page out of searches, caches, frames and other tabs, and denies what is unused."""
    headers = dict(page_headers(POLICY))
    unused = headers.pop("Permissions-Policy").split(", ")
    assert headers == {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {"camera=()", "microphone=()", "geolocation=()", "clipboard-read=()"} <= set(unused)
    assert [one for one in unused if not one.endswith("=()")] == ["clipboard-write=(self)"]


def test_each_file_says_every_header() -> None:
    """The files for the three kinds of host hold the same names and values."""
    files = render_headers(POLICY)
    assert set(files) == FOR_HOSTS
    headers = page_headers(POLICY)
    assert parse_headers(files[HEADERS_FILE]) == headers
    assert dict(re.findall(r'^\t([\w-]+) "(.*)"$', files[CADDY_FILE], re.M)) == headers
    assert dict(re.findall(r'^add_header ([\w-]+) "(.*)" always;$', files[NGINX_FILE], re.M)) == (
        headers
    )
    assert max(map(len, files[HEADERS_FILE].splitlines())) < LONGEST


@pytest.mark.parametrize("strange", ['"', "\n", "\r", "\\", "{", "}", "$"])
def test_nothing_breaks_out_of_a_header(strange: str) -> None:
    """A value that a host would read as more than a value makes no file."""
    with pytest.raises(ValueError, match="a header holds"):
        render_headers(f"script-src {strange}")
