"""Robin's side of the sample data: seat, decisions of two years, looks back, what is known of recruiters."""

from collections.abc import Mapping
from functools import partial

import msgspec

from store import deciding, people, seat, verbs
from store.clock import DAY
from store.decisions import Entry
from store.demo_data.history import slug
from store.demo_data.judged import INVENTORY, SEAT, Judged, Looked, judged, looked, looked_at_silence
from store.ids import document_id
from store.records.decision import Decision
from store.records.seat import ITEM_KINDS
from store.repository import Repository
from store.rules.journal import default_key
from store.transaction import Transaction

_CHECKS = {
    "Dana Whitfield": ("yes", "yes", "yes", "yes", "yes", "yes", "unknown", ""),
    "Beth Harlan": ("yes", "yes", "no", "yes", "yes", "", "", "yes"),
    "Dale Vance": ("unknown", "no", "no", "no", "no", "no", "", ""),
}
_RELATIONS = {"Dana Whitfield": "known", "Beth Harlan": "trusted", "Dale Vance": "cool"}
_PROMISES = {
    "Dana Whitfield": ("to send the brief before the call", True),
    "Beth Harlan": ("to tell me how it ended", True),
}
_NOTE = ("Beth Harlan", "Says no when it is one. Rings back on the day she names.")


def relive(repository: Repository, rows: Mapping[str, int], now: int) -> None:
    """Write what Robin decided, how it looked later, and what Robin keeps of recruiters."""
    repository.transact("Demo", _sit, durable=False)
    decisions = [(rows[slug(each.days)], each) for each in judged()]
    composed = [(row, each.impulse, _composed(repository, row, each, now)) for row, each in decisions]
    repository.transact("Demo", partial(_seal, composed=composed), durable=False)
    looks = [(_entry(repository, each), each) for each in looked()]
    silent = [(_silent(repository, rows[slug(each.days)]), each) for each in looked_at_silence()]
    repository.transact("Demo", partial(_look_back, looks=[*looks, *silent]), durable=False)
    repository.transact("Demo", partial(_know, repository=repository), durable=False)


def _sit(transaction: Transaction) -> None:
    seat.set_seat(transaction, **SEAT)
    for kind in ITEM_KINDS:
        for text in INVENTORY[kind]:
            seat.add_item(transaction, kind, text)


def _key(days: int) -> str:
    return f"demo:{slug(days)}:decision"


def _composed(repository: Repository, opportunity: int, each: Judged, now: int) -> Decision:
    row = repository.index.rows[opportunity]
    at = max(now - (each.days - 1) * DAY, row.inbound_at + 1)
    decision = deciding.compose(
        row,
        deciding.beside(repository, row),
        each.answers,
        form="full",
        verdict=each.verdict,
        notes=each.notes,
        because=each.because,
        seconds=60 + each.days % 90,
        now=at,
    )
    return msgspec.structs.replace(decision, k=_key(each.days), impulse=each.impulse, supersedes="")


def _seal(transaction: Transaction, composed: list[tuple[int, str, Decision]]) -> None:
    for row, impulse, decision in composed:
        if impulse:
            document = verbs.opportunity_document(transaction, transaction.row(row))
            transaction.set("opportunities", document, "impulse", impulse)
        deciding.decide(transaction, [row], decision)
        verbs.done(transaction, [row])


def _entry(repository: Repository, each: Looked) -> Entry | None:
    return repository.decisions.find(document_id(_key(each.days)))


def _silent(repository: Repository, opportunity: int) -> Entry | None:
    return repository.decisions.find(document_id(default_key(opportunity)))


def _look_back(transaction: Transaction, looks: list[tuple[Entry | None, Looked]]) -> None:
    for entry, each in looks:
        if entry is None:
            continue
        review = msgspec.structs.replace(
            each.review,
            k=f"demo:{slug(each.days)}:review:{each.after}",
            at=entry.decision.at + each.after * DAY,
        )
        deciding.review(transaction, entry, review)


def _know(transaction: Transaction, repository: Repository) -> None:
    """Write checks, relations, promises and a note."""
    for name, answers in _CHECKS.items():
        card = people.named(repository, name)
        for number, answer in enumerate(answers, start=1):
            if answer:
                people.set_check(transaction, card, number, answer)
        people.set_relation(transaction, card, _RELATIONS[name])
        if name in _PROMISES:
            text, kept = _PROMISES[name]
            people.add_promise(transaction, card, text)
            promise = next(id for id, each in transaction.items("promises") if each.get("text") == text)
            people.keep_promise(transaction, int(promise), kept=kept)
        if name == _NOTE[0]:
            people.note(transaction, card, _NOTE[1])
