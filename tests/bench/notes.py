"""A search of any size, the same every time: three rounds at every company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

TODAY = date(2026, 11, 22)
_ROUNDS = 3
_SPREAD = 200


def make_notes(count: int) -> Iterator[tuple[str, bytes]]:
    """`count` notes by path, their interviews spread over two hundred days round today."""
    for number in range(count):
        start = TODAY + timedelta(days=10 - number % _SPREAD)
        yield f"note-{number}.md", _note(number, start).encode()


def _note(number: int, start: date) -> str:
    applied, after, later, decided = (start + timedelta(days=days) for days in (-30, 1, 5, 20))
    return f"""---
company: Company {number // _ROUNDS}
title: Analyst
applied_on: {applied}
source: Board {number % 7}
resume: resume-{number % 5}.pdf
interview: {{format: video, round: {number % _ROUNDS + 1}, start: {start} 14:00}}
people:
  - {{id: a, name: Ann Abel, honorific: Ms., role: hiring_manager, email: a@c{number}.example}}
  - {{id: b, name: Ben Berg, role: recruiter, email: b@c{number}.example}}
decision: {{by: {decided}, said: "In three weeks."}}
promises: [{{what: Send the notebook, by: {later}, to: a}}]
log:
  - {{on: {after}, event: sent, touch: thank_you}}
  - {{on: {later}, event: received, from: b}}
---
## The job
- They sell maps to {number} cities. @a
- Mornings on reports, afternoons on questions. @b
## Why I can do it
- In my thesis I counted {number} bicycles.
## First projects
- Build check number {number}. @a
## What went wrong
- I talked too long. #conciseness
  - Better answer: I would say it in one sentence.
"""
