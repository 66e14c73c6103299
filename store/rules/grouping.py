"""Which messages belong together: the opportunities, derived from messages whenever they are read.

Nothing of this is stored with a message, so that importing the same mail in another order, or on another
machine, gives the same bytes and the same opportunities. Messages belong together when they

1. share a thread: the own id, In-Reply-To, References, or Gmail's thread id;
2. were put together by hand (`joins` on a message, `into` on an opportunity);
3. come from one person, who wrote to one opportunity only in the 45 days before, unless both name
   different roles, or different companies. Where several would do, the message stands alone, and so does
   what comes after an end. What the user sent to that person, in no thread, joins likewise.

A person is an address, a telephone line or a profile, or several of these where the user keeps somebody
who has them. The number in a mail's signature leads from the mail to calls and texts of that line and back,
never to another sender's mail: it may be a firm's switchboard. So does the profile in it to messages of that
member, and not to mails that give it, too.

Calls and texts of one line belong together whoever else may be behind it: they join what the line was last
used for, and only where it was not used for 45 days, what somebody else told the number for.

A message marked `apart` makes an opportunity of its own; one marked `gone` belongs nowhere.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import msgspec

from store.clock import DAY
from store.ids import hash63, read_id
from store.records.message import Contact, Message
from store.rules.companies import are_others, company_key
from store.rules.identities import identities_of
from store.rules.knowing import NOBODY_KNOWN, Known
from store.rules.numbers import is_line, number_key
from store.rules.role import role_in, same_role
from store.rules.signing import profile_told

RUN_DAYS = 45


class Link(msgspec.Struct, frozen=True):
    """An opportunity's document as far as grouping asks."""

    message: int
    """Id of the message that made it."""
    into: int = 0
    """Id of the opportunity it was merged into."""
    ended: int = 0
    """When it is done: time of the newest inbound message then."""


class Ties(NamedTuple):
    """By whom a message is tied to others."""

    stands_for: tuple[str, ...]
    """The identities under which it is found."""
    looks_for: tuple[str, ...]
    """The identities that it belongs to: its sender's, or those whom the user wrote to."""


_BY_TELEPHONE = ("call", "call_missed", "voicemail", "sms", "mms", "whatsapp")


def ties(message: Message, known: Known = NOBODY_KNOWN) -> Ties:
    """Return by whom a message is tied to others: what the user wrote, only to whom it went.

    A number or a profile that a mail tells ties it to no person that the user knows: it is what its sender
    says.
    """
    if message.direction == "out":
        people = tuple(each for contact in message.recipients[:5] for each in _people(contact, known))
        return Ties((), (*people, *_told(people)))
    sender, told = message.sender, message.lifted.phone
    if sender.email and message.channel == "email":
        # A number in a mail is what its sender says, true or not.
        sender, told = Contact(email=sender.email, profile=sender.profile), sender.phone or told
    return _tied(_people(sender, known), told, profile_told(message))


@lru_cache(maxsize=2048)
def _tied(people: tuple[str, ...], told: str, profile: str) -> Ties:
    """Return how somebody is tied who tells a number and a profile; the same people write again and again."""
    tells = (*(("line:" + number_key(told),) if is_line(told) else ()), *((profile,) if profile else ()))
    return Ties((*people, *_told(tells)), (*people, *_told(people), *tells))


@lru_cache(maxsize=2048)
def _told(identities: tuple[str, ...]) -> tuple[str, ...]:
    """Return under what those are found who tell one of these lines and profiles."""
    return tuple("told:" + each for each in identities if each.startswith(("line:", "https:")))


def _line(message: Message) -> str:
    """Return the line that a call or a text came by or went to; empty for those of a group."""
    others = message.recipients if message.direction == "out" else (message.sender,)
    if message.channel not in _BY_TELEPHONE or len(others) != 1 or not is_line(others[0].phone):
        return ""
    return "line:" + number_key(others[0].phone)


def _people(contact: Contact, known: Known) -> tuple[str, ...]:
    """Return the identities of a contact, and the persons for whom they stand."""
    found = identities_of(contact)
    if not known.persons:
        return found
    return (*found, *dict.fromkeys(each for identity in found for each in known.persons.get(identity, ())))


@lru_cache(maxsize=2048)
def hashes(people: tuple[str, ...]) -> tuple[int, ...]:
    """Hash identities, each once; the same people write again and again."""
    return tuple(map(hash63, dict.fromkeys(people)))


def joins(message: Message) -> int:
    """Return the id of the opportunity that a message was added to by hand, 0 where it was to none."""
    return read_id(message.joins)


