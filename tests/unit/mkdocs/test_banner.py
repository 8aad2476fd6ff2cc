"""What stands above the pages of the preview while something is broken, and what is left as it is."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from mkdocs.exceptions import Abort, PluginError

from followup.mkdocs.banner import add_banner, describe_fault, render_fault
from followup.mkdocs.loading import NotesError
from followup.notes.problems import Problem, Severity
from followup.resources import page_loader
from followup.site.pages import make_environment

FAULT = Problem(
    "2026-11-19-acme.md", 14, 11, Severity.ERROR, "format",
    "unknown interview format `pannel`", "one of panel, `video`",
)  # fmt: skip
PAGE = (
    b'<html><div class="md-content" data-md-component="content"><article>x</article></div></html>'
)


def answer(
    kind: str, body: bytes, banner: str, status: str = "200 OK"
) -> tuple[dict[str, str], bytes]:
    """The headers and the body of an answer of this kind, with a banner."""

    def site(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body[:5], body[5:]]

    told: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> object:
        told.update(headers, status=status)
        return None

    sent = b"".join(add_banner(site, lambda: banner)({}, start))  # type: ignore[arg-type]
    return told, sent


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
def test_it_stands_above_the_article(status: str) -> None:
    """In the part of the page that changes, and the length is the new one."""
    headers, body = answer("text/html", PAGE, "<p>é</p>", status)
    assert body == PAGE.replace(b"<article>", "<p>é</p><article>".encode())
    assert (headers["Content-Length"], headers["status"]) == (str(len(body)), status)


@pytest.mark.parametrize(
    ("kind", "body", "banner"),
    [
        ("text/html", PAGE, ""),
        ("application/javascript", PAGE, "<p>x</p>"),
        ("text/html", b"<title>404</title>", "<p>x</p>"),
    ],
)
def test_everything_else_is_as_it_was(kind: str, body: bytes, banner: str) -> None:
    """Pages while nothing is broken, files, and what is no page of the portal."""
    headers, sent = answer(kind, body, banner)
    assert sent == body
    assert headers["Content-Length"] == str(len(body))


def test_it_names_each_fault_in_the_notes() -> None:
    """Also where MkDocs has ended the run with an error of its own."""
    ended = Abort("Aborted with a BuildError!")
    ended.__context__ = NotesError("two errors", [FAULT, FAULT])
    view = describe_fault(ended)
    assert view.title == "Two problems in your notes"
    assert [(fault.where, fault.message, fault.hint) for fault in view.faults] == [
        ("2026-11-19-acme.md:14:11", "unknown interview format “pannel”", "One of panel, “video”.")
    ] * 2


def test_many_faults_are_counted() -> None:
    """The first twelve are named."""
    view = describe_fault(NotesError("many", [FAULT] * 15))
    assert (len(view.faults), view.more) == (12, "And three more.")
    assert view.title == "15 problems in your notes"


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (
            PluginError("`gh-deploy` is refused\n  hint: leave it out"),
            "“gh-deploy” is refused.", "Leave it out.",
        ),
        (KeyError("x"), "'x'.", "The terminal says more."),
        (SystemExit("Aborted with 1 error!"), "Aborted with 1 error!", "The terminal says more."),
        (ValueError(), "ValueError.", "The terminal says more."),
    ],
)  # fmt: skip
def test_other_faults_are_said_in_words(error: BaseException, message: str, hint: str) -> None:
    """What the run said of it, and that the terminal says more."""
    view = describe_fault(error)
    assert view.title == "The pages could not be made"
    assert [(fault.message, fault.hint) for fault in view.faults] == [(message, hint)]


def test_a_fault_is_text() -> None:
    """What stands in a note or an error cannot become part of the page."""
    environment = make_environment(page_loader(None), preview=True)
    html = render_fault(ValueError("<script>x</script>"), environment)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert render_fault(None, environment) == ""
