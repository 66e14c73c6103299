"""What git's merge driver does with two sides, beside what real git tries in test_git."""

from pathlib import Path

import pytest

from store import verbs
from store.errors import FileError, ReadOnlyError
from store.joining import merge_for_git
from store.quick_add import QuickAdd, add
from store.repository import Repository


def test_git_is_refused_a_newer_format_and_keeps_edits_by_hand(tmp_path: Path) -> None:
    """The driver merges what another program edited in one side, and never writes a newer program's file."""
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    with Repository.open(base) as repository:
        id = add(repository, QuickAdd(channel="call", sender="Dana Whitfield")).row.id
        repository.transact("Edit", lambda t: verbs.edit(t, [id], pay="$100k"))
    ours.write_bytes(base.read_bytes())
    theirs.write_bytes(base.read_bytes().replace(b"$100k", b"$200k"))
    merge_for_git(base, ours, theirs)
    assert b'"pay":"$200k"' in ours.read_bytes()
    theirs.write_bytes(theirs.read_bytes().replace(b'"min_writer":1', b'"min_writer":9'))
    before = ours.read_bytes()
    with pytest.raises(ReadOnlyError):
        merge_for_git(base, ours, theirs)
    theirs.write_bytes(b'{"a":{"1":{"b":2}}}')
    with pytest.raises(FileError, match="is not a Ringback data file"):
        merge_for_git(base, ours, theirs)
    assert ours.read_bytes() == before
