"""Invented mails as bytes, for the tests of the readers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from store.records.message import Message
from store.sources import Item, Own, Skipped, Source, Unreadable, identify
from store.sources.appraising import Prepared
from store.sources.in_step import Steps, at_once
from store.sources.mime import open_mail, read_mail

PLAIN = "Hi Robin,\n\nI am hiring a Staff Platform Engineer for Acme Robotics. Could we talk this week?\n"


def a_mail(body: str | bytes = PLAIN, /, **headers: str | None) -> bytes:
    """Make a mail with LF line ends; `message_id="…"` sets Message-ID, None leaves a header out."""
    fields: dict[str, str | None] = {
        "From": "Dana Whitfield <dana@northgate.example>",
        "To": "Robin Vale <robin@vale.example>",
        "Subject": "Staff Platform Engineer",
        "Date": "Tue, 10 Mar 2026 09:30:00 +0000",
        "Message-ID": "<m1@northgate.example>",
    }
    spelled = {name.lower().replace("-", "_"): name for name in fields}
    for name, value in headers.items():
        fields[spelled.get(name, name.replace("_", "-"))] = value
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    return head.encode() + b"\n" + (body if isinstance(body, bytes) else body.encode())


def multipart(kind: str, *parts: str | bytes) -> tuple[str, bytes]:
    """Return the content type and the body of a multipart whose parts bring their own headers."""
    made = [part.encode() if isinstance(part, str) else part for part in parts]
    edge = b"=_edge%d" % sum(map(len, made))  # another one for each level of nesting
    body = b"".join(b"--" + edge + b"\n" + part + b"\n" for part in made) + b"--" + edge + b"--\n"
    return f'multipart/{kind}; boundary="{edge.decode()}"', body


def in_mbox(
    *mails: bytes, separator: bytes = b"From dana@northgate.example Tue Mar 10 09:30:00 2026"
) -> bytes:
    """Put mails into an mbox, quoting as mboxrd does."""
    out = b""
    for mail in mails:
        lines = [
            b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in mail.split(b"\n")
        ]
        out += separator + b"\n" + b"\n".join(lines).rstrip(b"\n") + b"\n\n"
    return out


def read_message(raw: bytes, place: str, *, fallback_at: int | None) -> Message | Unreadable | Skipped:
    """Read one mail from its bytes; `fallback_at` (milliseconds) stands in where it has no usable date."""

    def reading() -> Steps[Message | Unreadable | Skipped]:
        yield (yield from read_mail(open_mail(raw), place, fallback_at=fallback_at))

    items: Iterator[Message | Unreadable | Skipped] = at_once(reading())
    return next(items)


def read_all(sources: Iterable[Source | Unreadable]) -> list[Item]:
    """Read everything that `identify` yielded."""
    items: list[Item] = []
    for source in sources:
        if isinstance(source, Unreadable):
            items.append(source)
        else:
            items.extend(map(_as_read, source.read(lambda done: None)))
    return items


def _as_read(item: Item) -> Item:
    """Return a message that was prepared for being taken in as it was read."""
    return item.message if isinstance(item, Prepared) else item


def read_path(path: Path) -> list[Item]:
    """Read everything at a path."""
    return read_all(identify(path))


def messages(items: Iterable[Item]) -> list[Message]:
    """Return the messages among what a source yielded."""
    return [item for item in map(_as_read, items) if isinstance(item, Message)]


def reasons(items: Iterable[Item]) -> list[str]:
    """Return why things were skipped or could not be read."""
    return [item.reason for item in items if isinstance(item, Skipped | Unreadable)]


def own(items: Iterable[Item]) -> list[str]:
    """Return the addresses seen to be the user's own."""
    return [item.email for item in items if isinstance(item, Own)]
