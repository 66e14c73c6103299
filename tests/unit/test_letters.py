"""Letters: slots, templates, the two of a referral, and when one may go out."""

from collections.abc import Callable

import pytest

from inbox_support import fill
from store import letters, network, passing_on, referral_letters, referring, sending, verbs
from store.clock import DAY
from store.errors import NotFoundError, StoreError, UsageError
from store.records.letter import Letter
from store.records.person import Consent
from store.records.referral import Mode
from store.repository import Repository
from store.rules.row import Row
from support import NOW, a_contact, a_message, ago

BODY = "Hi {first_name},\n\nwe look for a Staff Engineer. {why}?\x1b[31m \u202etxt"
"""What careless and hostile recruiters write: slots of their own that nobody filled, and controls."""
Refer = Callable[..., int]


@pytest.fixture
def role(repository: Repository) -> Row:
    """Have a role by Dana."""
    contact = a_contact(email="dana@northgate.example", firm="Northgate Search")
    fill(
        repository,
        a_message(sender=contact, role="Staff Engineer", company="Acme", body=BODY, at=ago(days=1)),
    )
    return next(iter(repository.index.rows.values()))


@pytest.fixture
def sam(repository: Repository) -> int:
    """Know Sam Lee."""
    fields = {"email": "sam@orchard.example", "employer": "Orchard"}
    return repository.transact("Add", lambda t: network.add_person(t, "Sam Lee", **fields))[1]


@pytest.fixture
def refer(repository: Repository, role: Row, sam: int) -> Refer:
    """Refer Sam in a consent mode and return the referral's id."""

    def refer(mode: str = "forward") -> int:
        referral, known, _ = passing_on.prepare(repository, role, "Sam Lee", why="ran it", mode=mode)
        return repository.transact("Refer", lambda t: referring.refer(t, role, referral, known))[1]

    return refer


def letter(repository: Repository, id: int, side: str) -> Letter:
    """Return a letter as it is kept."""
    return referral_letters.find(repository.documents, id, side)


def why_not(repository: Repository, id: int, side: str) -> str:
    """Say why a letter may not go out."""
    logged = referring.find(repository.documents, str(id), NOW)
    return sending.why_not(repository.documents, logged, letter(repository, id, side), NOW)


def own(repository: Repository, name: str, text: str) -> None:
    """Write a template in words of one's own."""
    repository.transact("Letter", lambda t: letters.set_template(t, name, text))


def edit(repository: Repository, id: int, side: str, text: str) -> None:
    """Write other words into a draft."""
    repository.transact("Letter", lambda t: referral_letters.edit(t, id, side, text))


def send(repository: Repository, id: int, side: str, text: str = "") -> None:
    """Say that a letter was sent."""
    repository.transact("Sent", lambda t: sending.sent(t, id, side, "wl-copy", text))


def test_slots_are_filled_in_one_pass() -> None:
    """Nothing in a value is taken for a slot, neither now nor when the text is looked at later."""
    filled = letters.fill("{a} {b} {c}", {"a": "{b}", "b": "{c}"})
    assert filled == letters.Filled("{b} {c} {c}", ("b", "c"))
    assert letters.missing(filled.text, filled.quoted) == ("c",)
    assert letters.missing("{b} {Mis-typed}") == ("b", "Mis-typed")
    assert letters.missing("no slot, { neither }, {} nor {1}") == ()


def test_own_words_for_a_template(repository: Repository) -> None:
    """They stand until they are emptied, or are ours again; an unknown name is refused."""
    own(repository, "no", "No, {recruiter}.\n\n")
    assert letters.template(repository.documents, "no") == "No, {recruiter}.\n"
    assert letters.is_own(repository.documents, "no")
    own(repository, "no", letters.TEMPLATES["no"])
    assert not letters.is_own(repository.documents, "no")
    own(repository, "no", "Mine")
    own(repository, "no", " ")
    assert letters.template(repository.documents, "no") == letters.TEMPLATES["no"]
    with pytest.raises(UsageError, match="no letter 'yes'"):
        letters.template(repository.documents, "yes")


def test_no_template_says_that_anybody_is_looking() -> None:
    """They are true in passive mode."""
    assert not [name for name, text in letters.TEMPLATES.items() if "looking" in text or "seeking" in text]


