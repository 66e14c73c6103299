"""Looks for queries in a thread, always the newest one, so that typing never waits."""

from collections.abc import Callable, Sequence
from threading import Condition, Thread

from store.rules.query import Query

Find = Callable[[Query], Sequence[int]]
"""Returns the opportunities that a query fits, in the order of a list. Called in the thread."""
Found = Callable[[Query, Sequence[int]], None]
"""Takes what was found. Called in the thread."""
Failed = Callable[[Query, Exception], None]
"""Takes what kept a query from being answered. Called in the thread."""


class Finder:
    """A thread that answers the newest query; what was asked meanwhile is skipped, and no failure ends it."""

    def __init__(self, find: Find, found: Found, failed: Failed) -> None:
        self._find = find
        self._found = found
        self._failed = failed
        self._wanted: Query | None = None
        self._stopped = False
        self._condition = Condition()
        self._thread: Thread | None = None

    def look_for(self, query: Query) -> None:
        """Look for a query."""
        with self._condition:
            self._wanted = query
            self._condition.notify()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="search", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        with self._condition:
            self._stopped = True
            self._condition.notify()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._stopped or self._wanted is not None)
                query, self._wanted = self._wanted, None
                if self._stopped or query is None:
                    return
            try:
                self._found(query, self._find(query))
            except Exception as error:  # whatever one query did, the next one is answered
                self._failed(query, error)
