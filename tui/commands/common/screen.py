"""The one way from the command line into the full-screen inbox."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_inbox(file: "Path | None") -> None:
    """Open the inbox on a data file, by default the one in the platform's data folder."""
    from store.repository import Repository
    from tui.app import run_inbox

    with Repository.open(file) as repository:
        run_inbox(repository, repository.settings, ascii=False, view=None)
