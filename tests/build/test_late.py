"""A preview that makes only what has changed, beside one that makes everything at every change."""

from __future__ import annotations

import json
import logging
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from followup.mkdocs.late import LatePreview
from followup.mkdocs.plugin import FollowupPlugin
from followup.notes.memory import Memory
from tests.building import CONFIG, NOTE, plant
from tests.serving import serving, until

URL = "http://127.0.0.1:8000/"
TREE = """\
== entries/index.md
# My search
A line, and [a note](a.md).
== entries/about.md
# About
See [a note](a.md#the-job) and [the plan](files/plan.txt).
== entries/a.md
<NOTE>
== entries/files/plan.txt
A plan.
"""
WORDS = "depot forecast return truck month team check file plan".split()
EXTRAS = (
    "[the plan](files/plan.txt)",
    "[the other](b.md)",
    "[nothing](nowhere.md)",
    "[a place](b.md#the-job)",
    "[no place](b.md#nowhere)",
    "![](files/plan.txt)",
    "@okafor said so #evidence",
    "<b>bold</b> & more",
)


def _note(draw: random.Random, number: int) -> str:
    day = draw.choice(("2026-11-10", "2026-11-19", "2026-11-20", "2026-11-24", "2026-12-02"))
    company = draw.choice(("Acme Logistics", "Bell & Co", "Coot"))
    front = [
        f"company: {company}",
        f"title: {draw.choice(('Analyst', 'Clerk'))}",
        f"interview: {{format: {draw.choice(('panel', 'video', 'phone_screen'))}, start: {day} 14:00}}",
        "people:",
        f"  - {{id: okafor, name: Ngozi Okafor, honorific: Ms., email: n{number}@acme.example}}",
        f"decision: {{by: {draw.choice(('2026-12-04', '2026-12-18', '2027-01-08'))}}}",
    ]
    if day < "2026-11-20":
        event = draw.choice(("received", "rejected", "invited", "accepted", "offer", "sent"))
        front.append(f"log: [{{on: 2026-11-20, event: {event}}}]")
    body = [f"## {heading}\n- {_sentence(draw)}" for heading in ("The job", "What went right")]
    return "\n".join(["---", *front, "---", *body, draw.choice(("", *EXTRAS)), ""])


def _sentence(draw: random.Random) -> str:
    return " ".join(draw.choices(WORDS, k=6)).capitalize() + draw.choice((".", "", " #listening"))


class Ground:
    """A workspace, and two previews of it: `late` goes on from build to build."""

    def __init__(self, root: Path) -> None:
        self.root = plant(root, TREE)
        self.notes = root / "entries"
        self.late = LatePreview()
        self.said: list[str] = []

    def build(
        self, site: Path, late: LatePreview, *, incremental: bool, active: bool | None = None
    ) -> None:
        """Build as the preview does, and make everything that it leaves for later."""
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(site))
        config.plugins.on_startup(command="serve", dirty=False)
        plugin = config.plugins["followup"]
        assert isinstance(plugin, FollowupPlugin)
        plugin.late, plugin.token = late, "TOKEN"
        plugin.options = plugin.options.model_copy(update={"incremental": incremental})
        config.site_url = URL
        with _heard() as said:
            build(config, serve_url=URL)
        self.said = said
        assert late.active is (incremental if active is None else active)
        late.write_all()

    def compare(self) -> None:
        """Both previews have the same files with the same bytes, and the same to say."""
        late, whole = self.root / "late", self.root / "whole"
        self.build(late, self.late, incremental=True)
        said = self.said
        self.build(whole, LatePreview(), incremental=False)
        assert sorted(said) == sorted(self.said)
        assert _names(late) == _names(whole)
        different = [
            n for n in _names(whole) if (late / n).read_bytes() != (whole / n).read_bytes()
        ]
        assert different == []


@contextmanager
def _heard() -> Iterator[list[str]]:
    said: list[str] = []

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler = Hearing(logging.INFO)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        said[:] = [line for line in said if not re.match("Documentation built in|Cleaning", line)]


