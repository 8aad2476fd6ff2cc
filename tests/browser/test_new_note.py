"""The form for a new note in a real browser: what it makes of what is typed, and where that goes."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown import Markdown
from playwright.sync_api import Dialog, Download, Page, expect

from followup.mkdocs.prose import finish_page
from followup.notes.blank import note_name, render_note
from followup.notes.categories import CATEGORIES, Answer, answers
from followup.notes.entry import Bullet, BulletKind, Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.folder import load_entries
from followup.notes.prose import prepare_prose
from followup.notes.schema import NotApplicable
from followup.portal.build import build_portal
from followup.portal.options import Options
from tests.browser.conftest import Open, Portal, Server, Watch
from tests.building import plant
from tests.serving import serving
from tests.unit.notebook import TODAY

pytestmark = pytest.mark.xdist_group("new-note")

SECTIONS = tuple(category for category in CATEGORIES if category.heading)
ITEMS = ("what_went_right", "what_went_wrong", "royal_screw_up")
LINES = tuple(category.key for category in SECTIONS if category.key not in ITEMS)
ABROAD = ("Möwe & Pegel", "Junior Data Analyst", "Europe/Berlin")
DOWNLOAD = "[data-fu-note=download]"
TOLD = "[data-fu-told]"
RENDER = """all => all.map(data => ({
  faults: followupNote.check(data), text: followupNote.render(data), name: followupNote.fileName(data)
}))"""


@pytest.fixture
def form(portal: Portal, watch: Open) -> Iterator[Page]:
    """The form of the sample, of which the browser has nothing to complain."""
    with opened(portal, watch) as watching:
        yield watching.page
    assert watching.complaints == []
    assert watching.left == []


@contextmanager
def opened(portal: Portal, watch: Open, **settings: object) -> Iterator[Watch]:
    """The form in a browser of these settings."""
    with watch(portal.origin, **settings) as watching:
        watching.page.goto(f"{portal.origin}new/")
        yield watching


def read(text: str, name: str = "2026-11-20-acme-panel.md") -> Entry:
    """The note that a text is; a name with a comma may be warned of, nothing may be wrong."""
    entry, problems = parse_entry(name, text.encode())
    assert {problem.code for problem in problems} <= {"comma_in_name", "title_in_name"}, text
    assert entry is not None, (problems, text)
    return entry


def blank(**fields: str) -> dict[str, Any]:
    """What the form holds where only these fields are filled."""
    return {"fields": fields, "lists": {}, "na": []}


def render(page: Page, data: dict[str, Any]) -> str:
    """The text of the note that the form makes of this."""
    text: str = page.evaluate("data => followupNote.render(data)", data)
    return text


# What breaks YAML, Markdown, or the reader's patience; `@` and `#` stand where they mark nothing.
TOKENS = (
    *"* _ ` \\ \" ' : , [ ] { } ( ) < > & ! ? % | ~ = - + . ; / $ ^".split(),
    *"word 3 é 日本 שלום 😀 null n/a yes ~~~ ``` --- *** ___ === -- ** __ <!-- --> <b> </p> &amp; &#33;".split(),
    *"[x](y) [a]: ![i](u) [^1] \\* \\\\ 1. 1) 12. *it* _it_ __it__ `code` <https://x.example> ]( ][ !!! #1".split(),
    *(" ", " ", " ", "  ", "- ", "# ", "> ", "* ", "+ ", "## ", "@ ", ": ", " #, ", "\t", "\u00a0", "\u200f", "\u202e"),
    *("\u2028", "\x07", "\ufeff", "\x85", "\uffff", "Better answer:", "Why:", "\u3000"),
)  # fmt: skip
BREAKS = ("\n", "\r\n", "\n\n", "\u2029")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


class Hand:
    """Somebody who types at random, the same in every run."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)

    def text(self, longest: int = 9) -> str:
        """A text that may be empty."""
        return "".join(self.chance.choices(TOKENS, k=self.chance.randrange(longest)))

    def page(self) -> str:
        """A text of several lines."""
        parts = [self.text() for _ in range(self.chance.randrange(1, 5))]
        return "".join(part + self.chance.choice(BREAKS) for part in parts)

    def day(self) -> str:
        """A day after the interview, or none."""
        return self.chance.choice(["", "2026-11-30", "2027-02-28"])

    def fill(self) -> dict[str, Any]:
        """What a form may hold after a while."""
        choose = self.chance.choice
        fields = {
            "company": choose(["Acme", "Harbor & Pine", "C++", f"x{self.text()}"]),
            "title": f"x{self.text()}",
            "format": choose(["", "panel", "video", "networking"]),
            "date": choose(["2026-11-20", "2026-11-30"]),
            "next_step.what": choose(["", "next_round", "offer"]),
            "next_step.by": self.day(),
            "next_step.said": self.page(),
            "decision.by": self.day(),
            "decision.said": self.text(),
            "other_candidates.answer": choose(["", "yes", "no", "unknown"]),
            "other_candidates.count": choose(["", "4"]),
        }
        if fields["format"]:
            fields["time"] = choose(["", "14:00"])
            fields["minutes"] = choose(["", "45"])
            fields["round"] = choose(["", "2"])
            fields["timezone"] = choose(["", "Europe/Berlin"])
            fields["place"] = choose([self.text(), "https://meet.example/a?b=c#d", "tel:+1-555"])
        fields.update((key, self.page()) for key in LINES)
        lists: dict[str, list[dict[str, str]]] = {
            key: [
                {"what": self.page(), "why": self.text(), "better": self.text()}
                for _ in range(self.chance.randrange(3))
            ]
            for key in ITEMS
        }
        lists["people"] = [self.person() for _ in range(self.chance.randrange(4))]
        na = [category.key for category in CATEGORIES if self.chance.random() < 0.1]
        return {"fields": fields, "lists": lists, "na": na}

    def person(self) -> dict[str, str]:
        """Somebody to name; no two alike."""
        choose = self.chance.choice
        return {
            "name": choose(["", f"{choose(TOKENS)} Lee{self.chance.random()}", self.text()]),
            "honorific": choose(["", "Ms.", "Mx."]),
            "job_title": self.text(),
            "role": choose(["", "recruiter", "hiring_manager"]),
            "email": choose(["", f"a.{self.chance.randrange(10**6)}@acme.example"]),
            "hook": self.text(),
        }


