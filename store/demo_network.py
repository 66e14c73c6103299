"""Robin's network in the sample data: the people, and who was passed on to whom."""

from collections.abc import Mapping

from store import network, verbs
from store.clock import DAY, HOUR
from store.demo_data.acquaintances import Acquaintance, Passed, acquaintances, passed
from store.records.person import Consent
from store.repository import Repository
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
    for place, (days, what) in enumerate(each.steps):
        step = {"referral": str(id), "at": now - days * DAY + place * HOUR, "what": what}
        transaction.insert("steps", f"demo:referral:{number}:{place}", step)
