"""What the portal calls things: every touch, stage, format and role in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followup.notes.schema import Event, Format, Role, Stage
from followup.site.parts import Chip


@dataclass(frozen=True, slots=True)
class TouchWords:
    """A touch as something to do, as something done, in a cell of the month, and on its button.

    `{name}` is who it goes to, `{company}` the employer; `own` says that nobody else is involved.
    `alone` is the thing to do where no company stands beside it, if that needs other words;
    `message` is what a message of this kind is called.
    """

    todo: str
    done: str
    cell: str
    button: str = "Open draft"
    own: bool = False
    message: str = ""
    alone: str = ""


TOUCHES = {
    "prepare": TouchWords(
        "Prepare for {company}", "Prepared for {company}", "Prepare", "Prepare", own=True
    ),
    "debrief": TouchWords(
        "Finish your notes on {company}",
        "Finished your notes on {company}",
        "Notes on {company}",
        "Open note",
        own=True,
    ),
    "thank_you": TouchWords(
        "Thank {name}", "Thanked {name}", "Thank {name}", message="a thank-you"
    ),
    "deliver_promise": TouchWords(
        "Keep your promise to {name}",
        "Kept your promise to {name}",
        "Promise, {name}",
        message="a promise",
    ),
    "value_add": TouchWords(
        "Send {name} something useful",
        "Sent {name} something useful",
        "Write {name}",
        message="something useful",
    ),
    "status_check_1": TouchWords(
        "Ask {name} where things stand",
        "Asked {name} where things stand",
        "Ask {name}",
        message="a check",
    ),
    "status_check_2": TouchWords(
        "Ask {name} once more",
        "Asked {name} once more",
        "Ask {name} again",
        message="a second check",
    ),
    "closing_note": TouchWords(
        "Write {name} a last time",
        "Wrote {name} a last time",
        "Write {name}",
        message="a last note",
    ),
    "application_check": TouchWords(
        "Ask about your application",
        "Asked about your application",
        "Ask {company}",
        message="a question about an application",
        alone="Ask {company} about your application",
    ),
    "reminder": TouchWords("{what}", "{what}", "{what}", "Open note", own=True),
    "confirm_invitation": TouchWords(
        "Confirm the invitation with {name}",
        "Confirmed the invitation with {name}",
        "Confirm, {name}",
        message="a confirmation",
    ),
    "rejection_reply": TouchWords(
        "Answer {name}’s rejection",
        "Answered {name}’s rejection",
        "Answer {name}",
        message="an answer to a rejection",
    ),
    "offer_thanks": TouchWords(
        "Thank {name} for the offer",
        "Thanked {name} for the offer",
        "Thank {name}",
        message="thanks for an offer",
    ),
    "offer_decide": TouchWords(
        "Decide on the offer from {company}",
        "Decided on the offer from {company}",
        "Decide: {company}",
        "Compare",
        own=True,
    ),
    "withdraw": TouchWords(
        "Tell {name} you are withdrawing",
        "Told {name} you are withdrawing",
        "Withdraw: {company}",
        message="a withdrawal",
    ),
    "referrer_update": TouchWords(
        "Tell {name} how it went",
        "Told {name} how it went",
        "Tell {name}",
        message="an update for a referrer",
    ),
}

# A message without anybody to send it to is a task of one's own: to find somebody.
NOBODY = TouchWords(
    "Find an address at {company}",
    "Found an address at {company}",
    "Find an address",
    "Open note",
    own=True,
)

STAGES = {
    Stage.SAVED: Chip("pen", "Saved"),
    Stage.APPLIED: Chip("mail", "Applied", "accent"),
    Stage.SCREENING: Chip("people", "Screening", "accent"),
    Stage.INTERVIEWING: Chip("people", "Interviewing", "accent"),
    Stage.OFFER: Chip("flag", "Offer", "accent"),
    Stage.ACCEPTED: Chip("check", "Accepted"),
    Stage.DECLINED: Chip("end", "You declined"),
    Stage.REJECTED: Chip("end", "Rejected"),
    Stage.WITHDRAWN: Chip("end", "You withdrew"),
    Stage.NO_RESPONSE: Chip("end", "No response"),
}


@dataclass(frozen=True, slots=True)
class FormatWords:
    """A kind of interview as a title of its own, short, and within a sentence."""

    title: str
    short: str
    within: str


FORMATS = {
    Format.PHONE_SCREEN: FormatWords("Phone screen", "Phone screen", "phone screen"),
    Format.VIDEO: FormatWords("Video interview", "Video", "video"),
    Format.ONSITE: FormatWords("On-site interview", "On site", "on site"),
    Format.PANEL: FormatWords("Panel interview", "Panel", "panel"),
    Format.FINAL: FormatWords("Final round", "Final round", "final round"),
    Format.RECRUITER_CHAT: FormatWords("Recruiter chat", "Recruiter chat", "recruiter chat"),
    Format.NETWORKING: FormatWords("Networking chat", "Networking", "networking chat"),
    Format.ASSESSMENT: FormatWords("Assessment", "Assessment", "assessment"),
}

ROLES = {
    Role.HIRING_MANAGER: "hiring manager",
    Role.INTERVIEWER: "interviewer",
    Role.RECRUITER: "recruiter",
    Role.COORDINATOR: "coordinator",
    Role.REFERRER: "referrer",
}

WORKPLACES = {"onsite": "on site", "hybrid": "hybrid", "remote": "remote"}

# What a line of the log says; `{name}` is who it came from, or `they`.
EVENTS = {
    Event.APPLIED: "you applied",
    Event.RECEIVED: "{name} wrote",
    Event.CALL: "{name} called",
    Event.DATE_CHANGED: "{name} changed the date",
    Event.INVITED: "{name} invited you",
    Event.INTERVIEW_CANCELLED: "the interview was cancelled",
    Event.OFFER: "{name} made an offer",
    Event.ACCEPTED: "you accepted",
    Event.DECLINED: "you declined",
    Event.REJECTED: "{name} said no",
    Event.WITHDREW: "you withdrew",
    Event.NO_RESPONSE: "you closed it without an answer",
}

NEXT_STEPS = {"next_round": "The next round", "decision": "A decision", "offer": "An offer"}

# An opening that is no more than a conversation so far.
IN_TOUCH = Chip("people", "In touch")

# Where the line above has said why.
SAME_REASON = "For the same reason."

# Where to type what is missing.
PLACE_AT_TOP = "Add to the top of the note, or write n/a:"
PLACE_IN_BODY = "Add to the note; where it does not apply, write n/a below the heading:"

_QUOTES = ('""', "''", "“”", "‘’", "„“", "«»")
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen",
)  # fmt: skip


def spell(number: int) -> str:
    """`three`, or `31` for what is long as a word."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def count_of(number: int, one: str, many: str) -> str:
    """`one application`, `three applications`."""
    return f"{spell(number)} {one if number == 1 else many}"


