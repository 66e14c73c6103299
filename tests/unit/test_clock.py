"""The clock: what stands in for the present time."""

import pytest

from store import clock
from store.errors import UsageError


def test_a_time_may_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """ISO 8601 is read, for pictures and tests."""
    monkeypatch.setenv("RINGBACK_NOW", "1970-01-02T00:00:00+00:00")
    assert clock.now() == clock.DAY


@pytest.mark.parametrize("words", ["garbage", "2026-13-01", " "])
def test_what_is_no_time_is_said(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """A sentence names the variable; the command line ends with 2."""
    monkeypatch.setenv("RINGBACK_NOW", words)
    with pytest.raises(UsageError, match=r"RINGBACK_NOW is .* which is no time"):
        clock.now()
