"""Which follow-ups are meant by what somebody types: a path, the beginning of a uid, or words."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from followup.campaign.model import Campaign, FollowUp
from followup.portal.model import Application, Person, Portal

SHORTEST_UID: Final = 4
"""With fewer characters many a word would be the beginning of a uid, and words come first."""

_FEW: Final = 3
# What has no accent to take off, and typographic signs that no keyboard has.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‐": "-", "‑": "-"}
)

# What people type for them on a keyboard without.
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def select(campaign: Campaign, text: str, paths: Iterable[str]) -> tuple[FollowUp, ...]:
    """The follow-ups that `text` fits, in the order of the plan.

    `paths` are those of `text` read as a file, relative to the notes folder. A note's path is
    preferred to the first characters of a uid, these to words of an application, and those to the
    names of the people who are written to. Very few characters of a uid come last.
    """
    if notes := fitting_notes(campaign.portal, paths):
        return _those(campaign, lambda follow_up: follow_up.entry in notes)
    if found := fitting_uids(campaign, text):
        return found
    fitting = {application.id for application in fitting_applications(campaign.portal, text)}
    if fitting:
        return _those(campaign, lambda follow_up: follow_up.application in fitting)
    return fitting_recipients(campaign, text) or fitting_short_uids(campaign, text)


def fitting_notes(portal: Portal, paths: Iterable[str]) -> tuple[str, ...]:
    """The notes that are at one of these paths, however a file system writes an accent."""
    wanted = {_composed(path) for path in paths}
    return tuple(path for path in portal.entries if _composed(path) in wanted)


def fitting_uids(campaign: Campaign, text: str) -> tuple[FollowUp, ...]:
    """The follow-ups whose uid begins with `text`; none where that is too short to be meant so."""
    return fitting_short_uids(campaign, text) if len(text.strip()) >= SHORTEST_UID else ()


def fitting_short_uids(campaign: Campaign, text: str) -> tuple[FollowUp, ...]:
    """The same, however short `text` is: to be asked where it is no word of anything."""
    start = text.strip().lower()
    if not start:
        return ()
    return _those(campaign, lambda follow_up: follow_up.uid.startswith(start))


def fitting_applications(portal: Portal, text: str) -> tuple[Application, ...]:
    """The applications in which every word of `text` begins a word of company, title or id.

    A name typed in full means nothing longer: `Acme 1` is not `Acme 10`.
    """
    words = _fold(text).split()
    if not words:
        return ()
    fitting = [
        application
        for application in portal.applications.values()
        if all(_begins_one(word, _words(portal, application)) for word in words)
    ]
    named = [application for application in fitting if words in _names(portal, application)]
    return tuple(named or fitting)


def fitting_recipients(campaign: Campaign, text: str) -> tuple[FollowUp, ...]:
    """The follow-ups to people in whose names every word of `text` begins a word.

    Words of the application may stand beside them: `rivera harbor`.
    """
    words = _fold(text).split()
    portal = campaign.portal
    named = {person.id: _parts(person.name or "") for person in portal.people.values()}

    def fits(follow_up: FollowUp) -> bool:
        names = frozenset().union(*(named[person] for person in follow_up.to))
        return _fits_somebody(words, names, portal, portal.applications[follow_up.application])

    return _those(campaign, fits)


def fitting_people(portal: Portal, text: str) -> tuple[tuple[Person, Application], ...]:
    """The people whose names `text` fits in the same way, each with an application of theirs."""
    words = _fold(text).split()
    named = [(person, _parts(person.name or "")) for person in portal.people.values()]
    return tuple(
        (person, application)
        for application in portal.applications.values()
        for person, names in named
        if not person.sources.keys().isdisjoint(application.entries)
        and _fits_somebody(words, names, portal, application)
    )


def _fits_somebody(
    words: Sequence[str], names: frozenset[str], portal: Portal, application: Application
) -> bool:
    """Whether all words begin one of the names or of the application, and at least one a name."""
    if not any(_begins_one(word, names) for word in words):
        return False
    about = _words(portal, application)
    return all(_begins_one(word, names | about) for word in words)


def suggest(campaign: Campaign, text: str) -> tuple[str, ...]:
    """What could have been meant by `text` where nothing fits it, as it can be typed; the nearest first."""
    portal = campaign.portal
    # A file is often named without its folder.
    files = {_fold(path.rpartition("/")[2]): path for path in portal.entries}
    known = files | {_fold(one): one for one in _selectors(portal)}
    near = difflib.get_close_matches(_fold(text), known, n=_FEW)
    return tuple(dict.fromkeys(known[one] for one in near))


def uid_length(campaign: Campaign) -> int:
    """How many first characters tell all follow-ups apart."""
    length = SHORTEST_UID
    while len({uid[:length] for uid in campaign.follow_ups}) < len(campaign.follow_ups):
        length += 1
    return length


def _selectors(portal: Portal) -> Iterator[str]:
    for company in portal.companies.values():
        yield company.name
    for application in portal.applications.values():
        if application.title:
            yield application.title
            yield f"{portal.companies[application.company].name} {application.title}"
    for person in portal.people.values():
        if person.name:
            yield person.name
    yield from portal.entries


def _those(campaign: Campaign, fits: Callable[[FollowUp], bool]) -> tuple[FollowUp, ...]:
    return tuple(follow_up for follow_up in campaign.follow_ups.values() if fits(follow_up))


def _words(portal: Portal, application: Application) -> frozenset[str]:
    """What an application may be called by."""
    company = portal.companies[application.company].name
    return _parts(f"{company} {application.title or ''} {application.id}")


def _names(portal: Portal, application: Application) -> tuple[list[str], ...]:
    """The words of an application's company, and of that with the title."""
    company = portal.companies[application.company].name
    return _fold(company).split(), _fold(f"{company} {application.title or ''}").split()


def _parts(written: str) -> frozenset[str]:
    """Whole words such as `c++` and `s&p`, and the parts that these are made of."""
    spelled = unicodedata.normalize("NFC", written).casefold().translate(_SPELLED)
    text = f"{_fold(written)} {_fold(spelled)}"
    return frozenset((*text.split(), *re.findall(r"\w+", text)))


def _begins_one(word: str, words: Iterable[str]) -> bool:
    return any(other.startswith(word) for other in words)


def _fold(text: str) -> str:
    """`text` as it is compared: without case, accents and typographic signs."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _composed(path: str) -> str:
    """A path in one of the two ways in which file systems write an accent."""
    return unicodedata.normalize("NFC", path)
