"""The door of the local preview: whom it answers, and who may ask it to do something."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address
from threading import Lock
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mkdocs.exceptions import PluginError

PLACE: Final = "/.followup/"
LONGEST: Final = 16 * 1024
"""Bytes of a request's body, unless an action takes more."""
QUEUE: Final = 256
"""Requests that may wait to be taken; with Python's five, one of many at once would be lost."""

# MkDocs joins a path to its folder: no system has a file with the first in its name, and Windows takes
# the others for a way out of the folder.
_IN_NO_PATH: Final = frozenset("\0:\\" if os.name == "nt" else "\0")
_LENGTH: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_JSON: Final = "application/json"
_PORT_UNSAID: Final = 80
# No page of another site may show the preview in a frame and have its buttons clicked there, nor
# try by its files which companies you wrote to.
_HEADERS: Final = [
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
_STALE: Final = "The preview refused this. Reload the page, then try again."

Told = str | Mapping[str, Any]
"""What a page is told: a sentence, or several things of which `said` is that sentence."""
Action = Callable[[Mapping[str, Any]], Told]
"""Does what is asked and says what it did; raises RefusedError where it did nothing."""


class RefusedError(Exception):
    """Why nothing was done, as a sentence for the owner; `more` is what else the page is told."""

    def __init__(self, said: str, **more: Any) -> None:
        super().__init__(said)
        self.more = more


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must show: a `Host` of these, and for an action the token of this start.

    `longest` is how many bytes an action takes where that is more than LONGEST.
    """

    hosts: frozenset[str]
    token: str
    actions: Mapping[str, Action]
    longest: Mapping[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def make_token() -> str:
    """A secret that the pages of one preview know, and no other site can."""
    return secrets.token_urlsafe(32)


def refuse_network(host: str) -> None:
    """End the run for an address at which other computers could read the notes."""
    if host != "localhost" and not ip_address(host).is_loopback:
        raise PluginError(
            f"the preview is for this computer only, not for `{host}`: "
            "everybody in the same network could read your notes\n"
            "  hint: write `127.0.0.1:8000` with --dev-addr or as `dev_addr`, or leave it out"
        )


def allowed_hosts(host: str, port: int) -> frozenset[str]:
    """Every `Host` by which a browser on this computer can mean the preview, letter for letter."""
    bound = f"[{host}]" if ":" in host else host
    names = {bound, "localhost", "127.0.0.1", "[::1]"}
    unsaid = names if port == _PORT_UNSAID else set()
    return frozenset({f"{name}:{port}" for name in names} | unsaid)


def guard(site: WSGIApplication, door: Door) -> WSGIApplication:
    """`site` behind the door: it answers as before, but only whoever knows where it is."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_HOST") not in door.hosts:
            said = f"This preview answers only at {', '.join(sorted(door.hosts))}."
            return _reply(start, HTTPStatus.MISDIRECTED_REQUEST, said)
        if not _IN_NO_PATH.isdisjoint(environ["PATH_INFO"]):
            return _reply(start, HTTPStatus.NOT_FOUND, "There is no such page.")
        if environ["PATH_INFO"].startswith(PLACE):
            return _reply(start, *_act(environ, door))
        return site(environ, _with_headers(start))

    return answer


def _act(environ: WSGIEnvironment, door: Door) -> tuple[HTTPStatus, Told]:
    """What became of a request for an action."""
    name = environ["PATH_INFO"].removeprefix(PLACE)
    asked = _read(environ, door.longest.get(name, LONGEST))
    action = door.actions.get(name)
    if asked is None or action is None or not _is_from_a_page(environ, door):
        return HTTPStatus.FORBIDDEN, _STALE
    try:
        with door.lock:
            return HTTPStatus.OK, action(asked)
    except RefusedError as refused:
        return HTTPStatus.BAD_REQUEST, {"said": str(refused), **refused.more}


def _read(environ: WSGIEnvironment, longest: int) -> Mapping[str, Any] | None:
    """The JSON object in the body; None for anything else, and for more than is read."""
    length = environ.get("CONTENT_LENGTH", "")
    if not _LENGTH.fullmatch(length) or int(length) > longest:
        return None
    try:
        asked = json.loads(environ["wsgi.input"].read(int(length)))
    except (ValueError, RecursionError):
        return None
    return asked if isinstance(asked, dict) else None


def _is_from_a_page(environ: WSGIEnvironment, door: Door) -> bool:
    """Whether a page of this preview has sent the request, in the way only its script does."""
    token = environ.get("HTTP_X_FOLLOWUP_TOKEN", "").encode()
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("HTTP_ORIGIN") == f"http://{environ['HTTP_HOST']}"
        and environ.get("CONTENT_TYPE") == _JSON
        and compare_digest(token, door.token.encode())
    )


def _reply(start: StartResponse, status: HTTPStatus, told: Told) -> Iterable[bytes]:
    body = json.dumps({"said": told} if isinstance(told, str) else dict(told)).encode()
    headers = [
        ("Content-Type", _JSON),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start(f"{status.value} {status.phrase}", headers + _HEADERS)
    return [body]


def _with_headers(start: StartResponse) -> StartResponse:
    def begin(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        return start(status, headers + _HEADERS, exc_info)

    return begin
