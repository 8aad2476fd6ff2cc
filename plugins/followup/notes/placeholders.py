"""Words that fill a place without saying anything."""

from __future__ import annotations

import re

from followup.notes.inline import without_tags

_SAYS_NOTHING = re.compile(r"[\s!-/:-@\[-`{-~…–—•¿]*")
_TO_DO = frozenset({"todo", "to do", "tbd", "tba", "xxx", "fixme"})
_NOT_APPLICABLE = frozenset(
    {
        "n/a", "n.a", "none", "none at all", "not applicable", "nothing",
        "keine", "keiner", "keins", "kein", "nichts", "entfällt", "k.a",
        "aucun", "aucune", "rien", "néant", "sans objet", "s.o",
        "ninguno", "ninguna", "nada", "no aplica", "no procede",
    }
)  # fmt: skip
_ENDS = " \t\n.!:*_"


def is_placeholder(text: str) -> bool:
    """Whether `text` is nothing, `…`, `?`, `-`, `TODO` or the like."""
    bare = without_tags(text)
    return bool(_SAYS_NOTHING.fullmatch(bare)) or bare.strip(_ENDS).casefold() in _TO_DO


def is_not_applicable(text: str) -> bool:
    """Whether `text` says only that there is nothing to say: `n/a`, `None.`, `keine`, `nada`."""
    return without_tags(text).strip(_ENDS).casefold() in _NOT_APPLICABLE


def says_something(text: str) -> bool:
    """Whether `text` is more than a placeholder and more than `n/a`."""
    return not is_placeholder(text) and not is_not_applicable(text)
