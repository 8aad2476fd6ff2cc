"""What an import tells its owner: what was or would be written, what was not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from followup.cli.import_writing import Written
from followup.cli.showing import shown
from followup.importing.files import Plan
from followup.importing.foreign import FileFault
from followup.importing.quotation import render_quote
from followup.importing.steps import (
    Known,
    Moved,
    NewEvent,
    NewMessage,
    NewNote,
    Refused,
    Skipped,
    Step,
)
from followup.notes.append import render_item

_FEW: Final = 3
_MANY: Final = 20
_ASK: Final = (
    "What a message means only you know: was it an invitation or a no, `followup log` that too."
)


def show_refusals(faults: Sequence[tuple[Path, FileFault | Refused]]) -> None:
    """Every reason why nothing was written, on standard error."""
    for file, fault in faults:
        line = f":{fault.line}" if isinstance(fault, FileFault) and fault.line else ""
        click.echo(f"{shown(file)}{line}: error: {shown(fault.message)}", err=True)
        for choice in fault.choices if isinstance(fault, Refused) else ():
            click.echo(f"  {shown(choice)}", err=True)
        if fault.hint:
            click.echo(f"  hint: {shown(fault.hint)}", err=True)
    click.echo("Nothing was written.", err=True)


def show_plans(
    plans: Sequence[tuple[Path, Plan]], written: Written, prefix: str, *, dry_run: bool
) -> None:
    """Each thing that was written, or would be; then what was left alone."""
    for file, plan in plans:
        notes = sum(isinstance(step, NewNote) for step in plan.steps)
        verb = "Would write" if dry_run else "Wrote"
        for step in plan.steps:
            if dry_run or step in written.steps:
                for line in _render_step(step, prefix, verb, whole=dry_run and notes <= _FEW):
                    click.echo(shown(line))
        _show_some("Known already", _known(plan, prefix))
        _show_some(f"{shown(file)}: skipped", _skipped(plan))
        for remark in plan.remarks:
            click.echo(f"{shown(file)}: {shown(remark)}")
    if any(isinstance(step, NewMessage) and step.item for step in written.steps):
        click.echo(_ASK)


def summarize(plans: Sequence[tuple[Path, Plan]], written: Written, *, dry_run: bool) -> str:
    """The last line: `12 new notes, 1 event added, 3 already known, 2 skipped`."""
    steps = [step for _, plan in plans for step in plan.steps]
    done = Counter(_kind(step) for step in steps if dry_run or not isinstance(step, Moved))
    moved = len([step for step in steps if isinstance(step, Moved) and step in written.steps])
    offered = len([step for step in steps if isinstance(step, Moved)]) - moved
    parts = [
        _count(done["note"], "new note"),
        f"{_count(done['event'], 'event')} added",
        f"{done['known']} already known",
        f"{done['skipped']} skipped",
    ]
    if done["quoted"]:
        parts.append(f"{_count(done['quoted'], 'message')} quoted")
    if moved:
        parts.append(f"{_count(moved, 'interview')} moved")
    if offered:
        parts.append(f"{_count(offered, 'change')} to look at")
    return f"{'Nothing was written. It would be: ' if dry_run else ''}{', '.join(parts)}"


def _kind(step: Step) -> str:
    if isinstance(step, NewMessage):
        return "event" if step.item else "quoted"
    kinds = {NewNote: "note", NewEvent: "event", Known: "known", Skipped: "skipped"}
    return kinds.get(type(step), "")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _render_step(step: Step, prefix: str, verb: str, *, whole: bool) -> Iterator[str]:
    """What one step writes; `whole` for a note's text too."""
    if isinstance(step, NewNote):
        yield f"{verb} {prefix}{step.path}: {step.what}"
        if whole:
            yield from (f"    {line}".rstrip() for line in step.text.splitlines())
    elif isinstance(step, NewEvent):
        yield f"{verb} {prefix}{step.path}: {render_item(step.item)}"
    elif isinstance(step, NewMessage):
        if step.item:
            yield f"{verb} {prefix}{step.path}: {render_item(step.item)}"
        yield f"{verb} {prefix}{step.path}: {step.heading}, {_count(len(step.lines), 'line')}"
        if verb != "Wrote":
            yield from (f"    {line}" for line in render_quote(step.lines)[:_MANY])
    elif isinstance(step, Moved) and verb == "Wrote":
        keys = ", ".join(difference.key for difference in step.differences)
        yield f"Changed {prefix}{step.path}: {keys}"


def _known(plan: Plan, prefix: str) -> list[str]:
    """What was left alone; first what the file says more of."""
    known = sorted((s for s in plan.steps if isinstance(s, Known)), key=lambda s: not s.further)
    return [": ".join(filter(None, (s.what, prefix + s.where, s.further))) for s in known]


def _skipped(plan: Plan) -> list[str]:
    return [f"{s.what}: {s.reason}" for s in plan.steps if isinstance(s, Skipped)]


def _show_some(what: str, lines: Sequence[str]) -> None:
    """The first of many lines; the rest as a number."""
    for line in lines[:_MANY]:
        click.echo(f"{what}: {shown(line)}")
    if len(lines) > _MANY:
        click.echo(f"{what}: {len(lines) - _MANY} more")
