"""Whether a host serves what was published: every file, byte for byte.

It shows what the host serves to this computer now. A host that sends one reader something else than
another is not found out by it.
"""

from __future__ import annotations

import base64
import secrets
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from followup.publish.state import Publication, Sum, sum_of
from followup.publish.target import NOT_FOUND

HOME: Final = "index.html"
_FOUND: Final = 200
_ASKED: Final = (401, 403)
_PATIENCE: Final = 30.0
"""Seconds without a byte."""
_PAGE: Final = 1 << 20
_GZIPPED: Final = 31


class VerifyError(Exception):
    """Why nothing could be compared."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; of `data` no more than was asked for, and one byte that shows more."""

    status: int
    data: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a served file; only what is `wrong` makes it another than was published."""

    name: str
    said: str
    wrong: bool = True


Fetch = Callable[[str, int], Answer]
"""The answer to an address, with at most so many bytes and one; raises VerifyError without one."""


def check_file(
    url: str, name: str, expected: Sum, own: bytes | None, fetch: Fetch
) -> Finding | None:
    """What is wrong with one file of the host at `url`, or None; `own` is the copy that lies here."""
    try:
        answer = fetch(address_of(url, name), expected.size)
    except VerifyError as error:
        return Finding(name, str(error))
    if sum_of(answer.data) == expected:
        return None
    if answer.status != _FOUND and name != NOT_FOUND:
        return Finding(name, f"is not served: the host answers {answer.status}")
    if len(answer.data) > expected.size:
        return Finding(name, f"is longer than the {expected.size:,} bytes that were published")
    if own is not None and sum_of(own) == expected:
        return Finding(name, f"is another from byte {_first_difference(answer.data, own):,} on")
    return Finding(name, "is another than was published")


def check_unknown(url: str, expected: Sum, fetch: Fetch) -> Finding | None:
    """Whether an address that the host cannot know is answered with the page that unlocks."""
    name = f"{secrets.token_hex(10)}/"
    try:
        answer = fetch(address_of(url, name), expected.size)
    except VerifyError as error:
        return Finding(name, str(error), wrong=False)
    if sum_of(answer.data) == expected:
        return None
    return Finding(
        NOT_FOUND,
        "is not what the host shows for an address it does not know: "
        "a link to a single page will not open on a new device",
        wrong=False,
    )


def check_login(url: str, publication: Publication, fetch: Fetch) -> Finding | None:
    """Whether somebody without a login gets the home page of a plain site."""
    try:
        answer = fetch(address_of(url, HOME), publication.files[HOME].size)
    except VerifyError:
        return None  # sent elsewhere to log in
    if answer.status in _ASKED:
        return None
    if sum_of(answer.data) == publication.files[HOME]:
        return Finding(HOME, "is served to everybody, without a login")
    return Finding(HOME, f"is answered with {answer.status}; no login was asked for", wrong=False)


def check_headers(url: str, expected: Mapping[str, str], fetch: Fetch) -> Iterator[Finding]:
    """A warning for every header that should go with the first page and does not."""
    served = fetch(address_of(url, HOME), _PAGE).headers
    for name, value in expected.items():
        got = served.get(name.lower())
        if got is None:
            yield Finding(name, "is missing among the headers", wrong=False)
        elif " ".join(got.split()) != " ".join(value.split()):
            yield Finding(name, f"is another header than published: `{got}`", wrong=False)


def parse_headers(text: str) -> Mapping[str, str]:
    """The headers that a `_headers` file gives to every page."""
    found: dict[str, str] = {}
    applies = False
    for line in text.splitlines():
        if line[:1].strip() and not line.startswith("#"):
            applies = line.strip().endswith("/*")
        elif applies and ":" in line:
            name, _, value = line.partition(":")
            found[name.strip()] = value.strip()
    return found


def address_of(url: str, name: str) -> str:
    """The address of a file; the home page is asked for as readers ask for it."""
    return urljoin(url.rstrip("/") + "/", "" if name == HOME else quote(name))


def parse_site_url(text: str) -> str:
    """The address of a site without what does not belong to it; raises VerifyError for no address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise VerifyError("that is no address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise VerifyError("that is no address that begins with https://")
    if parts.username or parts.password:
        raise VerifyError("an address on a command line must not hold a password")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def make_fetch(login: str | None) -> Fetch:
    """What asks a host; `login` is a name and a password with a colon between them."""
    opener = build_opener(_SameHost)
    headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "followup"}
    if login:
        headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"

    def fetch(url: str, most: int) -> Answer:
        try:
            status, response = _ask(opener, Request(url, headers=headers))  # noqa: S310  # see parse_site_url
            with response:
                return _read(status, response, response.headers, most)
        except URLError as error:
            raise VerifyError(f"cannot be reached: {error.reason}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise VerifyError(f"cannot be read: {str(error) or type(error).__name__}") from error

    return fetch


def _ask(opener: OpenerDirector, request: Request) -> tuple[int, HTTPResponse | HTTPError]:
    """What a host answers, whether it has the page or not."""
    try:
        answer: HTTPResponse = opener.open(request, timeout=_PATIENCE)
    except HTTPError as error:
        return error.code, error
    return answer.status, answer


class _SameHost(HTTPRedirectHandler):
    """Follows no answer to another host, which would be compared in place of the one asked."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The next request, on the same host and no less safe."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        upgraded = (old.scheme, new.scheme) == ("http", "https") and not (old.port or new.port)
        if old.hostname != new.hostname or not (
            (old.scheme, old.port) == (new.scheme, new.port) or upgraded
        ):
            raise VerifyError(f"sends its readers to another host, {new.hostname}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(status: int, body: IO[bytes], headers: Message, most: int) -> Answer:
    """An answer, with at most one byte more than `most`, whatever the host goes on sending."""
    data = body.read(most + 1)
    coding = headers.get("Content-Encoding", "identity").lower()
    if coding in ("gzip", "x-gzip"):
        data = _inflate(data, most)
    elif coding != "identity":
        raise VerifyError(f"comes as {coding}, which was not asked for")
    return Answer(status, data, {name.lower(): value for name, value in headers.items()})


def _inflate(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj(wbits=_GZIPPED).decompress(data, most + 1)
    except zlib.error as error:
        raise VerifyError("cannot be unpacked") from error


def _first_difference(one: bytes, other: bytes) -> int:
    """The place of the first byte that is another, counted from 1."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), min(len(one), len(other)) + 1)
