"""Words in a form outlive the process that they were typed into."""

import fcntl
import os
import signal
import time
from pathlib import Path

import pytest

from fault_support import (
    CALLS,
    DONE,
    FALLIBLE,
    a_state,
    calls_of,
    dying,
    end_of,
    failing,
    run_in_child,
    start_child,
    watched,
)
from store.errors import StoreError
from store.file import disk
from store.file.drafts import Draft, abandoned
from store.file.places import StateFolder


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    """Make a state folder."""
    return a_state(tmp_path)


def type_and_die(state: StateFolder, form: str, values: dict[str, str]) -> None:
    """Type into a form in a process that is killed."""
    reading, writing = os.pipe()

    def fill() -> None:
        draft = Draft(state, form)
        draft.save({"firm": "half a w"})
        draft.save(values)
        os.write(writing, b"!")
        signal.pause()

    child = start_child(fill)
    assert os.read(reading, 1) == b"!"
    os.kill(child, signal.SIGKILL)
    end_of(child)
    os.close(reading)
    os.close(writing)


def test_the_last_key_survives_a_kill(state: StateFolder) -> None:
    """Once their process is dead, the words as last saved are offered, until they are discarded."""
    values = {"firm": "Acme Robotics", "note": 'Überraschung\n"quoted" 🙂'}
    type_and_die(state, "quick-add", values)
    left = abandoned(state, "quick-add")
    assert left is not None
    assert left.values == values
    assert abs(left.at - time.time() * 1000) < 60_000
    assert abandoned(state, "letter") is None
    left.discard()
    assert abandoned(state, "quick-add") is None


def test_the_newest_is_offered_first(state: StateFolder) -> None:
    """Of several drafts the newest comes first, and the others after it."""
    for number in range(3):
        type_and_die(state, "quick-add", {"note": str(number)})
    for path in state.drafts.iterdir():
        number = int(path.read_text().split('"')[3])
        os.utime(path, (number + 10, number + 10))
    seen = []
    while left := abandoned(state, "quick-add"):
        seen.append(left.values["note"])
        left.discard()
    assert seen == ["2", "1", "0"]


def test_a_form_that_ends_well_leaves_nothing(state: StateFolder) -> None:
    """Saved or dismissed, a form's draft is gone; one that is left is offered again."""
    draft = Draft(state, "letter")
    draft.save({"body": "Dear"})
    draft.discard()
    assert not list(state.drafts.iterdir())
    draft.save({"body": "Dear Dana"})
    draft.leave()
    left = abandoned(state, "letter")
    assert left is not None
    assert left.values == {"body": "Dear Dana"}


def test_an_empty_form_is_not_offered(state: StateFolder) -> None:
    """A form in which every word was deleted again has nothing to give back."""
    type_and_die(state, "quick-add", {"firm": "", "note": ""})
    assert abandoned(state, "quick-add") is None


def test_a_living_process_keeps_its_draft(state: StateFolder) -> None:
    """What another process is being filled in with is not offered, while it lives."""
    draft = Draft(state, "letter")
    draft.save({"note": "mine"})

    def look() -> None:
        assert abandoned(state, "letter") is None

    assert run_in_child(look) == DONE
    draft.save({"note": "mine too"})
    assert run_in_child(look) == DONE
    draft.discard()


def test_a_draft_that_is_just_saved_is_not_offered(
    state: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved anew between the look and the lock, a draft is still its owner's."""
    draft = Draft(state, "letter")
    draft.save({"note": "mine"})
    flock = fcntl.flock

    def late(file: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        draft.save({"note": "mine too"})
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    assert abandoned(state, "letter") is None
    draft.discard()


def test_two_processes_do_not_share_a_draft(state: StateFolder) -> None:
    """Each open form has a file of its own, which only its owner may read."""
    one, other = Draft(state, "quick-add"), Draft(state, "quick-add")
    one.save({"note": "one"})
    other.save({"note": "other"})
    files = list(state.drafts.iterdir())
    assert len(files) == 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert abandoned(state, "quick-add") is None
    one.discard()
    other.discard()


@pytest.mark.parametrize("halfway", [False, True])
def test_a_save_that_ends_anywhere(state: StateFolder, halfway: bool) -> None:
    """At every call that a save can end with, the words are those before it or after it."""
    old, new = {"note": "before " * 50}, {"note": "after " * 90}
    draft = Draft(state, "letter")
    draft.save(old)
    count = len(calls_of(lambda: draft.save(new)))
    draft.discard()
    for at in range(count + 1):

        def save(at: int = at) -> None:
            mine = Draft(state, "letter")
            mine.save(old)
            with watched(dying(at, halfway=halfway), CALLS):
                mine.save(new)

        run_in_child(save)
        left = abandoned(state, "letter")
        assert left is not None
        assert left.values in (old, new)
        left.discard()


def test_a_full_disk_keeps_the_last_words(state: StateFolder) -> None:
    """What cannot be saved is said, the words before stay, and no temporary does."""
    draft = Draft(state, "letter")
    draft.save({"note": "before"})
    calls = calls_of(lambda: draft.save({"note": "before"}), FALLIBLE)
    for at in range(len(calls)):
        with watched(failing(at, 28), FALLIBLE), pytest.raises(StoreError, match="No space left"):
            draft.save({"note": "after"})
        assert len(list(state.drafts.iterdir())) == 1
    draft.leave()
    left = abandoned(state, "letter")
    assert left is not None
    assert left.values == {"note": "before"}


def test_damaged_drafts_are_passed_over(state: StateFolder) -> None:
    """A file that is no draft neither stops the form nor hides another draft."""
    type_and_die(state, "letter", {"note": "kept"})
    for number, data in enumerate((b"", b"\0" * 9, b'{"note":1}', b"[]")):
        (state.drafts / f"letter.{number}.json").write_bytes(data)
    left = abandoned(state, "letter")
    assert left is not None
    assert left.values == {"note": "kept"}


def test_half_a_character_does_not_cost_the_rest(state: StateFolder) -> None:
    """A lone surrogate, as a terminal may send it, is replaced; the other words stay."""
    draft = Draft(state, "letter")
    draft.save({"note": "caf\udce9 at noon"})
    draft.leave()
    left = abandoned(state, "letter")
    assert left is not None
    assert left.values == {"note": "caf? at noon"}


def test_the_disk_is_asked_once_a_second(state: StateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only new words are brought to the disk, at most once a second, and again after a failure."""
    synced = []
    clock = [100.0]

    def sync(descriptor: int) -> None:
        synced.append(clock[0])
        if clock[0] == 102.0:
            raise OSError(5, "a failing disk")

    monkeypatch.setattr(disk, "sync", sync)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    draft = Draft(state, "letter")
    draft.sync_if_due()
    draft.save({"note": "a"})
    draft.sync_if_due()
    draft.sync_if_due()
    draft.save({"note": "ab"})
    clock[0] = 100.9
    draft.sync_if_due()
    assert synced == [100.0]
    for clock[0] in (102.0, 104.0, 106.0):
        draft.sync_if_due()
    assert synced == [100.0, 102.0, 104.0]
    draft.discard()
    draft.sync_if_due()


def test_a_form_has_a_plain_name(state: StateFolder) -> None:
    """A name that could lead out of the folder is no form's."""
    for name in ("", "../x", "a.b", "A"):
        with pytest.raises(ValueError, match="does not name a form"):
            Draft(state, name)
