"""A sealed document stays as it was sealed, whatever comes: a write, a merge, another program, a copy."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from store import deciding, settings
from store.doctor import examine
from store.errors import StoreError
from store.file.codec import encode_document, encode_state
from store.file.document import write
from store.file.foreign import adopt
from store.file.lines import Lines
from store.file.merge import merge_documents, merge_states
from store.file.sealed import is_intact, sealed
from store.file.stamps import Stamp
from store.ids import document_id
from store.records.decision import Answers
from store.records.message import message_fields
from store.records.review import Review
from store.repository import Repository
from store.restore import restore
from support import a_message

ENTRY = sealed({"k": "r:1", "opportunity": "12", "verdict": "no", "notes": {"a": "x"}, "total": -2})
PATHS = ("gone", "verdict", "notes/a", "other")
WRITES = [(path, value) for path in PATHS for value in (True, False, "call")]


def bytes_of(document: dict[str, Any]) -> bytes:
    """Return a document as it is stored."""
    return encode_document(document)


@st.composite
def versions(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what may become of a sealed document: as it was, withdrawn, changed, stripped, or sealed anew."""
    document: dict[str, Any] = dict(draw(st.sampled_from([ENTRY, sealed({**ENTRY, "total": 3})])))
    for number in draw(st.lists(st.sampled_from(range(len(WRITES))), max_size=2, unique=True)):
        # Each write is another machine's, for a stamp is never used twice.
        path, value = WRITES[number]
        document = write(document, path, value, Stamp(f"node{number:02}", 1, number))
    change = draw(st.sampled_from(["", "total", "seal", "_m"]))
    if change == "total":
        document["total"] = 9
    elif change:
        document.pop(change, None)
    return document


@given(versions(), versions(), versions())
def test_merging_keeps_its_laws(a: dict[str, Any], b: dict[str, Any], c: dict[str, Any]) -> None:
    """Whatever was done to a sealed document, the order of merges does not matter, to the byte."""
    assert bytes_of(merge_documents(a, b)) == bytes_of(merge_documents(b, a))
    left, right = merge_documents(merge_documents(a, b), c), merge_documents(a, merge_documents(b, c))
    assert bytes_of(left) == bytes_of(right)


@given(versions())
def test_an_intact_version_wins_whole(changed: dict[str, Any]) -> None:
    """Where one version is as it was sealed, the merge says what was sealed, but for its withdrawal."""
    merged = merge_documents(ENTRY, changed)
    assert is_intact(merged)
    if not is_intact(changed):
        assert {**merged, "gone": 0, "_m": 0} == {**ENTRY, "gone": 0, "_m": 0}


@pytest.mark.parametrize(
    "changed",
    [
        {**ENTRY, "verdict": "call"},
        {**ENTRY, "notes": {"a": "y"}},
        {**ENTRY, "other": 1},
        {name: value for name, value in ENTRY.items() if name != "seal"},
        sealed({**ENTRY, "verdict": "call"}) | {"seal": "forged"},
    ],
)
def test_another_program_changes_nothing(changed: dict[str, Any]) -> None:
    """An edit by stock TinyDB or `jq` is not taken in, and the next merge heals the file."""
    known, found = _lines(ENTRY), _lines(changed)
    adopted = adopt(known, found, Stamp("cccccc", 7, 99))
    merged = known.with_changes(merge_states(known, adopted))
    ((_, raw),) = merged.items("decisions")
    assert raw == bytes_of(ENTRY)


def _lines(document: dict[str, Any]) -> Lines:
    table: dict[int | str, bytes] = {document_id(document["k"]): bytes_of(document)}
    return Lines(b"".join(encode_state({"decisions": table})))


@pytest.fixture
def decided(home: Path, frozen: time_machine.Traveller) -> int:
    """Seal a no on the only opportunity; return the entry's id."""
    message = a_message()
    with Repository.open() as repository:
        repository.transact("Import", lambda t: t.insert("messages", message.k, message_fields(message)))
        (row,) = repository.index.rows.values()
        beside = deciding.beside(repository, row)
        answers = Answers(reasons=("a",), call=1)
        now = repository.now()
        entry = deciding.compose(row, beside, answers, form="express", verdict="N", now=now)
        repository.transact("Decide", lambda t: deciding.decide(t, [row.id], entry))
        (found,) = repository.decisions.everything()
    return found.id


def test_no_transaction_changes_it(decided: int) -> None:
    """A write to a sealed field is refused with the way on; nothing is written."""
    with Repository.open() as repository:
        before = repository.documents.raw("decisions", decided)
        with pytest.raises(StoreError, match="sealed entry"):
            repository.transact("Edit", lambda t: t.set("decisions", decided, "verdict", "call"))
        assert repository.documents.raw("decisions", decided) == before


def test_the_file_edited_under_us_is_healed(decided: int) -> None:
    """The published file with another verdict in it: the journal's entry stands when it is opened next."""
    with Repository.open() as repository:
        path = repository.path
    tables = json.loads(path.read_text())
    tables["decisions"][str(decided)]["verdict"] = "call"
    path.write_text(json.dumps(tables))
    with Repository.open() as repository:
        found = repository.decisions.find(decided)
        assert found is not None
        assert found.decision.verdict == "no"
    assert json.loads(path.read_text())["decisions"][str(decided)]["verdict"] == "no"


def test_restoring_a_copy_leaves_it(decided: int, tmp_path: Path) -> None:
    """An old copy in which the entry says something else brings back all but that."""
    with Repository.open() as repository:
        tables = json.loads(repository.path.read_text())
        tables["decisions"][str(decided)]["verdict"] = "call"
        copy = tmp_path / "copy.json"
        copy.write_text(json.dumps(tables))
        restore(repository, copy)
        found = repository.decisions.find(decided)
        assert found is not None
        assert found.decision.verdict == "no"


def test_a_reviewed_decision_is_not_undone(decided: int) -> None:
    """Undo withdraws a seal until its first review; then it says that it stays."""
    with Repository.open() as repository:
        entry = repository.decisions.find(decided)
        assert entry is not None
        repository.transact("Review", lambda t: deciding.review(t, entry, Review(wish=0)))
        repository.undo()
        assert not repository.decisions.reviews(decided)
        repository.redo()
        assert repository.decisions.reviews(decided)


def test_the_doctor_names_a_broken_seal(decided: int) -> None:
    """A changed entry that nobody knows an intact version of is found."""
    with Repository.open() as repository:
        path = repository.path
    tables = json.loads(path.read_text())
    tables["decisions"][str(decided)]["verdict"] = "call"
    path.write_text(json.dumps(tables))
    wrong = [each.sentence for each in examine(settings.locate()) if not each.ok]
    assert any(f"first decisions {decided}" in sentence for sentence in wrong)
