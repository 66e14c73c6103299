"""What was left out and taken in, once it is undone, forgotten or damaged; and what else a folder holds."""

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from intake_support import DAY, NEWS, box, left, news, pitch, subjects, take, with_folder
from mails import a_mail
from store import forgetting, meant, verbs
from store.errors import FileError, StoreError, UsageError
from store.intake import configuring, screening
from store.intake.memory import Memory
from store.intake.overview import left_out_count
from store.intake.pulling import Request, pull
from store.intake.read_files import look
from store.intake.watching import new_files
from store.repository import Repository
from store.settings import load

DANA = "Dana 1 <dana1@northgate1.example>"
BUMP = a_mail("Shall we?", message_id="<f@x.example>", From=DANA, Date=DAY.format(17))


def take_in(repository: Repository, *, scope: screening.Scope) -> str:
    """Say of the newest message that was left out that it is outreach."""
    return screening.say(repository, (), outreach=True, scope=scope, left=left(repository)[:1])


@pytest.mark.parametrize("scope", ["this", "sender", "domain"])
def test_taking_in_is_undone_whole(repository: Repository, tmp_path: Path, scope: screening.Scope) -> None:
    """What was taken in is left out again, and redo takes it in; nothing of it is ever in neither place."""
    take(repository, box(tmp_path, news(1), news(1, message_id="<n9@shop.example>"), news(2)))
    before = left(repository)
    take_in(repository, scope=scope)
    taken = len(subjects_of_all(repository))
    assert len(left(repository)) == 3 - taken < 3
    repository.undo()
    assert left(repository) == before
    assert left_out_count(repository) == 3
    repository.redo()
    assert len(left(repository)) == 3 - taken
    repository.undo()
    take_in(repository, scope=scope)
    assert len(subjects_of_all(repository)) == taken


def subjects_of_all(repository: Repository) -> list[str]:
    """Return the subjects of all messages in the file, equal ones too."""
    documents = repository.documents.items("messages")
    return [str(document["subject"]) for _, document in documents if not document.get("gone")]


def test_what_a_thread_brought_along_is_left_out_again(repository: Repository, tmp_path: Path) -> None:
    """Undoing the pull of a recruiter's mail gives back the bump that had been left out before it."""
    take(repository, box(tmp_path, BUMP))
    path = box(tmp_path, pitch(1), name="2.mbox")
    assert take(repository, path).taken_up == 1
    repository.undo()
    assert [each.message.body for each in left(repository)] == ["Shall we?"]
    assert take(repository, path).taken_up == 1
    assert not left(repository)


def test_a_scope_that_does_not_fit(repository: Repository, tmp_path: Path) -> None:
    """Where no domain and no firm is known, that is a sentence, and nothing was taken in."""
    first = a_mail("Hello.", message_id="<1@gmail.com>", From="Una <una@gmail.com>", Subject="Hi")
    take(repository, box(tmp_path, first))
    with pytest.raises(StoreError, match="no domain of a firm's own"):
        take_in(repository, scope="domain")
    with pytest.raises(StoreError, match="No firm"):
        take_in(repository, scope="firm")
    assert not subjects(repository)
    assert len(left(repository)) == 1


def test_a_mail_of_somebody_forgotten_comes_nowhere(repository: Repository, tmp_path: Path) -> None:
    """Read again without the mail that it followed, it is neither taken in nor left out."""
    bump = box(tmp_path, BUMP, name="2.mbox")
    take(repository, box(tmp_path, pitch(1)), bump)
    whom = meant.named(repository, "Dana 1")
    found = repository.purge("Forget", lambda transaction: forgetting.forget(transaction, whom))
    forgetting.drop_drafts(repository, found)
    report = take(repository, bump)
    assert (report.known, report.left_out) == (1, 0)
    assert not left(repository)
    assert not subjects(repository)


def test_an_emptied_trash_brings_nothing_back(repository: Repository, tmp_path: Path) -> None:
    """What was left out, taken in and thrown away for good is gone from this machine, too."""
    take(repository, box(tmp_path, news(1)))
    take_in(repository, scope="this")
    ids = list(repository.index.rows)
    repository.transact("Trash", lambda transaction: verbs.trash(transaction, ids))
    repository.purge("Empty trash", forgetting.empty_trash)
    assert not left(repository)
    connection = sqlite3.connect(repository.state_folder.intake)
    assert connection.execute("SELECT count(*) FROM left_out").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize("order", list(permutations(("sent", "alex"))))
