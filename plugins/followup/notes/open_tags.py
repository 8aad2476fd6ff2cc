"""How deep the HTML in a text goes; what reads it all takes a time that grows with the square of that."""

from __future__ import annotations

import re
from typing import Final

MOST_OPEN_TAGS: Final = 1_000
"""More than anybody means, or any mail program writes."""
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)


def count_open_tags(text: str, opened: int = 0) -> int | None:
    """How many tags are open after `text`, with `opened` before it; None if they were ever too many."""
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _VOID:
            opened = max(opened - 1, 0) if tag[1] else opened + 1
            if opened > MOST_OPEN_TAGS:
                return None
    return opened