def cleaned(text: str) -> list[str]:
    """The lines of a text without what no editor shows."""
    broken = re.sub(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return [line.strip() for line in INVISIBLE.sub("", broken).split("\n") if line.strip()]


def line(text: str) -> str:
    """A text as it stands on one line."""
    return " ".join(cleaned(text))


def spaced(text: str) -> str:
    """A text as a reader takes it: every white space is one."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()


def listed(text: str) -> list[str]:
    """The lines of a list, without the markers of somebody who writes them."""
    unmarked = (re.sub(r"^[-*•](?:\s+|$)", "", line) for line in cleaned(text))
    return [spaced(line) for line in unmarked if line]


def is_task(text: str) -> bool:
    """Whether it begins with a box to tick, which is no text."""
    return bool(re.match(r"\[[ xX]\]\s", text))


def check_facts(data: dict[str, Any], entry: Entry) -> None:
    """The head of the note says what was typed, and nothing else."""
    fields, front = data["fields"], entry.front
    assert front.company == line(fields["company"])
    assert front.title == line(fields["title"])
    if not fields["format"]:
        assert front.interview is None
    else:
        assert front.interview is not None
        assert front.interview.start.day.isoformat() == fields["date"]
        assert bool(front.interview.start.clock) == bool(fields["time"])
        assert front.interview.minutes == int(fields["minutes"] or 60)
        assert (front.interview.round or "", front.interview.timezone or "") == (
            int(fields["round"] or 0) or "",
            fields["timezone"],
        )
        assert (front.interview.link or front.interview.place or "") == line(fields["place"])
        assert bool(front.interview.link) == bool(re.match("https:|tel:", fields["place"]))
    for key in ("next_step", "decision"):
        block = getattr(front, key)
        if key in data["na"]:
            assert block is NotApplicable.NOT_APPLICABLE
            continue
        said, by = line(fields[f"{key}.said"]), fields[f"{key}.by"]
        assert ((block and block.said) or "") == said
        assert (block.by.isoformat() if block and block.by else "") == by
    other = front.other_candidates
    if "other_candidates" in data["na"]:
        assert other is NotApplicable.NOT_APPLICABLE
    else:
        answer = fields["other_candidates.answer"]
        assert (getattr(other, "answer", "")) == answer
        counted = int(fields["other_candidates.count"] or 0) if answer == "yes" else 0
        assert (getattr(other, "count", 0) or 0) == counted


def check_people(data: dict[str, Any], entry: Entry) -> None:
    """Everybody is there, in order, with all that was typed of them."""
    if "people" in data["na"]:
        assert entry.front.people is NotApplicable.NOT_APPLICABLE
        return
    rows = [row for row in data["lists"].get("people", []) if any(map(line, row.values()))]
    assert not isinstance(entry.front.people, NotApplicable)
    found = [
        {key: str(getattr(person, key) or "") for key in row}
        for row, person in zip(rows, entry.front.people, strict=True)
    ]
    for row, person in zip(rows, found, strict=True):
        typed = {key: line(value) for key, value in row.items()}
        if typed["hook"].rstrip(".").lower() == "n/a":
            typed["hook"] = "n/a"
        assert person == typed


def check_sections(data: dict[str, Any], entry: Entry) -> None:
    """Every heading is there once, and below it what was typed."""
    assert [section.heading for section in entry.sections] == [c.heading for c in SECTIONS]
    for category, section in zip(SECTIONS, entry.sections, strict=True):
        key = category.key
        if key in data["na"]:
            assert section.text == "n/a"
        elif key in ITEMS:
            rows = data["lists"].get(key, [])
            check_items([row for row in rows if any(map(line, row.values()))], section.bullets)
        else:
            texts = [bullet.text for bullet in section.bullets if bullet.text]
            expected = [text for text in listed(data["fields"].get(key, "")) if text]
            assert texts == expected
            assert not any(bullet.children for bullet in section.bullets)


def check_items(rows: list[dict[str, str]], bullets: tuple[Bullet, ...]) -> None:
    """Each thing is a bullet, with its reason and the better answer below the last of its lines."""
    expected: list[tuple[str, list[tuple[BulletKind, str]]]] = []
    for row in rows:
        expected += [(text, []) for text in listed(row["what"]) or ["…"]]
        below = ((BulletKind.WHY, row["why"]), (BulletKind.BETTER, row["better"]))
        expected[-1][1].extend((kind, spaced(line(text))) for kind, text in below if line(text))
    found = [
        (bullet.text, [(child.kind, child.text) for child in bullet.children])
        for bullet in bullets
        if bullet.text or bullet.children
    ]
    assert found == expected


def without_tasks(data: dict[str, Any]) -> bool:
    """Whether no line begins with a box to tick."""
    texts = [
        *data["fields"].values(),
        *(r["what"] for k in ITEMS for r in data["lists"].get(k, [])),
    ]
    return not any(is_task(text) for each in texts for text in listed(each))


def test_whatever_is_typed_stands_in_the_note(form: Page) -> None:
    """Three hundred random fills, full of what breaks YAML and Markdown, are read back unchanged."""
    fills = [data for number in range(300) if without_tasks(data := Hand(number).fill())]
    assert len(fills) > 250
    for data, made in zip(fills, form.evaluate(RENDER, fills), strict=True):
        assert made["faults"] == []
        entry = read(made["text"], made["name"])
        assert made["text"].endswith("\n")
        assert "\r" not in made["text"]
        check_facts(data, entry)
        check_people(data, entry)
        check_sections(data, entry)


class _Shown(HTMLParser):
    """The texts of the list items of a page, and every element that nobody asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.others: set[str] = set()
        self._open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "li":
            self._open.append(len(self.texts))
            self.texts.append("")
        elif tag not in ("ul", "h2", "p", "span"):
            self.others.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]] += data