def test_the_own_firm_is_known_at_once(
    repository: Repository, tmp_path: Path, order: tuple[str, str]
) -> None:
    """Mail that was sent tells the user's own domain to whatever is read after it, in the same pull, too."""
    sent = a_mail("Thanks.", message_id="<a@vale.example>", From="Robin <robin@vale.example>")
    words = "We are hiring a Staff Engineer. Are you open to a new role?"
    alex = a_mail(words, message_id="<c@vale.example>", From="Alex <alex@vale.example>")
    files = {"sent": box(tmp_path, sent, name="Sent/Sent.mbox"), "alex": box(tmp_path, alex)}
    take(repository, *(files[name] for name in order))
    assert len(repository.index.rows) == (order[0] == "alex")


def test_in_a_folder_sent_mail_is_read_first(repository: Repository, tmp_path: Path) -> None:
    """So the own firm is known to all of it, wherever the sent mail lies."""
    sent = a_mail("Thanks.", message_id="<a@vale.example>", From="Robin <robin@vale.example>")
    words = "We are hiring a Staff Engineer. Are you open to a new role?"
    alex = a_mail(words, message_id="<c@vale.example>", From="Alex <alex@vale.example>")
    box(tmp_path / "mail", alex, name="1.mbox")
    box(tmp_path / "mail", sent, name="Sent/Sent.mbox")
    take(repository, tmp_path / "mail")
    assert not repository.index.rows


def test_a_page_holds_several_mails(repository: Repository, tmp_path: Path) -> None:
    """A first pull writes many of them: larger pages are fewer."""
    take(repository, box(tmp_path, news(1)))
    connection = sqlite3.connect(repository.state_folder.intake)
    assert connection.execute("PRAGMA page_size").fetchone() == (16_384,)
    connection.close()


def test_damage_that_shows_late(repository: Repository, tmp_path: Path) -> None:
    """It is a sentence, the database is put aside, and doing it again works."""
    path = box(tmp_path, *(news(number) for number in range(300)))
    take(repository, path)
    intake = repository.state_folder.intake
    connection = sqlite3.connect(intake)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = intake.read_bytes()
    first = int.from_bytes(data[16:18])
    """Bytes of the first page, without which it cannot be opened."""
    intake.write_bytes(data[:first] + b"\x5a" * (len(data) - first))
    with pytest.raises(FileError, match="was damaged") as raised:
        take(repository, path)
    assert "Do it again" in raised.value.hint
    assert take(repository, path).left_out == 300
    assert len(left(repository)) == 300


def test_what_undo_took_away_comes_back_when_it_is_asked_for(repository: Repository, tmp_path: Path) -> None:
    """A folder's own pull leaves undone what was undone; reading it again from its beginning does not."""
    box(tmp_path / "drop", pitch(1), news(1))
    with_folder(repository, tmp_path / "drop")
    assert pull(repository, Request(names=["drop"])).added == 1
    repository.undo()
    assert pull(repository, Request(names=["drop"])).read == 0
    report = pull(repository, Request(names=["drop"], again=True))
    assert (report.read, report.added, report.left_out, report.known) == (2, 1, 0, 1)
    assert pull(repository, Request(names=["drop"], again=True)).known == 2
    assert pull(repository, Request(names=["drop"])).read == 0


def test_what_was_left_out_of_somebody_forgotten_stays_away(repository: Repository, tmp_path: Path) -> None:
    """They are in the file with one mail; another one was no outreach."""
    chat = {"message_id": "<n1@northgate1.example>", "From": "Dana 1 <dana1@northgate1.example>"}
    mails = box(tmp_path, pitch(1)), box(tmp_path, a_mail(NEWS, **chat), name="2.mbox")
    assert take(repository, *mails[1:]).left_out == 1
    take(repository, mails[0])
    whom = meant.named(repository, "Dana 1")
    found = repository.purge("Forget", lambda transaction: forgetting.forget(transaction, whom))
    forgetting.drop_drafts(repository, found)
    report = take(repository, *mails)
    assert (report.known, report.added, report.left_out) == (2, 0, 0)
    assert not left(repository)


