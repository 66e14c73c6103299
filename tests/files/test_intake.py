# ruff: noqa: E501 - a mail reads better on a line
"""Taking messages in from real files: what is judged, what belongs, what is left out, and what comes later."""

import tracemalloc
from itertools import permutations
from pathlib import Path

import pytest

from intake_support import DAY, box, left, news, pitch, subjects, take, with_folder
from mails import a_mail, in_mbox
from store import forgetting, meant
from store.intake import screening
from store.intake.knowledge import knowledge_of
from store.intake.memory import Memory
from store.intake.pulling import Request, never, pull
from store.intake.report import PullReport
from store.intake.taking import Intake
from store.repository import Repository
from store.sources import Unreadable, identify
from store.transaction import Transaction

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_outreach_is_taken_and_the_rest_left_out(repository: Repository, tmp_path: Path) -> None:
    """Three outcomes, each counted; a dry run tells the same and changes nothing; a second run adds nothing."""
    path = box(tmp_path, pitch(1), news(1), unsure(1), news(2))
    would = take(repository, path, dry_run=True)
    assert (would.added, would.review, would.left_out) == (2, 1, 2)
    assert not subjects(repository)
    assert not left(repository)
    done = take(repository, path)
    assert (done.added, done.review, done.left_out) == (2, 1, 2)
    assert [row.judged for row in repository.index.rows.values()].count("review") == 1
    assert repository.index.counts()["screener"] == 1
    assert len(left(repository)) == 2
    for _ in range(2):
        again = take(repository, path)
        assert (again.added, again.known, again.left_out) == (0, 4, 0)
    assert len(left(repository)) == 2


def unsure(number: int, **headers: str) -> bytes:
    """Return a mail of which it is not sure."""
    named = {"message_id": f"<u{number}@x.example>", "From": f"U <u{number}@unsure.example>", **headers}
    return a_mail("We are hiring for a position.", Subject="Hi", **named)


@pytest.mark.parametrize("together", [True, False], ids=["one source", "two"])
@pytest.mark.parametrize("order", [1, -1], ids=["pitch first", "pitch last"])
def test_what_is_to_review_stands_in_the_screener(
    repository: Repository, tmp_path: Path, together: bool, order: int
) -> None:
    """What joins outreach needs no look, and two mails of one thread are one to look at."""
    mails = [
        pitch(1),
        unsure(1, References="<p1@northgate.example>"),
        unsure(2),
        unsure(3, References="<u2@x.example>"),
    ][::order]
    parts = [mails] if together else [[each] for each in mails]
    paths = [box(tmp_path, *part, name=f"{number}.mbox") for number, part in enumerate(parts)]
    report = take(repository, *paths)
    assert report.added == 4
    assert report.review == repository.index.counts()["screener"] == 1
    with Memory.of(repository) as memory:
        assert sum(each.review for each in memory.reads.all()) == 1


def test_a_dry_run_tells_what_would_be_to_review(repository: Repository, tmp_path: Path) -> None:
    """Also of what belongs to outreach that is in the file already."""
    take(repository, box(tmp_path, pitch(1)))
    path = box(tmp_path, unsure(1, References="<p1@northgate.example>"), unsure(2), name="more.mbox")
    assert take(repository, path, dry_run=True).review == take(repository, path).review == 1