_LEADS = {BulletKind.PLAIN: "", BulletKind.WHY: "Why: ", BulletKind.BETTER: "Better answer: "}


def spoken(bullets: tuple[Bullet, ...]) -> Iterator[str]:
    """What the bullets say, as a page shows them."""
    for bullet in bullets:
        yield _LEADS[bullet.kind] + bullet.text
        yield from spoken(bullet.children)


def test_the_page_shows_what_was_typed(form: Page) -> None:
    """Rendered as a note is, the text says the same: no link, picture or element comes of it."""
    fills = [data for number in range(300, 600) if without_tasks(data := Hand(number).fill())]
    for made in form.evaluate(RENDER, fills):
        entry = read(made["text"], made["name"])
        prose = prepare_prose(entry)
        shown = _Shown()
        extensions = ["toc", "tables", "fenced_code"]
        shown.feed(finish_page(Markdown(extensions=extensions).convert(prose.text), prose))
        expected = [text for section in entry.sections for text in spoken(section.bullets)]
        assert [spaced(text) for text in shown.texts] == expected
        assert shown.others == set()


def test_half_a_character_is_none(form: Page) -> None:
    """What no file can hold is replaced, and the note can be written."""
    text = form.evaluate(
        """() => followupNote.render({fields: {company: "A\\ud800", title: "b\\udc00c",
        the_job: "d\\ud83d e\\ud83d\\ude00"}, lists: {}, na: []})"""
    )
    entry = read(text)
    assert (entry.front.company, entry.front.title) == ("A\ufffd", "b\ufffdc")
    assert entry.sections[0].text == "d\ufffd e😀"


def test_marks_keep_their_meaning(form: Page) -> None:
    """An `@id` and a `#tag` that somebody types are one; a marker of a list is not doubled."""
    typed = {"the_job": "- Nine stores. @rivera\n* Two depots #evidence\n• Three\n-\n#1 in town"}
    bullets = read(render(form, blank(company="A", title="B", **typed))).sections[0].bullets
    assert [(bullet.text, bullet.ids, bullet.tags) for bullet in bullets] == [
        ("Nine stores.", ("rivera",), ()),
        ("Two depots", (), ("evidence",)),
        ("Three", (), ()),
        ("#1 in town", (), ()),
    ]


def test_an_empty_form_asks_what_the_command_asks(form: Page) -> None:
    """The text of its note is that of `followup new`, and its head names what is still open."""
    text = render(form, blank(company="Acme", title="Data Analyst", date="2026-11-20"))
    assert text.split("\n---\n")[1] == render_note("Acme", "Data Analyst").split("\n---\n")[1]
    entry = read(text)
    assert set(answers(entry)) == {Answer.MISSING}
    open_questions = [c.key for c in CATEGORIES if c.heading is None]
    assert [f"# {key}:" in text for key in open_questions] == [True] * 4
    uncommented = re.sub(r"^# (?=[a-z_]+:| )", "", text, flags=re.M).replace("\n# Take away", "\n#")
    assert answers(read(uncommented)).count(Answer.ANSWERED) == 4


def test_what_is_all_answered_leaves_no_comment(form: Page) -> None:
    """A note with thirteen answers is one that a person would have written."""
    data = blank(
        company="Harbor & Pine",
        title="Junior Data Analyst",
        format="panel",
        date="2026-11-20",
        time="13:30",
        place="9 Ropewalk Street, Portland",
        the_job="One analyst works for the nine stores. @rivera",
        why_i_can_do_it="My capstone joined three messy sales files.",
        typical_problems="Every store names its products in its own way.",
        first_projects="Replace eleven spreadsheets.\nMeet the stores.",
        closing_words='"You will hear from Karin by the first."',
        **{
            "next_step.what": "next_round",
            "next_step.by": "2026-12-01",
            "next_step.said": "A case round: two hours.",
            "decision.by": "2026-12-04",
            "other_candidates.answer": "yes",
            "other_candidates.count": "4",
        },
    )
    data["lists"] = {
        "people": [
            {
                "name": "Elena Rivera",
                "honorific": "Ms.",
                "job_title": "Head of Analytics",
                "role": "hiring_manager",
                "email": "e.rivera@harborpine.example",
                "hook": "You asked which rowing club takes beginners; Back Cove does.",
            }
        ],
        "what_went_right": [{"what": "I asked about a good week.", "why": "I had prepared."}],
        "what_went_wrong": [
            {
                "what": "Five minutes on the capstone. #conciseness",
                "why": "Nerves.",
                "better": "One.",
            }
        ],
    }
    data["na"] = ["royal_screw_up", "personal_topics"]
    assert render(form, data) == NOTE
    assert Answer.MISSING not in answers(read(NOTE))


