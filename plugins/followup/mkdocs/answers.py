"""Pages of the preview on their way to the browser, changed where something has to be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LENGTH: Final = "content-length"


def change_pages(site: WSGIApplication, change: Callable[[bytes], bytes]) -> WSGIApplication:
    """`site` whose pages are what `change` makes of them; every other answer is as it was."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        held = _Held(start)
        return held.finish(site(environ, held.begin), change)

    return answer


class _Held:
    """An answer, held until its length is known."""

    def __init__(self, start: StartResponse) -> None:
        self._start = start
        self._status = ""
        self._headers: list[tuple[str, str]] = []

    def begin(
        self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        """Take note of the head of the answer."""
        self._status, self._headers = status, headers
        return _refuse_writing

    def finish(self, body: Iterable[bytes], change: Callable[[bytes], bytes]) -> Iterable[bytes]:
        """Send the answer; if it is a page, changed."""
        if not any(_is_html(name, value) for name, value in self._headers):
            self._start(self._status, self._headers)
            return body
        page = change(b"".join(body))
        getattr(body, "close", lambda: None)()
        rest = [(name, value) for name, value in self._headers if name.lower() != _LENGTH]
        self._start(self._status, [*rest, ("Content-Length", str(len(page)))])
        return [page]


def _is_html(name: str, value: str) -> bool:
    return name.lower() == "content-type" and value.startswith("text/html")


def _refuse_writing(_: bytes, /) -> None:
    raise NotImplementedError("the preview's server hands over what it sends")