def test_a_pull_leaves_nothing_new_in_a_folder(repository: Repository, tmp_path: Path) -> None:
    """Whatever lies in it is looked at once: files of mail programs, links, folders, what cannot be read."""
    folder = tmp_path / "drop"
    box(folder, pitch(1))
    for name in ("empty.txt", "x.msf", "x.part", ".hidden", "~lock", "x.dat", "picture.png", "old.pst"):
        (folder / name).write_bytes(b"")
    (folder / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    for name in ("cur", "new", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
        (folder / "Maildir" / name / "1:2,S").write_bytes(pitch(2))
    (folder / "Maildir" / "dovecot-uidlist").write_bytes(b"3\n")
    (folder / "loop").symlink_to(folder)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    with_folder(repository, folder)

    def new() -> list[str]:
        found = new_files(repository.settings, repository.paths, repository.state_folder)
        return [Path(path).name for _, path, _ in found]

    assert "box.mbox" in new()
    assert pull(repository, Request(names=["drop"])).added == 2
    assert new() == []
    (folder / "empty.txt").write_bytes(b"more")
    assert new() == ["empty.txt"]


def test_files_are_told_apart_by_how_they_look(repository: Repository, tmp_path: Path) -> None:
    """The same size at another time, or another size at the same time, is another file."""
    path = tmp_path / "a.eml"
    path.write_bytes(b"one")
    first = look(path)
    assert first is not None
    with Memory.of(repository) as memory:
        assert memory.files.is_new(path, first)
        memory.files.keep({path: first}, failed=())
        assert not memory.files.is_new(path, first)
        assert memory.files.is_new(path, first._replace(size=4))
        assert memory.files.is_new(path, first._replace(modified=first.modified + 1))
    assert look(tmp_path / "nothing") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\nsnooze_hour = 9",
        '[sources.a]\nkind = "folder"\npath = "/a"\n',
        'sources.a.kind = "folder"\nsources.a.path = "/a"\n',
    ],
)
def test_a_source_is_added_behind_what_stands_there(repository: Repository, text: str) -> None:
    """Whatever the configuration holds stays as it was written, and all of it is read afterwards."""
    paths = repository.paths
    paths.config.write_text(text)
    before = set(load(paths).sources)
    configuring.add(paths, "b", {"kind": "folder", "path": 'x"\\y é'})
    assert paths.config.read_text().startswith(text)
    assert set(load(paths).sources) == before | {"b"}
    assert load(paths).sources["b"]["path"] == 'x"\\y é'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('sources = { a = { kind = "folder", path = "/a" } }\n', "/b"),
        ("", "a\x7fb"),
        ("", "a\udcffb"),
    ],
    ids=["an inline table", "a control character", "no text"],
)
def test_a_source_that_cannot_be_added(repository: Repository, text: str, path: str) -> None:
    """It is a sentence with the file, and the configuration stays as it was."""
    paths = repository.paths
    paths.config.write_text(text)
    with pytest.raises(UsageError) as raised:
        configuring.add(paths, "b", {"kind": "folder", "path": path})
    assert str(paths.config) in raised.value.sentence
    assert paths.config.read_text() == text


FORM_BEFORE = """
CREATE TABLE before AS SELECT * FROM left_out;
DROP TABLE left_out;
CREATE TABLE left_out (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, score INTEGER NOT NULL, sender TEXT NOT NULL,
    domain TEXT NOT NULL, firm TEXT NOT NULL, message BLOB NOT NULL
);
CREATE INDEX left_out_at ON left_out (at);
CREATE INDEX left_out_domain ON left_out (domain) WHERE domain != '';
INSERT INTO left_out SELECT id, at, score, sender, domain, firm, message FROM before;
DROP TABLE before;
INSERT INTO forgotten VALUES (42);
PRAGMA user_version = 2;
"""
"""What makes a database one of the form before, which had no numbers."""


def test_a_database_of_the_form_before_is_taken_over(repository: Repository, tmp_path: Path) -> None:
    """What was left out, by what its kin is found, and who was forgotten: all of it stays."""
    mails = box(tmp_path, *(news(number) for number in range(5)))
    take(repository, mails)
    kept = left(repository)
    connection = sqlite3.connect(repository.state_folder.intake)
    connection.executescript(FORM_BEFORE)
    connection.close()
    assert left(repository) == kept
    with Memory.of(repository) as memory:
        assert memory.left_out.forgotten() == {42}
        assert memory.left_out.from_sender(kept[0].message.sender.identity())
    again = take(repository, mails)
    assert (again.known, again.left_out) == (5, 0)
    assert not repository.state_folder.aside.exists() or not [*repository.state_folder.aside.iterdir()]