NOTE = """\
---
company: Harbor & Pine
title: Junior Data Analyst
interview:
  format: panel
  start: 2026-11-20 13:30
  place: "9 Ropewalk Street, Portland"
people:
  - id: rivera
    name: Elena Rivera
    honorific: Ms.
    job_title: Head of Analytics
    role: hiring_manager
    email: e.rivera@harborpine.example
    hook: "You asked which rowing club takes beginners; Back Cove does."
next_step: {what: next_round, by: 2026-12-01, said: "A case round: two hours."}
other_candidates: {answer: yes, count: 4}
decision: {by: 2026-12-04}
---

## The job
- One analyst works for the nine stores. @rivera

## Why I can do it
- My capstone joined three messy sales files.

## Typical problems
- Every store names its products in its own way.

## First projects
- Replace eleven spreadsheets.
- Meet the stores.

## What went right
- I asked about a good week.
  - Why: I had prepared.

## What went wrong
- Five minutes on the capstone. #conciseness
  - Why: Nerves.
  - Better answer: One.

## Royal screw-up
n/a

## Personal topics
n/a

## Closing words
- "You will hear from Karin by the first."
"""


@pytest.mark.parametrize(
    ("company", "what", "name"),
    [
        ("Acme Logistics", "panel", "2026-11-19-acme-logistics-panel.md"),
        ("Größe & Söhne", "phone_screen", "2026-11-19-grosse-sohne-phone-screen.md"),
        ("C++", "", "2026-11-19-c-data-analyst.md"),
        ("🦄", "", "2026-11-19-note-data-analyst.md"),
        ("a" * 39 + " bcd", "final", f"2026-11-19-{'a' * 39}-final.md"),
        ("../../etc", "video", "2026-11-19-etc-video.md"),
    ],
)
def test_a_note_is_called_as_the_command_calls_it(
    form: Page, company: str, what: str, name: str
) -> None:
    """The day, the company, and how it was held or else the job."""
    data = blank(company=company, title="Data Analyst", format=what, date="2026-11-19")
    assert form.evaluate("data => followupNote.fileName(data)", data) == name
    assert note_name(company, what or "Data Analyst", date(2026, 11, 19)) == name


def test_nobody_is_taken_for_somebody_else(form: Page, root: Path) -> None:
    """Who is met again keeps their id; a new person gets one that nobody at the company has."""
    data = blank(company=" harbor & PINE ", title="Junior Data Analyst", date="2026-11-20")
    named = ("Elena Rivera", "Ana Rivera", "Bo Rivera", "", "日本 太郎", "Ünal Ör, Dr.")
    data["lists"]["people"] = [{"name": name, "role": "recruiter"} for name in named]
    entry = read(render(form, data), "2026-11-23-harbor-pine.md")
    before = [*load_entries(root / "entries").entries]
    portal = build_portal(before, TODAY, Options())
    after = build_portal([*before, entry], TODAY, Options())
    company = portal.companies["harbor-pine-3bb01189"]
    known = {portal.people[person].name for person in company.people}
    found = {after.people[person].name for person in after.companies[company.slug].people}
    assert found == known | {"Ana Rivera", "Bo Rivera", None, "日本 太郎", "Ünal Ör, Dr."}
    assert [problem for problem in after.problems if problem not in portal.problems] == []


# ---- the form, as somebody uses it ---------------------------------------------------------------


def field(page: Page, key: str, name: str, row: int = 0) -> Any:
    """A field of a row of one of the lists."""
    return page.locator(f'[data-fu-list="{key}"] > li').nth(row).locator(f"[data-fu-field={name}]")


def downloaded(page: Page) -> tuple[str, str]:
    """The name and the text of the file that a press makes."""
    with page.expect_download() as waiting:
        page.locator(DOWNLOAD).click()
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes().decode()


HOSTILE = "a: \"b\" #1 \\d --- {e} [f](g) *h* <i> & 'j' 😀 שלום"


def fill_everything(page: Page) -> None:
    """Answer all thirteen by hand, with the text that breaks everything."""
    page.fill("#new-company", "Acme Logistics")
    page.fill("#new-title", HOSTILE)
    page.select_option("#new-format", "panel")
    page.fill("#new-date", "2026-11-20")
    page.fill("#new-time", "14:00")
    page.fill("#new-minutes", "45")
    page.fill("#new-place", "https://meet.example/x")
    field(page, "people", "name").fill("Ngozi Okafor")
    field(page, "people", "honorific").select_option("Ms.")
    field(page, "people", "job_title").fill(HOSTILE)
    field(page, "people", "role").select_option("hiring_manager")
    field(page, "people", "email").fill("n.okafor@acme.example")
    field(page, "people", "hook").fill(HOSTILE)
    page.locator("[data-fu-add=people]").click()
    field(page, "people", "name", 1).fill("Jonas Lind")
    for key in LINES:
        page.fill(f"#new-{key}", f"{HOSTILE}\n\n--- \n{HOSTILE} @okafor")
    for key in ITEMS:
        field(page, key, "what").fill(HOSTILE)
        field(page, key, "why").fill(HOSTILE)
    field(page, "what_went_wrong", "better").fill(HOSTILE)
    page.select_option("[name='next_step.what']", "next_round")
    page.fill("[name='next_step.by']", "2026-11-30")
    page.fill("[name='next_step.said']", f"{HOSTILE}\n{HOSTILE}")
    page.select_option("[name='other_candidates.answer']", "yes")
    page.fill("[name='other_candidates.count']", "3")
    page.fill("[name='decision.by']", "2026-12-04")
    page.fill("[name='decision.said']", HOSTILE)


