"""Names of companies and jobs in a text, and names of files that are still free."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import count

from followup.portal.slugs import fold_name


def named_in(text: str, names: Mapping[str, str]) -> list[str]:
    """The keys of those names that stand in `text` as whole words, whatever their capitals.

    A name within another that stands there too is not meant: `Acme` in `Acme Logistics`.
    """
    folded = fold_name(text)
    found = {key: fold_name(name) for key, name in names.items() if _stands(name, folded)}
    return [
        key
        for key, name in found.items()
        if not any(name != other and _stands(name, other) for other in found.values())
    ]


def _stands(name: str, folded: str) -> bool:
    wanted = fold_name(name)
    return bool(wanted and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded))


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, or the first of `…-2.md`, `…-3.md` that is not taken; on some disks case is none."""
    stem = name.removesuffix(".md")
    names = (name if number == 1 else f"{stem}-{number}.md" for number in count(1))
    return next(free for free in names if free.casefold() not in taken)


def fold_paths(paths: Iterable[str]) -> set[str]:
    """Paths as `free_name` compares them."""
    return {path.casefold() for path in paths}
