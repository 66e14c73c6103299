"""What tests make and ask for, besides the fixtures of conftest: invented messages, and other programs."""

import faulthandler
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest

from store.clock import DAY, HOUR, MINUTE
from store.records.message import Contact, Message

NOW = int(datetime(2026, 11, 16, 9, tzinfo=UTC).timestamp() * 1000)
"""The moment at which the `frozen` clock stands: Monday 16 November 2026, 10:00 in the tests' zone."""

INSTALL = {"dovecot": "dovecot-imapd"}
"""The Debian package that brings a program, where it has another name."""


SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
"""Where programs are looked for: servers lie where only administrators look."""


def needs(program: str) -> pytest.MarkDecorator:
    """Skip a test where a program is not installed, and say how to get it."""
    package = INSTALL.get(program, program)
    return pytest.mark.skipif(
        shutil.which(program, path=SEARCHED) is None,
        reason=f"{program} is not installed: apt-get install {package}",
    )


def calls_of(function: Callable[[], object]) -> int:
    """Count the calls that a function makes, of built-in ones too: the work in it, whatever a clock says."""
    count = 0

    def counted(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def no_hang() -> Iterator[None]:
    """End the process, and tell where it stood, if this takes a minute: nothing but a hang does.

    Made for inputs of which a search whose time grows with the square makes hours; it hears no signal.
    """
    faulthandler.dump_traceback_later(60, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def ago(days: float = 0, hours: float = 0, minutes: float = 0) -> int:
    """Return a time (milliseconds) that long before the frozen moment."""
    return NOW - round(days * DAY + hours * HOUR + minutes * MINUTE)


def a_contact(name: str = "Dana Whitfield", email: str = "", **fields: Any) -> Contact:
    """Make a contact; without an address, a name becomes `given.family@northgate.example`."""
    address = email or ".".join(name.lower().split()) + "@northgate.example"
    return Contact(name=name, email="" if fields.get("phone") and not email else address, **fields)


def a_message(subject: str = "Staff Platform Engineer at Acme Robotics", **fields: Any) -> Message:
    """Make an inbound mail from a recruiter, one day old; any field of Message may be given.

    `sender` may be a name. The key follows from sender, time and subject, so that equal messages are one.
    """
    sender = fields.pop("sender", "Dana Whitfield")
    contact = a_contact(sender) if isinstance(sender, str) else sender
    at = fields.pop("at", ago(days=1))
    key = fields.pop("k", f"test:{contact.identity()}:{at}:{subject}")
    body = fields.pop(
        "body", f"Hi Robin,\n\nI am working on this: {subject}. Could we talk?\n\n{contact.name}"
    )
    threads = fields.pop("threads", (f"<{key}>",))
    return Message(k=key, sender=contact, at=at, subject=subject, body=body, threads=threads, **fields)
