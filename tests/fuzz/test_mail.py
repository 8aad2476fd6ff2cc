"""Message files of random texts: whatever is in them, nothing becomes a header of its own."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

from hypothesis import example, given
from hypothesis import strategies as st

from followup.site.mail import render_eml
from tests.unit.site.test_mail import letter

PIECES = [
    "=?", "?=", "=?utf-8?q?", "=?utf-8?b?", "QQ0KQmNjOiBhQGI=", "=0D=0A", "Bcc: a@b.example", "\r",
    "\n", " ", "\t", "=", "?", "\u2028", "\x85", "\x1c", '"', "\\", "<", ">", ",", ":", "@", "ü",
    "🦄", "\u202e", "x" * 70,
]  # fmt: skip
TEXT = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=80))
SENT = letter()


@given(subject=TEXT.filter(str.strip), name=TEXT, sender=TEXT)
@example("=?x?q?a?=", "=?utf-8?q?=0D=0A?=", "=?utf-8?b?DQo=?=")
def test_a_message_has_its_headers_and_no_other(subject: str, name: str, sender: str) -> None:
    """Seven headers, each once, one sender and one recipient, and no bare line break."""
    draft, portal = SENT
    people = {id_: replace(person, name=name) for id_, person in portal.people.items()}
    me = portal.options.me.model_copy(update={"name": sender})
    options = portal.options.model_copy(update={"me": me})
    data = render_eml(
        replace(draft, subject=subject), replace(portal, people=people, options=options)
    )
    message = message_from_bytes(data, policy=policy.default)
    assert sorted(message.keys()) == [
        "Content-Transfer-Encoding", "Content-Type", "From", "MIME-Version", "Subject", "To",
        "X-Unsent",
    ]  # fmt: skip
    assert [one.addr_spec for one in message["To"].addresses] == ["n.okafor@acme.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["alex@example.org"]
    assert not {b"\r", b"\n"} & set(data.replace(b"\r\n", b""))
