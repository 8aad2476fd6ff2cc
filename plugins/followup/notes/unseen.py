"""Signs that cannot be seen, and that can make a text look like another."""

from __future__ import annotations

import re
from typing import Final

_OUT_OF_ORDER: Final = r"\u202a-\u202e\u2066-\u2069"
_USELESS: Final = r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
# With those above, Unicode's Default_Ignorable_Code_Point: joiners, fillers, variants, tags.
_OF_SCRIPTS: Final = (
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

REORDERING: Final = re.compile(f"[{_OUT_OF_ORDER}]")
"""What shows the text after it in another order than it is written in; no name needs that."""
UNSEEN: Final = re.compile(f"[{_USELESS}]")
"""Spaces of no width, marks of direction, and what no file may hold.

The joiners of Persian and of emoji are none of them.
"""
UNSEEN_IN_ADDRESS: Final = re.compile(f"[{_USELESS}{_OF_SCRIPTS}]")
"""Everything that cannot be seen: of an address each sign counts."""
