"""The time, as milliseconds since 1970 UTC, and the user's zone."""

import os
import time
from datetime import UTC, datetime, tzinfo

from store.errors import UsageError

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """Return the present time in milliseconds; `RINGBACK_NOW` (ISO 8601) stands in for it, for pictures.

    Raises UsageError where that is no time.
    """
    fixed = os.environ.get("RINGBACK_NOW")
    if fixed:
        try:
            return int(datetime.fromisoformat(fixed).timestamp() * 1000)
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"RINGBACK_NOW is {fixed!r}, which is no time.", "Write it as 2026-11-16T09:00, or unset it."
            ) from None
    return int(time.time() * 1000)


def local(at: int, zone: tzinfo | None = None) -> datetime:
    """Return `at` (milliseconds) as an aware time in `zone`, by default the user's."""
    try:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def iso(at: int) -> str:
    """Return `at` (milliseconds) as ISO 8601 with the user's zone, to the second."""
    return local(at).isoformat(timespec="seconds")
