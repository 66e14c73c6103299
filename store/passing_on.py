"""Who would be glad of a role, whether to ask at all, and whether somebody may be referred."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store import network, seat
from store.errors import NotFoundError, SensitiveError, StoreError, UsageError
from store.network import Known
from store.records.plain import plain
from store.records.referral import MODES, USE_NAMES, Referral
from store.referring import log
from store.rules.companies import company_name
from store.rules.matching import Candidate, Match, Role, excluded, suggestions
from store.rules.pay import parse_pay
from store.rules.row import Row
from store.rules.summarize import is_outgoing

if TYPE_CHECKING:
    from store.repository import Repository

DECLINING = ("later", "no")
"""Verdicts after which somebody else may be glad of the role."""


def role_of(repository: "Repository", row: Row) -> Role:
    """Return what is known of the role that an opportunity is about."""
    return Role(
        title=row.role if row.role_known else "",
        company=row.company,
        text="\n".join((row.role, *_inbound(repository, row))),
        pay=parse_pay(row.pay) if row.pay else None,
    )


def suggested(repository: "Repository", row: Row) -> list[Match]:
    """Return who would be glad of an opportunity: at most three, with their chips."""
    now = repository.now()
    found = network.candidates(repository.documents, now)
    others = (each for each in found if not network.is_recruiter(row, each.name, each.email))
    return suggestions(others, role_of(repository, row), now)


def everybody(repository: "Repository", row: Row) -> Iterator[tuple[Candidate, str]]:
    """Yield everybody the user knows by name, and why they must not be referred, or an empty text."""
    now, role = repository.now(), role_of(repository, row)
    found = network.candidates(repository.documents, now)
    for each in sorted(found, key=lambda each: (plain(each.name), each.id)):
        is_theirs = network.is_recruiter(row, each.name, each.email)
        yield each, "is the recruiter of this one" if is_theirs else excluded(each, role, now)


def may_ask(repository: "Repository", row: Row) -> str:
    """Say why nobody should be sent into an opportunity; an empty text where nothing stands against it."""
    from store import people
    from store.deciding import facts

    entry = repository.decisions.newest(row)
    relation = people.brief(repository, row).relation
    if (entry is not None and entry.decision.answers.trust == "p") or relation in ("avoid", "blocked"):
        return f"You rated {row.who} poor: one does not send a friend there."
    if len(facts(row)) < 2:
        return (
            "Fewer than two facts are known: one does not send a friend into a role one cannot describe. "
            "t in the inbox, or ringback edit, writes down what you know of it."
        )
    return ""


def way_on(row: Row) -> str:
    """Say how to take back that a recruiter was rated poor."""
    return f'ringback person "{row.who}" --relation known takes that back; ringback decide ID rates again.'


def may_be_offered(repository: "Repository", row: Row) -> bool:
    """Tell whether to ask, after a no, who would be glad of it: nothing stands against it, somebody fits."""
    return not may_ask(repository, row) and bool(suggested(repository, row))


def prepare(
    repository: "Repository",
    row: Row,
    name: str,
    *,
    why: str,
    mode: str = "forward",
    use_name: str = "ask",
    would_hire: int | None = None,
    sensitive_too: bool = False,
    is_new: bool = False,
) -> tuple[Referral, Known | None, str]:
    """Make a given referral of an opportunity to somebody, who need not be known yet.

    Returns it with the person, and a warning or an empty text. Raises StoreError for whom must not be
    referred or a recruiter who is rated poor, UsageError for a missing reason, and NotFoundError where
    nobody has this name but people who are known may be meant: `is_new` says that they are not.
    """
    if not why.strip():
        raise UsageError("Say in a line why it fits.", '--why "ran the same migration"')
    if mode not in MODES or use_name not in USE_NAMES:
        raise UsageError(
            f"There is no {mode!r} or {use_name!r}.",
            f"Modes are {', '.join(MODES)}; your name may be used: {', '.join(USE_NAMES)}.",
        )
    refusal = may_ask(repository, row)
    if refusal.startswith("You rated"):
        raise StoreError(refusal, way_on(row))
    known = _meant(repository, name, is_new=is_new)
    if network.is_recruiter(row, name, (known.person.email if known is not None else None) or ""):
        raise StoreError(f"{row.who} is the recruiter of this one.", "Name somebody whom it would suit.")
    if known is not None:
        _check_person(repository, row, known, mode, sensitive_too=sensitive_too)
    elif mode == "standing":
        raise StoreError(f"{name} gave no leave in advance.", "Ask first: --mode both, or forward the role.")
    referral = Referral(
        kind="given",
        opportunity=str(row.id),
        role=row.role,
        company=row.company,
        recruiter=row.who,
        firm=row.firm,
        name=(known.person.name if known is not None else None) or " ".join(name.split()),
        why=" ".join(why.split()),
        would_hire=would_hire,
        mode=mode,
        use_name=use_name,
        at=repository.now(),
    )
    return referral, known, refusal or _colleague(repository, known)


def _meant(repository: "Repository", name: str, *, is_new: bool) -> Known | None:
    known = network.find(repository.documents, name)
    near = [] if known is not None or is_new else network.alike(repository.documents, name)
    if near:
        raise NotFoundError(
            f"Nobody is called {name}; you know {network.listed(near, 'and')}.",
            "Name them in full, or say --new for somebody else.",
        )
    return known


def _check_person(
    repository: "Repository", row: Row, known: Known, mode: str, *, sensitive_too: bool
) -> None:
    now, person = repository.now(), known.person
    referred = [
        each.referral.at
        for each in log(repository.documents, now)
        if each.referral.kind == "given" and each.referral.person == str(known.id)
    ]
    candidate = network.candidate(known, max(referred, default=0), now)
    if why_not := excluded(candidate, role_of(repository, row), now):
        raise StoreError(
            f"{person.name} is not to be referred: {why_not.rstrip('.')}.", "Think of somebody else."
        )
    if person.sensitive and not sensitive_too:
        raise SensitiveError(f"{person.name} is marked as sensitive.", "--sensitive says that you mean it.")
    if mode == "standing" and not candidate.standing_consent:
        raise StoreError(
            f"{person.name} gave no leave in advance that holds.",
            "Ask first: --mode both, or forward the role.",
        )


def _colleague(repository: "Repository", known: Known | None) -> str:
    employer = seat.seat(repository.documents).employer
    theirs = known.person.employer if known is not None else ""
    if employer and theirs and company_name(employer) == company_name(theirs):
        return f"{known.person.name if known else ''} works where you work: your employer may mind."
    return ""


def _inbound(repository: "Repository", row: Row) -> Sequence[str]:
    """Return what the recruiter wrote, unchanged, oldest first."""
    index = repository.index
    found = (index.message(id) for id in row.messages)
    return [
        each.body for each in found if each is not None and each.body and not is_outgoing(each, index.own)
    ]
