"""The tables of the user guide, made from the table of touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args

from followup.campaign.touches import Profile, Touch

_MARK = "<!-- {name}: made from the table of touches -->"
_END = "<!-- end -->"
_PROFILES = get_args(Profile)


def fill_guide(text: str, table: Mapping[str, Touch]) -> str:
    """`text` with what stands between its marks made anew; ValueError where a mark is missing."""
    for name, lines in (("follow-ups", _touches(table)), ("waits", _waits(table))):
        mark = _MARK.format(name=name)
        block = re.compile(f"{re.escape(mark)}\n.*?{re.escape(_END)}", re.DOTALL)
        if not block.search(text):
            raise ValueError(f"the guide has no `{mark}` with an end")
        made = "\n".join([mark, "", *lines, "", _END])
        text = block.sub(lambda _, made=made: made, text, count=1)  # type: ignore[misc]
    return text


def _touches(table: Mapping[str, Touch]) -> Iterator[str]:
    yield "| name | exists when | due | to | words | profiles |"
    yield "|---|---|---|---|---|---|"
    for touch in table.values():
        cells = (
            f"`{touch.name}`", touch.exists, touch.due, touch.to.value, _words(touch), _profiles(touch),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _words(touch: Touch) -> str:
    if touch.words is None:
        return ""
    low, high = touch.words
    if not low:
        return f"up to {high}"
    short = f", short {touch.short_words[0]}–{touch.short_words[1]}" if touch.short_words else ""
    return f"{low}–{high}{short}"


def _profiles(touch: Touch) -> str:
    names = [name for name in _PROFILES if name in touch.profiles]
    return "all" if len(names) == len(_PROFILES) else ", ".join(names)


def _waits(table: Mapping[str, Touch]) -> Iterator[str]:
    yield "| follow-up | wait | business days |"
    yield "|---|---|---|"
    for touch in table.values():
        for wait, days in touch.waits.items():
            yield f"| `{touch.name}` | `{wait}` | {days} |"
