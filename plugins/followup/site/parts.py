"""The parts that pages are made of, as frozen values; a template shows them as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the portal: the key of a page or file, and an anchor on it."""

    key: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that lead to a place in the portal."""

    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class Chip:
    """A state as icon and word; `tone` is empty, `accent` or `late`."""

    icon: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """The reason for a date: words, the line it stands on in brackets, words.

    `welcome` says until when a late message still makes sense.
    """

    before: str
    line: Reference
    after: str
    welcome: str = ""

    def __str__(self) -> str:
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: its words, the event it logs, and by how many days it puts off."""

    text: str
    event: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be pressed beside the follow-up `uid`: that it is `done`, and what else there is.

    `title` is what it is called where the words alone would not say what they are about.
    """

    uid: str
    title: str
    done: Button
    more: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: when, what, for whom, why, and the button that starts it.

    `bucket` is where it stands on the day of the build. It makes sense from `shown_from`, the day of
    an interview still ahead, to `until`; `hidden` is how that stands on the day of the build.
    `menu` is what else can be pressed.
    """

    due_on: date
    due_text: str
    bucket: str
    before: str
    title: str
    who: str
    company: Reference | None
    why: Why
    button: str
    link: Link
    until: date | None
    shown_from: date | None = None
    hidden: bool = False
    menu: Menu | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: a day and what is to be done, or words alone where nothing has a day.

    It makes sense from `shown_from` to `until`; `hidden` is how that stands on the day of the
    build. `lapses` says of an interview or a deadline that it passes by itself and is never late.
    """

    icon: str
    text: str
    on: date | None = None
    on_text: str = ""
    until: date | None = None
    shown_from: date | None = None
    hidden: bool = False
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a short list: a title, what it says, and small print below.

    `line` is where the note says so, `why` the reason of its date. It is shown from `shown_from` to `shown_until`, as of the reader's day; `hidden` is how that
    stands on the day of the build. `search` is what the filter of a list looks at. Of `next` the
    first is shown that makes sense on the reader's day.
    """

    title: str
    link: Link | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    icon: str = ""
    due_on: date | None = None
    due_text: str = ""
    since: date | None = None
    since_text: str = ""
    line: Reference | None = None
    why: Why | None = None
    shown_from: date | None = None
    shown_until: date | None = None
    hidden: bool = False
    search: str = ""
    menu: Menu | None = None
    next: tuple[Next, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """An interview with its calendar leaf; one that is ahead says `when` in a line of its own.

    `href` is where it is held, outside the portal, and `host` what that is called.
    """

    starts: str
    weekday: str
    day: int
    month: str
    title: str
    link: Link
    notes: tuple[str, ...]
    day_on: date
    button: Reference | None = None
    when: str = ""
    href: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class FactItem:
    """One value of a fact.

    `line` is the line of the note it stands on, `anchors` the lines for which it carries the anchor
    on the note's page. `href` leads out of the portal, `link` within it.
    """

    text: str
    line: int | None = None
    anchors: tuple[int, ...] = ()
    said: str = ""
    href: str = ""
    link: Link | None = None
    code: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with one or several values."""

    label: str
    items: tuple[FactItem, ...]
