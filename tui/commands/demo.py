"""`ringback demo`: the inbox on invented data."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.output import emit, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.settings import Settings


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

    Your own data file is neither read nor written. Unless the data is kept, the demo has a mailbox of its
    own, and none of your sources is read; your other settings hold.
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

    from store.settings import load, locate

    yours = load(locate())
    with TemporaryDirectory(prefix="ringback-demo-") as folder, _at_home_in(Path(folder)):
        file = Path(folder) / "ringback.json"
        _make(file)
        _receive(file, yours)
        _open(file)
    tell("The demo is over and its data is gone; ringback demo --keep PATH keeps it.")


@contextmanager
def _at_home_in(folder: "Path") -> "Iterator[None]":
    """Keep configuration and state beside the data: they go with it, and no source of yours is read."""
    import os

    theirs = {"RINGBACK_STATE": str(folder / "state"), "RINGBACK_CONFIG": str(folder / "config.toml")}
    before = {name: os.environ.get(name) for name in theirs}
    os.environ.update(theirs)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _make(file: "Path") -> None:
    from store.clock import now
    from store.demo import create
    from store.errors import StoreError

    if file.exists():
        raise StoreError(f"{file} is there already.", "Name a file that does not exist yet.")
    create(file, now())


def _receive(file: "Path", yours: "Settings") -> None:
    from store.clock import now
    from store.demo_mail import receive

    receive(file, now(), yours)


def _open(file: "Path") -> None:
    from tui.commands.common.screen import open_inbox

    open_inbox(file)
