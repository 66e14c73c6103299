"""The people the user knows: kept in `people`, added by hand, by a referral or from LinkedIn's export."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from store.errors import AmbiguousError, NotFoundError, UsageError
from store.file.purge import PURGED
from store.ids import document_id, random_key
from store.records.message import Contact
from store.records.note import Note
from store.records.person import CIRCLES, Consent, Person
from store.records.plain import plain
from store.records.reading import read_fields
from store.records.referral import MODES, Referral
from store.rules.companies import company_name
from store.rules.matching import Candidate
from store.rules.profiles import canonical_profile
from store.rules.row import Row
from store.seat import Reads
from store.transaction import Transaction

BENCH = 5
"""People with standing consent that are enough."""
_NAMED = 3
EDITABLE = (
    *("name", "email", "phone", "profile", "employer", "title", "industry", "places", "floor", "circle"),
    *("wants", "how_met", "may_move", "would_hire", "do_not_refer", "sensitive", "last_touch", "cadence"),
)
"""Fields that may be set."""


class Known(NamedTuple):
    """A person with the id of their document."""

    id: int
    person: Person

    @property
    def label(self) -> str:
        """Name, title and employer, as a list shows them."""
        person = self.person
        return " · ".join(filter(None, (person.name, person.title, person.employer)))

    @property
    def what(self) -> str:
        """What tells them from a namesake: title and employer, else their address."""
        person = self.person
        return " · ".join(filter(None, (person.title, person.employer))) or person.email or ""


def everybody(documents: Reads) -> Iterator[Known]:
    """Yield everybody who has a name, in no order."""
    for id, document in documents.items("people"):
        if isinstance(id, int) and document.get("name") and not document.get("gone"):
            yield Known(id, read_fields(document, Person))


def find(documents: Reads, name: str) -> Known | None:
    """Return the person of this name, address or id; None where there is nobody.

    Raises AmbiguousError where several have it, UsageError for an empty name.
    """
    if not plain(name):
        raise UsageError("A person needs a name.", "Give a name, an address or an id.")
    found = named(documents, name)
    if len(found) > 1:
        listed = "; ".join(f"{each.label} ({each.person.email or each.id})" for each in found[:5])
        raise AmbiguousError(
            f"{name} is the name of {len(found)} people: {listed}.",
            "Name the one you mean by what stands in brackets.",
        )
    return found[0] if found else None


def named(documents: Reads, name: str) -> list[Known]:
    """Return everybody of this name, address or id."""
    wanted = plain(name)
    return [
        each
        for each in everybody(documents)
        if wanted
        and wanted in (plain(each.person.name or ""), (each.person.email or "").casefold(), str(each.id))
    ]


def must_find(documents: Reads, name: str) -> Known:
    """Return the person of this name, address or id; raises NotFoundError too."""
    found = find(documents, name)
    if found is None:
        near = listed(alike(documents, name), "or")
        raise NotFoundError(
            f"Nobody here is called {name}." + (f" Did you mean {near}?" if near else ""),
            f'ringback add person "{name}" adds them; ringback people lists.',
        )
    return found


def alike(documents: Reads, name: str) -> list[Known]:
    """Return, by name, of whose names every given word begins a word: Noor, or N Had, of Noor Haddad."""
    wanted = plain(name).split()
    found = (
        each
        for each in everybody(documents)
        if all(f" {word}" in f" {plain(each.person.name or '')}" for word in wanted)
    )
    return sorted(found, key=lambda each: plain(each.person.name or "")) if wanted else []


def listed(people: Sequence[Known], last: str) -> str:
    """Name at most three people in a sentence, `last` being the word before the last one."""
    names = [each.person.name or "" for each in people[:_NAMED]]
    if len(people) > _NAMED:
        names.append(f"{len(people) - _NAMED} more")
    *most, end = names or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def is_recruiter(row: Row, name: str, email: str) -> bool:
    """Tell whether somebody is the recruiter of a row; a namesake with an address of their own is not."""
    if email and row.email:
        return email.casefold() == row.email.casefold()
    return plain(name) == plain(row.who)


def at_company(documents: Reads, company: str) -> list[Known]:
    """Return whom the user knows at a company, by its normalised name, never by a part of it."""
    wanted = company_name(company)
    found = [each for each in everybody(documents) if company_name(each.person.employer or "") == wanted]
    return sorted(found, key=lambda each: plain(each.person.name or "")) if wanted else []


def near_company(documents: Reads, company: str) -> dict[str, list[Known]]:
    """Return whom the user knows at companies of which one name holds the words of the other."""
    wanted = company_name(company)
    found: dict[str, list[Known]] = {}
    for each in everybody(documents):
        theirs = company_name(each.person.employer or "")
        longer, shorter = sorted((f" {theirs} ", f" {wanted} "), key=len, reverse=True)
        if theirs and wanted and theirs != wanted and shorter in longer:
            found.setdefault(each.person.employer or "", []).append(each)
    return {
        name: sorted(found[name], key=lambda each: plain(each.person.name or "")) for name in sorted(found)
    }


def bench(documents: Reads, now: int) -> list[Known]:
    """Return those who gave leave in advance that holds."""
    return [
        each
        for each in everybody(documents)
        if each.person.consent is not None
        and each.person.consent.mode == "standing"
        and each.person.consent.holds(now)
        and not each.person.do_not_refer
    ]


def candidates(documents: Reads, now: int) -> Iterator[Candidate]:
    """Yield everybody as the matching sees them."""
    referred: dict[str, int] = {}
    for _, document in documents.items("referrals"):
        referral = read_fields(document, Referral)
        if referral.kind == "given" and not referral.gone:
            referred[referral.person] = max(referred.get(referral.person, 0), referral.at)
    for each in everybody(documents):
        yield candidate(each, referred.get(str(each.id), 0), now)


def candidate(known: Known, referred_at: int, now: int) -> Candidate:
    """Return a person as the matching sees them."""
    person = known.person
    consent = person.consent
    standing = consent is not None and consent.mode == "standing" and consent.holds(now)
    return Candidate(
        id=known.id,
        name=person.name or "",
        email=person.email or "",
        title=person.title or "",
        employer=person.employer or "",
        industry=person.industry or "",
        places=tuple(place.strip() for place in (person.places or "").split(",") if place.strip()),
        floor=person.floor or 0,
        may_move=bool(person.may_move),
        standing_consent=standing,
        scope=consent.scope if standing and consent is not None else "",
        would_hire=person.would_hire or 0,
        last_touch=person.last_touch or 0,
        referred_at=referred_at,
        do_not_refer=bool(person.do_not_refer),
        sensitive=bool(person.sensitive),
    )


def notes(documents: Reads, id: int) -> list[Note]:
    """Return the notes about somebody, oldest first."""
    found = (
        read_fields(each, Note)
        for _, each in documents.items("notes")
        if each.get("person") == str(id) and not each.get("gone")
    )
    return sorted(found, key=lambda each: each.at)


# Verbs


def key_of(name: str, email: str = "", phone: str = "", profile: str = "", employer: str = "") -> str:
    """Return the key of a person's document: of the strongest identity, else of name and employer."""
    profile = canonical_profile(profile) or profile
    identity = Contact(email=email.casefold(), phone=phone, profile=profile).identity()
    return f"person:{identity or f'name:{plain(name)} · {company_name(employer)}'}"