def check_everything(entry: Entry) -> None:
    """All that `fill_everything` typed stands in the note."""
    front = entry.front
    assert not isinstance(front.people, NotApplicable)
    assert (front.company, front.title) == ("Acme Logistics", HOSTILE)
    assert front.interview is not None
    assert (front.interview.minutes, front.interview.link) == (45, "https://meet.example/x")
    assert [person.name for person in front.people] == ["Ngozi Okafor", "Jonas Lind"]
    assert (front.people[0].job_title, front.people[0].hook) == (HOSTILE, HOSTILE)
    assert getattr(front.next_step, "said", "") == f"{HOSTILE} {HOSTILE}"
    assert getattr(front.decision, "said", "") == HOSTILE
    assert getattr(front.other_candidates, "count", 0) == 3
    by_key = dict(zip([c.key for c in SECTIONS], entry.sections, strict=True))
    for key in LINES:
        assert [bullet.text for bullet in by_key[key].bullets] == [HOSTILE, "---", HOSTILE]
        assert by_key[key].bullets[2].ids == ("okafor",)
    for key in ITEMS:
        (bullet,) = by_key[key].bullets
        assert (bullet.text, bullet.children[0].text) == (HOSTILE, HOSTILE)
    assert set(answers(entry)) == {Answer.ANSWERED}


def test_everything_that_is_typed_is_downloaded_offline(portal: Portal, watch: Open) -> None:
    """On a phone without a network the file holds all thirteen answers as they were typed."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    with opened(portal, watch, **phone) as watching:
        watching.page.wait_for_load_state("networkidle")
        watching.page.context.set_offline(True)
        fill_everything(watching.page)
        name, text = downloaded(watching.page)
        expect(watching.page.locator(TOLD)).to_contain_text(f"Downloaded as {name}")
    assert name == "2026-11-20-acme-logistics-panel.md"
    check_everything(read(text, name))
    assert watching.complaints == []


def test_it_works_under_the_sites_policy(portal: Portal, watch: Open) -> None:
    """No inline script or style of ours, and nothing but what `'self'` allows."""
    html = (portal.site / "new" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", html, re.S)
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = (
        f"default-src 'none'; script-src 'self' {hashes};"
        " style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )
    with guarded(portal.site, policy) as origin, watch(origin) as watching:
        page = watching.page
        page.goto(f"{origin}new/")
        fill_everything(page)
        check_everything(read(downloaded(page)[1]))
        page.locator("[data-fu-clear]").click()
        expect(page.locator("#new-company")).to_have_value("")
        policies = page.evaluate("fetch(location.href).then(a => a.headers.get('X-Policy'))")
    assert policies == policy
    assert watching.complaints == []


@contextmanager
def guarded(folder: Path, policy: str) -> Iterator[str]:
    """The address of `folder`, served under a Content-Security-Policy."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            self.send_header("X-Policy", policy)
            super().end_headers()

    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def faults(page: Page) -> dict[str, str]:
    """What is said beside which field."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-fu-fault]")]
        .filter(said => !said.hidden).map(said => [said.dataset.fuFault, said.textContent]))"""
    )
    return found


def test_what_is_still_needed_is_said_beside_its_field(form: Page) -> None:
    """Only the company and the job are; the first gets the focus, and typing takes the words away."""
    form.locator(DOWNLOAD).click()
    assert faults(form) == {
        "new-company": "Which company is it?",
        "new-title": "Which job is it? Only a networking chat needs none.",
    }
    expect(form.locator("#new-company")).to_be_focused()
    expect(form.locator("#new-company")).to_have_accessible_description("Which company is it?")
    form.keyboard.type("Acme")
    assert list(faults(form)) == ["new-title"]
    form.select_option("#new-format", "networking")
    name, text = downloaded(form)
    assert faults(form) == {}
    assert read(text, name).front.title is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("format", "", "How was it held?"),
        ("date", "", "On which day is it?"),
        ("date", "1026-11-20", "Check the year"),
        ("minutes", "2000", "A whole number, up to 1440"),
        ("minutes", "1.5", "A whole number, up to 1440"),
        ("decision.by", "2026-11-19", "This is before the interview."),
        ("next_step.by", "2026-11-01", "This is before the interview."),
        ("file", "notes.md", "Small letters, digits and hyphens, and the day first"),
        ("file", "2026-11-20-../x.md", "Small letters, digits and hyphens, and the day first"),
    ],
)
def test_what_does_not_fit_is_said_in_words(form: Page, name: str, value: str, words: str) -> None:
    """The note is made once it does, and not before."""
    form.fill("#new-company", "Acme")
    form.fill("#new-title", "Clerk")
    form.select_option("#new-format", "video")
    form.fill("#new-date", "2026-11-20")
    form.fill("#new-time", "09:00")
    control = form.locator(f'[name="{name}"]')
    good = control.input_value()
    (control.select_option if name == "format" else control.fill)(value)
    form.locator(DOWNLOAD).click()
    expect(control).to_be_focused()
    (said,) = faults(form).values()
    assert words in said
    (control.select_option if name == "format" else control.fill)(good)
    read(downloaded(form)[1])


