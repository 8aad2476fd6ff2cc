"""The table of touches: every kind of follow-up, one row each.

To change a wait, change its number here; a workspace changes it for itself with the plugin option
`touches`. All waits are business days of the employer's country.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from followup.portal.options import OptionProblem

Profile = Literal["gentle", "standard", "persistent"]


class Recipient(StrEnum):
    """To whom a touch goes."""

    YOURSELF = "yourself"
    EACH_MET = "each person met who has an address, one message each"
    CHECK_CONTACT = "the recruiter or coordinator, else the hiring manager or first interviewer"
    MAIN_CONTACT = "the main contact"
    PROMISED = "the person in `to`, else the hiring manager"
    MANAGER = "the hiring manager, else the first interviewer"
    SENDER_OR_CONTACT = "who wrote to you, else the main contact"
    SENDER_OR_MANAGER = "who wrote to you, else the hiring manager"
    REFERRER = "the referrer"


@dataclass(frozen=True, slots=True)
class Touch:
    """A row: when a follow-up of this kind exists, when it is due, to whom it goes, how long it is.

    `waits` are the numbers that the rule counts with. `reasons` explain a date, one sentence for
    each way it can come about; `{...}` is filled in, and `(…)` stands for the line of the note.
    """

    name: str
    exists: str
    due: str
    to: Recipient
    waits: Mapping[str, int]
    reasons: Mapping[str, str]
    words: tuple[int, int] | None = None
    short_words: tuple[int, int] | None = None
    profiles: frozenset[Profile] = frozenset({"gentle", "standard", "persistent"})

    @property
    def is_message(self) -> bool:
        """Whether somebody else gets it, so that it waits for a business day."""
        return self.to is not Recipient.YOURSELF


_ROWS: Final = (
    Touch(
        name="prepare",
        exists="an interview is ahead",
        due="the business day before the interview",
        to=Recipient.YOURSELF,
        waits={"before_interview": 1},
        reasons={"ahead": "{Before_interview} before the {meeting} (…)."},
    ),
    Touch(
        name="debrief",
        exists="an interview is over and categories are missing",
        due="the day of the interview",
        to=Recipient.YOURSELF,
        waits={},
        reasons={"over": "Notes are best on the day of the {meeting}, {day} (…)."},
    ),
    Touch(
        name="thank_you",
        exists="an interview is over",
        due=(
            "the same day if it ended before 13:00 on a business day, or by 15:00 on a Friday; "
            "else the next business day before 10:00; the same day, short, after a phone screen "
            "or when they decide by the next business day"
        ),
        to=Recipient.EACH_MET,
        waits={"after_interview": 1, "welcome": 3},
        words=(80, 150),
        short_words=(40, 80),
        reasons={
            "phone": "Your phone screen {was} on {day} (…); a short thank-you goes the same day.",
            "decided_soon": (
                "They said you would hear by {until} (…); a short thank-you is there in time "
                "on the day of the {meeting}."
            ),
            "morning": (
                "Your {meeting} {ended} on {weekday} at {time} (…); before 13:00 on a business day, "
                "thanks go the same day."
            ),
            "friday": (
                "Your {meeting} {ended} on {weekday} at {time} (…); until 15:00 on a Friday, thanks "
                "go the same day."
            ),
            "afternoon": (
                "Your {meeting} {ended} on {weekday} at {time} (…); from 13:00 on, thanks go "
                "{after_interview} later, before 10:00."
            ),
            "late_friday": (
                "Your {meeting} {ended} on {weekday} at {time} (…); after 15:00 on a Friday, thanks "
                "go {after_interview} later, before 10:00."
            ),
            "day_off": (
                "Your {meeting} {was} on {day} (…), which is no business day; thanks go "
                "{after_interview} later, before 10:00."
            ),
            "no_time": (
                "Your {meeting} {was} on {day} (…), at a time you did not note; thanks go "
                "{after_interview} later, before 10:00."
            ),
        },
    ),
    Touch(
        name="deliver_promise",
        exists="`promises` hold something",
        due=(
            "the business day on or before `by`; else the next business day after the interview; "
            "on the day of that person's thank-you it becomes part of it"
        ),
        to=Recipient.PROMISED,
        waits={"after_interview": 1},
        words=(0, 60),
        reasons={
            "by": "You promised it by {until} (…).",
            "no_day": "You promised it (…) on {day}; {after_interview} later.",
        },
    ),
    Touch(
        name="value_add",
        exists=(
            "they named a day at least ten business days after the interview, and the notes hold a "
            "first project or typical problem"
        ),
        due=(
            "half way from the interview to the day they named; not sooner than five business days "
            "after the thank-you"
        ),
        to=Recipient.MANAGER,
        waits={"shortest": 10, "after_thanks": 5},
        words=(60, 120),
        profiles=frozenset({"standard", "persistent"}),
        reasons={
            "half_way": "Half way to their answer on {until} (…).",
            "after_thanks": (
                "They answer by {until} (…); {after_thanks} after your thanks you may write again."
            ),
        },
    ),
    Touch(
        name="status_check_1",
        exists="the application is live and an interview is over (not networking)",
        due=(
            "the day they named for asking; else two business days after the day they named for "
            "their answer; else five business days after the interview"
        ),
        to=Recipient.CHECK_CONTACT,
        waits={"after_promise": 2, "after_interview": 5},
        words=(40, 80),
        reasons={
            "asked": "You may ask from {until} (…) on.",
            "asked_rolled": "You may ask from {until} (…) on; this is the next business day.",
            "promised": "They said you would hear by {until} (…); {after_promise} of grace.",
            "silent": "No date was given; {after_interview} after the {meeting} on {day} (…).",
            "since_contact": "You last heard from them on {day} (…); {after_interview} later.",
        },
    ),
    Touch(
        name="status_check_2",
        exists="there is a first check; Today shows it once that is sent or skipped",
        due="five business days after the first was sent, or is due",
        to=Recipient.CHECK_CONTACT,
        waits={"after_first": 5},
        words=(40, 60),
        profiles=frozenset({"standard", "persistent"}),
        reasons={
            "after_sent": "You asked on {day} (…); {after_first} later.",
            "after_due": "{After_first} after the first check, which is due on {day} (…).",
        },
    ),
    Touch(
        name="closing_note",
        exists="there is a second check",
        due="ten business days after the second was sent, or is due",
        to=Recipient.CHECK_CONTACT,
        waits={"after_second": 10},
        words=(0, 60),
        profiles=frozenset({"persistent"}),
        reasons={
            "after_sent": "You asked a second time on {day} (…); {after_second} later.",
            "after_due": "{After_second} after the second check, due on {day} (…).",
        },
    ),
    Touch(
        name="application_check",
        exists="applied, nothing came back, and no interview",
        due="ten business days after you applied",
        to=Recipient.MAIN_CONTACT,
        waits={"after_applying": 10},
        words=(40, 80),
        reasons={"applied": "You applied on {day} (…) and heard nothing; {after_applying} later."},
    ),
    Touch(
        name="reminder",
        exists="`reminders` hold something",
        due="the day in `on`",
        to=Recipient.YOURSELF,
        waits={},
        reasons={"noted": "You wanted to be reminded on {day} (…)."},
    ),
    Touch(
        name="confirm_invitation",
        exists="they invited you",
        due="the same day, if it is a business day, else the next",
        to=Recipient.SENDER_OR_CONTACT,
        waits={"after_invitation": 0},
        words=(30, 60),
        reasons={"invited": "They invited you on {day} (…)."},
    ),
    Touch(
        name="rejection_reply",
        exists="they rejected you",
        due="the next business day",
        to=Recipient.SENDER_OR_CONTACT,
        waits={"after_rejection": 1},
        words=(50, 90),
        reasons={"rejected": "They said no on {day} (…); {after_rejection} later."},
    ),
    Touch(
        name="offer_thanks",
        exists="they made an offer",
        due="the same day, if it is a business day, else the next",
        to=Recipient.SENDER_OR_MANAGER,
        waits={"after_offer": 0},
        words=(40, 80),
        reasons={"offered": "They made an offer on {day} (…)."},
    ),
    Touch(
        name="offer_decide",
        exists="an offer has a deadline",
        due="two business days before the deadline",
        to=Recipient.YOURSELF,
        waits={"before_deadline": 2},
        reasons={"deadline": "The offer ends on {until} (…); {before_deadline} before."},
    ),
    Touch(
        name="withdraw",
        exists=(
            "another application was accepted; this one is live, at least applied, and somebody "
            "was in contact"
        ),
        due="the next business day",
        to=Recipient.MAIN_CONTACT,
        waits={"after_acceptance": 1},
        words=(50, 80),
        reasons={"accepted": "You accepted another offer on {day} (…); {after_acceptance} later."},
    ),
    Touch(
        name="referrer_update",
        exists="a referrer is among the people: after the first interview, and at the outcome",
        due="the next business day",
        to=Recipient.REFERRER,
        waits={"after_event": 1},
        words=(40, 80),
        reasons={
            "interview": "Your first interview, on {day} (…), is worth a word; {after_event} later.",
            "outcome": "The outcome came on {day} (…); {after_event} later.",
        },
    ),
)

TOUCHES: Final[Mapping[str, Touch]] = {touch.name: touch for touch in _ROWS}
SNOOZED: Final = "You put it off until {until} (…)."


def build_table(
    overrides: Mapping[str, Mapping[str, int]],
) -> tuple[Mapping[str, Touch], tuple[OptionProblem, ...]]:
    """The table with a workspace's own waits, and what in `overrides` is no touch or no wait."""
    table = dict(TOUCHES)
    problems = []
    for name, waits in overrides.items():
        if name not in table:
            problems.append(_unknown(f"touches.{name}", name, "touch", table))
            continue
        for wait, days in waits.items():
            touch = table[name]
            if wait not in touch.waits:
                problems.append(_unknown(f"touches.{name}.{wait}", wait, "wait", touch.waits))
                continue
            table[name] = replace(touch, waits={**touch.waits, wait: days})
    return table, tuple(problems)


def _unknown(key: str, given: str, kind: str, known: Mapping[str, object]) -> OptionProblem:
    near = difflib.get_close_matches(given, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known) or 'none'}"
    return OptionProblem(key, f"unknown {kind} `{given}`", hint)
