"""What reached Robin in the two years before: who, for which role, and what became of it."""

from store.demo_data.approach import Approach, Line
from store.records.message import Channel, Contact

_RECRUITERS = """
hargreave  | Nell Hargreave  | Tern & Vale            | ternvale
adeyemi    | Bola Adeyemi    | Kestrel Search         | kestrelsearch
lindqvist  | Maja Lindqvist  | Norrsken Talent        | norrskentalent
okoro      | Chidi Okoro     | Brightline Partners    | brightline
fontaine   | Lucie Fontaine  | Atelier Recrutement    | atelier-rec
mercer     | Todd Mercer     | Mercer Hale Associates | mercerhale
ibarra     | Paula Ibarra    | Cumbre                 | cumbre
sato       | Keiko Sato      | Harbor Lane            | harborlane
wozniak    | Piotr Wozniak   | Stackwise              | stackwise
bright     | Hannah Bright   | Foundry People         | foundrypeople
delacroix  | Remy Delacroix  | Ridge Search           | ridgesearch
okafor     | Ada Okafor      | Lumen Talent           | lumentalent
petersen   | Jens Petersen   | Fjord Executive        | fjordexec
marlow     | Gwen Marlow     | Marlow & Dean          | marlowdean
castellan  | Rui Castellan   | Pontos                 | pontos
yilmaz     | Deniz Yilmaz    | Golden Gate Staffing   | ggstaffing
harlan     | Beth Harlan     | Harlan Retained        | harlanretained
quist      | Oskar Quist     | Quist & Co             | quistco
banerjee   | Ritu Banerjee   | Talentloom             | talentloom
flores     | Nico Flores     | Sunder Search          | sundersearch
abbott     | Claire Abbott   | Abbott Leigh           | abbottleigh
novak      | Ivana Novak     | Bitfield               | bitfield
greer      | Sam Greer       | Greer Technical        | greertech
tanaka     | Mika Tanaka     | Paper Crane            | papercrane
vance      | Dale Vance      | RapidHire              | rapidhire
"""
"""Key, name, firm, the first part of its domain."""

