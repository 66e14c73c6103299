"""Stamps and contexts."""

import pytest

from store.file.stamps import Stamp, covers, join


def test_a_stamp_reads_back() -> None:
    """A stamp is written as node, sequence and time in base 36, and read back the same."""
    stamp = Stamp("k3f9a2", 100, 1_790_000_000_000)
    assert str(stamp) == "k3f9a2.2s.mubbs7i8"
    assert Stamp.parse(str(stamp)) == stamp
    assert str(Stamp("k3f9a2", 0, 35)) == "k3f9a2.0.z"
    assert stamp.dot == ("k3f9a2", 100)


@pytest.mark.parametrize(
    "text",
    [
        *("", "k3f9a2", "k3f9a2.1", "k3f9a2.01.1", "k3f9a2.1.1.1", "K3F9A2.1.1", "k3f.1.1", "k3f9a2.-1.1"),
        *("k3f9a2.1.1\n", " k3f9a2.1.1", "k3f9a2.１.1", "k3f9a2.1_0.1", "k3f9a2." + "z" * 14 + ".1"),
    ],
)
def test_only_what_we_write_is_a_stamp(text: str) -> None:
    """A text that no stamp would be written as is none, and reading it never fails."""
    assert Stamp.parse(text) is None


def test_negative_numbers_are_refused() -> None:
    """A time before 1970 cannot be written: the maker of stamps must not pass one."""
    with pytest.raises(ValueError, match="negative"):
        str(Stamp("k3f9a2", 1, -1))


def test_a_context_covers_what_it_has_seen() -> None:
    """A context has seen all of a node's writes up to a sequence, and a joined one what any had seen."""
    seen = join([{"aaaaaa": 2}, {"aaaaaa": 5, "bbbbbb": 1}, {}])
    assert seen == {"aaaaaa": 5, "bbbbbb": 1}
    assert covers(seen, Stamp("aaaaaa", 5, 0))
    assert not covers(seen, Stamp("bbbbbb", 2, 0))
    assert not covers(seen, Stamp("cccccc", 1, 0))
