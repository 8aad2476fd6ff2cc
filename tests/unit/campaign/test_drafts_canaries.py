"""What must never be in a message, looked for in every message about random notes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from followup.notes.entry_parser import parse_entry
from tests.unit.campaign.letters import result_of

FORBIDDEN = {
    "## What went wrong": ("wrongcanary", "whycanary"),
    "## Royal screw-up": ("screwcanary", "whycanary"),
    "## What went right": ("rightcanary",),
    "## Closing words": ("closingcanary",),
    "## Something else": ("elsecanary",),
}
SECRET = (
    "wrongcanary", "whycanary", "screwcanary", "rightcanary", "closingcanary", "elsecanary",
    "tagcanary", "placecanary", "sourcecanary", "salarycanary", "resumecanary", "locationcanary",
    "remindercanary", "logcanary", "jobtitlecanary", "phonecanary", "decisioncanary", "urlcanary",
    "4711", "90210", "@p0", "@p1", "@p2", "#tag",
)  # fmt: skip
ALLOWED = ("bettercanary", "hookcanary", "jobcanary", "proofcanary", "saidcanary")
ROLES = ("hiring_manager", "interviewer", "recruiter", "coordinator", "referrer")

ids = st.sampled_from(["", " @p0", " @p1", " @p2", " @p1 @p2"])
tags = st.sampled_from(["", " #tagcanary", " #evidence #tagcanary"])
stops = st.sampled_from(["", ".", "!", "?"])


@st.composite
def bullets(draw: st.DrawFn, word: str, nested: tuple[str, ...] = ()) -> str:
    """A few bullets that say `word`, with marks, and other bullets below them."""
    lines = []
    for number in range(draw(st.integers(0, 3))):
        mark = draw(ids) + draw(tags)
        lines.append(f"- Some {word} number {number}{draw(stops)}{mark}")
        lines += [f"  - {below}{draw(ids)}{draw(tags)}" for below in nested if draw(st.booleans())]
    return "\n".join(lines)


@st.composite
def people(draw: st.DrawFn) -> str:
    """Up to three people, with all or some of their facts."""
    lines = []
    for number in range(draw(st.integers(0, 3))):
        facts = [f"id: p{number}", f"role: {draw(st.sampled_from(ROLES))}"]
        facts += [f"phone: phonecanary{number}", "job_title: jobtitlecanary"]
        optional = [
            f"name: Ann Bee{number}", "honorific: Ms.", f"email: p{number}@acme.example",
            f"hook: Some hookcanary {number}.",
        ]  # fmt: skip
        facts += [fact for fact in optional if draw(st.booleans())]
        lines.append(f"  - {{{', '.join(facts)}}}")
    return "people:\n" + "\n".join(lines) + "\n" if lines else ""


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A note with a canary in every field."""
    kind = draw(st.sampled_from(["panel", "video", "phone_screen", "networking", "assessment"]))
    front = (
        "company: Acme\ntitle: Clerk\napplied_on: 2026-11-02\nsource: sourcecanary\n"
        "job_url: https://jobs.example/urlcanary\nlocation: locationcanary\n"
        "salary: {min: 90210, currency: EUR}\nresume: resumecanary.pdf\n"
        f"interview: {{format: {kind}, start: 2026-11-10 10:00, place: placecanary}}\n"
        "other_candidates: {answer: yes, count: 4711}\n"
        "reminders: [{on: 2026-11-27, what: remindercanary}]\n"
        f"{draw(people())}"
    )
    step = "next_step: {what: next_round, by: 2026-11-12, said: Some saidcanary.}\n"
    choice = draw(st.sampled_from(["", step, "decision: {by: 2026-11-13, said: decisioncanary}\n"]))
    log = (
        "log: [{on: 2026-11-11, event: received, note: logcanary}]\n" if draw(st.booleans()) else ""
    )
    body = [
        f"## The job\n{draw(bullets('jobcanary'))}",
        f"## Why I can do it\n{draw(bullets('proofcanary'))}",
    ]
    for heading, (word, *below) in FORBIDDEN.items():
        lines = [f"Why: {text}" for text in below]
        lines += ["Better answer: Some bettercanary."] if below else []
        body.append(f"{heading}\n{draw(bullets(word, tuple(lines)))}")
    text = "\n".join(draw(st.permutations(body)))
    return f"---\n{front}{choice}{log}---\n{text}\n"


def test_nothing_secret_reaches_a_message() -> None:
    """No failure, tag, id, pay, place or private remark is in any draft; what may be is in some."""
    seen: set[str] = set()

    @settings(max_examples=150)
    @given(notes())
    def search(text: str) -> None:
        entry, _ = parse_entry("a.md", text.encode())
        assert entry is not None, text
        _, result = result_of(entry)
        for draft in result.drafts.values():
            message = f"{draft.subject}\n{draft.body}".casefold()
            assert [secret for secret in SECRET if secret in message] == [], text
            seen.update(word for word in ALLOWED if word in message)

    search()
    # The words that may be in a message were found: the search would have found the others.
    assert sorted(seen) == sorted(ALLOWED)
