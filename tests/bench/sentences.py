"""What the notes of the benchmark are made of: names, and sentences with gaps, under each heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, how many of its bullets a note has, and what they are drawn from.

    `ends` are what may stand after a bullet: people as `@`, and tags. With `below`, some bullets
    have one nested in them.
    """

    heading: str
    count: int
    bullets: tuple[str, ...]
    ends: tuple[str, ...] = ("",)
    below: tuple[str, ...] = ()


FIRST: Final = tuple(
    """Amber Birch Cedar Copper Delta Eastgate Falcon Garnet Harbor Indigo Juniper Kestrel Lantern
    Maple Northern Orchard Pioneer Quarry Redwood Silver Tidal Upland Vesper Willow Yarrow Zephyr
    Alder Bramble Coral Drift Ember Fern Granite Heron Iron Jasper Kelp Lark Meadow Nettle""".split()
)
SECOND: Final = tuple(
    """Analytics Bakeries Bank Books Cargo Clinics Energy Farms Ferries Foods Freight Furniture
    Gardens Glass Grid Health Hotels Instruments Insurance Kitchens Labs Lighting Logistics Maps
    Marine Markets Metrics Mills Mobility Optics Paper Pharma Press Rail Robotics Schools Seeds
    Systems Textiles Transit""".split()
)
TITLES: Final = ("Data Analyst", "Junior Data Analyst", "Business Analyst", "Reporting Analyst")
GIVEN: Final = (
    *(("Ms.", name) for name in "Ngozi Elena Karin Priya Zoë Mei Fatima Greta Inès Olga".split()),
    *(("Mr.", name) for name in "Samuel Tomás Jonas Ravi Kwame Luc Henrik Omar Piet Ivan".split()),
)
FAMILY: Final = tuple(
    """Okafor Rivera Oduya Dahl Lindqvist Marchetti Novak Petrov Quispe Rahman Sato Tanaka Underwood
    Varga Weiss Ximenes Yilmaz Zeller Abara Brandt Castillo Dupont Eriksen Fischer Galvez Haddad
    Ibsen Jansen Kowalski Laurent Moreau Nakamura Oyelaran Paulsen Quinn Rossi Silva Thorsen""".split()
)
JOBS: Final = {
    "hiring_manager": ("Head of Analytics", "Director of Planning", "Team Lead Reporting"),
    "interviewer": ("Senior Analyst", "Data Engineer", "Controller", "Product Manager"),
    "recruiter": ("Talent Partner", "Recruiter"),
    "coordinator": ("Office Manager", "Recruiting Coordinator"),
}
HOOKS: Final = (
    "It was good to meet another early swimmer. The {thing} pool opens at six, by the way.",
    "You asked for the name of the bakery: it is the one by the {thing} bridge, closed on Mondays.",
    "I have since read the first {few} chapters of the book about {topic} that you recommended.",
    "Your tip about the {thing} trail was right; I walked it on Sunday with dry feet.",
)
GAPS: Final[Mapping[str, tuple[str, ...]]] = {
    "thing": tuple("north harbor old upper canal market river garden mill station".split()),
    "topic": tuple("tides trains bread maps bees clocks glaciers sailing chess gardens".split()),
    "few": tuple("two three four five six seven eight nine eleven twelve".split()),
    "unit": tuple("depot store clinic branch warehouse region school team line ward".split()),
    "what": tuple("orders visits parcels returns invoices tickets claims meters loans".split()),
    "tool": ("a spreadsheet", "the ledger", "SQL", "a nightly script", "the old portal", "Python"),
    "day": tuple("Monday Tuesday Wednesday Thursday Friday".split()),
    "when": ("last summer", "in my thesis", "at the campus shop", "during the internship"),
}
LEADS: Final = (
    "A bright room over the {thing} gate, and {few} people who had plainly slept well.",
    "They were running late, so we began with a walk past the {unit} and talked about {topic}.",
    "The conversation went from {what} to {topic} and back, which I liked more than I expected.",
)
PARTS: Final = (
    Part(
        "The job",
        5,
        (
            "Every {unit} plans its {what} by feel today; the new analyst should replace that by {few} simple forecasts.",
            "Mornings go to the report on {what}, afternoons to questions that come from the {unit}.",
            "The team has {few} people, and one of them does nothing but reconcile {what} in {tool}.",
            "They count {what} per {unit} and week, and want to know by {day} what next week looks like.",
            "Whoever gets the job presents the numbers on every second {day} to the heads of each {unit}.",
            "A planner overrides the forecast by hand in {few} of ten weeks, and nobody keeps a record of why.",
            "The budget for new tools is small; most of it has to be done with {tool} and patience.",
        ),
        ("@", "@", ""),
    ),
    Part(
        "Why I can do it",
        4,
        (
            "I cleaned {few} years of {what} {when} and found that a third of the gaps fell on a {day}.",
            "I wrote {tool} checks {when} that stopped wrong {what} before they reached a report.",
            "I explained a forecast of {what} to people of every {unit} {when}, without one formula.",
            "I joined {few} messy files into one table {when}, and the {unit} still opens it every {day}.",
            "I keep raw files untouched and rebuild everything from them with one command, as I did {when}.",
        ),
        ("@", " #evidence", ""),
    ),
    Part(
        "Typical problems",
        4,
        (
            "Each {unit} names its {what} in its own way, so that nothing adds up at the end of the month.",
            "The figures for {what} come in local time, in summer time, and once in somebody's holiday time.",
            "A good answer on {day} has become {few} different slides by the end of the week.",
            "When the {unit} moves its {what} to {tool}, the history stays behind and the trend breaks.",
            "Nobody documents why a number was changed, and the person who knew has left {few} months ago.",
        ),
        ("@", "@", ""),
    ),
    Part(
        "First projects",
        3,
        (
            "Replace {few} spreadsheets by one weekly report on {what} that every {unit} trusts.",
            "Write the checks that stop a wrong feed of {what} before it reaches a report.",
            "Bring the {few} sources of {what} into one table with one definition of a {unit}.",
            "Find out which {unit} loses {what} on a {day}, and tell them in one page.",
        ),
        ("@",),
    ),
    Part(
        "What went right",
        4,
        (
            "I asked how they tell a good week of {what} from a bad one, and it became a real conversation.",
            "I had read about their {unit} and could say what I saw there.",
            "I brought one page with {few} drawings of {what} and they kept it.",
            "I stayed calm when the question about {tool} came twice.",
        ),
        (" #evidence", " #preparation", " #questions_asked", " #rapport", ""),
        ("Why: I had tried the sentence aloud on the {day} before.",),
    ),
    Part(
        "What went wrong",
        3,
        (
            "I talked about the {what} of my last project for {few} minutes before anyone could ask.",
            "I had no good answer to how {what} change with the seasons.",
            "I looked at the screen and not at the person who asked about the {unit}.",
            "I forgot to say what came of the work with {tool}.",
        ),
        (" #conciseness", " #technical_depth", " #rapport", " #story_structure"),
        (
            "Better answer: I would compare each week of {what} with the same week of the last {few} years first.",
            "Better answer: I would begin with one {unit} and show the result before I go on to the next.",
            "Why: I was nervous and filled the silence with {topic}.",
        ),
    ),
    Part(
        "Royal screw-up",
        1,
        (
            "none",
            "I called the {unit} by the name of another company. #preparation",
            "I came to the {thing} entrance and was {few} minutes late. #logistics",
        ),
    ),
    Part(
        "Personal topics",
        2,
        (
            "We both like {topic}, and they know the {thing} market well.",
            "They grew up near a {thing} and spend every {day} evening on {topic}.",
            "I promised the name of a book about {topic}.",
        ),
        ("@", ""),
    ),
    Part(
        "Closing words",
        1,
        ('"You will hear from us by the end of that week, or on {day}."',),
        ("@",),
    ),
)
PROSE: Final = (
    "What stays with me is how the {unit} talks about {what}: as weather, as something that happens to them.",
    "Nobody in the room thought that a forecast would be right, and **everybody** wanted one by {day}.",
    "I would learn a lot about {what} there, and rather little about [{topic}](https://example.com/{topic}).",
    "The way to the office takes {few} stops, which is a long time in winter and a good time to read.",
    "They spoke well of the person who left, and they have not replaced that person for {few} months.",
    "If they ask again about {tool}, I want to say first what it is *for*, and only then what I know of it.",
    "The {day} meeting seems to be where things are decided; I should ask who is in it.",
    "On the way home I wrote down {few} questions, most of them about {what} and one about `{thing}`.",
)
