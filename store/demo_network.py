"""Robin's network in the sample data: the people, and who was passed on to whom."""

from collections.abc import Mapping

from store import network, referral_letters, verbs
from store.clock import DAY, HOUR
from store.demo_data.acquaintances import Acquaintance, Passed, acquaintances, passed
from store.records.person import Consent
from store.records.reading import read_fields
from store.records.referral import Referral
from store.repository import Repository
from store.rules.row import Row
from store.transaction import Transaction


def befriend(repository: Repository, rows: Mapping[str, int], now: int) -> None:
    """Write whom Robin knows, and the referral log."""

    def write(transaction: Transaction) -> None:
        ids = {str(each.fields["name"]): _person(transaction, now, each) for each in acquaintances()}
        for number, each in enumerate(passed()):
            _refer(transaction, rows, ids, now, number, each)

    repository.transact("Demo", write, durable=False)


def _person(transaction: Transaction, now: int, each: Acquaintance) -> int:
    name = str(each.fields["name"])
    fields = {field: value for field, value in each.fields.items() if field != "name"}
    _, id = network.add_person(transaction, name, last_touch=now - each.spoke * DAY, **fields)
    if each.standing:
        consent = Consent(mode="standing", asked_on=now - each.spoke * DAY, until=now + 300 * DAY)
        network.set_consent(transaction, id, consent)
    return id


def _refer(
    transaction: Transaction,
    rows: Mapping[str, int],
    people: Mapping[str, int],
    now: int,
    number: int,
    each: Passed,
) -> None:
    row = transaction.row(rows[each.slug]) if each.slug else None
    about = (
        {
            "opportunity": str(verbs.opportunity_document(transaction, row)),
            "role": row.role,
            "company": row.company,
            "recruiter": row.who,
            "firm": row.firm,
        }
        if row is not None
        else {}
    )
    fields = {
        "kind": each.kind,
        "name": each.who,
        "person": str(people[each.who]),
        "why": each.why,
        "mode": each.mode,
        "at": now - each.steps[0][0] * DAY,
        **about,
    }
    id, _ = transaction.insert("referrals", f"demo:referral:{number}", fields)
    if row is not None and each.kind == "given":
        _write_letters(transaction, id, row, now, each)
    for place, (days, what) in enumerate(each.steps):
        step = {"referral": str(id), "at": now - days * DAY + place * HOUR, "what": what}
        transaction.insert("steps", f"demo:referral:{number}:{place}", step)


def _write_letters(transaction: Transaction, id: int, row: Row, now: int, each: Passed) -> None:
    """Write both letters; what went out with the first step, and with an introduction, was sent then."""
    referral = read_fields(transaction.get("referrals", id) or {}, Referral)
    referral_letters.write(transaction, id, referral, row)
    introduced = next((days for days, what in each.steps if what == "sent"), None)
    sent = {
        "friend": each.steps[0][0],
        "recruiter": each.steps[0][0] if each.mode == "forward" else introduced,
    }
    for side, days in sent.items():
        if days is not None:
            document = referral_letters.letter_id(id, side)
            transaction.set("letters", document, "sent_at", now - days * DAY)
            transaction.set("letters", document, "sent_by", "mailto")