def test_the_letters_are_made_with_the_referral(repository: Repository, refer: Refer) -> None:
    """Both are kept, with addresses; the friend gets what the recruiter wrote, to the letter."""
    id = refer()
    friend, recruiter = (letter(repository, id, side) for side in ("friend", "recruiter"))
    assert BODY in friend.text
    assert (friend.to, friend.template) == ("sam@orchard.example", "friend")
    assert (recruiter.to, recruiter.template) == ("dana@northgate.example", "pointer")
    assert why_not(repository, id, "friend") == why_not(repository, id, "recruiter") == ""


BRIEF = "> Platform lead for the robotics arm.\n>\n> Equity: 0.4 %\x1b[31m"


def _friends(repository: Repository, **fields: object) -> str:
    """Return what a friend gets of one message, with whatever else is there."""
    row = max(repository.index.rows.values(), key=lambda row: len(row.messages))
    referral, known, _ = passing_on.prepare(repository, row, "Ada Byrd", why="ran it")
    id = repository.transact("Refer", lambda t: referring.refer(t, row, referral, known))[1]
    return letter(repository, id, "friend").text


def test_what_is_quoted_comes_along_where_the_user_never_wrote(repository: Repository) -> None:
    """The forwarded brief is the recruiter's text too: body, then what is quoted, to the letter."""
    fill(repository, a_message(body=BODY, quoted=BRIEF, at=ago(days=1)))
    assert f"{BODY}\n\n{BRIEF}" in _friends(repository)


def test_what_is_quoted_alone_is_the_message(repository: Repository) -> None:
    """A mail that only forwards has no words of its own."""
    fill(repository, a_message(body="", quoted=BRIEF, at=ago(days=1)))
    assert BRIEF in _friends(repository)


@pytest.mark.parametrize(
    ("quoted", "said"), [(BRIEF, "[3 quoted lines left out]"), ("> I", "[1 quoted line left out]")]
)
@pytest.mark.parametrize("how", ["elsewhere", "here"])
def test_the_users_own_words_stay_here(repository: Repository, quoted: str, said: str, how: str) -> None:
    """Where the user wrote, what is quoted may be theirs: it is left out, and the letter says so."""
    me = a_contact("Robin", email="robin@home.example")
    fill(repository, a_message(body=BODY, quoted=quoted, threads=("<t>",), at=ago(days=1)))
    row = next(iter(repository.index.rows.values()))
    if how == "elsewhere":
        repository.transact("Answered", lambda t: verbs.answered(t, [row.id], NOW))
    else:
        sent = a_message(
            "Mine", sender=me, body="I want 300k", direction="out", threads=("<t>",), at=ago(hours=2)
        )
        fill(repository, sent)
    text = _friends(repository)
    assert f"{BODY}\n\n{said}" in text
    assert quoted not in text
    assert "300k" not in text


def test_undo_takes_the_letters_back_and_redo_brings_them(repository: Repository, refer: Refer) -> None:
    """The referral and its letters are one step."""
    id = refer()
    repository.undo()
    with pytest.raises(NotFoundError):
        letter(repository, id, "friend")
    repository.redo()
    assert letter(repository, id, "friend").text


def test_drafts_survive_a_restart(repository: Repository, refer: Refer) -> None:
    """What was written into one is there for the next process, and undo brings the words before back."""
    id = refer()
    before = letter(repository, id, "friend").text
    edit(repository, id, "friend", "Hi Sam,\nsee below.")
    with Repository.open() as other:
        assert letter(other, id, "friend").text == "Hi Sam,\nsee below.\n"
        other.undo()
        assert letter(other, id, "friend").text == before


def test_an_empty_draft_is_refused(repository: Repository, refer: Refer) -> None:
    """The words before stay."""
    id = refer()
    with pytest.raises(UsageError, match="no words"):
        edit(repository, id, "friend", " \n")
    assert "Hi Sam" in letter(repository, id, "friend").text


