"""The journal: what is appended is found again, by everyone, across generations."""

import os
import threading
from pathlib import Path

import pytest
import time_machine

from fault_support import DONE, a_record, a_state, append, end_of, sequences, start_child
from store.clock import DAY
from store.errors import StoreError
from store.file.journal import KEPT_ACTIONS, START, Journal
from store.file.places import StateFolder
from support import NOW


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    """Make a state folder."""
    return a_state(tmp_path)


def test_a_record_comes_back_as_it_was(state: StateFolder) -> None:
    """Documents travel as bytes, unchanged; a new reader finds every field."""
    record = a_record(1, time=NOW, action="Set aside – später")
    journal = Journal(state)
    with journal.lock():
        journal.append(record)
    tail = Journal(state).tail()
    assert tail.records == (record,)
    assert tail.position.sequence == 1
    assert not tail.restarted


def test_no_journal_is_an_empty_one(state: StateFolder) -> None:
    """Reading where nothing was written finds nothing, and makes nothing."""
    tail = Journal(state).tail()
    assert (tail.records, tail.position, tail.restarted) == ((), START, False)
    assert not state.journal.exists()


def test_a_reader_gets_only_what_is_new(state: StateFolder) -> None:
    """A position continues where it stood, for another process's records too."""
    writer, reader = Journal(state), Journal(state)
    append(writer, 3)
    position = reader.tail().position
    assert reader.tail(position).records == ()
    append(writer, 2)
    tail = reader.tail(position)
    assert [record.sequence for record in tail.records] == [4, 5]
    assert reader.last_sequence == 5


def test_a_position_outlives_its_reader(state: StateFolder) -> None:
    """A position that was noted lets a new process read only what follows it."""
    append(Journal(state), 3)
    position = Journal(state).tail().position
    append(Journal(state), 1)
    fresh = Journal(state)
    assert [record.sequence for record in fresh.tail(position).records] == [4]
    with fresh.lock():
        assert fresh.last_sequence == 4


def test_half_a_record_is_never_read(state: StateFolder) -> None:
    """Cut anywhere, the last record is not there, and those before it are."""
    journal = Journal(state)
    append(journal, 2)
    start = journal.size
    append(journal)
    whole = state.journal.read_bytes()
    for end in range(start, len(whole)):
        state.journal.write_bytes(whole[:end])
        assert sequences(state) == [1, 2], end
    state.journal.write_bytes(whole)
    assert sequences(state) == [1, 2, 3]


@pytest.mark.parametrize("tail", [b"\0" * 500, b"\xff\xfeRB" * 40, b"{}\n", b"\xff\xfeRB" + b"\0" * 30])
def test_rubbish_behind_the_end_is_cut(state: StateFolder, tail: bytes) -> None:
    """What a crash left behind the last record does not pass for one, and the next writer removes it."""
    append(Journal(state), 2)
    good = state.journal.read_bytes()
    state.journal.write_bytes(good + tail)
    assert sequences(state) == [1, 2]
    append(Journal(state))
    assert sequences(state) == [1, 2, 3]
    assert tail not in state.journal.read_bytes()


def test_damage_in_the_middle_costs_only_what_it_hit(state: StateFolder) -> None:
    """A spoilt record does not take those behind it along, for readers and writers."""
    journal = Journal(state)
    ends = []
    for _ in range(4):
        append(journal)
        ends.append(journal.size)
    data = bytearray(state.journal.read_bytes())
    data[ends[0] + 60] ^= 0xFF
    state.journal.write_bytes(data)
    assert sequences(state) == [1, 3, 4]
    fresh = Journal(state)
    assert append(fresh) == [5]
    assert sequences(state) == [1, 3, 4, 5]


def test_words_of_a_stranger_are_no_record(state: StateFolder) -> None:
    """The bytes of a whole record inside a torn one are not taken for a record."""
    other = a_state(state.folder / "other")
    append(Journal(other))
    stolen = other.journal.read_bytes()
    journal = Journal(state)
    append(journal)
    with state.journal.open("ab") as file:
        file.write(b"\xff\xfeRB" + bytes(20) + stolen[stolen.rindex(b"\xff\xfeRB") :])
    assert sequences(state) == [1]


def test_a_journal_without_a_beginning_is_kept_aside(state: StateFolder) -> None:
    """Where the header is lost a new journal begins, its identity differs, and the bytes are kept."""
    journal = Journal(state)
    append(journal, 2)
    position = journal.tail().position
    damaged = b"\0" * 50 + state.journal.read_bytes()[50:]
    state.journal.write_bytes(damaged)
    os.utime(state.journal)
    fresh = Journal(state)
    tail = fresh.tail(position)
    assert tail.restarted
    assert fresh.identity != journal.identity
    assert "kept in" in fresh.told[0]
    assert [path.read_bytes() for path in state.aside.iterdir()] == [damaged]


def test_a_sequence_is_issued_once(state: StateFolder) -> None:
    """Appending a sequence that was there before is refused, and so is appending without the lock."""
    journal = Journal(state)
    append(journal, 2)
    with journal.lock(), pytest.raises(ValueError, match="issued before"):
        journal.append(a_record(2))
    with pytest.raises(RuntimeError, match="not held"):
        journal.append(a_record(3))


def test_many_processes_append_at_once(state: StateFolder) -> None:
    """Eight processes lose nothing: every sequence once, each in order."""
    count = 15

    def write() -> None:
        append(Journal(state), count)

    children = [start_child(write) for _ in range(8)]
    assert [end_of(child) for child in children] == [DONE] * 8
    assert sequences(state) == list(range(1, 8 * count + 1))


