"""What is broken, above every page of the local preview, for as long as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import Environment

from followup.mkdocs.loading import NotesError
from followup.site.problems import ProblemsView, build_failure, build_problems

_TEMPLATE: Final = "pages/problems.html"
_LENGTH: Final = "content-length"
# The part of a page that instant navigation exchanges; the banner comes and goes with it.
_CONTENT: Final = re.compile(rb'<div class="md-content"[^>]*>')


def render_fault(fault: BaseException | None, environment: Environment) -> str:
    """The banner for what ended a build, as HTML; nothing if nothing did."""
    if fault is None:
        return ""
    return environment.get_template(_TEMPLATE).render(view=describe_fault(fault))


def describe_fault(fault: BaseException) -> ProblemsView:
    """What the banner says of the error that ended a build."""
    chain = list(_chain(fault))
    for cause in chain:
        if isinstance(cause, NotesError):
            return build_problems(cause.problems)
    # MkDocs ends a run with an error of its own, which only says that there was another.
    first = next((cause for cause in chain if not isinstance(cause, SystemExit)), fault)
    return build_failure(str(first) or type(first).__name__)


def add_banner(site: WSGIApplication, banner: Callable[[], str]) -> WSGIApplication:
    """`site` whose pages begin with what `banner` gives at the time, if that is anything."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        html = banner()
        if not html:
            return site(environ, start)
        page = _Page(start, html.encode())
        return page.finish(site(environ, page.begin))

    return answer


class _Page:
    """An answer on its way to the browser, held until its length is known."""

    def __init__(self, start: StartResponse, banner: bytes) -> None:
        self._start, self._banner = start, banner
        self._status = ""
        self._headers: list[tuple[str, str]] = []

    def begin(
        self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        """Take note of the head of the answer."""
        self._status, self._headers = status, headers
        return refuse_writing

    def finish(self, body: Iterable[bytes]) -> Iterable[bytes]:
        """Send the answer; if it is a page, with the banner in it."""
        if not any(_is_html(name, value) for name, value in self._headers):
            self._start(self._status, self._headers)
            return body
        page = _CONTENT.sub(lambda tag: tag[0] + self._banner, b"".join(body), count=1)
        getattr(body, "close", lambda: None)()
        rest = [(name, value) for name, value in self._headers if name.lower() != _LENGTH]
        self._start(self._status, [*rest, ("Content-Length", str(len(page)))])
        return [page]


def _is_html(name: str, value: str) -> bool:
    return name.lower() == "content-type" and value.startswith("text/html")


def refuse_writing(_: bytes, /) -> None:
    """Stand in for a way to send that nobody here uses."""
    raise NotImplementedError("the preview's server hands over what it sends")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