def keys_of(message: Message, known: Known = NOBODY_KNOWN) -> tuple[int, ...]:
    """Return the hashes by which a message finds its kin: threads, people, and what it was added to."""
    keys = [] if message.apart or message.joins else [hash63(thread) for thread in message.threads]
    stands_for, looks_for = ties(message, known)
    people = (*stands_for, *looks_for)
    if known.claimed:
        # Also of those for whom an identity does not stand: it may, once somebody else has it no more.
        people += tuple(each for one in people for each in known.claimed.get(one, ()))
    keys += hashes(people)
    if joined := joins(message):
        keys.append(joined)
    return tuple(keys)


def fingerprint(members: Sequence[int], messages: Mapping[int, Message], links: Iterable[Link]) -> int:
    """Hash all that grouping asks of a group: while it stays the same, no message changes its group.

    Whom the user knows is not in it: who that concerns is looked for when it changes.

    The document of the first inbound message counts only once it is merged or ended: it settles what its
    message is in, and that joined nothing earlier anyway.
    """
    first = next((id for id in members if messages[id].direction == "in"), 0)
    asked = [(id, *_asked(messages[id])) for id in members]
    said = sorted(
        (link.message, link.into, link.ended)
        for link in links
        if link.into or link.ended or link.message != first
    )
    return hash63(repr((asked, said)))


def _asked(message: Message) -> tuple[object, ...]:
    by_hand = (message.joins or "", bool(message.apart), bool(message.gone))
    return (
        message.at,
        message.direction,
        message.channel,
        tuple(ties(message)),
        message.threads,
        message.role,
        message.subject,
        # Calls of the number that it tells are named after it.
        message.lifted.phone and message.sender.name,
        _company(message),
        *by_hand,
    )


def group(
    messages: Mapping[int, Message], links: Mapping[int, Link], known: Known = NOBODY_KNOWN
) -> list[list[int]]:
    """Return the groups of message ids, each oldest first.

    `messages` holds every message that may be concerned, by id; `links` the opportunity documents, by id;
    `known` tells which identities belong to one person.
    """
    parent = {id: id for id, message in messages.items() if not message.gone}
    _join_threads(messages, parent)
    _join_by_hand(messages, links, parent)
    documented = {link.message: link for link in links.values()}
    components: dict[int, _Component] = {}
    for id in parent:
        root = _find(parent, id)
        if (component := components.get(root)) is None:
            component = components[root] = _Component(root)
        component.add(id, messages[id], ties(messages[id], known), documented.get(id))
    _join_runs(components.values(), parent)
    groups: dict[int, list[int]] = {}
    for id in parent:
        groups.setdefault(_find(parent, id), []).append(id)
    for members in groups.values():
        members.sort(key=lambda member: (messages[member].at, member))
    return list(groups.values())


def _find(parent: dict[int, int], id: int) -> int:
    root = id
    while parent[root] != root:
        root = parent[root]
    while parent[id] != root:
        parent[id], id = root, parent[id]
    return root


def _union(parent: dict[int, int], a: int, b: int) -> None:
    a, b = _find(parent, a), _find(parent, b)
    if a != b:
        parent[max(a, b)] = min(a, b)


def _join_threads(messages: Mapping[int, Message], parent: dict[int, int]) -> None:
    first: dict[str, int] = {}
    for id in parent:
        message = messages[id]
        if message.apart or message.joins:
            continue
        for thread in message.threads:
            other = first.setdefault(thread, id)
            if other != id:
                _union(parent, other, id)


def _join_by_hand(messages: Mapping[int, Message], links: Mapping[int, Link], parent: dict[int, int]) -> None:
    for id in list(parent):
        link = links.get(joins(messages[id]))
        if link is not None and link.message in parent:
            _union(parent, id, link.message)
    for link in links.values():
        target = links.get(link.into)
        if target is not None and link.message in parent and target.message in parent:
            _union(parent, link.message, target.message)


def _company(message: Message) -> str:
    """Return the key of the company that a message pitches, an empty text where it names none."""
    return company_key(message.company or message.lifted.company)


