"""A draft on its way into a mail program: a `mailto:` link, or a message file."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import Final
from urllib.parse import quote

from followup.campaign.model import Draft
from followup.portal.model import Person, Portal

LONGEST_URL: Final = 1_600
"""Longer `mailto:` links are cut off by some mail programs."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f<>()\[\]\\,;:\"]")


def mailto_url(draft: Draft, portal: Portal) -> str | None:
    """The link that opens the draft in a mail program.

    None where the draft has a gap, nobody to go to, or does not fit into a link.
    """
    addresses = [address for _, address in _recipients(draft, portal)]
    if not draft.ready or not addresses:
        return None
    to = ",".join(quote(address, safe="@") for address in addresses)
    body = "\r\n".join(draft.body.splitlines())
    url = (
        f"mailto:{to}?subject={quote(_header(draft.subject), safe='')}&body={quote(body, safe='')}"
    )
    return url if len(url) <= LONGEST_URL else None


def render_eml(draft: Draft, portal: Portal) -> bytes:
    """The draft as a message file that opens unsent, the same bytes every time.

    It has no date and no id: the mail program that sends it sets them. A draft with a gap has no
    such file.
    """
    if not draft.ready:
        raise ValueError(f"the draft {draft.id} still has gaps")
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    sender = portal.options.me
    if sender_address := mail_address(sender.email):
        message["From"] = _address(sender.name, sender_address)
    to = [_address(person.name or "", address) for person, address in _recipients(draft, portal)]
    message["To"] = to
    message["Subject"] = _header(draft.subject)
    message.set_content("\n".join(draft.body.splitlines()) + "\n")
    is_ascii = all(address.username.isascii() for address in to) and sender.email.isascii()
    return message.as_bytes(policy=SMTP if is_ascii else SMTPUTF8)


def mail_address(written: str | None) -> str | None:
    """One address as it goes into a message, its domain in ASCII; None for what is no address."""
    local, at, domain = (written or "").strip().rpartition("@")
    if not (local and at and domain) or _UNSAFE_IN_ADDRESS.search(local + domain) or "@" in local:
        return None
    return f"{local}@{'.'.join(_ascii_label(label) for label in domain.split('.'))}"


def _ascii_label(label: str) -> str:
    """A part of a domain name as it is looked up: `müller` is `xn--mller-kva`.

    Python's own codec follows the rules of 2003 and turns `ß` into `ss`, which is another domain.
    """
    folded = unicodedata.normalize("NFKC", label).lower()
    return folded if folded.isascii() else f"xn--{folded.encode('punycode').decode()}"


def _recipients(draft: Draft, portal: Portal) -> list[tuple[Person, str]]:
    people = [portal.people[id_] for id_ in draft.to]
    return [(person, address) for person in people if (address := mail_address(person.email))]


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=_header(name), username=local, domain=domain)


def _header(text: str) -> str:
    """`text` on one line: a line break would begin another header."""
    return _CONTROL.sub(" ", text).strip()
