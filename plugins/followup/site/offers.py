"""The Offers page: what they offer and until when, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from followup.campaign.model import FollowUp
from followup.notes.entry import Source
from followup.notes.schema import Salary, Stage
from followup.portal.days import day_in_sentence
from followup.portal.model import Application
from followup.site.addresses import OFFERS, company_link, line_link
from followup.site.lookup import Lookup, stage_chip
from followup.site.parts import Chip, Link, Reference
from followup.site.pay import YearlyPay, pay_as_written, yearly_pay
from followup.site.rows import build_action, refer, to_do
from followup.site.wording import WORKPLACES, count_of, enumerate_names, sentence, spell, unquoted

_MOST_NEXT = 2
_PASSED = "The deadline has passed. Ask whether the offer still stands."


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that hold from one day to another; `hidden` is how that stands on the build's day."""

    text: str
    shown_from: date | None = None
    shown_until: date | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do about an offer, its day, and where to do it."""

    text: str
    link: Link
    due_on: date
    due_text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one offer says to one question; `small` stands below `text`, and `on` is a day to come."""

    text: str = ""
    small: tuple[str, ...] = ()
    chip: Chip | None = None
    on: date | None = None
    passed: Dated | None = None
    line: Reference | None = None
    actions: tuple[Action, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.text or self.chip or self.line or self.actions)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to compare, and what each offer says to it, in the order of the offers."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Whose offer it is, and for what."""

    company: Reference
    title: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some offers side by side; `warning` says why their amounts cannot be compared."""

    title: str
    anchor: str
    heads: tuple[Head, ...]
    questions: tuple[Question, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class OffersView:
    """The offers that wait for an answer, the first deadline first, and those that are over."""

    ledes: tuple[Dated, ...]
    groups: tuple[Comparison, ...]
    begun: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer with its application; of one that is only known by its answer the day is missing."""

    application: Application
    received_on: date | None
    source: Source
    deadline: date | None
    salary: Salary | None
    notes: str

    @property
    def first(self) -> date:
        """The day by which it sorts."""
        return self.received_on or date.min

    def passed(self, day: date) -> bool:
        """Whether its deadline is before `day`."""
        return self.deadline is not None and self.deadline < day


def build_offers(lookup: Lookup) -> OffersView:
    """Every offer: those to decide on, and below them those that are over."""
    offers = [o for a in lookup.portal.applications.values() if (o := offer_of(a)) is not None]
    opened = [offer for offer in offers if offer.application.live]
    opened.sort(key=lambda o: (o.deadline or date.max, o.first, o.application.id))
    closed = [offer for offer in offers if not offer.application.live]
    closed.sort(key=lambda o: (o.first, o.application.id), reverse=True)
    groups = (("To decide on", "open", opened), ("Closed", "closed", closed))
    return OffersView(
        ledes=tuple(_ledes(lookup, opened, len(closed))),
        groups=tuple(_compare(lookup, *group) for group in groups if group[2]),
        begun=bool(lookup.portal.entries),
    )


def offer_of(application: Application) -> Offer | None:
    """What a company offered: as the note's `offer` has it, else what the log or the stage tells."""
    offer, source = application.offer, application.offer_source
    if offer and source:
        notes = unquoted(offer.notes)
        return Offer(application, offer.received_on, source, offer.deadline, offer.salary, notes)
    for change in reversed(application.history):
        if change.stage is Stage.OFFER:
            return Offer(application, change.on, change.source, None, None, "")
    if application.stage is Stage.ACCEPTED:
        return Offer(application, None, application.history[-1].source, None, None, "")
    return None


def _ledes(lookup: Lookup, opened: Sequence[Offer], closed: int) -> Iterator[Dated]:
    """The first line as it is to read from each deadline to the next."""
    ends = sorted({o.deadline for o in opened if o.deadline and not o.passed(lookup.today)})
    begins = [None, *(end + timedelta(days=1) for end in ends)]
    for start, end in zip(begins, [*ends, None], strict=True):
        text = _lede(lookup, opened, closed, start or lookup.today)
        yield Dated(text, start, end, hidden=start is not None)


def _lede(lookup: Lookup, opened: Sequence[Offer], closed: int, day: date) -> str:
    """`Two offers to decide on. The first to answer is Quillworks, by Fri 4 December.`."""
    if not opened:
        return f"No offer to decide on; {_are(closed)} closed." if closed else "No offers yet."
    if len(opened) == 1:
        return f"One offer to decide on{_until(lookup, opened[0], day)}."
    counted = sentence(count_of(len(opened), "offer", "offers"))
    passed = sum(offer.passed(day) for offer in opened)
    if passed == len(opened):
        return f"{counted} to decide on; their deadlines have passed."
    head = f"{counted} to decide on"
    if passed:
        head += f", {spell(passed)} of them past {'its' if passed == 1 else 'their'} deadline"
    first = opened[passed]
    if first.deadline is None:
        return f"{head}." if passed else f"{head}, without a deadline."
    company = lookup.company(first.application.id).name
    answer_by = day_in_sentence(first.deadline, lookup.today.year)
    return f"{head}. The first to answer is {company}, by {answer_by}."


