"""A draft as a link and as a message file."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import fast_mail_parser
import pytest

from followup.campaign.model import Draft, Sentence
from followup.portal.model import Person, Portal
from followup.site.mail import mail_address, mailto_url, render_eml
from tests.unit.campaign.letters import result_of
from tests.unit.notebook import note

FRONT = """
company: Acme
title: Data Analyst
interview: {format: video, start: 2026-11-19 14:00}
people: [{id: okafor, name: Ngozi Okafor, honorific: Ms., email: n.okafor@acme.example}]
"""
BODY = "## The job\n- Trucks are late.\n## Why I can do it\n- I can count.\n"


def letter(**person: Any) -> tuple[Draft, Portal]:
    """The ready thank-you to Ms. Okafor, of whom these facts are changed."""
    portal, result = result_of(note("a.md", FRONT, BODY))
    draft = next(iter(result.drafts.values()))
    assert draft.ready
    people: dict[str, Person] = {
        id_: replace(found, **person) for id_, found in portal.people.items()
    }
    return draft, replace(portal, people=people)


def opened(data: bytes) -> EmailMessage:
    """The message as Python's own parser reads it."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def read_twice(data: bytes) -> tuple[list[tuple[str, str]], str, str]:
    """Recipients, subject and text as Python's parser reads them, and just so one in Rust."""
    message = opened(data)
    to = [(one.display_name, one.addr_spec) for one in message["To"].addresses]
    other = fast_mail_parser.parse_email(data, strict=True)
    assert [(one.display_name or "", one.address) for one in other.to] == to
    assert other.subject == message["Subject"]
    assert other.text_plain == [message.get_content()]
    return to, other.subject, message.get_content().replace("\r\n", "\n")


def with_text(draft: Draft, text: str) -> Draft:
    """The draft with this text for its body."""
    return replace(draft, paragraphs=((Sentence(text),),))


def test_mailto_round_trip() -> None:
    """Address, subject and body come out of the link as they went in, with CRLF."""
    draft, portal = letter()
    draft = with_text(draft, "100 % & more? #1 + ünï 🦄")
    url = mailto_url(draft, portal)
    assert url is not None
    assert url.isascii()
    assert "%0D%0A%0D%0A" in url
    parts = urlsplit(url)
    query = parse_qs(parts.query, strict_parsing=True)
    assert unquote(parts.path) == "n.okafor@acme.example"
    assert query == {"subject": [draft.subject], "body": [draft.body.replace("\n", "\r\n")]}


def test_mailto_ends_at_its_length() -> None:
    """A link of 1,600 characters is one; a longer one is not."""
    draft, portal = letter()
    empty = mailto_url(with_text(draft, ""), portal)
    assert empty is not None
    room = 1_600 - len(empty)
    fitting = mailto_url(with_text(draft, "x" * room), portal)
    assert fitting is not None
    assert len(fitting) == 1_600
    assert mailto_url(with_text(draft, "x" * (room + 1)), portal) is None


@pytest.mark.parametrize("email", [None, "", "nobody", "a@b@c", "a b@c.example"])
def test_no_mailto_without_an_address(email: str | None) -> None:
    """What is no address makes no link."""
    assert mailto_url(*letter(email=email)) is None


def test_nothing_opens_with_a_gap() -> None:
    """A draft with a gap has neither a link nor a file."""
    draft, portal = letter()
    draft = replace(draft, ready=False)
    assert mailto_url(draft, portal) is None
    with pytest.raises(ValueError, match="gaps"):
        render_eml(draft, portal)


def test_address_cannot_add_a_header_to_the_link() -> None:
    """A question mark in an address stays part of it."""
    url = mailto_url(*letter(email="a?bcc=eve&x@acme.example"))
    assert url is not None
    assert url.startswith("mailto:a%3Fbcc%3Deve%26x@acme.example?subject=")