@pytest.mark.parametrize(
    "address", ["nope", "a@", "a b@c.example", "a@b.example, c@d.example", "a\u200b@b.example"]
)
def test_an_address_is_one(form: Page, address: str) -> None:
    """What no mail could be sent to is said beside the field, in the row it stands in."""
    form.fill("#new-company", "Acme")
    form.fill("#new-title", "Clerk")
    form.locator("[data-fu-add=people]").click()
    field(form, "people", "email", 1).fill(address)
    form.locator(DOWNLOAD).click()
    expect(field(form, "people", "email", 1)).to_be_focused()
    assert list(faults(form).values()) == [
        "This does not read like an address. One looks like n.okafor@acme.example."
    ]


def test_nobody_stands_there_twice(form: Page) -> None:
    """Two rows that would be one person are told apart before there is a note."""
    form.fill("#new-company", "Harbor & Pine")
    form.fill("#new-title", "Clerk")
    form.get_by_role("button", name="Elena Rivera").click()
    form.locator("[data-fu-add=people]").click()
    field(form, "people", "name", 1).fill("elena  RIVERA")
    form.locator(DOWNLOAD).click()
    assert list(faults(form).values()) == [
        "This person stands above already. Remove one of the two."
    ]


def test_what_is_known_is_offered(form: Page) -> None:
    """The company's jobs and people are there to choose; a person fills a row, and is not guessed."""
    companies = form.locator("#new-companies option")
    assert "Harbor & Pine" in companies.evaluate_all("all => all.map(one => one.value)")
    form.fill("#new-company", "harbor & pine")
    titles = form.locator("#new-titles option")
    assert titles.evaluate_all("all => all.map(one => one.value)") == ["Junior Data Analyst"]
    form.get_by_role("button", name="Elena Rivera").click()
    expect(field(form, "people", "honorific")).to_have_value("Ms.")
    expect(field(form, "people", "role")).to_have_value("hiring_manager")
    expect(field(form, "people", "email")).to_have_value("e.rivera@harborpine.example")
    expect(field(form, "people", "hook")).to_be_focused()
    expect(form.get_by_role("button", name="Elena Rivera")).to_have_count(0)
    expect(form.locator("[data-fu-ids] code")).to_have_text(["@rivera"])
    form.locator("[data-fu-add=people]").click()
    field(form, "people", "name", 1).fill("Samuel Oduya")
    expect(field(form, "people", "job_title", 1)).to_have_value("Senior Analyst")
    field(form, "people", "name", 1).fill("Sam Nobody")
    form.fill("#new-company", "Somebody Else")
    expect(form.locator("[data-fu-known-people]")).to_be_hidden()
    expect(titles).to_have_count(0)


def test_a_known_job_has_its_next_round_and_time_zone(form: Page) -> None:
    """Both stand there as soon as the job is known, and what is typed instead stays."""
    form.fill("#new-company", "Harbor & Pine")
    form.fill("#new-title", "Junior Data Analyst")
    expect(form.locator("#new-round")).to_have_value("")
    form.select_option("#new-format", "final")
    expect(form.locator("#new-round")).to_have_value("3")
    form.fill("#new-round", "")
    form.fill("#new-minutes", "30")
    expect(form.locator("#new-round")).to_have_value("")
    form.fill("#new-company", ABROAD[0])
    form.fill("#new-title", ABROAD[1])
    expect(form.locator("#new-timezone")).to_have_value(ABROAD[2])
    form.fill("#new-title", "Another")
    expect(form.locator("#new-timezone")).to_have_value("")


def test_calder_healths_recruiter_stays_without_an_honorific(form: Page) -> None:
    """What no note says of somebody is not filled in."""
    form.fill("#new-company", "Calder Health")
    form.get_by_role("button", name="Jordan Blythe").click()
    expect(field(form, "people", "honorific")).to_have_value("")
    expect(field(form, "people", "role")).to_have_value("recruiter")


def test_what_does_not_apply_is_said_and_not_lost(form: Page) -> None:
    """A tick writes `n/a` and rests the field; taken away, the text is there again."""
    form.fill("#new-company", "Acme")
    form.fill("#new-title", "Clerk")
    form.fill("#new-the_job", "Kept")
    box = form.get_by_role("checkbox", name=re.compile("Does not apply ?: What did you find"))
    box.check()
    expect(form.locator("#new-the_job")).to_be_disabled()
    assert read(downloaded(form)[1]).sections[0].text == "n/a"
    box.uncheck()
    assert read(downloaded(form)[1]).sections[0].text == "Kept"


def test_a_draft_lasts_as_long_as_its_tab(portal: Portal, watch: Open) -> None:
    """A reload and a walk through the portal keep it; nothing of it is stored on the device."""
    with opened(portal, watch) as watching:
        page = watching.page
        fill_everything(page)
        before = page.evaluate("JSON.stringify(followupNote.read())")
        page.reload()
        assert page.evaluate("JSON.stringify(followupNote.read())") == before
        page.locator(".md-tabs__link", has_text="Today").click()
        page.get_by_role("heading", name="Today", exact=True).wait_for()
        page.get_by_role("link", name="New note").click()
        expect(page.locator("#new-company")).to_have_value("Acme Logistics")
        assert page.evaluate("JSON.stringify(followupNote.read())") == before
        assert "Acme" not in page.evaluate("JSON.stringify({...localStorage})")
        assert page.evaluate("document.cookie") == ""
        other = page.context.new_page()
        other.goto(f"{portal.origin}new/")
        expect(other.locator("#new-company")).to_have_value("")
    assert watching.complaints == []


