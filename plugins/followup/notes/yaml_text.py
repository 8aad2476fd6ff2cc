"""Texts as YAML reads them back unchanged, in quotes only where they need them."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w .()+/@'&-]*[\w.)+])?")
# Plain words that some reader of YAML takes for something else than a text.
_READ_AS_SOMETHING: Final = frozenset(
    {"null", "n/a", "none", "yes", "no", "true", "false", "on", "off", "y", "n"}
)
# What YAML takes for a line break or forbids, which JSON would leave as it is.
_TO_ESCAPE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def render_text(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """`text` as it is where the whole of it is `plain`, which has no sign of YAML's, else in quotes."""
    if plain.fullmatch(text) and "  " not in text and text.casefold() not in _READ_AS_SOMETHING:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