def only_saved(number: int) -> str:
    """`Five openings saved, none applied for yet.`."""
    openings = sentence(count_of(number, "opening", "openings"))
    return f"{openings} saved, {'not' if number == 1 else 'none'} applied for yet."


def sentence(text: str) -> str:
    """`text` with its first letter upper case; the rest stays as it is."""
    return text[:1].upper() + text[1:]


QUOTED = 400
"""How many characters of a bullet a page quotes; a better answer may take a minute to say."""
ANSWER = 1200


def unquoted(text: str | None) -> str:
    """`text` without quotation marks of its own, where the page puts some round it."""
    text = text or ""
    return text[1:-1] if len(text) > 2 and text[0] + text[-1] in _QUOTES else text


def quoted(text: str | None, most: int = QUOTED) -> str:
    """`text` as a page quotes it: without quotation marks of its own, and cut where it is very long.

    Beside a quote stands the line of the note that has all of it.
    """
    return cut(unquoted(text), most)


def cut(text: str, most: int) -> str:
    """The first words of `text`, `most` characters at the most and `…` for the rest."""
    if len(text) <= most:
        return text
    whole, space, _ = text[:most].rpartition(" ")
    return f"{whole if space else text[: most - 1]}…"


def enumerate_names(names: Sequence[str]) -> str:
    """`Ms. Rivera, Mr. Oduya and Ms. Dahl`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
