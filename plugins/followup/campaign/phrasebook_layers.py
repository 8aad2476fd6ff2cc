"""Phrases laid over those of another book: what is not stated above is taken from below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from followup.campaign.phrasebook_yaml import Located, Location, Place

_SAID: Final = ("slots", "touches")
_ALSO: Final = "also"


def lay_over(below: Located, above: Located) -> Located:
    """`above` with everything it does not state taken from `below`.

    Mappings are joined key by key, also those in mappings; a list or a text replaces. The wordings
    under `also` are put behind those that their slot has.
    """
    above = with_lists(above)
    places = dict(with_lists(below).places)
    value = _join(with_lists(below).value, _without_also(above.value), (), places, above.places)
    places = places | {(): above.mark(())}
    also = above.value.get(_ALSO, {})
    if isinstance(also, Mapping):
        for slot, wordings in also.items():
            _append(value, slot, wordings, places, above.places)
    else:
        value[_ALSO] = also
        _take_places(places, above.places, (_ALSO,))
    return Located(value, places)


def with_lists(located: Located) -> Located:
    """The same with every slot and touch as a list, also where one text or one form stands alone."""
    value = dict(located.value)
    for part in (*_SAID, _ALSO):
        if isinstance(said := value.get(part), Mapping):
            value[part] = {name: listed(item) for name, item in said.items()}
    return Located(value, located.places)


def listed(value: object) -> object:
    """A text or a group of keys as a list of one; anything else as it is."""
    return [value] if isinstance(value, str | Mapping) else value


def _without_also(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name != _ALSO}


def _join(
    below: Any,
    above: Any,
    location: Location,
    places: dict[Location, Place],
    over: Mapping[Location, Place],
) -> Any:
    """Both joined; `places`, of `below`, becomes where each part of the result stands."""
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        _take_places(places, over, location)
        return above
    joined = dict(below)
    for name, item in above.items():
        here = (*location, name)
        if name in joined:
            joined[name] = _join(joined[name], item, here, places, over)
        else:
            joined[name] = item
            _take_places(places, over, here)
    if location in over:
        places[location] = over[location]
    return joined


def _take_places(
    places: dict[Location, Place], over: Mapping[Location, Place], location: Location
) -> None:
    """The places at and below `location` as `over` has them."""
    depth = len(location)
    for old in [place for place in places if place[:depth] == location]:
        del places[old]
    places |= {place: mark for place, mark in over.items() if place[:depth] == location}


def _append(
    value: dict[str, Any],
    slot: str,
    wordings: Any,
    places: dict[Location, Place],
    over: Mapping[Location, Place],
) -> None:
    slots = value.get("slots")
    known = slots.get(slot, []) if isinstance(slots, Mapping) else []
    if not (isinstance(slots, Mapping) and isinstance(known, list) and isinstance(wordings, list)):
        value.setdefault(_ALSO, {})[slot] = wordings
        return
    value["slots"] = {**slots, slot: [*known, *wordings]}
    for place, mark in over.items():
        if place[:2] == (_ALSO, slot):
            number = place[2:3]
            moved = (len(known) + number[0],) if number and isinstance(number[0], int) else ()
            here = ("slots", slot, *moved, *place[3:])
            places.setdefault(here, mark)
