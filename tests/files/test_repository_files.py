"""The file under everything that may happen to it between two openings."""

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
import tinydb

from store import verbs
from store.clock import DAY
from store.errors import FileError, NotPublishedError, ReadOnlyError
from store.ids import document_id
from store.quick_add import QuickAdd, add
from store.records.message import message_fields
from store.repository import Repository
from store.transaction import Transaction
from support import NOW, a_message

ROOT = Path(__file__).parents[2]


def put(repository: Repository, *subjects: str) -> None:
    """Import one message a subject, from one sender each."""

    def write(transaction: Transaction) -> None:
        for subject in subjects:
            message = a_message(subject, sender=f"Sender {subject}")
            transaction.insert("messages", message.k, message_fields(message))

    repository.transact("Import", write)


def subjects(repository: Repository) -> list[str]:
    """Return the subjects of all messages."""
    found = (document.get("subject", "") for _, document in repository.documents.items("messages"))
    return sorted(str(subject) for subject in found)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the data file lies."""
    return tmp_path / "ringback.json"


def run_add(home: Path, path: Path, count: int, name: str) -> subprocess.Popen[bytes]:
    """Start a process that adds messages, and says after each that it is kept."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.repository import Repository\n"
        "from store.quick_add import QuickAdd, add\n"
        "for number in range(int(sys.argv[2])):\n"
        "    with Repository.open(Path(sys.argv[1])) as repository:\n"
        "        name = f'{sys.argv[3]} {number}'\n"
        "        add(repository, QuickAdd(channel='text', sender=name, body='Hi', new=True))\n"
        "    print(number, flush=True)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(count), name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )


def test_eight_processes_lose_nothing(home: Path, path: Path) -> None:
    """Eight processes that add at once, beside an open inbox: all there, in the file and in the inbox."""
    watcher = Repository.open(path)
    running = [run_add(home, path, 8, f"Writer {number}") for number in range(8)]
    shown = 0
    while any(process.poll() is None for process in running):
        watcher.refresh()
        assert len(watcher.index.rows) >= shown, "a row that was shown went away"
        shown = len(watcher.index.rows)
        time.sleep(0.01)
    assert [process.wait() for process in running] == [0] * 8
    for process in running:
        assert process.stdout is not None
        process.stdout.close()
    watcher.refresh()
    assert watcher.index.counts()["new"] == 64
    watcher.close()
    assert len(json.loads(path.read_bytes())["messages"]) == 64


def test_a_killed_writer_keeps_every_acknowledged_add(home: Path, path: Path) -> None:
    """`kill -9` at random moments: the file is valid, and every add that was acknowledged is in the inbox."""
    chance = random.Random(7)
    acknowledged = 0
    for attempt in range(int(os.environ.get("RINGBACK_KILLS", "6"))):
        process = run_add(home, path, 100, f"Attempt {attempt}")
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 4)):
            acknowledged += bool(process.stdout.readline())
        time.sleep(chance.random() * 0.03)
        process.send_signal(signal.SIGKILL)
        acknowledged += len(process.stdout.read().splitlines())
        process.wait()
        process.stdout.close()
        if path.exists():
            json.loads(path.read_bytes())
    with Repository.open(path) as repository:
        assert len(subjects(repository)) >= acknowledged


def test_stock_tinydb_reads_it_and_what_it_writes_is_taken_in(path: Path) -> None:
    """Stock TinyDB reads every table; what it sets and what it inserts is in the inbox."""
    with Repository.open(path) as repository:
        put(repository, "one", "two")
    database = tinydb.TinyDB(path)
    table = database.table("messages")
    assert sorted(document["subject"] for document in table.all()) == ["one", "two"]
    table.update({"role": "Set by hand"}, tinydb.where("subject") == "one")
    table.insert({"channel": "email", "at": NOW, "subject": "inserted", "sender": {"name": "Kim Osei"}})
    database.close()
    with Repository.open(path) as repository:
        assert subjects(repository) == ["inserted", "one", "two"]
        assert "Set by hand" in {row.role for row in repository.index.rows.values()}
        assert "Kim Osei" in {row.who for row in repository.index.rows.values()}
    with Repository.open(path) as repository:
        assert repository.told == []


