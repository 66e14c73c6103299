"""The frozen JSON shapes of `docs/json.md`: ids are texts, times ISO 8601 with zone, null for none."""

from typing import TYPE_CHECKING, Any

from store.clock import iso, now
from store.ids import short_code
from store.rules.views import is_silent, mark, owes, view_of

if TYPE_CHECKING:
    from store.intake.left_out import Left
    from store.owed import Owed
    from store.records.message import Contact, Event, Message
    from store.repository import Repository
    from store.rules.row import Row
    from store.rules.timeline import Entry

Shape = dict[str, Any]


def time_shape(at: int) -> str | None:
    """Return a time, null for 0."""
    return iso(at) if at else None


class RowShaper:
    """Makes the shapes of rows, all at one moment."""

    def __init__(self, repository: "Repository") -> None:
        self._index = repository.index
        self._now = now()
        self._silent_days = repository.settings.silent_days

    def shape(self, row: "Row") -> Shape:
        """Return what is known of an opportunity without its timeline."""
        return {
            "id": str(row.id),
            "code": self._index.code(row.id),
            "view": view_of(row, self._now),
            "mark": mark(row, self._now, self._silent_days),
            "at": time_shape(row.at),
            "first_at": time_shape(row.first_at),
            "inbound_at": time_shape(row.inbound_at),
            "answered_at": time_shape(row.answered_at),
            "until": time_shape(row.until if row.until > self._now else 0),
            "nudge": time_shape(row.nudge),
            "channel": row.channel,
            **{name: getattr(row, name) for name in _TEXTS},
            "attempts": row.attempts,
            "owes": owes(row),
            "labels": list(row.labels),
            "starred": row.starred,
            "unread": row.unread,
            "muted": row.muted and not row.blocked,
            "blocked": row.blocked,
            "judged": row.judged,
            "guessed": list(row.guessed),
            "silent": is_silent(row, self._now, self._silent_days),
            "verdict": row.verdict or None,
            "decided_at": time_shape(row.decided_at),
            "messages": [str(message) for message in row.messages],
        }


_TEXTS = (
    *("who", "firm", "role", "company", "location", "mode", "email", "phone", "pay", "mandate", "leave"),
    "subject",
)


def owed_shape(each: "Owed") -> Shape:
    """Return the shape of something that is owed to somebody, as `due` lists it beside opportunities."""
    return {
        "id": str(each.id),
        "code": short_code(each.id),
        "at": time_shape(each.at),
        "who": each.title,
        "role": each.about,
        "reason": each.reason,
        "kind": each.kind,
    }


def row_shape(repository: "Repository", row: "Row") -> Shape:
    """Return the shape of one opportunity without its timeline."""
    return RowShaper(repository).shape(row)


def entry_shape(entry: "Entry") -> Shape:
    """Return the shape of a message, note, decision, review or referral of a timeline."""
    shape: Shape = {"kind": entry.kind, "id": str(entry.id), "at": time_shape(entry.at)}
    if entry.decision is not None:
        names = ("form", "verdict", "recommended", "total", "because", "by_default")
        reasons = list(entry.decision.answers.reasons)
        return {**shape, "reasons": reasons, **{name: getattr(entry.decision, name) for name in names}}
    if entry.review is not None:
        review_names = ("decision", "became", "seat", "wish", "came_true", "process", "line")
        return {**shape, **{name: getattr(entry.review, name) for name in review_names}}
    if entry.referral is not None:
        referral_names = ("name", "why", "mode")
        return {
            **shape,
            "state": entry.state,
            **{name: getattr(entry.referral, name) for name in referral_names},
        }
    if entry.message is not None:
        return {
            **shape,
            **_message_shape(entry.message),
            "versions": [str(version) for version in entry.versions],
        }
    return {**shape, "text": (entry.note.text if entry.note else "") or ""}


def left_shape(left: "Left", because: str) -> Shape:
    """Return the shape of a message that was left out, and of why, in a word or two."""
    from store.intake.screening import left_code

    message = left.message
    return {
        "id": str(left.id),
        "code": left_code(left),
        "at": iso(message.at),
        "channel": message.channel,
        "sender": contact_shape(message.sender),
        "subject": message.subject,
        "score": left.score,
        "against": because,
    }


def _message_shape(message: "Message") -> Shape:
    return {
        "channel": message.channel,
        "direction": message.direction,
        "sender": contact_shape(message.sender),
        "recipients": [contact_shape(contact) for contact in message.recipients],
        **{name: getattr(message, name) for name in ("subject", "body", "quoted", "signature", "footer")},
        "attachments": [
            {"name": each.name, "type": each.type, "size": each.size} for each in message.attachments
        ],
        "duration": message.duration,
        "event": _event_shape(message.event) if message.event is not None else None,
        "read": message.read,
    }


def _event_shape(event: "Event") -> Shape:
    texts = {name: getattr(event, name) for name in ("uid", "status", "location", "all_day")}
    return {**texts, "starts": time_shape(event.starts), "ends": time_shape(event.ends)}


def contact_shape(contact: "Contact") -> Shape:
    """Return who sent or received something."""
    return {name: getattr(contact, name) for name in ("name", "email", "phone", "profile", "firm")}
