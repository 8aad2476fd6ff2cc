"""Messages of random texts: two readers find what was written, and nothing becomes a header."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from urllib.parse import parse_qs, unquote, urlsplit

import fast_mail_parser
from hypothesis import example, given
from hypothesis import strategies as st

from followup.campaign.model import Draft, Sentence
from followup.portal.model import Portal
from followup.site.mail import mailto_url, render_eml
from tests.unit.site.test_mail import letter, read_twice

PIECES = [
    "=?", "?=", "=?utf-8?q?", "=?utf-8?b?", "QQ0KQmNjOiBhQGI=", "=0D=0A", "Bcc: a@b.example", "\r",
    "\n", " ", "\t", "=", "?", "\u2028", "\x85", "\x1c", '"', "\\", "<", ">", ",", ":", "@", "ü",
    "🦄", "\u202e", "x" * 70, "%0A", "&", "#", "+", "From ", ".", "ﬁ", "\u00a0",
]  # fmt: skip
TEXT = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=80))
SENT = letter()


def written(subject: str, name: str, sender: str, text: str) -> tuple[Draft, Portal]:
    """The thank-you to Ms. Okafor with these texts in it."""
    draft, portal = SENT
    people = {id_: replace(person, name=name) for id_, person in portal.people.items()}
    me = portal.options.me.model_copy(update={"name": sender})
    options = portal.options.model_copy(update={"me": me})
    draft = replace(draft, subject=subject, paragraphs=((Sentence(text),),))
    return draft, replace(portal, people=people, options=options)


def lines(text: str) -> list[str]:
    """A text's lines, whatever divides them."""
    return text.splitlines()


@given(subject=TEXT.filter(str.strip), name=TEXT, sender=TEXT, text=TEXT)
@example("=?x?q?a?=", "=?utf-8?q?=0D=0A?=", "=?utf-8?b?DQo=?=", "From me\n.\n=20")
@example("a", "Анна-Мария Константинова-Преображенская", "", "\r\r\n")
def test_two_readers_find_what_was_written(subject: str, name: str, sender: str, text: str) -> None:
    """Seven headers, each once; recipient, subject and text as they were; no bare line break."""
    draft, portal = written(subject, name, sender, text)
    data = render_eml(draft, portal)
    message = message_from_bytes(data, policy=policy.default)
    names = [
        "Content-Transfer-Encoding", "Content-Type", "From", "MIME-Version", "Subject", "To",
        "X-Unsent",
    ]  # fmt: skip
    assert sorted(message.keys()) == names
    other = fast_mail_parser.parse_email(data, strict=True)
    assert sorted(other.headers) == names
    assert other.from_ is not None
    assert other.from_.address == "alex@example.org"
    to, read_subject, read_text = read_twice(data)
    assert [address for _, address in to] == ["n.okafor@acme.example"]
    assert to[0][0].split() == on_one_line(name).split()
    assert read_subject == on_one_line(subject)
    assert lines(read_text) == lines(draft.body)
    assert not {b"\r", b"\n"} & set(data.replace(b"\r\n", b""))


@given(subject=TEXT, text=TEXT)
def test_a_link_carries_what_was_written(subject: str, text: str) -> None:
    """A link has an address, a subject and a text, all as they were, or there is none."""
    draft, portal = written(subject, "Ngozi Okafor", "Alex Kim", text)
    url = mailto_url(draft, portal)
    if url is None:
        return
    assert len(url) <= 1_600
    assert url.isascii()
    parts = urlsplit(url)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "n.okafor@acme.example")
    assert parts.fragment == ""
    query = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert query == {
        "subject": [on_one_line(subject)],
        "body": ["\r\n".join(lines(draft.body))],
    }


def on_one_line(text: str) -> str:
    """`text` with a space for line breaks and other control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()
