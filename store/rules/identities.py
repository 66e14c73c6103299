"""Under which identities a contact is found: address, telephone line, profile."""

from functools import lru_cache

from store.records.message import Contact
from store.rules.numbers import is_line, number_key
from store.rules.profiles import is_linkedin

_NO_PERSON = ("noreply", "no-reply", "donotreply", "do-not-reply", "notifications", "mailer-daemon")


def identifies(contact: Contact) -> str:
    """Return the identity under which messages of this sender find each other, or an empty text.

    A relay's address or one that nobody answers stands for many people, a bare name for namesakes, and
    anybody may write under a name in place of a number.
    """
    identity = contact.identity()
    if identity.startswith("name:") or (identity.startswith("tel:") and not number_key(identity[4:])):
        return ""
    return "" if contact.email.startswith(_NO_PERSON) or is_linkedin(contact.email) else identity


@lru_cache(maxsize=2048)
def identities_of(contact: Contact) -> tuple[str, ...]:
    """Return every identity under which messages of a contact find each other: address, line, profile.

    A short code is one where there is nothing else, a sender that is a name (`OTP Bank`) never. The same
    people write again and again, so the last ones are remembered.
    """
    found = []
    if contact.email and (identity := identifies(Contact(email=contact.email))):
        found.append(identity)
    if is_line(contact.phone):
        found.append("line:" + number_key(contact.phone))
    elif number_key(contact.phone) and not contact.email:
        found.append(contact.identity())
    if contact.profile:
        found.append(contact.profile)
    return tuple(found)


def key_of(identity: str) -> str:
    """Return an identity as rows are found by it: a number as its line."""
    kind, _, number = identity.partition(":")
    return "line:" + number_key(number) if kind == "tel" and is_line(number) else identity
