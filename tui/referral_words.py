"""A referral and a person in words, for the screens and the commands alike: (strength, text) line by line."""

from collections.abc import Iterator, Sequence
from typing import Literal

from store.network import Known
from store.records.person import Person
from store.records.referral import Referral
from store.referring import Logged
from store.rules.dates import age, describe_day
from store.rules.referrals import balance, words

Strength = Literal["plain", "strong", "dim", "accent", "warning"]
Told = Iterator[tuple[Strength, str]]


def owed(logged: Logged) -> str:
    """Say what the user owes over a referral, an empty text for nothing."""
    if logged.standing.owes_word:
        return f"you owe {_first(logged.referral.name)} a word"
    return "thanks are owed" if logged.standing.owes_thanks else ""


def owed_briefly(logged: Logged) -> str:
    """Say in two words what is owed over a referral, where there is little room."""
    if logged.standing.owes_word:
        return "word owed"
    return "thanks owed" if logged.standing.owes_thanks else ""


def about(referral: Referral) -> str:
    """Say in a line what a referral is about and to whom it goes."""
    role = ", ".join(filter(None, (referral.role, referral.company)))
    recruiter = ", ".join(filter(None, (referral.recruiter, referral.firm)))
    return " · ".join(filter(None, (role, f"to {recruiter}" if recruiter else "")))


def in_a_line(logged: Logged, now: int) -> str:
    """Say a referral in a line: `3w given to Dana Whitfield: Staff Engineer, Acme · sent`."""
    referral = logged.referral
    role = ", ".join(filter(None, (referral.role, referral.company)))
    return f"{age(referral.at, now)} {referral.kind} · {referral.name} · {words(logged.standing.state)}" + (
        f" · {role}" if role else ""
    )


def story(logged: Logged, theirs: Sequence[Logged], now: int) -> Told:
    """Tell a referral whole; `theirs` are all that the person has a part in."""
    referral, standing = logged.referral, logged.standing
    yield "strong", f"{referral.name} · {words(standing.state)}"
    if line := about(referral):
        yield "plain", line
    if sentence := owed(logged):
        yield "accent", sentence
    if referral.why:
        yield "dim", f"why it fits: {referral.why}"
    if referral.note:
        yield "dim", referral.note
    yield "plain", ""
    for step in logged.steps:
        what = " ".join(filter(None, (words(step.what), step.side)))
        yield "dim", f"{describe_day(step.at, now)}  {what}" + (f": {step.note}" if step.note else "")
    if standing.state != standing.stored:
        yield "dim", f"{words(standing.state)}: nothing was heard since {describe_day(standing.since, now)}"
    if standing.next_check:
        word = "next check" if standing.next_check > now else "look after it since"
        yield "dim", f"{word} {describe_day(standing.next_check, now)}"
    yield "plain", ""
    yield "dim", balance_of(referral.name, theirs, now)


def balance_of(name: str, theirs: Sequence[Logged], now: int, *, spoke: int | None = 0) -> str:
    """Say who sent whom how many; what was only thought of, or asked for in vain, does not count."""
    last = max((step.at for each in theirs for step in each.steps), default=0)
    return balance(
        name,
        sent_you=sum(map(_was_received, theirs)),
        you_sent=sum(each.referral.kind == "given" and each.standing.stored != "idea" for each in theirs),
        last=max(last, spoke or 0, *(each.referral.at for each in theirs), 0),
        now=now,
    )


def _was_received(logged: Logged) -> bool:
    kind = logged.referral.kind
    return kind == "received" or (kind == "asked" and any(step.what == "made" for step in logged.steps))


def person(known: Known, now: int) -> Told:
    """Tell what is known of somebody, line by line; empty fields are left out."""
    each = known.person
    yield "plain", " · ".join(filter(None, (each.title, each.employer, each.industry)))
    yield "dim", " · ".join(filter(None, (each.email, each.phone, each.profile)))
    would = ("you would not hire them", "", "you would hire them", "you would hire them at once")
    facts = (
        f"{each.circle} circle" if each.circle else "",
        f"spoke {describe_day(each.last_touch, now)}" if each.last_touch else "",
        f"in touch every {each.cadence} days" if each.cadence else "",
        would[each.would_hire] if each.would_hire is not None and 0 <= each.would_hire < len(would) else "",
        "may move" if each.may_move else "",
    )
    yield "plain", " · ".join(filter(None, facts))
    for name, text in (("wants", each.wants), ("places", each.places), ("how you met", each.how_met)):
        if text:
            yield "plain", f"{name}: {text}"
    if each.floor:
        yield "plain", f"not under {each.floor:,} a year"
    yield from _leave(each, now)
    if each.do_not_refer:
        yield "warning", "not to be referred"
    if each.sensitive:
        yield "warning", "sensitive: suggested to nobody"


def _leave(each: Person, now: int) -> Told:
    consent = each.consent
    if consent is None:
        return
    day = describe_day(consent.asked_on, now)
    if consent.answer != "yes":
        yield "warning", f"leave {'withdrawn' if consent.answer == 'withdrawn' else 'refused'} {day}"
        return
    kind = "standing leave" if consent.mode == "standing" else f"leave ({consent.mode})"
    scope = f" for {consent.scope}" if consent.scope else ""
    until = f" until {describe_day(consent.until, now)}" if consent.until else ""
    if consent.holds(now):
        yield "accent", f"{kind}{scope}{until}, given {day}"
    else:
        yield "warning", f"{kind}{scope} ended {describe_day(consent.until, now)}"


def _first(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]
