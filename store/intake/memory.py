"""All that this machine remembers of its sources, opened as one."""

import sqlite3
from contextlib import AbstractContextManager
from functools import cached_property
from types import TracebackType
from typing import Self

from store.errors import FileError
from store.file.places import StateFolder
from store.file.purge import PURGED
from store.intake.checkpoints import Checkpoints
from store.intake.database import connect, put_aside
from store.intake.left_out import LeftOut
from store.intake.originals import Originals
from store.intake.read_files import ReadFiles
from store.intake.reads import Reads
from store.repository import Repository


class Memory(AbstractContextManager["Memory"]):
    """One open database; belongs to the thread that opened it.

    Damage that shows only while it is used puts it aside; that, and whatever else keeps it from being read
    or written, is a FileError.
    """

    def __init__(self, state: StateFolder, repository: Repository | None = None) -> None:
        """Open it; without a repository, nothing counts as being in the file."""
        self._state = state
        self._repository = repository
        self._connection = connect(state)
        try:
            self.originals = Originals(self._connection)
        except sqlite3.Error as error:
            self._close(error)
            raise
        self.checkpoints = Checkpoints(self._connection)
        self.files = ReadFiles(self._connection)
        self.reads = Reads(self._connection)

    @classmethod
    def of(cls, repository: Repository) -> Self:
        """Open what is remembered beside a data file."""
        return cls(repository.state_folder, repository)

    @cached_property
    def left_out(self) -> LeftOut:
        """The messages that were left out, of those that are not in the file by now."""
        if self._repository is None:
            return LeftOut(self._connection)
        there = {id for row in self._repository.index.rows.values() for id in row.messages}
        purged = {id for id, _ in self._repository.documents.raw_items(PURGED) if isinstance(id, int)}
        return LeftOut(self._connection, there, purged)

    def commit(self) -> None:
        """Keep what was written."""
        self._connection.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(error)

    def _close(self, error: BaseException | None) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise FileError(
                f"{self._state.intake} cannot be read or written: {error}.",
                "Another Ringback may be reading sources: try again. Or check its permissions, and the disk.",
            ) from error
        if isinstance(error, sqlite3.DatabaseError):
            put_aside(self._state)
            raise FileError(
                f"{self._state.intake} was damaged ({error}) and is put aside.",
                "Do it again; what was left out is kept anew when its sources are read.",
            ) from error
