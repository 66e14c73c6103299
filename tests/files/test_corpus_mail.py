"""The corpus of real and invented mails, where it is there: everything is read, skipped or reported."""

from pathlib import Path

import pytest

from mails import messages, read_path, reasons
from store.records.message import Contact, Message
from store.sources import Original, Own, Skipped, Unreadable
from store.sources.html import to_text
from store.sources.quoting import split

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")


@pytest.mark.parametrize("folder", ["mime", "takeout", "linkedin_email", "quoting", "paste"])
def test_everything_is_read_skipped_or_told(folder: str) -> None:
    """No file raises, and reading the folder again gives the same."""
    items = read_path(CORPUS / folder)
    assert all(isinstance(item, Message | Original | Skipped | Unreadable | Own) for item in items)
    for message in messages(items):
        f"{message}".encode()
    assert read_path(CORPUS / folder) == items


def test_each_file_by_name() -> None:
    """A file that was named is read, or a sentence says why not."""
    for path in sorted((CORPUS / "mime").rglob("*")):
        if path.is_file():
            items = read_path(path)
            assert messages(items) or all(reason.endswith(".") for reason in reasons(items)), path


def test_takeout() -> None:
    """The invented Takeout: three messages, one chat left out, text as it was written."""
    items = read_path(CORPUS / "takeout" / "All mail Including Spam and Trash.mbox")
    first, second, third = messages(items)
    assert first.body.startswith("Hi Robin\nFrom the start of the line, quoted by Takeout")
    assert (first.read, second.read, third.direction) == (False, True, "out")
    assert second.signature == "-- \nDana"
    assert reasons(items) == ["chat"]


def test_linkedin_mails() -> None:
    """Messages and invitations are on LinkedIn's channels, by the member's name; an alert is a mail."""
    found = {message.channel: message.sender for message in messages(read_path(CORPUS / "linkedin_email"))}
    assert found["linkedin_inmail"] == found["linkedin_invite"] == Contact(name="Dana Whitfield")
    assert found["email"].email == "jobalerts-noreply@linkedin.com"


def test_standard_replies() -> None:
    """The same answer, sent with a dozen mail programs, must come out alike."""
    found = messages(read_path(CORPUS / "quoting" / "mailgun__talon" / "standard_replies"))
    assert [message.body for message in found] == ["Hello"] * 12
    assert all(message.quoted for message in found)


def test_replies_in_html() -> None:
    """The same for answers in HTML, from nine mail programs."""
    for path in sorted((CORPUS / "quoting" / "mailgun__talon" / "html_replies").iterdir()):
        found = split(to_text(path.read_text(encoding="utf-8")))
        assert found.body == "Hi. I am fine.", path.name
        assert found.signature.startswith("Thanks,"), path.name
        assert "Hello! How are you?" in found.quoted, path.name
