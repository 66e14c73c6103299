"""Brings changes to the disk and into the synced file while nobody waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from store.errors import StoreError
from store.repository import Repository
from tui.unexpected import unexpected

_GATHER = 0.2
"""Seconds for which keys in quick succession are gathered into one write."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at whether another program replaced the file."""
_AGAIN_AFTER = 5.0
"""Seconds until what could not be written is tried again."""

Told = Callable[[StoreError | None], None]
"""Takes what kept changes out of the synced file, None once they are in it. Called in the thread."""


class Publisher:
    """A thread that publishes within a second of a change, and merges what others put in the file's place."""

    def __init__(self, repository: Repository, told: Told) -> None:
        self._repository = repository
        self._told = told
        self._changed = Event()
        self._stopped = False
        self._recreate = False
        self._busy = Lock()
        self._thread = Thread(target=self._run, name="publisher", daemon=True)

    def start(self) -> None:
        """Begin to look after the file."""
        self._thread.start()

    def recreate(self) -> None:
        """Write a file that went missing anew from what this machine knows."""
        self._recreate = True
        self._changed.set()

    def wake(self) -> None:
        """Tell that something changed."""
        self._changed.set()

    def stop(self) -> None:
        """End, when what is being written is written; closing the repository does the rest."""
        self._stopped = True
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Write nothing and hold no lock of the file while the block runs."""
        with self._busy:
            yield

    def _is_due(self) -> bool:
        """Whether there is something to write that nobody told of, or that another program put there."""
        return self._repository.unpublished or self._repository.replaced()

    def _run(self) -> None:
        failed = False
        while True:
            changed = self._changed.wait(_AGAIN_AFTER if failed else _LOOK_EVERY)
            if self._stopped:
                return
            self._changed.clear()
            try:
                if changed:
                    self._repository.sync()
                    Event().wait(_GATHER)
                with self._busy:
                    published = changed or failed or self._is_due()
                    if published:
                        recreate, self._recreate = self._recreate, False
                        self._repository.publish(recreate=recreate)
                if published:
                    self._told(None)
                failed = False
            except OSError as error:
                failed = True
                self._told(StoreError(f"The changes are not on the disk yet: {error}."))
            except Exception as error:  # whatever it was, it is tried again
                failed = True
                self._told(unexpected("The changes are not in the file yet", error))
