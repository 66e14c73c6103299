"""`ringback demo`: the inbox on invented data."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.output import emit, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command()
@click.option(
    "--keep",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Keep the data in this file.",
)
@click.option("--no-open", is_flag=True, help="Make the file and open nothing.")
def demo(keep: str | None, *, no_open: bool) -> None:
    """Open the inbox on invented data.

    Your own data file is neither read nor written.
    """
    if keep is None and no_open:
        raise click.UsageError("--no-open needs --keep PATH, or nothing would be left.")
    from pathlib import Path

    if keep is not None:
        kept = Path(keep)
        _make(kept)
        emit(keep)
        if not no_open:
            _open(kept)
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ringback-demo-") as folder, _state_in(folder):
        file = Path(folder) / "ringback.json"
        _make(file)
        _open(file)
    tell("The demo is over and its data is gone; ringback demo --keep PATH keeps it.")


@contextmanager
def _state_in(folder: str) -> "Iterator[None]":
    """Keep what this machine notes about the data beside the data, so that it goes with it."""
    import os

    before = os.environ.get("RINGBACK_STATE")
    os.environ["RINGBACK_STATE"] = os.path.join(folder, "state")  # noqa: PTH118 - a text is wanted
    try:
        yield
    finally:
        if before is None:
            del os.environ["RINGBACK_STATE"]
        else:
            os.environ["RINGBACK_STATE"] = before


def _make(file: "Path") -> None:
    from store.clock import now
    from store.demo import create
    from store.errors import StoreError

    if file.exists():
        raise StoreError(f"{file} is there already.", "Name a file that does not exist yet.")
    create(file, now())


def _open(file: "Path") -> None:
    from tui.commands.common.screen import open_inbox

    open_inbox(file)