_PAST = """
794 | mail   | yilmaz    | Staff Infrastructure Engineer | Millrace          |           |            | late
785 | inmail | wozniak   | Principal Engineer            | Fathom Maps       |           |            | done
775 | mail   | adeyemi   | Platform Engineer             | Orchard Bank      | $150-175k | contingent | late
764 | sms    | delacroix | Head of Infrastructure        | Tidewater         | $182-207k | retained   | late
755 | inmail | okoro     | Staff Platform Engineer       | Thistle Games     |           |            | late
745 | mail   | novak     | Director of Engineering       | Heron Analytics   |           |            | late
725 | mail   | harlan    | Senior DevOps Engineer        | Copperleaf Energy | $214-239k |            | 1d
702 | li     | fontaine  | Engineering Manager           | Glasswing         |           |            | done
688 | mail   | greer     | Head of Developer Tools       | Saltmarsh Foods   |           |            | late
674 | inmail | vance     | Senior Platform Engineer      | Quarry Systems    |           | retained   | 2d
665 | mail   | quist     | Engineering Manager, Tools    | Millrace          |           | contingent | late
655 | inmail | delacroix | Site Reliability Lead         | Fathom Maps       |           |            | 3d
645 | inmail | adeyemi   | Engineering Manager           | Orchard Bank      |           |            | late
638 | li     | flores    | Head of Developer Tools       | Marigold Health   |           | retained   | late
631 | mail   | petersen  | VP Engineering                | Tidewater         |           |            | 0d
624 | inmail | mercer    | Engineering Manager           | Thistle Games     | $205-230k |            | late
614 | mail   | novak     | Principal Platform Engineer   | Heron Analytics   |           | contingent | late
605 | li     | castellan | Senior DevOps Engineer        | Cobalt Freight    | $222-247k |            | 9d
595 | call   | sato      | Director of Platform          | Pinemoor          |           |            | 0d
584 | call   | harlan    | Engineering Manager, Tools    | Copperleaf Energy | $179-204k |            | done
575 | li     | bright    | Site Reliability Lead         | Ember Grid        | $179-204k |            | late
565 | inmail | lindqvist | Senior Platform Engineer      | Redwillow         | $179-204k |            | late
555 | call   | banerjee  | Head of Developer Tools       | Sparrow Payments  | $211-236k |            | late
548 | mail   | okafor    | VP Engineering                | Larkspur Media    | $211-236k | contingent | late
541 | mail   | fontaine  | Engineering Manager           | Glasswing         | $211-236k | retained   | 1d
534 | call   | greer     | Head of Developer Tools       | Saltmarsh Foods   |           | retained   | late
522 | call   | ibarra    | Director of Platform          | Lodestar Robotics |           | contingent | 9d
508 | inmail | vance     | Principal Platform Engineer   | Quarry Systems    |           |            | late
492 | mail   | flores    | Director of Engineering       | Marigold Health   |           |            | late
478 | vm     | petersen  | Head of Infrastructure        | Tidewater         |           | retained   | 5d
465 | mail   | novak     | Platform Engineer             | Heron Analytics   |           | exclusive  | done
458 | vm     | castellan | Staff Infrastructure Engineer | Cobalt Freight    |           |            | late
451 | inmail | sato      | Principal Engineer            | Pinemoor          | $172-197k |            | done
444 | mail   | hargreave | Platform Engineer             | Juniper Transit   |           |            | late
435 | vm     | tanaka    | Senior Platform Engineer      | Juniper Transit   |           |            | done
428 | mail   | harlan    | Engineering Manager, Tools    | Copperleaf Energy |           |            | late
421 | inmail | bright    | Site Reliability Lead         | Ember Grid        | $189-214k |            | late
414 | inmail | lindqvist | Senior Platform Engineer      | Redwillow         | $189-214k |            | 9d
404 | inmail | banerjee  | Director of Engineering       | Sparrow Payments  |           |            | done
395 | inmail | okafor    | Head of Infrastructure        | Larkspur Media    |           |            | late
385 | mail   | fontaine  | Staff Platform Engineer       | Glasswing         |           | in-house   | 2d
365 | li     | vance     | Principal Platform Engineer   | Quarry Systems    |           |            | late
344 | mail   | flores    | Head of Developer Tools       | Marigold Health   |           |            | 3d
335 | li     | petersen  | VP Engineering                | Tidewater         |           | contingent | done
325 | mail   | mercer    | Engineering Manager           | Thistle Games     |           |            | done
315 | inmail | novak     | Platform Engineer             | Heron Analytics   |           | contingent | 9d
308 | inmail | castellan | Staff Infrastructure Engineer | Cobalt Freight    |           | contingent | late
301 | mail   | sato      | Principal Engineer            | Pinemoor          | $182-207k |            | 0d
294 | vm     | hargreave | Platform Engineer             | Juniper Transit   |           |            | late
285 | vm     | tanaka    | Senior Platform Engineer      | Juniper Transit   |           |            | 9d
278 | li     | harlan    | Engineering Manager, Tools    | Copperleaf Energy | $199-224k |            | late
271 | vm     | bright    | Site Reliability Lead         | Ember Grid        |           |            | 0d
264 | call   | lindqvist | Senior Platform Engineer      | Redwillow         |           |            | late
256 | mail   | sato      | Head of Infrastructure        | Ember Grid        |           |            | 3d
250 | mail   | hargreave | Staff Platform Engineer       | Redwillow         | $216-241k |            | 3d
245 | vm     | banerjee  | Director of Engineering       | Sparrow Payments  |           | retained   | 1d
239 | mail   | okafor    | Head of Infrastructure        | Larkspur Media    |           | contingent | done
233 | inmail | fontaine  | Staff Platform Engineer       | Glasswing         | $216-241k |            | silent
225 | li     | bright    | Head of Infrastructure        | Larkspur Media    | $218-243k |            | done
218 | inmail | lindqvist | Staff Platform Engineer       | Glasswing         |           | contingent | done
211 | call   | abbott    | Director of Engineering       | Saltmarsh Foods   |           |            | silent
204 | vm     | marlow    | Head of Infrastructure        | Bellwether        |           | retained   | done
196 | sms    | banerjee  | Head of Developer Tools       | Saltmarsh Foods   |           |            | silent
190 | mail   | okafor    | VP Engineering                | Bellwether        |           |            | silent
185 | mail   | fontaine  | Engineering Manager           | Lodestar Robotics | $235-260k |            | silent
179 | inmail | greer     | Head of Developer Tools       | Quarry Systems    |           | retained   | silent
173 | mail   | yilmaz    | VP Engineering                | Millrace          | $235-260k | contingent | done
164 | call   | marlow    | VP Engineering                | Millrace          | $237-262k |            | silent
155 | inmail | ibarra    | Engineering Manager           | Fathom Maps       |           | exclusive  | 1d
145 | inmail | vance     | Head of Developer Tools       | Orchard Bank      |           |            | silent
135 | mail   | yilmaz    | Staff Infrastructure Engineer | Marigold Health   |           | in-house   | 1d
128 | mail   | wozniak   | Principal Engineer            | Tidewater         | $194-219k |            | 0d
121 | vm     | adeyemi   | Platform Engineer             | Thistle Games     | $194-219k | contingent | 1d
114 | mail   | flores    | Staff Infrastructure Engineer | Heron Analytics   | $194-219k |            | 0d
106 | li     | ibarra    | Site Reliability Lead         | Tidewater         | $211-236k |            | silent
102 | sms    | vance     | Senior Platform Engineer      | Thistle Games     | $211-236k |            | silent
 97 | mail   | quist     | Engineering Manager, Tools    | Heron Analytics   |           |            | 1d
 92 | inmail | delacroix | Site Reliability Lead         | Cobalt Freight    |           |            | done
 88 | mail   | okoro     | Senior Platform Engineer      | Pinemoor          | $211-236k |            | silent
 83 | li     | novak     | Engineering Manager, Tools    | Juniper Transit   |           |            | silent
 77 | mail   | fontaine  | Principal Engineer            | Tidewater         |           |            | silent
 73 | mail   | greer     | Platform Engineer             | Thistle Games     |           | exclusive  | silent
 69 | call   | yilmaz    | Staff Infrastructure Engineer | Heron Analytics   | $198-223k | retained   | silent
 65 | vm     | wozniak   | Principal Engineer            | Cobalt Freight    |           | contingent | silent
 61 | mail   | adeyemi   | Platform Engineer             | Pinemoor          |           |            | silent
 57 | vm     | flores    | Staff Platform Engineer       | Acme Robotics     |           | contingent | silent
 53 | vm     | petersen  | Principal Engineer            | Copperleaf Energy |           |            | silent
"""
"""Days ago, channel, recruiter, role, company, pay, mandate, and what became of it.

`late` was old when it was imported, `silent` was never answered, `done` was dealt with, `3d` was answered
after three days.
"""

