"""The buttons of a real preview: its own pages press them, nobody else can, and 200 may at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.building import CONFIG, build_site, plant
from tests.serving import Preview, serving, until

pytestmark = pytest.mark.xdist_group("preview-log")

NOTE = "2026-11-19-acme.md"
TEN_MEGABYTES = 10 * 1024 * 1024
SENT = "  - {on: 2026-11-22, event: sent, touch: thank_you, to: okafor}\n"


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview and the token of its pages, a note's file, and the uid of its thank-you."""

    preview: Preview
    token: str
    note: Path
    uid: str

    def ask(
        self, action: str, asked: object, body: bytes | None = None, **headers: str | None
    ) -> tuple[int, Any]:
        """The status and the JSON that a request of a page gets, but for what is given."""
        host = f"127.0.0.1:{self.preview.port}"
        right: Mapping[str, str | None] = {
            "Host": host,
            "Origin": f"http://{headers.get('Host') or host}",
            "X-Followup-Token": self.token,
            "Content-Type": "application/json",
        }
        sent = json.dumps(asked).encode() if body is None else body
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return post(self.preview, f"/.followup/{action}", {**right, **given}, sent)


def post(
    preview: Preview, path: str, headers: Mapping[str, str | None], body: bytes
) -> tuple[int, Any]:
    """The answer to a POST with just these headers; a value of None leaves a header out."""
    # Of two hundred at once the last waits for all others, and the machine may be busy.
    connection = HTTPConnection("127.0.0.1", preview.port, timeout=300)
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Content-Length", str(len(body)))
    for name, value in headers.items():
        if value is not None:
            connection.putheader(name, value.replace("PORT", str(preview.port)))
    connection.endheaders()
    with suppress(ConnectionError):  # it does not wait for what it will not read
        connection.send(body)
    with connection.getresponse() as answer:
        return answer.status, json.loads(answer.read())


