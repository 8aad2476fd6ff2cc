"""The door of the local preview: a real one is asked by everybody, and answers its own pages only."""

from __future__ import annotations

import json
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.building import build_site, plant
from tests.serving import Preview, Recorder, make_editor, serving, until

pytestmark = pytest.mark.xdist_group("preview")

NOTE = "2026-11-19-acme.md"
ODD = "-rf {line} it's $(x) & co.md"
OPEN = "/.followup/open"
REFUSED = {"said": "The preview refused this. Reload the page, then try again."}


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview, its workspace, and the editor it opens."""

    preview: Preview
    root: Path
    editor: Recorder


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        """The JSON of the body."""
        return json.loads(self.body)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of two notes."""
    root = plant(tmp_path_factory.mktemp("preview"), f"== entries/{NOTE}\n<NOTE>\n")
    (root / "entries" / ODD).write_text("---\ncompany: Odd\ntitle: Clerk\n---\n", encoding="utf-8")
    (root / "secret.md").write_text("outside\n", encoding="utf-8")
    editor = make_editor(root)
    template = f"{shlex.quote(str(editor.program))} --goto {{file}}:{{line}}"
    with serving(root, FOLLOWUP_EDITOR=template) as preview:
        yield Ground(preview, root, editor)


def send(
    preview: Preview, method: str, path: str, headers: Mapping[str, str | None], body: bytes = b""
) -> Answer:
    """The answer to a request with just these headers, and the length of a body that it has."""
    connection = HTTPConnection("127.0.0.1", preview.port, timeout=30)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    lengths = {"Content-Length": str(len(body))} if body else {}
    for name, value in {**lengths, **headers}.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    with connection.getresponse() as answer:
        return Answer(answer.status, dict(answer.headers), answer.read())


def ask(
    ground: Ground,
    asked: object = None,
    *,
    method: str = "POST",
    path: str = OPEN,
    body: bytes | None = None,
    **headers: str | None,
) -> Answer:
    """The answer to a page's request for line 3, but for what is given; None leaves a header out."""
    host = f"127.0.0.1:{ground.preview.port}"
    right = {
        "Host": host,
        "Origin": f"http://{headers.get('Host') or host}",
        "X-Followup-Token": ground.preview.token,
        "Content-Type": "application/json",
    }
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        body = json.dumps(asked or {"path": NOTE, "line": 3}).encode()
    values = {
        name: value and value.replace("PORT", str(ground.preview.port))
        for name, value in given.items()
    }
    return send(ground.preview, method, path, right | values, body)


def test_a_page_opens_a_note_in_the_editor(ground: Ground) -> None:
    """A request as the pages send it starts the editor at the line, and says so."""
    before = len(ground.editor.calls)
    answer = ask(ground, {"path": NOTE, "line": 4})
    assert (answer.status, answer.said) == (200, {"said": "Opened line 4 in code."})
    assert ground.editor.calls[before:] == [["--goto", f"{ground.root}/entries/{NOTE}:4"]]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_name_is_never_a_command(ground: Ground) -> None:
    """Spaces, quotes, braces and what a shell would run reach the editor as one argument."""
    before = len(ground.editor.calls)
    assert ask(ground, {"path": ODD, "line": 2}).status == 200
    assert ground.editor.calls[before:] == [["--goto", f"{ground.root}/entries/{ODD}:2"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"X_Followup_Token": None},
        {"X_Followup_Token": ""},
        {"X_Followup_Token": "x" * 43},
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1:PORT/"},
        {"Origin": "http://localhost:PORT"},
        {"Content_Type": None},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Length": None},
        {"Content_Length": None, "Transfer_Encoding": "chunked"},
        {"Content_Length": "-1"},
        {"Content_Length": "10000000000000000000000"},
        {"body": b""},
        {"body": b"", "Content_Length": "0"},
        {"body": b"{"},
        {"body": b"[]"},
        {"body": b"[" * 16_000},
        {"body": b"\xff"},
        {"body": b'{"path": "%s", "line": 3}' % NOTE.encode() + b" " * 16 * 1024},
        {"path": "/.followup/"},
        {"path": "/.followup/open/"},
        {"path": "/.followup/Open"},
        {"path": "/.followup/__class__"},
        {"method": "GET"},
        {"method": "HEAD"},
        {"method": "PUT"},
        {"method": "OPTIONS"},
    ],
    ids=lambda wrong: str(wrong)[:60],
)
def test_whatever_is_no_request_of_a_page_is_refused(ground: Ground, wrong: Any) -> None:
    """Each is answered with 403, and only the right request after it starts the editor."""
    before = len(ground.editor.calls)
    answer = ask(ground, **wrong)
    assert answer.status == 403
    assert wrong.get("method") == "HEAD" or answer.said == REFUSED
    assert ask(ground).status == 200
    assert len(ground.editor.calls) == before + 1