def test_threads_share_one_journal(state: StateFolder) -> None:
    """Threads append, read and sync on one object; a reader meets each record once and in order."""
    journal = Journal(state)
    stop = threading.Event()
    read: list[int] = []

    def follow() -> None:
        position = START
        while True:
            last = stop.is_set()
            tail = journal.tail(position)
            read.extend(record.sequence for record in tail.records)
            position = tail.position
            journal.sync()
            if last:
                return

    reader = threading.Thread(target=follow)
    writers = [threading.Thread(target=append, args=(journal, 10)) for _ in range(4)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    assert read == list(range(1, 41))


def test_the_fsync_follows_after_the_lock(state: StateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was appended is on the disk when the block ends, and others need not wait for that."""
    journal, other = Journal(state), Journal(state)
    append(journal)
    fsync = os.fsync
    met: list[list[int]] = []

    def slow(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        met.append(append(other))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    append(journal)
    assert met == [[3]]
    with journal.lock():
        journal.append(a_record(journal.last_sequence + 1), sync=False)
        monkeypatch.setattr(os, "fsync", lambda descriptor: pytest.fail("asked not to"))


def test_compaction_keeps_what_undo_needs(state: StateFolder, frozen: time_machine.Traveller) -> None:
    """Up to the base the documents go and the rest stays; behind it records are untouched."""
    journal = Journal(state)
    append(journal, 4, time=NOW)
    before = journal.tail().records
    with journal.lock():
        position = journal.compact(2)
    records = Journal(state).tail().records
    assert [len(record.became) for record in records] == [0, 0, 1, 1]
    assert [record.undo for record in records] == [record.undo for record in before]
    assert records[2:] == before[2:]
    assert (journal.base, journal.last_sequence, position.sequence) == (2, 4, 4)


def test_compaction_lets_go_of_what_is_old(state: StateFolder, frozen: time_machine.Traveller) -> None:
    """A thousand actions of thirty days stay; the next sequence follows all the same."""
    journal = Journal(state)
    with journal.lock():
        for sequence in range(1, KEPT_ACTIONS + 6):
            journal.append(a_record(sequence, time=NOW, size=0), sync=False)
        journal.compact(journal.last_sequence)
    assert sequences(state) == list(range(6, KEPT_ACTIONS + 6))
    frozen.shift(31 * DAY / 1000)
    with journal.lock():
        journal.compact(journal.last_sequence)
    assert sequences(state) == []
    assert append(Journal(state)) == [KEPT_ACTIONS + 6]


def test_no_sequence_is_issued_again_after_a_purge(
    state: StateFolder, frozen: time_machine.Traveller
) -> None:
    """Where compaction keeps nothing of the newest records, the next sequence follows theirs all the same."""
    journal = Journal(state)
    append(journal, 4, time=NOW)
    with journal.lock():
        position = journal.compact(4, purged={("messages", "3"), ("messages", "4")})
    assert sequences(state) == [1, 2]
    assert (position.sequence, journal.last_sequence) == (4, 4)
    assert Journal(state).tail().position.sequence == 4
    assert append(Journal(state)) == [5]


def test_readers_follow_into_the_next_generation(state: StateFolder, frozen: time_machine.Traveller) -> None:
    """A reader that had what was slimmed continues; one that had not begins anew."""
    ahead, behind, writer = Journal(state), Journal(state), Journal(state)
    append(writer, 2, time=NOW)
    early = behind.tail().position
    append(writer, 3, time=NOW)
    late = ahead.tail().position

    def compact() -> None:
        journal = Journal(state)
        with journal.lock():
            journal.compact(4)
        append(journal, time=NOW)

    assert end_of(start_child(compact)) == DONE
    tail = ahead.tail(late)
    assert ([record.sequence for record in tail.records], tail.restarted) == ([6], False)
    tail = behind.tail(early)
    assert ([record.sequence for record in tail.records], tail.restarted) == ([1, 2, 3, 4, 5, 6], True)
    assert append(writer) == [7]


def test_a_journal_that_was_put_back_is_noticed(state: StateFolder) -> None:
    """A position behind the end, or of another journal, begins anew."""
    journal = Journal(state)
    append(journal, 2)
    old = state.journal.read_bytes()
    append(journal)
    position = journal.tail().position
    state.journal.write_bytes(old)
    assert Journal(state).tail(position).restarted
    state.journal.unlink()
    assert Journal(state).tail(position).restarted
    append(Journal(state), 5)
    assert Journal(state).tail(position).restarted


def test_a_base_out_of_reach_is_refused(state: StateFolder) -> None:
    """A generation cannot begin behind the last record, nor before the last base."""
    journal = Journal(state)
    append(journal, 2)
    with journal.lock():
        with pytest.raises(ValueError, match="not between"):
            journal.compact(3)
        journal.compact(2)
        with pytest.raises(ValueError, match="not between"):
            journal.compact(1)


def test_files_are_private(state: StateFolder) -> None:
    """Folders are 0700 and files 0600, whatever the mask allows."""
    before = os.umask(0)
    try:
        append(Journal(state))
        nested = a_state(state.folder / "deeper" / "down")
    finally:
        os.umask(before)
    for path in (state.folder, *state.folder.iterdir(), nested.folder, nested.folder.parent):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_state_is_found_by_real_path(tmp_path: Path) -> None:
    """A link to the data file leads to the same state, another file to another."""
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "ringback.json")
    root = tmp_path / "state"
    assert StateFolder.of(link, root) == a_state(tmp_path)
    assert StateFolder.of(tmp_path / "other.json", root) != a_state(tmp_path)


def test_a_state_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file in the way gives a sentence with the path."""
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made") as caught:
        a_state(tmp_path)
    assert str(tmp_path) in caught.value.sentence
