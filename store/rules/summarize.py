"""A group of messages and what the user said about them, summed up as the row of the inbox list."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from store.ids import document_id, opportunity_key
from store.records.message import COARSE_CHANNELS, Message
from store.records.opportunity import Opportunity, Where
from store.records.reading import read_fields
from store.rules.correcting import NOTHING_SAID, Corrections
from store.rules.folding import copies
from store.rules.grouping import Link, fingerprint, keys_of
from store.rules.journal import Standing
from store.rules.judging import judged
from store.rules.knowing import NOBODY_KNOWN, Known
from store.rules.numbers import is_line, number_key
from store.rules.role import role_in
from store.rules.row import Row
from store.rules.signing import NOBODY_TOLD, Owners, profile_told

_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|sv|vs|antw|odp|ref|rif|tr|fw|fwd|wg)(?:\[\d+\])?\s*:\s*|\[ext(?:ernal)?\]\s*)+",
    re.IGNORECASE,
)
_WITHOUT_WORDS = {"call": "call", "call_missed": "missed call", "voicemail": "voicemail"}
_TITLE_LENGTH = 120
LIFTED = ("firm", "company", "phone", "pay", "mandate", "location", "mode")
"""Fields that readers lift from texts, besides the role."""
_UNITED = ("labels", "unlike")
"""Objects of booleans, to which each document of an opportunity adds."""
NOBODY = "unknown sender"
"""What stands for the name of a sender who gave none."""


class Said(msgspec.Struct, frozen=True):
    """What the user said about an opportunity: its documents' ids, and their fields read as one."""

    documents: tuple[int, ...] = ()
    opportunity: Opportunity = Opportunity()
    links: tuple[Link, ...] = ()
    """The documents as grouping sees them."""
    trashed: bool = False
    notes: tuple[int, ...] = ()
    standing: Standing = Standing()
    """What was decided."""


def base_subject(subject: str) -> str:
    """Return a subject without its reply and forward prefixes."""
    return _PREFIX.sub("", subject).strip()


def is_outgoing(message: Message, own: Mapping[str, bool] | frozenset[str]) -> bool:
    """Tell whether the user wrote the message, by its direction or one of the user's own addresses."""
    return message.direction == "out" or (message.sender.email in own and bool(message.sender.email))


def summarize(
    members: Sequence[int],
    messages: Mapping[int, Message],
    said: Said,
    *,
    own: frozenset[str] = frozenset(),
    blocked: frozenset[str] = frozenset(),
    corrections: Corrections = NOTHING_SAID,
    known: Known = NOBODY_KNOWN,
    owners: Owners = NOBODY_TOLD,
) -> Row | None:
    """Return the row of a group, or None where no inbound message made it an opportunity.

    `members` are message ids, oldest first; `own` the user's addresses, `blocked` addresses and domains,
    `corrections` what the user said of senders and firms, `known` which identities belong to one person,
    `owners` whose lines they are that others told.
    """
    inbound = [messages[id] for id in members if not is_outgoing(messages[id], own)]
    if not inbound:
        return None
    outgoing_at = max((messages[id].at for id in members if is_outgoing(messages[id], own)), default=0)
    newest = inbound[-1]
    opportunity = said.opportunity
    answered_at = max(outgoing_at, opportunity.answered or 0)
    late = all(message.late for message in inbound)
    where = _where(opportunity, newest, late=late)
    keys = {key for id in members for key in keys_of(messages[id], known)}
    theirs = _of_the_host(inbound, messages, said)
    said_role = opportunity.role or _field(inbound, "role")
    role = said_role or _role_in_subjects(inbound)
    given = _given(opportunity, inbound, theirs)
    guesses = _guesses(inbound, role)
    return Row(
        id=_leader(members, said.documents),
        messages=tuple(members),
        keys=(*sorted(keys), *said.documents, *(link.into for link in said.links if link.into)),
        documents=said.documents,
        notes=said.notes,
        at=messages[members[-1]].at,
        first_at=messages[members[0]].at,
        inbound_at=newest.at,
        answered_at=answered_at,
        channel=COARSE_CHANNELS[newest.channel],
        who=_who(theirs, owners),
        firm=given["firm"] or guesses["firm"],
        role=role or guesses["role"] or _title(inbound),
        company=given["company"] or guesses["company"],
        email=_newest(theirs, "email"),
        phone=given["phone"] or guesses["phone"],
        pay=given["pay"] or guesses["pay"],
        mandate=given["mandate"] or guesses["mandate"],
        attempts=_attempts([message for message in inbound if message.at > answered_at]),
        place=where.view,
        until=where.until,
        nudge=opportunity.nudge or 0,
        labels=tuple(sorted(name for name, on in opportunity.labels.items() if on)),
        role_known=bool(role or guesses["role"]),
        starred=bool(opportunity.starred),
        unread=any(not message.read and not message.late for message in inbound),
        muted=bool(opportunity.muted),
        blocked=bool(blocked) and any(is_blocked(message, blocked) for message in inbound),
        trashed=said.trashed,
        late=late,
        impulse=opportunity.impulse or "",
        subject=base_subject(next((message.subject for message in inbound if message.subject), "")),
        decisions=said.standing.decisions,
        verdict=said.standing.verdict,
        decided_at=said.standing.decided_at,
        review_at=said.standing.review_at,
        leave=opportunity.leave or "",
        linked=fingerprint(members, messages, said.links),
        location=given["location"] or guesses["location"],
        mode=given["mode"] or guesses["mode"],
        guessed=_guessed(given, guesses, role_was_read=bool(role) and not said_role),
        profile=_newest(theirs, "profile") or next(filter(None, map(profile_told, reversed(theirs))), ""),
        judged=judged(opportunity, inbound, corrections, decided=bool(said.standing.decisions)),
    )