_CHANNELS: dict[str, Channel] = {
    "mail": "email",
    "inmail": "linkedin_inmail",
    "li": "linkedin_msg",
    "call": "call",
    "vm": "voicemail",
    "sms": "sms",
}
_WORDS = (
    "Hi Robin, {company} is looking for a {role} and your name came up twice this week. Worth a talk?",
    "Robin, short version: {role} at {company}, a team of nine. Would you hear the long version?",
    "Hello Robin, I look after infrastructure roles at {firm}. Are you still the {role} I was told of?",
    "Robin, we have not met. I would rather ask than guess: what would make a {role} role worth a call?",
    "Hi Robin, {company} wants a {role}. I have known them for six years and can tell you what is broken.",
    "Good morning Robin. {role} at {company}, reporting to the founder. No test, two talks, a decision.",
    "Robin, I write to five people today who will say no. You are number three: {role}, {company}.",
    "Hi, {firm} here. {company} lost its {role} in spring and has been patient since. May I send the brief?",
)
_ANSWERS = (
    "Thanks for writing. Not now, but tell me how it ends.",
    "Can you say who they report to, and what the range is? Then I can answer properly.",
    "Happy to talk for half an hour. Thursday after four?",
    "Not for me; I have passed your note on to nobody yet. Thank you for asking.",
)


def recruiters() -> dict[str, Contact]:
    """Return the recruiters of the past by their keys."""
    found = {}
    for number, line in enumerate(_RECRUITERS.strip().splitlines()):
        key, name, firm, domain = (cell.strip() for cell in line.split("|"))
        email = f"{name.split()[0].lower()}@{domain}.example"
        phone = f"+1 {206 + number * 7} 555 01{number + 40:02}"
        found[key] = Contact(name=name, email=email, phone=phone, firm=firm)
    return found


def slug(days: int) -> str:
    """Return what names the documents of the approach that came so many days ago."""
    return f"past-{days}"


def history() -> tuple[Approach, ...]:
    """Return the approaches of the past, the oldest first."""
    known = recruiters()
    return tuple(
        _approach(number, [cell.strip() for cell in line.split("|")], known)
        for number, line in enumerate(_PAST.strip().splitlines())
    )


def _approach(number: int, cells: list[str], known: dict[str, Contact]) -> Approach:
    days, channel, who, role, company, pay, mandate, fate = cells
    contact = known[who]
    clock = f"{8 + number % 10:02}:{number * 7 % 60:02}"
    words = _WORDS[number % len(_WORDS)].format(role=role, company=company, firm=contact.firm)
    first = Line(
        channel=_CHANNELS[channel],
        when=f"{days}d {clock}",
        subject=f"{role} at {company}" if channel in ("mail", "inmail") else "",
        body=words,
        duration=40 + number % 30 if channel == "vm" else 0,
    )
    return Approach(
        slug=slug(int(days)),
        who=contact,
        lines=(first, *_answer(number, int(days), channel, fate)),
        role=role,
        company=company,
        pay=pay,
        mandate=mandate,
        place="done",
        late=fate == "late",
    )


def _answer(number: int, days: int, channel: str, fate: str) -> tuple[Line, ...]:
    """Return Robin's answer; a call is rung back, and taken."""
    if not fate[0].isdigit():
        return ()
    later = days - int(fate.removesuffix("d"))
    clock = f"{18 + number % 4}:{number * 11 % 60:02}"
    if channel in ("call", "vm"):
        return (Line(channel="call", when=f"{later}d {clock}", out=True, duration=60 * (7 + number % 25)),)
    body = _ANSWERS[number % len(_ANSWERS)]
    return (Line(channel=_CHANNELS[channel], when=f"{later}d {clock}", body=body, out=True),)