def test_the_longest_body_is_read(ground: Ground) -> None:
    """The limit is where it is said to be: 16 KiB, not a byte less."""
    body = b'{"path": "%s", "line": 3}' % NOTE.encode()
    assert ask(ground, body=body.ljust(16 * 1024)).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.:PORT",
        "127.0.0.1:PORT.evil.example",
        "127.0.0.1:PORT@evil.example",
        "127.0.0.1:PORT,evil.example",
        "0.0.0.0:PORT",
        "",
        None,
    ],
)
def test_another_host_learns_nothing(ground: Ground, host: str | None) -> None:
    """A name that leads here without being ours, as in a rebinding attack, is answered with 421."""
    before = len(ground.editor.calls)
    value = host and host.replace("PORT", str(ground.preview.port))
    for path in ("/", "/companies/", "/livereload/0/1", "/no-such-page/"):
        answer = send(ground.preview, "GET", path, {"Host": value})
        assert answer.status == 421
        assert b"Acme" not in answer.body
        assert ground.preview.token.encode() not in answer.body
    assert ask(ground, Host=value, Origin=f"http://{value}").status == 421
    assert ask(ground).status == 200
    assert len(ground.editor.calls) == before + 1


def test_two_hosts_are_none(ground: Ground) -> None:
    """A request that names a second host beside the right one is refused."""
    connection = HTTPConnection("127.0.0.1", ground.preview.port, timeout=30)
    connection.putrequest("GET", "/")
    connection.putheader("Host", "evil.example")
    connection.endheaders()
    with connection.getresponse() as answer:
        assert answer.status == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_this_computer_has_three_names(ground: Ground, name: str) -> None:
    """By each the pages, live reload and the actions answer."""
    host = f"{name}:{ground.preview.port}"
    page = send(ground.preview, "GET", "/companies/", {"Host": host})
    assert page.status == 200
    assert b"Acme Logistics" in page.body
    assert send(ground.preview, "GET", "/livereload/0/1", {"Host": host}).body.isdigit()
    assert send(ground.preview, "GET", "/no-such-page/", {"Host": host}).status == 404
    assert ask(ground, Host=host).status == 200


@pytest.mark.parametrize("path", ["/%00", "/a%00b", "/companies/%00/", "/livereload/%00"])
def test_what_no_file_can_be_called_is_not_there(ground: Ground, path: str) -> None:
    """A path that the system refuses is a page that is missing, no failure of the preview."""
    host = {"Host": f"127.0.0.1:{ground.preview.port}"}
    assert send(ground.preview, "GET", path, host).status == 404


def test_no_other_site_may_show_or_load_a_page(ground: Ground) -> None:
    """Framed pages could be made to be clicked, and loaded ones would tell that they are there."""
    host = {"Host": f"127.0.0.1:{ground.preview.port}"}
    for path in ("/", "/companies/", "/search/search_index.json", "/no-such-page/", OPEN):
        headers = send(ground.preview, "GET", path, host).headers
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"path": "../secret.md", "line": 1}, "There is no such note any more."),
        ({"path": "gone.md", "line": 1}, "There is no such note any more."),
        ({"line": 1}, "There is no such note any more."),
        ({"path": NOTE, "line": 999}, "The note has no such line any more."),
        ({"path": NOTE}, "The note has no such line any more."),
    ],
)
def test_what_cannot_be_opened_is_said_in_words(ground: Ground, asked: object, said: str) -> None:
    """A page that is out of date gets the reason, and nothing is started."""
    before = len(ground.editor.calls)
    answer = ask(ground, asked)
    assert (answer.status, answer.said) == (
        400,
        {"said": f"{said} Reload the page, then try again."},
    )
    assert ask(ground).status == 200
    assert len(ground.editor.calls) == before + 1