def _given(opportunity: Opportunity, inbound: Sequence[Message], theirs: Sequence[Message]) -> dict[str, str]:
    """Return what the user said, or whoever wrote, of each field that readers lift from texts."""
    return {
        "firm": opportunity.firm or _newest(theirs, "firm"),
        "company": opportunity.company or _field(inbound, "company"),
        "phone": opportunity.phone or _rang_from(inbound),
        "pay": opportunity.pay or _field(inbound, "pay"),
        "mandate": opportunity.mandate or _field(inbound, "mandate"),
        "location": opportunity.location or "",
        "mode": opportunity.mode or "",
    }


def _guesses(inbound: Sequence[Message], role: str) -> dict[str, str]:
    """Return what readers found in the texts; a role only where none is known."""
    found = {name: _lifted(inbound, name) for name in LIFTED}
    found["phone"] = _phone(inbound)
    found["mandate"] = _mandate(inbound)
    found["role"] = "" if role else next((m.lifted.role for m in inbound if m.lifted.role), "")
    return found


def _lifted(inbound: Sequence[Message], name: str) -> str:
    """Return what a reader found in the newest message that says it."""
    for message in reversed(inbound):
        if value := getattr(message.lifted, name):
            return str(value)
    return ""


def _mandate(inbound: Sequence[Message]) -> str:
    """Return the newest mandate that a text states; `contingent` may be a firm's name only."""
    found = [message.lifted.mandate for message in reversed(inbound) if message.lifted.mandate]
    return next((each for each in found if each != "contingent"), "") or next(iter(found), "")


def _phone(inbound: Sequence[Message]) -> str:
    """Return the number that they rang from, else that they tell, in its fullest form: with its country."""
    number = _newest(inbound, "phone") or _lifted(inbound, "phone")
    if number.startswith("+") or not is_line(number):
        return number
    told = (each for m in reversed(inbound) for each in (m.sender.phone, m.lifted.phone))
    same = (each for each in told if each.startswith("+") and number_key(each) == number_key(number))
    return next(same, number)


def _rang_from(inbound: Sequence[Message]) -> str:
    """Return their number where somebody rang from it; empty where its country is known from a text only."""
    number = _phone(inbound)
    return number if any(message.sender.phone == number for message in inbound) else ""


