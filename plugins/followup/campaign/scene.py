"""An application, or one of its interviews, with all that the rules look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from followup.campaign.plans import Plan
from followup.campaign.reasons import MEETING, explain
from followup.campaign.touches import Touch
from followup.campaign.workdays import Workdays
from followup.notes.entry import Source
from followup.notes.schema import Format
from followup.portal.days import day_in_sentence
from followup.portal.model import Application, Happening, Interview, Person, Portal


@dataclass(frozen=True, slots=True)
class Scene:
    """What follow-ups are planned for: an application, or one `interview` of it.

    `log` are the log items that may finish, skip or move them: those of the interview's own note,
    else all of the application. `held` are the application's interviews by start.
    """

    portal: Portal
    table: Mapping[str, Touch]
    application: Application
    held: Sequence[Interview]
    workdays: Workdays
    log: Sequence[Happening]
    interview: Interview | None = None

    def about(self, interview: Interview) -> Scene:
        """The scene of one interview; what its note says was sent concerns it alone."""
        return Scene(
            portal=self.portal,
            table=self.table,
            application=self.application,
            held=self.held,
            workdays=Workdays(interview.country, interview.subdivision),
            log=[item for item in self.application.events if item.entry == interview.path],
            interview=interview,
        )

    def within(self, log: Sequence[Happening]) -> Scene:
        """The same scene, where only these log items matter."""
        return replace(self, log=log)

    def plan(
        self,
        name: str,
        why: str,
        due_on: date,
        source: Source,
        to: Person | None = None,
        cycle: int = 0,
        *,
        before: str | None = None,
        short: bool = False,
        after: str | None = None,
        said: str = "",
        **words: str | date,
    ) -> Plan:
        """A follow-up of the touch `name`, due for the reason `why`, which stands at `source`.

        `words` fill the reason; days in it show their year where it is not that of the due day. All
        else is as in `Plan`.
        """
        touch = self.table[name]
        if self.interview:
            words = {"meeting": MEETING[self.interview.format], **words}
        filled = {
            key: day_in_sentence(word, due_on.year) if isinstance(word, date) else word
            for key, word in words.items()
        }
        return Plan(
            touch=touch,
            application=self.application,
            interview=self.interview,
            entry=self.interview.path if self.interview else source.path,
            to=(to.id,) if to else (),
            due_on=due_on,
            reason=explain(touch, why, source, **filled),
            closing=self.log,
            before=before,
            cycle=cycle,
            short=short,
            after=after,
            said=said,
        )

    def later_than(self, interview: Interview) -> Interview | None:
        """The next interview of the application that has not been called off."""
        key = (interview.start, interview.path)
        after = (other for other in self.real_interviews if (other.start, other.path) > key)
        return next(after, None)

    @property
    def real_interviews(self) -> Sequence[Interview]:
        """The interviews that were or will be held, without networking."""
        return [
            interview
            for interview in self.held
            if not interview.cancelled and interview.format is not Format.NETWORKING
        ]


def build_scene(portal: Portal, table: Mapping[str, Touch], application: Application) -> Scene:
    """The scene of a whole application."""
    held = [portal.interviews[path] for path in application.interviews]
    workdays = Workdays(application.country, application.subdivision)
    return Scene(portal, table, application, held, workdays, application.events)
