"""The one way from the command line into the full-screen inbox."""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_inbox(file: "Path | None") -> None:
    """Open the inbox on a data file, by default the one in the platform's data folder.

    Raises UsageError where there is no terminal to show it on.
    """
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stdout__ and sys.__stdout__.isatty()):
        from store.errors import UsageError

        raise UsageError(
            "The inbox needs a terminal.", "ringback inbox lists it as text, --help shows the rest."
        )
    from store.repository import Repository

    # A large file is read from the disk while Textual is being loaded.
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(Repository.open, file)
        from tui.app import run_inbox
    with opening.result() as repository:
        repository.hurried = False
        run_inbox(repository, repository.settings, ascii=False, view=None)
