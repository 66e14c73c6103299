"""How far each source was read, in words of its own: a server's folder, up to which message."""

import sqlite3
from collections.abc import Mapping


class Checkpoints:
    """State by key, both made by the source."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, prefix: str) -> Mapping[str, str]:
        """Return the states whose keys begin so."""
        found = self._connection.execute("SELECT key, state FROM checkpoints")
        return {key: state for key, state in found if key.startswith(prefix)}

    def keep(self, key: str, state: str) -> None:
        """Keep a state. The caller commits."""
        self._connection.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", (key, state))