def uids(page: str) -> list[str]:
    """The follow-ups that a page has rows of, in its order."""
    return re.findall(r'class="fu-row" data-fu-uid="([0-9a-f]{16})"', page)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of one note with one thank-you to send."""
    root = plant(tmp_path_factory.mktemp("log"), f"== entries/{NOTE}\n<NOTE>\n")
    with serving(root) as preview:
        yield Ground(preview, preview.token, root / "entries" / NOTE, uids(preview.get())[0])


def test_a_press_writes_one_line_and_undo_takes_it_back(ground: Ground) -> None:
    """The bytes are those of before, and the same press after that writes again."""
    before = ground.note.read_bytes()
    for _ in range(2):
        status, answer = ground.ask("log", {"uid": ground.uid, "event": "sent"})
        assert (status, answer["said"]) == (200, "Thanked Ms. Okafor.")
        after = ground.note.read_bytes()
        assert after.replace(b"log:\n" + SENT.encode(), b"") == before != after
        status, answer = ground.ask("undo", {"id": answer["undo"]})
        assert (status, answer) == (200, {"said": "Taken back: Thanked Ms. Okafor."})
        assert ground.note.read_bytes() == before


@pytest.mark.parametrize("action", ["log", "undo"])
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost:PORT"}, 403),
        ({"Origin": "https://127.0.0.1:PORT"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"X_Followup_Token": None}, 403),
        ({"X_Followup_Token": "x" * 43}, 403),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 403),
        ({"Host": "evil.example:PORT", "Origin": "http://evil.example:PORT"}, 421),
        ({"Host": "127.0.0.1:1", "Origin": "http://127.0.0.1:1"}, 421),
    ],
    ids=str,
)
def test_nobody_else_writes_anything(
    ground: Ground, action: str, wrong: dict[str, str | None], status: int
) -> None:
    """Foreign pages, other ports, rebound names, forms, and whoever has no token."""
    key = ground.ask("log", {"uid": ground.uid, "event": "sent"})[1]["undo"]
    asked = {"undo": {"id": key}, "log": {"uid": ground.uid, "event": "received"}}
    before = ground.note.read_bytes()
    assert ground.ask(action, asked[action], None, **wrong)[0] == status
    assert ground.note.read_bytes() == before
    assert ground.ask("undo", {"id": key})[0] == 200


def test_a_form_writes_nothing(ground: Ground) -> None:
    """What a form can send is no JSON, and has no token."""
    before = ground.note.read_bytes()
    body = f"uid={ground.uid}&event=sent".encode()
    for kind in ("application/x-www-form-urlencoded", "application/json"):
        assert ground.ask("log", None, body, Content_Type=kind)[0] == 403
    assert ground.note.read_bytes() == before


def test_ten_megabytes_are_not_read(ground: Ground) -> None:
    """A body of that size is refused at its head, whatever it begins with."""
    before = ground.note.read_bytes()
    body = json.dumps({"uid": ground.uid, "event": "sent"}).encode().ljust(TEN_MEGABYTES)
    with suppress(ConnectionError):
        assert ground.ask("log", None, body)[0] == 403
    assert ground.note.read_bytes() == before
    assert ground.ask("log", {"uid": "0" * 16, "event": "sent"})[0] == 400


def test_a_second_press_is_refused_in_words(ground: Ground) -> None:
    """Before the pages have been made anew, too."""
    key = ground.ask("log", {"uid": ground.uid, "event": "sent"})[1]["undo"]
    status, answer = ground.ask("log", {"uid": ground.uid, "event": "sent"})
    assert (status, answer) == (
        400,
        {"said": "Thank Ms. Okafor: already sent on Sun 22 Nov. Nothing was written."},
    )
    assert ground.note.read_text(encoding="utf-8").count(SENT) == 1
    ground.ask("undo", {"id": key})


def test_two_hundred_presses_at_once_are_each_recorded_once(tmp_path: Path) -> None:
    """Five into each of forty notes; then every one is done, and nothing is left to do."""
    people = "\n".join(
        f"  - {{id: p{n}, name: Ann P{n}, honorific: Ms., role: interviewer, email: p{n}@x.example}}"
        for n in range(5)
    )
    tree = "".join(
        f"== entries/note-{n}.md\n---\ncompany: Firm {n}\ntitle: Clerk\n"
        f"interview: {{format: panel, start: 2026-11-19 14:00}}\npeople:\n{people}\n---\n"
        for n in range(40)
    )
    with serving(plant(tmp_path, tree)) as preview:
        late = preview.get().partition('data-bucket="today"')[0]
        found = uids(late)
        assert len(set(found)) == len(found) == 200
        ground, gate = Ground(preview, preview.token, tmp_path, ""), Barrier(200)
        status = ThreadPoolExecutor(200).map(lambda uid: press(ground, gate, uid), found)
        assert list(status) == [200] * 200
    texts = [file.read_text(encoding="utf-8") for file in sorted(tmp_path.glob("entries/*.md"))]
    assert len(texts) == 40
    assert sum(text.count("event: sent") for text in texts) == 200
    for n in range(5):
        one = f"  - {{on: 2026-11-22, event: sent, touch: thank_you, to: p{n}}}\n"
        assert {text.count(one) for text in texts} == {1}
    today = build_site(tmp_path).page("")
    assert 'id="late"' in today
    assert uids(today.partition('data-bucket="today"')[0]) == []


def press(ground: Ground, gate: Barrier, uid: str) -> int:
    """The status of a press at the same time as all others."""
    gate.wait(60)
    return ground.ask("log", {"uid": uid, "event": "sent"})[0]


def test_the_plan_follows_a_press(ground: Ground) -> None:
    """The pages are made anew, and say what was done."""
    key = ground.ask("log", {"uid": ground.uid, "event": "sent"})[1]["undo"]
    while ground.uid in uids(ground.preview.get()):
        until(ground.preview.said, "Reloading browsers")
    assert "Thanked Ms. Okafor" in ground.preview.get()
    ground.ask("undo", {"id": key})
    while ground.uid not in uids(ground.preview.get()):
        until(ground.preview.said, "Reloading browsers")


def test_a_broken_note_stands_above_the_last_good_pages(tmp_path: Path) -> None:
    """On every page, as long as it is broken: where, what, what would be right; then it is gone."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n== entries/index.md\n# Hello\n")
    (root / "entries" / "about.md").write_text("# About\n", encoding="utf-8")
    note = root / "entries" / NOTE
    good = note.read_text(encoding="utf-8")
    with serving(root) as preview:
        assert "fu-problems" not in preview.get()
        note.write_text(good.replace("format: panel", "format: <pannel>"), encoding="utf-8")
        until(preview.said, "Reloading browsers")
        for path in ("", "companies/acme-logistics/", "about/"):
            page = preview.get(path)
            banner = page.partition('id="fu-problems"')[2].partition("<article")[0]
            assert "One problem in your notes" in banner, path
            assert f"<code>{NOTE}:4:21</code> unknown interview format “&lt;pannel&gt;”" in banner
            assert "One of phone_screen, video, onsite," in banner
            assert f'data-fu-open="{NOTE}" data-fu-line="4"' in banner
        assert "Acme Logistics" in preview.get("companies/")
        note.write_text(good, encoding="utf-8")
        until(preview.said, "Reloading browsers")
        assert "fu-problems" not in preview.get()
        (root / "mkdocs.yml").write_text(CONFIG.replace("today", "todai"), encoding="utf-8")
        until(preview.said, "Reloading browsers")
        page = preview.get()
        assert "The pages could not be made" in page
        assert "Acme Logistics" in page
        (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        until(preview.said, "Reloading browsers")
        assert "fu-problems" not in preview.get()


def test_a_preview_starts_beside_a_broken_note(tmp_path: Path) -> None:
    """It shows what can be read, also what is pressed there, and nothing of the note; then all."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    other = root / "entries" / "2026-11-19-beta.md"
    text = (root / "entries" / NOTE).read_text(encoding="utf-8").replace("Acme", "Beta")
    text = text.replace("company:", "compani:") + "\nKestrel\n"
    other.write_text(text, encoding="utf-8")
    with serving(root) as preview:
        page = preview.get()
        assert "One problem in your notes" in page
        assert "The pages leave out every note with an error." in page
        assert "<code>2026-11-19-beta.md:2:1</code>" in page
        uid = uids(preview.get("companies/acme-logistics/"))[0]
        for path in ("notes/2026-11-19-beta/", "2026-11-19-beta/", "2026-11-19-beta.md"):
            with pytest.raises(HTTPError, match="404"):
                preview.get(path)
        assert "Kestrel" not in preview.get("search/search_index.json")
        ground = Ground(preview, preview.token, root / "entries" / NOTE, "")
        status, answer = ground.ask("log", {"uid": uid, "event": "sent"})
        assert (status, answer["said"]) == (200, "Thanked Ms. Okafor.")
        while uid in uids(preview.get()):
            until(preview.said, "Reloading browsers")
        assert "fu-problems" in preview.get()
        other.write_text(text.replace("compani:", "company:"), encoding="utf-8")
        until(preview.said, "Reloading browsers")
        assert "fu-problems" not in preview.get()
        assert "Kestrel" in preview.get("notes/2026-11-19-beta/")
        other.write_text(text, encoding="utf-8")
        until(preview.said, "Reloading browsers")
        assert "The pages show your notes as they were before." in preview.get()
        assert "Kestrel" in preview.get("notes/2026-11-19-beta/")


def test_a_press_beside_a_broken_note_counts(tmp_path: Path) -> None:
    """Only the broken note itself is left alone; the answer says when the pages will show it."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    other = root / "entries" / "2026-11-19-beta.md"
    text = (root / "entries" / NOTE).read_text(encoding="utf-8").replace("Acme", "Beta")
    other.write_text(text, encoding="utf-8")
    with serving(root) as preview:
        ground = Ground(preview, preview.token, root / "entries" / NOTE, "")
        acme, beta = (
            uids(preview.get(f"companies/{name}-logistics/"))[0] for name in ("acme", "beta")
        )
        other.write_text(text.replace("company:", "compani:"), encoding="utf-8")
        until(preview.said, "Reloading browsers")
        status, answer = ground.ask("log", {"uid": beta, "event": "sent"})
        assert (status, answer["said"].partition(".")[0]) == (
            400,
            "The note has an error in line 2",
        )
        assert other.read_text(encoding="utf-8") == text.replace("company:", "compani:")
        status, answer = ground.ask("log", {"uid": acme, "event": "sent"})
        assert (status, answer["said"]) == (
            200,
            "Thanked Ms. Okafor. The pages show it once your notes are mended.",
        )
        assert SENT in ground.note.read_text(encoding="utf-8")


def test_a_clean_preview_and_a_build_have_no_buttons(tmp_path: Path) -> None:
    """Outside the preview no page has anything that writes, nor a banner."""
    root = plant(tmp_path, f"== entries/{NOTE}\n<NOTE>\n")
    built = build_site(root)
    assert built.error is None, built.text
    for name in built.names:
        text = (built.site / name).read_bytes()
        if name.endswith(".html"):
            assert b"data-fu-log" not in text, name
            assert b"fu-problems" not in text, name
    with serving(root, "--clean") as preview:
        page = preview.get()
        assert "data-fu-log" not in page
        host = f"127.0.0.1:{preview.port}"
        headers = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
        body = json.dumps({"uid": uids(page)[0], "event": "sent"}).encode()
        assert post(preview, "/.followup/log", headers, body)[0] == 403
        assert "event: sent" not in (root / "entries" / NOTE).read_text(encoding="utf-8")
