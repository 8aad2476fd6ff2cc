"""What is broken, above every page of the local preview, for as long as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from wsgiref.types import WSGIApplication

from jinja2 import Environment

from followup.mkdocs.answers import change_pages
from followup.mkdocs.loading import LeftOutError, NotesError
from followup.site.problems import ProblemsView, build_failure, build_problems

_TEMPLATE: Final = "pages/problems.html"
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
            return build_problems(cause.problems, left_out=isinstance(cause, LeftOutError))
    # MkDocs ends a run with an error of its own, which only says that there was another.
    first = next((cause for cause in chain if not isinstance(cause, SystemExit)), fault)
    return build_failure(str(first) or type(first).__name__)


def add_banner(site: WSGIApplication, banner: Callable[[], str]) -> WSGIApplication:
    """`site` whose pages begin with what `banner` gives at the time, if that is anything."""

    def change(page: bytes) -> bytes:
        html = banner().encode()
        return _CONTENT.sub(lambda tag: tag[0] + html, page, count=1) if html else page

    return change_pages(site, change)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
