"""What the user said about senders, domains and firms: whether their messages are outreach."""

from collections.abc import Mapping

from store.records.message import Contact
from store.records.plain import plain
from store.rules.profiles import is_linkedin
from store.rules.scam import FREE_MAIL

Corrections = Mapping[str, bool]
"""Whether it is outreach, by identity (`mailto:…`, `tel:…`, a profile), `domain:…` or `firm:…`."""
NOTHING_SAID: Corrections = {}


def domain_of(contact: Contact) -> str:
    """Return the mail domain of a firm's own that a contact writes from; empty for free mail and relays."""
    domain = contact.email.rpartition("@")[2]
    return "" if domain in FREE_MAIL or is_linkedin(contact.email) else domain


def firm_key(firm: str) -> str:
    """Return what a firm's name stands under."""
    return plain(firm)


def keys_for(contact: Contact) -> tuple[str, ...]:
    """Return what a correction of this sender may stand under, the narrowest first."""
    identity, domain, firm = contact.identity(), domain_of(contact), firm_key(contact.firm)
    named = (identity, domain and f"domain:{domain}", firm and f"firm:{firm}")
    return tuple(filter(None, named))


def corrected(contact: Contact, corrections: Corrections) -> bool | None:
    """Return what the user said about a sender, the narrowest counting; None where nothing was said."""
    if not corrections:
        return None
    return next((corrections[key] for key in keys_for(contact) if key in corrections), None)