def test_an_open_slot_blocks(repository: Repository, refer: Refer) -> None:
    """A slot of the user's own template holds the letter back until there are words in its place."""
    own(repository, "friend", "Hi {friend}, for {pay}:\n{message}")
    id = refer()
    assert why_not(repository, id, "friend") == "The letter to Sam Lee is not ready: {pay} is open."
    with pytest.raises(StoreError, match="not ready"):
        send(repository, id, "friend")
    edit(repository, id, "friend", letter(repository, id, "friend").text.replace("{pay}", "a lot"))
    assert why_not(repository, id, "friend") == ""
    edit(repository, id, "friend", letter(repository, id, "friend").text + "{first_name}")
    assert "{first_name} is open" in why_not(repository, id, "friend")


def test_forwarding_tells_the_recruiter_nothing_of_the_friend(repository: Repository, refer: Refer) -> None:
    """Not a word of name, address, employer or why, and a template that asks for them is not ready."""
    private = ("sam", "lee", "orchard", "ran it")
    told = letter(repository, refer(), "recruiter").text.casefold()
    assert not [word for word in private if word in told]
    repository.undo()
    own(repository, "pointer", "{recruiter}, {friend} fits: {why}. {role}")
    id = refer()
    told = letter(repository, id, "recruiter").text
    assert told == "Dana Whitfield, {friend} fits: {why}. Staff Engineer, Acme\n"
    assert "{friend}, {why} are open" in why_not(repository, id, "recruiter")


@pytest.mark.parametrize("words", ["Ask SAM LEE.", "Write to sam@orchard.example", "They ran it."])
def test_a_forwarded_letter_that_names_the_friend_is_held_back(
    repository: Repository, refer: Refer, words: str
) -> None:
    """Also where the user wrote it into the draft by hand."""
    id = refer()
    edit(repository, id, "recruiter", words)
    assert "only forwarded" in why_not(repository, id, "recruiter")
    edit(repository, id, "recruiter", "Somebody will write to you.")
    assert why_not(repository, id, "recruiter") == ""


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("I passed it to Sam  Lindqvist.", True),
        ("I passed it to Sam\nLindqvist.", True),
        ("I passed it to Sam-Lindqvist.", True),
        ("I passed it to Sam\u2011Lindqvist.", True),
        ("Ask LINDQVIST.", True),
        ("Ask Lindqvistson.", False),
        ("Ask the VP Data\nat Orchard  Analytics.", True),
        ("Somebody at Orchard Analytics may write.", False),
        ("A VP\u2013Data may write.", False),
    ],
)
def test_no_spelling_gets_a_friend_past_the_check(
    repository: Repository, role: Row, words: str, *, tells: bool
) -> None:
    """Line breaks, dashes and spaces hide no name; the family name tells, and so do employer and title."""
    about = {"employer": "Orchard Analytics", "title": "VP Data"}
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lindqvist", **about))
    referral, known, _ = passing_on.prepare(repository, role, "Sam Lindqvist", why="ran it")
    id = repository.transact("Refer", lambda t: referring.refer(t, role, referral, known))[1]
    edit(repository, id, "recruiter", words)
    assert ("only forwarded" in why_not(repository, id, "recruiter")) is tells


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sam Ng", "Ng is a name of two letters."),
        ("Sam Whitfield", "Hello Dana Whitfield, I passed it on."),
        ("Sam Look", "You look for somebody; I look, too."),
        ("Sam Note", "I have passed your note on."),
    ],
)
def test_a_family_name_that_is_a_word_of_theirs_tells_nothing(
    repository: Repository, role: Row, name: str, words: str
) -> None:
    """What the recruiter is called, wrote first, or reads in every such letter, they know."""
    repository.transact("Add", lambda t: network.add_person(t, name))
    referral, known, _ = passing_on.prepare(repository, role, name, why="ran it")
    id = repository.transact("Refer", lambda t: referring.refer(t, role, referral, known))[1]
    edit(repository, id, "recruiter", words)
    assert why_not(repository, id, "recruiter") == ""


@pytest.mark.parametrize("name", ["Will", "Dana", "Engineer"])
def test_a_name_that_stands_there_anyway_tells_nothing(repository: Repository, role: Row, name: str) -> None:
    """A friend called like a word of the letter, the recruiter or the role does not hold it back."""
    referral, known, _ = passing_on.prepare(repository, role, name, why="for me")
    id = repository.transact("Refer", lambda t: referring.refer(t, role, referral, known))[1]
    assert why_not(repository, id, "recruiter") == ""


