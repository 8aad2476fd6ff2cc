"""What the owner promised and has not kept yet, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup.campaign.model import State
from followup.notes.entry import Entry, Source
from followup.notes.schema import Promise
from followup.portal.model import Application
from followup.site.lookup import Lookup
from followup.site.parts import Line
from followup.site.rows import refer


def build_promises(lookup: Lookup, applications: Iterable[Application]) -> Iterator[Line]:
    """A line for every promise of these applications that is still open."""
    for application in applications:
        for path in application.entries if application.live else ():
            entry = lookup.portal.entries[path]
            for place, promise in enumerate(entry.front.promises):
                source = entry.source("promises", place)
                if not _kept(lookup, application, source):
                    yield _promise(lookup, entry, promise, source)


def _promise(lookup: Lookup, entry: Entry, promise: Promise, source: Source) -> Line:
    company = lookup.company(lookup.application_of[entry.path])
    to = company.person(promise.to)
    return Line(
        title="",
        text=promise.what + (f", for {lookup.names([to])}" if to else ""),
        due_on=promise.by,
        due_text=lookup.day(promise.by) if promise.by else "",
        line=refer(lookup, source, None),
    )


def _kept(lookup: Lookup, application: Application, source: Source) -> bool:
    """Whether the message that keeps the promise in this line went out or was skipped.

    That is one of its own, or the thank-you that it became a part of.
    """
    return any(
        follow_up.state in (State.DONE, State.SKIPPED)
        for follow_up in lookup.by_application.get(application.id, ())
        if source == follow_up.promise
        or (follow_up.touch == "deliver_promise" and source == follow_up.origin)
    )
