"""Whether a letter may go out, and that it did: open slots, the friend's yes, and leave that holds."""

from typing import Final

from store import letters, referral_letters, referring
from store.derivation import made_by
from store.errors import StoreError
from store.ids import read_id
from store.records.letter import Letter
from store.records.message import Message
from store.records.person import Person
from store.records.reading import read_fields
from store.records.referral import Referral
from store.referring import Logged
from store.rules.mentions import folded, says, without
from store.rules.referrals import words
from store.seat import Reads
from store.transaction import Transaction

_AGREED: Final = frozenset({"yes", "sent", "in_touch", "interviewing", "hired", "not_hired"})
"""States in which the friend has said yes and nobody stopped it."""
_ASKING: Final = frozenset({"idea", "asked_friend"})


def check(documents: Reads, logged: Logged, letter: Letter, now: int) -> None:
    """Raise StoreError where a letter must not go out: somebody's leave is missing, or a slot is open."""
    referral = logged.referral
    if letter.side == "recruiter" and referral.mode == "forward":
        _check_silence(documents, referral, letter)
    elif letter.side == "recruiter":
        _check_agreed(logged)
        referring.check_leave(documents, referral, now)
    if names := open_slots(letter):
        shown = ", ".join(f"{{{name}}}" for name in names)
        who = referral_letters.addressee(referral, letter.side)
        raise StoreError(
            f"The letter to {who} is not ready: {shown} {'is' if len(names) == 1 else 'are'} open.",
            "Edit it and write what belongs there.",
        )


def why_not(documents: Reads, logged: Logged, letter: Letter, now: int) -> str:
    """Say why a letter must not go out; an empty text where it is ready."""
    try:
        check(documents, logged, letter, now)
    except StoreError as error:
        return error.sentence
    return ""


def open_slots(letter: Letter) -> tuple[str, ...]:
    """Return the slots of a letter that nothing was written into yet."""
    return letters.missing(letter.text, letter.quoted)


def _check_agreed(logged: Logged) -> None:
    state, name = logged.standing.stored, logged.referral.name
    if state in _AGREED or (state == "idea" and logged.referral.mode == "public"):
        return
    if state in _ASKING:
        why, hint = f"{name} has not said yes", "Write down their yes first, or forward the role."
    else:
        why, hint = f"The referral of {name} has ended", "Make a new one, with their leave."
    raise StoreError(f"{why} ({words(state)}): nothing about them goes to the recruiter.", hint)


def _check_silence(documents: Reads, referral: Referral, letter: Letter) -> None:
    """Of somebody to whom a role is only forwarded, the recruiter learns nothing."""
    person = read_fields(documents.get("people", read_id(referral.person)) or {}, Person)
    told = folded(letter.text)
    for each in (referral.recruiter, referral_letters.about(referral)):
        told = without(told, folded(each))
    # A friend may be called Will, or Dana like the recruiter: what stands there anyway tells nothing.
    anyway = folded(letters.TEMPLATES.get(letter.template, ""))
    theirs = _recruiters_text(documents, referral)
    if (
        any(says(told, each) and not says(anyway, each) for each in _private(referral, person))
        or any(
            says(told, each) and not says(anyway, each) and not says(theirs, each)
            for each in _family_names(referral, person)
        )
        or _says_where(told, theirs, person)
    ):
        raise StoreError(
            f"The role was only forwarded, and this letter tells of {referral.name}.",
            "Take that out; to introduce them, ask both.",
        )


def _private(referral: Referral, person: Person) -> set[str]:
    """Return what tells of a friend wherever it stands."""
    known = (referral.name, person.name, person.email, person.phone, person.profile, referral.why)
    return {folded(each) for each in known if each}


def _family_names(referral: Referral, person: Person) -> set[str]:
    """Return what a friend is called beside the given name; two letters may be any word."""
    names = (each.split() for each in (referral.name, person.name or ""))
    return {folded(name[-1]) for name in names if len(name) > 1 and len(name[-1]) > 2}


def _says_where(told: str, theirs: str, person: Person) -> bool:
    """Tell whether a text says where a friend works and as what, both: few are that."""
    where = [folded(each or "") for each in (person.employer, person.title)]
    return all(says(told, each) for each in where) and not all(says(theirs, each) for each in where)


def _recruiters_text(documents: Reads, referral: Referral) -> str:
    """Return what the recruiter is called and wrote first: what stands there, they know."""
    id = read_id(referral.opportunity)
    made = made_by(id, documents.get("opportunities", id) or {})
    message = read_fields(documents.get("messages", made) or {}, Message) if made else Message()
    words = (
        referral.recruiter,
        referral.firm,
        referral_letters.about(referral),
        message.subject,
        message.body,
    )
    return folded("\n".join(words))


def sent(transaction: Transaction, id: int, side: str, way: str, text: str = "") -> str:
    """Write down that the user sent a letter: when, by which way, and the very text that went out.

    An introduction that went out brings its referral to `sent`. Raises StoreError where it may not go out.
    """
    logged, letter = referring.current(transaction, id), referral_letters.find(transaction, id, side)
    who = referral_letters.addressee(logged.referral, side)
    referral_letters.check_draft(letter)
    check(transaction, logged, letter, transaction.now)
    written = {"text": text or letter.text, "sent_at": transaction.now, "sent_by": way}
    for field, value in written.items():
        transaction.set("letters", referral_letters.letter_id(id, side), field, value)
    note = f"letter to {who}: {way}"
    introduces = side == "recruiter" and logged.referral.mode != "forward"
    if introduces and "sent" in logged.standing.moves:
        referring.move(transaction, id, "sent", note)
    else:
        referring.noted(transaction, id, note)
    return f"Sent: the letter to {who}"
