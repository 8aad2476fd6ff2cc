"""What the Offers page shows: pay for a year, deadlines, and what cannot be compared."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from followup.notes.entry import Entry
from followup.notes.schema import Salary
from followup.site.offers import Cell, Comparison, OffersView, build_offers
from followup.site.pay import pay_as_written, yearly_pay
from followup.site.statistics import build_statistics_page
from followup.site.today import build_today
from tests.unit.notebook import note
from tests.unit.site.campaigns import address, campaign_of, lookup_of, render_all, tags


def offered(
    company: str, pay: str = "{min: 50000, currency: USD}", *more: str, deadline: str = "2026-12-04"
) -> Entry:
    """An offer of 19 November with this pay."""
    ends = f", deadline: {deadline}" if deadline else ""
    offer = f"offer: {{received_on: 2026-11-19{ends}, salary: {pay}, notes: '30 days off'}}"
    front = (f"company: {company}", "title: Analyst", "applied_on: 2026-11-02", offer, *more)
    return note(f"{company.lower()}.md", "\n".join(front))


def view_of(*entries: Entry, today: date = date(2026, 11, 22)) -> OffersView:
    """What the page shows of these notes."""
    return build_offers(lookup_of(*entries, today=today))


def column(group: Comparison, company: str) -> dict[str, Cell]:
    """What one offer says, by question."""
    place = [head.company.text for head in group.heads].index(company)
    return {question.label: question.cells[place] for question in group.questions}


def only(*entries: Entry, today: date = date(2026, 11, 22)) -> dict[str, Cell]:
    """What the one offer of these notes says."""
    (group,) = view_of(*entries, today=today).groups
    return column(group, group.heads[0].company.text)


@pytest.mark.parametrize(
    ("salary", "written", "yearly", "how"),
    [
        ({"min": "50000", "currency": "USD"}, "50,000 USD a year", "50,000 USD", ""),
        (
            {"min": "21", "max": "24.50", "currency": "USD", "period": "hour"},
            "21 to 24.50 USD an hour",
            "43,680 to 50,960 USD",
            "21 to 24.50 × 2,080 hours",
        ),
        ({"min": "200", "period": "day"}, "200 a day", "52,000", "200 × 260 days"),
        ({"max": "900", "period": "week"}, "900 a week", "46,800", "900 × 52 weeks"),
        (
            {"min": "4333.33", "max": "4333.33", "currency": "EUR", "period": "month"},
            "4,333.33 EUR a month",
            "52,000 EUR",
            "4,333.33 × 12 months",
        ),
        ({"currency": "EUR"}, "", "None", ""),
    ],
)
def test_pay_for_a_year(salary: dict[str, str], written: str, yearly: str, how: str) -> None:
    """A year of full time is 2,080 hours, 260 days, 52 weeks or 12 months, in whole units."""
    pay = yearly_pay(Salary.model_validate(salary))
    assert pay_as_written(Salary.model_validate(salary)) == written
    assert (str(pay), pay.how if pay else "") == (yearly, how)


def test_half_a_unit_of_pay_is_rounded_up() -> None:
    """The banker's way of rounding would give nobody what they expect."""
    pay = yearly_pay(Salary(min=Decimal("50000.50")))
    assert pay is not None
    assert pay.low == 50001


def test_offers_stand_side_by_side_the_first_deadline_first() -> None:
    """Those to decide on, and below them what is over."""
    later = offered("Birch", deadline="2026-12-11")
    declined = offered(
        "Cedar", "{min: 1, currency: USD}", "log: [{on: 2026-11-20, event: declined}]"
    )
    view = view_of(later, offered("Alder"), declined, offered("Dogwood", deadline=""))
    assert [(g.title, [h.company.text for h in g.heads]) for g in view.groups] == [
        ("To decide on", ["Alder", "Birch", "Dogwood"]),
        ("Closed", ["Cedar"]),
    ]
    cell = column(view.groups[1], "Cedar")["Where it stands"]
    assert cell.chip is not None
    assert (cell.chip.text, cell.small) == ("You declined", ("Since Fri 20 Nov",))
    answer = {h.company.text: column(view.groups[0], h.company.text)["Answer by"].text
              for h in view.groups[0].heads}  # fmt: skip
    assert answer == {"Alder": "Fri 4 Dec", "Birch": "Fri 11 Dec", "Dogwood": "No day named"}