def test_everything_is_taken_where_that_is_asked_for(repository: Repository, tmp_path: Path) -> None:
    """A label that somebody keeps for recruiters needs no judge."""
    report = take(repository, box(tmp_path, pitch(1), news(1)), everything=True)
    assert (report.added, report.left_out) == (2, 0)
    assert repository.index.counts()["screener"] == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_thread_brings_along_what_was_left_out(
    repository: Repository, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """An own answer and a bump belong to the recruiter's mail, whichever comes first."""
    answer = a_mail(
        "Thanks.",
        message_id="<a@vale.example>",
        From="Robin <robin@vale.example>",
        In_Reply_To="<p1@northgate.example>",
    )
    bump = a_mail(
        "Any thoughts?",
        message_id="<b@x.example>",
        From="Tom <tom@x.example>",
        References="<p1@northgate.example>",
    )
    files = [
        box(tmp_path, pitch(1), name="pitch.mbox"),
        box(tmp_path, answer, name="Sent/Sent.mbox"),
        box(tmp_path, bump, news(1), name="bump.mbox"),
    ]
    for number in order:
        take(repository, files[number])
    (row,) = repository.index.rows.values()
    assert len(row.messages) == 3
    assert row.answered_at
    assert [each.message.subject for each in left(repository)] == ["Gardens 1"]


@pytest.mark.parametrize("names", list(permutations(["bump", "pitch"])))
def test_what_a_pull_brings_along_itself_was_never_left_out(
    repository: Repository, tmp_path: Path, names: tuple[str, ...]
) -> None:
    """It counts as new, whichever file was read first, and as nothing else."""
    bump = a_mail(
        "Any thoughts?",
        message_id="<b@x.example>",
        From="Tom <tom@x.example>",
        References="<p1@northgate.example>",
    )
    files = {
        "bump": box(tmp_path, bump, news(1), name="bump.mbox"),
        "pitch": box(tmp_path, pitch(1), name="p.mbox"),
    }
    paths = [files[name] for name in names]
    would = take(repository, *paths, dry_run=True)
    report = take(repository, *paths)
    assert (would.added, would.left_out, would.left_out_reasons) == (2, 1, report.left_out_reasons)
    assert (report.added, report.taken_up, report.left_out) == (2, 0, 1)
    assert sum(report.left_out_reasons.values()) == 1
    assert [each.message.subject for each in left(repository)] == ["Gardens 1"]


def test_reasons_add_up_whatever_was_learnt_meanwhile(repository: Repository, tmp_path: Path) -> None:
    """A colleague's bump is left out before the own firm is known, and taken in with the recruiter's mail."""
    kim = "Kim <kim@vale.example>"
    bump = a_mail("Any news?", message_id="<b@x.example>", From=kim, References="<p1@northgate.example>")
    lunch = a_mail("Lunch?", message_id="<l@x.example>", From=kim)
    mine = a_mail("Fine.", message_id="<m@vale.example>", From="Robin <robin@vale.example>")
    with Memory.of(repository) as memory:
        intake = Intake(
            repository, memory, knowledge_of(repository), PullReport(), dry_run=False, cancelled=never
        )
        paths = (
            box(tmp_path, bump, lunch, name="1.mbox"),
            box(tmp_path, mine, name="Sent/Sent.mbox"),
            box(tmp_path, pitch(1), name="2.mbox"),
        )
        for path in paths:
            for source in identify(path):
                assert not isinstance(source, Unreadable)
                intake.read(source, lambda _: None)
    report = intake.report
    assert (report.added, report.left_out) == (2, 2)
    assert sum(report.left_out_reasons.values()) == 2


def test_any_order_gives_the_same_messages(home: Path, tmp_path: Path) -> None:
    """Shuffled files, one pull or several: the documents are the same bytes."""
    dana = "Dana 1 <dana1@northgate1.example>"
    follow_up = a_mail("Shall we talk?", message_id="<f@x.example>", From=dana, Date=DAY.format(17))
    late = a_mail(
        "Shall we talk?", message_id="<l@x.example>", From=dana, Date="Tue, 10 Jun 2026 09:30:00 +0000"
    )
    files = [
        box(tmp_path, pitch(1), news(1), name="1.mbox"),
        box(tmp_path, follow_up, late, name="2.mbox"),
        box(tmp_path, pitch(2), news(2), name="3.mbox"),
    ]
    found = set()
    for number, order in enumerate(permutations(files)):
        with Repository.open(home / f"{number}.json") as repository:
            if number % 2:
                take(repository, *order)
            else:
                for path in order:
                    take(repository, path)
            assert len(left(repository)) == 3
            found.add(frozenset(raw for _, raw in repository.documents.raw_items("messages")))
    assert len(found) == 1


@pytest.mark.parametrize("first", ["calls", "mail"])
def test_a_call_from_a_number_in_a_signature(repository: Repository, tmp_path: Path, first: str) -> None:
    """It belongs to the mail, dialled with the country or without, whether it was read before or after."""
    calls = tmp_path / "calls.xml"
    element = '<call number="{}" duration="0" date="1773200000000" type="3"/>'
    calls.write_text(f"<calls>{element.format('4155550132')}{element.format('4155550199')}</calls>")
    mail = box(tmp_path, pitch(1, phone="(415) 555-0132"))
    if first == "calls":
        assert take(repository, calls).added == 0
        report = take(repository, mail)
        assert (report.added, report.taken_up) == (1, 1)
    else:
        assert [take(repository, path).added for path in (mail, calls)] == [1, 1]
    (row,) = repository.index.rows.values()
    assert [repository.message(id).channel for id in row.messages] == ["email", "call_missed"]
    assert row.attempts == 2


def test_undo_takes_a_pull_back(repository: Repository, tmp_path: Path) -> None:
    """All of it is one step, which says how much it was, and pulling again brings it back."""
    path = box(tmp_path, pitch(1), pitch(2), news(1))
    take(repository, path)
    assert repository.undo().sentence == "Undone: Pull of 2 messages"
    assert not repository.index.rows
    assert repository.redo().sentence == "Redone: Pull of 2 messages"
    assert len(repository.index.rows) == 2
    assert repository.undo().sentence == "Undone: Pull of 2 messages"
    assert take(repository, path).added == 2


@pytest.mark.parametrize("scope", ["sender", "domain"])
def test_a_word_on_a_sender_is_remembered(
    repository: Repository, tmp_path: Path, scope: screening.Scope
) -> None:
    """What had been left out from there is taken in, in one step of undo, and what comes later is outreach."""
    take(repository, box(tmp_path, news(1), news(1, message_id="<n9@shop.example>"), news(2)))
    first = next(each for each in left(repository) if each.message.sender.email == "news1@shop.example")
    screening.say(repository, (), outreach=True, scope=scope, left=[first])
    count = {"sender": 2, "domain": 3}[scope]
    assert len([row for row in repository.index.rows.values() if row.judged == "outreach"]) > 0
    assert sum(len(row.messages) for row in repository.index.rows.values()) == count
    assert len(left(repository)) == 3 - count
    assert take(repository, box(tmp_path, news(1, message_id="<n8@shop.example>"))).added == 1
    repository.undo()
    repository.undo()
    assert not subjects(repository)


def test_a_no_hides_what_comes_from_there(repository: Repository, tmp_path: Path) -> None:
    """Said of a sender it holds for the next mail, and a yes takes it back."""
    take(repository, box(tmp_path, pitch(1)))
    (row,) = repository.index.rows.values()
    screening.say(repository, [row.id], outreach=False, scope="sender")
    assert repository.index.counts()["new"] == repository.index.counts()["all"] == 0
    again = pitch(1, message_id="<again@northgate.example>", Date=DAY.format(17))
    assert take(repository, box(tmp_path, again)).added == 0
    screening.say(repository, [row.id], outreach=True, scope="sender")
    (row,) = repository.index.rows.values()
    assert len(row.messages) == 2
    assert row.judged == "outreach"


@pytest.mark.parametrize("scope", ["this", "sender", "domain"])
def test_what_a_word_left_out_comes_in_once_it_is_taken_back(
    repository: Repository, tmp_path: Path, scope: screening.Scope
) -> None:
    """No server sends it again: the next pull of anything takes it in, with its thread, and nothing else."""
    take(repository, box(tmp_path, pitch(1), pitch(2)))
    row = next(row for row in repository.index.rows.values() if row.who == "Dana 1")
    screening.say(repository, [row.id], outreach=False, scope=scope)
    bump = a_mail(
        "Any thoughts?",
        message_id="<b@x.example>",
        From="Tom <tom@x.example>",
        Subject="Bump",
        References="<p1@northgate.example>",
    )
    again = pitch(1, message_id="<again@northgate.example>", Subject="Again", Date=DAY.format(17))
    refused = [bump] if scope == "this" else [bump, again]
    assert take(repository, box(tmp_path, *refused, news(1))).added == 0
    assert len(left(repository)) == len(refused) + 1
    repository.undo()
    empty = box(tmp_path)
    assert take(repository, empty, dry_run=True).taken_up == 0
    assert take(repository, empty).taken_up == len(refused)
    assert [each.message.subject for each in left(repository)] == ["Gardens 1"]
    assert len(repository.index.find(row.id).messages) == 1 + len(refused)  # type: ignore[union-attr]
    repository.undo()
    assert take(repository, empty).taken_up == 0
    assert len(left(repository)) == len(refused) + 1


def test_a_word_that_was_taken_back_elsewhere(home: Path, tmp_path: Path) -> None:
    """What it had left out on this machine is taken in here."""
    refused = pitch(1, message_id="<again@northgate.example>", Subject="Again", Date=DAY.format(17))
    path = home / "ringback.json"
    with Repository.open(path) as repository:
        take(repository, box(tmp_path, pitch(1)))
        (row,) = repository.index.rows.values()
        screening.say(repository, [row.id], outreach=False, scope="domain")
        take(repository, box(tmp_path, refused))

    def take_back(transaction: Transaction) -> None:
        (company,) = (id for id, _ in transaction.items("companies") if isinstance(id, int))
        transaction.set("companies", company, "outreach", None)

    with Repository.open(path) as repository:
        # As it comes with the file: no step of this machine took the word back.
        repository.transact("Merge", take_back)
        assert take(repository, box(tmp_path)).taken_up == 1
        assert "Again" in subjects(repository)


def test_who_is_forgotten_goes_from_what_was_left_out(repository: Repository, tmp_path: Path) -> None:
    """Nothing of them stays on this machine."""
    dana = "Dana 1 <dana1@northgate1.example>"
    far = news(3, From=dana, Date="Tue, 10 Jun 2025 09:30:00 +0000")
    take(repository, box(tmp_path, pitch(1), far, news(1)))
    assert len(left(repository)) == 2
    whom = meant.named(repository, "Dana 1")
    forgetting.drop_drafts(
        repository, repository.purge("Forget", lambda transaction: forgetting.forget(transaction, whom))
    )
    assert [each.message.sender.name for each in left(repository)] == ["Shop"]


def test_a_damaged_database_is_made_anew(repository: Repository, tmp_path: Path) -> None:
    """It is derived, so it is put aside, and reading again fills it."""
    path = box(tmp_path, pitch(1), news(1))
    take(repository, path)
    intake = repository.state_folder.intake
    intake.write_bytes(b"no database at all" * 100)
    assert take(repository, path).left_out == 1
    assert len(left(repository)) == 1
    assert [each.name.endswith("intake.sqlite") for each in repository.state_folder.aside.iterdir()] == [True]
    assert intake.stat().st_mode & 0o777 == 0o600


def test_a_folder_is_read_as_far_as_it_is_new(repository: Repository, tmp_path: Path) -> None:
    """A file that did not change is not opened again; one that did is, and adds what is new in it."""
    folder = tmp_path / "drop"
    path = box(folder, pitch(1))
    with_folder(repository, folder)
    assert pull(repository, Request(names=["drop"])).added == 1
    assert pull(repository, Request(names=["drop"])).read == 0
    path.write_bytes(in_mbox(pitch(1), pitch(2)))
    report = pull(repository, Request(names=["drop"]))
    assert (report.read, report.added) == (2, 1)


def test_cancelling_keeps_what_was_read(repository: Repository, tmp_path: Path) -> None:
    """The next pull has the rest."""
    folder = tmp_path / "drop"
    for number in range(3):
        box(folder, pitch(number), name=f"{number}.mbox")
    with_folder(repository, folder)

    def cancelled() -> bool:
        return len(repository.documents.tables()) > 0 and bool(
            list(repository.documents.raw_items("messages"))
        )

    first = pull(repository, Request(names=["drop"]), cancelled=cancelled)
    assert first.cancelled
    assert first.added == 1
    second = pull(repository, Request(names=["drop"]))
    assert second.added == 2


def test_memory_stays_flat(repository: Repository, tmp_path: Path) -> None:
    """Of a mail that is no outreach some numbers are held, and nothing of what it says."""
    sizes = []
    for count in (4_000, 8_000):
        path = tmp_path / "big.mbox"
        path.write_bytes(in_mbox(*(news(number, To=f"r{count}@vale.example") for number in range(count))))
        tracemalloc.start()
        take(repository, path)
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        path.unlink()
    assert (sizes[1] - sizes[0]) / 4_000 < 900


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_a_mail_and_its_export_are_one_timeline(repository: Repository) -> None:
    """The InMail that came as a notification and as a row of the export is shown once, with the answer to it."""
    take(repository, CORPUS / "linkedin_email" / "inmail_initial.eml")
    for export in ("Basic_LinkedInDataExport_03-12-2026.zip.zip", "Basic_LinkedInDataExport_04-29-2023.zip"):
        take(repository, CORPUS / "linkedin" / export)
    row = next(
        row for row in repository.index.rows.values() if row.who == "Dana Whitfield" and len(row.messages) > 2
    )
    shown = [
        entry
        for entry in repository.timeline(row)
        if entry.message is not None and "retained" in entry.message.body
    ]
    search, answer = shown
    assert len(search.versions) == 2
    assert search.message is not None
    assert search.message.body.count("\n") > 3
    assert answer.outgoing
    assert row.answered_at


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_the_whole_corpus_twice(repository: Repository) -> None:
    """Every file is read or told with its place; a second run adds nothing and leaves out nothing more."""
    first = take(repository, CORPUS)
    assert first.added > 10
    assert first.failures
    assert all(failure.place and failure.reason for failure in first.failures)
    count = len(left(repository))
    second = take(repository, CORPUS)
    assert (second.added, second.taken_up, second.people_added) == (0, 0, 0)
    assert len(left(repository)) == count
