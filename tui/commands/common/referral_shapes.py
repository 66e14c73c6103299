"""The JSON shapes of referrals and people, as `docs/json.md` freezes them."""

from typing import TYPE_CHECKING

from tui.commands.common.shapes import Shape, time_shape

if TYPE_CHECKING:
    from store.network import Known
    from store.referring import Logged
    from store.repository import Repository
    from store.rules.matching import Match

_TEXTS = ("kind", "role", "company", "recruiter", "firm", "name", "why", "would_hire", "mode", "use_name")


def referral_shape(logged: "Logged") -> Shape:
    """Return a referral with its history and where it stands."""
    referral, standing = logged.referral, logged.standing
    return {
        "id": str(logged.id),
        **{name: getattr(referral, name) for name in _TEXTS},
        "note": referral.note or "",
        "opportunity": referral.opportunity or None,
        "person": referral.person or None,
        "at": time_shape(referral.at),
        "state": standing.state,
        "since": time_shape(standing.since),
        "moves": list(standing.moves),
        "next_check": time_shape(standing.next_check),
        "nudged": list(standing.nudged),
        "owes_thanks": standing.owes_thanks,
        "owes_word": standing.owes_word,
        "steps": [
            {"at": time_shape(step.at), "what": step.what, "side": step.side, "note": step.note}
            for step in logged.steps
        ],
    }


def letter_shape(repository: "Repository", logged: "Logged", side: str) -> Shape:
    """Return a letter of a referral, and why it may not go out."""
    from store import referral_letters, sending

    letter = referral_letters.find(repository.documents, logged.id, side)
    why_not = sending.why_not(repository.documents, logged, letter, repository.now())
    return {
        "referral": str(logged.id),
        "side": letter.side,
        "template": letter.template,
        "to": letter.to,
        "text": letter.text,
        "open": list(sending.open_slots(letter)),
        "ready": not why_not,
        "why_not": why_not,
        "sent_at": time_shape(letter.sent_at or 0),
        "sent_by": letter.sent_by or "",
    }


def person_shape(known: "Known") -> Shape:
    """Return somebody of the user's network."""
    person = known.person
    names = ("name", "email", "phone", "profile", "employer", "title", "industry", "places", "wants")
    return {
        "id": str(known.id),
        **{name: getattr(person, name) or "" for name in names},
        "circle": person.circle,
        "floor": person.floor,
        "may_move": bool(person.may_move),
        "would_hire": person.would_hire,
        "do_not_refer": bool(person.do_not_refer),
        "sensitive": bool(person.sensitive),
        "last_touch": time_shape(person.last_touch or 0),
        "cadence": person.cadence,
        "consent": _consent(known),
    }


def _consent(known: "Known") -> Shape | None:
    consent = known.person.consent
    if consent is None:
        return None
    return {
        "mode": consent.mode,
        "answer": consent.answer,
        "asked_on": time_shape(consent.asked_on),
        "scope": consent.scope,
        "until": time_shape(consent.until),
    }


def match_shape(match: "Match") -> Shape:
    """Return a suggestion with its chips."""
    return {
        "person": str(match.candidate.id),
        "name": match.candidate.name,
        "points": match.points,
        "chips": list(match.chips),
    }
