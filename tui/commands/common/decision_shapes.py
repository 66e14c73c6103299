"""The JSON shapes of decisions, reviews and the seat, as `docs/json.md` freezes them."""

from typing import TYPE_CHECKING, Any

import msgspec

from tui.commands.common.shapes import Shape, time_shape

if TYPE_CHECKING:
    from store.decisions import Due, Entry
    from store.records.review import Review
    from store.repository import Repository

_TEXTS = ("form", "total", "recommended", "firm", "verdict", "because", "impulse", "seconds", "by_default")


def decision_shape(entry: "Entry") -> Shape:
    """Return a sealed entry, or one by default."""
    decision = entry.decision
    return {
        "id": str(entry.id),
        "opportunity": str(entry.row.id) if entry.row is not None else decision.opportunity,
        "at": time_shape(decision.at),
        **{name: getattr(decision, name) for name in _TEXTS},
        "answers": _fields(decision.answers) | {"reasons": list(decision.answers.reasons)},
        "notes": dict(decision.notes),
        "known": list(decision.known),
        "warnings": list(decision.warnings),
        "no_go": list(decision.no_go),
        "gates": list(decision.gates),
        "ledger": [[line, points] for line, points in decision.ledger],
        "flip": msgspec.to_builtins(decision.flip),
        "until": time_shape(decision.until),
        "forecasts": [
            {"about": each.about, "percent": each.percent, "resolves": time_shape(each.resolves)}
            for each in decision.forecasts
        ],
        "reviews": [time_shape(each) for each in decision.reviews],
        "seat": _fields(decision.present),
        "supersedes": decision.supersedes or None,
    }


def _fields(record: msgspec.Struct) -> Shape:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def review_shape(id: int, review: "Review") -> Shape:
    """Return a review."""
    fields = {name: getattr(review, name) for name in ("became", "seat", "wish", "came_true", "process")}
    return {
        "id": str(id),
        "decision": review.decision,
        "at": time_shape(review.at),
        "due": time_shape(review.due),
        **fields,
        "line": review.line,
    }


def due_shape(repository: "Repository", due: "Due") -> Shape:
    """Return an entry that is to be looked back on; what was decided is not told before it is asked."""
    row = due.entry.row
    return {
        "decision": str(due.entry.id),
        "opportunity": str(row.id) if row is not None else due.entry.decision.opportunity,
        "code": repository.index.code(row.id) if row is not None else None,
        "who": row.who if row is not None else "",
        "role": row.role if row is not None else "",
        "company": row.company if row is not None else "",
        "decided_at": time_shape(due.entry.decision.at),
        "due": time_shape(due.due),
        "by_default": due.entry.decision.by_default,
    }


def seat_shape(repository: "Repository") -> Shape:
    """Return the user's seat, inventory and own reasons."""
    from store import seat
    from store.records.seat import ITEM_KINDS, SEAT_FIELDS

    documents = repository.documents
    present = seat.seat(documents)
    lists: dict[str, Any] = {
        kind: [{"id": str(id), "text": item.text or ""} for id, item in seat.items(documents, kind)]
        for kind in ITEM_KINDS
    }
    reasons = [
        {"key": each.key, "name": each.name, "question": each.question}
        for each in seat.own_reasons(documents)
    ]
    return {**{name: getattr(present, name) or "" for name in SEAT_FIELDS}, **lists, "reasons": reasons}