class _Component:
    """Messages joined by thread or by hand, as far as runs of one sender ask."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.times: list[int] = []
        self.stands_for: set[str] = set()
        self.looks_for: tuple[str, ...] = ()
        """Of the first message that came in and says from whom; of what was only sent, of the first one."""
        self.line = ""
        """The line that this message came by."""
        self.mailed_by: set[str] = set()
        self.settled = False
        """The user said something about it: it stays where it is."""
        self.ended = 0
        self._first: tuple[int, int, int] = (2, 0, 0)
        """Of the message that begins it, whether it was sent, its time and its id."""
        self._tied: tuple[int, bool, int, int] = (2, True, 0, 0)
        self.companies: set[str] = set()
        """Their keys."""
        self._subjects: list[str] = []
        self._said_roles: list[tuple[int, int, str]] = []
        """Roles given by hand, each behind the time and the id of its message."""
        self._role: str | None = None

    def add(self, id: int, message: Message, tied: Ties, link: Link | None) -> None:
        """Take in one message, by whom it is tied, and the document of the opportunity that it made."""
        sent = message.direction != "in"
        self.times.append(message.at)
        self._first = min(self._first, (sent, message.at, id))
        nameless = all(each.startswith("told:") for each in tied.stands_for)
        order = (sent, nameless, message.at, id)
        if order < self._tied:
            self._tied, self.looks_for, self.line = order, tied.looks_for, _line(message)
        if link is not None:
            self.settled = True
            self.ended = max(self.ended, link.ended)
        if message.apart or message.joins:
            self.settled = True
        if sent:
            return
        self.stands_for.update(tied.stands_for)
        if message.channel == "email":
            self.mailed_by.add(message.sender.email)
        if company := _company(message):
            self.companies.add(company)
        self._subjects.append(message.role or message.subject)
        if message.role:
            self._said_roles.append((message.at, id, message.role))

    @property
    def begins(self) -> tuple[int, int]:
        """Time and id of its first inbound message; of what was only sent, of the first one."""
        return self._first[1:]

    @property
    def only_sent(self) -> bool:
        """Tell whether nothing of it came in."""
        return bool(self._first[0])

    def role(self) -> str:
        """Return the role that these messages name, found out when first asked."""
        if self._role is None:
            said = [role for _, _, role in sorted(self._said_roles)]
            self._role = next(chain(said, filter(None, map(role_in, sorted(self._subjects)))), "")
        return self._role

    def active(self, at: int) -> bool:
        """Tell whether a message of it lies in the 45 days before `at`, and it had not ended then."""
        if 0 < self.ended < at:
            return False
        before = bisect_right(self.times, at)
        return before > 0 and at - self.times[before - 1] <= RUN_DAYS * DAY

    def over(self, at: int) -> bool:
        """Tell whether it can be active neither at `at` nor later."""
        return 0 < self.ended < at or self.times[-1] < at - RUN_DAYS * DAY

    def is_mail_of_another(self, other: "_Component") -> bool:
        """Tell whether both are mails, and nobody sent any of both."""
        return bool(self.mailed_by and other.mailed_by) and self.mailed_by.isdisjoint(other.mailed_by)

    def absorb(self, other: "_Component") -> None:
        """Take in a later component of the same sender."""
        for time in other.times:
            insort(self.times, time)
        self.mailed_by |= other.mailed_by
        self.companies |= other.companies
        self._subjects += other._subjects
        self.ended = max(self.ended, other.ended)
        self._role = self.role() or other.role()


_Known = dict[_Component, None]
"""Earlier components of a person, as an ordered set."""


def _join_runs(components: Iterable[_Component], parent: dict[int, int]) -> None:
    by_person: dict[str, list[_Component]] = {}
    for component in components:
        component.times.sort()
        for person in component.stands_for.union(component.looks_for):
            by_person.setdefault(person, []).append(component)
    contested = {person for person, found in by_person.items() if len(found) > 1}
    if not contested:
        return
    known: dict[str, _Known] = {person: {} for person in contested}
    concerned = {component: None for person in contested for component in by_person[person]}
    for component in sorted(concerned, key=attrgetter("begins")):
        host = _host(component, known)
        if host is not None:
            _union(parent, host.root, component.root)
            host.absorb(component)
        for person in component.stands_for & contested:
            known[person][host or component] = None


def _host(component: _Component, known: Mapping[str, _Known]) -> _Component | None:
    """Return the one earlier component that a new thread of the same person belongs to, if there is one."""
    if component.settled:
        return None
    at = component.begins[0]
    active = dict.fromkeys(_active(known.get(component.line, {}), at)[:1])
    for person in component.looks_for if not active else ():
        hosts = _active(known.get(person, {}), at)
        if "told:" + person in component.stands_for:
            # Only what it tells leads there, and another sender's mail may be there for the same reason.
            hosts = [each for each in hosts if not component.is_mail_of_another(each)]
        active.update(dict.fromkeys(hosts))
    if len(active) != 1:
        return None
    (found,) = active
    if component.only_sent:
        return found
    if are_others(component.companies, found.companies):
        return None
    role, other = component.role(), found.role()
    return found if not (role and other) or same_role(role, other) else None


def _active(known: _Known, at: int) -> list[_Component]:
    """Return the components that are active at `at`, no more than two; forget those that are over.

    The latest are looked at first: of a sender who writes every day two are found at once.
    """
    found: list[_Component] = []
    over: list[_Component] = []
    for host in reversed(known):
        if host.over(at):
            over.append(host)
        elif host.active(at):
            found.append(host)
            if len(found) == 2:
                break
    for host in over:
        del known[host]
    return found