def _until(lookup: Lookup, only: Offer, day: date) -> str:
    """Whose the only offer is, and by when; once its deadline has passed, when that was."""
    company = lookup.company(only.application.id).name
    if only.deadline is None:
        return f": {company}, without a deadline"
    answer_by = day_in_sentence(only.deadline, lookup.today.year)
    passed = only.passed(day)
    return f"; its deadline passed on {answer_by}" if passed else f": {company}, by {answer_by}"


def _are(number: int) -> str:
    return f"{spell(number)} {'is' if number == 1 else 'are'}"


def _compare(lookup: Lookup, title: str, anchor: str, offers: Sequence[Offer]) -> Comparison:
    pays = [yearly_pay(offer.salary) for offer in offers]
    asked = {
        "Where it stands": [_state(lookup, offer) for offer in offers],
        "Pay, as they put it": [Cell(pay_as_written(offer.salary)) for offer in offers],
        "In a year of full time": [_yearly(pay) for pay in pays],
        "Pay in the opening": [_opening(o, pay) for o, pay in zip(offers, pays, strict=True)],
        "Received": [Cell(lookup.day(o.received_on) if o.received_on else "") for o in offers],
        "Answer by": [_deadline(lookup, offer) for offer in offers],
        "Place": [_place(offer.application) for offer in offers],
        "You noted": [Cell(sentence(offer.notes)) for offer in offers],
        "Next": [Cell(actions=tuple(_next(lookup, offer))) for offer in offers],
        "Where it says so": [Cell(line=refer(lookup, offer.source, None)) for offer in offers],
    }
    return Comparison(
        title=title,
        anchor=anchor,
        heads=tuple(_head(lookup, offer.application) for offer in offers),
        questions=tuple(
            Question(label, tuple(cells))
            for label, cells in asked.items()
            if not all(cell.empty for cell in cells)
        ),
        warning=_warning([pay for pay in pays if pay]),
    )


def _head(lookup: Lookup, application: Application) -> Head:
    company = lookup.company(application.id)
    return Head(Reference(company.name, company_link(company.slug)), application.title or "")


def _state(lookup: Lookup, offer: Offer) -> Cell:
    """Its stage, and since when where it is over."""
    application = offer.application
    since = application.history[-1].on if application.history and not application.live else None
    small = (f"Since {lookup.day(since)}",) if since else ()
    return Cell(chip=stage_chip(application), small=small)


def _yearly(pay: YearlyPay | None) -> Cell:
    return Cell(str(pay), (pay.how,) if pay.how else ()) if pay else Cell()


def _opening(offer: Offer, pay: YearlyPay | None) -> Cell:
    """What the opening named, and how the offer lies to it."""
    asked = yearly_pay(offer.application.salary)
    if asked is None:
        return Cell()
    in_a_year = f"In a year {asked}: {asked.how}" if asked.how else ""
    small = filter(None, (in_a_year, _against(pay, asked) if pay else ""))
    return Cell(pay_as_written(offer.application.salary), tuple(small))


def _against(pay: YearlyPay, asked: YearlyPay) -> str:
    if pay.currency != asked.currency:
        return "Not in the currency of the offer"
    if (pay.low, pay.high) == (asked.low, asked.high):
        return "The offer is the same"
    if pay.low > asked.high:
        return "The offer is above that"
    if pay.high < asked.low:
        return "The offer is below that"
    within = asked.low <= pay.low and pay.high <= asked.high
    return "The offer is within that" if within else "The offer overlaps with that"


def _deadline(lookup: Lookup, offer: Offer) -> Cell:
    if offer.deadline is None:
        return Cell("No day named" if offer.application.live else "")
    after = offer.deadline + timedelta(days=1)
    live = offer.application.live
    passed = Dated(_PASSED, shown_from=after, hidden=after > lookup.today) if live else None
    return Cell(lookup.day(offer.deadline), on=offer.deadline if live else None, passed=passed)


def _place(application: Application) -> Cell:
    parts = (application.location, WORKPLACES.get(application.workplace or "", ""))
    return Cell("; ".join(filter(None, parts)))


def _next(lookup: Lookup, offer: Offer) -> Iterator[Action]:
    """What is to be done about it: to thank, to decide."""
    mine = lookup.by_application.get(offer.application.id, ())
    for follow_up in to_do(lookup, mine)[:_MOST_NEXT]:
        yield Action(
            text=lookup.title(follow_up, lookup.words(follow_up).todo),
            link=_way_to(lookup, follow_up, offer),
            due_on=follow_up.due_on,
            due_text=lookup.day(follow_up.due_on),
        )


def _way_to(lookup: Lookup, follow_up: FollowUp, offer: Offer) -> Link:
    """Where to do it; what leads here from elsewhere leads on to the line of the offer."""
    link = build_action(lookup, follow_up)[1]
    return line_link(offer.source) if link == Link(OFFERS) else link


def _warning(pays: Iterable[YearlyPay]) -> str:
    """Why these amounts cannot be compared, if they cannot: nothing is converted here."""
    currencies = sorted({pay.currency for pay in pays if pay.currency})
    if len(currencies) < 2:
        return ""
    return (
        f"{sentence(spell(len(currencies)))} currencies, {enumerate_names(currencies)}:"
        " the amounts cannot be compared as they stand."
    )