def test_eml() -> None:
    """The file opens unsent, with its people, subject and text, and without date or id."""
    draft, portal = letter()
    data = render_eml(draft, portal)
    message = opened(data)
    assert sorted(message.keys()) == [
        "Content-Transfer-Encoding", "Content-Type", "From", "MIME-Version", "Subject", "To",
        "X-Unsent",
    ]  # fmt: skip
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Ngozi Okafor <n.okafor@acme.example>"
    assert message["From"] == "Alex Kim <alex@example.org>"
    assert message["Subject"] == draft.subject
    assert message.get_content().replace("\r\n", "\n") == f"{draft.body}\n"
    assert data == render_eml(draft, portal)


@pytest.mark.parametrize(
    ("name", "email", "address"),
    [
        ("Jörg Müller", "j.mueller@müller.example", "j.mueller@xn--mller-kva.example"),
        ("Ana Bücher", "ana@BÜCHER.example", "ana@xn--bcher-kva.example"),
        ('Ola, "O" <x> Nordmann', "ola@straße.example", "ola@xn--strae-oqa.example"),
        ("小林 🦄", "k@EXAMPLE.example", "k@example.example"),
        ("Jo Lind", "jo@bücher．example", "jo@xn--bcher-kva.example"),
        ("O'Neil, Jo (she) \\o/", "a@b.example", "a@b.example"),
        ("\u202eevil\u200f 👩‍🔧", "a@b.example", "a@b.example"),
        ("Анна-Мария Константинова-Преображенская", "a@b.example", "a@b.example"),
        ("Maximiliane " * 50 + "Ü", "a@b.example", "a@b.example"),
        ("=?utf-8?q?A=0D=0ABcc:=20eve@x.example?=", "a@b.example", "a@b.example"),
    ],
)
def test_eml_names_and_domains(name: str, email: str, address: str) -> None:
    """Names of any kind and length arrive as they are, domains as they are looked up."""
    draft, portal = letter(name=name, email=email)
    to, subject, text = read_twice(render_eml(draft, portal))
    assert to == [(name, address)]
    assert (subject, text) == (draft.subject, f"{draft.body}\n")


def test_a_name_without_end_is_cut() -> None:
    """No line of the file is longer than a mail program must read."""
    draft, portal = letter(name="é" * 10_000)
    data = render_eml(draft, portal)
    ((name, _),) = read_twice(data)[0]
    assert name == "é" * 345 + "…"
    assert max(map(len, data.split(b"\r\n"))) < 998


@pytest.mark.parametrize(
    "subject",
    [
        "Thank you – " + "Senior Data Analyst, " * 20 + "19 November",
        'Re: "Thanks", said <she>; (100 %) {0} %s \\',
        "Größe 🦄 \u202eabc\u200f",
        "x" * 2_000,
        "two  spaces =?utf-8?q?=0D=0ABcc:=20eve@x.example?=",
    ],
)
def test_eml_subjects(subject: str) -> None:
    """A subject arrives as it is, however long it is and whatever it looks like."""
    draft, portal = letter()
    assert read_twice(render_eml(replace(draft, subject=subject), portal))[1] == subject


def test_eml_signature() -> None:
    """A signature of several lines keeps them."""
    draft, portal = letter()
    draft = replace(draft, signature=("Mit freundlichen Grüßen", "Alex Kim", "+1 555 0100", "-- "))
    text = read_twice(render_eml(draft, portal))[2]
    assert text.endswith("\n\nMit freundlichen Grüßen\nAlex Kim\n+1 555 0100\n-- \n")


def test_eml_to_several() -> None:
    """One message to several people names them all."""
    front = FRONT.replace("]\n", ", {name: Jörg Ö., email: j@bücher.example}]\n")
    portal, result = result_of(note("a.md", front, BODY))
    draft = replace(next(iter(result.drafts.values())), to=tuple(portal.people))
    to = read_twice(render_eml(draft, portal))[0]
    assert sorted(to) == [
        ("Jörg Ö.", "j@xn--bcher-kva.example"),
        ("Ngozi Okafor", "n.okafor@acme.example"),
    ]