def test_an_offer_says_its_terms_and_where_the_note_says_so() -> None:
    """Pay, days, place, the owner's notes and the line."""
    said = only(offered("Alder", "{min: 25, currency: USD, period: hour}", "location: Bangor"))
    assert said["Pay, as they put it"].text == "25 USD an hour"
    assert (said["In a year of full time"].text, said["In a year of full time"].small) == (
        "52,000 USD",
        ("25 × 2,080 hours",),
    )
    assert (said["Received"].text, said["Answer by"].on) == ("Thu 19 Nov", date(2026, 12, 4))
    assert (said["Place"].text, said["You noted"].text) == ("Bangor", "30 days off")
    line = said["Where it says so"].line
    assert line is not None
    assert (line.text, address(line.link)) == ("line 5 of the application", "/notes/alder#L5")


def test_what_is_to_be_done_leads_to_where_it_is_done() -> None:
    """The thanks to their draft, the decision, which leads to this page, to the line of the offer."""
    people = "people: [{id: lee, name: Ada Lee, honorific: Ms., email: a@alder.example}]"
    actions = only(offered("Alder", "{min: 1, currency: USD}", people))["Next"].actions
    assert [(a.text, a.due_text, address(a.link)) for a in actions] == [
        ("Thank Ms. Lee for the offer", "Thu 19 Nov", "/drafts/alder#offer-thanks-lee"),
        ("Decide on the offer from Alder", "Wed 2 Dec", "/notes/alder#L5"),
    ]


def test_to_decide_is_to_compare() -> None:
    """The button on Today leads to the Offers page."""
    today = build_today(lookup_of(offered("Alder")))
    rows = [
        row for bucket in (today.late, today.due, today.week, today.later) for row in bucket.rows
    ]
    row = next(row for row in rows if row.title == "Decide on the offer from Alder")
    assert (row.button, address(row.link)) == ("Compare", "/offers")


@pytest.mark.parametrize(
    ("opening", "small"),
    [
        ("{min: 48000, max: 52000, currency: USD}", ("The offer is within that",)),
        ("{min: 50000, currency: USD}", ("The offer is the same",)),
        ("{min: 40000, max: 49999, currency: USD}", ("The offer is above that",)),
        ("{min: 50001, currency: USD}", ("The offer is below that",)),
        ("{min: 48000, currency: EUR}", ("Not in the currency of the offer",)),
        (
            "{min: 20, currency: USD, period: hour}",
            ("In a year 41,600 USD: 20 × 2,080 hours", "The offer is above that"),
        ),
    ],
)
def test_the_offer_beside_what_the_opening_named(opening: str, small: tuple[str, ...]) -> None:
    """Above, below or within, and nothing where the currencies differ."""
    said = only(offered("Alder", "{min: 50000, currency: USD}", f"salary: {opening}"))
    assert said["Pay in the opening"].small == small


def test_a_range_that_reaches_beyond_the_opening_overlaps() -> None:
    """Neither above nor within."""
    pay = "{min: 50000, max: 60000, currency: USD}"
    said = only(offered("Alder", pay, "salary: {min: 48000, max: 52000, currency: USD}"))
    assert said["Pay in the opening"].small == ("The offer overlaps with that",)


@pytest.mark.parametrize(
    ("pays", "warning"),
    [
        (("{min: 1, currency: USD}", "{min: 2, currency: USD, period: hour}"), ""),
        (("{min: 1, currency: USD}", "{currency: EUR}"), ""),
        (
            ("{min: 1, currency: USD}", "{min: 2, currency: EUR}"),
            "Two currencies, EUR and USD: the amounts cannot be compared as they stand.",
        ),
    ],
)
def test_amounts_in_several_currencies_are_not_compared(
    pays: tuple[str, str], warning: str
) -> None:
    """Nothing is converted; that it cannot be compared is said in words."""
    (group,) = view_of(*map(offered, ("Alder", "Birch"), pays)).groups
    assert group.warning == warning


