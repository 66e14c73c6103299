"""Conflict copies that lie beside the data file: absorbed, proven, and removed only where that is allowed."""

import json
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from store import verbs
from store.errors import StoreError
from store.file import publish
from store.joining import merge_files
from store.quick_add import QuickAdd, add
from store.repository import Repository

SYNCTHING = "ringback.sync-conflict-20261125-101530-ABCDEFG.json"
ICLOUD = "ringback 2.json"
RESILIO = "ringback.Conflict.json"


_QUIET = 0.2


@pytest.fixture(autouse=True)
def _soon_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a copy count as quiet sooner."""
    monkeypatch.setattr("store.sync.copies.QUIET", _QUIET)


@pytest.fixture
def path(home: Path) -> Path:
    """Where the data file lies, in a folder of its own."""
    folder = home / "synced"
    folder.mkdir()
    return folder / "ringback.json"


Elsewhere = Callable[[str, str], Path]


@pytest.fixture
def elsewhere(path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """Add something on another machine, and leave its file under a name beside the one here."""

    def work(name: str, sender: str) -> Path:
        other = home / "other" / "ringback.json"
        other.parent.mkdir(exist_ok=True)
        shutil.copy(path, other)
        with monkeypatch.context() as patch:
            patch.setenv("RINGBACK_STATE", str(home / f"state-{sender}".replace(" ", "-")))
            with Repository.open(other) as repository:
                add(repository, QuickAdd(channel="text", sender=sender, body="Hi", new=True))
        copy = path.with_name(name)
        shutil.move(other, copy)
        return quiet(copy)

    with Repository.open(path) as repository:
        add(repository, QuickAdd(channel="email", sender="Dana <dana@northgate.example>", role="CTO"))
    return work


def quiet(copy: Path) -> Path:
    """Let a file be an hour old, as far as that can be said."""
    os.utime(copy, (time.time() - 3600, time.time() - 3600))
    wait_until_quiet(copy)
    return copy


def wait_until_quiet(copy: Path) -> None:
    """Wait until the file counts as quiet: the time of its last change cannot be set."""
    while time.time() - copy.stat().st_ctime < _QUIET:
        time.sleep(0.05)


def names(repository: Repository) -> set[str]:
    """Return who is in the inbox."""
    return {row.who for row in repository.index.rows.values()}


def test_a_copy_is_absorbed_at_the_start(path: Path, elsewhere: Elsewhere) -> None:
    """Its content is in the inbox and in the file, that is said, and its bytes are kept aside."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    before = copy.read_bytes()
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair"}
        assert any("A conflict copy was merged: 1 document." in each for each in repository.told)
        assert any(kept.read_bytes() == before for kept in repository.state_folder.aside.iterdir())
    assert "Priya Nair" in path.read_text()
    assert copy.read_bytes() == before


def test_it_is_absorbed_once(path: Path, elsewhere: Elsewhere) -> None:
    """The second start neither merges nor writes nor says anything."""
    elsewhere(ICLOUD, "Priya Nair")
    with Repository.open(path):
        pass
    before = publish.signature(path)
    with Repository.open(path) as repository:
        assert repository.told == []
    assert publish.signature(path) == before


def test_an_open_inbox_absorbs_it(path: Path, elsewhere: Elsewhere) -> None:
    """What lies in the folder is noticed by the look of every second, merged, and shown without a restart."""
    with Repository.open(path) as repository:
        assert not repository.replaced()
        elsewhere(SYNCTHING, "Priya Nair")
        assert repository.replaced()
        repository.publish()
        assert repository.refresh().rows
        assert names(repository) == {"Dana", "Priya Nair"}
        assert not repository.replaced()


def test_fifty_copies_at_once(path: Path, elsewhere: Elsewhere) -> None:
    """All are merged in one go, with one sentence."""
    first = elsewhere(SYNCTHING, "Priya Nair")
    for number in range(2, 50):
        shutil.copy(first, path.with_name(f"ringback {number}.json"))
    quiet(elsewhere("ringback 50.json", "Tom Birch"))
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair", "Tom Birch"}
        assert any("50 conflict copies were merged" in each for each in repository.told)


