"""A plain site behind the shipped Caddyfile, in a real Caddy: who gets in, and with which headers."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from followup.mkdocs.building import build_site
from followup.publish.headers import render_headers
from followup.site.headers import build_policy, page_headers
from tests.building import CONFIG, plant
from tests.serving import free_port

pytestmark = pytest.mark.xdist_group("caddy")

TOKEN = "kVb5Qy2mXw9RtZ7LcN4sHf3Jd8Gp"
FEED = f"calendar/feed-{TOKEN}.ics"
PASSWORD = "correct horse battery staple"
# A site that says this on every page, so that no byte of it can go unseen.
TREE = "== entries/2026-11-19-acme.md\n<NOTE>\n== entries/cv.pdf\nAcme's file\n"
PATIENCE = 20
# Of no password in particular.
HASH = "$2a$14$Rhhw5qNpDMi0syfMck5T/.AayN0slKwVlShbug19nVHw24GtPe/KS"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Host:
    """A running Caddy, the folder that it serves, and the headers it was given.

    `tls` says which certificates are believed; without it nothing is encrypted.
    """

    port: int
    site: Path
    headers: Mapping[str, str]
    tls: ssl.SSLContext | None = None

    def ask(self, path: str, login: str | None = f"me:{PASSWORD}", method: str = "GET") -> Answer:
        """The answer to a path, sent letter for letter."""
        if self.tls is None:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        else:
            link = http.client.HTTPSConnection(
                "localhost", self.port, timeout=PATIENCE, context=self.tls
            )
        link.putrequest(method, path, skip_accept_encoding=True)
        if login is not None:
            link.putheader("Authorization", f"Basic {base64.b64encode(login.encode()).decode()}")
        link.endheaders()
        answer = link.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        told = Answer(answer.status, headers, answer.read())
        link.close()
        return told


def caddy() -> str:
    """The server; a machine without one fails the tests instead of skipping them."""
    found = os.environ.get("CADDY") or shutil.which("caddy")
    if not found:
        pytest.fail("no server to test with; install Caddy or set CADDY")
    return found


def start(caddyfile: Path, place: Path, **settings: str) -> subprocess.Popen[str]:
    """Caddy with these settings; what it keeps, it keeps in `place`."""
    return subprocess.Popen(
        [caddy(), "run", "--config", str(caddyfile), "--adapter", "caddyfile"],
        env={"HOME": str(place), "PATH": "", **settings},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


@cache
def hash_of(password: str) -> str:
    """What Caddy compares a password with."""
    given = [caddy(), "hash-password", "--plaintext", password]
    return subprocess.run(given, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def host(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A small site with a feed, built for publishing and served with the shipped settings."""
    place = tmp_path_factory.mktemp("caddy")
    workspace = plant(place / "search", TREE, f"{CONFIG}      feed: {TOKEN}\n")
    site = place / "site"
    policy = build_policy(build_site(workspace, site, None, None).scripts)
    for name, text in render_headers(policy).items():
        (site / name).write_text(text, encoding="utf-8")
    (site / ".kept").write_text("kept", encoding="utf-8")
    port = free_port()
    server = start(
        root / "deploy" / "Caddyfile",
        place,
        SITE_ADDRESS=f"http://127.0.0.1:{port}",
        SITE_FOLDER=str(site),
        LOGIN_NAME="me",
        LOGIN_HASH=hash_of(PASSWORD),
    )
    running = Host(port, site, page_headers(policy))
    try:
        _wait(running, server)
        yield running
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def _wait(host: Host, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            host.ask("/", None)
        except OSError:
            assert server.poll() is None, server.communicate()[1]
            assert time.monotonic() < end, "Caddy does not answer"
            time.sleep(0.05)
        else:
            return


def addresses(host: Host) -> list[str]:
    """The path of every file of the site, and of every page as readers ask for it."""
    files = sorted(file.relative_to(host.site).as_posix() for file in host.site.rglob("*.*"))
    pages = [name.removesuffix("index.html") for name in files if name.endswith("index.html")]
    return [f"/{name}" for name in (*files, *pages) if name != FEED]


def check_shut(answer: Answer) -> None:
    """Nothing but the question for a login."""
    assert (answer.status, answer.body) == (401, b"")
    assert answer.headers["www-authenticate"].startswith("Basic")


LOGINS = (None, "", "me:", ":", "me:wrong", f"you:{PASSWORD}", f"me:{PASSWORD} ", f"ME:{PASSWORD}")


@pytest.mark.parametrize("login", LOGINS)
def test_without_the_right_login_nothing_is_told(host: Host, login: str | None) -> None:
    """A page, a missing page and a file are all the same: 401 and no byte."""
    for path in ("/", "/notes/2026-11-19-acme/", "/nothing/", "/search/search_index.json"):
        check_shut(host.ask(path, login))


def test_no_file_is_open(host: Host) -> None:
    """Of all files of the site, not one is served without a login."""
    paths = addresses(host)
    assert "/search/search_index.json" in paths
    assert len(paths) > 50
    for path in paths:
        check_shut(host.ask(path, None))


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "PROPFIND", "get"])
def test_no_method_gets_round_the_login(host: Host, method: str) -> None:
    """Whatever is asked, it is the login that is answered."""
    assert host.ask("/", None, method).status == 401
    assert host.ask("/", None, method).body == b""