def test_an_introduction_waits_for_the_yes(repository: Repository, refer: Refer) -> None:
    """Asked, a no and a stop hold it back; after the yes it goes out and brings the referral to sent."""
    id = refer("both")
    assert why_not(repository, id, "friend") == ""
    assert "Sam Lee has not said yes (asked friend)" in why_not(repository, id, "recruiter")
    repository.transact("Move", lambda t: referring.move(t, id, "yes"))
    assert why_not(repository, id, "recruiter") == ""
    send(repository, id, "recruiter")
    assert referring.find(repository.documents, str(id), NOW).standing.state == "sent"
    repository.undo()
    repository.transact("Move", lambda t: referring.move(t, id, "stopped"))
    assert "has ended (stopped)" in why_not(repository, id, "recruiter")


@pytest.mark.parametrize(
    "consent",
    [
        Consent(mode="standing", answer="withdrawn"),
        Consent(mode="both", answer="withdrawn"),
        Consent(mode="both", until=NOW - DAY),
    ],
)
def test_leave_that_ended_holds_the_introduction_back(
    repository: Repository, refer: Refer, sam: int, consent: Consent
) -> None:
    """Even after the friend said yes; the friend's own letter may still go."""
    id = refer("both")
    repository.transact("Move", lambda t: referring.move(t, id, "yes"))
    repository.transact("Leave", lambda t: network.set_consent(t, sam, consent))
    assert "withdrawn their leave, or it has ended" in why_not(repository, id, "recruiter")
    with pytest.raises(StoreError):
        send(repository, id, "recruiter")
    assert why_not(repository, id, "friend") == ""


@pytest.mark.parametrize("mode", ["standing", "both", "public"])
def test_a_no_counts_whatever_it_was_said_to(
    repository: Repository, refer: Refer, sam: int, mode: Mode
) -> None:
    """Leave that was refused holds the introduction back, until a yes is written down in its place."""
    id = refer("both")
    repository.transact("Move", lambda t: referring.move(t, id, "yes"))
    assert why_not(repository, id, "recruiter") == ""
    refused = Consent(mode=mode, answer="no")
    repository.transact("Leave", lambda t: network.set_consent(t, sam, refused))
    assert why_not(repository, id, "recruiter") == "Sam Lee has refused leave."
    given = Consent(mode=mode, answer="yes")
    repository.transact("Leave", lambda t: network.set_consent(t, sam, given))
    assert why_not(repository, id, "recruiter") == ""


def test_standing_leave_lets_the_introduction_go_at_once(
    repository: Repository, refer: Refer, sam: int
) -> None:
    """Until it ends."""
    repository.transact("Leave", lambda t: network.set_consent(t, sam, Consent(until=NOW + DAY)))
    id = refer("standing")
    assert why_not(repository, id, "recruiter") == ""
    repository.transact("Leave", lambda t: network.set_consent(t, sam, Consent(until=NOW)))
    assert "it has ended" in why_not(repository, id, "recruiter")


def test_what_was_sent_stays(repository: Repository, refer: Refer) -> None:
    """Time, way and the very text are kept, nobody edits or sends it again, and undo makes it a draft."""
    id = refer()
    send(repository, id, "friend", "As it went out")
    kept = letter(repository, id, "friend")
    assert (kept.text, kept.sent_at, kept.sent_by) == ("As it went out", NOW, "wl-copy")
    with pytest.raises(StoreError, match="was sent"):
        edit(repository, id, "friend", "Other words")
    with pytest.raises(StoreError, match="was sent"):
        send(repository, id, "friend")
    logged = referring.find(repository.documents, str(id), NOW)
    assert (logged.standing.state, logged.steps[-1].note) == ("asked_friend", "letter to Sam Lee: wl-copy")
    repository.undo()
    assert not letter(repository, id, "friend").sent_at
    assert BODY in letter(repository, id, "friend").text


def test_other_referrals_have_no_letters(repository: Repository) -> None:
    """One that was received says so, and a side there is not is refused."""
    id = repository.transact("Add", lambda t: referring.add(t, "received", "Noor Haddad", role="CTO"))[1]
    with pytest.raises(NotFoundError, match="no letters"):
        letter(repository, id, "friend")
    with pytest.raises(UsageError, match="no side 'boss'"):
        letter(repository, id, "boss")
