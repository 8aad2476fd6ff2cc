"""A draft on its way into a mail program: a `mailto:` link, or a message file."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import quote

from followup.campaign.model import Draft
from followup.portal.model import Person, Portal

LONGEST_URL: Final = 1_600
"""Longer `mailto:` links are cut off by some mail programs."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f<>()\[\]\\,;:\"]|=\?")
# What needs no encoding: in a subject, and in a name without quotes round it.
_PLAIN_TEXT: Final = re.compile(r"(?!.*=\?)[!-~][ -~]{0,64}")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9]+(?:[ '-][A-Za-z0-9]+)*")
_LONGEST_NAME: Final = 60
# With the name of its header no line is longer than the 76 characters of RFC 2047.
_BYTES_OF_A_WORD: Final = 39
# What a line of 998 characters has room for, once it is encoded.
_BYTES_OF_A_NAME: Final = 690


def mailto_url(draft: Draft, portal: Portal) -> str | None:
    """The link that opens the draft in a mail program.

    None where the draft has a gap, nobody to go to, or does not fit into a link.
    """
    addresses = [address for _, address in _recipients(draft, portal)]
    if not draft.ready or not addresses:
        return None
    to = ",".join(quote(address, safe="@") for address in addresses)
    body = "\r\n".join(draft.body.splitlines())
    url = f"mailto:{to}?subject={quote(_one_line(draft.subject), safe='')}&body={quote(body, safe='')}"
    return url if len(url) <= LONGEST_URL else None


def render_eml(draft: Draft, portal: Portal) -> bytes:
    """The draft as a message file that opens unsent, the same bytes every time.

    It has no date and no id: the mail program that sends it sets them. A draft with a gap has no
    such file.
    """
    if not draft.ready:
        raise ValueError(f"the draft {draft.id} still has gaps")
    content = EmailMessage(policy=SMTP)
    content.set_content("\n".join(draft.body.splitlines()) + "\n")
    return "".join(f"{line}\r\n" for line in _head(draft, portal)).encode() + content.as_bytes()


def _head(draft: Draft, portal: Portal) -> Iterator[str]:
    """The headers, each folded by itself.

    Python's own headers decode what looks encoded, and lose quotes where they fold a long name: a
    text could become a header, or another recipient. So every text is encoded here.
    """
    yield "X-Unsent: 1"
    sender = portal.options.me
    if sender_address := mail_address(sender.email):
        yield f"From: {_mailbox(sender.name, sender_address)}"
    to = [_mailbox(person.name or "", address) for person, address in _recipients(draft, portal)]
    if to:
        yield "To: " + ",\r\n ".join(to)
    subject = _one_line(draft.subject)
    yield f"Subject: {subject if _PLAIN_TEXT.fullmatch(subject) else _encoded_words(subject)}"


def mail_address(written: str | None) -> str | None:
    """One address as it goes into a message, its domain in ASCII; None for what is no address."""
    local, at, domain = (written or "").strip().rpartition("@")
    domain = unicodedata.normalize("NFKC", domain)
    if not (local and at and domain) or _UNSAFE_IN_ADDRESS.search(local + domain) or "@" in local:
        return None
    return f"{local}@{'.'.join(_ascii_label(label) for label in domain.split('.'))}"


def _ascii_label(label: str) -> str:
    """A part of a domain name as it is looked up: `müller` is `xn--mller-kva`.

    Python's own codec follows the rules of 2003 and turns `ß` into `ss`, which is another domain.
    """
    folded = label.lower()
    return folded if folded.isascii() else f"xn--{folded.encode('punycode').decode()}"


def _recipients(draft: Draft, portal: Portal) -> list[tuple[Person, str]]:
    people = [portal.people[id_] for id_ in draft.to]
    return [(person, address) for person in people if (address := mail_address(person.email))]


def _mailbox(name: str, address: str) -> str:
    shown = " ".join(_one_line(name).split())
    plain = len(shown) <= _LONGEST_NAME and _PLAIN_NAME.fullmatch(shown)
    if not shown:
        return address
    return f"{shown} <{address}>" if plain else f"{_encoded_name(shown)}\r\n <{address}>"


def _encoded_name(name: str) -> str:
    """`name` as one word of RFC 2047, however long it is.

    In a name, other than in a subject, Python's own parser puts a space between two such words.
    """
    data = name.encode()
    if len(data) > _BYTES_OF_A_NAME:
        data = f"{data[:_BYTES_OF_A_NAME].decode(errors='ignore')}…".encode()
    return _encoded_word(data)


def _encoded_words(text: str) -> str:
    """`text` as RFC 2047 writes it: short words in lines of their own, to be put together again."""
    pieces = [b""]
    for character in text:
        data = character.encode()
        if len(pieces[-1]) + len(data) > _BYTES_OF_A_WORD:
            pieces.append(b"")
        pieces[-1] += data
    return "\r\n ".join(_encoded_word(piece) for piece in pieces)


def _encoded_word(data: bytes) -> str:
    return f"=?utf-8?b?{b64encode(data).decode()}?="


def _one_line(text: str) -> str:
    """`text` without line breaks, which would begin another header."""
    return _CONTROL.sub(" ", text).strip()
