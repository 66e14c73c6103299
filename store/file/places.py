"""Where the private state of one data file lives on this machine.

The state folder is never synced: it holds the journal, the shadow, drafts and backups. Machines that
share a home folder do not share state, hence one folder for each host; a data file is known by its real
path, so a symlink leads to the same state.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

import msgspec

from store import clock
from store.errors import StoreError
from store.file import disk
from store.ids import hash63

_KEPT_ASIDE = 30 * clock.DAY


class StateFolder(msgspec.Struct, frozen=True):
    """The files that this machine keeps for one data file."""

    folder: Path

    @classmethod
    def of(cls, data_file: Path, state_root: Path) -> "StateFolder":
        """Return the state folder of a data file, made if it is missing.

        Raises StoreError where it cannot be made.
        """
        state = cls.at(data_file, state_root)
        try:
            for folder in (state.folder, state.drafts, state.backups, state.aside):
                disk.private_folder(folder)
        except OSError as error:
            raise StoreError(
                f"The state folder {state.folder} cannot be made: {disk.reason(error)}.",
                "Make it writable, or set RINGBACK_STATE to another folder.",
            ) from error
        return state

    @classmethod
    def at(cls, data_file: Path, state_root: Path) -> "StateFolder":
        """Return the state folder of a data file, whether it is there or not."""
        real = os.path.realpath(data_file)
        return cls(state_root / host() / f"{hash63(os.fsdecode(real)):016x}")

    @property
    def journal(self) -> Path:
        """The log of every change."""
        return self.folder / "journal.log"

    @property
    def journal_lock(self) -> Path:
        """Held while the journal grows; never removed, so that its inode tells a copied folder."""
        return self.folder / "journal.lock"

    @property
    def publish_lock(self) -> Path:
        """Held while the published file is replaced."""
        return self.folder / "publish.lock"

    @property
    def pull_lock(self) -> Path:
        """Shared by those that read sources, so that nobody undoes what is still being read."""
        return self.folder / "pull.lock"

    @property
    def node(self) -> Path:
        """This machine's name in stamps, and what it was made for."""
        return self.folder / "node.json"

    @property
    def published(self) -> Path:
        """What was last published, and how far into the journal that reached."""
        return self.folder / "published.json"

    @property
    def index(self) -> Path:
        """The lists as of the published file, so that opening need not read every message."""
        return self.folder / "index"

    @property
    def summary(self) -> Path:
        """The counts as of the published file."""
        return self.folder / "summary.json"

    @property
    def scrubbed(self) -> Path:
        """Which purges everything here was gone through for."""
        return self.folder / "scrubbed"

    @property
    def copies(self) -> Path:
        """What is known of the files beside the data file."""
        return self.folder / "copies.json"

    @property
    def intake(self) -> Path:
        """What is remembered of sources: what was left out, how far they were read."""
        return self.folder / "intake.sqlite"

    @property
    def drafts(self) -> Path:
        """A file for each form that is being filled in."""
        return self.folder / "drafts"

    @property
    def backups(self) -> Path:
        """Compressed copies, by day."""
        return self.folder / "backups"

    @property
    def aside(self) -> Path:
        """Bytes that were replaced, damaged or absorbed, kept in case they are wanted."""
        return self.folder / "aside"

    @property
    def opened(self) -> Path:
        """Attachments that were opened, each in a folder of its own, for a day."""
        return self.folder / "opened"

    def aside_path(self, name: str) -> Path:
        """Return a new path in `aside` for a file of this name."""
        return self.aside / f"{clock.now()}-{os.urandom(2).hex()}-{name}"

    def sweep(self) -> None:
        """Remove temporaries that crashed writers left an hour ago, and what was put aside a month ago."""
        for folder in (self.folder, self.backups, self.drafts, self.aside):
            _remove_older(folder, ".~*.tmp", clock.HOUR)
        _remove_older(self.aside, "*", _KEPT_ASIDE)
        self.clear_opened()

    def clear_opened(self, *, everything: bool = False) -> None:
        """Remove what was opened a day ago, or all of it: whoever looks at it has it loaded."""
        for folder in self.opened.glob("*"):
            with suppress(OSError):
                if everything or folder.stat().st_mtime * 1000 < clock.now() - clock.DAY:
                    for path in folder.glob("*"):
                        disk.remove(path)
                    folder.rmdir()


def _remove_older(folder: Path, names: str, age: int) -> None:
    for path in folder.glob(names):
        with suppress(OSError):
            if path.stat().st_mtime * 1000 < clock.now() - age:
                disk.remove(path)


def host() -> str:
    """Return this machine's name as a folder name."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", os.uname().nodename.partition(".")[0]).strip("-")
    return name.lower() or "host"
