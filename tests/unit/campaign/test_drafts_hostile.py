"""Whatever somebody writes into a note or a signature comes out of every message as that text."""

from __future__ import annotations

import email
import json
import re
from email import policy
from email.header import decode_header, make_header
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.campaign.model import Draft
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.portal.model import Portal
from followup.site.mail import LONGEST_URL, mailto_url, render_eml
from tests.unit.campaign.letters import result_of, shipped

PIECES = (
    "{title}", "{0}", "{line}", "{{", "}", "%s", "100 %", "%0D%0A", "\\n", "\\1", '"', "'", "“", "»",
    "<b>x</b>", "<script>", "&amp;", "&", "\u202e", "\u200f", "\u2066", "🦄", "👩‍🔧", "é", "漢字", "ß",
    "İ", "=?utf-8?q?x?=", "Bcc: eve", "$HOME", "- x", "1.", "?", "=", "+", ";", ",", "(", "\\", "`",
    "*", "_", "x" * 400,
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)
LONG = "x" * 10_000
SEND = {"en": "Send the", "de": "Schicken:", "fr": "Envoyer", "es": "Enviar"}


def fields(**values: str) -> str:
    """Keys with texts that YAML reads just as they are."""
    return ", ".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    )


def in_order(text: str) -> str:
    """A text as a value of one line takes it: nothing in it shows the rest in another order."""
    return re.sub(r"[\u202e\u2066]", "x", text)


def noted(text: str, other: str, language: str, name: str = "Bee") -> Entry:
    """A note that holds `text` wherever a message may take something from."""
    front = (
        f"company: Acme\n{fields(title=f'A {in_order(text)} Z')}\nlanguage: {language}\n"
        "interview: {format: video, start: 2026-11-17 14:00}\n"
        f"people: [{{id: p, {fields(name=f'Ann {name}', honorific='Ms.')}, role: hiring_manager,"
        f" email: p@acme.example, {fields(hook=f'A {other} Z.')}}}]\n"
        f"promises: [{{{fields(what=f'{SEND[language[:2]]} {in_order(other)} Z')}}}]\n"
        f"next_step: {{what: next_round, by: 2026-12-18, {fields(said=f'A {text} Z.')}}}\n"
        "log: [{on: 2026-11-20, event: offer, from: p}, {on: 2026-11-21, event: rejected, from: p}]\n"
    )
    body = (
        f"## The job\n- A {text} Z.\n## First projects\n- A {other} Z\n## Why me\n- A {other} Z\n"
    )
    entry, problems = parse_entry("a.md", f"---\n{front}---\n{body}".encode())
    assert entry is not None, problems
    return entry


def drafts_of(entry: Entry, **options: Any) -> tuple[Portal, list[Draft]]:
    """The drafts about a note in whatever language it asks for."""
    portal, result = result_of(entry, books=shipped(), profile="persistent", **options)
    assert result.problems == ()
    return portal, list(result.drafts.values())


def assert_arrives(draft: Draft, portal: Portal) -> None:
    """The message file and the link hold the same subject and text as the draft."""
    if not draft.ready:
        return
    message = email.message_from_bytes(render_eml(draft, portal), policy=policy.default)
    assert message["Subject"] == draft.subject
    assert message["To"].addresses[0].addr_spec == "p@acme.example"
    assert set(message.keys()) == {
        "X-Unsent", "From", "To", "Subject", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert message.get_content().splitlines() == draft.body.splitlines()
    old = email.message_from_bytes(render_eml(draft, portal))
    assert str(make_header(decode_header(old["Subject"]))) == draft.subject
    url = mailto_url(draft, portal)
    if url is None:
        return
    assert len(url) <= LONGEST_URL
    assert url.isascii()
    parts = urlsplit(url)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "p@acme.example", "")
    asked = parse_qs(parts.query, strict_parsing=True)
    assert asked == {"subject": [draft.subject], "body": ["\r\n".join(draft.body.splitlines())]}


@pytest.mark.parametrize("language", sorted(shipped()))
def test_any_text_comes_through(language: str) -> None:
    """Braces, per cent signs, quotes, HTML, marks of direction, emoji: all of it is only text."""
    seen: set[str] = set()

    @settings(max_examples=40)
    @given(texts, texts, texts.map(in_order))
    def search(text: str, other: str, name: str) -> None:
        entry = noted(text, other, language, name)
        portal, drafts = drafts_of(entry, me={"name": f"Alex {name}", "email": "a@b.example"})
        assert drafts
        written = {section.bullets[0].line: section for section in entry.sections}
        for draft in drafts:
            assert draft.language == language
            assert draft.signature[-1] == f"Alex {name}"
            assert_arrives(draft, portal)
            for sentence in draft.sentences:
                for line in written.keys() & {source.line for source in sentence.sources}:
                    assert written[line].bullets[0].text.rstrip(",;:") in sentence.text
                    seen.add(f"{written[line].heading} in a letter")
        title = entry.front.title or ""
        assert title
        assert title in "".join(draft.body for draft in drafts)
        seen.update({"ready"} if any(draft.ready for draft in drafts) else ())
        seen.update({"subject"} if any(title in d.subject for d in drafts) else ())
        seen.update({"link"} if any(mailto_url(d, portal) for d in drafts) else ())

    search()
    letters = {f"{heading} in a letter" for heading in ("The job", "First projects", "Why me")}
    assert seen == {*letters, "ready", "subject", "link"}


@pytest.mark.parametrize("language", sorted(shipped()))
def test_a_line_without_end(language: str) -> None:
    """Ten thousand characters in one bullet are there to the last one; only the link is left out."""
    entry = noted(LONG, "y", language)
    portal, drafts = drafts_of(entry)
    assert any(LONG in draft.body for draft in drafts)
    for draft in drafts:
        assert_arrives(draft, portal)
        assert LONG not in draft.body or mailto_url(draft, portal) is None


@pytest.mark.parametrize("language", sorted(shipped()))
def test_any_signature_comes_through(language: str) -> None:
    """A signature of several lines stands below the close, a blank line and all, and counts little."""
    lines = ["Alex {name} Kim", "+1 555 0100 · 100 %", "", '<b>"A & B"</b> 🦄', "-- "]
    me = {"email": "alex@example.org", "signature": "\n".join(lines)}
    entry = noted("y", "z", language)
    portal, drafts = drafts_of(entry, me=me)
    _, plain = drafts_of(entry, me={**me, "signature": "", "name": "Alex {name} Kim"})
    close = shipped()[language].sign_off
    for draft, short in zip(drafts, plain, strict=True):
        assert draft.signature == (close, "Alex {name} Kim", *lines[1:-1], "--")
        assert draft.body.endswith(f"{close}\n{lines[0]}\n{lines[1]}\n\n{lines[3]}\n--")
        assert (draft.words, draft.paragraphs) == (short.words, short.paragraphs)
        assert "missing_fact" not in {r.code for r in draft.remarks if "signs" in r.message}
        assert_arrives(draft, portal)
