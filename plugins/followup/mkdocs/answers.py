"""Answers of the preview on their way to the browser, held until it is known what they are to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LENGTH: Final = "content-length"


def change_pages(site: WSGIApplication, change: Callable[[bytes], bytes]) -> WSGIApplication:
    """`site` whose pages are what `change` makes of them; every other answer is as it was."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        head = Head()
        body = site(environ, head.take)
        if not head.is_of_a_page:
            start(head.status, head.fields)
            return body
        page = change(b"".join(body))
        getattr(body, "close", lambda: None)()
        rest = [(name, value) for name, value in head.fields if name.lower() != _LENGTH]
        start(head.status, [*rest, ("Content-Length", str(len(page)))])
        return [page]

    return answer


class Head:
    """The head of an answer that has not been sent yet; another may take its place."""

    def __init__(self) -> None:
        self.status = ""
        self.fields: list[tuple[str, str]] = []

    def take(
        self, status: str, fields: list[tuple[str, str]], _exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        """Take note of it, in the place of the server's own function."""
        self.status, self.fields = status, fields
        return _refuse_writing

    @property
    def is_of_a_page(self) -> bool:
        """Whether HTML follows."""
        return any(
            name.lower() == "content-type" and value.startswith("text/html")
            for name, value in self.fields
        )

    @property
    def is_of_nothing(self) -> bool:
        """Whether there is nothing at the address."""
        return self.status.startswith("404")

    @property
    def is_of_a_failure(self) -> bool:
        """Whether the server could not answer."""
        return self.status.startswith("500")


def _refuse_writing(_: bytes, /) -> None:
    raise NotImplementedError("the preview's server hands over what it sends")
