"""Saying what is outreach and what is not: it is remembered, and what was left out is looked at again."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Literal

from msgspec.structs import replace

from store.errors import NotFoundError, StoreError
from store.ids import parse_code, short_code
from store.intake.left_out import Left
from store.intake.memory import Memory
from store.intake.taking import Taker
from store.records.message import Contact, Message
from store.repository import Repository
from store.rules.correcting import domain_of, firm_key
from store.rules.counting import count_of
from store.rules.row import Row
from store.rules.summarize import is_outgoing
from store.sources.appraising import given, prepare
from store.transaction import Transaction
from store.verbs import opportunity_document

Scope = Literal["this", "sender", "domain", "firm"]
_MOST_NAMES = 3
"""Names in one sentence."""
_WORDS = {True: "yes", False: "no"}


def say(
    repository: Repository,
    ids: Sequence[int],
    *,
    outreach: bool,
    scope: Scope = "sender",
    left: Sequence[Left] = (),
) -> str:
    """Say of opportunities that they are outreach, or none, and of whom else that holds; return a sentence.

    With `yes` of a sender, a domain or a firm, what was left out from there is taken in; so are messages of
    `left`, and what belongs to any of these, such as the user's own answers. All of it is one step.
    Raises StoreError where the scope does not fit; nothing was changed then.
    """
    rows = [row for id in ids if (row := repository.index.find(id)) is not None]
    senders = [sender for row in rows if (sender := _sender(repository, row)) is not None]
    _check([*senders, *_senders(left)], scope)
    sentences = []
    with Memory.of(repository) if outreach else nullcontext() as memory, repository.one_step():
        if left and memory is not None:
            sentences.append(_take_in(repository, memory, left, scope))
        if rows:
            _remember(repository, rows, senders, outreach=outreach, scope=scope)
            what = "outreach" if outreach else "no outreach"
            whom = _named((row.who for row in rows), senders, scope, f"{len(rows)} opportunities")
            sentences.append(f"{whom}: {what}")
        if memory is not None and (taken := _bring_along(repository, memory, rows, senders, scope)):
            sentences.append(f"{taken} taken in that had been left out")
    return " · ".join(sentences)


def _check(senders: Sequence[Contact], scope: Scope) -> None:
    """Raise StoreError where a word on a sender could not be kept."""
    if scope != "this":
        for sender in senders:
            _kept_under(sender, scope)


def _senders(left: Sequence[Left]) -> list[Contact]:
    """Return whom messages are from, but for the user: an own answer says nothing of other mail one sent."""
    return [each.message.sender for each in left if each.message.direction == "in"]


def _remember(
    repository: Repository, rows: Sequence[Row], senders: Sequence[Contact], *, outreach: bool, scope: Scope
) -> None:
    repository.transact(
        "Outreach" if outreach else "No outreach",
        lambda transaction: _write(transaction, rows, senders, outreach=outreach, scope=scope),
        durable=False,
    )


def _named(names: Iterable[str], senders: Sequence[Contact], scope: Scope, many: str) -> str:
    """Name of whom it was said; of many, and of nobody with a name, how `many` it was said of."""
    if scope == "domain":
        names = ("@" + domain_of(sender) for sender in senders)
    elif scope == "firm":
        names = (sender.firm for sender in senders)
    found = dict.fromkeys(filter(None, names))
    return ", ".join(found) if 0 < len(found) <= _MOST_NAMES else many


def _sender(repository: Repository, row: Row) -> Contact | None:
    index = repository.index
    for id in reversed(row.messages):
        message = index.message(id)
        if message is not None and not is_outgoing(message, index.own):
            return message.sender if message.sender.firm else replace(message.sender, firm=row.firm)
    return None


def _write(
    transaction: Transaction,
    rows: Sequence[Row],
    senders: Sequence[Contact],
    *,
    outreach: bool,
    scope: Scope,
) -> None:
    for row in rows:
        document = opportunity_document(transaction, row)
        transaction.set("opportunities", document, "outreach", _WORDS[outreach])
    if scope == "this":
        return
    for sender in senders:
        table, key = _kept_under(sender, scope)
        if key:
            transaction.set(table, transaction.ensure(table, key), "outreach", _WORDS[outreach])


def _kept_under(sender: Contact, scope: Scope) -> tuple[str, str]:
    """Return the table and the key under which a word on a sender is remembered; no key for nobody."""
    if scope == "domain":
        domain = domain_of(sender)
        if not domain:
            raise StoreError(
                f"{sender.name or sender.email} writes from no domain of a firm's own.",
                "Say it of the sender instead.",
            )
        return "companies", f"domain:{domain}"
    if scope == "firm":
        if not sender.firm:
            raise StoreError(f"No firm of {sender.name or sender.email} is known.", "Say it of the sender.")
        return "companies", f"firm:{firm_key(sender.firm)}"
    identity = sender.identity()
    return "identities", f"identity:{identity}" if identity else ""


def _bring_along(
    repository: Repository, memory: Memory, rows: Sequence[Row], senders: Sequence[Contact], scope: Scope
) -> int:
    """Take in what was left out and belongs to opportunities, and what is from senders; return how many."""
    taker = Taker(repository, memory)
    members = [repository.index.message(id) for row in rows for id in row.messages]
    count = _take_up(taker, [member for member in members if member is not None])
    if scope != "this":
        count += sum(_insert(taker, _from(memory, sender, scope)) for sender in senders)
    return count


def _insert(taker: Taker, messages: Sequence[Message]) -> int:
    """Take in messages as outreach, with what was left out and belongs to them; return how many."""
    return len(taker.insert([*map(prepare, messages)], "Outreach")) + _take_up(taker, messages)


def _take_up(taker: Taker, messages: Sequence[Message]) -> int:
    """Take in what was left out and belongs to messages that are outreach; return how many."""
    prepared = [*map(prepare, messages)]
    for each in prepared:
        taker.kin.add(each.kinship, is_outreach=each.message.direction == "in")
    return len(taker.take_up(prepared, "Outreach"))


def _from(memory: Memory, sender: Contact, scope: Scope) -> list[Message]:
    """Return what was left out from a sender, a domain or a firm."""
    if scope == "domain":
        found = memory.left_out.from_sender(domain=domain_of(sender))
    elif scope == "firm":
        found = memory.left_out.from_sender(firm=firm_key(sender.firm))
    else:
        found = memory.left_out.from_sender(sender.identity()) if sender.identity() else []
    return [left.message for left in found]


# What was left out


def find_left(memory: Memory, code: str) -> Left:
    """Return the message that was left out under a short code; raises NotFoundError, also for several."""
    remainder, modulus = parse_code(code) or (-1, 1)
    found = memory.left_out.with_code(remainder, modulus)
    if not found:
        raise NotFoundError(f"Nothing that was left out has the id {code}.", "ringback left-out lists it.")
    if len(found) > 1:
        raise NotFoundError(f"The id {code} fits {len(found)} messages.", "Add a character to the id.")
    return found[0]


def left_code(left: Left) -> str:
    """Return the short code of a message that was left out; six characters tell a million apart."""
    return short_code(left.id, 6)


def _take_in(repository: Repository, memory: Memory, left: Sequence[Left], scope: Scope) -> str:
    messages = [given(each.message) for each in left]
    senders = _senders(left)
    count = _insert(Taker(repository, memory), messages)
    if scope != "this":
        _remember(repository, (), senders, outreach=True, scope=scope)
    count += _bring_along(repository, memory, (), senders, scope)
    names = (sender.name or sender.email or sender.phone for sender in senders)
    who = _named(names, senders, scope, count_of(len(messages), "message"))
    return f"{who}: outreach · {f'{count} taken in' if count else 'it was there already'}"
