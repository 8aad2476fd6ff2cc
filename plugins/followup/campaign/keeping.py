"""The promise that a letter keeps: the owner's words for it, where they are certain."""

from __future__ import annotations

from followup.campaign.briefing import Briefing
from followup.campaign.lines import Line, as_said
from followup.campaign.model import FollowUp
from followup.campaign.third_person import ends_with_word, starts_with_word
from followup.notes.entry import Entry, Source
from followup.notes.schema import Promise
from followup.portal.model import Person


def keeps_promise(follow_up: FollowUp) -> bool:
    """Whether a letter brings something that was promised, by itself or with the thanks."""
    return follow_up.touch == "deliver_promise" or follow_up.promise is not None


def promise_line(note: Briefing, follow_up: FollowUp, reader: Person | None) -> Line | None:
    """What was promised, in the owner's words; None where two promises may be meant."""
    if not keeps_promise(follow_up):
        return None
    own = [
        (number, promise)
        for number, promise in enumerate(note.entry.front.promises)
        if promise.to is None or (reader and note.company.person(promise.to) == reader.id)
    ]
    line = follow_up.promise or follow_up.origin
    # A message that was put off names the line that put it off.
    meant = [item for item in own if line in _lines(note.entry, item[0])] or own
    if len(meant) != 1:
        return None
    number, promise = meant[0]
    return _line(note, number, promise, reader)


def _lines(entry: Entry, number: int) -> frozenset[Source]:
    """Every line that a promise of the note stands on."""
    places = (place for place in entry.marks if place[:2] == ("promises", number))
    return frozenset(entry.source(*place) for place in places)


def _line(note: Briefing, number: int, promise: Promise, reader: Person | None) -> Line:
    text = as_said(promise.what)
    voice = note.voice
    watched = voice.book.watched
    sends = starts_with_word(text, watched.sends) or ends_with_word(text, watched.sends_at_end)
    told = not sends and starts_with_word(text, watched.speaker)
    return Line(
        text,
        note.entry.source("promises", number, "what"),
        # "I asked my old boss; he …" is said to the reader: only their own name would be wrong there.
        spoils=voice.names(text, reader) if told else voice.talks_about(text, reader),
        sends=sends,
    )