def test_clear_empties_the_form_and_can_be_taken_back(form: Page) -> None:
    """Nothing of the draft is left in the tab, until it is put back."""
    fill_everything(form)
    before = form.evaluate("JSON.stringify(followupNote.read())")
    form.locator("[data-fu-clear]").click()
    expect(form.locator("#new-company")).to_have_value("")
    expect(form.locator("#new-date")).to_have_value("2026-11-22")
    assert form.evaluate("JSON.stringify({...sessionStorage})").count("Acme") == 0
    form.locator(TOLD).get_by_role("button", name="Put it back").click()
    assert form.evaluate("JSON.stringify(followupNote.read())") == before


def test_a_person_who_is_removed_can_be_put_back(form: Page) -> None:
    """The row goes, the others move up; one press undoes it, with all that stood in it."""
    form.locator("[data-fu-add=people]").click()
    for row, name in enumerate(("Ada Lee", "Bo Finn")):
        field(form, "people", "name", row).fill(name)
    form.get_by_role("group", name="Person 1").get_by_role("button").click()
    expect(field(form, "people", "name")).to_have_value("Bo Finn")
    expect(form.locator("[data-fu-list=people] > li")).to_have_count(1)
    back = form.get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(field(form, "people", "name")).to_have_value("Ada Lee")
    expect(field(form, "people", "name", 1)).to_have_value("Bo Finn")


@pytest.mark.parametrize("kept", [False, True])
def test_leaving_with_something_unsaved_is_asked_about(
    portal: Portal, watch: Open, kept: bool
) -> None:
    """A tab that is closed takes the draft with it; one that was downloaded may go."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    with opened(portal, watch) as watching:
        page = watching.page
        page.on("dialog", answer)
        page.locator("#new-company").press_sequentially("Acme")
        page.fill("#new-title", "Clerk")
        if kept:
            downloaded(page)
        with page.expect_event("close"):
            page.close(run_before_unload=True)
    assert asked == ([] if kept else ["beforeunload"])


def test_an_untouched_form_lets_everybody_go(portal: Portal, watch: Open) -> None:
    """Nothing is asked where nothing would be lost."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    with opened(portal, watch) as watching:
        watching.page.on("dialog", answer)
        watching.page.locator("h1").click()
        with watching.page.expect_event("close"):
            watching.page.close(run_before_unload=True)
    assert asked == []


def test_the_text_is_copied(portal: Portal, watch: Open) -> None:
    """The clipboard gets the whole note."""
    with opened(portal, watch, permissions=["clipboard-read", "clipboard-write"]) as watching:
        page = watching.page
        fill_everything(page)
        page.locator("[data-fu-note=copy]").click()
        expect(page.locator(TOLD)).to_contain_text("Copied.")
        check_everything(read(page.evaluate("navigator.clipboard.readText()")))


SHARING = """
window.shared = [];
Navigator.prototype.canShare = data => Boolean(data.files);
Navigator.prototype.share = data => {
  window.shared.push(data.files ? data.files[0].name : data.text);
  return data.files && REFUSES ? Promise.reject(new DOMException("no", "NotAllowedError"))
                               : Promise.resolve();
};
"""


@pytest.mark.parametrize("refuses", [False, True])
def test_the_note_is_shared_as_a_file_or_else_as_text(
    portal: Portal, watch: Open, refuses: bool
) -> None:
    """A browser that shares no such file is asked again with the text, at the next press."""
    with watch(portal.origin) as watching:
        page = watching.page
        page.add_init_script(SHARING.replace("REFUSES", str(refuses).lower()))
        page.goto(f"{portal.origin}new/")
        page.fill("#new-company", "Acme")
        page.fill("#new-title", "Clerk")
        share = page.locator("[data-fu-note=share]")
        share.click()
        if refuses:
            expect(page.locator(TOLD)).to_contain_text("Press again to share it as text.")
            expect(share).to_have_text("Share as text")
            share.click()
        expect(page.locator(TOLD)).to_have_text("Shared.")
        shared = page.evaluate("window.shared")
    assert shared[0] == "2026-11-22-acme-clerk.md"
    assert [read(text).front.company for text in shared[1:]] == ["Acme"] * refuses


def test_nothing_is_offered_that_the_browser_does_not_have(form: Page) -> None:
    """This browser shares nothing, and the button is not there; nor is Save in a built site."""
    assert form.evaluate("typeof navigator.share") == "undefined"
    expect(form.locator("[data-fu-note=share]")).to_be_hidden()
    expect(form.locator("[data-fu-note=save]")).to_have_count(0)


def test_without_script_there_is_a_note_to_copy(portal: Portal, watch: Open) -> None:
    """The page says what the form needs, and shows all thirteen questions."""
    with opened(portal, watch, java_script_enabled=False) as watching:
        page = watching.page
        expect(page.locator("[data-fu-new]")).to_be_hidden()
        expect(page.get_by_text("The form needs JavaScript")).to_be_visible()
        shown = page.locator("pre").inner_text()
        assert page.locator("pre").is_visible()
    assert shown.strip() == render_note("Company", "Job title").strip()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_everybody_can_use_it(portal: Portal, watch: Open, scheme: str, width: int) -> None:
    """An automatic check finds nothing to mend, with rows added, things said, and fields at rest."""
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with opened(portal, watch, reduced_motion="reduce", **looks) as watching:
        page = watching.page
        page.fill("#new-company", "Harbor & Pine")
        page.get_by_role("button", name="Elena Rivera").click()
        page.locator("[data-fu-add=people]").click()
        field(page, "people", "email", 1).fill("nope")
        page.check("[name=na][value=royal_screw_up]")
        page.locator(DOWNLOAD).click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        if width < 400:
            assert page.evaluate(SMALL) == []


