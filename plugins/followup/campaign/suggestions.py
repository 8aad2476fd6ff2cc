"""Tags that untagged bullets clearly belong to; offered to the owner, never written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from followup.campaign.observations import observations
from followup.campaign.vocabulary import VOCABULARY, Tag
from followup.notes.entry import Entry, Source


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag for the bullet at a line; `text` is the bullet's."""

    source: Source
    tag: str
    text: str


_BY_OTHERS: Final = "they: "
# Who else may be the subject of a cue, and what may stand between the two.
_OTHERS: Final = re.compile(
    r"(?<!\w)(?:they|he|she|everyone|everybody|er|sie|il|elle|ils|elles|él|ella|ellos|ellas|@[\w-]+"
    r"|(?:mr|ms|mrs|mx|dr|prof|herr|frau|m|mme|monsieur|madame|señora?)\.? [\w'-]+"
    r"|(?:the|both|one|der|die|le|la|les|el|los|las) (?:interviewer|recruiter|manager|director|panel"
    r"|team|boss|candidate|personalerin|personaler|chefin|chef|recruteur|recruteuse|entrevistador|jefe"
    r"|directeur|directora?|jefa)\w*)"
    r"(?: (?:all|both|also|just|really|then|still|even|clearly|often|always|sometimes|had|has|have"
    r"|was|were|is|are|kept|very|quite|so|rather|visibly|hat|haben|hatte|hatten|war|waren|ist|sind"
    r"|sehr|viel|auch|a|ont|avait|avaient|était|étaient|très|ha|han|había|estaba|estaban|muy))* $"
)
_SOME_WORDS: Final = r" (?:[\w'-]+ ){1,3}"


def build_suggestions(entries: Iterable[Entry]) -> tuple[Suggestion, ...]:
    """The suggestions for these notes, in their order.

    Only a bullet that exactly one tag fits gets one: a wrong hint costs more than a missing one.
    """
    return tuple(
        Suggestion(seen.source, fitting[0], seen.text)
        for entry in entries
        for seen in observations(entry)
        if not seen.tagged and len(fitting := fitting_tags(seen.text)) == 1
    )


def fitting_tags(text: str) -> tuple[str, ...]:
    """The tags of which the text holds a cue, in the order of the vocabulary."""
    folded = _fold(text)
    return tuple(name for name, pattern in _PATTERNS if _fits(pattern, folded))


def _fits(pattern: re.Pattern[str], folded: str) -> bool:
    """Whether a cue tells of the writer: one of which somebody else is the subject does not."""
    return any(
        found["others"] or not _OTHERS.search(folded[: found.start()])
        for found in pattern.finditer(folded)
    )


def _fold(text: str) -> str:
    """A text as cues are looked for: one case, one kind of apostrophe, one space."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(plain.split())


def _pattern(tag: Tag) -> re.Pattern[str]:
    cues = [cue for cues in tag.cues.values() for cue in cues]
    others = [cue.removeprefix(_BY_OTHERS) for cue in cues if cue.startswith(_BY_OTHERS)]
    own = [cue for cue in cues if not cue.startswith(_BY_OTHERS)]
    # A pattern of nothing fits nothing.
    theirs = "|".join(sorted(map(_regex, others))) or r"(?!)"
    mine = "|".join(sorted(map(_regex, own))) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:(?P<others>{theirs})|{mine})(?!\w)")


def _regex(cue: str) -> str:
    parts = (re.escape(_fold(part)).replace(r"\*", r"\w*") for part in cue.split(" … "))
    return _SOME_WORDS.join(parts)


_PATTERNS: Final = tuple((tag.name, _pattern(tag)) for tag in VOCABULARY)
