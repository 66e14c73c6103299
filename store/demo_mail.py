"""The sample mailbox: invented mail in a folder that the demo reads, most of it no outreach."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

from store.demo import ROBIN
from store.repository import Repository
from store.settings import Settings, locate

NAME = "mailbox"
"""What the source is called."""


class _Mail(NamedTuple):
    days: int
    """How long ago it came."""
    sender: str
    subject: str
    body: str
    headers: tuple[str, ...] = ()


_MAILS = (
    _Mail(
        1,
        "Ines Duarte <ines@ferrolabs.example>",
        "Your talk in Lyon",
        "Hi Robin,\n\nI saw your talk on schedulers and read the article behind it twice.\n"
        "I run a small group at Ferrolabs. Would you have half an hour for a call next week?\n\nInes",
    ),
    _Mail(
        3,
        "Tobias Lenk <tobias.lenk@lenk-talent.example>",
        "Coffee in March?",
        "Hello Robin,\n\nI am in town the week after next and we have not met yet.\n"
        "Coffee on Tuesday, or a walk along the river?\n\nTobias Lenk",
    ),
    _Mail(
        0,
        "Night Train News <news@nighttrain.example>",
        "Eleven new lines for the summer",
        "The new timetable is out.\n\nRead it in your browser. You get this because you subscribed.\n"
        "Unsubscribe: https://nighttrain.example/leave",
        ("List-Id: News <news.nighttrain.example>", "List-Unsubscribe: <https://nighttrain.example/leave>"),
    ),
    _Mail(
        1,
        "Harbour Books <no-reply@harbourbooks.example>",
        "Your order 40817 has shipped",
        "Thank you for your order. Your parcel is on its way.\n\nTotal: 42.00 EUR, paid by card.",
        ("Auto-Submitted: auto-generated",),
    ),
    _Mail(
        2,
        "Jobs for You <alerts@jobboard.example>",
        "14 new jobs for you in Portland",
        "Jobs matching your search:\n\nStaff Engineer, Quillon\nPlatform Engineer, Brightwater\n\n"
        "View all jobs. Manage your job alerts or unsubscribe.",
        ("List-Unsubscribe: <https://jobboard.example/leave>",),
    ),
    _Mail(
        2,
        "Kim Osei <kim.osei@scalehands.example>",
        "Hire vetted engineers in two weeks",
        "Hi Robin,\n\nWe help engineering teams hire vetted developers, faster and cheaper.\n"
        "Our candidates are available now. Shall I book you a quick demo?\n\nKim",
    ),
    _Mail(
        5,
        "Platform Tracker <tracker@code.example>",
        "[platform] Retry budget is spent too early (#2291)",
        "Mo commented on this issue:\n\nThe second retry should not count when the first one timed out.",
        ("List-Id: platform <platform.code.example>", "Precedence: list"),
    ),
)


def receive(file: Path, now: int, yours: Settings) -> None:
    """Write the sample mailbox beside a data file, make it the only source, and read it.

    `now` is in milliseconds; `yours` are the user's settings, of which the others hold here, too.
    """
    from store.intake.configuring import add, as_toml
    from store.intake.pulling import Request, pull

    folder, paths = file.with_name("mail"), locate(file)
    write(folder, now)
    paths.config.write_text(as_toml(yours), encoding="utf-8")
    add(paths, NAME, {"kind": "folder", "path": str(folder)})
    with Repository.open(file) as repository:
        pull(repository, Request(names=[NAME]))


def write(folder: Path, now: int) -> None:
    """Write the sample mailbox into a folder, a file each, dated relative to `now` (milliseconds)."""
    folder.mkdir(parents=True)
    for number, mail in enumerate(_MAILS, 1):
        at = datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=mail.days, hours=number)
        lines = (
            f"From: {mail.sender}",
            f"To: {ROBIN.name} <{ROBIN.email}>",
            f"Subject: {mail.subject}",
            f"Date: {format_datetime(at)}",
            f"Message-ID: <demo.mail.{number}@hale.example>",
            *mail.headers,
            "Content-Type: text/plain; charset=utf-8",
            "",
            mail.body,
            "",
        )
        (folder / f"{number:02}.eml").write_text("\n".join(lines), encoding="utf-8")