def test_ten_minutes_later_syncthings_copy_is_removed(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only that of a service whose copies may be removed, and only once the time is over."""
    syncthing, icloud = elsewhere(SYNCTHING, "Priya Nair"), elsewhere(ICLOUD, "Tom Birch")
    with Repository.open(path) as repository:
        assert any(f"Safe to remove: {ICLOUD}" in each for each in repository.told)
    with Repository.open(path):
        pass
    assert syncthing.exists()
    later = time.time_ns() // 1_000_000 + 11 * 60_000
    monkeypatch.setattr("store.sync.absorbing.now", lambda: later)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair", "Tom Birch"}
    assert not syncthing.exists()
    assert icloud.exists()


def test_a_copy_that_changed_since_stays(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that nobody merged is never removed; it is merged first."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    with Repository.open(path):
        pass
    quiet(elsewhere(SYNCTHING, "Tom Birch"))
    later = time.time_ns() // 1_000_000 + 11 * 60_000
    monkeypatch.setattr("store.sync.absorbing.now", lambda: later)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair", "Tom Birch"}
    assert copy.exists()


def test_sync_removes_at_once_but_never_resilios(path: Path, elsewhere: Elsewhere) -> None:
    """Asked to, it removes what is absorbed, but for the copies whose removal takes the peers' file."""
    copies = [elsewhere(name, f"Sender {name[8:12]}") for name in (SYNCTHING, ICLOUD, RESILIO)]
    with Repository.open(path) as repository:
        absorbed = repository.absorb(wait=5, remove=True)
        assert len(names(repository)) == 4
    assert [each.name for each in absorbed.removed] == [SYNCTHING]
    assert [each.name for each in absorbed.removable] == [ICLOUD]
    assert [each.name for each in absorbed.held] == [RESILIO]
    assert [copy.exists() for copy in copies] == [False, True, True]


def test_nothing_is_removed_while_the_file_is_missing(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An absorbed copy may be the last version that is synced: without the file it stays."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    with Repository.open(path):
        pass
    path.unlink()
    later = time.time_ns() // 1_000_000 + 11 * 60_000
    monkeypatch.setattr("store.sync.absorbing.now", lambda: later)
    with Repository.open(path) as repository:
        assert repository.absorbed.removed == ()
    assert copy.exists()


def test_a_file_that_lost_something_keeps_the_copy(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the copy is looked for in the file as it lies there, right before the copy goes."""
    monkeypatch.setattr("store.sync.absorbing.holds", lambda published, copy: False)
    copy = elsewhere(SYNCTHING, "Priya Nair")
    with Repository.open(path) as repository:
        absorbed = repository.absorb(wait=0, remove=True)
    assert (absorbed.merged, absorbed.removed) == ((), ())
    assert copy.exists()


def test_a_version_that_comes_at_the_last_moment_stays(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that is replaced between the look and the removal is merged, not removed."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    with Repository.open(path):
        pass
    newer = elsewhere("ringback 9.json", "Tom Birch")
    look = publish.signature

    def swapped(at: Path) -> publish.Signature | None:
        seen = look(at)
        if at == copy and newer.exists():
            newer.replace(copy)
        return seen

    with Repository.open(path) as repository, monkeypatch.context() as patch:
        patch.setattr("store.file.publish.signature", swapped)
        assert repository.absorb(wait=0, remove=True).removed == ()
    quiet(copy)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair", "Tom Birch"}


def test_copies_of_before_an_adoption_are_merged_after_it(
    path: Path, elsewhere: Elsewhere, home: Path
) -> None:
    """What was another database's copy is ours once both are one."""
    other = home / "third" / "ringback.json"
    other.parent.mkdir()
    with Repository.open(other) as repository:
        add(repository, QuickAdd(channel="text", sender="Sofia Rossi", body="Hi"))
    quiet(Path(shutil.copy(other, path.with_name(SYNCTHING))))
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana"}
    whole = Path(shutil.copy(other, home / "other.json"))
    with Repository.open(path) as repository:
        merge_files(repository, [whole], adopt=True)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Sofia Rossi"}
        assert repository.absorb(wait=0, remove=True).removed


def test_a_copy_with_a_table_before_its_heading_is_found(path: Path, elsewhere: Elsewhere) -> None:
    """Another program may have put much before what says whose file it is."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    tables = {"Archive": {"1": {"text": "x" * 100_000}}, **json.loads(copy.read_bytes())}
    copy.write_text(json.dumps(tables))
    quiet(copy)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair"}


def test_what_cannot_be_written_is_kept_once(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that is tried again with every opening does not fill the state folder."""
    elsewhere(SYNCTHING, "Priya Nair")

    def full(*_: object) -> None:
        raise StoreError("No space left on device.")

    with monkeypatch.context() as patch:
        patch.setattr("store.file.publish.replace", full)
        for _ in range(3):
            with suppress(StoreError), Repository.open(path) as repository:
                aside = repository.state_folder.aside
    assert len(list(aside.iterdir())) == 1


def test_a_copy_that_is_being_written_waits(path: Path, elsewhere: Elsewhere) -> None:
    """Half a file is not taken for a copy; when it has come to rest, it is merged."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    copy.write_bytes(copy.read_bytes()[:-60])
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana"}
        assert repository.told == []
        elsewhere(SYNCTHING, "Priya Nair")
        repository.absorb(wait=5, remove=False)
        assert names(repository) == {"Dana", "Priya Nair"}


def test_what_can_be_read_of_a_damaged_copy_is_merged(path: Path, elsewhere: Elsewhere) -> None:
    """The rest is said, with where its bytes are, and the copy is never removed."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    whole = copy.read_bytes()
    copy.write_bytes(whole[: whole.rindex(b"\n}")])
    quiet(copy)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair"}
        assert any("is damaged" in each for each in repository.told)
        assert repository.absorb(wait=0, remove=True).removed == ()
    assert copy.exists()


def test_other_databases_and_files_are_left_alone(path: Path, elsewhere: Elsewhere, home: Path) -> None:
    """Another database, other JSON, a folder and a link of such a name are neither merged nor touched."""
    other = home / "third" / "ringback.json"
    other.parent.mkdir()
    with Repository.open(other) as repository:
        add(repository, QuickAdd(channel="text", sender="Nobody Here", body="Hi"))
    shutil.move(other, path.with_name(SYNCTHING))
    path.with_name("notes.json").write_text(json.dumps({"app": "other", "words": "x" * 50}))
    path.with_name("ringback 3.json").mkdir()
    path.with_name("ringback 4.json").symlink_to(path)
    elsewhere("ringback 5.json", "Priya Nair")
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair"}
    assert len(list(path.parent.iterdir())) == 6


def test_a_copy_of_a_newer_format_is_said_and_left(path: Path, elsewhere: Elsewhere) -> None:
    """Nothing of it is merged, and it stays for a newer program."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    copy.write_bytes(copy.read_bytes().replace(b'"min_reader":1', b'"min_reader":9'))
    quiet(copy)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana"}
        assert any("newer Ringback" in each for each in repository.told)
        assert repository.read_only == ""
    assert copy.exists()


def test_a_copy_that_stock_tinydb_wrote(path: Path, elsewhere: Elsewhere) -> None:
    """A copy in one line, edited without stamps, is taken in as a write of this machine."""
    copy = elsewhere(SYNCTHING, "Priya Nair")
    tables = json.loads(copy.read_bytes())
    tables["opportunities"] = {"1": {"role": "added by hand"}}
    copy.write_text(json.dumps(tables))
    quiet(copy)
    with Repository.open(path) as repository:
        assert names(repository) == {"Dana", "Priya Nair"}
        assert "added by hand" in str(list(repository.documents.items("opportunities")))
        assert repository.absorb(wait=0, remove=True).removed == (copy,)


def test_where_the_file_cannot_be_written_the_copy_stays_unabsorbed(
    path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the journal; the copy counts as absorbed only once the file on the disk holds it."""
    elsewhere(SYNCTHING, "Priya Nair")

    def full(*_: object) -> None:
        raise StoreError("No space left on device.")

    with monkeypatch.context() as patch:
        patch.setattr("store.file.publish.replace", full)
        repository = Repository.open(path)
        assert names(repository) == {"Dana", "Priya Nair"}
        assert any("No space" in each for each in repository.told)
    repository.close()
    with Repository.open(path) as repository:
        assert "Priya Nair" in path.read_text()
        repository.transact("Done", lambda t: verbs.done(t, list(repository.index.rows)))
