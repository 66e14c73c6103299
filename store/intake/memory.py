"""All that this machine remembers of its sources, opened as one."""

import sqlite3
from contextlib import AbstractContextManager
from functools import partial
from types import TracebackType
from typing import Self

from store.errors import FileError
from store.file.documents import Documents
from store.file.places import StateFolder
from store.file.purge import PURGED
from store.intake.checkpoints import Checkpoints
from store.intake.database import connect, put_aside
from store.intake.left_out import LeftOut, State
from store.intake.originals import Originals
from store.intake.read_files import ReadFiles
from store.intake.reads import Reads
from store.repository import Repository


class Memory(AbstractContextManager["Memory"]):
    """One open database; belongs to the thread that opened it.

    Damage that shows only while it is used puts it aside; that, and whatever else keeps it from being read
    or written, is a FileError.
    """

    def __init__(self, state: StateFolder, documents: Documents | None = None) -> None:
        """Open it; without documents, all that was ever taken in counts as being in the file."""
        self._state = state
        self._connection = connect(state)
        try:
            state_of = partial(_state_of, documents) if documents is not None else None
            self.left_out = LeftOut(self._connection, state_of)
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
        return cls(repository.state_folder, repository.documents)

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


def _state_of(documents: Documents, id: int) -> State:
    if documents.raw(PURGED, id) is not None:
        return "purged"
    document = documents.get("messages", id)
    return "there" if document is not None and not document.get("gone") else ""
