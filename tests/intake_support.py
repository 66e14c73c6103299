"""Mailboxes of recruiters and of others, and taking them in, for the tests of the intake."""

from pathlib import Path

from mails import a_mail, in_mbox
from store.intake.left_out import Left
from store.intake.memory import Memory
from store.intake.pulling import Request, pull
from store.intake.report import PullReport
from store.repository import Repository
from store.settings import Settings

PITCH = "I came across your profile. My client is hiring a Staff Engineer. Are you open to a call?\n\n{}"
NEWS = "Our newsletter of this week: the webinar on gardens. View in browser.\n"
DAY = "Tue, {} Mar 2026 09:30:00 +0000"


def pitch(number: int, *, phone: str = "", **headers: str) -> bytes:
    """Return a recruiter's mail."""
    words = {"From": f"Dana {number} <dana{number}@northgate{number}.example>", **headers}
    named = {"message_id": f"<p{number}@northgate.example>", "Date": DAY.format(10), **words}
    return a_mail(PITCH.format(f"Best,\n\nDana\n{phone}\n"), **named)


def news(number: int, **headers: str) -> bytes:
    """Return a mail that is no outreach."""
    named = {
        "message_id": f"<n{number}@shop.example>",
        "From": f"Shop <news{number}@shop.example>",
        **headers,
    }
    return a_mail(NEWS, Subject=f"Gardens {number}", **named)


def box(folder: Path, *mails: bytes, name: str = "box.mbox") -> Path:
    """Write a mailbox."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(in_mbox(*mails))
    return path


def take(repository: Repository, *paths: Path, dry_run: bool = False, everything: bool = False) -> PullReport:
    """Pull files."""
    return pull(repository, Request(paths=paths, dry_run=dry_run, everything=everything))


def left(repository: Repository) -> list[Left]:
    """Return what was left out."""
    with Memory.of(repository) as memory:
        return list(memory.left_out.everything())


def subjects(repository: Repository) -> set[str]:
    """Return the subjects of the messages in the file."""
    rows = (document for _, document in repository.documents.items("messages"))
    return {str(document.get("subject")) for document in rows if not document.get("gone")}


def with_folder(repository: Repository, folder: Path) -> None:
    """Let the configuration name a folder."""
    repository.settings = Settings(sources={"drop": {"kind": "folder", "path": str(folder)}})
