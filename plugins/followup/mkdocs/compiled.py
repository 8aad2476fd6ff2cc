"""Templates compiled once for all builds of a process."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Keeps what templates compile to, for as long as their text is the same."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what is kept of a template into `bucket`, which takes it only for the same text."""
        if kept := self._kept.get(_key(bucket)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what `bucket` holds."""
        self._kept[_key(bucket)] = bucket.bytecode_to_string()


def _key(bucket: Bucket) -> Hashable:
    """The template, and how its environment reads it: with other settings it is another program."""
    env = bucket.environment
    return bucket.key, env.autoescape, env.trim_blocks, env.lstrip_blocks


COMPILED: Final = CompiledTemplates()
"""What every build of this process compiles: a third of the time that the site of a short search takes."""
