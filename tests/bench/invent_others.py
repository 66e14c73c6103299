"""Invented mail that is no outreach, for a mailbox as people have it: lists, shops and colleagues."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import islice

from bench.invent import A_DAY, NEWEST, mails, paragraph

ONE_IN = 10
"""Of so many mails one comes from a recruiter."""
_PAGE = (
    "<html><head><style>p {{ color: #333; margin: 0 0 12px }}</style></head><body><table><tr><td>"
    "{}</td></tr></table><p><a href='https://shop.example/leave'>Unsubscribe</a></p></body></html>"
)
_ALTERNATIVE = "multipart/alternative; boundary=edge"
_COMMON = (
    "the a of and to in for with on at this that from our your we they it is was will can new more next last "
    "week Monday Friday morning branch build test server release garden summer price order box door paper "
    "picture music water bread winter train ticket window number letter list page answer question meeting"
).split()
_COLLEAGUES = "Kim Ola Bo Ida Per Una Rex Lia".split()


def mailbox(count: int, seed: int = 7) -> Iterator[bytes]:
    """Make `count` mails, oldest first, one in ten of them a recruiter's."""
    chance = random.Random(f"others:{seed}:{count}")
    outreach = mails(count // ONE_IN + 1, seed)
    step = timedelta(days=1) / A_DAY
    for number in range(count):
        if number % ONE_IN == 0:
            yield from islice(outreach, 1)
        else:
            make = chance.choice((_news, _news, _receipt, _notice, _colleague, _colleague))
            yield make(chance, number, NEWEST - step * (count - 1 - number))


def _news(chance: random.Random, number: int, at: datetime) -> bytes:
    """A newsletter: words, and the same as a page."""
    words = [_words(chance) for _ in range(3)]
    shop = f"shop{number % 40}.example"
    plain = "\n\n".join([*words, f"Unsubscribe: https://{shop}/leave"])
    page = _PAGE.format("".join(f"<p>{each}</p>" for each in words))
    body = (
        f"--edge\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
        f"--edge\nContent-Type: text/html; charset=utf-8\n\n{page}\n--edge--\n"
    )
    more = (f"List-Id: News <news.{shop}>", f"List-Unsubscribe: <https://{shop}/leave>")
    return _mail(
        number, at, f"The Shop <news@{shop}>", f"News of the week {number}", body, *more, kind=_ALTERNATIVE
    )


def _receipt(chance: random.Random, number: int, at: datetime) -> bytes:
    body = f"Thank you for your order {number}.\n\n{_words(chance)}\n\nTotal: 42.00 EUR, paid by card.\n"
    sender = f"Orders <no-reply@store{number % 30}.example>"
    return _mail(number, at, sender, f"Your order {number}", body, "Auto-Submitted: auto-generated")


def _notice(chance: random.Random, number: int, at: datetime) -> bytes:
    """What a tracker of work sends to everybody."""
    body = f"A comment on the issue {number}:\n\n{_words(chance)}\n\n{_words(chance)}\n"
    more = ("List-Id: platform <platform.code.example>", "Precedence: list")
    return _mail(number, at, "Tracker <tracker@code.example>", f"[platform] Issue {number}", body, *more)


def _colleague(chance: random.Random, number: int, at: datetime) -> bytes:
    """One of a thread; most quote what came before."""
    name = chance.choice(_COLLEAGUES)
    quoted = "\n".join(f"> {line}" for line in _words(chance).splitlines())
    body = f"Hi Robin,\n\n{_words(chance)}\n\n{name}\n\nOn Monday, Robin wrote:\n{quoted}\n"
    thread = f"In-Reply-To: <thread{number // 12}@home.example>"
    return _mail(
        number, at, f"{name} Sample <{name.lower()}@home.example>", f"Re: Plan {number // 12}", body, thread
    )


def _words(chance: random.Random) -> str:
    return paragraph(chance, _COMMON)


def _mail(
    number: int,
    at: datetime,
    sender: str,
    subject: str,
    body: str,
    *more: str,
    kind: str = "text/plain; charset=utf-8",
) -> bytes:
    head = [
        f"From: {sender}",
        "To: Robin Sample <robin@home.example>",
        f"Subject: {subject}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <other.{number}@home.example>",
        *more,
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
    ]
    return "\n".join([*head, "", body]).encode()
