"""Followup: interview notes in, a private follow-up portal out."""

__version__ = "0.1.0"