def add_person(transaction: Transaction, name: str, **fields: Any) -> tuple[str, int]:
    """Add somebody, or more of somebody who is known by the same identity; return a sentence and the id."""
    name = " ".join(name.split())
    if not name:
        raise UsageError("A person needs a name.", 'ringback add person "Sam Lee"')
    texts = {field: str(fields.get(field) or "") for field in ("email", "phone", "profile", "employer")}
    document = transaction.ensure("people", key_of(name, **texts))
    said = {field: value for field, value in fields.items() if value not in ("", None) and value is not False}
    set_person(transaction, document, name=name, **said)
    if (transaction.get("people", document) or {}).get("gone"):
        transaction.set("people", document, "gone", False)
    others = [each for each in named(transaction, name) if each.id != document]
    again = "; ".join(each.what or f"number {each.id}" for each in others)
    return f"Added {name}" + (f"; there is another {name}: {again}" if again else ""), document


def set_person(transaction: Transaction, id: int, **fields: Any) -> str:
    """Set fields of a person (`EDITABLE`); empty or None: not said."""
    for name, value in fields.items():
        if name not in EDITABLE:
            raise UsageError(f"A person has no field {name!r}.", f"Fields are {', '.join(EDITABLE)}.")
        if name == "circle" and value and value not in CIRCLES:
            raise UsageError(f"There is no circle {value!r}.", f"Circles are {', '.join(CIRCLES)}.")
        if name == "would_hire" and value not in ("", None) and not 0 <= int(value) <= 3:
            raise UsageError(f"Would you hire them takes 0 to 3, not {value}.", "0 no, 3 at once.")
        one_form = canonical_profile(value or "") if name == "profile" else ""
        transaction.set("people", id, name, one_form or (value if value != "" else None))
    return "Changed " + ", ".join(fields) if fields else "Nothing to change"


