"""A search whose notes want to run as scripts: every field, every kind of text, names of files.

Each payload says its name to `RAN`, which `START` puts into every page.
"""

from __future__ import annotations

import re
from typing import Final

START: Final = """
window.SEEN = new Set();
window.RAN = new Proxy({}, {get: (_, name) => { SEEN.add(name); }});
"""
# What waits for a reader is used: links that run, what reacts to a pointer or the keyboard, buttons.
USE: Final = """async () => {
  for (const link of document.querySelectorAll("a")) {
    const to = link.href.baseVal ?? link.href;
    const event = new MouseEvent("click", {bubbles: true, cancelable: true});
    if (/^javascript:/i.test(to)) link.dispatchEvent(event);
  }
  for (const part of document.querySelectorAll(".payload")) {
    for (const kind of ["mouseover", "focus"]) part.dispatchEvent(new Event(kind));
    part.click();
  }
  await new Promise(done => setTimeout(done, 30));
  return [...SEEN];
}"""


def element(name: str) -> str:
    """The shortest text that runs wherever it is taken for HTML."""
    return f"<img src=x onerror=RAN.{name}>"


HTML: Final = f"""
<script>RAN.script</script>

<svg><script>RAN.script_of_svg</script></svg>

<script src="data:text/javascript,RAN.script_from_address"></script>

{element("image")}

<div><img/src="x"/onerror=RAN.image_without_blanks></div>

<svg onload=RAN.svg></svg>

<svg><animate onbegin=RAN.animation attributeName=x dur=1s></svg>

<details ontoggle=RAN.disclosure open><summary>x</summary>y</details>

<input class="payload" onfocus=RAN.focus>

<p class="payload" onmouseover=RAN.hover>x</p>

<button class="payload" onclick=RAN.click>x</button>

<style onload=RAN.style>p {{}}</style>

<audio src=x onerror=RAN.sound></audio>

<iframe srcdoc="<script>parent.RAN.frame</script>"></iframe>

<iframe src="javascript:parent.RAN.frame_address"></iframe>

<a href="javascript:RAN.link">x</a>

<a href=" JaVa&#x0a;Script:RAN.link_in_pieces">x</a>

<a href="javascript&colon;RAN.link_with_entity">x</a>

<svg><a xlink:href="javascript:RAN.link_of_svg"><text>x</text></a></svg>

<form action="javascript:RAN.form"><button class="payload">x</button></form>

<noscript><p title="</noscript>{element("noscript")}"></noscript>

<!--><!-- -->{element("comment")}

<math><mtext><table><mglyph><style><!--</style><img title="--&gt;{element("mutation")}&gt;">
"""
MARKDOWN: Final = f"""
[x](javascript:RAN.markdown_link)

[x][r]

[r]: javascript:RAN.markdown_reference

![x](x){{ onerror=RAN.markdown_attribute }}

## Heading {element("heading")}

- {element("list")} #evidence

| {element("table")} |
|---|
| x |
"""
FIELDS: Final = f"""\
company: Acme {element("company")}
title: Analyst {element("title")}
source: Board {element("source")}
location: Hamburg {element("location")}
resume: cv {element("resume")}
description: '">{element("description")}'
tags: ['{element("tags")}']
interview:
  format: panel
  start: 2026-11-19 14:00
  place: Room {element("place")}
people:
  - id: okafor
    name: Ngozi Okafor {element("name")}
    job_title: Head {element("job_title")}
    role: hiring_manager
    phone: +49 40 {element("phone")}
    salutation: Dear {element("salutation")},
    hook: Good to meet {element("hook")}.
  - {{id: lind, name: Jonas Lind, honorific: Mr., family_name: 'Lind {element("family_name")}'}}
next_step: {{what: next_round, by: 2026-11-30, said: 'Soon {element("next_step")}'}}
decision: {{by: 2026-12-04, said: 'Then {element("decision")}'}}
reminders: [{{on: 2026-11-27, what: 'Ask {element("reminder")}'}}]
promises: [{{what: 'Send {element("promise")}', by: 2026-11-21, to: okafor}}]
offer: {{received_on: 2026-11-20, deadline: 2026-12-11, notes: 'Days {element("offer")}'}}
log: [{{on: 2026-11-20, event: received, from: okafor, note: 'Round {element("log")}'}}]
"""
BULLETS: Final = f"""\
## The job
- Forecasts trucks {element("bullet")} @okafor
## What went right
- They asked for the plot {element("strength")} #evidence
## What went wrong
- I talked too long {element("weakness")} #conciseness
  - Why: nerves {element("why")}
  - Better answer: shorter {element("better")}
## Closing words
- See you {element("closing")}
"""
SETTINGS: Final = f"""\
title: 'Guide {element("page_title")}'
subtitle: '{element("subtitle")}'
status: '">{element("status")}'
tags: ['{element("page_tags")}']
"""
TREE: Final = f"""\
== entries/facts.md
---
{FIELDS}---
{BULLETS}
== entries/texts.md
---
company: Birch
title: Clerk
---
{MARKDOWN}{HTML}
== entries/file {element("file")}.md
---
company: Cedar
title: Cook
---
== entries/folder {element("folder")}/page.md
---
{SETTINGS}---
# Guide
"""
NAMES: Final = frozenset(re.findall(r"RAN\.(\w+)", TREE))
