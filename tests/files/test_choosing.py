"""Choosing between values that met, and taking a choice back, while more values arrive."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine

from store import conflicts, network
from store.conflicts import Conflict
from store.errors import NotFoundError, StoreError
from store.joining import merge_files
from store.records.person import Consent
from store.repository import Repository

Elsewhere = Callable[..., Path]


@pytest.fixture
def sam(repository: Repository) -> int:
    """Have somebody in the file, and return their id."""
    id = repository.transact("Add", lambda t: network.add_person(t, "Sam Lee", email="sam@orchard.example"))[
        1
    ]
    repository.publish()
    return id


@pytest.fixture
def elsewhere(repository: Repository, sam: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """Make a copy that a machine wrote which began with the file as it was with only Sam in it."""
    begun = Path(shutil.copy(repository.path, tmp_path / "begun.json"))

    def write(machine: str, **fields: object) -> Path:
        (tmp_path / machine).mkdir()
        file = Path(shutil.copy(begun, tmp_path / machine / "ringback.json"))
        with monkeypatch.context() as patch:
            patch.setenv("RINGBACK_STATE", str(tmp_path / machine / "state"))
            with Repository.open(file) as other:
                consent = fields.pop("consent", None)
                other.transact("Edit", lambda t: network.set_person(t, sam, **fields))
                if isinstance(consent, Consent):
                    other.transact("Leave", lambda t: network.set_consent(t, sam, consent))
        return file

    return write


def want(repository: Repository, sam: int, wants: str) -> None:
    """Write down what Sam wants."""
    repository.transact("Edit", lambda t: network.set_person(t, sam, wants=wants))


def choose(repository: Repository, conflict: Conflict, number: int) -> None:
    """Let one of the values stand."""
    repository.transact("Choose", lambda t: conflicts.choose(t, conflict, number))


def values(repository: Repository) -> set[object]:
    """Return the values that meet, an empty set where none do."""
    return {side.value for each in conflicts.met(repository) for side in each.sides}


def test_a_choice_is_between_what_was_shown(repository: Repository, sam: int, elsewhere: Elsewhere) -> None:
    """A value that came after the list was drawn is not chosen against: nothing is, and that is said."""
    want(repository, sam, "A")
    merge_files(repository, [elsewhere("b", wants="B")])
    (listed,) = conflicts.met(repository)
    merge_files(repository, [elsewhere("c", wants="C")])
    with pytest.raises(StoreError, match="changed meanwhile"):
        choose(repository, listed, 1)
    assert values(repository) == {"A", "B", "C"}
    (listed,) = conflicts.met(repository)
    choose(repository, listed, 1)
    assert values(repository) == set()
    with pytest.raises(StoreError, match="changed meanwhile"):
        choose(repository, listed, 2)


def test_nothing_is_chosen_in_what_was_forgotten(
    repository: Repository, sam: int, elsewhere: Elsewhere
) -> None:
    """A choice from an old list makes no document anew."""
    want(repository, sam, "A")
    merge_files(repository, [elsewhere("b", wants="B")])
    (listed,) = conflicts.met(repository)
    repository.purge("Forget", lambda t: t.purge("people", sam))
    with pytest.raises(StoreError):
        choose(repository, listed, 1)
    with pytest.raises(NotFoundError):
        repository.transact("Resolve", lambda t: t.resolve("people", sam, "wants", "A"))
    assert repository.document("people", sam) is None


@pytest.mark.parametrize("number", [1, 2])
def test_undoing_a_choice_keeps_what_came_since(
    repository: Repository, sam: int, elsewhere: Elsewhere, frozen: time_machine.Traveller, number: int
) -> None:
    """Both values are back, and the one that arrived in between is there; redo chooses between the two."""
    late = elsewhere("c", wants="C")
    frozen.shift(60)
    want(repository, sam, "A")
    merge_files(repository, [elsewhere("b", wants="B")])
    (listed,) = conflicts.met(repository)
    chosen = listed.sides[number - 1].value
    choose(repository, listed, number)
    merge_files(repository, [late])
    assert values(repository) == {chosen, "C"}
    for _ in range(2):
        repository.undo()
        assert values(repository) == {"A", "B", "C"}
        merge_files(repository, [late])
        assert values(repository) == {"A", "B", "C"}
        repository.redo()
        assert values(repository) == {chosen, "C"}


def test_leave_that_is_given_again_holds(repository: Repository, sam: int, elsewhere: Elsewhere) -> None:
    """Withdrawn on two machines and given anew: the newest word counts, and undo takes it back."""
    withdrawn = Consent(mode="standing", answer="withdrawn")
    repository.transact("Leave", lambda t: network.set_consent(t, sam, withdrawn))
    merge_files(repository, [elsewhere("b", consent=Consent(mode="both", answer="withdrawn"))])
    given = Consent(mode="standing", answer="yes")
    repository.transact("Leave", lambda t: network.set_consent(t, sam, given))
    assert [each.id for each in network.bench(repository.documents, repository.now())] == [sam]
    assert values(repository) == set()
    repository.undo()
    assert network.bench(repository.documents, repository.now()) == []
