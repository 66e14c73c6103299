"""The one way from the command line into the full-screen inbox."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_inbox(file: "Path | None") -> None:
    """Open the inbox on a data file, by default the one in the platform's data folder."""
    from store.repository import Repository

    # A large file is read from the disk while Textual is being loaded.
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(Repository.open, file)
        from tui.app import run_inbox
    with opening.result() as repository:
        repository.hurried = False
        run_inbox(repository, repository.settings, ascii=False, view=None)