# Whatever a finger could miss; the label of a tick is part of it.
SMALL = """() => [...document.querySelectorAll(".fu-form :is(input, select, textarea, button)")]
  .filter(one => one.checkVisibility())
  .map(one => one.type === "checkbox" ? one.parentElement : one)
  .filter(one => one.getBoundingClientRect().height < 43.9).map(one => one.outerHTML)"""


def test_the_keyboard_is_enough(form: Page) -> None:
    """From field to field by Tab, and Enter in one never ends the form before its time."""
    form.locator("#new-company").focus()
    form.keyboard.type("Acme")
    form.keyboard.press("Enter")
    assert faults(form) == {}
    form.keyboard.press("Tab")
    form.keyboard.type("Clerk")
    form.locator("[data-fu-add=what_went_right]").focus()
    form.keyboard.press("Enter")
    expect(field(form, "what_went_right", "what", 1)).to_be_focused()
    form.keyboard.type("Stayed calm")
    form.locator(DOWNLOAD).focus()
    with form.expect_download() as waiting:
        form.keyboard.press("Enter")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert read(text).bullets(6)[0].text == "Stayed calm"


def test_the_search_does_not_find_its_questions(portal: Portal) -> None:
    """They are on every note's page; the form is found by its name."""
    index = json.loads((portal.site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = [part for part in index["docs"] if part["location"].startswith("new/")]
    assert {part["title"] for part in found} == {"New note"}
    assert "What did you find out" not in json.dumps(found)


@pytest.mark.parametrize("page", ["", "notes/"])
def test_it_is_one_press_away(portal: Portal, watch: Open, page: str) -> None:
    """The heads of Today and Notes lead there."""
    with watch(portal.origin) as watching:
        watching.page.goto(portal.origin + page)
        watching.page.locator(".fu-head").get_by_role("link", name="New note").click()
        expect(watching.page.locator("h1")).to_have_text("New note")
        expect(watching.page.locator(".md-tabs__item--active")).to_have_text("Notes")


# ---- in the local preview -------------------------------------------------------------------------

OLD = "2026-11-19-acme.md"


def test_a_saved_note_is_shown(watch: Open, tmp_path: Path) -> None:
    """Save writes the file, and as soon as its page is built the browser is there."""
    root = plant(tmp_path, f"== entries/{OLD}\n<NOTE>\n")
    with serving(root) as preview, watch(preview.address) as watching:
        page = watching.page
        page.goto(f"{preview.address}new/")
        fill_everything(page)
        page.locator("[data-fu-note=save]").click()
        expect(page.locator(TOLD)).to_contain_text(
            "Saved as entries/2026-11-20-acme-logistics-panel.md."
        )
        expect(page.locator("h1")).to_have_text("Panel interview", timeout=30_000)
        assert page.url == f"{preview.address}notes/2026-11-20-acme-logistics-panel/"
        note = root / "entries" / "2026-11-20-acme-logistics-panel.md"
        check_everything(read(note.read_bytes().decode(), note.name))
        # Until its scripts have run, the page does not know that it is the one that was waited for.
        page.wait_for_load_state()
        page.goto(f"{preview.address}new/")
        expect(page.locator("#new-company")).to_have_value("")
        _a_second_of_the_same_name(page, note)
        _a_note_with_an_error(page)
    # The browser speaks of the page that was not there yet, and of the two notes that were refused.
    assert [said for said in watching.complaints if not re.search("status of 40[04]", said)] == []


def _a_second_of_the_same_name(page: Page, note: Path) -> None:
    """It is refused with a way to the first; under another name it is saved."""
    before = note.read_bytes()
    page.fill("#new-company", "Acme Logistics")
    page.fill("#new-title", "Another")
    page.select_option("#new-format", "panel")
    page.fill("#new-date", "2026-11-20")
    page.locator("[data-fu-note=save]").click()
    expect(page.locator("#new-file")).to_be_focused()
    assert faults(page) == {
        "new-file": "A note of this name is there already. Give this one another name."
    }
    link = page.locator(TOLD).get_by_role("link", name="Open that note")
    expect(link).to_have_attribute("href", "/notes/2026-11-20-acme-logistics-panel/")
    assert note.read_bytes() == before
    expect(page.locator("#new-title")).to_have_value("Another")


def _a_note_with_an_error(page: Page) -> None:
    """What the preview finds wrong is said beside the form, and the text stays."""
    page.fill("#new-file", "2026-11-21-acme-panel.md")
    page.evaluate(
        """() => { const ask = window.followupPortal.ask;
        window.followupPortal.ask = (name, asked) => ask(name,
          {...asked, text: asked.text.replace("format: panel", "format: pannel")}); }"""
    )
    page.locator("[data-fu-note=save]").click()
    told = page.locator(TOLD)
    expect(told).to_contain_text("The note would have an error, so nothing was written.")
    expect(told.get_by_role("listitem")).to_contain_text("unknown interview format `pannel`")
    expect(page.locator("#new-title")).to_have_value("Another")