def _guessed(known: Mapping[str, str], guesses: Mapping[str, str], *, role_was_read: bool) -> tuple[str, ...]:
    """Return the fields that nobody said: they were lifted from texts, and may be wrong."""
    found = [name for name, value in guesses.items() if value and not known.get(name)]
    if role_was_read:
        found.append("role")
    return tuple(sorted(set(found)))


def _where(opportunity: Opportunity, newest: Message, *, late: bool) -> Where:
    """An approach that came in since it was put away brings it back; an old one that is imported does not."""
    place = opportunity.place
    if place is None:
        return Where("done" if late else "new")
    if newest.at > place.seen and not newest.late and place.view != "new":
        return Where("new")
    return place


def _leader(members: Sequence[int], documents: Sequence[int]) -> int:
    return min(documents) if documents else document_id(opportunity_key(members[0]))


def _attempts(inbound: Sequence[Message]) -> int:
    """Count approaches; copies of one message are one."""
    return len(copies(inbound)) if len(inbound) > 1 else len(inbound)


def _newest(inbound: Sequence[Message], name: str) -> str:
    for message in reversed(inbound):
        if value := getattr(message.sender, name):
            return str(value)
    return ""


def _field(inbound: Sequence[Message], name: str) -> str:
    for message in reversed(inbound):
        if value := getattr(message, name):
            return str(value)
    return ""


def _of_the_host(
    inbound: Sequence[Message], messages: Mapping[int, Message], said: Said
) -> Sequence[Message]:
    """Of what was merged by hand, return the messages of the one whose opportunity it was merged into."""
    if not any(link.into for link in said.links):
        return inbound
    host = next((messages.get(link.message) for link in said.links if not link.into), None)
    identity = host.sender.identity() if host is not None else ""
    return [message for message in inbound if message.sender.identity() == identity] or inbound


def _who(inbound: Sequence[Message], owners: Owners) -> str:
    phone = _newest(inbound, "phone")
    owner = owners.get(number_key(phone), "")
    return _newest(inbound, "name") or owner or phone or _newest(inbound, "email") or NOBODY


def _role_in_subjects(inbound: Sequence[Message]) -> str:
    """Return the first role that a subject names; a label in the text below says it more precisely."""
    for message in inbound:
        if message.subject and (role := role_in(message.subject)):
            return message.lifted.role or role
    return ""


def _title(inbound: Sequence[Message]) -> str:
    """What stands for an unknown role: the subject, the kind of call, or the first words."""
    for message in inbound:
        if subject := base_subject(message.subject):
            return subject
    newest = inbound[-1]
    if newest.channel in _WITHOUT_WORDS:
        return _WITHOUT_WORDS[newest.channel]
    return " ".join(newest.body[: 2 * _TITLE_LENGTH].split())[:_TITLE_LENGTH] or "no words"


def is_blocked(message: Message, blocked: frozenset[str]) -> bool:
    """Tell whether a message's sender is blocked, by identity (`mailto:…`) or domain (`domain:…`)."""
    email = message.sender.email
    identity = message.sender.identity()
    return identity in blocked or (bool(email) and "domain:" + email.rpartition("@")[2] in blocked)


def combine(documents: Sequence[tuple[int, Mapping[str, Any], Mapping[str, int]]]) -> Opportunity:
    """Read several documents of one opportunity as one: of each field the newest value.

    Each is (id, fields, when each path was written); labels, and what it is unlike, are united path by path.
    """
    fields: dict[str, Any] = {}
    written: dict[str, tuple[int, int]] = {}
    for id, document, times in documents:
        for name, value in document.items():
            if name not in _UNITED:
                order = (times.get(name, 0), -id)
                if name not in written or order > written[name]:
                    written[name] = order
                    fields[name] = value
            elif isinstance(value, dict):
                united = fields.setdefault(name, {})
                for key, on in value.items():
                    path = f"{name}/" + key.replace("~", "~0").replace("/", "~1")
                    order = (times.get(path, 0), -id)
                    if path not in written or order > written[path]:
                        written[path] = order
                        united[key] = on
    return read_fields(fields, Opportunity)
