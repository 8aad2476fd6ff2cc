"""Names in addresses: stable, unique, and safe on every file system and in every URL."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from slugify import slugify

_LONGEST = 60
_LOSSLESS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_SAFE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENDS_LIKE_A_HASH = re.compile(r".+-[0-9a-f]{8}")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", "404", "assets", "search", "sitemap", "robots"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)


@lru_cache(maxsize=8_192)
def fold_name(name: str) -> str:
    """`name` as names are compared: NFKC, casefolded, white space collapsed; accents distinguish."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


@lru_cache(maxsize=8_192)
def slug_of(name: str) -> str:
    """The slug of a name; two names have the same slug only where their folded names are equal.

    A name that is nothing but lower-case Latin words and digits keeps its slug bare. Any other, a
    long one, a reserved one, and one whose bare slug could be mistaken for a hashed one, ends in a
    hash of the folded name: no other note can change it.
    """
    folded = fold_name(name)
    bare = slugify(folded, max_length=_LONGEST, word_boundary=True)
    kept_all = _LOSSLESS.fullmatch(folded) and bare == folded.replace(" ", "-")
    if kept_all and bare not in RESERVED and not _ENDS_LIKE_A_HASH.fullmatch(bare):
        return bare
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return f"{bare or 'x'}-{digest}"


def slug_of_id(written: str) -> str:
    """The slug of an id that the owner chose: as written where it is safe, else made safe."""
    folded = fold_name(written)
    safe = _SAFE_ID.fullmatch(folded) and folded not in RESERVED
    return folded if safe else slug_of(written)
