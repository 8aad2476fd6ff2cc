"""Things to do as rows, and things done as lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from followup.campaign.model import Draft, FollowUp, State
from followup.notes.entry import Source
from followup.site.addresses import OFFERS, company_link, drafts_link, line_link, note_link
from followup.site.buttons import build_menu
from followup.site.lookup import Lookup, interview_short, occupation, way_to, when
from followup.site.parts import Chip, Line, Link, Reference, Row, Why

# What keeps a draft from being sent; every other remark is advice.
GAPS = frozenset({"missing_fact", "missing_email", "third_person"})
WEEK = 7
MISSED = "Missed; its thanks are in the check-in"


def to_do(lookup: Lookup, follow_ups: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """Those that stand on Today: open, still of use, waiting for no other, no unfinished notes."""
    return tuple(
        follow_up
        for follow_up in follow_ups
        if follow_up.state is State.OPEN
        and follow_up.touch != "debrief"
        and not lookup.awaited(follow_up)
        and (sensible_until(lookup, follow_up) or lookup.today) >= lookup.today
    )


def bucket_of(due_on: date, today: date) -> str:
    """Which part of Today a day belongs to."""
    days = (due_on - today).days
    if days < 0:
        return "late"
    if days == 0:
        return "today"
    return "week" if days <= WEEK else "later"


def build_row(lookup: Lookup, follow_up: FollowUp, *, named: bool = True) -> Row:
    """A follow-up as a row; `named` says whether the company is named, as it is off its own page."""
    words = lookup.words(follow_up)
    company = lookup.company(follow_up.application)
    preparing = follow_up.touch == "prepare"
    button, link = build_action(lookup, follow_up)
    shown_from = sensible_from(lookup, follow_up)
    return Row(
        due_on=follow_up.due_on,
        due_text=lookup.day(follow_up.due_on),
        bucket=bucket_of(follow_up.due_on, lookup.today),
        before=f"before {follow_up.before}" if follow_up.before else "",
        title=lookup.title(follow_up, words.todo),
        who=_meeting(lookup, follow_up) if preparing else _who(lookup, follow_up),
        company=Reference(company.name, company_link(company.slug))
        if named and not preparing
        else None,
        why=build_why(lookup, follow_up, own=follow_up.entry),
        button=button,
        link=link,
        until=sensible_until(lookup, follow_up),
        shown_from=shown_from,
        hidden=shown_from is not None and shown_from > lookup.today,
        menu=build_menu(lookup, follow_up),
    )


def build_action(lookup: Lookup, follow_up: FollowUp) -> tuple[str, Link]:
    """What the button of a follow-up says, and where it leads."""
    draft = lookup.drafts.get(follow_up.uid)
    if draft is None:
        planned = lookup.planned(follow_up) and not lookup.words(follow_up).own
        words = lookup.words(follow_up)
        button = words.button if words.own and not planned else "Open note"
        interview = lookup.portal.interviews.get(follow_up.interview or "")
        if interview and follow_up.touch == "prepare":
            return button, way_to(lookup, interview)
        if follow_up.touch == "offer_decide":
            return button, Link(OFFERS)
        return button, note_link(follow_up.entry)
    link = drafts_link(follow_up.entry, lookup.anchors[follow_up.uid])
    gaps = count_gaps(draft)
    if gaps == 0:
        return "Open draft", link
    return f"Fill {gaps} {'gap' if gaps == 1 else 'gaps'}", link


def build_why(lookup: Lookup, follow_up: FollowUp, own: str) -> Why:
    """The reason of a follow-up, for a reader who takes a bare line number to be the note `own`'s."""
    reason = follow_up.reason
    welcome = follow_up.welcome_until
    promised = f"{follow_up.said.rstrip(' .')}. " if follow_up.touch == "deliver_promise" else ""
    return Why(
        before=promised + reason.before,
        line=refer(lookup, reason.source, own),
        after=reason.after,
        welcome=f"Still welcome until {lookup.day(welcome)}."
        if welcome and welcome > follow_up.due_on and follow_up.state is State.OPEN
        else "",
    )


