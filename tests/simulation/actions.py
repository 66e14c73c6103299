"""What a person does with an open data file, drawn at random from what it shows."""

import random
from typing import Any

from simulation.account import Account
from store import conflicts, verbs
from store.errors import StoreError
from store.ids import random_key
from store.records.message import message_fields
from store.repository import Repository
from store.transaction import Transaction
from support import a_message, ago

MAILS = ("Staff Engineer", "Head of Data", "Principal SRE", "Data Lead")
SENDERS = ("Dana Whitfield", "Priya Nair", "Tom Okafor", "Sofia Rossi")
LABELS = ("java", "remote")
FIELDS = ("role", "firm", "pay", "zeta")
"""Fields of an opportunity that are set without a verb; one of them is nobody's yet."""


def act(account: Account, repository: Repository, chance: random.Random) -> None:
    """Do one thing to the documents, or undo one."""
    kind = chance.choice("verb verb set set set note mail undo redo widget choose".split())
    rows = sorted(repository.index.rows)
    if kind == "undo":
        repository.undo()
    elif kind == "redo":
        repository.redo()
    elif kind == "choose":
        _choose(repository, chance)
    elif kind == "mail" or not rows:
        _receive(repository, chance)
    elif kind == "verb":
        _use_verb(account, repository, [chance.choice(rows)], chance)
    elif kind == "note":
        text = f"note {len(account.events)}!"
        repository.transact("Note", lambda transaction: verbs.note(transaction, [chance.choice(rows)], text))
    elif kind == "set":
        _set(account, repository, chance)
    else:
        key = chance.choice(["widget:one", random_key()])
        repository.transact("Widget", lambda transaction: transaction.insert("widgets", key, {"size": 3}))


def _receive(repository: Repository, chance: random.Random) -> None:
    """Import a mail; readers of different versions make different documents of it."""
    which, reader = chance.randrange(len(MAILS)), chance.choice([1, 1, 2])
    mail = a_message(MAILS[which], sender=SENDERS[which], at=ago(days=which + 1))
    fields = {**message_fields(mail), "reader": reader, "body": f"read by {reader}"}
    repository.transact("Import", lambda transaction: transaction.insert("messages", mail.k, fields))


def _choose(repository: Repository, chance: random.Random) -> None:
    """Choose between values that met, if there are any."""
    met = conflicts.met(repository)
    if met:
        conflict = chance.choice(met)
        number = chance.randint(1, len(conflict.sides))
        try:
            repository.transact("Choose", lambda transaction: conflicts.choose(transaction, conflict, number))
        except StoreError:  # another process of the machine changed it since the look, so nothing was chosen
            assert conflict not in conflicts.met(repository)


def _use_verb(account: Account, repository: Repository, ids: list[int], chance: random.Random) -> None:
    name = chance.choice(
        ["done", "later", "snooze", "label", "star", "trash", "reopen", "read", "edit", "wait"]
    )
    until = repository.now() + chance.randrange(10**9)
    on = chance.random() < 0.6

    def use(transaction: Transaction) -> str:
        if name in ("snooze", "wait"):
            return str(getattr(verbs, name)(transaction, ids, until))
        if name == "label":
            return verbs.label(transaction, ids, chance.choice(LABELS), on=on)
        if name in ("star", "read"):
            return str(getattr(verbs, name)(transaction, ids, on=on))
        if name == "edit":
            return verbs.edit(transaction, ids, role=f"role{len(account.events)}!")
        return str(getattr(verbs, name)(transaction, ids))

    repository.transact(name.title(), use)


def _set(account: Account, repository: Repository, chance: random.Random) -> None:
    """Set one or two values of a document."""
    documents: list[tuple[str, int]] = [
        (table, id)
        for table in ("opportunities", "notes", "messages", "widgets")
        for id in sorted(id for id, _ in repository.documents.raw_items(table) if isinstance(id, int))
    ]
    table, id = chance.choice(documents)
    names = {"notes": ("text",), "messages": ("zeta", "read"), "widgets": ("colour", "size")}.get(
        table, FIELDS
    )

    def write(transaction: Transaction) -> None:
        for name in chance.sample(names, min(len(names), chance.choice([1, 1, 2]))):
            value: Any = f"{name}{len(account.events)}!"
            transaction.set(table, id, name, value if name != "read" else chance.random() < 0.5)

    repository.transact("Set", write)


def purge_note(repository: Repository, chance: random.Random) -> None:
    """Purge a note for good, if there is one."""
    notes = sorted(id for id, _ in repository.documents.raw_items("notes") if isinstance(id, int))
    if notes:
        id = chance.choice(notes)
        repository.purge("Forget", lambda transaction: transaction.purge("notes", id))
