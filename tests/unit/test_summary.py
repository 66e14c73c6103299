"""Counts for a prompt are those of the inbox, whether a summary is there or not."""

import os
from pathlib import Path

from store import settings, verbs
from store.clock import DAY
from store.records.message import message_fields
from store.repository import Repository
from store.summary import read_status
from support import NOW, a_message


def fill(path: Path) -> None:
    """Make a file with two opportunities, one of them snoozed for a day."""
    with Repository.open(path) as repository:
        for sender in ("Dana Whitfield", "Priya Nair"):
            message = a_message("Staff Platform Engineer", sender=sender)
            repository.transact(
                "Import",
                lambda transaction, message=message: transaction.insert(  # type: ignore[misc]
                    "messages", message.k, message_fields(message)
                ),
            )
        id = repository.index.view("new")[0]
        repository.transact("Snooze", lambda transaction: verbs.snooze(transaction, [id], NOW + DAY))


def test_the_summary_counts_as_the_inbox_does(tmp_path: Path, frozen: object) -> None:
    """With the summary and without it, the counts are the same, also at a later time."""
    path = tmp_path / "ringback.json"
    fill(path)
    paths = settings.locate(path)
    quick = [read_status(paths, NOW), read_status(paths, NOW + 2 * DAY)]
    for summary in Path(os.environ["RINGBACK_STATE"]).rglob("summary.json"):
        summary.unlink()
    slow = [read_status(paths, NOW), read_status(paths, NOW + 2 * DAY)]
    assert quick == slow
    assert (quick[0]["new"], quick[0]["snoozed"], quick[0]["due"]) == (1, 1, 0)
    assert (quick[1]["new"], quick[1]["snoozed"], quick[1]["due"]) == (2, 0, 1)


def test_configured_addresses_count_as_in_the_inbox(tmp_path: Path, frozen: object) -> None:
    """Mail from an address that the configuration names is the user's own, for the prompt too."""
    path = tmp_path / "ringback.json"
    fill(path)
    Path(os.environ["RINGBACK_CONFIG"]).write_text('own_addresses = ["Priya.Nair@northgate.example"]\n')
    assert read_status(settings.locate(path), NOW)["all"] == 1
    with Repository.open(path) as repository:
        assert repository.index.counts()["all"] == 1