def test_only_the_preview_has_the_token(ground: Ground, tmp_path: Path) -> None:
    """In the preview every page knows it; the built site has nothing to ask, and nothing to press."""
    token = ground.preview.token
    drafts = ground.preview.get("drafts/2026-11-19-acme/")
    assert token in drafts
    assert f'data-fu-open="{NOTE}"' in drafts
    assert ground.preview.get("drafts/2026-11-19-acme/") == drafts
    built = build_site(plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n"))
    assert built.error is None, built.text
    assert "Fill the gap" in built.page("drafts/2026-11-19-acme/")
    for name in built.names - {"assets/followup/portal.js", "assets/followup/portal.css"}:
        text = (built.site / name).read_bytes()
        assert not [
            word for word in (b"followup-token", b"data-fu-open", b"your editor") if word in text
        ]


def test_the_token_lasts_as_long_as_the_preview(tmp_path: Path) -> None:
    """After a rebuild the pages still know it; and the folder they lie in is still the owner's alone."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    note = root / "entries" / NOTE
    with serving(root, FOLLOWUP_EDITOR="true") as preview:
        before = preview.token
        note.write_text(note.read_text(encoding="utf-8").replace("Acme", "Beta"), encoding="utf-8")
        until(preview.said, "Reloading browsers")
        assert "Beta Logistics" in preview.get("companies/")
        assert preview.token == before
        (site,) = (root / ".preview").iterdir()
        assert stat.S_IMODE(site.stat().st_mode) == 0o700
        assert ask(Ground(preview, root, make_editor(root))).said == {
            "said": "Opened the note; go to line 3."
        }


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "[::]:8000", "192.0.2.7:8000"])
@pytest.mark.parametrize("option", [[], ["--clean"]])
def test_the_network_is_refused(tmp_path: Path, address: str, option: list[str]) -> None:
    """An address that other computers reach ends the run before anything is served."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address, *option],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "the preview is for this computer only, not for `" in done.stderr
    assert "hint: write `127.0.0.1:8000`" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Serving on" not in done.stderr


def test_a_build_asks_for_no_address(tmp_path: Path) -> None:
    """The setting of the preview stops nothing but the preview."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    built = build_site(root, dev_addr="0.0.0.0:8000")
    assert built.error is None, built.text


def test_a_clean_preview_has_a_door_and_nothing_to_press(tmp_path: Path) -> None:
    """`serve --clean` shows what a build would make; behind it no action can be asked for."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    with serving(root, "--clean") as preview:
        assert "followup-token" not in preview.get("drafts/2026-11-19-acme/")
        assert send(preview, "GET", "/", {"Host": "evil.example"}).status == 421
        host = f"127.0.0.1:{preview.port}"
        right = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
        body = json.dumps({"path": NOTE, "line": 3}).encode()
        for token in (None, "", "None"):
            answer = send(preview, "POST", OPEN, right | {"X-Followup-Token": token}, body)
            assert answer.status == 403


def test_the_fork_has_the_same_door(tmp_path: Path) -> None:
    """`properdocs serve` keeps strangers out and opens the editor for its own pages."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    editor = make_editor(root)
    program = shlex.quote(str(editor.program))
    with serving(root, module="properdocs", FOLLOWUP_EDITOR=program) as preview:
        assert send(preview, "GET", "/", {"Host": "evil.example"}).status == 421
        assert ask(Ground(preview, root, editor)).said == {"said": "Opened line 3 in code."}
        assert editor.calls == [["--goto", f"{root}/entries/{NOTE}:3"]]