def consent_of(values: Mapping[str, Any]) -> Consent:
    """Return the leave that somebody wrote down; raises UsageError where it cannot be read."""
    answer, mode = str(values["answer"]).strip(), str(values["mode"]).strip()
    if answer not in ("yes", "no", "withdrawn"):
        example = "ringback people NAME --consent yes --until 1y"
        raise UsageError(f"Leave is yes, no or withdrawn, not {answer!r}.", example)
    if mode not in MODES:
        raise UsageError(f"Leave has no mode {mode!r}.", f"Modes are {', '.join(MODES)}.")
    return msgspec.convert({**values, "answer": answer, "mode": mode}, Consent)


def set_consent(transaction: Transaction, id: int, consent: Consent) -> str:
    """Write down leave that was given, refused or withdrawn."""
    transaction.set("people", id, "consent", msgspec.to_builtins(consent))
    return {"yes": "Leave given", "no": "Leave refused", "withdrawn": "Leave withdrawn"}[consent.answer]


def note(transaction: Transaction, id: int, text: str) -> str:
    """Add a note to a person."""
    if not text.strip():
        raise UsageError("The note is empty.", "Write what you want to remember.")
    fields = {"person": str(id), "at": transaction.now, "text": text.strip()}
    transaction.insert("notes", random_key(), fields)
    return "Noted"


def spoke(transaction: Transaction, id: int) -> str:
    """Write down that the user spoke with somebody just now."""
    transaction.set("people", id, "last_touch", transaction.now)
    return f"Spoke with {(transaction.get('people', id) or {}).get('name', '')} today"


Identities = dict[str, int]
"""Ids of people by profile, by address, and by name and employer."""


def identities(documents: Reads) -> Identities:
    """Return everybody's identities, for telling who of an export is known already."""
    found: Identities = {}
    for id, person in everybody(documents):
        for identity in _identities(msgspec.to_builtins(person)):
            found.setdefault(identity, id)
    return found


def _identities(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what tells somebody, the strongest first."""
    if profile := fields.get("profile"):
        yield f"profile:{profile}"
    if email := fields.get("email"):
        yield f"mailto:{email.casefold()}"
    yield f"name:{plain(fields.get('name') or '')} · {company_name(fields.get('employer') or '')}"


def known_as(found: Mapping[str, str], known: Identities, documents: Reads) -> int | None:
    """Return the id of a person of LinkedIn's export who is known already.

    Somebody of the same name and employer is another person where their profiles differ.
    """
    for identity in _identities(found):
        id = known.get(identity)
        theirs = (documents.get("people", id) or {}).get("profile") if id is not None else None
        if id is not None and (not theirs or not found.get("profile") or theirs == found["profile"]):
            return id
    return None


def is_new(found: Mapping[str, str], known: Identities, documents: Reads) -> bool:
    """Tell whether `take_in` would add somebody: nobody is known as them, and they were not forgotten."""
    return known_as(found, known, documents) is None and not any(
        documents.get(PURGED, document_id(key)) for key in _export_keys(found)
    )


def _export_keys(found: Mapping[str, str]) -> list[str]:
    """Return the keys that a person of LinkedIn's export may have here, their own first.

    The export may hold an address this year and none the next.
    """
    name, employer = found.get("name", ""), found.get("employer", "")
    email, profile = found.get("email", ""), found.get("profile", "")
    keys = [key_of(name, email, "", profile, employer)]
    keys += [key_of(name, email)] if email else []
    keys += [key_of(name, profile=profile)] if profile else []
    return list(dict.fromkeys(keys))


def take_in(transaction: Transaction, found: Mapping[str, str], known: Identities) -> bool:
    """Take in a person of LinkedIn's export; tell whether they are new.

    What is known already stays, and who was forgotten stays away.
    """
    fields = {name: value for name, value in found.items() if value}
    id, added = known_as(fields, known, transaction), is_new(fields, known, transaction)
    if id is None and not added:
        return False
    if id is None:
        from store.sources.linkedin.messages import READER

        id, added = transaction.insert("people", _export_keys(found)[0], {**fields, "reader": READER})
    has = transaction.get("people", id) or {}
    for name, value in fields.items():
        if not has.get(name):
            transaction.set("people", id, name, value)
    known.update((identity, id) for identity in _identities(fields) if identity not in known)
    return added
