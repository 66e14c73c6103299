"""Fields of documents and their values in words, where what one machine wrote is shown beside another's."""

from collections.abc import Mapping
from typing import Any, Final

from store.rules.dates import describe, describe_day
from store.rules.views import TITLES

_FIELDS: Final[Mapping[str, str]] = {
    "place": "view",
    "nudge": "nudge by",
    "answered": "answered on",
    "into": "merged into",
    "employer": "employer",
    "title": "title",
    "how_met": "how you met",
    "last_touch": "last spoke",
    "may_move": "may move",
    "would_hire": "would hire",
    "consent": "leave",
    "next_check": "next check",
    "until": "until",
}
"""Names of fields, where another than the field's own says it better."""
_DAYS: Final = frozenset({"nudge", "answered", "last_touch", "next_check", "until", "at", "due", "asked_on"})
NOTHING: Final = "nothing"


def field_words(path: str) -> str:
    """Return what a path of a document is called: `checks/4` is `checks 4`."""
    field, _, key = path.partition("/")
    name = _FIELDS.get(field, field.replace("_", " "))
    return f"{name} {key.replace('~1', '/').replace('~0', '~')}".strip()


def value_words(path: str, value: Any, now: int) -> str:
    """Return a value as people read it; two that mean the same read the same."""
    field = path.partition("/")[0]
    if value in (None, "", [], {}):
        return NOTHING
    if field == "place" and isinstance(value, dict):
        return _place(value, now)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and field in _DAYS:
        return describe_day(value, now)
    if isinstance(value, dict):
        parts = (
            f"{field_words(str(name))} {value_words(str(name), each, now)}" for name, each in value.items()
        )
        return ", ".join(sorted(parts))
    if isinstance(value, list):
        return ", ".join(value_words("", each, now) for each in value)
    return str(value)


def _place(value: dict[str, Any], now: int) -> str:
    until = value.get("until")
    if isinstance(until, int) and until:
        return f"snoozed until {describe(until, now, None)}"
    view = str(value.get("view", "new"))
    return TITLES.get(view, view)