def test_eml_to_an_address_outside_ascii() -> None:
    """Such an address has no other form: the file holds it in UTF-8, as RFC 6532 wants it."""
    data = render_eml(*letter(name="Jörg", email="jörg@bücher.example"))
    assert "\r\nTo: =?utf-8?b?SsO2cmc=?=\r\n <jörg@xn--bcher-kva.example>\r\n".encode() in data
    message = message_from_bytes(data, policy=policy.default)
    assert str(message["To"]) == "Jörg <jörg@xn--bcher-kva.example>"
    (other,) = fast_mail_parser.parse_email(data, strict=True).to
    assert (other.display_name, other.address) == ("Jörg", "jörg@xn--bcher-kva.example")


def test_eml_without_a_sender() -> None:
    """Whoever has not given an address is asked by the mail program."""
    draft, portal = letter()
    options = portal.options.model_copy(
        update={"me": portal.options.me.model_copy(update={"email": ""})}
    )
    assert opened(render_eml(draft, replace(portal, options=options)))["From"] is None


def test_no_value_breaks_out_of_its_header() -> None:
    """A line break in a name or subject does not begin another header."""
    draft, portal = letter(name="Ngozi\r\nBcc: eve@evil.example")
    draft = replace(draft, subject="Thanks\r\nBcc: eve@evil.example\u2028\nX: 1")
    data = render_eml(draft, portal)
    message = opened(data)
    assert message["Bcc"] is None
    other = fast_mail_parser.parse_email(data, strict=True)
    assert (other.bcc, other.cc, "X" in other.headers) == ([], [], False)
    assert message["Subject"] == "Thanks Bcc: eve@evil.example X: 1"
    assert [one.addr_spec for one in message["To"].addresses] == ["n.okafor@acme.example"]


@pytest.mark.parametrize(
    "text",
    [
        "=?utf-8?b?QQ0KQmNjOiBldmlsQHguZXhhbXBsZQ==?=",
        "=?utf-8?q?A=0ABcc:=20evil@x.example?= Lee",
        "=?foo?q?=ff?= =?utf-8?x?..?= =?",
        "=\r\n?utf-8?q?A=0ABcc:=20evil@x.example?=",
        "==??utf-8?q?A=0D=0A?=",
        'Lee, "Bcc" <evil@x.example>, ' + "x" * 70,
        "Größe =?utf-8?q?=0D=0ABcc:=20evil@x.example?= " * 9,
    ],
)
def test_no_value_is_decoded(text: str) -> None:
    """What looks encoded, or long, comes out as it was typed and makes no other header."""
    draft, portal = letter(name=text)
    me = portal.options.me.model_copy(update={"name": text})
    options = portal.options.model_copy(update={"me": me})
    data = render_eml(replace(draft, subject=text), replace(portal, options=options))
    headers = message_from_bytes(data, policy=policy.compat32)
    shown = {name: str(make_header(decode_header(value))) for name, value in headers.items()}
    assert len(shown) == len(headers.keys()) == 7
    line = text.replace("\r\n", " ").strip()
    assert shown["Subject"] == line
    assert shown["To"] == f"{line} <n.okafor@acme.example>"
    assert shown["From"] == f"{line} <alex@example.org>"
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert read_twice(data)[0] == [(line, "n.okafor@acme.example")]


def test_long_text() -> None:
    """Ten thousand characters on one line come through."""
    draft, portal = letter()
    draft = with_text(draft, "<b>“\u202eabc” {0} %s \\ 🦄</b> " * 400)
    assert read_twice(render_eml(draft, portal))[2] == f"{draft.body}\n"


@pytest.mark.parametrize(
    "written",
    [
        "a@b.example,c@d.example", "<a@b.example>", "@b.example", "a@", "a\n@b.example",
        "=?utf-8?q?a=0ABcc=3Ax?=@b.example",
    ],
)  # fmt: skip
def test_what_is_no_address(written: str) -> None:
    """One plain address or none."""
    assert mail_address(written) is None
