"""All that this machine remembers of its sources, opened as one."""

from contextlib import AbstractContextManager
from types import TracebackType

from store.file.places import StateFolder
from store.intake.checkpoints import Checkpoints
from store.intake.database import connect
from store.intake.left_out import LeftOut
from store.intake.originals import Originals
from store.intake.read_files import ReadFiles
from store.intake.reads import Reads


class Memory(AbstractContextManager["Memory"]):
    """One open database; belongs to the thread that opened it."""

    def __init__(self, state: StateFolder) -> None:
        self._connection = connect(state)
        self.left_out = LeftOut(self._connection)
        self.originals = Originals(self._connection)
        self.checkpoints = Checkpoints(self._connection)
        self.files = ReadFiles(self._connection)
        self.reads = Reads(self._connection)

    def commit(self) -> None:
        """Keep what was written."""
        self._connection.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
