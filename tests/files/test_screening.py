"""Saying what is outreach: what is taken in with it, in one step, and what a word is kept of."""

from pathlib import Path

import pytest

from intake_support import DAY, box, left, news, pitch, subjects, take
from mails import a_mail
from store.errors import FileError, StoreError
from store.intake import screening
from store.repository import Repository

FAR = "Tue, 10 Jun 2025 09:30:00 +0000"
DANA = "Dana 1 <dana1@northgate1.example>"


def answer(to: str, subject: str) -> bytes:
    """Return what the user answered to a message."""
    return a_mail(
        "Thanks.",
        message_id=f"<{subject}@vale.example>",
        From="Robin <robin@vale.example>",
        Subject=subject,
        In_Reply_To=to,
    )


@pytest.fixture
def refused(repository: Repository, tmp_path: Path) -> Repository:
    """Have a pitch that was refused, and what was left out after that: answers, and an old mail of Dana's."""
    take(repository, box(tmp_path, pitch(1)))
    (row,) = repository.index.rows.values()
    screening.say(repository, [row.id], outreach=False)
    far = a_mail("Shall we talk?", message_id="<far@x.example>", From=DANA, Subject="Far", Date=FAR)
    take(repository, box(tmp_path, far))
    sent = [answer("<p1@northgate.example>", "To the pitch"), answer("<far@x.example>", "To the far one")]
    take(repository, box(tmp_path, *sent, name="Sent/Sent.mbox"))
    assert len(left(repository)) == 3
    return repository


@pytest.mark.parametrize(("scope", "stay"), [("this", {"Far", "To the far one"}), ("sender", set())])
def test_own_answers_come_along(refused: Repository, scope: screening.Scope, stay: set[str]) -> None:
    """To what is outreach now, and to what is taken in with it; one undo leaves all of it out again."""
    (row,) = refused.index.rows.values()
    before = subjects(refused)
    sentence = screening.say(refused, [row.id], outreach=True, scope=scope)
    assert {each.message.subject for each in left(refused)} == stay
    assert sentence.endswith(f"· {3 - len(stay)} taken in that had been left out")
    refused.undo()
    assert subjects(refused) == before
    assert len(left(refused)) == 3


def test_an_own_answer_says_nothing_of_other_mail(refused: Repository) -> None:
    """Taken in by itself it brings its thread, and not whatever else the user sent."""
    chosen = next(each for each in left(refused) if each.message.subject == "To the far one")
    screening.say(refused, (), outreach=True, left=[chosen])
    assert {each.message.subject for each in left(refused)} == {"To the pitch"}
    assert "identity:mailto:robin@vale.example" not in {
        document["k"] for _, document in refused.documents.items("identities")
    }


@pytest.mark.parametrize(
    ("senders", "scope", "whom"),
    [
        (["Ann <a@x.example>", "b@x.example"], "this", "Ann, b@x.example"),
        ([f"Ann {each} <{each}@x.example>" for each in "abcd"], "sender", "4 messages"),
        (["Ann <a@x.example>", "Tom <t@y.example>"], "domain", "@x.example, @y.example"),
        (["undisclosed", "Ann <a@x.example>"], "this", "undisclosed, Ann"),
        (["<>"], "this", "1 message"),
    ],
)
def test_who_is_taken_in_is_named(
    repository: Repository, tmp_path: Path, senders: list[str], scope: screening.Scope, whom: str
) -> None:
    """Each of a few; of many, and of nobody with a name, how many messages they sent."""
    mails = [
        a_mail("Lunch?", Subject=f"{number}", message_id=f"<{number}@x.example>", From=sender)
        for number, sender in enumerate(senders)
    ]
    take(repository, box(tmp_path, *mails))
    chosen = sorted(left(repository), key=lambda each: each.message.subject)
    sentence = screening.say(repository, (), outreach=True, scope=scope, left=chosen)
    assert sentence == f"{whom}: outreach · {len(senders)} taken in"


def test_the_user_is_not_named(refused: Repository) -> None:
    """A word on a sender says nothing of whoever answered them."""
    sentence = screening.say(refused, (), outreach=True, scope="this", left=left(refused))
    assert sentence.startswith("Dana 1: outreach · ")


def test_a_word_that_does_not_fit_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    """Where one sender has no domain of a firm's own, nothing from the others is taken in either."""
    private = pitch(2, From="Tom <tom@gmail.com>", Date=DAY.format(11))
    take(repository, box(tmp_path, private, news(1)))
    before, ids = repository.position, list(repository.index.rows)
    with pytest.raises(StoreError, match="no domain"):
        screening.say(repository, ids, outreach=True, scope="domain", left=left(repository))
    assert repository.position == before


def test_what_was_left_out_cannot_be_read(refused: Repository) -> None:
    """A yes changes nothing then; a no needs none of it."""
    (row,) = refused.index.rows.values()
    refused.state_folder.intake.unlink()
    refused.state_folder.intake.mkdir()
    before = refused.position
    with pytest.raises(FileError):
        screening.say(refused, [row.id], outreach=True)
    assert refused.position == before
    screening.say(refused, [row.id], outreach=False, scope="domain")
    assert refused.position != before
