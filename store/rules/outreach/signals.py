"""The signs that a message shows: from its words, its sender, and what only its raw headers tell."""

import re
from functools import cache, lru_cache

import msgspec

from store.records.message import Channel, Contact, Message
from store.rules.outreach.phrases import ATS, FOR, IN_SENDER, NO_REPLY, SIGNED
from store.rules.outreach.phrases_against import AGAINST
from store.rules.outreach.phrasing import Phrases, words_of
from store.rules.outreach.stated_pay import states_pay
from store.rules.profiles import is_linkedin

LOOKED_AT = 6_000
"""Characters; who wants something says so early."""
_OF_A_LIST = 1_000
"""Characters of what came over a mailing list, which is long and seldom anything else."""
_SIGNATURE = 500
BUMP = 400
"""A text shorter than this may only bump the pitch that it quotes."""
_TEXTS = ("sms", "mms", "whatsapp")
_TAGGED = re.compile(r"\s*(?:re:\s*)?\[[^\]\n]{1,40}\]", re.IGNORECASE)
_ABOUT_WORK = frozenset({"inmail", "recruiter", "hiring", "papers", "terms"})
_WITH_A_ROLE = frozenset({"client", "fit"})
"""These are about work beside the name of a role only."""
_WITH_PAY = frozenset({"open-to", "call", "profile"})
"""One of these beside a role and its pay is about work, too: banks write of managers and of salaries."""
_INVITING = frozenset({"open-to", "call", "pay", "client", "fit", "introduction", "role"})
"""Friends and shops say so too: it counts beside a sign that it is about work."""


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """What only the raw headers of a mail tell."""

    listed: bool = False
    """`List-Id`, or `Precedence: list` or `bulk`."""
    automatic: bool = False
    """`Auto-Submitted` says that a machine sent it."""
    unsubscribe: bool = False
    """`List-Unsubscribe` is there."""
    answer: bool = False
    """`In-Reply-To` is there."""
    inmail: bool = False
    """LinkedIn calls it an InMail."""


_NOTHING = Envelope()


def signals_in(message: Message, envelope: Envelope = _NOTHING) -> tuple[str, ...]:
    """Return the names of the signs that a message shows, sorted; they follow from what was received."""
    words = words_in(message, _OF_A_LIST if envelope.listed else LOOKED_AT)
    found = phrases().found_in(words)
    if "pay" not in found and ("role" in found or not _ABOUT_WORK.isdisjoint(found)) and states_pay(words):
        found.add("pay")
    if message.signature:
        signature = message.signature[:_SIGNATURE].lower()
        if any(word in signature for word in SIGNED):
            found.add("recruiter")
    if message.channel not in _TEXTS:
        found.discard("code")
    elif _is_no_number(message):
        found.add("code")
    found |= _of_sender(message.channel, message.sender)
    _add_of_envelope(found, message, envelope)
    if not _is_about_work(found):
        found -= _INVITING
    return tuple(sorted(found))


@cache
def phrases() -> Phrases:
    """Return what all signs read like; a quick add judges nothing and need not put it together."""
    return Phrases({**FOR, **AGAINST})


def _is_about_work(found: set[str]) -> bool:
    if not _ABOUT_WORK.isdisjoint(found):
        return True
    asks = "pay" in found and not _WITH_PAY.isdisjoint(found)
    return "role" in found and (asks or not _WITH_A_ROLE.isdisjoint(found))


def words_in(message: Message, most: int = LOOKED_AT) -> list[str]:
    """Return the words of a message that are looked at, as `words_of` gives them."""
    body = message.body[:most]
    text = f"{message.subject}\n\n{body}\n\n{message.signature[:_SIGNATURE]}"
    if len(body) < BUMP and message.quoted:
        text += "\n\n" + message.quoted[: LOOKED_AT // 2]
    return words_of(text)


@lru_cache(maxsize=2048)
def _of_sender(channel: Channel, sender: Contact) -> frozenset[str]:
    """Return the signs that a sender shows; the same people write again and again."""
    found = set()
    local, _, domain = sender.email.partition("@")
    if channel == "linkedin_inmail":
        found.add("inmail")
    elif channel in ("linkedin_msg", "linkedin_invite"):
        found.add("member")
    if is_linkedin(sender.email):
        # A member's words lose this address: what still has it comes from LinkedIn itself.
        return frozenset((*found, "linkedin-news"))
    if local.startswith(NO_REPLY) or "noreply" in local or "no-reply" in local:
        found.add("no-reply")
    if domain and _is_below(domain):
        found.add("ats")
    firm = domain.rpartition(".")[0]
    if firm and IN_SENDER.search(firm):
        found.add("agency")
    elif sender.name or sender.firm:
        name = f"{sender.name} {sender.firm}".lower()
        if IN_SENDER.search(name) and " via " not in name and "alert" not in name:
            found.add("agency")
    return frozenset(found)


def _is_below(domain: str) -> bool:
    """Tell whether a domain is, or lies below, one of an application system."""
    while domain:
        if domain in ATS:
            return True
        domain = domain.partition(".")[2]
    return False


def _is_no_number(message: Message) -> bool:
    """Tell whether a text comes from a short code or a name instead of a number."""
    phone = message.sender.phone
    return message.direction == "in" and bool(phone) and sum(map(str.isdigit, phone)) <= 6


def _add_of_envelope(found: set[str], message: Message, envelope: Envelope) -> None:
    if envelope.listed:
        found.add("list")
    if envelope.automatic:
        found.add("automatic")
    if envelope.unsubscribe and message.channel == "email":
        found.add("unsubscribe")
    if envelope.answer:
        found.add("answer")
    if envelope.inmail:
        found.add("inmail")
    if message.channel == "email" and "[" in message.subject and _TAGGED.match(message.subject):
        found.add("tagged")
