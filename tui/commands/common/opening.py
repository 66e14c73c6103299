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


def chosen_file() -> "Path | None":
    """Return what `--file` names; None leaves it to the settings."""
    from pathlib import Path

    file = click.get_current_context().find_root().obj
    return Path(file) if file else None


def paths() -> "Paths":
    """Return where the data file, the configuration and the machine's own state are."""
    from store.settings import locate

    return locate(chosen_file())


@contextmanager
def opened(*, create: bool = False) -> Iterator["Repository"]:
    """Open the data file and tell what opening healed or merged; leaving publishes what changed."""
    from store.repository import Repository

    with Repository.open(chosen_file(), create=create) as repository:
        for sentence in repository.told:
            tell(sentence)
        yield repository
