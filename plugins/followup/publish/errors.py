"""Why nothing was published."""

from __future__ import annotations


class PublishError(Exception):
    """Why nothing was published, and what the owner can do; what was there before is as it was."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
