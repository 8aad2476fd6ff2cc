"""What each key of a note means, in the words that an editor shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from followup.notes import schema
from followup.notes.schema import FrontMatter

MEANINGS: Final[Mapping[type[BaseModel], Mapping[str, tuple[Any, ...]]]] = {
    FrontMatter: {
        "": ("What is known of one interview, or of one application without an interview yet.",),
        "company": (
            "The employer. Notes with the same name belong together, whatever its capitals.",
            "Acme Logistics",
        ),
        "title": ("The job title you applied for. Only networking needs none.", "Data Analyst"),
        "application": (
            "Joins notes to one application where their titles differ.",
            "acme-logistics-data-analyst",
        ),
        "status": ("Overrides the stage that follows from what happened.",),
        "applied_on": ("The day you applied.",),
        "source": ("Where you found the opening.", "Referral"),
        "job_url": ("The address of the advertisement.",),
        "location": ("Where the job is.", "Hamburg"),
        "workplace": ("Where the work is done.",),
        "salary": ("Pay as advertised.", {"min": 52000, "max": 60000, "currency": "EUR"}),
        "resume": ("Which version of your résumé you sent.", "resume-2026-10.pdf"),
        "country": ("Whose public holidays count: two capital letters.",),
        "subdivision": ("A part of the country with holidays of its own.", "HH"),
        "language": ("The language of the drafts.",),
        "interview": (
            "The meeting itself.",
            {"format": "video", "start": "2026-11-19 14:00"},
        ),
        "people": (
            "Category 1: whom you met, with titles and e-mail addresses.",
            [{"name": "Ngozi Okafor", "honorific": "Ms.", "email": "n.okafor@acme.example"}],
        ),
        "next_step": (
            "Category 10: the next step, as the interviewer put it.",
            {"what": "next_round", "by": "2026-11-30", "said": "HR will call."},
        ),
        "decision": (
            "Category 12: when they will decide.",
            {"by": "2026-12-04", "said": "End of next week."},
        ),
        "other_candidates": (
            "Category 11: whether other candidates are in contention.",
            {"answer": "yes", "count": 3},
        ),
        "reminders": (
            "Tasks of your own.",
            [{"on": "2026-11-27", "what": "Ask Sam about the team"}],
        ),
        "promises": (
            "What you said you would send or do.",
            [{"what": "Send the notebook", "by": "2026-11-21", "to": "okafor"}],
        ),
        "offer": (
            "What they offer, and until when.",
            {"received_on": "2026-12-07", "deadline": "2026-12-11"},
        ),
        "log": (
            "What happened. It only grows; the stage and what is to do follow from it.",
            [{"on": "2026-11-20", "event": "sent", "touch": "thank_you", "to": "okafor"}],
        ),
        "tags": ("Material's tags of the page.", ["analytics"]),
        "hide": ("Parts of the page that Material hides.", ["toc"]),
        "search": ("What the search of the site does with the page.", {"exclude": True}),
        "icon": ("Material's icon of the page.", "material/briefcase"),
        "description": ("MkDocs's description of the page.",),
    },
    schema.InterviewBlock: {
        "": ("The facts of the meeting itself.",),
        "format": ("How you met, or will meet.",),
        "start": ("When it starts at their place; a day alone counts as an afternoon.",),
        "round": ("Which interview of this application it is.", 2),
        "minutes": ("How long it takes; without it, 60.", 45),
        "timezone": ("Where the hour is meant; without it, the setting's.",),
        "place": ("Where to go.", "Speicherstadt 4, Hamburg"),
        "link": ("What to open, or whom to call.",),
        "first_names_used": (
            "Whether you used first names in the room. Drafts stay formal all the same.",
        ),
    },
    schema.PersonBlock: {
        "": ("Somebody you met or wrote to.",),
        "id": ("For `@id` in the text and for the log; without it, made of the name.",),
        "name": ("First and family name.", "Ngozi Okafor"),
        "honorific": ("How they are addressed; never guessed from a name.",),
        "academic_title": ("Only as they use it.",),
        "family_name": ("Where the last word of the name is not all of it.", "de la Vega"),
        "salutation": (
            "The whole first line of a letter, if it should be another.",
            "Dear Ms. Okafor,",
        ),
        "job_title": ("What they do.", "Head of Analytics"),
        "role": ("What they do in the hiring.",),
        "email": ("Their address.",),
        "phone": ("Their number.", "+49 40 123456"),
        "hook": (
            "Category 9: something only the two of you talked about, as you would say it to them.",
            "It was good to meet another Thai cook.",
        ),
    },
    schema.NextStep: {
        "": ("What comes next, as the interviewer put it.",),
        "what": ("What it is.", "next_round"),
        "by": ("By when they said you would hear.",),
        "ask_on": ("From which day you may ask.",),
        "said": ("Their words.", "HR will call."),
    },
    schema.Decision: {
        "": ("By when they decide.",),
        "by": ("The day.",),
        "said": ("Their words.", "End of next week."),
    },
    schema.OtherCandidates: {
        "": ("Whether others are in contention.",),
        "answer": ("yes, no or unknown.",),
        "count": ("How many.", 3),
    },
    schema.Salary: {
        "": ("Pay, as a range in one currency per period.",),
        "min": ("The lower end.",),
        "max": ("The upper end.",),
        "currency": ("Three capital letters; needed with a sum.",),
        "period": ("What it is paid for; without it, a year.",),
    },
    schema.Reminder: {
        "": ("A task of your own.",),
        "on": ("The day.",),
        "what": ("What to do.", "Ask Sam about the team"),
    },
    schema.Promise: {
        "": ("Something you said you would send or do.",),
        "what": ("What you promised.", "Send the notebook"),
        "by": ("Until when; without it, the business day after the interview.",),
        "to": ("To whom: the id of somebody under `people`.", "okafor"),
    },
    schema.Offer: {
        "": ("What they offer, and until when.",),
        "received_on": ("The day it came.",),
        "deadline": ("Until when you must answer.",),
        "salary": ("The pay they offer.",),
        "notes": ("Whatever else they offer.", "30 days holiday"),
    },
    schema.LogItem: {
        "": ("Something that happened.",),
        "on": ("The day.",),
        "event": ("What happened.",),
        "touch": ("Which follow-up was sent, skipped or put off.",),
        "to": ("To whom: the id of somebody.", "okafor"),
        "from": ("From whom: the id of somebody.", "okafor"),
        "note": ("Whatever you want to keep.", "Case round next week."),
        "until": ("Until when a follow-up is put off.",),
        "decision_by": ("The new day of the decision, if they named one.",),
        "next_step_by": ("The new day of the next step, if they named one.",),
    },
}
"""By group what each key is, then examples of it; under `""` what the whole group is."""