def test_an_older_version_put_back_loses_nothing(path: Path, tmp_path: Path) -> None:
    """The file overwritten by its version of last week: the next start has everything again, and says so."""
    with Repository.open(path) as repository:
        put(repository, "old")
    old = path.read_bytes()
    with Repository.open(path) as repository:
        put(repository, "new")
        row = repository.index.rows[repository.index.view("new")[0]]
        repository.transact("Done", lambda transaction: verbs.done(transaction, [row.id]))
    newest = path.read_bytes()
    path.write_bytes(old)
    with Repository.open(path) as repository:
        assert subjects(repository) == ["new", "old"]
        assert repository.index.counts()["done"] == 1
    assert path.read_bytes() == newest


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("cut in the middle", lambda data: data[: len(data) // 2]),
        ("empty", lambda data: b""),
        ("zeros", lambda data: b"\0" * len(data)),
        ("an empty object", lambda data: b"{}"),
        ("not JSON", lambda data: b"hello"),
        ("conflict markers", lambda data: data.replace(b'"messages":{\n', b'<<<<<<< ours\n"messages":{\n')),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_damage_is_healed_and_told(path: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    """A damaged file is no emptiness: everything comes back, the bytes are kept aside, and it is said."""
    with Repository.open(path) as repository:
        put(repository, "one", "two", "three")
    good = path.read_bytes()
    path.write_bytes(damage(good))
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "three", "two"]
        assert any("damaged" in sentence for sentence in repository.told)
    assert path.read_bytes() == good


def test_damage_that_nobody_knows_better_is_left_alone(path: Path) -> None:
    """On a machine that knows nothing of it, a damaged file is refused and not overwritten."""
    path.write_bytes(b'{\n"_meta":{\n"1":{"app":"ringback"')
    with pytest.raises(FileError) as caught:
        Repository.open(path)
    assert str(path) in caught.value.sentence
    assert caught.value.exit_code == 3
    assert path.read_bytes() == b'{\n"_meta":{\n"1":{"app":"ringback"'


def test_another_database_is_refused(path: Path, tmp_path: Path) -> None:
    """A file of another database at the same path is left as it is, and so is what this machine knows."""
    with Repository.open(path) as repository:
        put(repository, "mine")
    other = tmp_path / "other.json"
    with Repository.open(other) as repository:
        put(repository, "theirs")
    path.write_bytes(other.read_bytes())
    with pytest.raises(FileError, match="another database"):
        Repository.open(path)
    assert path.read_bytes() == other.read_bytes()


def test_a_newer_format_is_read_only(path: Path) -> None:
    """A file written by a newer version can be looked at, and nothing is written to it."""
    with Repository.open(path) as repository:
        put(repository, "one")
    newer = path.read_bytes().replace(b'"min_writer":1', b'"min_writer":2')
    path.write_bytes(newer)
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one"]
        assert "newer" in repository.read_only
        assert repository.read_only in repository.told, "who only reads is told too"
        with pytest.raises(ReadOnlyError):
            put(repository, "two")
    assert path.read_bytes() == newer


def test_unknown_data_survives(path: Path) -> None:
    """Unknown tables, documents and fields are carried through every write."""
    with Repository.open(path) as repository:
        put(repository, "one")
    data = json.loads(path.read_bytes())
    data["sketches"] = {"1": {"colour": "blue", "size": 1.5}}
    next(iter(data["messages"].values()))["mood"] = "hopeful"
    path.write_text(json.dumps(data, indent=2))
    with Repository.open(path) as repository:
        put(repository, "two")
    after = json.loads(path.read_bytes())
    assert after["sketches"] == {"1": {"colour": "blue", "size": 1.5}}
    assert "hopeful" in {document.get("mood") for document in after["messages"].values()}


def test_two_machines_that_edit_apart_meet(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file carried to a second machine, edited on both and carried back: every edit is there."""
    with Repository.open(path) as repository:
        put(repository, "shared")
    carried = tmp_path / "carried.json"
    carried.write_bytes(path.read_bytes())
    with Repository.open(path) as repository:
        put(repository, "here")
    with monkeypatch.context() as second:
        second.setenv("RINGBACK_STATE", str(tmp_path / "second"))
        with Repository.open(carried) as repository:
            put(repository, "there")
            shared = next(row.id for row in repository.index.rows.values() if row.subject == "shared")
            repository.transact("Star", lambda transaction: verbs.star(transaction, [shared]))
    path.write_bytes(carried.read_bytes())
    with Repository.open(path) as repository:
        assert subjects(repository) == ["here", "shared", "there"]
        assert [row.subject for row in repository.index.rows.values() if row.starred] == ["shared"]
    merged = path.read_bytes()
    with monkeypatch.context() as second:
        second.setenv("RINGBACK_STATE", str(tmp_path / "second"))
        carried.write_bytes(merged)
        with Repository.open(carried) as repository:
            assert subjects(repository) == ["here", "shared", "there"]
    assert carried.read_bytes() == merged, "nothing to merge, nothing written"


def test_a_missing_file_is_not_made_anew_by_a_change(path: Path) -> None:
    """Where the file went away, changes are kept in the journal and that is said; it is not made silently."""
    with Repository.open(path) as repository:
        put(repository, "one")
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(NotPublishedError, match="missing"), Repository.open(path) as repository:
        put(repository, "two")
    assert not path.exists()
    path.write_bytes(kept)
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "two"]


def test_file_and_state_are_private(path: Path) -> None:
    """The data file, and everything in the state folder, is for its owner only."""
    with Repository.open(path) as repository:
        put(repository, "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    state = Path(os.environ["RINGBACK_STATE"])
    for found in [state, *state.rglob("*")]:
        assert stat.S_IMODE(found.stat().st_mode) & 0o077 == 0, found


def test_a_pull_that_is_undone_can_be_pulled_again(path: Path) -> None:
    """Undo takes imported messages away; importing them again brings them back."""
    with Repository.open(path) as repository:
        put(repository, "one")
        repository.undo()
        assert repository.index.counts()["all"] == 0
        put(repository, "one")
        assert repository.index.counts()["all"] == 1


def test_a_saved_index_is_what_a_rebuild_makes(path: Path) -> None:
    """Opening from the saved index and the journal after it gives the rows that all documents give."""
    with Repository.open(path) as repository:
        put(repository, *(f"number {number}" for number in range(20)))
        repository._upkeep.unsaved = 10_000  # as in an inbox that was open for long
    with Repository.open(path) as repository:
        add(repository, QuickAdd(channel="call", sender="Kim Osei"))
        id = repository.index.view("new")[3]
        repository.transact("Done", lambda transaction: verbs.done(transaction, [id]))
    with Repository.open(path) as repository:
        kept = dict(repository.index.rows)
        repository.index.rebuild()
        assert kept == dict(repository.index.rows)


def test_a_message_id_used_twice_replaces_nothing(path: Path) -> None:
    """Two mails of one sender under one Message-ID are two documents and one entry of two versions."""
    with Repository.open(path) as repository:

        def write(transaction: Transaction) -> None:
            for key, body in (("mail:true", "The real one"), ("mail:forged", "Pay here")):
                message = a_message(k=key, body=body, threads=("<same@northgate.example>",))
                transaction.insert("messages", message.k, message_fields(message))

        repository.transact("Import", write)
        row = next(iter(repository.index.rows.values()))
        entries = repository.timeline(row)
        assert len(entries) == 1
        assert len(entries[0].versions) == 1
        assert {entries[0].message.body, entries[0].others[0].body} == {"The real one", "Pay here"}  # type: ignore[union-attr]
        assert {document_id("mail:true"), document_id("mail:forged")} == set(row.messages)
        assert row.attempts == 1


def test_a_snooze_ends_while_nobody_looks(path: Path, frozen: object) -> None:
    """What was snoozed is in New at the first opening after its time."""
    with Repository.open(path) as repository:
        put(repository, "one")
        id = repository.index.view("new")[0]
        repository.transact("Snooze", lambda transaction: verbs.snooze(transaction, [id], NOW + DAY))
        assert repository.index.counts()["snoozed"] == 1
    frozen.shift(2 * 86_400)  # type: ignore[attr-defined]
    with Repository.open(path) as repository:
        assert repository.index.counts()["new"] == 1


@pytest.mark.parametrize(
    "lost", ["journal.log", "shadow-*.json", "published.json", "node.json", "index", "*"]
)
def test_a_state_folder_that_lost_a_part_loses_no_data(path: Path, lost: str) -> None:
    """Whatever part of the state folder goes away, the inbox opens with everything that was published."""
    with Repository.open(path) as repository:
        put(repository, "one")
        repository.hurried = False
    with Repository.open(path) as repository:
        put(repository, "two")
        repository.transact(
            "Done", lambda transaction: verbs.done(transaction, list(repository.index.view("new")))
        )
    for found in Path(os.environ["RINGBACK_STATE"]).rglob(lost):
        if found.is_file():
            found.unlink()
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "two"]
        assert repository.index.counts()["done"] == 2
        put(repository, "three")
    with Repository.open(path) as repository:
        assert subjects(repository) == ["one", "three", "two"]
    assert len(json.loads(path.read_bytes())["messages"]) == 3


def test_a_file_replaced_while_it_is_merged_is_merged_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that arrives between reading and writing is not taken for the one that was read."""
    from store.file import absorb

    versions = []
    for subject in ("zero", "one", "two"):
        with Repository.open(path) as repository:
            put(repository, subject)
        versions.append(path.read_bytes())
    fresh = path.with_name("fresh.json")
    fresh.write_bytes(versions[0])
    with Repository.open(fresh) as repository:
        put(repository, "mine")
    fresh.write_bytes(versions[1])
    read = absorb.found_at

    def read_and_be_overtaken(where: Path) -> absorb.Found | None:
        found = read(where)
        if where == fresh and versions:
            newer = fresh.with_name("arriving")
            newer.write_bytes(versions.pop())
            newer.rename(fresh)
        return found

    monkeypatch.setattr(absorb, "found_at", read_and_be_overtaken)
    with Repository.open(fresh) as repository:
        pass
    monkeypatch.undo()
    with Repository.open(fresh) as repository:
        assert subjects(repository) == ["mine", "one", "two", "zero"]


def test_an_open_inbox_merges_a_file_put_in_its_place(path: Path, tmp_path: Path) -> None:
    """Another program replaces the file under an open inbox: publishing merges it, and local work stays."""
    with Repository.open(path) as repository:
        put(repository, "shared")
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(path.read_bytes())
    with Repository.open(theirs) as repository:
        put(repository, "theirs")
    inbox = Repository.open(path)
    put(inbox, "mine")
    theirs.rename(path)
    assert inbox.replaced()
    inbox.publish()
    inbox.refresh()
    assert subjects(inbox) == ["mine", "shared", "theirs"]
    assert {row.subject for row in inbox.index.rows.values()} == {"mine", "shared", "theirs"}
    assert not inbox.replaced()
    inbox.close()
    assert len(json.loads(path.read_bytes())["messages"]) == 3


def test_an_open_inbox_does_not_write_what_already_lies_there(path: Path, tmp_path: Path) -> None:
    """A file put in its place that holds everything stays the version it is: a syncer would carry another."""
    with Repository.open(path) as repository:
        put(repository, "shared")
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(path.read_bytes())
    with Repository.open(theirs) as repository:
        put(repository, "theirs")
    with Repository.open(path) as inbox:
        theirs.rename(path)
        there = path.stat()
        inbox.publish()
        inbox.refresh()
        assert subjects(inbox) == ["shared", "theirs"]
        assert not inbox.replaced()
        assert not inbox.unpublished
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (there.st_ino, there.st_mtime_ns)


def test_a_file_that_is_moved_away_for_a_moment_is_waited_for(path: Path) -> None:
    """Syncthing moves the file aside before it puts another in its place: that is no missing file."""
    with Repository.open(path) as inbox:
        put(inbox, "one")
        inbox.publish()
        put(inbox, "two")
        away = path.rename(path.with_name("moved aside"))
        back = Timer(0.2, away.rename, [path])
        back.start()
        inbox.publish()
        back.join()
        assert not inbox.unpublished
    assert len(json.loads(path.read_bytes())["messages"]) == 2


def test_reading_does_not_fail_over_changes_of_earlier(path: Path) -> None:
    """Where earlier changes could not be published, whoever only reads is told, and reads."""
    with Repository.open(path) as repository:
        put(repository, "one")
    path.unlink()
    with pytest.raises(NotPublishedError), Repository.open(path) as repository:
        put(repository, "two")
    reader = Repository.open(path, create=False)
    assert subjects(reader) == ["one", "two"]
    reader.close()
    assert any("Earlier changes" in sentence for sentence in reader.told)


def test_a_damaged_file_beside_backups_names_the_newest(path: Path) -> None:
    """Where only backups are left of what this machine knew, the sentence says how to go back to one."""
    with Repository.open(path) as repository:
        put(repository, "one")
    with Repository.open(path) as repository:
        put(repository, "two")
    state = Path(os.environ["RINGBACK_STATE"])
    for lost in ("journal.log", "shadow-*.json", "published.json"):
        for found in state.rglob(lost):
            found.unlink()
    path.write_bytes(b"hello")
    with pytest.raises(FileError) as caught:
        Repository.open(path)
    assert caught.value.exit_code == 3
    assert str(next(state.rglob("*.json.gz"))) in caught.value.hint
    assert path.read_bytes() == b"hello"