def _names(site: Path) -> list[str]:
    return sorted(f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file())


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """A workspace with one note."""
    return Ground(tmp_path)


def _own(ground: Ground) -> list[Path]:
    return sorted(ground.notes.glob("[a-h].md"))


def _write(ground: Ground, draw: random.Random) -> None:
    name = draw.choice("abcdefgh")
    (ground.notes / f"{name}.md").write_text(_note(draw, ord(name)), encoding="utf-8")


def _edit(ground: Ground, draw: random.Random) -> None:
    file = draw.choice(_own(ground))
    text = file.read_text(encoding="utf-8")
    added = draw.choice((f"- {_sentence(draw)}", draw.choice(EXTRAS)))
    file.write_text(f"{text}{added}\n", encoding="utf-8")


def _move_date(ground: Ground, draw: random.Random) -> None:
    file = draw.choice(_own(ground))
    text = file.read_text(encoding="utf-8")
    day = f"decision: {{by: 2026-12-{draw.randint(3, 30):02}}}"
    file.write_text(re.sub(r"decision: \{by: [\d-]+\}", day, text), encoding="utf-8")


def _rename(ground: Ground, draw: random.Random) -> None:
    free = [name for name in "abcdefgh" if not (ground.notes / f"{name}.md").exists()]
    if free:
        draw.choice(_own(ground)).rename(ground.notes / f"{draw.choice(free)}.md")


def _remove(ground: Ground, draw: random.Random) -> None:
    files = _own(ground)
    if len(files) > 1:
        draw.choice(files).unlink()


def _edit_page(ground: Ground, draw: random.Random) -> None:
    file = ground.notes / draw.choice(("index.md", "about.md"))
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n{_sentence(draw)}\n", encoding="utf-8")


def _change_template(ground: Ground, draw: random.Random) -> None:
    file = ground.root / "site_templates" / "pages" / "problems.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<p>{_sentence(draw)}</p>", encoding="utf-8")
    shipped = Path(__file__).parents[2] / "site_templates" / "pages" / "person.html"
    text = f"{shipped.read_text(encoding='utf-8')}<p>{_sentence(draw)}</p>"
    (file.parent / "person.html").write_text(text, encoding="utf-8")


def _change_settings(ground: Ground, draw: random.Random) -> None:
    lines = [
        f"today: 2026-11-{draw.randint(21, 28)}",
        f"profile: {draw.choice(('gentle', 'standard', 'persistent'))}",
        f"language: {draw.choice(('en', 'de'))}",
    ]
    options = "".join(f"      {line}\n" for line in lines)
    config = CONFIG.replace("      today: 2026-11-22\n", options)
    if draw.random() < 0.5:
        config += "use_directory_urls: false\n"
    if draw.random() < 0.5:
        config += "markdown_extensions: [admonition]\n"
    (ground.root / "mkdocs.yml").write_text(config, encoding="utf-8")