TRICKS = (
    "//",
    "//index.html",
    "/./index.html",
    "/index.html/",
    "/index.html?x",
    "/%69ndex.html",
    "/calendar/../index.html",
    "/calendar/feed.ics",
    f"/{FEED}/",
    f"/{FEED}/../../index.html",
    f"/{FEED}%2f..%2f..%2findex.html",
    f"/{FEED}%5c..%5c..%5cindex.html",
    f"/{FEED}%00/../../index.html",
    f"/{FEED}%0a",
    f"/x/{FEED}",
    f"/..;/{FEED}",
    f"/calendar/feed-{'../' * 10}index.html.ics",
    "/calendar/feed-short.ics",
    "/../../../../etc/passwd",
)


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_gets_round_the_login(host: Host, path: str) -> None:
    """Nothing of the site is told, however an address is written."""
    check_shut(host.ask(path, None))


def test_the_right_login_opens_the_site_with_all_headers(host: Host) -> None:
    """Pages, files and the page for what is missing come with every header, the policy first."""
    kinds = {
        "/": 200,
        "/notes/2026-11-19-acme/": 200,
        "/search/search_index.json": 200,
        "/nothing/": 404,
        "/notes": 308,
    }
    for path, status in kinds.items():
        answer = host.ask(path)
        assert answer.status == status, path
        sent = {name: answer.headers.get(name.lower()) for name in host.headers}
        assert sent == host.headers, path
        assert "strict-transport-security" in answer.headers
    assert b"Acme" in host.ask("/notes/2026-11-19-acme/").body
    assert b"There is no such page" in host.ask("/nothing/").body


@pytest.mark.parametrize("path", ["/_headers", "/_headers.caddy", "/_headers.nginx", "/.kept"])
def test_what_is_for_the_host_is_not_served(host: Host, path: str) -> None:
    """The files with the settings and those with a dot are not there, even for the owner."""
    assert host.ask(path).status == 404


def test_the_feed_is_open_to_whoever_knows_its_address(host: Host) -> None:
    """A calendar program gets it without a login; a guess gets nothing, not even a page."""
    feed = host.ask(f"/{FEED}", None)
    assert (feed.status, feed.body[:15]) == (200, b"BEGIN:VCALENDAR")
    assert b"Acme" not in feed.body
    assert feed.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    guess = host.ask(f"/calendar/feed-{'A' * len(TOKEN)}.ics", None)
    assert (guess.status, guess.body) == (404, b"")