def refer(lookup: Lookup, source: Source, own: str | None) -> Reference:
    """`line 14`, or `line 14 of Panel, Fri 20 Nov` where the note is another than `own`."""
    words = f"line {source.line}"
    if source.path != own:
        words += f" of {lookup.note_name(source.path)}"
    return Reference(words, line_link(source))


def cite(lookup: Lookup, source: Source) -> Reference:
    """A line of an interview's note, among lines of other companies: `Calder, Fri 20 Nov, line 61`."""
    meeting = lookup.meeting(lookup.portal.interviews[source.path])
    return Reference(f"{meeting}, line {source.line}", line_link(source))


def count_gaps(draft: Draft) -> int:
    """How many things are missing before the draft can be sent; none where it is ready."""
    if draft.ready:
        return 0
    return max(1, sum(remark.code in GAPS for remark in draft.remarks))


def draft_chip(draft: Draft, state: State) -> Chip:
    """How far a draft has come."""
    gaps = count_gaps(draft)
    if state is State.DONE:
        return Chip("check", "Sent")
    if state is State.SKIPPED:
        return Chip("check", "Skipped")
    if state is State.MISSED:
        return Chip("next", "Missed")
    if gaps:
        return Chip("pen", "1 gap" if gaps == 1 else f"{gaps} gaps", "late")
    return Chip("mail", "Ready", "accent")


def build_done(lookup: Lookup, follow_up: FollowUp, *, named: bool, own: str | None = None) -> Line:
    """A follow-up that is over, as a line: what was done, when, and where the note says so."""
    words = lookup.words(follow_up)
    company = lookup.company(follow_up.application).name
    day = lookup.day(follow_up.closed_on) if follow_up.closed_on else ""
    text = lookup.title(follow_up, words.done if follow_up.state is State.DONE else words.todo)
    said = {State.DONE: "", State.SKIPPED: "Skipped", State.MISSED: MISSED}[follow_up.state]
    return Line(
        title="",
        text=f"{text}, {company}" if named and company not in text else text,
        icon="check" if follow_up.state is State.DONE else "",
        notes=(", ".join(filter(None, (said, day))),) if said or day else (),
        line=refer(lookup, follow_up.closed_by, own) if follow_up.closed_by else None,
    )


def _who(lookup: Lookup, follow_up: FollowUp) -> str:
    if len(follow_up.to) == 1:
        return occupation(lookup.people(follow_up.to)[0])
    return lookup.portal.applications[follow_up.application].title or ""


def _meeting(lookup: Lookup, follow_up: FollowUp) -> str:
    if follow_up.interview is None:
        return ""
    interview = lookup.portal.interviews[follow_up.interview]
    people = lookup.names(interview.people)
    met = f"{interview_short(interview)} with {people}" if people else interview_short(interview)
    return f"{met}, {when(lookup, interview)}"


def shown(rows: Iterable[Row]) -> int:
    """How many of these rows show on the day of the build."""
    return sum(not row.hidden for row in rows)


def sensible_from(lookup: Lookup, follow_up: FollowUp) -> date | None:
    """The day of an interview still ahead, for what is sent after it: nobody thinks of thanks before."""
    own = lookup.words(follow_up).own
    if own or not lookup.planned(follow_up) or follow_up.interview is None:
        return None
    day = lookup.portal.interviews[follow_up.interview].start.date()
    return day if follow_up.due_on >= day else None


def sensible_until(lookup: Lookup, follow_up: FollowUp) -> date | None:
    """The last day on which the row makes sense to a reader of this build."""
    if follow_up.touch == "prepare" and follow_up.interview:
        return lookup.portal.interviews[follow_up.interview].start.date()
    return follow_up.welcome_until
