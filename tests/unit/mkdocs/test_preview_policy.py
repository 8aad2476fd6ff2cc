"""Which script of a page of the preview may run beside the theme's: live reload's alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from followup.mkdocs.policy import Inline
from followup.mkdocs.preview_policy import add_policy, bless_live_reload
from followup.site.headers import build_policy, page_headers

RELOAD = b"<script>\nvar livereload = function(epoch, id) {};\nlivereload(12, 345);\n</script>"
BLESSED = RELOAD.replace(b"<script>", b'<script nonce="n">')


@pytest.mark.parametrize(
    "before",
    [
        b"<body>",
        b"<body><script>pasted()</script>",
        b"<body><script>livereload(12, 345);\n</script>",
        b"<body></body><script>pasted()</script>",
        RELOAD,
    ],
)
def test_only_the_last_script_is_blessed(before: bytes) -> None:
    """What looks like live reload, or stands after an end of the body, stays as it is."""
    page = before + RELOAD + b"</body></html>"
    assert bless_live_reload(page, "n") == before + BLESSED + b"</body></html>"


def test_a_page_without_an_end_has_it_last() -> None:
    """There the server puts its script behind everything."""
    assert bless_live_reload(RELOAD + RELOAD, "n") == RELOAD + BLESSED


@pytest.mark.parametrize(
    "page",
    [
        b"<body><script>pasted()</script></body>",
        b"<body>" + RELOAD + b"<p></body>",
        RELOAD.replace(b"12", b"x"),
        b"",
    ],
)
def test_a_page_without_live_reload_is_as_it_was(page: bytes) -> None:
    """No other script is taken for it."""
    assert bless_live_reload(page, "n") == page


def ask(kind: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of an answer of this kind."""

    def site(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(RELOAD)))])
        return [RELOAD]

    told: dict[str, str] = {}

    def start(_status: str, headers: list[tuple[str, str]], _: object = None) -> object:
        assert len(headers) == len(dict(headers))
        told.update(headers)
        return None

    theme = frozenset({Inline("script", "theme()"), Inline("onclick", "x()")})
    body = b"".join(add_policy(site, lambda: theme)({}, start))  # type: ignore[arg-type]
    return told, body


def test_a_page_has_the_headers_of_a_published_one() -> None:
    """All of them, and a policy with one number more, which no second answer has."""
    numbers = set()
    for _ in range(2):
        headers, body = ask("text/html")
        found = re.fullmatch(rb'<script nonce="([\w-]{22})">.*', body, re.S)
        assert found
        number = found[1].decode()
        numbers.add(number)
        policy = build_policy([Inline("script", "theme()").hash, f"nonce-{number}"])
        assert page_headers(policy).items() <= headers.items()
        assert headers["Content-Length"] == str(len(body))
    assert len(numbers) == 2


def test_a_file_has_them_too() -> None:
    """And is sent as it is."""
    headers, body = ask("text/calendar")
    assert body == RELOAD
    assert headers.keys() >= page_headers("").keys()