@pytest.mark.parametrize("login", [("", ""), ("me", ""), ("", "$2a$14$abc")])
def test_without_a_login_the_server_does_not_start(
    root: Path, host: Host, tmp_path: Path, login: tuple[str, str]
) -> None:
    """A forgotten setting leaves the door shut."""
    name, hashed = login
    server = start(
        root / "deploy" / "Caddyfile",
        tmp_path,
        SITE_ADDRESS=f"http://127.0.0.1:{free_port()}",
        SITE_FOLDER=str(host.site),
        LOGIN_NAME=name,
        LOGIN_HASH=hashed,
    )
    try:
        said = server.communicate(timeout=PATIENCE)[1]
    finally:
        server.kill()
        server.wait()
    assert server.returncode != 0
    assert "cannot be empty" in said


def test_behind_another_server_it_listens_to_this_computer_alone(
    root: Path, host: Host, tmp_path: Path
) -> None:
    """As the guide for Tailscale has it: any name is answered, at the loopback address and no other."""
    port = free_port()
    server = start(
        root / "deploy" / "Caddyfile",
        tmp_path,
        SITE_ADDRESS=f"http://:{port}",
        SITE_BIND="127.0.0.1",
        SITE_FOLDER=str(host.site),
        LOGIN_NAME="me",
        LOGIN_HASH=HASH,
    )
    behind = Host(port, host.site, host.headers)
    try:
        _wait(behind, server)
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        link.request("GET", "/", headers={"Host": "computer.tailnet.example"})
        assert link.getresponse().status == 401
        link.close()
        with pytest.raises(ConnectionRefusedError):
            http.client.HTTPConnection("127.0.0.2", port, timeout=PATIENCE).connect()
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def test_over_tls_nothing_is_said_in_the_clear(root: Path, host: Host, tmp_path: Path) -> None:
    """With a certificate of Caddy's own, for this computer alone: a login, the site, no plain HTTP."""
    port = free_port()
    text = (root / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    # The machine's own port 80 and its list of authorities are no business of a test.
    quiet = "admin off\n\tauto_https disable_redirects\n\tskip_install_trust"
    (tmp_path / "Caddyfile").write_text(text.replace("admin off", quiet), encoding="utf-8")
    server = start(
        tmp_path / "Caddyfile",
        tmp_path,
        SITE_ADDRESS=f"https://localhost:{port}",
        SITE_BIND="127.0.0.1",
        SITE_FOLDER=str(host.site),
        LOGIN_NAME="me",
        LOGIN_HASH=hash_of(PASSWORD),
    )
    try:
        _wait(Host(port, host.site, host.headers), server)
        authority = tmp_path / ".local/share/caddy/pki/authorities/local/root.crt"
        trusting = ssl.create_default_context(cafile=authority)
        safe = Host(port, host.site, host.headers, trusting)
        check_shut(safe.ask("/", None))
        answer = safe.ask("/")
        assert b"Acme" in answer.body
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        clear = Host(port, host.site, host.headers).ask("/")
        assert (clear.status, b"Acme" in clear.body) == (400, False)
        with pytest.raises(ssl.SSLCertVerificationError):
            Host(port, host.site, host.headers, ssl.create_default_context()).ask("/")
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def test_a_page_that_were_open_is_seen(root: Path, host: Host, tmp_path: Path) -> None:
    """The tests above can fail: without the line that asks for a login, everything is told."""
    text = (root / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    begin, end = text.index("\tbasicauth"), text.index("\timport")
    (tmp_path / "Caddyfile").write_text(text[:begin] + text[end:], encoding="utf-8")
    port = free_port()
    address = {"SITE_ADDRESS": f"http://127.0.0.1:{port}", "SITE_FOLDER": str(host.site)}
    server = start(tmp_path / "Caddyfile", tmp_path, **address)
    leaky = Host(port, host.site, host.headers)
    try:
        _wait(leaky, server)
        with pytest.raises(AssertionError):
            check_shut(leaky.ask("/", None))
        assert b"Acme" in leaky.ask("/", None).body
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)
