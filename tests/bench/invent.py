"""Invented recruiter mail for measuring: the same messages for the same count and seed, about 1.7 kB each.

One message in ten follows up on an earlier one; every other names a role of its own, so that most messages
make an opportunity. The people, firms and companies do not exist.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import msgspec

NEWEST = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
A_DAY = 23
"""Messages a day: 50,000 reach back six years, and what is new is as much at every size."""
FOLLOW_UPS = 0.1
MESSAGES_PER_RECRUITER = 8
RARE_WORD = "photogrammetry"
"""About one message in two hundred holds it."""

_GIVEN = (
    "Dana Priya Tom Sofia Marek Ines Kwame Yuki Lars Amara Paolo Greta Nils Oksana Ravi Chloe Hugo".split()
)
_FAMILY = (
    "Whitfield Nair Birch Rossi Novak Duarte Mensah Sato Lindqvist Okafor Conti Vogel Berg Melnyk".split()
)
_FIRM = "Northgate Harbour Alder Beacon Cobalt Drift Ember Fathom Granite Hazel Juniper Keel Larch".split()
_KIND = "Search|Partners|Talent|& Reed|Executive Search|People|Associates".split("|")
_COMPANY = "Acme Borealis Cindertree Deltaforge Elmwick Farrow Glasswing Hollin Ivywell Jasperline".split()
_TRADE = "Robotics Health Energy Analytics Freight Bank Games Optics Foods Security".split()
_LEVEL = "Senior|Staff|Principal|Lead|Head of|Director of|Interim".split("|")
_FIELD = "Platform Data Security Payments Mobile Infrastructure Search Backend Machine Cloud".split()
_JOB = "Engineer|Engineering Manager|Architect|Product Manager|Analyst|Scientist|Engineering".split("|")
_WORDS = (
    "the a your our team role client company search work product scale budget hybrid remote growth people "
    "Kubernetes Python Rust latency pipeline platform customers market funding series board founder pension "
    "equity salary interview process stage conversation profile background experience impressed talk week "
    "Thursday morning London Berlin Lisbon office travel build lead hire report strategy roadmap"
).split()
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo nor tal mer kin dos ver".split()
_SELDOM = 20_000
"""How many words there are besides the common ones; as in real mail, most of them come up a few times."""


class Recruiter(msgspec.Struct, frozen=True):
    """Somebody who writes."""

    name: str
    address: str
    firm: str
    phone: str


class Approach(msgspec.Struct, frozen=True):
    """What a message needs to know of the one that it follows up on."""

    recruiter: Recruiter
    subject: str
    id: str


def mails(count: int, seed: int = 7) -> Iterator[bytes]:
    """Make `count` messages, oldest first."""
    chance = random.Random(f"{seed}:{count}")
    recruiters = [_recruiter(chance, number) for number in range(max(1, count // MESSAGES_PER_RECRUITER))]
    step = timedelta(days=1) / A_DAY
    recent: list[Approach] = []
    for number in range(count):
        at = NEWEST - step * (count - 1 - number)
        if recent and chance.random() < FOLLOW_UPS:
            yield _mail(chance, number, at, chance.choice(recent), follows=True)
            continue
        recruiter = chance.choice(recruiters)
        approach = Approach(recruiter, _subject(chance, number), f"{number}.{seed}@{_domain(recruiter.firm)}")
        recent = [*recent[-40:], approach]
        yield _mail(chance, number, at, approach, follows=False)


def write_mbox(path: Path, made: Iterable[bytes]) -> None:
    """Write messages as one mbox file."""
    with path.open("wb") as file:
        for mail in made:
            file.write(b"From invented@example Mon Nov 16 08:30:00 2026\n" + mail + b"\n\n")


def write_maildir(folder: Path, made: Iterable[bytes]) -> None:
    """Write messages as a Maildir, one file each, for programs that read no mbox."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, mail in enumerate(made):
        (folder / "cur" / f"{number}.invented:2,S").write_bytes(mail)


def _recruiter(chance: random.Random, number: int) -> Recruiter:
    given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
    firm = f"{chance.choice(_FIRM)} {chance.choice(_KIND)}"
    address = f"{given}.{family}{number}@{_domain(firm)}".lower()
    return Recruiter(f"{given} {family}", address, firm, f"+1 212 555 01{number % 100:02}")


def _domain(firm: str) -> str:
    return firm.split(maxsplit=1)[0].lower() + ".example"


def _subject(chance: random.Random, number: int) -> str:
    role = f"{chance.choice(_LEVEL)} {chance.choice(_FIELD)} {chance.choice(_JOB)}"
    return f"{role} at {chance.choice(_COMPANY)}{number} {chance.choice(_TRADE)}"


def _mail(chance: random.Random, number: int, at: datetime, approach: Approach, *, follows: bool) -> bytes:
    recruiter = approach.recruiter
    own_id = f"again.{number}.{approach.id}" if follows else approach.id
    head = [
        f"From: {recruiter.name} <{recruiter.address}>",
        "To: Robin Sample <robin@home.example>",
        f"Subject: {'Re: ' if follows else ''}{approach.subject}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{own_id}>",
        *([f"In-Reply-To: <{approach.id}>"] if follows else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    opening = (
        "Hi Robin,\n\nany thoughts on my last note?"
        if follows
        else "Hi Robin,\n\nI came across your profile."
    )
    paragraphs = [opening, *(paragraph(chance) for _ in range(3))]
    if chance.random() < 1 / 200:
        paragraphs.append(f"They also do {RARE_WORD}.")
    closing = f"Best,\n{recruiter.name}\n\n-- \n{recruiter.name}\n{recruiter.firm}\n{recruiter.phone}"
    return "\n".join([*head, "", "\n\n".join([*paragraphs, closing])]).encode()


def paragraph(chance: random.Random, common: Sequence[str] = _WORDS) -> str:
    """Make up four lines of words, one in three of them seldom."""
    words = [_seldom(chance) if chance.random() < 0.3 else chance.choice(common) for _ in range(48)]
    return "\n".join(" ".join(words[start : start + 13]) for start in range(0, len(words), 13)) + "."


def _seldom(chance: random.Random) -> str:
    """Make up one of the words that come up seldom, those with low numbers more often."""
    number, word = int(_SELDOM ** chance.random()), ""
    for _ in range(4):
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word
