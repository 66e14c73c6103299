"""Messages in a data file whose originals are known: as a pull leaves them, without judging them."""

from base64 import encodebytes
from contextlib import closing
from pathlib import Path

from inbox_support import fill
from mails import a_mail, messages, multipart, read_path
from store.intake.database import connect
from store.intake.originals import Originals
from store.records.message import Message
from store.repository import Repository
from store.sources.source import Original

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + bytes(range(256))
WORDS = (
    "Hi Robin,\n\nI am a recruiter and came across your profile. My client Acme Robotics is hiring a Staff "
    "Platform Engineer. Are you open to a call this week?\n\nThe description is attached.\n"
)
"""What nobody takes for anything but outreach."""


def with_files(*files: tuple[str, str, bytes], **headers: str | None) -> bytes:
    """Make a mail that carries files: (name, type, bytes)."""
    parts: list[str | bytes] = ["Content-Type: text/plain\n\n" + WORDS]
    for name, kind, data in files:
        head = f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n'
        parts.append(head.encode() + b"Content-Transfer-Encoding: base64\n\n" + encodebytes(data))
    kind, body = multipart("mixed", *parts)
    return a_mail(body, content_type=kind, **headers)


def take_in(repository: Repository, path: Path) -> list[Message]:
    """Read a path, put its messages into the data file and remember where they lie; return them."""
    items = read_path(path)
    found = messages(items)
    fill(repository, *found)
    with closing(connect(repository.state_folder)) as connection:
        Originals(connection).remember(item for item in items if isinstance(item, Original))
        connection.commit()
    return found
