"""What the pages of the preview are served with: the headers of the published ones.

Live reload is the one script that a published page has not: the server writes it into every page, in
other words each time. It may run by a number that is drawn for one answer and used once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from followup.mkdocs.answers import change_pages
from followup.mkdocs.policy import Inline, script_hashes
from followup.site.headers import build_policy, page_headers

_BODY_END: Final = b"</body>"
# The server puts its script before the last end of the body: what a page says cannot come after it.
_LIVE_RELOAD: Final = re.compile(rb"<script>(?=[^<]*\blivereload\([0-9]+, [0-9]+\);\s*</script>\Z)")


def add_policy(site: WSGIApplication, inline: Callable[[], frozenset[Inline]]) -> WSGIApplication:
    """`site` with the headers of a published one; `inline` gives the theme's scripts at the time."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        nonce = secrets.token_urlsafe(16)
        policy = build_policy([*script_hashes(inline()), f"nonce-{nonce}"])
        headers = list(page_headers(policy).items())

        def begin(
            status: str, given: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            return start(status, [*given, *headers], exc_info)

        return change_pages(site, partial(bless_live_reload, nonce=nonce))(environ, begin)

    return answer


def bless_live_reload(page: bytes, nonce: str) -> bytes:
    """The page whose live reload may run; one without live reload as it is."""
    end = page.rfind(_BODY_END)
    script = _LIVE_RELOAD.search(page, 0, end if end >= 0 else len(page))
    if script is None:
        return page
    return b'%b<script nonce="%b">%b' % (
        page[: script.start()], nonce.encode(), page[script.end() :],
    )  # fmt: skip
