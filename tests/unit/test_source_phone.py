"""Backups and exports of telephones that others made."""

from pathlib import Path

import pytest

from mails import messages, read_path
from store.sources.source import Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("folder", ["android", "smsbackup", "gvoice", "whatsapp"])
def test_the_corpus(folder: str) -> None:
    """Every file can be read, and the same keys come with every reading."""
    path = CORPUS / folder
    first, second = messages(read_path(path)), messages(read_path(path))
    assert first
    assert [message.k for message in first] == [message.k for message in second]
    assert not [item for item in read_path(path) if isinstance(item, Unreadable)]
