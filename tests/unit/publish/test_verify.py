"""What a host serves, compared with what was published."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from followup.publish.state import Publication, sum_of
from followup.publish.verify import (
    Finding,
    VerifyError,
    check_file,
    check_headers,
    check_login,
    check_unknown,
    make_fetch,
    parse_headers,
    parse_site_url,
)

PAGE = b"<p>Locked</p>" * 100
EXPECTED = sum_of(PAGE)


@dataclass
class Host:
    """A host on this computer: what it answers to a path, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    logins: list[str | None] = field(default_factory=list)


@pytest.fixture
def make_host() -> Iterator[Callable[[], Host]]:
    """As many hosts as a test wants."""
    servers = []

    def make() -> Host:
        host = Host()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

            def do_GET(self) -> None:
                """Answer as the test says."""
                host.asked.append(self.path)
                host.logins.append(self.headers.get("Authorization"))
                status, headers, body = host.answers.get(self.path, (404, {}, b"no"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        host.url = f"http://127.0.0.1:{server.server_address[1]}/search/"
        return host

    yield make
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def host(make_host: Callable[[], Host]) -> Host:
    """One host."""
    return make_host()


def check(host: Host, own: bytes | None = PAGE) -> Finding | None:
    """What is wrong with `sw.js` of the host."""
    return check_file(host.url, "sw.js", EXPECTED, own, make_fetch(None))


def test_same_bytes_are_fine(host: Host) -> None:
    """A file as it was published is nothing to tell."""
    host.answers["/search/sw.js"] = (200, {}, PAGE)
    assert check(host) is None
    assert host.asked == ["/search/sw.js"]


def test_packed_on_the_way_is_fine(host: Host) -> None:
    """A host may compress what it sends."""
    host.answers["/search/sw.js"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))
    assert check(host) is None


@pytest.mark.parametrize("place", [0, 700, len(PAGE) - 1])
def test_one_changed_byte_is_told(host: Host, place: int) -> None:
    """One changed byte, anywhere, is an error that says where."""
    data = bytearray(PAGE)
    data[place] ^= 1
    host.answers["/search/sw.js"] = (200, {}, bytes(data))
    assert check(host) == Finding("sw.js", f"is another from byte {place + 1:,} on")
    assert check(host, None) == Finding("sw.js", "is another than was published")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {}, PAGE + b" "), "is longer than the 1,300 bytes that were published"),
        ((200, {}, PAGE[:-1]), "is another from byte 1,300 on"),
        ((404, {}, b"no"), "is not served: the host answers 404"),
        ((200, {"Content-Encoding": "br"}, PAGE), "comes as br, which was not asked for"),
        ((200, {"Content-Encoding": "gzip"}, PAGE), "cannot be unpacked"),
        (
            (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * (1 << 24))),
            "is longer than the 1,300 bytes that were published",
        ),
        (
            (302, {"Location": "https://elsewhere.example/sw.js"}, b""),
            "sends its readers to another",
        ),
        ((302, {"Location": "http://127.0.0.1:1/sw.js"}, b""), "sends its readers to another"),
        ((302, {"Location": "file:///x"}, b""), "is not served: the host answers 302"),
        ((302, {"Location": "/search/sw.js"}, b""), "is not served: the host answers 302"),
    ],
)
def test_other_answers_are_told(
    host: Host, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    """Whatever else a host answers is an error, in words."""
    host.answers["/search/sw.js"] = answer
    finding = check(host)
    assert finding
    assert finding.wrong
    assert said in finding.said


def test_redirect_on_the_same_host_is_followed(host: Host) -> None:
    """Some hosts show pages at an address without an ending."""
    host.answers["/search/sw.js"] = (308, {"Location": "/search/sw"}, b"")
    host.answers["/search/sw"] = (200, {}, PAGE)
    assert check(host) is None


def test_another_host_is_never_asked(make_host: Callable[[], Host]) -> None:
    """Nothing that a host says makes this computer ask another one."""
    host, other = make_host(), make_host()
    host.answers["/search/sw.js"] = (302, {"Location": f"{other.url}sw.js"}, b"")
    other.answers["/search/sw.js"] = (200, {}, PAGE)
    assert check(host) is not None
    assert other.asked == []


def test_another_name_of_the_same_port_is_another_host(host: Host) -> None:
    """What counts is the whole name of a host, not the number behind it."""
    elsewhere = host.url.replace("127.0.0.1", "localhost")
    host.answers["/search/sw.js"] = (302, {"Location": f"{elsewhere}sw"}, b"")
    host.answers["/search/sw"] = (200, {}, PAGE)
    assert check(host) == Finding("sw.js", "sends its readers to another host, localhost")


def test_nobody_there_is_told() -> None:
    """A host that does not answer is told as such."""
    finding = check_file("http://127.0.0.1:1/", "sw.js", EXPECTED, None, make_fetch(None))
    assert finding
    assert finding.said.startswith("cannot be reached: ")


def test_unknown_address_should_show_the_locked_page(host: Host) -> None:
    """Where a host has a page of its own for unknown addresses, links to single pages are warned of."""
    finding = check_unknown(host.url, EXPECTED, make_fetch(None))
    assert finding
    assert not finding.wrong
    address = "/search/" + "0" * 20 + "/"
    assert len(host.asked[0]) == len(address)


def test_unknown_address_may_come_with_404(host: Host) -> None:
    """The locked page is the right answer, whatever its status."""

    class Always(dict[str, tuple[int, dict[str, str], bytes]]):
        def get(self, *_: object) -> tuple[int, dict[str, str], bytes]:
            return 404, {}, PAGE

    host.answers = Always()
    assert check_unknown(host.url, EXPECTED, make_fetch(None)) is None


PLAIN = Publication("plain", 1, {"index.html": EXPECTED})


@pytest.mark.parametrize(
    ("answer", "said", "wrong"),
    [
        ((200, {}, PAGE), "is served to everybody, without a login", True),
        ((200, {}, b"a login page"), "no login was asked for", False),
        ((404, {}, b"no"), "is answered with 404", False),
        ((401, {}, PAGE), None, False),
        ((403, {}, b"no"), None, False),
        ((302, {"Location": "https://login.example/"}, b""), None, False),
    ],
)
def test_plain_site_needs_a_login(
    host: Host, answer: tuple[int, dict[str, str], bytes], said: str | None, wrong: bool
) -> None:
    """A plain site that anybody gets is an error; being asked for a login is right."""
    host.answers["/search/"] = answer
    finding = check_login(host.url, PLAIN, make_fetch(None))
    if said is None:
        assert finding is None
    else:
        assert finding
        assert said in finding.said
        assert finding.wrong is wrong


def test_login_goes_to_the_host(host: Host) -> None:
    """With a login the files behind it are compared."""
    host.answers["/search/sw.js"] = (200, {}, PAGE)
    assert check_file(host.url, "sw.js", EXPECTED, None, make_fetch("kim:secret: 1")) is None
    assert host.logins == ["Basic a2ltOnNlY3JldDogMQ=="]


def test_headers_that_differ_are_warned_of(host: Host) -> None:
    """A header that is missing or another is told, and no error."""
    text = (
        "# made by followup\n/search/*\n  Referrer-Policy: no-referrer\n  X-Robots-Tag: noindex\n"
        "  Cache-Control: private,  no-store\n/search/sw.js\n  X-Other: 1\n"
    )
    host.answers["/search/"] = (
        200,
        {"X-Robots-Tag": "all", "cache-control": "private, no-store"},
        PAGE,
    )
    found = list(check_headers(host.url, parse_headers(text), make_fetch(None)))
    assert [(finding.name, finding.wrong) for finding in found] == [
        ("Referrer-Policy", False),
        ("X-Robots-Tag", False),
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://me.example", "https://me.example/"),
        ("https://me.example/search", "https://me.example/search/"),
        ("http://127.0.0.1:8000/search/?a#b", "http://127.0.0.1:8000/search/"),
    ],
)
def test_address_of_a_site(text: str, url: str) -> None:
    """An address may end in a slash or not."""
    assert parse_site_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "me.example",
        "ftp://me.example/",
        "file:///x",
        "https://",
        "https://a:b@me.example/",
        "https://[x/",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """Anything but a web address is refused, and a password in one too."""
    with pytest.raises(VerifyError):
        parse_site_url(text)
