"""Opening the data file that the command line names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.output import tell

if TYPE_CHECKING:
    from pathlib import Path

    from store.repository import Repository
    from store.settings import Paths


def chosen_file(ctx: click.Context | None = None) -> "Path | None":
    """Return what `--file` names; None leaves it to the settings."""
    from pathlib import Path

    file = (ctx or click.get_current_context()).find_root().params.get("file")
    return Path(file) if file else None


def paths() -> "Paths":
    """Return where the data file, the configuration and the machine's own state are."""
    from store.settings import locate

    return locate(chosen_file())


@contextmanager
def opened(*, create: bool = False, adopt: bool = False, copies: bool = True) -> Iterator["Repository"]:
    """Open the data file and tell what opening healed or merged; leaving publishes what changed.

    With `adopt`, another database at its place becomes one with what this machine knows. What became of
    `copies` beside it is left to who tells it anyway.
    """
    from store.repository import Repository

    with Repository.open(chosen_file(), create=create, adopt=adopt) as repository:
        if not copies:
            repository.forget_what_copies_told()
        _tell_what_was_healed(repository)
        yield repository
    _tell_what_was_healed(repository)


def _tell_what_was_healed(repository: "Repository") -> None:
    for sentence in repository.told:
        tell(sentence)
    repository.told.clear()