STEPS: dict[Callable[[Ground, random.Random], None], int] = {
    _edit: 8, _move_date: 6, _write: 8, _rename: 3, _remove: 3, _edit_page: 2,
    _change_template: 1, _change_settings: 2,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_random_changes_leave_no_trace(ground: Ground, seed: int) -> None:
    """After each of sixty changes in all the site is the one of a whole build, the search included."""
    draw = random.Random(seed)
    for _ in range(30):
        (step,) = draw.choices(list(STEPS), list(STEPS.values()))
        step(ground, draw)
        ground.compare()


class _Careless(Memory):
    """A memory that knows a note by its name, whatever it says by now."""

    def recall(self, key: Any, make: Callable[[], Any]) -> Any:
        return super().recall(key[:2] if key[0] == "note" else key, make)


def test_a_stale_page_would_be_noticed(ground: Ground) -> None:
    """The test above can fail: a note that is not read again is another site."""
    ground.compare()
    ground.late.memory = _Careless()
    ground.compare()
    (ground.notes / "a.md").write_text(f"{NOTE}- One more.\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="a/index"):
        ground.compare()


def test_nothing_waits_where_others_have_a_hand_in_pages(ground: Ground) -> None:
    """With a hook or plugin that changes pages every one is built at once, and changed."""
    (ground.root / "hook.py").write_text(
        "def on_page_content(html, **_): return html.replace('trucks', 'TRUCKS')\n",
        encoding="utf-8",
    )
    (ground.root / "mkdocs.yml").write_text(f"{CONFIG}hooks: [hook.py]\n", encoding="utf-8")
    site = ground.root / "site"
    ground.build(site, LatePreview(), incremental=True, active=False)
    assert "how many TRUCKS each" in (site / "notes/a/index.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    """A template with a mistake costs its own pages alone; the banner tells, until it is mended."""
    root = plant(tmp_path, "== entries/a.md\n<NOTE>\n")
    template = root / "site_templates" / "pages" / "person.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ view.nothing_of_the_kind }}", encoding="utf-8")
    address = "people/acme-logistics--okafor/"
    with serving(root) as preview:
        assert "fu-problems" not in preview.get()
        with pytest.raises(HTTPError, match="404"):
            preview.get(address)
        assert "nothing_of_the_kind" in preview.get("companies/")
        template.unlink()
        until(preview.said, "Reloading browsers")
        assert "Ngozi Okafor" in preview.get(address)
        assert "fu-problems" not in preview.get()


def test_an_address_without_its_slash_leads_to_the_page(tmp_path: Path) -> None:
    """A page that nobody has opened yet is found without the slash too; what is not there is not."""
    with serving(plant(tmp_path, "== entries/a.md\n<NOTE>\n")) as preview:
        assert "<h1>Calendar</h1>" in preview.get("calendar")
        assert "BEGIN:VCALENDAR" in preview.get("calendar/followup.ics")
        assert json.loads(preview.get("search/search_index.json"))["docs"]
        for _ in range(2):
            with pytest.raises(HTTPError, match="404") as nothing:
                preview.get("nowhere/")
            assert "<title>No such page" in nothing.value.read().decode()
        assert "calendar/</loc>" in preview.get("sitemap.xml")


def test_a_page_of_the_owner_stands_in_place_of_a_template(ground: Ground) -> None:
    """MkDocs makes `404.html` of the theme first, and then that of `404.md`."""
    (ground.notes / "404.md").write_text("# Lost\n", encoding="utf-8")
    (ground.root / "mkdocs.yml").write_text(
        f"{CONFIG}use_directory_urls: false\n", encoding="utf-8"
    )
    ground.compare()


def test_a_start_that_fails_tells_of_broken_notes_too(tmp_path: Path) -> None:
    """What is left out where there is no other fault is one more to mend where there is."""
    root = plant(
        tmp_path, "== entries/a.md\n---\ncompany: [\n---\n== entries/calendar.md\nA page.\n"
    )
    told = r"(?s)a\.md:2:\d+: error.*calendar\.md:1:1: error"
    with pytest.raises(AssertionError, match=told), serving(root):
        pass


def test_a_preview_starts_beside_files_that_are_no_pages(tmp_path: Path) -> None:
    """A name that ends in `.MD` and a page that is too large are told of, and nowhere to be seen."""
    root = plant(tmp_path, "== entries/a.md\n<NOTE>\n== entries/B.MD\nA secret.\n")
    (root / "entries" / "page.md").write_text("- Words.\n" * 40_000, encoding="utf-8")
    with serving(root) as preview:
        banner = preview.get()
        assert "B.MD:1:1" in banner
        assert "page.md:1:1" in banner
        assert "Ngozi Okafor" in preview.get("people/")
        for address in ("B.MD", "B/", "page/", "page.md"):
            with pytest.raises(HTTPError, match="404"):
                preview.get(address)
