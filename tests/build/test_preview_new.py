"""Saving a new note through the door of a real preview: its own pages can, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from followup.mkdocs.new_notes import LARGEST, LONGEST_REQUEST
from tests.build.test_preview import Answer, send
from tests.building import CONFIG, NOTE, plant
from tests.serving import Preview, serving

pytestmark = pytest.mark.xdist_group("preview-new")

NAME = "2026-11-20-beta-video.md"
TEXT = "---\ncompany: Beta\ntitle: Clerk\n---\n\n## The job\n- Trucks.\n"
URLS = "use_directory_urls: false\nsite_url: https://alex.example/search/\n"


@dataclass(frozen=True, slots=True)
class Ground:
    """A running preview, the token of its pages, and its notes folder."""

    preview: Preview
    token: str
    notes: Path

    @property
    def names(self) -> list[str]:
        """Everything in the notes folder."""
        return sorted(file.name for file in self.notes.iterdir())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A preview of one note, below an address of its own."""
    root = plant(tmp_path_factory.mktemp("new"), f"== entries/old.md\n{NOTE}", URLS + CONFIG)
    with serving(root) as preview:
        yield Ground(preview, preview.token, root / "entries")


@pytest.fixture
def ground(running: Ground) -> Iterator[Ground]:
    """The same; afterwards the one note is alone again."""
    yield running
    for name in set(running.names) - {"old.md"}:
        (running.notes / name).unlink()


def ask(
    ground: Ground, asked: object = None, *, body: bytes | None = None, **headers: str | None
) -> Answer:
    """The answer to a page's request to save the note, but for what is given."""
    host = f"127.0.0.1:{ground.preview.port}"
    right = {
        "Host": host,
        "Origin": f"http://{host}",
        "X-Followup-Token": ground.token,
        "Content-Type": "application/json",
    }
    if body is None:
        body = json.dumps(asked or {"name": NAME, "text": TEXT}).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return send(ground.preview, "POST", "/.followup/new", right | given, body)


def test_a_page_saves_a_note(ground: Ground) -> None:
    """The file is there, and the page learns where it will be shown, in this site's kind of URLs."""
    answer = ask(ground)
    assert (answer.status, answer.said) == (
        200,
        {
            "said": f"Saved as entries/{NAME}.",
            "path": NAME,
            "address": "/search/notes/2026-11-20-beta-video.html",
        },
    )
    assert (ground.notes / NAME).read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    "wrong",
    [
        {"X_Followup_Token": None},
        {"X_Followup_Token": "x" * 43},
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data"},
        {"body": b""},
        {"body": b"[]"},
        {"body": b"name=2026-11-20-beta-video.md&text=x"},
        {"body": b" " * (LONGEST_REQUEST + 1)},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_nobody_else_writes(ground: Ground, wrong: dict[str, Any]) -> None:
    """Nothing is written, whatever is wrong with the request; the right one after it is answered."""
    assert ask(ground, **wrong).status in (403, 421)
    assert ground.names == ["old.md"]
    assert ask(ground).status == 200


def test_ten_megabytes_are_not_even_read(ground: Ground) -> None:
    """The length that a request claims is enough to refuse it."""
    answer = ask(ground, body=b"{}", Content_Length=str(10 * 1024 * 1024))
    assert answer.status == 403
    assert ground.names == ["old.md"]


def test_the_longest_note_passes_however_it_is_written(ground: Ground) -> None:
    """64 KiB of quotation marks, of which JSON makes twice as many bytes."""
    text = TEXT.rstrip() + '"' * (LARGEST - len(TEXT)) + "\n"
    assert ask(ground, {"name": NAME, "text": text}).status == 200
    assert (ground.notes / NAME).stat().st_size == LARGEST


def test_of_many_presses_one_makes_the_note(ground: Ground) -> None:
    """At once or not, the first is written, and the others learn that it is there."""
    texts = [TEXT.replace("Clerk", f"Clerk {number}") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: ask(ground, {"name": NAME, "text": text}), texts))
    assert sorted(answer.status for answer in answers) == [200] + [400] * 23
    (first,) = (number for number, answer in enumerate(answers) if answer.status == 200)
    assert (ground.notes / NAME).read_text(encoding="utf-8") == texts[first]
    (refused, *_) = (answer.said for answer in answers if answer.status == 400)
    assert refused["address"] == "/search/notes/2026-11-20-beta-video.html"
    assert ground.names == [NAME, "old.md"]