def test_the_first_line_reads_on_from_deadline_to_deadline() -> None:
    """A copy that is read after a deadline says so; the offer still waits for an answer."""
    view = view_of(
        offered("Alder"), offered("Birch", deadline="2026-12-11"), offered("Cedar", deadline="")
    )
    assert [(d.text, d.shown_from, d.shown_until, d.hidden) for d in view.ledes] == [
        (
            "Three offers to decide on. The first to answer is Alder, by Fri 4 December.",
            None, date(2026, 12, 4), False,
        ),
        (
            (
                "Three offers to decide on, one of them past its deadline."
                " The first to answer is Birch, by Fri 11 December."
            ),
            date(2026, 12, 5), date(2026, 12, 11), True,
        ),
        (
            "Three offers to decide on, two of them past their deadline.",
            date(2026, 12, 12), None, True,
        ),
    ]  # fmt: skip


def test_a_deadline_that_passed_leaves_the_offer_to_decide_on() -> None:
    """Its notes do not say that it is over: a stale copy and one of that day say the same."""
    passed = "One offer to decide on; its deadline passed on Fri 4 December."
    stale = view_of(offered("Alder"))
    view = view_of(offered("Alder"), today=date(2026, 12, 5))
    assert [(d.text, d.shown_from) for d in stale.ledes][1:] == [(passed, date(2026, 12, 5))]
    assert [lede.text for lede in view.ledes] == [passed]
    assert stale.groups[0].title == view.groups[0].title == "To decide on"
    said = column(view.groups[0], "Alder")["Answer by"].passed
    assert said is not None
    assert not said.hidden


def test_of_several_past_their_deadlines_all_wait() -> None:
    """None of them is the first to answer."""
    view = view_of(offered("Alder"), offered("Birch"), today=date(2026, 12, 5))
    assert [lede.text for lede in view.ledes] == [
        "Two offers to decide on; their deadlines have passed."
    ]


def test_an_offer_that_is_only_known_by_its_answer_is_one() -> None:
    """Whoever accepted had an offer: the Statistics count it too."""
    accepted = "company: Alder\ntitle: Analyst\nlog: [{on: 2026-11-20, event: accepted}]\n"
    lookup = lookup_of(note("a.md", accepted))
    view = build_offers(lookup)
    assert [lede.text for lede in view.ledes] == ["No offer to decide on; one is closed."]
    assert "Received" not in column(view.groups[0], "Alder")
    figures = {figure.label: figure.count for figure in build_statistics_page(lookup).figures}
    assert figures["offer"] == 1


def test_an_offer_that_only_the_log_names_is_one() -> None:
    """Its terms are missing, its day is not; what no offer says is no question."""
    front = "company: Alder\ntitle: Analyst\nlog: [{on: 2026-11-20, event: offer}]\n"
    said = only(note("a.md", front))
    assert said["Received"].text == "Fri 20 Nov"
    assert "Pay, as they put it" not in said


def test_the_page_shows_each_offer_as_a_column_and_as_a_card() -> None:
    """A phone shows the cards; both say the same, and what is empty is a dash."""
    entries = (offered("Alder"), offered("Birch", "{currency: USD}", deadline=""))
    html = render_all(campaign_of(*entries))["offers"]
    table, _, cards = html.partition("</table>")
    for words in ("50,000 USD a year", "Fri 4 Dec", "No day named", "30 days off"):
        assert words in table
        assert words in cards
    assert "<td>–</td>" in table
    assert sum(attributes.get("class") == "fu-card" for _, attributes in tags(html)) == 2


def test_before_the_first_offer_the_page_says_what_to_write() -> None:
    """No table of nothing; without any note, what to do first."""
    assert build_offers(lookup_of()).ledes[0].text == "No offers yet."
    none = render_all(campaign_of(note("a.md", "company: A\ntitle: T\n")))["offers"]
    assert "<table" not in none
    example = re.search(r"<code>(offer: .*?)</code>", none)
    assert example is not None
    front = f"company: A\ntitle: T\n{unescape(example[1])}"
    assert note("a.md", front).front.offer is not None
    assert "followup new" in render_all(campaign_of())["offers"]
