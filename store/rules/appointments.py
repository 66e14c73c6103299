"""An appointment in a line: when, where, and whether it still holds."""

from datetime import UTC

from store.clock import local
from store.records.message import Event

_STATES = {"cancelled": "cancelled", "counter": "another time is proposed", "reply": "answered"}


def appointment(event: Event) -> str:
    """Return `Thu 12 Mar 2026 15:00-15:30 · place · cancelled`; a time without a zone says so.

    What is not said is left out; of a cancellation that may be all but that word.
    """
    # A day, or a time without a zone, is that of wherever one is: it is shown as it was written.
    as_written = UTC if event.all_day or not event.zone else None
    begins, ends = local(event.starts, as_written), local(event.ends, as_written)
    if not event.starts:
        when = ""
    elif event.all_day:
        when = f"{begins:%a %-d %b %Y}, all day"
    elif begins.date() == ends.date():
        until = f"-{ends:%H:%M}" if ends > begins else ""
        when = f"{begins:%a %-d %b %Y %H:%M}{until}"
    else:
        when = f"{begins:%a %-d %b %Y %H:%M} to {ends:%a %-d %b %H:%M}"
    zone = "" if event.zone or event.all_day else "no time zone"
    return " · ".join(filter(None, (when, event.location, zone, _STATES.get(event.status, ""))))
